"""A list whose rows have a title and a quieter second line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
)

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.widgets.cells import (
    KEY_ROLE,
    SECOND_ROLE,
    TRAILING_COLOUR_ROLE,
    TRAILING_ROLE,
    TRAILING_SECOND_ROLE,
    Index,
)
from briefing.ui.widgets.tooltips import plain_tooltip
from briefing.ui.widgets.two_line_delegate import TALL_ROW, TwoLineDelegate


@dataclass(frozen=True, slots=True)
class TwoLineItem:
    """One row. ``trailing`` and ``trailing_second`` stand at the right of the two lines."""

    key: str
    title: str
    second: str = ""
    trailing: str = ""
    trailing_second: str = ""
    trailing_colour: Colour = "ink_3"


class TwoLineList(QListView):
    """Rows to choose from, or with ``links`` rows that open something when clicked.

    ``row_activated`` carries the key of a row that was opened: by a click where ``links``, by
    Enter or a double click otherwise. ``row_changed`` carries the key of the current row.
    """

    row_activated = Signal(str)
    row_changed = Signal(str)

    def __init__(
        self, theme: Theme, name: str, *, dense: bool = False, links: bool = False
    ) -> None:
        """``dense`` rows have no padding at their sides; ``name`` is for screen readers."""
        super().__init__()
        self._theme = theme
        self._fitted = False
        self.setAccessibleName(name)
        self._items = QStandardItemModel(self)
        self._delegate = TwoLineDelegate(theme, self, dense=dense, links=links)
        self.setItemDelegate(self._delegate)
        self.setModel(self._items)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if links:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(self._activate)
        else:
            self.doubleClicked.connect(self._activate)
        theme.changed.connect(self._on_theme_changed)

    def set_items(self, items: Sequence[TwoLineItem]) -> None:
        """Fill the list from plain values; a model of one's own works as well."""
        self._items.clear()
        for item in items:
            row = QStandardItem(item.title)
            row.setEditable(False)
            for role, value in (
                (KEY_ROLE, item.key),
                (SECOND_ROLE, item.second),
                (TRAILING_ROLE, item.trailing),
                (TRAILING_SECOND_ROLE, item.trailing_second),
                (TRAILING_COLOUR_ROLE, item.trailing_colour),
            ):
                row.setData(value, role)
            spoken = (item.title, item.second, item.trailing, item.trailing_second)
            words = ", ".join(part for part in spoken if part)
            row.setData(words, Qt.ItemDataRole.AccessibleTextRole)
            row.setToolTip(plain_tooltip(item.title))
            self._items.appendRow(row)
        self.updateGeometry()

    def fit_rows(self) -> None:
        """Be exactly as high as the rows."""
        self._fitted = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def select_key(self, key: str) -> None:
        """Make the row with this key the current one; nothing happens when there is none."""
        start = self.model().index(0, 0)
        for index in self.model().match(start, KEY_ROLE, key, 1, Qt.MatchFlag.MatchExactly):
            self.setCurrentIndex(index)

    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_activated.emit(str(index.data(KEY_ROLE)))

    def _on_theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    def _show_ring(self, on: bool) -> None:
        self._delegate.ringed_row = self.currentIndex().row() if on and self.hasFocus() else -1
        self.viewport().update()

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: Index, previous: Index
    ) -> None:
        """Tell which row is current now."""
        super().currentChanged(current, previous)
        if self._delegate.ringed_row >= 0:
            self._show_ring(True)
        if current.isValid():
            self.row_changed.emit(str(current.data(KEY_ROLE)))

    def sizeHint(self) -> QSize:
        """All rows when fitted, a panel otherwise."""
        if not self._fitted:
            return QSize(self._theme.px(280), self._theme.px(240))
        rows = self.model().rowCount()
        height = self.sizeHintForRow(0) if rows else 0
        return QSize(self._theme.px(160), rows * height)

    def minimumSizeHint(self) -> QSize:
        """Narrow, but no row is cut when fitted."""
        height = self.sizeHint().height() if self._fitted else self._theme.px(TALL_ROW)
        return QSize(self._theme.px(80), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; moving shows the ring."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)
        self._show_ring(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click needs no ring."""
        super().mousePressEvent(event)
        self._show_ring(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the current row when the keyboard brought the focus here."""
        super().focusInEvent(event)
        by_tab = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_tab:
            if not self.currentIndex().isValid() and self.model().rowCount():
                self.setCurrentIndex(self.model().index(0, 0))
            self._show_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self._show_ring(False)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.viewport().update()
