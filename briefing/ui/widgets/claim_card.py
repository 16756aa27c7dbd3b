"""A claim as a card: letter, accused and date, what is said, facts, chips, documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from briefing.core.grading import Grade
from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.badges import (
    GRADE_HEIGHT,
    grade_width,
    paint_grade,
    paint_letter,
    paint_tlp,
    tlp_width,
)
from briefing.ui.widgets.cells import Index
from briefing.ui.widgets.chips import CHIP_HEIGHT, ChipKind, chip_width, paint_chip
from briefing.ui.widgets.frames import EDGE_WIDTH
from briefing.ui.widgets.two_line_delegate import TwoLineDelegate
from briefing.ui.widgets.wrapped_lines import broken, joined, paint_lines, shortened

CARD_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 340
"""The ``ClaimCard`` of a row."""
_BOX = 24
_LABEL = 68
_AIR = 10
_INSET = 8
"""Pixels at 100 % between the side of a card and what is in it."""
_GAP = 6
_TEXT_LINES = 3


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """What a card says, in words.

    Attributes:
        key: Id of the claim.
        letter: By which it is named.
        title: Who is said to have done it.
        date: When it was said, in words.
        text: What is said, or "".
        facts: Label and value of each line under it; in a closed card none takes two lines.
        details: The same for an opened card, where every word is shown.
        status: Where the claim stands: words and look.
        basis: On what it rests, or "".
        grade: Admiralty grade.
        tlp: A level to show; None where it is that of the incident.
        origin: Label of its origin.
        documents: What it rests on, in words; the second part is never cut.
        opens: Whether there is a document to open.
        hints: What the mouse is told: the meaning of status and grade.
    """

    key: str
    letter: str
    title: str
    date: str
    text: str
    facts: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]
    status: tuple[str, ChipKind]
    basis: str
    grade: Grade
    tlp: Tlp | None
    origin: str
    documents: tuple[str, str]
    opens: bool
    hints: tuple[str, ...] = ()


@dataclass(slots=True)
class _Placed:
    """Where everything of a card stands, from its top left corner."""

    height: float = 0.0
    lines: list[tuple[QPointF, list[str], Role, Colour]] = field(default_factory=list)
    chips: list[tuple[QRectF, str, ChipKind]] = field(default_factory=list)
    grade: QRectF = field(default_factory=QRectF)
    tlp: QRectF = field(default_factory=QRectF)
    documents: QRectF = field(default_factory=QRectF)


class ClaimDelegate(TwoLineDelegate):
    """Paints cards of any height; the opened one shows every word.

    Attributes:
        opened: Id of the opened claim, or "".
        related: Ids of the claims on which the chosen piece of evidence bears.
    """

    def __init__(self, theme: Theme, parent: QListView) -> None:
        """For a list whose rows have a ``CARD_ROLE``."""
        super().__init__(theme, parent, dense=False, links=False)
        self._view = parent
        self._kept: dict[tuple[str, int, bool], _Placed] = {}
        self.opened = ""
        self.related: frozenset[str] = frozenset()

    def forget(self) -> None:
        """Place everything anew: cards or measures have changed."""
        self._kept.clear()

    def height(self, card: ClaimCard, width: int) -> int:
        """How high a card is at a width in real pixels."""
        return round(self._placed(card, width).height)

    def documents_rect(self, card: ClaimCard, rect: QRectF) -> QRectF:
        """Where the documents of a card stand, which open them; empty where there are none."""
        place = self._placed(card, round(rect.width())).documents
        return place.translated(rect.topLeft()) if card.opens else QRectF()

    def _placed(self, card: ClaimCard, width: int) -> _Placed:
        key = (card.key, width, card.key == self.opened)
        if key not in self._kept:
            self._kept[key] = self._place(card, width)
        return self._kept[key]

    def _place(self, card: ClaimCard, width: int) -> _Placed:
        px = self._theme.px
        left = float(px(_INSET + _BOX + 8))
        room = max(width - left - px(_INSET), 1.0)
        opened = card.key == self.opened
        found = _Placed(height=px(_AIR))
        date_width = self._theme.metrics("table").horizontalAdvance(card.date)
        self._add(found, QPointF(left, 0), card.title, "strong", "ink", room - date_width - px(8))
        place = QPointF(width - px(_INSET) - date_width, px(_AIR) + px(2))
        found.lines.append((place, [card.date], "table", "ink_3"))
        most = 0 if opened else _TEXT_LINES
        self._add(found, QPointF(left, px(2)), card.text, "table", "ink_2", room, most)
        found.height = max(found.height, px(_AIR + _BOX)) + px(3)
        value = left + px(_LABEL)
        for label, words in card.details if opened else card.facts:
            found.lines.append((QPointF(left, found.height), [label], "table", "ink_3"))
            most = 0 if opened else 1
            self._add(found, QPointF(value, 0), words, "table", "ink", room - px(_LABEL), most)
            found.height += px(2)
        found.height += px(4)
        self._place_chips(found, card, left, room)
        found.height += px(4)
        height = self._theme.line_height("note")
        if card.origin:
            taken = self._theme.metrics("note").horizontalAdvance(card.origin)
            corner = QPointF(left + room - taken, found.height)
            found.lines.append((corner, [card.origin], "note", "ink_3"))
            room -= taken + px(8)
        found.documents = QRectF(left, found.height, room, height)
        line = joined(self._theme, card.documents, "note", room)
        colour: Colour = "accent" if card.opens else "ink_3"
        found.lines.append((found.documents.topLeft(), [line], "note", colour))
        found.height += height + px(_AIR)
        return found

    def _add(
        self,
        found: _Placed,
        offset: QPointF,
        text: str,
        role: Role,
        colour: Colour,
        room: float,
        most: int = 0,
    ) -> None:
        """Put text under what is there, ``most`` lines of it; ``offset`` is from what is above."""
        lines = broken(self._theme, text, role, room)
        if most:
            lines = shortened(self._theme, lines, role, room, most)
        if lines:
            found.height += offset.y()
            found.lines.append((QPointF(offset.x(), found.height), lines, role, colour))
            found.height += len(lines) * self._theme.line_height(role)

    def _place_chips(self, found: _Placed, card: ClaimCard, left: float, room: float) -> None:
        px, x, top = self._theme.px, 0.0, found.height
        height = px(CHIP_HEIGHT)
        for width, place in self._chip_places(card, found, room):
            if x and x + width > room:
                x, top = 0.0, top + height + px(_GAP)
            place.setRect(left + x, top, width, height)
            x += width + px(_GAP)
        inset = (height - px(GRADE_HEIGHT)) / 2
        found.grade = found.grade.adjusted(0, inset, 0, -inset)
        found.height = top + height

    def _chip_places(
        self, card: ClaimCard, found: _Placed, room: float
    ) -> Iterator[tuple[float, QRectF]]:
        """The width of each badge, and the rectangle to be given its place."""
        yield self._chip(found, card.status, room)
        yield grade_width(self._theme), found.grade
        if card.tlp is not None:
            yield tlp_width(self._theme, card.tlp), found.tlp
        if card.basis:
            yield self._chip(found, (card.basis, "plain"), room)

    def _chip(
        self, found: _Placed, chip: tuple[str, ChipKind], room: float
    ) -> tuple[float, QRectF]:
        shown = self._shortened_chip(chip[0], room)
        place = QRectF()
        found.chips.append((place, shown, chip[1]))
        return min(chip_width(self._theme, shown), room), place

    def _shortened_chip(self, words: str, room: float) -> str:
        around = chip_width(self._theme, "")
        return self._theme.metrics("chip").elidedText(
            words, Qt.TextElideMode.ElideRight, room - around
        )

    def _paint_card_ground(
        self, painter: QPainter, rect: QRectF, index: Index, state: QStyle.StateFlag
    ) -> None:
        card: ClaimCard = index.data(CARD_ROLE)
        if card.key in self.related:
            painter.fillRect(rect, self._theme.colour("claim_ground"))
            edge = QRectF(rect.left(), rect.top(), EDGE_WIDTH, rect.height() - 1)
            painter.fillRect(edge, self._theme.colour("claim"))
        self._paint_ground(painter, rect, index, state)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one card."""
        theme, card = self._theme, index.data(CARD_ROLE)
        rect = QRectF(option.rect)
        placed = self._placed(card, option.rect.width())
        painter.save()
        self._paint_card_ground(painter, rect, index, option.state)
        painter.translate(rect.topLeft())
        box = QRectF(theme.px(_INSET), theme.px(_AIR), theme.px(_BOX), theme.px(_BOX))
        paint_letter(painter, box, theme, card.letter)
        for place, lines, role, colour in placed.lines:
            paint_lines(painter, place, theme, lines, role, colour)
        for chip, words, kind in placed.chips:
            paint_chip(painter, chip, theme, words, kind)
        paint_grade(painter, placed.grade, theme, card.grade)
        if card.tlp is not None:
            paint_tlp(painter, placed.tlp, theme, card.tlp)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need at the width of the list."""
        width = self._view.viewport().width()
        return QSize(self._theme.px(80), self.height(index.data(CARD_ROLE), width))


def spoken(card: ClaimCard) -> str:
    """A card for a screen reader."""
    facts = [f"{label}: {value}" if label else value for label, value in card.details]
    level = card.tlp.label if card.tlp is not None else ""
    head = f"Claim {card.letter}: {card.title}, {card.date}"
    parts = (
        head,
        card.text,
        *facts,
        card.status[0],
        card.basis,
        f"grade {card.grade.code}",
        level,
        "".join(card.documents),
    )
    return ". ".join(part.rstrip(".") for part in parts if part)
