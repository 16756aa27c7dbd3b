"""Likelihood and confidence: two scales, two lines, never one sentence and never a percentage."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from briefing.core.estimates import Confidence, Likelihood
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role

SCALE_WIDTH = 110
STEPS_WIDTH = 23
_BAR_HEIGHT = 8
_LINE_HEIGHT = 20
_GAP = 8
_STEP = (6, 2)
_STEP_HEIGHTS = (5, 8, 11)
_LOWEST = Likelihood.ALMOST_NO_CHANCE.low
_HIGHEST = Likelihood.ALMOST_CERTAIN.high


def paint_likelihood(
    painter: QPainter, rect: QRectF, theme: Theme, likelihood: Likelihood | None
) -> None:
    """Draw the scale from 1 to 99 % in its seven segments; one of them, or none, is filled."""
    unit = rect.width() / (_HIGHEST - _LOWEST)
    top = round(rect.center().y() - theme.px(_BAR_HEIGHT) / 2)
    for step in Likelihood:
        left = rect.left() + (step.low - _LOWEST) * unit
        right = rect.left() + (step.high - _LOWEST) * unit - 1
        colour = theme.colour("ink" if step is likelihood else "line")
        painter.fillRect(QRectF(left, top, max(right - left, 1.5), theme.px(_BAR_HEIGHT)), colour)


def paint_confidence(painter: QPainter, rect: QRectF, theme: Theme, confidence: Confidence) -> None:
    """Draw three rising steps, as many filled as the confidence has."""
    width, gap = (theme.px(measure) for measure in _STEP)
    bottom = round(rect.center().y() + theme.px(_STEP_HEIGHTS[-1]) / 2)
    painter.save()
    painter.setPen(QPen(theme.colour("ink"), 1))
    for index, height in enumerate(theme.px(height) for height in _STEP_HEIGHTS):
        left = round(rect.left()) + index * (width + gap)
        box = QRectF(left, bottom - height, width, height)
        if index < confidence.steps:
            painter.fillRect(box, theme.colour("ink"))
        else:
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


class _Scale(QWidget):
    """A small picture, a word, and what is said about it in a quieter colour."""

    picture_width = 0

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._word = ""
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def _say(self, word: str, note: str, name: str) -> None:
        self._word = word
        self._note = note
        self.setAccessibleName(name)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _parts(self) -> list[tuple[str, Role, Colour]]:
        parts: list[tuple[str, Role, Colour]] = [(self._word, "table_strong", "ink")]
        if self._note:
            parts.append((self._note, "table", "ink_3"))
        return parts

    def _paint_picture(self, painter: QPainter, rect: QRectF) -> None:
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Picture and words in one line."""
        width = self._theme.px(self.picture_width)
        for text, role, _ in self._parts():
            advance = self._theme.metrics(role).horizontalAdvance(text)
            width += self._theme.px(_GAP) + round(advance)
        return QSize(width + 2, self._theme.px(_LINE_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Neither scale is ever cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture and words."""
        painter = QPainter(self)
        left = self._theme.px(self.picture_width)
        self._paint_picture(painter, QRectF(0, 0, left, self.height()))
        metrics = self._theme.metrics("table_strong")
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        for text, role, colour in self._parts():
            left += self._theme.px(_GAP)
            painter.setFont(self._theme.font(role))
            painter.setPen(self._theme.colour(colour))
            painter.drawText(QPointF(left, base), text)
            left += round(self._theme.metrics(role).horizontalAdvance(text))


class LikelihoodScale(_Scale):
    """ICD 203: the segment, the term, the range. None is "not stated" with an empty scale."""

    picture_width = SCALE_WIDTH

    def __init__(self, theme: Theme, likelihood: Likelihood | None) -> None:
        """A scale for one judgement."""
        super().__init__(theme)
        self.set_likelihood(likelihood)

    def set_likelihood(self, likelihood: Likelihood | None) -> None:
        """Show another likelihood."""
        self._likelihood = likelihood
        word = likelihood.term if likelihood else "not stated"
        note = likelihood.range if likelihood else ""
        self._say(word, note, f"Likelihood: {word} {note}".rstrip())

    def _paint_picture(self, painter: QPainter, rect: QRectF) -> None:
        paint_likelihood(painter, rect, self._theme, self._likelihood)


class ConfidenceSteps(_Scale):
    """How far the basis can be trusted: three steps and a word, with a note if there is one."""

    picture_width = STEPS_WIDTH

    def __init__(self, theme: Theme, confidence: Confidence, note: str = "") -> None:
        """Steps for one judgement; ``note`` such as "by the sources"."""
        super().__init__(theme)
        self.set_confidence(confidence, note)

    def set_confidence(self, confidence: Confidence, note: str = "") -> None:
        """Show another confidence."""
        self._confidence = confidence
        self._say(confidence.word, note, f"Confidence: {confidence.word} {note}".rstrip())

    def _paint_picture(self, painter: QPainter, rect: QRectF) -> None:
        paint_confidence(painter, rect, self._theme, self._confidence)
