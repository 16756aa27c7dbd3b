"""A help page as widgets: every kind of block has its one look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from briefing.core.brief import Span, Text
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp
from briefing.services.help_content import (
    Beside,
    Block,
    Grid,
    Row,
    Rows,
    Shares,
    Sign,
    Verbatim,
    Words,
    sign_words,
)
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.badges import TlpBadge
from briefing.ui.widgets.column_layout import Columns, in_rows, stacked
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.scales import ConfidenceSteps, LikelihoodScale

_SIGN_WIDTH = 148
_LOWER = 1.4
"""Pixels by which prose stands lower in its line than a label does."""
_SHARE_BAR = 220
_LEAST_BAR = 60


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marks of a page lead to: numbers and titles by key, and where each place opens."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    open_source: Callable[[str], None] = lambda _key: None
    open_address: Callable[[str], None] = lambda _address: None


class HelpLabel(WrappedLabel):
    """Words that never change, so that each width is measured once: a page has many of them."""

    _heights: dict[int, int] | None = None

    def _on_theme_changed(self) -> None:
        self._heights = {}
        super()._on_theme_changed()

    def heightForWidth(self, width: int) -> int:
        """As ``WrappedLabel``, remembered."""
        known = self._heights if self._heights is not None else {}
        if width not in known:
            known[width] = super().heightForWidth(width)
        return known[width]


class HelpProse(Prose):
    """Prose that measures itself once more when it is shown, with the fonts of the screen."""

    def showEvent(self, event: QShowEvent) -> None:
        """What was measured before the screen was known may be a line too high."""
        super().showEvent(event)
        self._heights.clear()
        self.updateGeometry()


def prose(theme: Theme, paragraphs: Sequence[Text], marks: Marks) -> Prose:
    """Running text whose marks and links lead where the page leads."""
    shown = HelpProse(theme)
    shown.set_paragraphs(paragraphs, marks.numbers, marks.titles)
    shown.source_activated.connect(marks.open_source)
    shown.link_activated.connect(marks.open_address)
    return shown


def block_widget(theme: Theme, block: Block, marks: Marks) -> QWidget:
    """One block."""
    if isinstance(block, Words):
        return _Items(theme, block, marks) if block.items else prose(theme, block.paragraphs, marks)
    if isinstance(block, Rows):
        return SignRows(theme, block)
    if isinstance(block, Beside):
        return _BesideBlock(theme, block)
    if isinstance(block, Shares):
        return ShareBars(theme, block)
    if isinstance(block, Grid):
        return _GridBlock(theme, block)
    return _Notice(theme, block)


class _Items(QWidget):
    """A list with a dash before each item."""

    def __init__(self, theme: Theme, block: Words, marks: Marks) -> None:
        super().__init__()
        self._theme = theme
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._lines: list[QHBoxLayout] = []
        for paragraph in block.paragraphs:
            line = QHBoxLayout()
            dash = Label(theme, "\N{EN DASH}", "body", "ink_3")
            line.addWidget(dash, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(prose(theme, (paragraph,), marks), 1)
            self._lines.append(line)
            self._rows.addLayout(line)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._rows.setSpacing(self._theme.px(4))
        for line in self._lines:
            line.setSpacing(self._theme.px(8))


class _Meaning(HelpProse):
    """What a sign means; a term is not explained by itself."""

    def __init__(self, theme: Theme, row: Row) -> None:
        super().__init__(theme)
        self._sign = sign_words(row.sign)
        self._document.known = frozenset((row.key,))
        self.set_text((Span(row.text),))

    def text(self) -> str:
        """The sign and the words, as they are read aloud."""
        return f"{self._sign}: {super().text()}"


class SignRows(QWidget):
    """A sign at the left, what it means beside it, a line between rows.

    Attributes:
        places: The sign of each row that a place names, by the row's key.
    """

    def __init__(self, theme: Theme, block: Rows) -> None:
        """One row for each sign."""
        super().__init__()
        self._theme = theme
        self._cells: dict[str, QVBoxLayout] = {}
        self._labels: list[Label] = []
        self._pointed_out: QVBoxLayout | None = None
        self.places: dict[str, QWidget] = {}
        self.setAccessibleName(block.name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        # Words share a column; letters and pictures need no more than they are.
        self._is_aligned = any(
            isinstance(row.sign, Tlp) or (isinstance(row.sign, str) and len(row.sign) > 1)
            for row in block.rows
        )
        for number, row in enumerate(block.rows):
            if number:
                self._grid.addWidget(Divider(theme), 2 * number - 1, 0, 1, 2)
            self._add(2 * number, row)
        self._grid.setColumnStretch(1, 1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def point_out(self, key: str) -> None:
        """Lay a quiet ground behind one row; an unknown key takes it away."""
        self._pointed_out = self._cells.get(key)
        self.update()

    def _add(self, line: int, row: Row) -> None:
        top = Qt.AlignmentFlag.AlignTop
        sign = _sign(self._theme, row.sign)
        sign.setAccessibleDescription(row.text)
        self._grid.addWidget(sign, line, 0, top | Qt.AlignmentFlag.AlignLeft)
        cell = QVBoxLayout()
        cell.setSpacing(0)
        if row.key:
            self.places[row.key], self._cells[row.key] = sign, cell
        spots = self._theme.glossary.telling(row.text)
        # Prose takes several times as long to make as a label, and a page has up to a hundred rows.
        if any(spot.term.term != row.key for spot in spots):
            cell.addWidget(_Meaning(self._theme, row))
            if isinstance(sign, Label):
                self._labels.append(sign)
        elif row.text:
            cell.addWidget(self._label(row, row.text, "body", "ink"))
        if row.note:
            cell.addWidget(self._label(row, row.note, "note", "ink_3"))
        self._grid.addLayout(cell, line, 1)

    def _label(self, row: Row, text: str, role: Role, colour: Colour) -> HelpLabel:
        label = HelpLabel(self._theme, text, role, colour)
        label.setAccessibleName(f"{sign_words(row.sign)}: {text}")
        return label

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(5))
        self._grid.setColumnMinimumWidth(0, px(_SIGN_WIDTH) if self._is_aligned else 0)
        for label in self._labels:
            # A label stands in the middle of what its margins leave: half of them is its way.
            label.setContentsMargins(0, 2 * px(_LOWER), 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the row that is pointed out."""
        if self._pointed_out is None:
            return
        cell, edge = self._pointed_out.geometry(), self._theme.px(2)
        row = QRect(0, cell.top(), self.width(), cell.height()).adjusted(0, -edge, 0, edge)
        QPainter(self).fillRect(row, self._theme.colour("tint"))


class _BesideBlock(QWidget):
    """Two lists of signs beside each other where there is room, each under its own words."""

    def __init__(self, theme: Theme, block: Beside) -> None:
        super().__init__()
        halves = [self._half(theme, rows) for rows in block.lists]
        columns = Columns(theme, halves, (in_rows(480, len(halves), len(halves)), stacked(2)))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(columns)

    def _half(self, theme: Theme, rows: Rows) -> QWidget:
        half = QWidget()
        column = QVBoxLayout(half)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(HelpLabel(theme, rows.name, "strong", "ink_2"))
        column.addWidget(SignRows(theme, rows))
        column.addStretch(1)
        return half


def _sign(theme: Theme, sign: Sign) -> QWidget:
    if isinstance(sign, Tlp):
        return TlpBadge(theme, sign)
    if isinstance(sign, Likelihood):
        return LikelihoodScale(theme, sign)
    if isinstance(sign, Confidence):
        return ConfidenceSteps(theme, sign)
    return Label(theme, sign, "strong")


class ShareBars(QWidget):
    """``Origin  ██████  476 of 982``: the bar is the share of all, the figures say it in words."""

    def __init__(self, theme: Theme, block: Shares) -> None:
        """One row for each thing that may be known."""
        super().__init__()
        self._theme = theme
        self._block = block
        spoken = "; ".join(f"{label}: {value:,} of {block.total:,}" for label, value in block.rows)
        self.setAccessibleName(f"{spoken} {block.unit}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return self._theme.px(24)

    def _texts(self) -> list[str]:
        return [f"{value:,} of {self._block.total:,}" for _, value in self._block.rows]

    def _widths(self) -> tuple[int, int]:
        """Of the labels and of the figures, with the gap beside each."""
        labels = self._theme.metrics("table")
        figures = self._theme.metrics("table", tabular=True)
        gap = self._theme.px(12)
        widest = max((labels.horizontalAdvance(label) for label, _ in self._block.rows), default=0)
        longest = max((figures.horizontalAdvance(text) for text in self._texts()), default=0)
        return round(widest) + gap, round(longest) + gap

    def sizeHint(self) -> QSize:
        """All rows."""
        width = sum(self._widths()) + self._theme.px(_SHARE_BAR)
        return QSize(width, self._row_height() * len(self._block.rows))

    def minimumSizeHint(self) -> QSize:
        """Labels and figures; bars may shrink."""
        width = sum(self._widths()) + self._theme.px(_LEAST_BAR)
        return QSize(width, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every row."""
        theme, painter = self._theme, QPainter(self)
        metrics = theme.metrics("table")
        figures = theme.metrics("table", tabular=True)
        high = self._row_height()
        left, right_side = self._widths()
        bar = min(theme.px(_SHARE_BAR), self.width() - left - right_side)
        rows = zip(self._block.rows, self._texts(), strict=True)
        for number, ((label, value), text) in enumerate(rows):
            base = number * high + (high - metrics.height()) / 2 + metrics.ascent()
            painter.setFont(theme.font("table"))
            painter.setPen(theme.colour("ink"))
            painter.drawText(0, round(base), label)
            top = number * high + (high - theme.px(8)) / 2
            painter.fillRect(QRectF(left, top, bar, theme.px(8)), theme.colour("mist"))
            share = value / max(self._block.total, 1)
            filled = QRectF(left, top, bar * share, theme.px(8))
            painter.fillRect(filled, theme.colour("seq_4"))
            painter.setFont(theme.font("table", tabular=True))
            painter.setPen(theme.colour("ink_2"))
            right = left + bar + right_side - figures.horizontalAdvance(text)
            painter.drawText(round(right), round(base), text)


class _GridBlock(QWidget):
    """A small table with a line under its head and between its rows."""

    def __init__(self, theme: Theme, block: Grid) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(", ".join(block.heads))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column, head in enumerate(block.heads):
            shown = Label(theme, head[:1].upper() + head[1:], "head", "ink_3")
            self._grid.addWidget(shown, 0, column, self._place(block, column))
        last = len(block.heads)
        for number, row in enumerate(block.rows):
            self._grid.addWidget(
                Divider(theme, quiet=bool(number)), 2 * number + 1, 0, 1, max(last, 1)
            )
            for column, text in enumerate(row):
                self._grid.addWidget(
                    self._cell(block, column, text),
                    2 * number + 2,
                    column,
                    self._place(block, column),
                )
        for column in range(last):
            self._grid.setColumnStretch(
                column, 0 if column in block.numeric else 3 - min(column, 1)
            )
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _cell(self, block: Grid, column: int, text: str) -> QWidget:
        if column in block.numeric:
            return Label(self._theme, text, "table", "ink", tabular=True)
        role = "key" if column == 0 else "table"
        return HelpLabel(self._theme, text, "key" if role == "key" else "table")

    def _place(self, block: Grid, column: int) -> Qt.AlignmentFlag:
        if column in block.numeric:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        return Qt.AlignmentFlag(0)

    def _on_theme_changed(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.px(20))
        self._grid.setVerticalSpacing(self._theme.px(5))


class _Notice(QFrame):
    """Somebody else's words, line by line, on a quiet ground."""

    def __init__(self, theme: Theme, block: Verbatim) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "quiet")
        self._rows = QVBoxLayout(self)
        label = HelpLabel(theme, block.text, "note", "ink_2")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._rows.addWidget(label)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._rows.setContentsMargins(px(12), px(10), px(12), px(10))
