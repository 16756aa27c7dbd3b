"""The rows of the list of incidents: the name, when, who claims on what basis, what was done."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from briefing.core.case_page import CaseRow
from briefing.ui.models.incident_rows import (
    ROW_ROLE,
    IncidentRows,
    claim_words,
    when_words,
    work_words,
)
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.widgets.cells import Index
from briefing.ui.widgets.two_line_delegate import TwoLineDelegate
from briefing.ui.widgets.two_line_list import TwoLineList
from briefing.ui.widgets.wrapped_lines import broken, paint_lines, shortened

_ROW: Final = 68
_PADDING: Final = 16
_NAME_LINES: Final = 2


class IncidentDelegate(TwoLineDelegate):
    """A name of up to two lines; under it when and the claims; then what was laid beside them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """For a list of ``IncidentRows``."""
        super().__init__(theme, parent, dense=False, links=False)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row, its lines in the middle of its height."""
        theme, rect, row = self._theme, QRectF(option.rect), index.data(ROW_ROLE)
        painter.save()
        self._paint_ground(painter, rect, index, option.state)
        side = theme.px(_PADDING)
        inner = rect.adjusted(side, 0, -side, -1)
        names = broken(theme, row.name, "key", inner.width())
        names = shortened(theme, names, "key", inner.width(), _NAME_LINES)
        work = work_words(row)
        notes = 1 + bool(work and len(names) < _NAME_LINES)
        line, note = theme.line_height("key"), theme.line_height("note")
        top = inner.top() + (inner.height() - len(names) * line - notes * note) / 2
        place = QPointF(inner.left(), top)
        place += QPointF(0, paint_lines(painter, place, theme, names, "key", "ink"))
        self._paint_claims(painter, place, inner.width(), row)
        if notes > 1:
            self._paint_note(painter, place + QPointF(0, note), inner.width(), work, "ink_3")
        painter.restore()

    def _paint_claims(self, painter: QPainter, place: QPointF, room: float, row: CaseRow) -> None:
        when = f"{when_words(row)} · "
        self._paint_note(painter, place, room, when, "ink_3")
        used = self._theme.metrics("note").horizontalAdvance(when)
        colour: Colour = "claim" if row.only_attacker_says_so else "ink_3"
        self._paint_note(painter, place + QPointF(used, 0), room - used, claim_words(row), colour)

    def _paint_note(
        self, painter: QPainter, place: QPointF, room: float, text: str, colour: Colour
    ) -> None:
        metrics = self._theme.metrics("note")
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0.0))
        paint_lines(painter, place, self._theme, [shown], "note", colour)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is equally high, so that thousands cost nothing."""
        return QSize(self._theme.px(80), self._theme.px(_ROW))


class IncidentList(TwoLineList):
    """Incidents to choose from. Escape closes the list, where its owner can do without it."""

    left = Signal()
    """Escape was pressed."""

    def __init__(self, theme: Theme, model: IncidentRows) -> None:
        """Show the rows of a model."""
        super().__init__(theme, "Incidents")
        self._delegate = IncidentDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._incidents = model

    def select(self, incident: str) -> None:
        """Make the row of an incident the current one; none where it is not shown."""
        row = self._incidents.row_of(incident)
        if row < 0:
            self.clearSelection()
            return
        index = self._incidents.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
