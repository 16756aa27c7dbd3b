"""Both scales for narrow columns: words that do not fit beside the picture move under it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from briefing.core.estimates import Confidence, Likelihood
from briefing.ui.theme import Theme
from briefing.ui.widgets.scales import ConfidenceSteps, LikelihoodScale, _Scale

_LINE = 20
_GAP = 8


class _Folding(_Scale):
    """One line where there is room, more where there is not; never cut."""

    def _fold(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _widths(self) -> list[int]:
        return [
            round(self._theme.metrics(role).horizontalAdvance(text))
            for text, role, _ in self._parts()
        ]

    def _places(self, width: int) -> list[tuple[int, int]]:
        """Left edge and line of every part: all beside the picture, or some, or none."""
        picture, gap = self._theme.px(self.picture_width), self._theme.px(_GAP)
        widths = self._widths()
        beside = picture + gap
        if beside + widths[0] > width:
            lefts = [sum(widths[:part]) + gap * part for part in range(len(widths))]
            return [(left, 1) for left in lefts]
        places, left = [], beside
        for part in widths:
            if left + part > width and left > beside:
                places.append((beside if beside + part <= width else 0, 1))
                continue
            places.append((left, 0))
            left += part + gap
        return places

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One or two lines."""
        return self._theme.px(_LINE) * (max(line for _, line in self._places(width)) + 1)

    def minimumSizeHint(self) -> QSize:
        """The picture, or the words under it."""
        picture, gap, widths = (
            self._theme.px(self.picture_width),
            self._theme.px(_GAP),
            self._widths(),
        )
        under = max(picture, sum(widths) + gap * (len(widths) - 1))
        beside = max(picture + gap + widths[0], *widths)
        return QSize(min(under, beside) + 2, self._theme.px(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, and the words beside or under it."""
        theme, painter = self._theme, QPainter(self)
        line = theme.px(_LINE)
        self._paint_picture(painter, QRectF(0, 0, theme.px(self.picture_width), line))
        metrics = theme.metrics("table_strong")
        base = (line - metrics.height()) / 2 + metrics.ascent()
        for (text, role, colour), (left, row) in zip(
            self._parts(), self._places(self.width()), strict=True
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(colour))
            painter.drawText(QPointF(left, row * line + base), text)


class FoldingLikelihood(_Folding, LikelihoodScale):
    """A ``LikelihoodScale`` that folds."""

    def __init__(self, theme: Theme, likelihood: Likelihood | None) -> None:
        """A scale for one judgement."""
        LikelihoodScale.__init__(self, theme, likelihood)
        self._fold()


class FoldingConfidence(_Folding, ConfidenceSteps):
    """``ConfidenceSteps`` that fold."""

    def __init__(self, theme: Theme, confidence: Confidence, note: str = "") -> None:
        """Steps for one judgement."""
        ConfidenceSteps.__init__(self, theme, confidence, note)
        self._fold()
