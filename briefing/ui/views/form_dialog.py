"""A dialog that is a form: fields under each other, what is wrong with them, and two buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.errors import BriefingError
from briefing.ui.explaining import Explainer
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import Button, normal_button, primary_button
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.scroller import Scroller

_WIDTH = 520
_MOST_OF_THE_SCREEN = 0.86


class FormDialog(QDialog):
    """Whatever goes wrong is said above the buttons; what was typed stays."""

    def __init__(self, theme: Theme, parent: QWidget | None, title: str, do: str) -> None:
        """``do`` is what the primary button says."""
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.do: Button = primary_button(theme, do)
        self.leave: Button = normal_button(theme, "Cancel")
        self.page = Scroller(theme, sides=20, top=16)
        self._head = WrappedLabel(theme, title, "call")
        self.page.body.addWidget(self._head)
        self.told = QWidget()
        self._told_rows = QVBoxLayout(self.told)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.leave)
        self._buttons.addWidget(self.do)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.page, 1)
        whole.addWidget(self.told)
        whole.addLayout(self._buttons)
        self.leave.clicked.connect(self.reject)
        self.do.setDefault(True)
        Explainer(theme, self)
        self.told.hide()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def add(self, label: str, field: QWidget, note: str | QWidget = "") -> QWidget:
        """A field under its label, with a note that explains it; returns all three as one."""
        part = QWidget()
        rows = QVBoxLayout(part)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.px(2))
        if label:
            rows.addWidget(WrappedLabel(self._theme, label, "key", "ink_2"))
        rows.addWidget(field)
        if isinstance(note, QWidget):
            rows.addWidget(note)
        elif note:
            rows.addWidget(WrappedLabel(self._theme, note, "note", "ink_3"))
        self.page.body.addWidget(part)
        return part

    def say(self, *widgets: QWidget) -> None:
        """Show something above the buttons; nothing where there is nothing."""
        clear_layout(self._told_rows)
        for widget in widgets:
            self._told_rows.addWidget(widget)
            widget.show()
        self.told.setVisible(bool(widgets))
        if self.isVisible():
            self.fit()

    def say_error(self, error: BriefingError) -> None:
        """Say what could not be done."""
        self.say(Notice(self._theme, "error", error.message, error.remedy))

    def fit(self) -> None:
        """Be as high as the form, as far as the screen allows."""
        width = self._theme.px(_WIDTH)
        content = self.page.content.layout()
        wanted = content.heightForWidth(width) if content is not None else 0
        below = self._buttons.sizeHint().height()
        if self.told.isVisibleTo(self):
            below += self._told_rows.heightForWidth(width)
        room = self.screen().availableSize() * _MOST_OF_THE_SCREEN
        self.resize(QSize(width, wanted + below + self._theme.px(12)).boundedTo(room))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._buttons.setContentsMargins(px(20), px(8), px(20), px(16))
        self._buttons.setSpacing(px(8))
        self._told_rows.setContentsMargins(px(20), 0, px(20), px(4))
        self._told_rows.setSpacing(px(8))
        self.page.body.setSpacing(px(12))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size that the form asks for."""
        super().showEvent(event)
        self.fit()
