"""How a row of evidence looks: what it shows over its documents, grade, letters of claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle

from briefing.core.grading import Grade
from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.badges import (
    BADGE_HEIGHT,
    GRADE_HEIGHT,
    grade_width,
    paint_grade,
    paint_letter,
    paint_tlp,
    tlp_width,
)
from briefing.ui.widgets.cells import Index
from briefing.ui.widgets.row_delegate import CELL_PADDING, RowDelegate
from briefing.ui.widgets.wrapped_lines import broken, joined, paint_lines

ITEM_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 360
"""The ``EvidenceItem`` of a row."""
NUMBER, SHOWS, KIND, VERTEX, GRADE, RELEVANCE, BEARS, ORIGIN = range(8)
"""The columns."""
_ROW = 48
_AIR = 7
_GAP = 4


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """What a row says, in words.

    Attributes:
        key: Id of the evidence.
        number: By which it is named, such as E1.
        text: What it shows.
        documents: What it rests on, in words; the second part is never cut.
        kind: What it is about.
        level: On which level it speaks.
        vertex: Vertex of the Diamond Model.
        grade: Admiralty grade.
        relevance: How far it bears on the question.
        claims: Id and letter of the claims on which it bears.
        none: What stands where it bears on none.
        origin: Label of its origin.
        origin_words: The origin, in a few words.
        tlp: A level to show; None where it is that of the incident.
        opens: Whether there is a document to open.
        hints: The meaning of its kind, of its level and of its relevance.
    """

    key: str
    number: str
    text: str
    documents: tuple[str, str]
    kind: str
    level: str
    vertex: str
    grade: Grade
    relevance: str
    claims: tuple[tuple[str, str], ...]
    none: str
    origin: str
    origin_words: str
    tlp: Tlp | None
    opens: bool
    hints: tuple[str, str, str]

    def beside(self, hidden: Sequence[int]) -> str:
        """What columns that are hidden would say, to stand in the row itself."""
        words = {
            KIND: f"{self.kind}, {self.level}",
            VERTEX: self.vertex,
            RELEVANCE: f"relevance {self.relevance}",
            ORIGIN: f"origin {self.origin}",
        }
        return " · ".join(words[column] for column in sorted(hidden) if column in words)


class EvidenceDelegate(RowDelegate):
    """Rows as high as their words need.

    Attributes:
        claim: Id of the chosen claim: rows that bear on it stand out; "" for none.
        hidden: Columns that have no room, whose words stand in the row.
    """

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        """For a table whose rows have an ``ITEM_ROLE``."""
        super().__init__(theme, parent, _ROW)
        self.claim = ""
        self.hidden: tuple[int, ...] = ()

    def height(self, item: EvidenceItem, width: int, hidden: Sequence[int]) -> int:
        """How high a row is where the column with the words is this wide, in real pixels."""
        texts, documents, beside = self._lines(item, self._room(width), hidden)
        notes = len(documents) + len(beside)
        words = len(texts) * self._theme.line_height("key")
        words += notes * self._theme.line_height("note")
        return max(words + 2 * self._theme.px(_AIR) + 1, self._theme.px(_ROW))

    def documents_rect(self, item: EvidenceItem, cell: QRectF) -> QRectF:
        """Where the documents of a row stand, which open them; empty where there are none."""
        if not item.opens:
            return QRectF()
        padding = self._theme.px(CELL_PADDING)
        rect = cell.adjusted(padding, 0, -padding, -1)
        texts, documents, beside = self._lines(item, rect.width(), self.hidden)
        top = self._top(rect, len(texts), len(documents) + len(beside))
        top += len(texts) * self._theme.line_height("key")
        height = len(documents) * self._theme.line_height("note")
        return QRectF(rect.left(), top, rect.width(), height)

    def paint_content(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Draw what is inside a cell."""
        item: EvidenceItem = index.data(ITEM_ROLE)
        column = index.column()
        if column == SHOWS:
            self._paint_words(painter, rect, item)
        elif column == GRADE:
            height = self._theme.px(GRADE_HEIGHT)
            top = rect.center().y() - height / 2
            box = QRectF(rect.left(), top, grade_width(self._theme), height)
            paint_grade(painter, box, self._theme, item.grade)
        elif column == BEARS:
            self._paint_letters(painter, rect, item)
        elif column == KIND:
            self._paint_two(painter, rect, item.kind, item.level)
        else:
            quiet = column in (NUMBER, ORIGIN)
            self._paint_one(painter, rect, str(index.data()), "ink_3" if quiet else "ink")

    def _room(self, width: float) -> float:
        return width - 2 * self._theme.px(CELL_PADDING)

    def _lines(
        self, item: EvidenceItem, room: float, hidden: Sequence[int]
    ) -> tuple[list[str], list[str], list[str]]:
        return (
            broken(self._theme, item.text, "key", room),
            [joined(self._theme, item.documents, "note", room)],
            broken(self._theme, item.beside(hidden), "note", room),
        )

    def _top(self, rect: QRectF, lines: int, notes: int) -> float:
        height = lines * self._theme.line_height("key") + notes * self._theme.line_height("note")
        return rect.top() + (rect.height() - height) / 2

    def _paint_words(self, painter: QPainter, rect: QRectF, item: EvidenceItem) -> None:
        texts, documents, beside = self._lines(item, rect.width(), self.hidden)
        place = QPointF(rect.left(), self._top(rect, len(texts), len(documents) + len(beside)))
        link: Colour = "accent" if item.opens else "ink_3"
        for lines, role, colour in (
            (texts, "key", "ink"),
            (documents, "note", link),
            (beside, "note", "ink_3"),
        ):
            height = paint_lines(painter, place, self._theme, lines, role, colour)  # type: ignore[arg-type]  # both are names
            place += QPointF(0, height)
        if item.tlp is not None:
            width = tlp_width(self._theme, item.tlp)
            top = rect.bottom() - self._theme.px(BADGE_HEIGHT + 4)
            box = QRectF(rect.right() - width, top, width, self._theme.px(BADGE_HEIGHT))
            paint_tlp(painter, box, self._theme, item.tlp)

    def _paint_one(self, painter: QPainter, rect: QRectF, text: str, colour: Colour) -> None:
        role: Role = "table"
        shown = self._theme.metrics(role).elidedText(
            text, Qt.TextElideMode.ElideRight, rect.width() + 1
        )
        top = rect.center().y() - self._theme.line_height(role) / 2
        paint_lines(painter, QPointF(rect.left(), top), self._theme, [shown], role, colour)

    def _paint_two(self, painter: QPainter, rect: QRectF, first: str, second: str) -> None:
        theme = self._theme
        top = rect.center().y() - (theme.line_height("table") + theme.line_height("note")) / 2
        place = QPointF(rect.left(), top)
        for text, role, colour in ((first, "table", "ink"), (second, "note", "ink_3")):
            shown = theme.metrics(role).elidedText(  # type: ignore[arg-type]  # both are names
                text, Qt.TextElideMode.ElideRight, rect.width() + 1
            )
            height = paint_lines(painter, place, theme, [shown], role, colour)  # type: ignore[arg-type]  # as above
            place += QPointF(0, height)

    def _paint_letters(self, painter: QPainter, rect: QRectF, item: EvidenceItem) -> None:
        if not item.claims:
            self._paint_one(painter, rect, item.none, "ink_3")
            return
        side, gap = self._theme.px(BADGE_HEIGHT), self._theme.px(_GAP)
        each = max(int((rect.width() + gap) // (side + gap)), 1)
        lines = -(-len(item.claims) // each)
        top = rect.center().y() - (lines * (side + gap) - gap) / 2
        for number, (claim, letter) in enumerate(item.claims):
            line, place = divmod(number, each)
            box = QRectF(rect.left() + place * (side + gap), top + line * (side + gap), side, side)
            self._paint_letter(painter, box, letter, chosen=claim == self.claim)

    def _paint_letter(self, painter: QPainter, box: QRectF, letter: str, *, chosen: bool) -> None:
        if not chosen:
            paint_letter(painter, box, self._theme, letter)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("claim"))
        painter.drawRoundedRect(box, 2, 2)
        painter.setFont(self._theme.font("table_strong"))
        painter.setPen(QPen(self._theme.colour("paper")))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), letter)

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, index: Index, state: QStyle.StateFlag
    ) -> None:
        item: EvidenceItem = index.data(ITEM_ROLE)
        if self.claim and any(claim == self.claim for claim, _ in item.claims):
            painter.fillRect(rect, self._theme.colour("evidence_ground"))
        super()._paint_ground(painter, rect, index, state)
