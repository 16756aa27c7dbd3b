"""Whose eyes a briefing is for: the TLP ceiling, with what each level means."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QStylePainter,
    QWidget,
)

from briefing.core.tlp import Tlp
from briefing.core.wording import curly
from briefing.ui.theme import Theme
from briefing.ui.widgets.badges import BADGE_HEIGHT, paint_tlp, tlp_width
from briefing.ui.widgets.cells import Index
from briefing.ui.widgets.closed_list import ClosedList
from briefing.ui.widgets.frames import EDGE_WIDTH

_ROW = 52
_SIDE = 12
_ARROW = 26


class _LevelDelegate(QStyledItemDelegate):
    """A level as its badge, and under it what it means."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._theme, option.rect
        level: Tlp = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if QStyle.StateFlag(option.state) & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("tint"))
            edge = rect.adjusted(0, 0, EDGE_WIDTH - rect.width(), 0)
            painter.fillRect(edge, theme.colour("accent"))
        left, top = rect.left() + theme.px(_SIDE), rect.top() + theme.px(6)
        badge = QRectF(left, top, tlp_width(theme, level), theme.px(BADGE_HEIGHT))
        paint_tlp(painter, badge, theme, level)
        metrics = theme.metrics("note")
        base = badge.bottom() + theme.px(3) + metrics.ascent()
        painter.setFont(theme.font("note"))
        painter.setPen(theme.colour("ink_2"))
        painter.drawText(QPointF(left, base), curly(level.meaning))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        level: Tlp = index.data(Qt.ItemDataRole.UserRole)
        words = self._theme.metrics("note").horizontalAdvance(curly(level.meaning))
        return QSize(round(words) + 2 * self._theme.px(_SIDE) + 4, self._theme.px(_ROW))


class AudienceChoice(ClosedList):
    """One of the five levels of TLP 2.0; the closed box shows the badge alone."""

    level_chosen = Signal(object)
    """The Tlp."""

    def __init__(self, theme: Theme) -> None:
        """CLEAR is chosen: what everybody may see."""
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Audience up to")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setItemDelegate(_LevelDelegate(theme, self))
        for level in Tlp:
            self.addItem(level.label, level)
            spoken = f"{level.label}. {level.meaning}"
            self.setItemData(level.value, spoken, Qt.ItemDataRole.AccessibleTextRole)
        self.currentIndexChanged.connect(self._on_index_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def level(self) -> Tlp:
        """The level that is chosen."""
        return Tlp(self.currentIndex())

    def _on_index_changed(self) -> None:
        self.setAccessibleDescription(self.level.meaning)
        self.level_chosen.emit(self.level)

    def _on_theme_changed(self) -> None:
        theme = self._theme
        self.setFont(theme.font("badge"))
        option = QStyleOptionViewItem()
        delegate = self.itemDelegate()
        rows = range(self.count())
        hints = (delegate.sizeHint(option, self.model().index(row, 0)).width() for row in rows)
        self.view().setMinimumWidth(max(hints, default=0) + 4)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """As wide as the widest badge, so that nothing moves when another is chosen."""
        theme = self._theme
        widest = max(tlp_width(theme, level) for level in Tlp)
        return QSize(widest + theme.px(_ARROW + 8), theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and the badge where its words would be."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        theme, level = self._theme, self.level
        height = theme.px(BADGE_HEIGHT)
        top = (self.height() - height) // 2
        badge = QRectF(theme.px(6), top, tlp_width(theme, level), height)
        paint_tlp(painter, badge, theme, level)
