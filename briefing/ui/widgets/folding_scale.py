"""The likelihood scale for narrow columns: its words move under the bar where both do not fit."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from briefing.core.estimates import Likelihood
from briefing.ui.theme import Theme
from briefing.ui.widgets.scales import SCALE_WIDTH, LikelihoodScale, paint_likelihood

_LINE = 20
_GAP = 8


class FoldingLikelihood(LikelihoodScale):
    """One line where there is room, two where there is not; never cut."""

    def __init__(self, theme: Theme, likelihood: Likelihood | None) -> None:
        """A scale for one judgement."""
        super().__init__(theme, likelihood)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _text_width(self) -> int:
        gap = self._theme.px(_GAP)
        widths = [
            round(self._theme.metrics(role).horizontalAdvance(text))
            for text, role, _ in self._parts()
        ]
        return sum(widths) + gap * (len(widths) - 1)

    def _fits(self, width: int) -> bool:
        return self._theme.px(SCALE_WIDTH + _GAP) + self._text_width() <= width

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One or two lines."""
        return self._theme.px(_LINE if self._fits(width) else 2 * _LINE)

    def minimumSizeHint(self) -> QSize:
        """Bar or words, whichever is wider."""
        width = max(self._theme.px(SCALE_WIDTH), self._text_width())
        return QSize(width + 2, self._theme.px(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, and the words beside or under it."""
        theme, painter = self._theme, QPainter(self)
        line, width = theme.px(_LINE), theme.px(SCALE_WIDTH)
        paint_likelihood(painter, QRectF(0, 0, width, line), theme, self._likelihood)
        fits = self._fits(self.width())
        left, top = (width + theme.px(_GAP), 0) if fits else (0, line)
        metrics = theme.metrics("table_strong")
        base = top + (line - metrics.height()) / 2 + metrics.ascent()
        for text, role, colour in self._parts():
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(colour))
            painter.drawText(QPointF(left, base), text)
            left += round(theme.metrics(role).horizontalAdvance(text)) + theme.px(_GAP)
