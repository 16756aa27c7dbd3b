"""The one search field: everything in the database, from any screen, as fast as one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from briefing.core.errors import BriefingError
from briefing.core.search import LONGEST_QUERY, Search, SearchHit, clean_query, grouped
from briefing.ui.icons import paint_icon
from briefing.ui.rail import key_cap_width, paint_key_cap
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.widgets.frames import EDGE_WIDTH

SHORTCUT = "Ctrl+K"
WIDTH = 420
ROWS = 9
"""Rows the list shows before it scrolls."""

_ROW = 48
_SIDE = 12
_CORNER = 3  # keeps square rows clear of the list's round corners
_Index = QModelIndex | QPersistentModelIndex
_HitRole = Qt.ItemDataRole.UserRole
_NO_INDEX = QModelIndex()


class SearchHitModel(QAbstractListModel):
    """A note in words where nothing bears the name, then the hits with each kind together."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._note: tuple[str, str] | None = None
        self._hits: tuple[SearchHit, ...] = ()

    def show_hits(self, query: str, hits: Sequence[SearchHit]) -> None:
        """Show what answers a query, and say in words where nothing does."""
        note = None
        if not hits:
            note = (
                f"Nothing is called “{query}”",
                "Try fewer letters, another spelling, or an id such as G0007.",
            )
        elif all(hit.near for hit in hits):
            note = (f"Nothing is called “{query}”", "These names are close to it:")
        self._show(note, grouped(hits))

    def show_error(self, error: BriefingError) -> None:
        """Show why no answer could be had."""
        self._show((error.message, error.remedy), ())

    def hit(self, row: int) -> SearchHit | None:
        """The hit in a row; None for the note and outside."""
        at = row - (1 if self._note else 0)
        return self._hits[at] if 0 <= at < len(self._hits) else None

    def lines(self, row: int) -> tuple[str, str, str]:
        """Title, reason and kind of a row, each on one line."""
        hit = self.hit(row)
        if hit is None:
            title, reason = self._note or ("", "")
            return title, reason, ""
        return _one_line(hit.title), _one_line(hit.reason), _one_line(hit.kind)

    def starts_kind(self, row: int) -> bool:
        """Whether a row is the first of its kind."""
        hit, before = self.hit(row), self.hit(row - 1)
        return hit is not None and before is not None and hit.kind != before.kind

    def _show(self, note: tuple[str, str] | None, hits: tuple[SearchHit, ...]) -> None:
        self.beginResetModel()
        self._note, self._hits = note, hits
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """The note and the hits."""
        return 0 if parent.isValid() else len(self._hits) + (1 if self._note else 0)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title for the list, a whole sentence for a screen reader, the hit itself."""
        title, reason, kind = self.lines(index.row())
        hit = self.hit(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            doubt = "ambiguous" if hit is not None and hit.ambiguous else ""
            return ", ".join(text for text in (title, kind, doubt, reason) if text)
        return hit if role == _HitRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """The note cannot be chosen."""
        if self.hit(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class SearchHitDelegate(QStyledItemDelegate):
    """Two lines: the title with its kind at the right, and why it is here."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        """Paint with this theme."""
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As wide as the list, two lines high."""
        return QSize(0, self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, edge, line and text."""
        model = index.model()
        if not isinstance(model, SearchHitModel):
            raise TypeError("This delegate paints search hits only.")
        painter.save()
        rect = QRect(option.rect)
        self._paint_ground(painter, rect, QStyle.StateFlag(option.state))
        line: Colour = "line_2" if model.starts_kind(index.row()) else "line"
        if index.row():
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, self._theme.colour(line))
        side = self._theme.px(_SIDE)
        self._paint_text(painter, rect.adjusted(side, 0, -side, 0), model, index.row())
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("tint"))
            painter.fillRect(
                rect.x(), rect.y(), EDGE_WIDTH, rect.height(), self._theme.colour("accent")
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.colour("mist_2"))

    def _paint_text(self, painter: QPainter, rect: QRect, model: SearchHitModel, row: int) -> None:
        theme = self._theme
        title, reason, kind = model.lines(row)
        first = QRect(rect.x(), rect.y() + theme.px(5), rect.width(), theme.line_height("body"))
        second = QRect(rect.x(), first.bottom() + 1, rect.width(), theme.line_height("note"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("note"))
        painter.setPen(theme.colour("ink_3"))
        painter.drawText(first, middle | Qt.AlignmentFlag.AlignRight, kind)
        first.setRight(first.right() - round(theme.metrics("note").horizontalAdvance(kind)) - 12)
        hit = model.hit(row)
        if hit is not None and hit.ambiguous:
            second = self._paint_doubt(painter, second)
        metrics = theme.metrics("note")
        painter.setPen(theme.colour("ink_3"))
        elided = metrics.elidedText(reason, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, middle, elided)
        painter.setFont(theme.font("rail"))
        painter.setPen(theme.colour("ink"))
        metrics = theme.metrics("rail")
        elided = metrics.elidedText(title, Qt.TextElideMode.ElideRight, first.width())
        painter.drawText(first, middle, elided)

    def _paint_doubt(self, painter: QPainter, rect: QRect) -> QRect:
        """The sign and the word of an ambiguous name; returns the room that is left."""
        theme = self._theme
        side = theme.px(12)
        spot = QRectF(rect.x(), rect.y() + (rect.height() - side) // 2, side, side)
        paint_icon(painter, spot, theme, "warning", "claim")
        painter.setPen(theme.colour("claim"))
        rest = rect.adjusted(side + theme.px(4), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, "ambiguous")
        word = round(theme.metrics("note").horizontalAdvance("ambiguous"))
        return rest.adjusted(word + theme.px(8), 0, 0, 0)


class SearchBox(QLineEdit):
    """The field, and under it the list of what answers.

    The keyboard stays in the field: arrows move in the list, Enter chooses, Escape closes the list,
    then empties the field, then goes back to where one was.
    """

    chosen = Signal(object)
    """The SearchHit."""

    def __init__(self, theme: Theme, search: Search, parent: QWidget | None = None) -> None:
        """``search`` is asked at every key, so it must answer in a few milliseconds."""
        super().__init__(parent)
        self._theme = theme
        self._search = search
        self._came_from: QWidget | None = None
        self.setProperty("look", "search")
        self.setMaxLength(LONGEST_QUERY)
        self.setPlaceholderText("Search actors, names, techniques, software")
        self.setAccessibleName("Search")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._model = SearchHitModel(self)
        self._popup = QFrame()
        self._popup.setProperty("look", "popup")
        self._popup.hide()
        self._list = QListView(self._popup)
        self._list.setModel(self._model)
        self._list.setItemDelegate(SearchHitDelegate(theme, self._list))
        self._set_up_list()
        self.textChanged.connect(self._on_text_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def start(self) -> None:
        """Put the keyboard into the field, from wherever it is."""
        if not self.hasFocus():
            self._came_from = QApplication.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _set_up_list(self) -> None:
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName("Search results")
        self._list.clicked.connect(self._choose)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        rows = QVBoxLayout(self._popup)
        rows.setContentsMargins(0, _CORNER, 0, _CORNER)
        rows.addWidget(self._list)

    def _on_text_changed(self, text: str) -> None:
        query = clean_query(text)
        if not query:
            self._popup.hide()
            return
        try:
            self._model.show_hits(query, self._search(query))
        except BriefingError as error:
            self._model.show_error(error)
        self._step(0)
        self._open()

    def _open(self) -> None:
        """Lay the list under the field, over the screen, inside the window."""
        window = self.window()
        if self._popup.parentWidget() is not window:
            self._popup.setParent(window)
            window.installEventFilter(self)
        corner = self.mapTo(window, QPoint(0, self.height() + self._theme.px(8)))
        room = window.rect().bottomRight() - corner - QPoint(1, 1) * self._theme.px(8)
        width = max(self.width(), self._theme.px(WIDTH))
        height = min(self._model.rowCount(), ROWS) * self._theme.px(_ROW) + 2 * (1 + _CORNER)
        self._popup.setGeometry(QRect(corner, QSize(min(width, room.x()), min(height, room.y()))))
        self._popup.show()
        self._popup.raise_()

    def _step(self, way: int) -> None:
        """Move in the list; 0 means to the first hit. The note is passed over."""
        rows = [row for row in range(self._model.rowCount()) if self._model.hit(row)]
        if not rows:
            return
        now = self._list.currentIndex().row()
        at = rows.index(now) + way if way and now in rows else 0
        self._list.setCurrentIndex(self._model.index(rows[max(0, min(at, len(rows) - 1))]))

    def _choose(self, index: QModelIndex) -> None:
        hit = self._model.hit(index.row())
        if hit is not None and index.isValid():
            self.clear()
            self.chosen.emit(hit)

    def _leave(self) -> None:
        """One step out: the list, then the text, then the field."""
        if self._popup.isVisible():
            self._popup.hide()
        elif self.text():
            self.clear()
        elif self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current_changed(self, index: QModelIndex) -> None:
        """Say the row to a screen reader, whose attention is on the field."""
        words = index.data(Qt.ItemDataRole.AccessibleTextRole)
        if words and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _on_theme_changed(self) -> None:
        theme = self._theme
        self.setFont(theme.font("body"))
        self.setTextMargins(theme.px(20), 0, key_cap_width(theme, _keys()) + theme.px(8), 0)
        self.setFixedHeight(theme.px(32))
        self.setMaximumWidth(theme.px(WIDTH))
        self._popup.hide()

    def sizeHint(self) -> QSize:
        """Room for a name and who coined it; it grows to the width of the design."""
        return QSize(self._theme.px(WIDTH * 2 // 3), self._theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """Room for a name."""
        return QSize(self._theme.px(140), self._theme.px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages move in the list; Enter chooses; Escape leaves."""
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: ROWS - 1,
            Qt.Key.Key_PageUp: 1 - ROWS,
        }
        key = Qt.Key(event.key())
        if key in steps:
            if self._popup.isVisible():
                self._step(steps[key])
            elif clean_query(self.text()):
                self._open()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._popup.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the glass at the left and, while the field is empty, its key at the right."""
        super().paintEvent(event)
        theme = self._theme
        painter = QPainter(self)
        side = theme.px(16)
        spot = QRectF(theme.px(8), (self.height() - side) // 2, side, side)
        paint_icon(painter, spot, theme, "search", "ink_3")
        if not self.text():
            paint_key_cap(painter, theme, self.rect(), _keys())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the list under the field when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self._popup.isVisible():
            self._open()
        return super().eventFilter(watched, event)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _keys() -> str:
    return QKeySequence(SHORTCUT).toString(QKeySequence.SequenceFormat.NativeText)
