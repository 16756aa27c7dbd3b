"""Heads of the matrix of competing hypotheses: a label and words that may take several lines."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QWidget

from briefing.ui.models.ach_table import LABEL_ROLE
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.wrapped_lines import broken, shortened

_MOST_COLUMN_LINES: Final = 4
_MOST_ROW_LINES: Final = 2
_PADDING: Final = 4
_LABEL_GAP: Final = 6
_LEAST_ROW: Final = 28


class _Head(QHeaderView):
    """What both heads have in common: they are read, not sorted by or moved."""

    def __init__(self, orientation: Qt.Orientation, theme: Theme, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self.current = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_current(self, section: int) -> None:
        """Mark the head of the row or column that has the keyboard; -1 for none."""
        if section != self.current:
            self.current = section
            self.viewport().update()

    def _told(self, section: int, role: int) -> str:
        value = self.model().headerData(section, self.orientation(), role)
        return "" if value is None else str(value)

    def _text(self, section: int) -> str:
        return self._told(section, Qt.ItemDataRole.DisplayRole)

    def _label(self, section: int) -> str:
        return self._told(section, LABEL_ROLE)

    def _broken(self, section: int, role: Role, room: float, most: int) -> list[str]:
        lines = broken(self._theme, self._text(section), role, room)
        return shortened(self._theme, lines, role, room, most)

    def _write(
        self, painter: QPainter, rect: QRectF, text: str, role: Role, colour: Colour, side: int
    ) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(colour))
        painter.drawText(rect, side | int(Qt.AlignmentFlag.AlignVCenter), text)


class HypothesisHead(_Head):
    """The label of each hypothesis above its name; both stand on the line above the cells."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Columns of one width; see ``AchGrid``."""
        super().__init__(Qt.Orientation.Horizontal, theme, parent)

    def height_of(self, widths: list[int]) -> int:
        """What the highest head needs where columns have these widths."""
        lines = [
            len(self._lines(section, width)) + bool(self._label(section))
            for section, width in enumerate(widths)
        ]
        return max(lines, default=1) * self._theme.line_height("note") + self._theme.px(8)

    def _lines(self, section: int, width: float) -> list[str]:
        room = width - 2 * self._theme.px(_PADDING)
        return self._broken(section, "note", room, _MOST_COLUMN_LINES)

    def sizeHint(self) -> QSize:
        """As high as the highest of the present sections."""
        widths = [self.sectionSize(section) for section in range(self.count())]
        return QSize(super().sizeHint().width(), self.height_of(widths))

    def paintSection(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRect,
        logicalIndex: int,  # noqa: N803 - Qt's name
    ) -> None:
        """Draw one head from below."""
        theme, area = self._theme, QRectF(rect)
        painter.save()
        painter.fillRect(area, theme.colour("paper"))
        label, lines = self._label(logicalIndex), self._lines(logicalIndex, area.width())
        height = theme.line_height("note")
        is_figure = not label
        side = Qt.AlignmentFlag.AlignRight if is_figure else Qt.AlignmentFlag.AlignHCenter
        padding = theme.px(_PADDING)
        top = area.bottom() - theme.px(4) - height * len(lines)
        inner = QRectF(area.left() + padding, top, area.width() - 2 * padding, height)
        for place, line in enumerate(lines):
            self._write(
                painter, inner.translated(0, place * height), line, "note", "ink_2", side.value
            )
        if label:
            strong: Colour = "accent" if logicalIndex == self.current else "ink"
            above = inner.translated(0, -height)
            self._write(painter, above, label, "note_strong", strong, side.value)
        painter.restore()


class EvidenceHead(_Head):
    """The label of each piece of evidence before what it shows, in one or two lines."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Rows of one height; see ``AchGrid``."""
        super().__init__(Qt.Orientation.Vertical, theme, parent)
        self._width = 0
        self._widest: float | None = None
        theme.changed.connect(self._forget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_width(self, width: int) -> None:
        """Be so wide."""
        if width != self._width:
            self._width = width
            self.setFixedWidth(width)

    def setModel(  # noqa: N802 - Qt's name
        self, model: QAbstractItemModel | None
    ) -> None:
        """Show the heads of other rows."""
        super().setModel(model)
        self._forget()
        if model is not None:
            model.modelReset.connect(self._forget)

    def row_height(self) -> int:
        """What the row with the most lines needs."""
        lines = 1
        for row in range(self.count()):
            lines = max(lines, len(self._lines(row)))
            if lines == _MOST_ROW_LINES:
                break
        spare = self._theme.px(_LEAST_ROW) - self._theme.line_height("table")
        return lines * self._theme.line_height("table") + spare

    def _text_left(self, section: int) -> float:
        if not self._label(section):
            return 0.0
        if self._widest is None:
            # Once for all rows: asked anew for each of hundreds, it takes seconds.
            advance = self._theme.metrics("table").horizontalAdvance
            self._widest = max(advance(self._label(row)) for row in range(self.count()))
        return self._widest + self._theme.px(_LABEL_GAP)

    def _forget(self) -> None:
        """Labels have another width now."""
        self._widest = None

    def _lines(self, section: int) -> list[str]:
        room = self._width - self._text_left(section) - self._theme.px(8)
        return self._broken(section, "table", room, _MOST_ROW_LINES)

    def sizeHint(self) -> QSize:
        """The width that was set."""
        return QSize(self._width, super().sizeHint().height())

    def paintSection(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRect,
        logicalIndex: int,  # noqa: N803 - Qt's name
    ) -> None:
        """Draw label, words and the line under the row."""
        theme, area = self._theme, QRectF(rect)
        painter.save()
        painter.fillRect(area, theme.colour("paper"))
        label, lines = self._label(logicalIndex), self._lines(logicalIndex)
        height, left = theme.line_height("table"), self._text_left(logicalIndex)
        top = area.top() + (area.height() - 1 - height * len(lines)) / 2
        is_current = logicalIndex == self.current
        line = QRectF(area.left() + left, top, area.width() - left, height)
        side = Qt.AlignmentFlag.AlignLeft.value
        for place, words in enumerate(lines):
            self._write(painter, line.translated(0, place * height), words, "table", "ink", side)
        if label:
            colour: Colour = "accent" if is_current else "ink_3"
            first = QRectF(area.left(), top, left, height)
            self._write(painter, first, label, "key" if is_current else "table", colour, side)
            under = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
            painter.fillRect(under, theme.colour("line"))
        painter.restore()
