"""One row of the form: its label, what is set there, and a note under it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.labels import Label, WrappedLabel

_GAP = 12
_NARROW = 120
"""Pixels at 100 % below which no control is put beside its label."""
_CONTROL = 28
"""Height of a control in pixels at 100 %, and so of the line its label stands in."""


class FormRow(QWidget):
    """``Audience  [ TLP:AMBER ⌄ ]`` and under it what that means.

    Rows of one form are given the same width for their labels, so that what is set stands in one
    column. Where that leaves too little room, the label stands over what is set.
    """

    def __init__(
        self, theme: Theme, label: str, control: QWidget, note: str = "", *, wide: bool = True
    ) -> None:
        """A row.

        Args:
            theme: Looks.
            label: At the left.
            control: What is set.
            note: Under it, for whoever fills it in for the first time.
            wide: Whether the control takes the width there is.
        """
        super().__init__()
        self._theme = theme
        self._label = Label(theme, label, "table", "ink_2")
        self._label.setBuddy(control)
        self._label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._note = WrappedLabel(theme, note, "note", "ink_3")
        self._cell = QVBoxLayout()
        side = Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft
        self._cell.addWidget(control, 0, side)
        self._cell.addWidget(self._note)
        self._control = control
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._cell, 1)
        self._note.setVisible(bool(note))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def label_width(self) -> int:
        """Pixels that the label takes."""
        return self._label.sizeHint().width()

    def set_label_width(self, width: int) -> None:
        """Give the label a width that is that of every row."""
        self._label.setFixedWidth(width)

    def set_note(self, note: str) -> None:
        """Say something else under it; "" takes the line away."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def note(self) -> str:
        """What is said under it."""
        return self._note.text()

    def _arrange(self) -> None:
        px = self._theme.px
        label = max(self._label.minimumWidth(), self.label_width)
        needed = label + px(_GAP) + self._least()
        beside = needed <= self.width()
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._row.setSpacing(px(_GAP) if beside else px(2))
        self._label.setMinimumHeight(px(_CONTROL) if beside else 0)

    def _least(self) -> int:
        return max(self._control.minimumSizeHint().width(), self._theme.px(_NARROW))

    def _on_theme_changed(self) -> None:
        self._cell.setSpacing(self._theme.px(2))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the label where there is room for it."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as what is set, with the label over it."""
        return QSize(self._least(), super().minimumSizeHint().height())
