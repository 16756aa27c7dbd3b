"""A note of the author's own under a section, as it is being written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.tlp import Tlp
from briefing.services.notes_limits import LONGEST
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_form_row import FormRow
from briefing.ui.views.briefing_remarks import Remark
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.choice_box import Choice, ChoiceBox
from briefing.ui.widgets.form_field import FormField
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.text_area import TextArea

_AS_AUDIENCE = "audience"
_WHAT = "Markdown: **strong**, lists, links to https or mailto. No pictures, no HTML."
_ALL = "All notes of this briefing are marked {}."
_OFF = "The section is switched off, so this note is not printed."
_ABOVE = "Above the audience’s ceiling, so no page can be made. Choose a lower level for the notes."


class NoteEditor(QFrame):
    """``edited`` with every letter; ``closed`` when the author is done, or presses Escape."""

    edited = Signal(str)
    """What stands there now."""
    level_chosen = Signal(object)
    """The Tlp of every note, or None for that of the audience."""
    closed = Signal()
    resized = Signal()
    """It takes more room than before, or less."""

    def __init__(self, theme: Theme, title: str, text: str) -> None:
        """An editor for the note under the section of this title."""
        super().__init__()
        self._theme = theme
        self._finding = ""
        self._is_off = False
        self.setProperty("look", "quiet")
        head = f"Note on “{title}”"
        self._head = WrappedLabel(theme, head, "key", "ink_2")
        self.remove = LinkButton(theme, "Remove", "key", f"Remove the note on {title}")
        self.done = LinkButton(theme, "Done", "key", f"Close the note on {title}")
        self.area = TextArea(theme, head, "What you want to say under this section")
        self.area.set_text(text)
        self._field = FormField(theme, "", self.area)
        self._count = WrappedLabel(theme, "", "note", "ink_3")
        self.level = ChoiceBox(theme, "Marking of all notes", ())
        self._marking = FormRow(theme, "Marking", self.level)
        self._top = QHBoxLayout()
        self._box = QVBoxLayout(self)
        self._lay_out()
        self._connect()
        self._show_count()
        self._on_theme_changed()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab is to stop, in the order of the eye."""
        return self.remove, self.done, self.area, self.level.box

    def text(self) -> str:
        """What was typed, as it was typed."""
        return self.area.toPlainText()

    def say(self, remark: Remark) -> None:
        """Say what does not hold in the note."""
        self._field.say_problem(remark.error)
        self._finding = " ".join(remark.findings)
        self._show_warning()

    def set_off(self, is_off: bool) -> None:
        """Say whether the section is switched off."""
        self._is_off = is_off
        self._show_warning()

    def set_levels(self, ceiling: Tlp, chosen: Tlp | None) -> None:
        """Offer every level up to the audience's; what was chosen before stays chosen."""
        levels = [level for level in Tlp if level <= ceiling or level == chosen]
        choices = [
            Choice(_AS_AUDIENCE, "As the audience", _ALL.format(ceiling.label)),
            *(Choice(level.code, level.label, _meaning(level, ceiling)) for level in levels),
        ]
        self.level.set_choices(choices)
        self.level.set_value(_AS_AUDIENCE if chosen is None else chosen.code)

    def height_for(self, width: int) -> int:
        """Pixels that it takes at this width."""
        return self._box.totalHeightForWidth(width)

    def _lay_out(self) -> None:
        self._top.addWidget(self._head, 1)
        for link in (self.remove, self.done):
            self._top.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(self._top)
        for widget in (self._field, self._count, self._marking):
            self._box.addWidget(widget)

    def _connect(self) -> None:
        self.area.edited.connect(self._on_area_edited)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.done.clicked.connect(self.closed)
        self.level.chosen.connect(self._on_level_chosen)
        self._theme.changed.connect(self._on_theme_changed)

    def _show_count(self) -> None:
        self._count.setText(f"{len(self.text()):,} of {LONGEST:,} characters. {_WHAT}")
        self.remove.setVisible(bool(self.text()))

    def _show_warning(self) -> None:
        said: Sequence[str] = (_OFF if self._is_off else "", self._finding)
        self._field.say_warning(" ".join(part for part in said if part))

    def _on_area_edited(self) -> None:
        self._show_count()
        self.edited.emit(self.text())

    def _on_remove_clicked(self) -> None:
        self.area.clear()
        self.closed.emit()

    def _on_level_chosen(self, code: str) -> None:
        levels = {level.code: level for level in Tlp}
        self.level_chosen.emit(levels.get(code))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setContentsMargins(px(8), px(6), px(8), px(8))
        self._box.setSpacing(px(6))
        self._top.setSpacing(px(12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is done; what was typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell when what is in it has grown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)


def _meaning(level: Tlp, ceiling: Tlp) -> str:
    return _ABOVE if level > ceiling else _ALL.format(level.label)
