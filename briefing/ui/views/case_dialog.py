"""A form of a case that loses nothing: not by Escape, not while it records, not by a failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.ui.jobs import Job
from briefing.ui.theme import Theme
from briefing.ui.views.form_dialog import FormDialog
from briefing.ui.widgets.form_field import FormField
from briefing.ui.widgets.notice import Notice

ALL_THE_SAME: Final = "Record it all the same"
_SLOW: Final = 400
"""Milliseconds after which it is said that recording is under way."""
_BUSY: Final = "Another program may be writing to the database. What you typed stays here."
_UNRECORDED: Final = "What you typed is not recorded"
_ONCE_MORE: Final = "Press Escape once more to leave it, or go on typing."


class CaseDialog(FormDialog):
    """Escape warns once where something was typed; while something is recorded, nothing closes.

    What has the keyboard is brought into view, also where Tab has not led there: a form is longer
    than the screen in large text, and what is wrong with it may be said far above its button.
    """

    def __init__(self, theme: Theme, parent: QWidget | None, title: str, do: str) -> None:
        """Nothing is typed; ``do`` is what the primary button says."""
        super().__init__(theme, parent, title, do)
        self._is_typed = False
        self._has_warned = False
        self._doing = ""
        self._then: Callable[[], None] = self.accept
        self._had_keyboard: QWidget | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW)
        self._slow.timeout.connect(self._on_slow_timeout)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_app_focus_changed)

    @property
    def is_recording(self) -> bool:
        """Whether it waits for the database."""
        return bool(self._doing)

    def note_change(self) -> None:
        """A person has changed something."""
        self._is_typed = True
        if self._has_warned:
            self._has_warned = False
            self.say()

    def wait_for(self, job: Job[None], doing: str, then: Callable[[], None]) -> None:
        """Stay until a job has recorded what is typed; where it has not, say so and stay on.

        Args:
            job: What records.
            doing: The same in words: "Recording the claim".
            then: What follows once it is recorded.
        """
        self._doing, self._then = doing, then
        self._had_keyboard = self.focusWidget()
        self._let_press(can=False)
        self._slow.start()
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._go_on)
        job.then(self._on_job_finished)

    def reject(self) -> None:
        """Close; what is being recorded is waited for: nobody else would tell of a failure."""
        if not self.is_recording:
            super().reject()

    def _let_press(self, *, can: bool) -> None:
        for place in range(self._buttons.count()):
            item = self._buttons.itemAt(place)
            button = item.widget() if item is not None else None
            if button is not None:
                button.setEnabled(can)

    def _go_on(self) -> None:
        self._doing = ""
        self._slow.stop()
        self.say()
        self._let_press(can=True)
        # A button that is disabled hands the keyboard on.
        if self._had_keyboard is not None:
            self._had_keyboard.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_app_focus_changed(self) -> None:
        # A form that moves under a pressed button would lose the click.
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            QTimer.singleShot(0, self, self._reveal_focus)

    def _reveal_focus(self) -> None:
        focus = self.focusWidget()
        if focus is None or not self.page.content.isAncestorOf(focus):
            return
        field = _field_of(focus)
        fits = field.height() <= self.page.viewport().height()
        self.page.ensureWidgetVisible(field if fits else focus, 0, self._theme.px(8))

    def _on_job_finished(self, _none: None) -> None:
        self._doing = ""
        self._slow.stop()
        self._then()

    def _on_job_failed(self, error: BriefingError) -> None:
        self._go_on()
        self.say_error(error)

    def _on_slow_timeout(self) -> None:
        self.say(Notice(self._theme, "info", f"{self._doing} …", _BUSY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Warn before what was typed is left."""
        is_escape = event.key() == Qt.Key.Key_Escape
        if is_escape and self._is_typed and not self._has_warned and not self.is_recording:
            self._has_warned = True
            self.say(Notice(self._theme, "info", f"{_UNRECORDED}.", _ONCE_MORE))
            return
        super().keyPressEvent(event)


def _field_of(widget: QWidget) -> QWidget:
    """The field in which a widget stands, with its label and what is wrong with it, or itself."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, FormField):
        around = around.parentWidget()
    return around or widget


def unseen(tlp: Tlp, ceiling: Tlp) -> str:
    """What is to be said where whoever records a row would not see it afterwards, or ""."""
    if tlp <= ceiling:
        return ""
    return (
        f"This is above {ceiling.label}, the audience’s level: it is recorded, and not shown until"
        " that level is raised at the top of the window."
    )
