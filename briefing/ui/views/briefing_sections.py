"""The sections of a briefing as a list: switched on and off, moved, and a note under each."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

from briefing.ui.theme import Theme
from briefing.ui.views.briefing_notes import NoteEditor
from briefing.ui.views.briefing_section_delegate import ROW, SectionDelegate
from briefing.ui.views.briefing_section_model import SectionModel

_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_INDENT = 8


class SectionList(QListView):
    """As high as its rows, with the editor of a note under one of them.

    Space switches a section, Alt with an arrow key moves it, N asks for the note under it.
    """

    note_asked = Signal(str)
    """Key of the section whose note is to be written."""
    note_closed = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        """An empty list; ``name`` is for screen readers."""
        super().__init__()
        self._theme = theme
        self.sections = SectionModel()
        self.sections.setParent(self)
        self._editor: NoteEditor | None = None
        self._noted = ""
        self._delegate = SectionDelegate(theme, self, self._below)
        self.setAccessibleName(name)
        self.setProperty("look", "framed")
        self.setModel(self.sections)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        for signal in (self.sections.modelReset, self.sections.rowsMoved):
            signal.connect(self._on_sections_moved)
        theme.changed.connect(self._on_theme_changed)

    @property
    def editor(self) -> NoteEditor | None:
        """The note that is being written; None where none is."""
        return self._editor

    @property
    def noted(self) -> str:
        """Key of the section whose note is being written, or ""."""
        return self._noted

    def open_note(self, key: str, text: str) -> NoteEditor:
        """Let the note under a section be written; one that is open is closed first."""
        self.close_note()
        title = self.sections.row(self.sections.place_of(key))[0].title
        self._noted, self._editor = key, NoteEditor(self._theme, title, text)
        self._editor.setParent(self.viewport())
        self._editor.closed.connect(self._on_editor_closed)
        self._editor.resized.connect(self._on_editor_resized)
        self._on_editor_resized()
        self._editor.show()
        self.order_tabs()
        return self._editor

    def close_note(self) -> None:
        """Put the editor away; what was typed is with whoever was told of it."""
        editor, self._editor, self._noted = self._editor, None, ""
        if editor is not None:
            editor.hide()
            editor.deleteLater()
            self._on_editor_resized()

    def order_tabs(self) -> None:
        """Let Tab go from the list into the note, and on from there."""
        before: QWidget = self
        for stop in self._editor.stops if self._editor is not None else ():
            QWidget.setTabOrder(before, stop)
            before = stop

    def _below(self, row: int) -> int:
        """Pixels under a row that its note takes."""
        if self._editor is None or row != self.sections.place_of(self._noted):
            return 0
        return self._editor.height_for(self._editor_width()) + self._theme.px(_INDENT)

    def _editor_width(self) -> int:
        return self.viewport().width() - 2 * self._theme.px(_INDENT)

    def _place_editor(self) -> None:
        row = self.sections.place_of(self._noted)
        if self._editor is None:
            return
        if row < 0:
            self.close_note()
            return
        rect, side = self.visualRect(self.sections.index(row)), self._theme.px(_INDENT)
        top = self._delegate.head(rect).bottom() + 1
        room = self._below(row) - side
        self._editor.setGeometry(QRect(rect.left() + side, top, self._editor_width(), room))

    def _on_editor_closed(self) -> None:
        row = self.sections.place_of(self._noted)
        self.close_note()
        self.note_closed.emit()
        if row >= 0:
            self.setCurrentIndex(self.sections.index(row))
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_ring(True)

    def _on_editor_resized(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def _on_sections_moved(self) -> None:
        self.updateGeometry()
        self._place_editor()

    def _on_theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    def _show_ring(self, on: bool) -> None:
        self._delegate.ringed_row = self.currentIndex().row() if on and self.hasFocus() else -1
        self.viewport().update()

    def _press(self, row: int, point: QPoint) -> None:
        """The grip is for dragging, and what is written under a row is no part of it."""
        rect = self.visualRect(self.sections.index(row))
        if not self._delegate.head(rect).contains(point):
            return
        if self._delegate.note(rect, self.sections.at(row)).contains(point):
            self._ask_note(row)
        elif point.x() >= self._delegate.box(rect).left() - self._theme.px(4):
            self.sections.switch(row)

    def _ask_note(self, row: int) -> None:
        if row >= 0 and self.sections.at(row).offer.choosable:
            self.note_asked.emit(self.sections.at(row).offer.key)

    def _move_current(self, way: int) -> None:
        row = self.currentIndex().row()
        if row >= 0 and self.sections.move(row, row + way):
            self.setCurrentIndex(self.sections.index(max(0, row + way)))
        self._show_ring(True)

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        """Lay the rows out, and the editor under its own."""
        super().doItemsLayout()
        self._place_editor()

    def sizeHint(self) -> QSize:
        """All rows, and the note that is being written."""
        rows = self.sections.rowCount()
        note = self._below(self.sections.place_of(self._noted)) if self._editor is not None else 0
        height = rows * self._theme.px(ROW) + note + 2 * self.frameWidth()
        return QSize(self._theme.px(200), height)

    def minimumSizeHint(self) -> QSize:
        """Narrow, but no row is cut."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space switches, Alt with an arrow key moves, N opens the note, arrows go."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_current(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.sections.switch(self.currentIndex().row())
        elif key == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._ask_note(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
            self._show_ring(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the box or the title switches, one at the right opens the note."""
        index = self.indexAt(event.position().toPoint())
        dragging = self.state() == QAbstractItemView.State.DraggingState
        super().mouseReleaseEvent(event)
        if index.isValid() and not dragging and event.button() == Qt.MouseButton.LeftButton:
            self._press(index.row(), event.position().toPoint())

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A note is as high as its width asks for."""
        super().resizeEvent(event)
        if self._editor is not None:
            self._on_editor_resized()
