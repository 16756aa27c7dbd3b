"""Badges with a fixed meaning: TLP, Admiralty grade, the letter of a claim.

Each can also be painted inside a table cell.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from briefing.core.grading import Grade
from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.tokens import TLP_GROUND, TLP_INK
from briefing.ui.widgets.tooltips import plain_tooltip

BADGE_HEIGHT = 20
GRADE_HEIGHT = 18
_GRADE_BOX = 17
_PADDING = 6
_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)


def tlp_width(theme: Theme, tlp: Tlp) -> int:
    """How wide the badge of a level is."""
    return round(theme.metrics("badge").horizontalAdvance(tlp.label)) + 2 * theme.px(_PADDING)


def paint_tlp(painter: QPainter, rect: QRectF, theme: Theme, tlp: Tlp) -> None:
    """Draw a level in FIRST's colours, which no theme and no brand changes."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(TLP_GROUND))
    painter.drawRoundedRect(rect, 2, 2)
    painter.setFont(theme.font("badge"))
    painter.setPen(QColor(TLP_INK[tlp]))
    painter.drawText(rect, _CENTRE, tlp.label)
    painter.restore()


def grade_width(theme: Theme) -> int:
    """How wide the two boxes of a grade are."""
    return 2 * theme.px(_GRADE_BOX) + 1


def paint_grade(painter: QPainter, rect: QRectF, theme: Theme, grade: Grade) -> None:
    """Draw reliability and credibility in two joined boxes."""
    half = rect.width() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("control"), 1))
    painter.setBrush(theme.colour("paper"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    middle = round(rect.left() + half)
    painter.fillRect(
        QRectF(middle, rect.top() + 0.5, 1, rect.height() - 1), theme.colour("control")
    )
    painter.setFont(theme.font("note_strong"))
    painter.setPen(theme.colour("ink"))
    left = QRectF(rect.left(), rect.top(), half, rect.height())
    painter.drawText(left, _CENTRE, grade.code[0])
    painter.drawText(left.translated(half, 0), _CENTRE, grade.code[1])
    painter.restore()


def paint_letter(painter: QPainter, rect: QRectF, theme: Theme, letter: str) -> None:
    """Draw the letter of a claim in its ochre box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("claim"), 1))
    painter.setBrush(theme.colour("claim_ground"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    painter.setFont(theme.font("table_strong"))
    painter.setPen(theme.colour("claim"))
    painter.drawText(rect, _CENTRE, letter)
    painter.restore()


class _Badge(QWidget):
    """What the three have in common: a fixed size that follows the text size."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def _describe(self, name: str, words: str) -> None:
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.setToolTip(plain_tooltip(words))
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class TlpBadge(_Badge):
    """Who may see it; the tooltip says what the level means."""

    def __init__(self, theme: Theme, tlp: Tlp) -> None:
        """A badge for one level."""
        super().__init__(theme)
        self.set_tlp(tlp)

    def set_tlp(self, tlp: Tlp) -> None:
        """Show another level."""
        self._tlp = tlp
        self._describe(tlp.label, tlp.meaning)

    def sizeHint(self) -> QSize:
        """The label and its padding."""
        return QSize(tlp_width(self._theme, self._tlp), self._theme.px(BADGE_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        paint_tlp(QPainter(self), QRectF(self.rect()), self._theme, self._tlp)


class GradeBadge(_Badge):
    """An Admiralty grade; the tooltip says both scales in words."""

    def __init__(self, theme: Theme, grade: Grade) -> None:
        """A badge for one grade."""
        super().__init__(theme)
        self.set_grade(grade)

    def set_grade(self, grade: Grade) -> None:
        """Show another grade."""
        self._grade = grade
        self._describe(f"Grade {grade.code}", grade.words)

    def sizeHint(self) -> QSize:
        """Two boxes."""
        return QSize(grade_width(self._theme), self._theme.px(GRADE_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        paint_grade(QPainter(self), QRectF(self.rect()), self._theme, self._grade)


class LetterBox(_Badge):
    """The letter by which a claim is named, such as A."""

    def __init__(self, theme: Theme, letter: str) -> None:
        """A box for one letter."""
        super().__init__(theme)
        self._letter = letter
        self._describe(f"Claim {letter}", f"Claim {letter}")

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(BADGE_HEIGHT)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        paint_letter(QPainter(self), QRectF(self.rect()), self._theme, self._letter)
