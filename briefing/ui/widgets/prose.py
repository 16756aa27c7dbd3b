"""Running text with source marks: selectable, reachable by keyboard, and closed to the outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QTextBrowser, QTextEdit, QToolTip

from briefing.core.brief import Text, plain
from briefing.core.glossary import Term
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.meanings import ask_to_explain, meanings
from briefing.ui.widgets.prose_document import ProseDocument, Target, nothing

_COMFORTABLE_WIDTH = 480
_LEAST_WIDTH = 80
_WORDS = "text/plain"


class Prose(QTextBrowser):
    """Shows a ``Text`` of the brief, or several as paragraphs.

    Tab goes from link to link, Enter follows one. A source mark emits ``source_activated`` with
    the source's key, a link its address. Neither opens anything by itself. A term of the glossary
    tells the window around it that it was followed, and where none answers says what it means.
    """

    source_activated = Signal(str)
    link_activated = Signal(str)

    def __init__(self, theme: Theme, role: Role = "body", colour: Colour = "ink") -> None:
        """Empty prose in a role and a colour."""
        super().__init__()
        self._theme = theme
        self._role: Role = role
        self._paragraphs: tuple[Text, ...] = ()
        self._numbers: Mapping[str, int] = {}
        self._titles: Mapping[str, str] = {}
        self._heights: dict[int, int] = {}
        self._document = ProseDocument(theme, role, colour)
        self._document.setParent(self)
        self.setDocument(self._document)
        self.setProperty("look", "prose")
        self.setProperty(OWN_FOCUS, True)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.anchorClicked.connect(self._on_anchor_clicked)
        theme.changed.connect(self._fill)

    def set_text(
        self,
        text: Text,
        numbers: Mapping[str, int] | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Show one paragraph; see ``set_paragraphs``."""
        self.set_paragraphs((text,), numbers, titles)

    def set_paragraphs(
        self,
        paragraphs: Sequence[Text],
        numbers: Mapping[str, int] | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Show paragraphs.

        Args:
            paragraphs: What to show.
            numbers: The printed number of each source, by its key.
            titles: What the tooltip of a source's mark says, by its key.

        Raises:
            KeyError: when a mark names a source that has no number.
        """
        self._paragraphs = tuple(paragraphs)
        self._numbers = numbers or {}
        self._titles = titles or {}
        self._fill()

    def text(self) -> str:
        """The words without the marks."""
        return "\n".join(plain(paragraph) for paragraph in self._paragraphs)

    def _fill(self) -> None:
        self._heights.clear()
        self._document.fill(self._paragraphs, self._numbers, self._titles)
        has_links = bool(self._document.targets)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_links else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.text())
        self.updateGeometry()

    def _target(self, href: str) -> Target:
        return self._document.targets[int(href.removeprefix("target:"))]

    def _marked(self) -> int | None:
        """The number of the link that is marked, or None."""
        cursor = self.textCursor()
        chosen = (cursor.selectionStart(), cursor.selectionEnd())
        for number, target in enumerate(self._document.targets):
            if (target.start, target.end) == chosen:
                return number
        return None

    def _mark(self, number: int) -> bool:
        """Mark a link; False when there is none of this number."""
        if not 0 <= number < len(self._document.targets):
            return False
        target = self._document.targets[number]
        cursor = self.textCursor()
        cursor.setPosition(target.start)
        cursor.setPosition(target.end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    def _on_anchor_clicked(self, url: QUrl) -> None:
        target = self._target(url.toString())
        if target.term is not None:
            self._explain(target.term)
        elif target.source:
            self.source_activated.emit(target.source)
        else:
            self.link_activated.emit(target.href)

    def _explain(self, term: Term) -> None:
        if not ask_to_explain(self, term):
            place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
            QToolTip.showText(place, meanings((term,)), self)

    def _on_copy_link_triggered(self) -> None:
        action = self.sender()
        QGuiApplication.clipboard().setText(str(action.property("href")))

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at this width."""
        if width not in self._heights:
            before = self._document.textWidth()
            self._document.setTextWidth(width)
            self._heights[width] = round(self._document.size().height())
            self._document.setTextWidth(before)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """A comfortable measure, or less where the text is short."""
        before = self._document.textWidth()
        self._document.setTextWidth(-1)
        ideal = round(self._document.idealWidth()) + 1
        self._document.setTextWidth(before)
        width = min(ideal, self._theme.px(_COMFORTABLE_WIDTH))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        return QSize(self._theme.px(_LEAST_WIDTH), self._theme.line_height(self._role))

    def loadResource(self, type: int, name: QUrl | str) -> QImage | bytes:
        """Nothing is ever loaded, whatever the text names."""
        return nothing(type)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by keyboard, mark the first link, or the last one when coming from behind."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._mark(0)
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._mark(len(self._document.targets) - 1)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's name
        """Go to the next or previous link, and out of the text after the last one."""
        marked = self._marked()
        place = marked + (1 if next else -1) if marked is not None else -1
        return self._mark(place) or QTextEdit.focusNextPrevChild(self, next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A link is marked only while it has the keyboard; a selection stays for a menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copy words, never markup.

        What Qt made is made poorer: an object of Python's, left on the clipboard, would outlive
        the interpreter, and the program would crash as it ends.
        """
        data = super().createMimeDataFromSelection()
        data.text()  # Qt writes the formats when one is first asked for.
        for kind in data.formats():
            if kind != _WORDS:
                data.removeFormat(kind)
        return data

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the selection, and the address of a link."""
        menu = QMenu(self)
        copy = menu.addAction("Copy", QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        copy.setEnabled(self.textCursor().hasSelection())
        href = self.anchorAt(event.pos())
        if href and (address := self._target(href).href):
            action = menu.addAction("Copy link")
            action.setProperty("href", address)
            action.triggered.connect(self._on_copy_link_triggered)
        menu.addAction("Select all", self.selectAll)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page around it scroll."""
        event.ignore()
