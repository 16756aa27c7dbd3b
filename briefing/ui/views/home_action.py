"""One thing to do this week: the action, what it costs, who does it, and why it is this one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.actor import SourceEntry
from briefing.core.brief import Mark, Span, Text
from briefing.core.guidance import RankedAction
from briefing.core.wording import listed
from briefing.services.guidance import Guidance
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import open_address
from briefing.ui.views.actor_sections.shown import date_words, source_words
from briefing.ui.widgets.buttons import flat_button, normal_button
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import EdgeFrame
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows

_LABEL: Final = 84


class ActionCard(QWidget):
    """One of the actions in their order; the next one on request."""

    marked = Signal(str, bool)
    """Id of an action, and whether it is done now."""

    def __init__(self, theme: Theme) -> None:
        """Nothing to do yet."""
        super().__init__()
        self._theme = theme
        self._guidance = Guidance((), ())
        self._at = 0
        self._frame = EdgeFrame(theme, "accent")
        self._head = Label(theme, "One action this week", "head", "accent")
        self._do = WrappedLabel(theme, "", "call")
        self._why = WrappedLabel(theme, "", "body", "ink_2")
        self._facts = ProseRows(theme, label_width=_LABEL, gap=4)
        self.done = normal_button(theme, "Mark as done", "check")
        self.another = flat_button(theme, "Another")
        buttons = QWidget()
        self._flow = FlowLayout(buttons)
        for button in (self.done, self.another):
            self._flow.addWidget(button)
        for widget in (self._head, self._do, self._why, self._facts, buttons):
            self._frame.body.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._frame)
        self.done.clicked.connect(self._on_done_clicked)
        self.another.clicked.connect(self._on_another_clicked)
        self._facts.source_activated.connect(self._on_source_activated)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def shown(self) -> RankedAction | None:
        """The action that is shown."""
        actions = self._guidance.actions
        return actions[self._at % len(actions)] if actions else None

    def show_guidance(self, guidance: Guidance) -> None:
        """Show the first action of another order; the same one where it was only marked."""
        before = self.shown
        ids = [one.action.id for one in guidance.actions]
        same = before is not None and [one.action.id for one in self._guidance.actions] == ids
        self._guidance = guidance
        self._at = self._at if same else 0
        self._fill()

    def _fill(self) -> None:
        one = self.shown
        self.setVisible(one is not None)
        if one is None:
            return
        action = one.action
        entries = {entry.key: entry for entry in self._guidance.sources}
        numbers = {key: place for place, key in enumerate(action.basis.sources, start=1)}
        self._do.setText(action.do)
        self._why.setText(action.why)
        titles = {key: source_words(entry) for key, entry in entries.items()}
        self._facts.set_rows(_rows(one, entries), numbers, titles)
        self.done.set_text("Not done after all" if one.done else "Mark as done")
        self.done.set_icon("undo" if one.done else "check")
        self.another.setVisible(len(self._guidance.actions) > 1)
        self.setAccessibleName(f"One action this week: {action.do}")

    def _on_done_clicked(self) -> None:
        if (one := self.shown) is not None:
            self.marked.emit(one.action.id, not one.done)

    def _on_another_clicked(self) -> None:
        self._at += 1
        self._fill()
        self.another.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_source_activated(self, key: str) -> None:
        for entry in self._guidance.sources:
            if entry.key == key:
                open_address(entry.url)

    def _on_theme_changed(self) -> None:
        self._flow.set_spacing(self._theme.px(8))
        self.updateGeometry()


def _rows(one: RankedAction, entries: Mapping[str, SourceEntry]) -> list[ProseRow]:
    action = one.action
    cost = f"{action.cost}: {action.cost_why}" if action.cost_why else action.cost
    known = tuple(key for key in action.basis.sources if key in entries)
    rows = [
        ProseRow((Span(action.first_step),), "This week"),
        ProseRow((Span(one.why_here),), "Why this one"),
        ProseRow((Span(listed(stage.label for stage in action.stages)),), "Breaks"),
        ProseRow((Span(cost),), "Cost"),
        ProseRow((Span(action.who),), "Who"),
        ProseRow(
            (Span(listed(f"{m.attack_id} {m.name}" for m in action.mitigations)),), "Behind it"
        ),
    ]
    advised: Text = ()
    for key in known:
        entry = entries[key]
        when = f", {date_words(entry.published)}" if entry.published else ""
        words = f"{entry.publisher or entry.title}{when}"
        advised += (Span(f"; {words}" if advised else words), Mark((key,)))
    if advised:
        rows.append(ProseRow(advised, "Advised by"))
    return rows
