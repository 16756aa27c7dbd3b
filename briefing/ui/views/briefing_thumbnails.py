"""The pages once more, small and numbered, to find one's way by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from briefing.ui.theme import Theme
from briefing.ui.views.briefing_pages import RATIO

WIDTH = 58
_SIDE = 20
_GAP = 10
_NUMBER = 16
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class _PageModel(QAbstractListModel):
    """Small pictures of the pages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages: tuple[QImage, ...] = ()

    def show(self, pages: Sequence[QImage]) -> None:
        if len(pages) == len(self._pages):
            self._pages = tuple(pages)
            if pages:
                self.dataChanged.emit(self.index(0), self.index(len(pages) - 1))
            return
        self.beginResetModel()
        self._pages = tuple(pages)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._pages)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"Page {index.row() + 1}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pages[index.row()]
        return None


class _PageDelegate(QStyledItemDelegate):
    """The picture in a frame and its number under it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.current = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, row = self._theme, option.rect
        width = theme.px(WIDTH)
        left = row.left() + theme.px(_SIDE)
        page = QRect(left, row.top() + 2, width, round(width * RATIO))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(page, index.data(Qt.ItemDataRole.DecorationRole))
        is_current = index.row() == self.current
        painter.setPen(
            QPen(theme.colour("accent" if is_current else "line_2"), 2 if is_current else 1)
        )
        grow = 1 if is_current else 0
        painter.drawRect(page.adjusted(-grow, -grow, grow, grow))
        painter.setFont(theme.font("note_strong" if is_current else "note", tabular=True))
        painter.setPen(theme.colour("accent" if is_current else "ink_3"))
        number = QRect(left, page.bottom() + 2, width, theme.px(_NUMBER))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme = self._theme
        high = round(theme.px(WIDTH) * RATIO) + theme.px(_NUMBER) + theme.px(_GAP)
        return QSize(theme.px(WIDTH + _SIDE), high)


class Thumbnails(QListView):
    """One row a page; the current one is the page in view."""

    page_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        """No pages yet."""
        super().__init__()
        self._theme = theme
        self._pages = _PageModel(self)
        self._delegate = _PageDelegate(theme, self)
        self._following = False
        self.setAccessibleName("Pages")
        self.setModel(self._pages)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; }")
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_pages(self, pages: Sequence[QImage]) -> None:
        """Show other pages."""
        self._pages.show(pages)

    def follow(self, number: int) -> None:
        """Mark the page that came into view."""
        self._delegate.current = number
        self._following = True
        self.setCurrentIndex(self._pages.index(number))
        self._following = False
        self.viewport().update()

    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self._theme.px(WIDTH + _SIDE) + 2)
        self.setViewportMargins(0, self._theme.px(_SIDE) - 2, 0, 0)
        self.scheduleDelayedItemsLayout()

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: _Index, previous: _Index
    ) -> None:
        """Ask for the page a person went to."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._following:
            self.page_chosen.emit(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where one is."""
        super().focusInEvent(event)
        self.viewport().update()
