"""An error is a sentence, its remedy, and details for whoever is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.errors import BriefingError, NotFoundError
from briefing.ui.errors import (
    ErrorDialog,
    ExceptionHook,
    UnexpectedFaultError,
    install_exception_hook,
    show_error,
)
from briefing.ui.theme import Theme

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

UNREADABLE = BriefingError(
    "This file could not be read. Nothing was changed.",
    "threat-actor.json, line 412: a comma is missing.",
    "Choose another file.",
)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(scheme="light")


class _Window(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def show_error(self, error: BriefingError) -> ErrorDialog:
        return show_error(self, error, self._theme)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> _Window:
    made = _Window(theme)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def hook(window: _Window) -> Iterator[ExceptionHook]:
    installed = install_exception_hook(window)
    yield installed
    installed.remove()


class _Sender(QObject):
    asked = Signal()


def _raise_in_a_slot(error: BaseException, times: int = 1) -> None:
    sender = _Sender()

    def slot() -> None:
        raise error

    sender.asked.connect(slot)
    for _ in range(times):
        sender.asked.emit()


def _dialogs(window: _Window) -> list[ErrorDialog]:
    return window.findChildren(ErrorDialog)


def _words(dialog: ErrorDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def _press(dialog: ErrorDialog, name: str) -> None:
    buttons = dialog.findChildren(QPushButton)
    [button] = [button for button in buttons if button.accessibleName() == name]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_the_dialog_says_what_happened_and_what_to_do(window: _Window, theme: Theme) -> None:
    dialog = show_error(window, UNREADABLE, theme)
    assert _words(dialog) == [UNREADABLE.message, UNREADABLE.remedy]
    assert dialog.accessibleName() == UNREADABLE.message


def test_showing_an_error_does_not_wait_for_it_to_be_closed(window: _Window, theme: Theme) -> None:
    dialog = show_error(window, UNREADABLE, theme)
    assert dialog.isVisible()
    assert dialog.isModal()


def test_details_stay_folded_until_they_are_asked_for(window: _Window, theme: Theme) -> None:
    dialog = show_error(window, UNREADABLE, theme)
    [box] = dialog.findChildren(QPlainTextEdit)
    assert not box.isVisible()
    _press(dialog, "Show details")
    assert box.isVisible()
    assert box.toPlainText() == UNREADABLE.detail
    _press(dialog, "Hide details")
    assert not box.isVisible()


def test_an_error_without_details_offers_none(window: _Window, theme: Theme) -> None:
    dialog = show_error(window, BriefingError("The disk is full."), theme)
    names = [button.accessibleName() for button in dialog.findChildren(QPushButton)]
    shown = [button.isVisible() for button in dialog.findChildren(QPushButton)]
    assert dict(zip(names, shown, strict=True)) == {
        "Show details": False,
        "Copy details": True,
        "Close": True,
    }


def test_copied_details_hold_the_sentence_the_remedy_and_the_place(
    window: _Window, theme: Theme
) -> None:
    dialog = show_error(window, UNREADABLE, theme)
    _press(dialog, "Copy details")
    copied = QGuiApplication.clipboard().text()
    for part in (UNREADABLE.message, UNREADABLE.remedy, UNREADABLE.detail, "Threat Briefing"):
        assert part in copied


def test_names_close_to_a_missing_one_are_said(window: _Window, theme: Theme) -> None:
    missing = NotFoundError("Nobody is called “Fancy Bare”.", ("Fancy Bear", "Fancy Lazarus"))
    dialog = show_error(window, missing, theme)
    assert "Close to it: Fancy Bear, Fancy Lazarus." in _words(dialog)


def test_text_from_a_feed_is_shown_as_text(window: _Window, theme: Theme) -> None:
    dialog = show_error(window, BriefingError("<img src=x> is not a name."), theme)
    [label] = dialog.findChildren(QLabel)
    assert label.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_enter_close_the_dialog(
    qtbot: QtBot, window: _Window, theme: Theme, key: Qt.Key
) -> None:
    dialog = show_error(window, UNREADABLE, theme)
    QTest.keyClick(dialog, key)
    qtbot.waitUntil(lambda: _dialogs(window) == [])


def test_a_sentence_raised_in_a_slot_is_shown_as_it_is(
    window: _Window, hook: ExceptionHook
) -> None:
    _raise_in_a_slot(UNREADABLE)
    [dialog] = _dialogs(window)
    assert _words(dialog) == [UNREADABLE.message, UNREADABLE.remedy]


def test_a_fault_in_a_slot_is_shown_and_logged_and_the_program_goes_on(
    window: _Window, qtbot: QtBot
) -> None:
    with qtbot.capture_exceptions() as logged:
        hook = install_exception_hook(window)
        _raise_in_a_slot(ZeroDivisionError("division by zero"))
        hook.remove()
    [dialog] = _dialogs(window)
    assert _words(dialog)[0] == "An unexpected fault stopped this: the last step."
    assert "ZeroDivisionError: division by zero" in dialog.text()
    assert [kind for kind, _, _ in logged] == [ZeroDivisionError]


def test_a_fault_at_every_repaint_is_one_dialog_that_counts(window: _Window, theme: Theme) -> None:
    fault = ZeroDivisionError("division by zero").with_traceback(None)
    error = UnexpectedFaultError("painting", fault)
    dialog = show_error(window, error, theme)
    for _ in range(59):
        dialog.add(error)
    for number in range(100):
        dialog.add(BriefingError("", f"another fault, number {number}"))
    assert len(_dialogs(window)) == 1
    assert "(60 times)" in dialog.text()
    assert "number 18" in dialog.text()
    assert "number 19" not in dialog.text()


def test_faults_while_a_dialog_is_open_do_not_open_another(
    window: _Window, hook: ExceptionHook, qtbot: QtBot
) -> None:
    _raise_in_a_slot(UNREADABLE, times=3)
    [dialog] = _dialogs(window)
    dialog.close()
    qtbot.waitUntil(lambda: _dialogs(window) == [])
    _raise_in_a_slot(UNREADABLE)
    assert len(_dialogs(window)) == 1


def test_a_fault_that_a_job_answered_with_is_logged_and_not_shown_twice(
    window: _Window, qtbot: QtBot
) -> None:
    error = UnexpectedFaultError("Comparing actors", KeyError("x"))
    with qtbot.capture_exceptions() as logged:
        hook = install_exception_hook(window)
        sys.excepthook(type(error), error, None)
        hook.remove()
    assert _dialogs(window) == []
    assert [value for _, value, _ in logged] == [error]


def test_the_hook_gives_back_what_it_took(window: _Window) -> None:
    before: Callable[..., object] = sys.excepthook
    hook = install_exception_hook(window)
    assert sys.excepthook is not before
    hook.remove()
    assert sys.excepthook is before
