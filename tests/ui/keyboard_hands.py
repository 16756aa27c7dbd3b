"""A person with a keyboard and nothing else: keys go to the window in front, and Qt sends them on.

Nothing here gives the keyboard to a widget, calls what a key would call, or clicks. What cannot be
reached by Tab is not reached, and the test says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QMenu,
    QWidget,
)

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
ENTER, TAB, BACKTAB = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab
UP, DOWN, LEFT, RIGHT = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right
HOME, SPACE, ESCAPE, DELETE = (
    Qt.Key.Key_Home,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Delete,
)
PATIENCE = 60.0
"""Seconds: far more than any machine needs; nothing here measures speed."""
MOST_STOPS = 400
"""So many presses of Tab go round any window."""


class Hands:
    """Ten fingers over one window.

    Attributes:
        window: The window of the program.
        walked: What Tab has stopped at since the last ``to``, by its name.
    """

    def __init__(self, window: QWidget) -> None:
        """``window`` is shown already; where a dialog closes, it comes to the front again."""
        self.window = window
        self.walked: list[str] = []

    @property
    def front(self) -> QWindow:
        """The window that a window manager gives the keyboard to."""
        QApplication.processEvents()
        if not _is_there(QGuiApplication.focusWindow()):
            self.until(self._raised, "a window in front")
        found = QGuiApplication.focusWindow()
        assert found is not None
        return found

    def _raised(self) -> bool:
        """Raise what was below, as a window manager does and the offscreen platform does not."""
        if not _is_there(QGuiApplication.focusWindow()):
            (QApplication.activeModalWidget() or self.window).activateWindow()
            QApplication.processEvents()
        return _is_there(QGuiApplication.focusWindow())

    @property
    def dialog(self) -> QWidget:
        """The dialog that is open."""
        found = QApplication.activeModalWidget()
        assert found is not None, "no dialog is open"
        return found

    @property
    def focus(self) -> QWidget:
        """What the next key goes to."""
        front = self.front
        popup = QApplication.activePopupWidget()
        found = popup.focusWidget() or popup if popup is not None else QApplication.focusWidget()
        assert found is not None, f"nothing in “{front.title()}” has the keyboard"
        return found

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Press keys, one after the other."""
        for key in keys:
            QTest.keyClick(self.front, key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type what a keyboard has."""
        for letter in text:
            code = (
                ENTER if letter == "\n" else Qt.Key(ord(letter.upper()) if letter < "\x7f" else 0)
            )
            QTest.sendKeyEvent(QTest.KeyAction.Click, self.front, code, letter, PLAIN)
        QApplication.processEvents()

    def to(self, name: str, *, key: Qt.Key = TAB, whole: bool = False) -> QWidget:
        """Press Tab until the keyboard is at what a screen reader calls so.

        Args:
            name: How its name begins.
            key: Tab, or Shift+Tab.
            whole: Whether that is all of its name.
        """
        self.walked = []
        for _ in range(MOST_STOPS):
            found = name_of(self.focus)
            if found == name or (found.startswith(name) and not whole):
                return self.focus
            self.walked.append(name_of(self.focus))
            if self.walked.count(self.walked[-1]) > MOST_STOPS // 40:
                break
            self.press(key, held=SHIFT if key is BACKTAB else PLAIN)
        stops = "\n  ".join(dict.fromkeys(self.walked))
        raise AssertionError(f"Tab does not lead to “{name}”. It stops at\n  {stops}")

    def fill(self, name: str, text: str) -> None:
        """Tab to a field, and type instead of what stands there."""
        self.to(name)
        self.press(Qt.Key.Key_A, held=CTRL)
        self.type(text)

    def push(self, name: str, key: Qt.Key = ENTER) -> None:
        """Tab to a button, and press it."""
        self.to(name)
        self.press(key)

    def pick(self, name: str, label: str) -> None:
        """Tab to a list that folds out, unfold it, walk to an entry and take it."""
        box = self.to(name)
        assert isinstance(box, QComboBox)
        self.press(SPACE, HOME)
        for _ in range(box.count()):
            if str(box.view().currentIndex().data()).startswith(label):
                break
            self.press(DOWN)
        self.press(ENTER)
        assert box.currentText().startswith(label)

    def tick(self, name: str, label: str, *, key: Qt.Key = DOWN) -> None:
        """Tab to a group of which one can be chosen, and walk to that one with an arrow key."""
        self.to(name)
        for _ in range(30):
            button = self.focus
            assert isinstance(button, QAbstractButton)
            if label in button.accessibleName() and button.isChecked():
                return
            if label in button.accessibleName():
                self.press(SPACE)
                return
            self.press(key)
        raise AssertionError(f"“{label}” is not among {name}")

    def search(self, name: str, text: str) -> None:
        """Open a list with a search field, type, and take what is found first."""
        self.push(name)
        self.type(text)
        self.press(ENTER)

    def menu(self, name: str, label: str, key: Qt.Key = ENTER) -> None:
        """Tab to a button that opens a menu, walk to an entry of it, and take that."""
        self.to(name)
        met: list[str] = []

        def walk() -> None:
            menu = QApplication.activePopupWidget()
            if isinstance(menu, QMenu) and not met:
                met.append(label)
                self._walk_in_menu(menu, label, met)

        # Some menus come back only when they are closed, so somebody waits for them beside.
        waiting = QTimer(interval=1)
        waiting.timeout.connect(walk)
        waiting.start()
        self.press(key)
        self.until(lambda: bool(met) and QApplication.activePopupWidget() is None, "a menu")
        waiting.stop()
        assert met == [label], met

    def _walk_in_menu(self, menu: QMenu, label: str, met: list[str]) -> None:
        for _ in range(len(menu.actions()) + 1):
            action = menu.activeAction()
            if action is not None and action.text().startswith(label):
                self.press(ENTER)
                return
            self.press(DOWN)
        met.extend(one.text() for one in menu.actions())
        self.press(ESCAPE)

    def mnemonic(self, key: Qt.Key) -> None:
        """Alt with an underlined letter, which shows the button pressed for a moment."""
        dialog = self.dialog
        self.press(key, held=ALT)
        buttons = dialog.findChildren(QAbstractButton)
        self.until(lambda: not any(one.isDown() for one in buttons), "the button let go")

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait until something is so; a screen reader would say it."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"it never came: {what}"
            QTest.qWait(5)
        QApplication.processEvents()

    def closes(self, title: str) -> None:
        """Wait until a dialog has done its work and is gone."""
        self.until(lambda: title not in _titles(), f"“{title}” closes; it says: {said()}")

    def opens(self, title: str) -> None:
        """Wait until a dialog is there, and has the keyboard."""
        self.until(lambda: title in _titles(), f"“{title}” opens; open are {_titles()}")
        assert self.dialog.isAncestorOf(self.focus), "the dialog does not have the keyboard"


def _is_there(window: QWindow | None) -> bool:
    return window is not None and window.isVisible()


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    if widget.accessibleName():
        return widget.accessibleName()
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return words.replace("&", "") or type(widget).__name__


def said() -> str:
    """What stands in the fields of the dialog that is open, and what is said to be wrong."""
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        return "nothing"
    found = [
        f"{one.accessibleName()}: {one.accessibleDescription()}"
        for one in dialog.findChildren(QWidget)
        if one.isVisible() and one.accessibleDescription()
    ]
    return "\n".join(found)


def _titles() -> list[str]:
    shown = QApplication.topLevelWidgets()
    return [one.windowTitle() for one in shown if one.isVisible() and one.isModal()]
