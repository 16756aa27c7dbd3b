"""The keys of a talk, over whatever is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.views.present_keys import HELP
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.frames import Card
from briefing.ui.widgets.labels import Label

_SHADE = QColor(0, 0, 0, 140)


class KeysHelp(QWidget):
    """Covers its parent; the next key or click takes it away."""

    dismissed = Signal()
    """It has gone."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Hidden until it is asked for."""
        super().__init__(parent)
        self._theme = theme
        self._covered = parent
        self.setAccessibleName("Keys while presenting")
        self.setAccessibleDescription("\n".join(f"{keys}: {what}" for keys, what in HELP))
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = Card(theme)
        card.setAutoFillBackground(True)
        card.body.addWidget(Label(theme, "Keys while presenting", "title"))
        self._rows = QGridLayout()
        for row, (keys, what) in enumerate(HELP):
            self._rows.addWidget(Label(theme, keys, "strong"), row, 0)
            self._rows.addWidget(Label(theme, what, "body", "ink_2"), row, 1)
        card.body.addLayout(self._rows)
        card.body.addWidget(Label(theme, "Any key takes this away.", "note", "ink_3"))
        self._card = card
        outer = QVBoxLayout(self)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        parent.installEventFilter(self)
        self.hide()

    def show_over(self) -> None:
        """Cover the parent."""
        self.setGeometry(self._covered.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def dismiss(self) -> None:
        """Go away."""
        self.hide()
        self.dismissed.emit()

    def _on_theme_changed(self) -> None:
        self._rows.setHorizontalSpacing(self._theme.px(24))
        self._rows.setVerticalSpacing(self._theme.px(4))
        self._card.body.setSpacing(self._theme.px(12))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the parent."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._covered.rect())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go away."""
        event.accept()
        self.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken what lies below."""
        QPainter(self).fillRect(self.rect(), _SHADE)
