"""A page that scrolls up and down and is always as wide as its window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from briefing.ui.theme import Theme


class Scroller(QScrollArea):
    """Put widgets into ``body``; what is focused by keyboard scrolls into view."""

    def __init__(self, theme: Theme, *, sides: int = 20, top: int = 12) -> None:
        """``sides`` and ``top`` are the padding in pixels at 100 %."""
        super().__init__()
        self._theme = theme
        self._padding = (sides, top)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        # A stretch keeps what is in it at the top; an alignment would keep it as high as its hint,
        # which is less than wrapped lines need on a narrow page.
        whole = QVBoxLayout(self.content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.body = QVBoxLayout()
        whole.addLayout(self.body)
        whole.addStretch(1)
        self.setWidget(self.content)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        sides, top = (self._theme.px(measure) for measure in self._padding)
        self.body.setContentsMargins(sides, top, sides, top)
        self.body.setSpacing(self._theme.px(8))

    def minimumSizeHint(self) -> QSize:
        """Wide enough that nothing in it is cut, since it never scrolls sideways."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.content.minimumSizeHint().width() + bar, self._theme.px(80))
