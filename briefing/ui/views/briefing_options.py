"""What a briefing is to be: about whom, how long, for which audience, with which sections."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from briefing.core.search import Search, SearchHit
from briefing.core.tlp import Tlp
from briefing.core.wording import curly
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_audience import AudienceChoice
from briefing.ui.views.briefing_sections import SectionList
from briefing.ui.views.briefing_subject import ActorField
from briefing.ui.views.briefing_work import Offer, Wish, arranged
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.segments import Segments

ONE_PAGE, FULL = "one-page", "full"
_CONTROL = 28
"""Height of a control in pixels at 100 %, and so of the line its label stands in."""
LONGEST_AUTHOR = 120
"""Characters; a name with its organisation is shorter."""

_NOBODY = "Stands in the properties of the file. Nobody is named unless you type a name."
_GROUPS = (
    ("First page", "the executive version, one A4 page"),
    ("Full version", "starts on page 2"),
)


class _Group(QWidget):
    """The sections of one part: a heading and the list in a frame."""

    def __init__(self, theme: Theme, title: str, note: str) -> None:
        super().__init__()
        self.header = SectionHeader(theme, title, note)
        self.list = SectionList(theme, f"Sections: {title}")
        self._frame = QFrame()
        self._frame.setProperty("look", "card")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self.header)
        rows.addWidget(self._frame)


class BriefingOptions(QWidget):
    """The form at the left; ``changed`` follows everything a person sets."""

    changed = Signal()
    subject_chosen = Signal(str)
    """Id of the actor that was picked in the field."""

    def __init__(self, theme: Theme, search: Search, first: Sequence[SearchHit]) -> None:
        """``search`` and ``first`` are for the field that asks for the actor."""
        super().__init__()
        self._theme = theme
        self._subject = ""
        self._order: tuple[str, ...] = ()
        self._off: frozenset[str] = frozenset()
        self.actor = ActorField(theme, search, first)
        self.length = Segments(theme, "Length", [(ONE_PAGE, "One page"), (FULL, "Full version")])
        self.length.set_value(FULL)
        self.audience = AudienceChoice(theme)
        self.author = QLineEdit()
        self.author.setMaxLength(LONGEST_AUTHOR)
        self.author.setPlaceholderText("Nobody is named")
        self.author.setAccessibleName("Author")
        self.author.setAccessibleDescription(_NOBODY)
        self._known = WrappedLabel(theme, "", "note", "ink_3")
        self._meaning = WrappedLabel(theme, "", "note", "ink_3")
        self._named = WrappedLabel(theme, _NOBODY, "note", "ink_3")
        self._how = WrappedLabel(
            theme, "Space switches a section. Drag it, or press Alt+↑ or Alt+↓, to move it.", "note"
        )
        self._groups = tuple(_Group(theme, *words) for words in _GROUPS)
        self._labels: list[Label] = []
        self._cells: list[QVBoxLayout] = []
        self._grid = QGridLayout()
        self._rows = QVBoxLayout(self)
        self._lay_out()
        self._connect()
        self._on_theme_changed()
        self._show_meaning()

    @property
    def wish(self) -> Wish:
        """All of it, as set."""
        return Wish(
            subject=self._subject,
            ceiling=self.audience.level,
            one_page=self.length.value == ONE_PAGE,
            author=" ".join(self.author.text().split()),
            off=self._off,
            order=self._order,
        )

    @property
    def lists(self) -> tuple[SectionList, ...]:
        """The lists of sections: of the executive page, and of the full version."""
        return tuple(group.list for group in self._groups)

    def set_subject(self, subject: str, name: str, known: str) -> None:
        """Choose an actor; ``known`` says in a line what there is about it."""
        self._subject = subject
        self.actor.set_name(name)
        self._known.setText(known)
        self._known.setVisible(bool(known))

    def set_level(self, level: Tlp) -> None:
        """Choose the audience's ceiling."""
        self.audience.setCurrentIndex(level.value)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """List the sections the briefing can have, in the person's order."""
        place = {key: number for number, key in enumerate(self._order)}
        for number, group in enumerate(self._groups):
            found = {offer.key: offer for offer in offers if offer.group == number}
            free = [key for key, offer in found.items() if offer.choosable]
            fixed = [offer for offer in found.values() if not offer.choosable]
            ordered = [found[key] for key in arranged(free, place)]
            group.list.sections.show([*ordered, *fixed], self._off)
            group.setVisible(bool(found))
        self._how.setVisible(bool(offers))

    def _lay_out(self) -> None:
        words = (("About", self.actor), ("Length", self.length), ("Audience", self.audience))
        notes = (self._known, None, self._meaning)
        for (text, control), note in zip(words, notes, strict=True):
            self._add(text, control, note)
        self._add("Author", self.author, self._named)
        self._grid.setColumnStretch(1, 1)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._grid)
        for group in self._groups:
            self._rows.addWidget(group)
            group.hide()
        self._rows.addWidget(self._how)
        self._known.hide()
        self._how.set_look("note", "ink_3")
        self._how.hide()

    def _add(self, text: str, control: QWidget, note: WrappedLabel | None) -> None:
        """One row of the form: label, control, and a note under the control."""
        label = Label(self._theme, text, "table", "ink_2")
        label.setBuddy(control)
        self._labels.append(label)
        line = len(self._labels)
        self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        cell = QVBoxLayout()
        if isinstance(control, QLineEdit):
            cell.addWidget(control)
        else:
            cell.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        if note is not None:
            cell.addWidget(note)
        self._cells.append(cell)
        self._grid.addLayout(cell, line, 1)

    def _connect(self) -> None:
        self.actor.chosen.connect(self.subject_chosen)
        self.length.chosen.connect(lambda _code: self.changed.emit())
        self.audience.level_chosen.connect(self._on_level_chosen)
        self.author.textEdited.connect(lambda _text: self.changed.emit())
        for group in self._groups:
            group.list.sections.changed.connect(self._on_sections_changed)
        self.audience.setProperty(HELP_TOPIC, "reading#tlp")
        self._theme.changed.connect(self._on_theme_changed)

    def _show_meaning(self) -> None:
        self._meaning.setText(curly(self.audience.level.meaning))

    def _on_level_chosen(self) -> None:
        self._show_meaning()
        self.changed.emit()

    def _on_sections_changed(self) -> None:
        models = [group.list.sections for group in self._groups]
        shown = {key for model in models for key in model.order()}
        off = frozenset(key for model in models for key in model.off())
        # What this length or this actor does not show keeps the state it had.
        self._off = off | (self._off - shown)
        keys = tuple(key for model in models for key in model.order())
        self._order = (*keys, *(key for key in self._order if key not in shown))
        self.changed.emit()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(10))
        for label, cell in zip(self._labels, self._cells, strict=True):
            label.setFixedHeight(px(_CONTROL))
            cell.setSpacing(px(2))
        self._rows.setSpacing(px(10))
        self.author.setFont(self._theme.font("body"))
