"""What a word on the screen means: by F1, by following it, and by hovering over a label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeySequence, QShortcut, QTextCursor, QWhatsThisClickedEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QToolTip,
    QWidget,
)

from briefing.core.glossary import Glossary, Spot, Term
from briefing.services.glossary import place_of
from briefing.ui.theme import Theme
from briefing.ui.widgets.meanings import label_meanings, meanings

HELP_TOPIC = "help_topic"
"""Dynamic property of a widget: the help page or term that F1 opens while it has the keyboard."""
QUESTION = "What does it mean?"
ABOUT = "Help about this screen"


class Explainer(QObject):
    """Answers for one window.

    F1 asks about what has the keyboard: the words that are marked or stand at the caret, else the
    help topic of the very widget, else the terms among the words that it shows or is called by,
    else the topic of the nearest widget around it. Hovering asks about a label that has no tooltip
    of its own.
    """

    def __init__(
        self, theme: Theme, window: QWidget, show: Callable[[str], object] | None = None
    ) -> None:
        """``show`` opens Help at a place; without it (a dialog) meanings are told in place."""
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._show = show
        window.installEventFilter(self)
        QShortcut(QKeySequence("F1"), window).activated.connect(self._on_help_asked)

    def _on_help_asked(self) -> None:
        widget = QApplication.focusWidget() or self._window
        found = list(pointed_at(self._theme.glossary, widget))
        if not found and not widget.property(HELP_TOPIC):
            found = list(named_by(self._theme.glossary, widget))
        terms = tuple({spot.term.term: spot.term for spot in found}.values())
        if self._show is None:
            QToolTip.showText(_below(widget), meanings(terms), widget)
        elif len(terms) > 1:
            self._offer(widget, terms, self._show)
        else:
            self._show(place_of(terms[0].term) if terms else _topic(widget))

    def _offer(self, widget: QWidget, terms: Iterable[Term], show: Callable[[str], object]) -> None:
        """Let the person choose among several terms."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(QUESTION)
        menu.setToolTipsVisible(True)
        menu.addAction(QUESTION).setEnabled(False)
        for term in terms:
            action = menu.addAction(term.term.replace("&", "&&"))
            action.setToolTip(meanings((term,)))
            action.triggered.connect(partial(self._on_chosen, show, place_of(term.term)))
        if topic := _topic(widget):
            menu.addSeparator()
            menu.addAction(ABOUT).triggered.connect(partial(self._on_chosen, show, topic))
        menu.popup(_below(widget))
        menu.setActiveAction(menu.actions()[1])

    def _on_chosen(self, show: Callable[[str], object], place: str, _checked: bool = False) -> None:
        show(place)

    def _hover(self, event: QHelpEvent) -> bool:
        """Show what the label under the mouse means; False where nothing is to be said."""
        widget = self._window.childAt(event.pos())
        told = label_meanings(self._theme.glossary, label_of(widget)) if widget is not None else ""
        if told:
            QToolTip.showText(event.globalPos(), told, widget)
        return bool(told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Events that no widget in the window answered come to the window itself."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self._hover(event)
        if (
            event.type() == QEvent.Type.WhatsThisClicked
            and isinstance(event, QWhatsThisClickedEvent)
            and self._show is not None
        ):
            self._show(place_of(event.href()))
            return True
        return super().eventFilter(watched, event)


def label_of(widget: QWidget) -> str:
    """The words of a label, a button or something drawn; "" for what only holds other things."""
    if isinstance(widget, QLabel | QAbstractButton):
        return _without_mnemonic(widget.text()) or widget.accessibleName()
    return "" if widget.layout() is not None else widget.accessibleName()


def pointed_at(glossary: Glossary, widget: QWidget) -> tuple[Spot, ...]:
    """The terms that are marked in a text or a field, or stand at its caret."""
    if isinstance(widget, QLineEdit):
        if widget.echoMode() is not QLineEdit.EchoMode.Normal:
            return ()
        marked = widget.hasSelectedText()
        start = widget.selectionStart() if marked else widget.cursorPosition()
        return _between(glossary, widget.text(), start, widget.selectionEnd() if marked else start)
    if not isinstance(widget, QTextEdit | QPlainTextEdit):
        return ()
    cursor = widget.textCursor()
    if not cursor.hasSelection() and widget.isReadOnly():
        return ()  # Nobody sees where its caret is.
    return _at_cursor(glossary, cursor)


def named_by(glossary: Glossary, widget: QWidget) -> Iterator[Spot]:
    """The terms among the words that a widget shows where the keyboard is, or is called by."""
    for text in (*_shown(widget), widget.accessibleName(), widget.accessibleDescription()):
        yield from glossary.telling(text)


def _at_cursor(glossary: Glossary, cursor: QTextCursor) -> tuple[Spot, ...]:
    text = cursor.document().toPlainText()
    return _between(glossary, text, cursor.selectionStart(), cursor.selectionEnd())


def _between(glossary: Glossary, text: str, *places: int) -> tuple[Spot, ...]:
    """The terms between two places; Qt counts in UTF-16, a string in characters."""
    units = text.encode("utf-16-le")
    start, end = (len(units[: 2 * place].decode("utf-16-le", "ignore")) for place in places)
    return glossary.at(text, start, end)


def _shown(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractItemView):
        yield from _item_words(widget)
    elif isinstance(widget, QLabel | QAbstractButton):
        yield _without_mnemonic(widget.text())
    elif isinstance(widget, QComboBox):
        yield widget.currentText()
    elif isinstance(widget, QLineEdit):
        # As it is shown: of a password, dots.
        yield widget.displayText()
    elif isinstance(widget, QTabBar):
        yield widget.tabText(widget.currentIndex())


def _item_words(view: QAbstractItemView) -> Iterator[str]:
    """The current item, and the head of its column."""
    index = view.currentIndex()
    if not index.isValid():
        return
    model, role = view.model(), Qt.ItemDataRole
    found = [index.data(each) for each in (role.DisplayRole, role.AccessibleTextRole)]
    found.append(model.headerData(index.column(), Qt.Orientation.Horizontal))
    yield from (text for text in found if isinstance(text, str))


def _topic(widget: QWidget | None) -> str:
    """The help topic of a widget or of the nearest around it; "" for none."""
    while widget is not None:
        if topic := widget.property(HELP_TOPIC):
            return str(topic)
        widget = widget.parentWidget()
    return ""


def _below(widget: QWidget) -> QPoint:
    """Under what has the keyboard: a caret, the current item, or the widget as a whole."""
    if isinstance(widget, QAbstractItemView):
        rect = widget.visualRect(widget.currentIndex())
        return widget.viewport().mapToGlobal(rect.bottomLeft())
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return widget.viewport().mapToGlobal(widget.cursorRect().bottomLeft())
    return widget.mapToGlobal(widget.rect().bottomLeft())


def _without_mnemonic(text: str) -> str:
    """Words as a label shows them: “&&” is an ampersand there."""
    return text.replace("&&", "&")
