"""Fields for one row of a case under each other, each with what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.case import Cited
from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_audience import AudienceChoice
from briefing.ui.views.case_document import DocumentsField
from briefing.ui.views.case_drafts import day_fault, typed_day
from briefing.ui.widgets.form_field import FormField
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.text_field import TextField

_UNFINISHED = "A document is not complete yet: see what is said at its lines, or empty them."
_TLP_NOTE = "Whoever may not see this label never sees this row, nor what rests on it."


class DayLine(TextField):
    """A date to the year, the month or the day, however a person types it."""

    def __init__(self, theme: Theme, name: str) -> None:
        """No date."""
        super().__init__(theme, name, "2023, 2023-09 or 2023-09-14")
        self.input.editingFinished.connect(self._on_input_editing_finished)

    @property
    def day(self) -> str:
        """ISO 8601, or what was typed where it is no date; "" for none."""
        return typed_day(self.text())

    @property
    def fault(self) -> str:
        """Why it is no date, or ""."""
        return day_fault(self.day)

    @property
    def is_typed(self) -> bool:
        """Whether a person has typed it, so that no proposal may replace it."""
        return self.input.isModified()

    def propose(self, day: str) -> None:
        """Show a date, unless a person has typed one."""
        if not self.is_typed:
            self.input.setText(day)

    def _on_input_editing_finished(self) -> None:
        day = self.day
        if day != self.text() and not self.fault:
            self.input.setText(day)
            self.input.setModified(True)


def day_needed(line: DayLine) -> str:
    """Why a line holds no day, where a month or a year is not enough; or ""."""
    if line.fault:
        return line.fault
    if len(line.day) < len("2023-09-14"):
        return "Type the day, such as 2023-09-14."
    return ""


class Panel(QWidget):
    """The fields; a dialog, or a step of one, holds a panel and asks it for the row.

    Attributes:
        fields: Key → field, in the order of the eye.
        documents: What the row cites.
        tlp: Who may see it.
    """

    changed = Signal()
    """A person has changed something."""

    def __init__(self, theme: Theme, tlp: Tlp) -> None:
        """No fields yet; ``tlp`` is the label that is proposed."""
        super().__init__()
        self._theme = theme
        self.fields: dict[str, FormField] = {}
        self.documents = DocumentsField(theme)
        self.tlp = AudienceChoice(theme)
        self.tlp.setAccessibleName("Who may see it")
        self.tlp.setCurrentIndex(tlp.value)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.documents.changed.connect(self.changed)
        self.documents.typed.connect(self.changed)
        self.tlp.level_chosen.connect(self._on_tlp_level_chosen)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def faults(self) -> Mapping[str, str]:
        """Key of a field → what keeps the row from being recorded; "" where nothing does."""
        return {}

    def objections(self) -> Mapping[str, str]:
        """Key of a field → what a careful reader would object to; it may be recorded even so."""
        return {}

    def author_objection(self, author: str) -> str:
        """What is to be said about whose name the row would bear, or ""."""
        return ""

    def check(self) -> bool:
        """Whether the row can be recorded; what keeps it from that is said at its fields."""
        taken = self.documents.take()
        found = dict(self.faults())
        if not taken:
            found["documents"] = _UNFINISHED
        self.say(found)
        return not any(found.values())

    def say(self, found: Mapping[str, str]) -> None:
        """Say what is wrong at the fields; the keyboard goes to the first."""
        for key, field in self.fields.items():
            field.say_problem(found.get(key, ""))
        first = next((key for key in self.fields if found.get(key)), "")
        # An incomplete document has the keyboard already, at the line that is wrong.
        if first and found[first] is not _UNFINISHED:
            self.fields[first].take_keyboard()

    def warn(self, found: Mapping[str, str]) -> None:
        """Say objections at the fields; the keyboard goes to the first."""
        for key, field in self.fields.items():
            field.say_warning(found.get(key, ""))
        first = next((key for key in self.fields if found.get(key)), "")
        if first:
            self.fields[first].take_keyboard()

    def add_section(self, title: str, note: str = "") -> SectionHeader:
        """A heading over the fields that follow."""
        header = SectionHeader(self._theme, title, note)
        self._box.addWidget(header)
        return header

    def add(
        self, key: str, label: str, field: QWidget, note: str = "", *, wide: bool = True
    ) -> FormField:
        """A field under its label; ``note`` explains it."""
        made = FormField(self._theme, label, field, note, wide=wide)
        self.fields[key] = made
        self._box.addWidget(made)
        return made

    def add_below(self, widget: QWidget) -> None:
        """Something that is no field."""
        self._box.addWidget(widget)

    def add_documents(self, note: str, label: str = "Documents") -> None:
        """The field of what is cited."""
        self.add("documents", label, self.documents, note)

    def add_label(self) -> None:
        """The field of who may see the row."""
        self.add("tlp", "Who may see it", self.tlp, _TLP_NOTE, wide=False)

    @property
    def common(self) -> dict[str, Any]:
        """What every row has, by the names of its fields."""
        return {"tlp": self.tlp.level, "documents": self.documents.documents}

    def show_common(self, tlp: Tlp, documents: tuple[Cited, ...]) -> None:
        """Show what a recorded row has of it."""
        self.tlp.setCurrentIndex(tlp.value)
        self.documents.set_documents(documents)

    def _on_tlp_level_chosen(self) -> None:
        self.changed.emit()

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(12))
