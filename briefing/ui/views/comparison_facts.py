"""The facts of a comparison: a column for each actor, and one for what all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from briefing.analysis.comparison import Aspect, Comparison, Fact, FactKind
from briefing.core.actor import OriginRow
from briefing.services.recipes.wording import first_of, in_words, listed
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import IconButton, LinkButton
from briefing.ui.widgets.cells import NOT_STATED
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import Label, WrappedLabel

_TITLES: Final[dict[FactKind, str]] = {
    "kind": "Kind",
    "origin": "Origin",
    "goals": "Goals",
    "motives": "Motives",
    "active since": "Active since",
    "names": "Names",
}
_MANY: Final = 4
"""So many values of one kind are written out; more are counted."""

_SPEAKERS = 2
_LEAST_COLUMN = 132


def everybody(comparison: Comparison) -> str:
    """All actors in words: both, or all three."""
    number = len(comparison.actors)
    return "both" if number == 2 else f"all {in_words(number)}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, and under it, quieter, who says so or what it is part of."""

    text: str
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything is stated."""
        return self.text != NOT_STATED and not self.text.startswith("none")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the grid.

    Attributes:
        common: What all actors share; ``shares`` says whether that is anything.
        part: Whether it is a part of the line above it, as a stage is of the techniques.
    """

    title: str
    cells: tuple[Cell, ...]
    common: Cell
    shares: bool
    part: bool = False


def lines(comparison: Comparison) -> tuple[Line, ...]:
    """Lines with something in common first; those of the stages stay together, in order."""
    facts = [_fact_line(fact, comparison) for fact in comparison.facts]
    counts = [
        _count_line(aspect, comparison)
        for aspect in (comparison.sectors, comparison.countries, comparison.software)
    ]
    found = sorted([*facts, *counts], key=lambda line: not line.shares)
    stages = (_count_line(stage, comparison, part=True) for stage in comparison.stages)
    return (*found, _count_line(comparison.techniques, comparison), *stages)


def _fact_line(fact: Fact, comparison: Comparison) -> Line:
    title = _TITLES[fact.kind]
    shared = Cell(listed(fact.common) if fact.common else "none")
    if fact.kind == "origin":
        cells = tuple(map(_origin_cell, fact.values, comparison.origins))
    elif fact.kind == "names":
        cells = tuple(_names_cell(names) for names in fact.values)
    else:
        cells = tuple(Cell(listed(values) or NOT_STATED) for values in fact.values)
    return Line(title, cells, shared, bool(fact.common))


def _origin_cell(countries: Sequence[str], origins: Sequence[OriginRow]) -> Cell:
    if not countries:
        return Cell(NOT_STATED)
    speakers = list(dict.fromkeys(origin.by for origin in origins if origin.country.code))
    note = (
        f"says {first_of(speakers, _SPEAKERS)}"
        if len(speakers) == 1
        else f"say {first_of(speakers, _SPEAKERS)}"
    )
    return Cell(" or ".join(countries), note)


def _names_cell(names: Sequence[str]) -> Cell:
    return Cell(f"{len(names):,}", first_of(names, 3)) if names else Cell(NOT_STATED)


def _count_line(aspect: Aspect, comparison: Comparison, *, part: bool = False) -> Line:
    cells = tuple(Cell(f"{count:,}" if count else NOT_STATED) for count in aspect.counts)
    total = len(aspect.things)
    shared = [thing.label for thing in aspect.things if thing.actors == len(comparison.actors)]
    if not shared or len(comparison.actors) < 2:
        return Line(
            aspect.name, cells, Cell(f"none of {total:,}" if total else "none"), False, part
        )
    note = listed(shared) if len(shared) <= _MANY else ""
    return Line(aspect.name, cells, Cell(f"{len(shared):,} of {total:,}", note), True, part)


class ComparisonFacts(QWidget):
    """The grid. The name of an actor leads to its profile, the cross beside it takes it out."""

    actor_opened = Signal(str)
    actor_removed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Empty."""
        super().__init__()
        self._theme = theme
        self._comparison: Comparison | None = None
        self._content: QWidget | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show others."""
        self._comparison = comparison
        if self._content is not None:
            self._box.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        grid = QGridLayout(self._content)
        px = self._theme.px
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(4))
        self._add_heads(grid, comparison)
        for number, line in enumerate(lines(comparison)):
            self._add_line(grid, 2 * number + 1, line, alone=len(comparison.actors) < 2)
        grid.addWidget(Divider(self._theme), grid.rowCount(), 0, 1, grid.columnCount())
        for column in range(1, grid.columnCount()):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, px(_LEAST_COLUMN))
        self._box.addWidget(self._content)

    def _add_heads(self, grid: QGridLayout, comparison: Comparison) -> None:
        for column, row in enumerate(comparison.actors, start=1):
            name = LinkButton(self._theme, row.name, "heading", f"Profile of {row.name}")
            name.clicked.connect(partial(self.actor_opened.emit, row.id))
            remove = IconButton(
                self._theme, "close", f"Take {row.name} out of the comparison", quiet=True
            )
            remove.clicked.connect(partial(self.actor_removed.emit, row.id))
            remove.setEnabled(len(comparison.actors) > 1)
            head = QHBoxLayout()
            head.setSpacing(self._theme.px(4))
            head.addWidget(name)
            head.addWidget(remove)
            head.addStretch(1)
            grid.addLayout(head, 0, column)
        if len(comparison.actors) > 1:
            column = len(comparison.actors) + 1
            words = f"In common, {everybody(comparison)}"
            grid.addWidget(Label(self._theme, words, "heading"), 0, column)

    def _add_line(self, grid: QGridLayout, row: int, line: Line, *, alone: bool) -> None:
        columns = len(line.cells) + (1 if alone else 2)
        grid.addWidget(Divider(self._theme), row, 0, 1, columns)
        title = Label(self._theme, line.title, "table", "ink_3")
        top = Qt.AlignmentFlag.AlignTop
        inset = QHBoxLayout()
        inset.setContentsMargins(self._theme.px(12 if line.part else 0), 0, 0, 0)
        inset.addWidget(title, 0, top)
        grid.addLayout(inset, row + 1, 0)
        for column, cell in enumerate(line.cells, start=1):
            grid.addWidget(self._cell(line.title, cell), row + 1, column, top)
        if not alone:
            common = self._common(line)
            grid.addWidget(common, row + 1, len(line.cells) + 1, top)

    def _cell(self, title: str, cell: Cell, *, strong: bool = False) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(f"{title}: {cell.text} {cell.note}".strip())
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        role = "table_strong" if strong else "table"
        colour = "ink" if cell.is_known else "ink_3"
        box.addWidget(WrappedLabel(self._theme, cell.text, role, colour))  # type: ignore[arg-type]  # both are names
        if cell.note:
            box.addWidget(WrappedLabel(self._theme, cell.note, "note", "ink_3"))
        return holder

    def _common(self, line: Line) -> QWidget:
        cell = self._cell(f"{line.title}, in common", line.common, strong=line.shares)
        if not line.shares:
            return cell
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(4))
        tick = IconLabel(self._theme, "check", 12, "accent", "table")
        row.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(cell, 1)
        return holder

    def _on_theme_changed(self) -> None:
        if self._comparison is not None:
            self.show_comparison(self._comparison)
