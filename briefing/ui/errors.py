"""The only place where an error becomes a dialog."""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from briefing import __version__
from briefing.core.errors import BriefingError, NotFoundError
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import flat_button, normal_button, primary_button
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import WrappedLabel

MOST_FAULTS = 20
"""Different faults one dialog keeps; a widget that cannot be painted fails at every frame."""


class UnexpectedFaultError(BriefingError):
    """Something nobody foresaw, said in a sentence; the fault itself is its ``__cause__``."""

    def __init__(self, what: str, fault: BaseException) -> None:
        """Say what was stopped; the traceback is the detail that can be copied."""
        super().__init__(
            f"An unexpected fault stopped this: {what}.",
            detail="".join(traceback.format_exception(fault)).rstrip(),
            remedy="This is a mistake in the program, not yours. What was saved is still there. "
            "Copy the details when you report it.",
        )
        self.__cause__ = fault


class ErrorDialog(QDialog):
    """What happened, what to do now, and the details for whoever is asked for help."""

    def __init__(self, parent: QWidget | None, error: BriefingError, theme: Theme) -> None:
        """Build it; ``show_error`` shows it."""
        super().__init__(parent)
        self._theme = theme
        self._error = error
        self._details = Counter({error.detail: 1} if error.detail else {})
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Threat Briefing")
        self.setAccessibleName(error.message)
        self.setAccessibleDescription(error.remedy)
        self._detail_box = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self._detail_box.setAccessibleName("Details")
        self._detail_box.hide()
        self._toggle = flat_button(theme, "Show details", "chevron-right")
        self._copy = normal_button(theme, "Copy details", "copy")
        self._close = primary_button(theme, "Close")
        self._lay_out()
        self._toggle.clicked.connect(self._on_toggle_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._close.clicked.connect(self.accept)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show_details()

    def add(self, error: BriefingError) -> None:
        """Count one more fault in the details instead of opening one more dialog."""
        if error.detail in self._details or len(self._details) < MOST_FAULTS:
            self._details[error.detail] += 1
            self._show_details()

    def text(self) -> str:
        """All of it as text, as "Copy details" puts it on the clipboard."""
        parts = (
            *_sentences(self._error),
            self._detail_box.toPlainText(),
            f"Threat Briefing {__version__}",
        )
        return "\n\n".join(part for part in parts if part)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        for number, text in enumerate(_sentences(self._error)):
            words.addWidget(WrappedLabel(self._theme, text, "body" if number else "heading"))
        head = QHBoxLayout()
        mark = IconLabel(self._theme, "error", 20, "error", "heading")
        head.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        for button in (self._toggle, self._copy):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        rows = QVBoxLayout(self)
        rows.addLayout(head)
        rows.addWidget(self._detail_box, 1)
        rows.addLayout(buttons)
        self._rows, self._head, self._words, self._buttons = rows, head, words, buttons
        self._close.setDefault(True)
        self._close.setFocus()

    def _show_details(self) -> None:
        texts = (
            f"{detail}\n({count} times)" if count > 1 else detail
            for detail, count in self._details.items()
        )
        self._detail_box.setPlainText("\n\n".join(texts))
        self._toggle.setVisible(bool(self._details))

    def _on_toggle_clicked(self) -> None:
        shown = self._detail_box.isHidden()
        self._detail_box.setVisible(shown)
        self._toggle.set_text("Hide details" if shown else "Show details")
        self._toggle.set_icon("chevron-down" if shown else "chevron-right")
        self.adjustSize()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._copy.set_text("Copied")
        self._copy.set_icon("check")

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._rows.setContentsMargins(px(20), px(20), px(20), px(16))
        self._rows.setSpacing(px(16))
        self._head.setSpacing(px(12))
        self._words.setSpacing(px(8))
        self._buttons.setSpacing(px(8))
        self._detail_box.setFont(self._theme.font("table"))
        self._detail_box.setMinimumHeight(px(180))
        self.setMinimumWidth(px(480))
        self.adjustSize()


class ShowsErrors(Protocol):
    """What an error can be shown over, as the main window."""

    def show_error(self, error: BriefingError) -> ErrorDialog:
        """Open a dialog about it."""


class ExceptionHook:
    """Shows what a slot or an override raised, and never lets it end the program in silence."""

    def __init__(self, window: ShowsErrors) -> None:
        """Take over ``sys.excepthook``."""
        self._window = window
        self._open: ErrorDialog | None = None
        self._previous = sys.excepthook
        sys.excepthook = self

    def remove(self) -> None:
        """Give ``sys.excepthook`` back."""
        if sys.excepthook is self:
            sys.excepthook = self._previous

    def _show(self, error: BriefingError) -> None:
        if self._open is not None:
            self._open.add(error)
            return
        self._open = self._window.show_error(error)
        self._open.destroyed.connect(self._on_dialog_destroyed)

    def _on_dialog_destroyed(self) -> None:
        self._open = None

    def __call__(
        self, kind: type[BaseException], value: BaseException, trace: TracebackType | None
    ) -> None:
        """Called by Python with what nobody caught.

        A BriefingError is a sentence already and is shown as it is. A fault goes on to the former
        hook (standard error) as well, and one that a job has answered with goes there alone. Ctrl+C
        in a terminal ends the program as anywhere else.
        """
        if isinstance(value, BriefingError) and not isinstance(value, UnexpectedFaultError):
            self._show(value)
            return
        self._previous(kind, value, trace)
        if isinstance(value, KeyboardInterrupt):
            QCoreApplication.exit(130)
        elif not isinstance(value, UnexpectedFaultError):
            self._show(UnexpectedFaultError("the last step", value.with_traceback(trace)))


def show_error(parent: QWidget | None, error: BriefingError, theme: Theme) -> ErrorDialog:
    """Open a dialog about an error and return at once; whatever was typed behind it stays."""
    dialog = ErrorDialog(parent, error, theme)
    dialog.open()
    return dialog


def install_exception_hook(window: ShowsErrors) -> ExceptionHook:
    """From now on an exception nobody caught becomes a sentence over ``window``."""
    return ExceptionHook(window)


def _sentences(error: BriefingError) -> tuple[str, ...]:
    near = ", ".join(error.near) if isinstance(error, NotFoundError) else ""
    texts = (error.message, error.remedy, f"Close to it: {near}." if near else "")
    return tuple(text for text in texts if text)
