"""The field that asks whom or what a briefing is about, with suggestions under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout

from briefing.core.errors import BriefingError
from briefing.core.search import LONGEST_QUERY, Search, SearchHit, clean_query
from briefing.ui.search_box import SearchHitDelegate, SearchHitModel
from briefing.ui.theme import Theme

ROWS = 7
"""Suggestions that are shown before the list scrolls."""

_ROW = 48
_CORNER = 3
_LEAST_WIDTH = 360
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS - 1,
    Qt.Key.Key_PageUp: 1 - ROWS,
}


class SubjectField(QLineEdit):
    """Finds an actor, or an incident, by its name, another name of it or its id.

    Arrow keys move among the suggestions, Enter takes one. Escape, or leaving the field, brings
    back what was chosen: what is half typed never counts.
    """

    chosen = Signal(str)
    """Id of what was chosen."""

    def __init__(
        self, theme: Theme, kind: str, asks: str, search: Search, first: Sequence[SearchHit]
    ) -> None:
        """Nothing is chosen.

        Args:
            theme: Looks.
            kind: Kind of hit that can be chosen ("actor"); its name for screen readers, too.
            asks: What stands in the field while nothing is typed.
            search: Answers what is typed.
            first: What is offered while nothing is.
        """
        super().__init__()
        self._theme = theme
        self._kind = kind
        self._search = search
        self._first = tuple(first)
        self._name = ""
        self.setMaxLength(LONGEST_QUERY)
        self.setAccessibleName(kind.capitalize())
        self.setPlaceholderText(asks)
        self._model = SearchHitModel(self)
        self._popup = QFrame()
        self._popup.setProperty("look", "popup")
        self._popup.hide()
        self._list = QListView(self._popup)
        self._list.setModel(self._model)
        self._list.setItemDelegate(SearchHitDelegate(theme, self._list))
        self._set_up_list()
        self.textEdited.connect(self._on_text_edited)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def offer_first(self, first: Sequence[SearchHit]) -> None:
        """Offer these while nothing is typed."""
        self._first = tuple(first)

    @property
    def suggestions(self) -> tuple[str, ...]:
        """What the list says, row by row; nothing while it is closed."""
        if not self._popup.isVisible():
            return ()
        return tuple(" · ".join(self._model.lines(row)) for row in range(self._model.rowCount()))

    def set_name(self, name: str) -> None:
        """Show the name of what is chosen, or "" for nothing."""
        self._name = name
        self.setText(name)
        self.setCursorPosition(0)
        self._popup.hide()

    def _set_up_list(self) -> None:
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(f"Suggested {self._kind}s")
        self._list.clicked.connect(self._choose)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        rows = QVBoxLayout(self._popup)
        rows.setContentsMargins(0, _CORNER, 0, _CORNER)
        rows.addWidget(self._list)

    def _suggest(self) -> None:
        """Fill and open the list with what answers the text."""
        query = clean_query(self.text())
        try:
            if not query or query == self._name:
                self._model.show_hits(query, self._first)
            else:
                hits = [hit for hit in self._search(query) if hit.kind == self._kind]
                self._model.show_hits(query, hits)
        except BriefingError as error:
            self._model.show_error(error)
        self._step(0)
        self._open()

    def _open(self) -> None:
        window = self.window()
        if self._popup.parentWidget() is not window:
            self._popup.setParent(window)
            window.installEventFilter(self)
        theme = self._theme
        corner = self.mapTo(window, QPoint(0, self.height() + theme.px(6)))
        room = window.rect().bottomRight() - corner - QPoint(1, 1) * theme.px(8)
        width = min(max(self.width(), theme.px(_LEAST_WIDTH)), room.x())
        height = min(self._model.rowCount(), ROWS) * theme.px(_ROW) + 2 * (1 + _CORNER)
        self._popup.setGeometry(QRect(corner, QSize(width, min(height, room.y()))))
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
            self.set_name(hit.title)
            self.selectAll()
            self.chosen.emit(hit.id)

    def _take_back(self) -> None:
        self.set_name(self._name)

    def _on_text_edited(self) -> None:
        self._suggest()

    def _on_current_changed(self, index: QModelIndex) -> None:
        """Say the row to a screen reader, whose attention is on the field."""
        words = index.data(Qt.ItemDataRole.AccessibleTextRole)
        if words and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font("body"))
        self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages move among suggestions; Enter takes one; Escape takes back."""
        key = Qt.Key(event.key())
        if key in _STEPS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if self._popup.isVisible():
                self._step(_STEPS[key])
            else:
                self._suggest()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._popup.isVisible():
                self._choose(self._list.currentIndex())
            else:
                self._suggest()
        elif key == Qt.Key.Key_Escape and (self._popup.isVisible() or self.text() != self._name):
            self._take_back()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the list while nothing is chosen."""
        super().mousePressEvent(event)
        if not self._name and not self.text():
            self._suggest()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces the name."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is half typed goes, unless only the window lost the keyboard."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._take_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the list under the field when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self._popup.isVisible():
            self._open()
        return super().eventFilter(watched, event)


class ActorField(SubjectField):
    """Finds an actor by name, alias or id."""

    def __init__(self, theme: Theme, search: Search, first: Sequence[SearchHit]) -> None:
        """Nobody is chosen; see ``SubjectField``."""
        super().__init__(theme, "actor", "Name, alias or ATT&CK id", search, first)
