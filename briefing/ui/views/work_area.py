"""Where a screen shows the one piece of work it has under way, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from briefing.core.errors import BriefingError
from briefing.services.task import Task
from briefing.ui.jobs import Job, Jobs
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import Button
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.progress_row import ProgressRow
from briefing.ui.widgets.tab_order import order_tabs


class WorkArea(QWidget):
    """Progress with a way to stop it; then notices, until something else is shown."""

    changed = Signal()
    """Work has begun or ended."""
    ended = Signal(bool)
    """Work has ended; True where the keyboard was in the screen when it began or is nowhere now."""

    def __init__(self, theme: Theme, jobs: Jobs, screen: QWidget) -> None:
        """Nothing to show yet. ``screen`` is what it stands in, for the keyboard."""
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._screen = screen
        self._job: Job[Any] | None = None
        self._progress: ProgressRow | None = None
        self._had_keyboard = False
        self._rows = QVBoxLayout(self)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._job is not None

    def start(self, label: str, work: Callable[[Task], Any], then: Callable[[Any], None]) -> bool:
        """Have something done by a worker; False where something else is still under way.

        Args:
            label: What is being done, as a person would say it.
            work: Called on a worker; it must not touch a widget.
            then: Called with its result on the window's thread.
        """
        if self.busy:
            return False
        focus = QApplication.focusWidget()
        self._had_keyboard = focus is not None and self._screen.isAncestorOf(focus)
        job = self._jobs.run(label, work, serial=True)
        self._job = job
        row = ProgressRow(self._theme, label)
        row.cancelled.connect(job.cancel)
        self._progress = row
        job.progressed.connect(self._on_progressed)
        job.finished.connect(partial(self._on_finished, then))
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        self._put((row,))
        self.changed.emit()
        if self._had_keyboard and (button := row.findChild(Button)) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def cancel(self) -> None:
        """Ask the work under way to stop."""
        if self._job is not None and self._progress is not None:
            self._progress.set_cancelling()
            self._job.cancel()

    def say(self, widgets: Sequence[QWidget]) -> None:
        """Show what came of it, or nothing; work under way stays on top."""
        if not self.busy:
            self._put(widgets)

    def ask(
        self, title: str, text: str, yes: str, then: Callable[[], object], no: str = "Keep it"
    ) -> None:
        """Ask before something is done; the keyboard goes to the answer."""

        def answered() -> None:
            self.say(())
            then()

        actions = (NoticeAction(yes, answered), NoticeAction(no, self._on_refused))
        notice = Notice(self._theme, "warning", title, text, actions)
        self.say((notice,))
        if (button := notice.findChild(Button)) is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, widgets: Sequence[QWidget]) -> None:
        clear_layout(self._rows)
        for widget in widgets:
            self._rows.addWidget(widget)
        self.setVisible(bool(widgets))
        if widgets:
            # What was made last would be reached last, wherever it stands.
            order_tabs(self._screen)

    def _end(self) -> None:
        self._job = None
        self._progress = None
        focus = QApplication.focusWidget()
        here = self._had_keyboard and (focus is None or self._screen.isAncestorOf(focus))
        self._put(())
        self.changed.emit()
        self.ended.emit(here)

    def _on_progressed(self, step: int, total: int, words: str) -> None:
        if self._progress is not None:
            self._progress.set_progress(words, step, total)

    def _on_finished(self, then: Callable[[Any], None], result: object) -> None:
        self._end()
        then(result)

    def _on_failed(self, error: BriefingError) -> None:
        self._end()
        self.say((error_notice(self._theme, error),))

    def _on_cancelled(self) -> None:
        self._end()
        self.say((Notice(self._theme, "info", "Stopped.", "Nothing was changed."),))

    def _on_refused(self) -> None:
        self.say(())
        self.ended.emit(True)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._rows.setContentsMargins(px(20), px(12), px(20), 0)
        self._rows.setSpacing(px(8))


def error_notice(theme: Theme, error: BriefingError) -> Notice:
    """What could not be done, with details to copy where there are any."""
    whole = "\n".join(part for part in (error.message, error.remedy, error.detail) if part)

    def copy() -> None:
        QApplication.clipboard().setText(whole)

    actions = (NoticeAction("Copy details", copy, "copy"),) if error.detail else ()
    return Notice(theme, "error", error.message, error.remedy, actions)
