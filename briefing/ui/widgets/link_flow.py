"""Many short links as running text: ``ADVSTORESHELL, CHOPSTICK, CORESHELL``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.tooltips import plain_tooltip

MORE = ""
"""The key of the last link where not all are shown."""

_ROLE: Role = "table"
_LINE = 17
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class FlowItem:
    """One link: what it opens, its words, what is said under the mouse."""

    key: str
    text: str
    tooltip: str = ""


class LinkFlow(QWidget):
    """Links in lines that break where the width ends; one stop for Tab, arrow keys inside."""

    item_activated = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        """An empty flow; ``name`` is what is listed, for screen readers."""
        super().__init__()
        self._theme = theme
        self._name = name
        self._lead = ""
        self._items: tuple[FlowItem, ...] = ()
        self._boxes: dict[int, list[QRectF]] = {}
        self._current = 0
        self._hovered = -1
        self.setProperty(OWN_FOCUS, True)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def set_items(self, items: Sequence[FlowItem], lead: str = "") -> None:
        """Show other links, after ``lead`` in a quieter colour ("Tools")."""
        self._items = tuple(items)
        self._lead = lead
        self._current, self._hovered = 0, -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if items else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{self._name}: " + ", ".join(item.text for item in items))
        self._on_theme_changed()

    def items(self) -> tuple[FlowItem, ...]:
        """What is shown."""
        return self._items

    def _on_theme_changed(self) -> None:
        self._boxes.clear()
        self.updateGeometry()
        self.update()

    def _words(self, index: int) -> str:
        item = self._items[index]
        more = index + 1 < len(self._items) and self._items[index + 1].key != MORE
        return f"{item.text}," if more else item.text

    def _lead_width(self) -> float:
        if not self._lead:
            return 0.0
        return self._theme.metrics(_ROLE).horizontalAdvance(f"{self._lead} ") + self._theme.px(2)

    def _laid_out(self, width: int) -> list[QRectF]:
        """The box of every link at a width."""
        if width not in self._boxes:
            metrics, height = self._theme.metrics(_ROLE), self._theme.px(_LINE)
            blank = metrics.horizontalAdvance(" ")
            left, top, boxes = self._lead_width(), 0, []
            for index in range(len(self._items)):
                needed = metrics.horizontalAdvance(self._words(index))
                if left and left + needed > width:
                    left, top = 0.0, top + height
                boxes.append(QRectF(left, top, min(needed, width), height))
                left += needed + blank
            self._boxes[width] = boxes
        return self._boxes[width]

    def _item_at(self, position: QPointF) -> int:
        boxes = self._laid_out(self.width())
        return next((index for index, box in enumerate(boxes) if box.contains(position)), -1)

    def _activate(self, index: int) -> None:
        self.item_activated.emit(self._items[index].key)

    def _select(self, index: int) -> None:
        self._current = index
        item = self._items[index]
        self.setAccessibleDescription(item.tooltip or item.text)
        change = QAccessible.Event.DescriptionChanged
        QAccessible.updateAccessibility(QAccessibleEvent(self, change))
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines."""
        boxes = self._laid_out(width)
        return round(boxes[-1].bottom()) if boxes else 0

    def sizeHint(self) -> QSize:
        """A narrow column."""
        width = self._theme.px(220)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        return QSize(self._theme.px(120), self._theme.px(_LINE) if self._items else 0)

    def event(self, event: QEvent) -> bool:
        """Answer tooltip requests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._item_at(QPointF(event.pos()))
            text = self._items[index].tooltip if index >= 0 else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(text), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every link, and a ring around the current one."""
        theme, painter = self._theme, QPainter(self)
        metrics = theme.metrics(_ROLE)
        shift = (theme.px(_LINE) - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(theme.font(_ROLE))
        painter.setPen(theme.colour("ink_3"))
        if self._lead:
            painter.drawText(QPointF(0, shift), self._lead)
        for index, box in enumerate(self._laid_out(self.width())):
            is_link = index == self._hovered or self._items[index].key == MORE
            colour: Colour = "accent" if is_link else "ink"
            painter.setFont(theme.font("key" if self._items[index].key == MORE else _ROLE))
            painter.setPen(theme.colour(colour))
            shown = metrics.elidedText(
                self._words(index), Qt.TextElideMode.ElideRight, box.width() + 1
            )
            painter.drawText(QPointF(box.left(), box.top() + shift), shown)
            if self.hasFocus() and index == self._current:
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.drawRect(box.adjusted(0, 1, 0, -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would open."""
        index = self._item_at(event.position())
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if index >= 0 else arrow)
        if index != self._hovered:
            self._hovered = index
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a link."""
        index = self._item_at(event.position())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current = index
            self._activate(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move, Enter opens."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            if 0 <= self._current + step < len(self._items):
                self._select(self._current + step)
        elif event.key() in _OPENING and self._items:
            self._activate(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current link."""
        super().focusInEvent(event)
        if self._items:
            self._select(min(self._current, len(self._items) - 1))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again."""
        super().focusOutEvent(event)
        self.update()
