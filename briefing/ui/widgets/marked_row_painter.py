"""How one row of ``MarkedRows`` is measured and drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role

ROW = 19
"""Height of a row in pixels at 100 %."""

MOST_MARKS = 2
"""Marks that are drawn; of more, the rest become "+3"."""

_GAP = 12
_MARK_GAP = 2
_RAISED = 3


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """One row.

    Attributes:
        key: What the row stands for.
        text: What is read first; it ends in "…" where it is too long.
        lead: A date or a number before the text; never cut.
        trailing: What stands at the right, quieter.
        marks: Key and printed number of each source.
        tooltip: Lines said under the mouse; without them, the whole row where it is cut.
    """

    key: str
    text: str
    lead: str = ""
    trailing: str = ""
    marks: tuple[tuple[str, int], ...] = ()
    tooltip: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """The row in words."""
        return ", ".join(part for part in (self.lead, self.text, self.trailing) if part)


@dataclass(frozen=True, slots=True)
class RowParts:
    """Where the parts of a row stand. The mark with the key "" is "+3"."""

    rect: QRectF
    text: QRectF
    trailing: QRectF
    marks: tuple[tuple[str, QRectF], ...]
    is_cut: bool


class RowPainter:
    """Measures and draws rows of one list."""

    def __init__(self, theme: Theme, *, links: bool, lead_width: int, trailing_from: int) -> None:
        """See ``MarkedRows``."""
        self._theme = theme
        self._links = links
        self._lead_width = lead_width
        self._trailing_from = trailing_from
        self._role: Role = "table" if links else "key"

    def parts(self, row: MarkedRow, rect: QRectF) -> RowParts:
        """Give every part its place; the text is cut first, then what trails it."""
        theme = self._theme
        marks = self._marks(row, rect)
        right = marks[0][1].left() - theme.px(_MARK_GAP) if marks else rect.right()
        left = rect.left() + theme.px(self._lead_width)
        wanted = theme.metrics(self._role).horizontalAdvance(row.text) + 1
        is_shown = bool(row.trailing) and rect.width() >= theme.px(self._trailing_from)
        trailing = theme.metrics("table").horizontalAdvance(row.trailing) + 1 if is_shown else 0
        gap = theme.px(_GAP) if trailing else 0
        room = max(right - left - gap, 0)
        # Both get what they ask for where there is room; else the text keeps three fifths.
        given = min(trailing, max(room - wanted, room * 2 / 5, 0))
        return RowParts(
            rect=rect,
            text=QRectF(left, rect.top(), max(room - given, 0), rect.height()),
            trailing=QRectF(right - given, rect.top(), given, rect.height()),
            marks=marks,
            is_cut=wanted > room - given or trailing > given,
        )

    def paint(
        self,
        painter: QPainter,
        row: MarkedRow,
        parts: RowParts,
        *,
        is_hovered: bool,
        is_ringed: bool,
    ) -> None:
        """Draw one row."""
        theme, rect = self._theme, parts.rect
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme.colour("line"))
        if row.lead:
            lead = QRectF(rect.left(), rect.top(), theme.px(self._lead_width), rect.height())
            self._draw(painter, lead, row.lead, "table", "ink_3", tabular=True)
        colour: Colour = "accent" if is_hovered and self._links else "ink"
        self._draw(painter, parts.text, row.text, self._role, colour)
        if parts.trailing.width() > 0:
            self._draw(painter, parts.trailing, row.trailing, "table", "ink_3", right=True)
        for (_, box), words in zip(parts.marks, _mark_words(row), strict=True):
            self._draw_mark(painter, box, words)
        if is_ringed:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _marks(self, row: MarkedRow, rect: QRectF) -> tuple[tuple[str, QRectF], ...]:
        metrics, right = self._theme.metrics("mark"), rect.right()
        keys = [key for key, _ in row.marks[:MOST_MARKS]]
        if len(row.marks) > MOST_MARKS:
            keys.append("")
        found = []
        for key, words in reversed(list(zip(keys, _mark_words(row), strict=True))):
            width = metrics.horizontalAdvance(words)
            found.append((key, QRectF(right - width, rect.top(), width, rect.height())))
            right -= width
        return tuple(reversed(found))

    def _draw(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        role: Role,
        colour: Colour,
        *,
        tabular: bool = False,
        right: bool = False,
    ) -> None:
        if not text:
            return
        metrics = self._theme.metrics(role, tabular=tabular)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        shift = rect.width() - metrics.horizontalAdvance(shown) if right else 0
        base = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(self._theme.font(role, tabular=tabular))
        painter.setPen(self._theme.colour(colour))
        painter.drawText(QPointF(rect.left() + shift, base), shown)

    def _draw_mark(self, painter: QPainter, box: QRectF, words: str) -> None:
        metrics = self._theme.metrics("mark")
        base = box.top() + (box.height() - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(self._theme.font("mark"))
        painter.setPen(self._theme.colour("accent"))
        painter.drawText(QPointF(box.left(), base - self._theme.px(_RAISED)), words)


def _mark_words(row: MarkedRow) -> list[str]:
    words = [f"[{number}]" for _, number in row.marks[:MOST_MARKS]]
    rest = len(row.marks) - MOST_MARKS
    return [*words, f"+{rest}"] if rest > 0 else words
