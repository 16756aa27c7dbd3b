"""Text broken into lines for delegates, which paint where no label can stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role


def broken(theme: Theme, text: str, role: Role, width: float) -> list[str]:
    """The lines of a text in a role; an empty text has none.

    Args:
        theme: Measures.
        text: What is broken; line feeds count as spaces.
        role: How it is set.
        width: Room of a line in real pixels; one word that is wider is broken inside.
    """
    words = " ".join(text.split())
    if not words:
        return []
    layout = QTextLayout(words, theme.font(role))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        found.append(_cut(words, line.textStart(), line.textLength()))
    layout.endLayout()
    return found


def shortened(theme: Theme, lines: Sequence[str], role: Role, width: float, most: int) -> list[str]:
    """The first lines; where there are more, the last of them ends in "…"."""
    if len(lines) <= most:
        return list(lines)
    rest = " ".join(lines[most - 1 :])
    cut = theme.metrics(role).elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return [*lines[: most - 1], cut]


def joined(theme: Theme, parts: tuple[str, str], role: Role, width: float) -> str:
    """Two parts in one line; where it is too narrow, the first ends in "…"."""
    metrics = theme.metrics(role)
    room = max(width - metrics.horizontalAdvance(parts[1]), 0.0)
    return metrics.elidedText(parts[0], Qt.TextElideMode.ElideRight, room) + parts[1]


def paint_lines(
    painter: QPainter,
    place: QPointF,
    theme: Theme,
    lines: Sequence[str],
    role: Role,
    colour: Colour,
) -> float:
    """Draw lines under each other from a top left corner; returns the height they take."""
    metrics = theme.metrics(role)
    height = theme.line_height(role)
    base = (height - metrics.height()) / 2 + metrics.ascent()
    painter.setFont(theme.font(role))
    painter.setPen(theme.colour(colour))
    for number, line in enumerate(lines):
        painter.drawText(place + QPointF(0, number * height + base), line)
    return float(len(lines) * height)


def _cut(words: str, start: int, length: int) -> str:
    """A part of a text by Qt's places, which count in UTF-16."""
    code = words.encode("utf-16-le")
    return code[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore").rstrip()
