"""The formats to choose from: what each is good for, and what it cannot hold of this briefing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from briefing.exports.registry import FORMATS, ExportFormat, by_name
from briefing.services.format_limits import Limit
from briefing.ui.theme import Theme
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import ElidedLabel, WrappedLabel
from briefing.ui.widgets.tooltips import plain_tooltip

GOOD_FOR: Final[Mapping[str, str]] = {
    "pdf": "to read, print and archive",
    "pptx": "slides to present and to edit",
    "docx": "to edit and to leave behind",
    "html": "one file for any browser, on a phone too",
    "md": "for wikis and mail",
    "stix": "for other programs on threats",
    "navigator": "its techniques as a layer of ATT&CK",
    "xlsx": "its tables, to sort and count",
    "csv": "its tables, for scripts",
}
"""Name of each format → what it is good for, in a few words."""

_LOOKED_AT: Final = (QEvent.Type.Enter, QEvent.Type.FocusIn)


class FormatChoice(QWidget):
    """A box for each format.

    Explained, every box has its words beside it; else one line under all of them speaks of the
    one that is pointed at or has the keyboard.
    """

    changed = Signal()

    def __init__(self, theme: Theme, *, explained: bool = False) -> None:
        """The first format is chosen."""
        super().__init__()
        self._theme = theme
        self._limits: tuple[Limit, ...] = ()
        self._wanted = {FORMATS[0].name}
        self._boxes = {known.name: _box(known) for known in FORMATS}
        self._hint = ElidedLabel(theme, "", "note", "ink_3")
        self._limited = _Limited(theme)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._flow: FlowLayout | None = None
        self._grid: QGridLayout | None = None
        if explained:
            self._rows.addWidget(self._explained())
        else:
            self._rows.addWidget(self._side_by_side())
            self._rows.addWidget(self._hint)
        self._rows.addWidget(self._limited)
        for name, box in self._boxes.items():
            box.setChecked(name in self._wanted)
            box.toggled.connect(self._on_box_toggled)
            box.installEventFilter(self)
        self._explain(FORMATS[0].name)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def formats(self) -> tuple[ExportFormat, ...]:
        """The formats that are ticked and can be written."""
        return tuple(known for known in FORMATS if self._boxes[known.name].isChecked())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The boxes, in the order of the eye."""
        return tuple(self._boxes.values())

    def choose(self, name: str, *, on: bool) -> None:
        """Tick a format, or take it back."""
        self._boxes[name].setChecked(on)

    def set_limits(self, limits: Iterable[Limit]) -> None:
        """Say what some formats cannot hold; one that cannot be written is let go until it can."""
        self._limits = tuple(limits)
        barred = {limit.format for limit in self._limits if not limit.writable}
        before = self.formats
        for name, box in self._boxes.items():
            box.blockSignals(True)
            box.setEnabled(name not in barred)
            box.setChecked(name in self._wanted - barred)
            box.blockSignals(False)
            box.setAccessibleDescription(" ".join((f"{GOOD_FOR[name]}.", *self._words(name))))
        self._show_limits()
        if self.formats != before:
            self.changed.emit()

    def _side_by_side(self) -> QWidget:
        holder = QWidget()
        self._flow = FlowLayout(holder)
        for box in self._boxes.values():
            self._flow.addWidget(box)
        return holder

    def _explained(self) -> QWidget:
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        for row, (name, box) in enumerate(self._boxes.items()):
            words = ElidedLabel(self._theme, GOOD_FOR[name], "table", "ink_3")
            middle = Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(box, row, 0, middle)
            self._grid.addWidget(words, row, 1, middle)
        return holder

    def _words(self, name: str) -> tuple[str, ...]:
        return tuple(limit.words for limit in self._limits if limit.format == name)

    def _explain(self, name: str) -> None:
        self._hint.setText(f"{by_name(name).label}: {GOOD_FOR[name]}.")

    def _show_limits(self) -> None:
        """Of what can be written, only what is chosen is spoken of."""
        chosen = {known.name for known in self.formats}
        told: dict[str, list[str]] = {}
        for limit in self._limits:
            if not limit.writable or limit.format in chosen:
                told.setdefault(limit.words, []).append(by_name(limit.format).label)
        self._limited.say(f"{', '.join(labels)}: {words}" for words, labels in told.items())

    def _on_box_toggled(self) -> None:
        for name, box in self._boxes.items():
            if box.isEnabled():
                (self._wanted.add if box.isChecked() else self._wanted.discard)(name)
            if box is self.sender():
                self._explain(name)
        self._show_limits()
        self.changed.emit()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._rows.setSpacing(px(4))
        if self._flow is not None:
            self._flow.set_spacing(px(14), px(4))
        if self._grid is not None:
            self._grid.setHorizontalSpacing(px(12))
            self._grid.setVerticalSpacing(px(4))
        for box in self._boxes.values():
            box.setFont(self._theme.font("table"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Speak of the box that is pointed at or has the keyboard."""
        if event.type() in _LOOKED_AT:
            for name, box in self._boxes.items():
                if box is watched:
                    self._explain(name)
        return super().eventFilter(watched, event)


class _Limited(QWidget):
    """What cannot be held, behind the sign of a warning; hidden where everything can."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = WrappedLabel(theme, "", "note", "ink_2")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        icon = IconLabel(theme, "warning", 12, "claim", "note")
        self._row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._text, 1)
        self.hide()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def say(self, sentences: Iterable[str]) -> None:
        """Show these; nothing where there are none."""
        text = " ".join(sentences)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(6))


def _box(known: ExportFormat) -> QCheckBox:
    box = QCheckBox(known.label)
    box.setToolTip(plain_tooltip(f"{known.label}: {GOOD_FOR[known.name]}."))
    box.setAccessibleDescription(f"{GOOD_FOR[known.name]}.")
    return box
