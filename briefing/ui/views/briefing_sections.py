"""The sections of a briefing as a list: switched on and off, and put into another order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDropEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from briefing.ui.icons import paint_icon
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.views.briefing_work import Offer
from briefing.ui.widgets.chips import CHIP_HEIGHT, chip_width, paint_chip

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_ROW = 26
_GRIP = 14
_BOX = 16
_ALWAYS = "always on"
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


@dataclass(frozen=True, slots=True)
class _Row:
    """A section, and whether it is wanted."""

    offer: Offer
    on: bool


class SectionModel(QAbstractListModel):
    """Sections in the order in which they will be printed."""

    changed = Signal()
    """A section was switched or moved by a person."""

    def __init__(self) -> None:
        """No sections."""
        super().__init__()
        self._rows: list[_Row] = []

    def show(self, offers: Sequence[Offer], off: frozenset[str]) -> None:
        """Show these sections; the same ones in another state keep the list where it stands."""
        rows = [_Row(offer, offer.key not in off or not offer.choosable) for offer in offers]
        if rows == self._rows:
            return
        if len(rows) == len(self._rows):
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> tuple[Offer, bool]:
        """A section and whether it is on."""
        found = self._rows[number]
        return found.offer, found.on

    def order(self) -> tuple[str, ...]:
        """Keys of the sections that can be switched, as they stand."""
        return tuple(row.offer.key for row in self._rows if row.offer.choosable)

    def off(self) -> frozenset[str]:
        """Keys of the sections that are switched off."""
        return frozenset(row.offer.key for row in self._rows if not row.on)

    def switch(self, number: int) -> None:
        """Turn a section on or off, where it has a choice."""
        row = self._rows[number]
        if row.offer.choosable:
            self._rows[number] = _Row(row.offer, not row.on)
            self.dataChanged.emit(self.index(number), self.index(number))
            self.changed.emit()

    def move(self, number: int, to: int) -> bool:
        """Put a section into another's place; False where either stays where it is."""
        last = len(self.order()) - 1
        to = max(0, min(to, last))
        if not self._rows[number].offer.choosable or to == number:
            return False
        below = to + 1 if to > number else to
        self.beginMoveRows(_NO_INDEX, number, number, _NO_INDEX, below)
        self._rows.insert(to, self._rows.pop(number))
        self.endMoveRows()
        self.changed.emit()
        return True

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """How many sections there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title; for a screen reader with its state."""
        offer, on = self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = _ALWAYS if not offer.choosable else "on" if on else "off"
            return f"{offer.title}, {state}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Sections that are always printed can neither be switched nor moved."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        if self.row(index.row())[0].choosable:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Rows are moved."""
        return Qt.DropAction.MoveAction


class _SectionDelegate(QStyledItemDelegate):
    """Grip, box, title, and "always on" where there is no choice."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.ringed_row = -1

    def box(self, rect: QRect) -> QRect:
        """Where the check box of a row is."""
        side = self._theme.px(_BOX)
        left = rect.left() + self._theme.px(8 + _GRIP + 6)
        return QRect(left, rect.top() + (rect.height() - side) // 2, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, SectionModel):
            raise TypeError("This delegate paints sections only.")
        theme, rect = self._theme, option.rect
        offer, on = model.row(index.row())
        painter.save()
        self._paint_ground(painter, option, index.row())
        if offer.choosable:
            side = theme.px(_GRIP)
            spot = QRectF(
                rect.left() + theme.px(8), rect.top() + (rect.height() - side) / 2, side, side
            )
            paint_icon(painter, spot, theme, "grip", "ink_3")
        box = self.box(rect)
        self._paint_box(painter, option, box, on, offer.choosable)
        right = rect.right() - theme.px(8)
        if not offer.choosable:
            width, height = chip_width(theme, _ALWAYS), theme.px(CHIP_HEIGHT)
            top = rect.top() + (rect.height() - height) / 2
            paint_chip(painter, QRectF(right - width, top, width, height), theme, _ALWAYS, "quiet")
            right -= width + theme.px(8)
        left = box.right() + theme.px(8)
        metrics = theme.metrics("table")
        shown = metrics.elidedText(offer.title, Qt.TextElideMode.ElideRight, right - left)
        base = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
        colour: Colour = "ink" if on else "ink_3"
        painter.setFont(theme.font("table"))
        painter.setPen(theme.colour(colour))
        painter.drawText(QPointF(left, base), shown)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        theme, rect = self._theme, option.rect
        if QStyle.StateFlag(option.state) & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("mist_2"))
        if row:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.colour("line"))
        if row == self.ringed_row:
            painter.setPen(theme.colour("focus"))
            for inset in (0, 1):
                painter.drawRect(rect.adjusted(inset, inset, -1 - inset, -1 - inset))

    def _paint_box(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, on: bool, enabled: bool
    ) -> None:
        view = self.parent()
        if not isinstance(view, QWidget):
            return
        button = QStyleOptionButton()
        button.rect = box
        state = QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        if enabled:
            state |= QStyle.StateFlag.State_Enabled
        button.state = state
        element = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
        view.style().drawPrimitive(element, button, painter, view)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(_ROW))


class SectionList(QListView):
    """As high as its rows. Space switches a section, Alt with an arrow key moves it."""

    def __init__(self, theme: Theme, name: str) -> None:
        """An empty list; ``name`` is for screen readers."""
        super().__init__()
        self._theme = theme
        self.sections = SectionModel()
        self.sections.setParent(self)
        self._delegate = _SectionDelegate(theme, self)
        self.setAccessibleName(name)
        self.setProperty("look", "framed")
        self.setModel(self.sections)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        for signal in (self.sections.modelReset, self.sections.rowsMoved):
            signal.connect(self.updateGeometry)
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    def _show_ring(self, on: bool) -> None:
        self._delegate.ringed_row = self.currentIndex().row() if on and self.hasFocus() else -1
        self.viewport().update()

    def _move_current(self, way: int) -> None:
        row = self.currentIndex().row()
        if row >= 0 and self.sections.move(row, row + way):
            self.setCurrentIndex(self.sections.index(max(0, row + way)))
        self._show_ring(True)

    def sizeHint(self) -> QSize:
        """All rows."""
        rows = self.sections.rowCount()
        frame = 2 * self.frameWidth()
        return QSize(self._theme.px(200), rows * self._theme.px(_ROW) + frame)

    def minimumSizeHint(self) -> QSize:
        """Narrow, but no row is cut."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space switches, Alt with an arrow key moves, arrows go."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_current(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.sections.switch(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
            self._show_ring(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box or the title switches; the grip is for dragging."""
        index = self.indexAt(event.position().toPoint())
        dragging = self.state() == QAbstractItemView.State.DraggingState
        super().mouseReleaseEvent(event)
        if index.isValid() and not dragging and event.button() == Qt.MouseButton.LeftButton:
            rect = self.visualRect(index)
            if event.position().x() >= self._delegate.box(rect).left() - self._theme.px(4):
                self.sections.switch(index.row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click needs no ring."""
        super().mousePressEvent(event)
        self._show_ring(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the current row when the keyboard brought the focus here."""
        super().focusInEvent(event)
        if event.reason() in _BY_TAB and self.sections.rowCount():
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self.sections.index(0))
            self._show_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self._show_ring(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the row that is dragged to where it is dropped."""
        if event.source() is not self:
            event.ignore()
            return
        row = self.currentIndex().row()
        target = self.indexAt(event.position().toPoint())
        to = target.row() if target.isValid() else self.sections.rowCount() - 1
        # Qt removes what was moved; here the model has moved it itself.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if row >= 0 and self.sections.move(row, to):
            self.setCurrentIndex(self.sections.index(min(to, len(self.sections.order()) - 1)))
