"""The facts of a comparison: a column for each actor, and one for what all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from briefing.analysis.comparison import FEWEST, Aspect, Comparison, Fact, FactKind
from briefing.core.actor import ActorRow, OriginRow
from briefing.core.wording import first_of, in_words, listed
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.buttons import IconButton, LinkButton
from briefing.ui.widgets.cells import NOT_STATED
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import ElidedLabel, Label, WrappedLabel

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
_LEAST_COLUMN = 124
_LABELS = 132
_NAMES = 88
_BETWEEN = 16


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
    if not shared or len(comparison.actors) < FEWEST:
        return Line(
            aspect.name, cells, Cell(f"none of {total:,}" if total else "none"), False, part
        )
    note = listed(shared) if len(shared) <= _MANY else ""
    return Line(aspect.name, cells, Cell(f"{len(shared):,} of {total:,}", note), True, part)


class ComparisonFacts(QWidget):
    """The facts side by side, or under each other where columns would be too narrow to read.

    The name of an actor leads to its profile, the cross beside it takes it out.
    """

    actor_opened = Signal(str)
    actor_removed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Empty."""
        super().__init__()
        self._theme = theme
        self._comparison: Comparison | None = None
        self._content: QWidget | None = None
        self._beside = True
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show others."""
        self._comparison = comparison
        self._beside = self._fits()
        self._fill()

    def _fits(self) -> bool:
        """Whether there is room for a column for each actor and one for what they share."""
        number = len(self._comparison.actors) if self._comparison else 0
        columns = number + (number > 1)
        return self.width() >= self._theme.px(_LABELS + columns * (_LEAST_COLUMN + _BETWEEN))

    def _fill(self) -> None:
        if self._comparison is None:
            return
        if self._content is not None:
            self._box.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        grid = QGridLayout(self._content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(_BETWEEN))
        grid.setVerticalSpacing(self._theme.px(4))
        found = lines(self._comparison)
        if self._beside:
            self._fill_beside(grid, self._comparison, found)
        else:
            self._fill_stacked(grid, self._comparison, found)
        self._box.addWidget(self._content)

    def _fill_beside(
        self, grid: QGridLayout, comparison: Comparison, found: Sequence[Line]
    ) -> None:
        alone = len(comparison.actors) < FEWEST
        for column, actor in enumerate(comparison.actors, start=1):
            grid.addWidget(self._head(actor, alone=alone), 0, column)
        if not alone:
            words = f"In common, {everybody(comparison)}"
            grid.addWidget(Label(self._theme, words, "heading"), 0, len(comparison.actors) + 1)
        columns = len(comparison.actors) + (1 if alone else 2)
        for line in found:
            row = grid.rowCount()
            grid.addWidget(Divider(self._theme), row, 0, 1, columns)
            grid.addWidget(self._title(line), row + 1, 0)
            for column, cell in enumerate(line.cells, start=1):
                grid.addWidget(self._cell(line.title, cell), row + 1, column)
            if not alone:
                grid.addWidget(self._common(line), row + 1, columns - 1)
        grid.addWidget(Divider(self._theme), grid.rowCount(), 0, 1, columns)
        for column in range(1, columns):
            grid.setColumnStretch(column, 1)

    def _fill_stacked(
        self, grid: QGridLayout, comparison: Comparison, found: Sequence[Line]
    ) -> None:
        alone = len(comparison.actors) < FEWEST
        names = QWidget()
        flow = FlowLayout(names, self._theme.px(_BETWEEN))
        for actor in comparison.actors:
            flow.addWidget(self._head(actor, alone=alone))
        grid.addWidget(names, 0, 0, 1, 2)
        for line in found:
            row = grid.rowCount()
            grid.addWidget(Divider(self._theme), row, 0, 1, 2)
            heading = Label(self._theme, line.title, "table_strong")
            grid.addWidget(heading, row + 1, 0, 1, 2)
            for number, (actor, cell) in enumerate(
                zip(comparison.actors, line.cells, strict=True), start=row + 2
            ):
                name = ElidedLabel(self._theme, actor.name, "table", "ink_3")
                grid.addWidget(_at_top(name), number, 0)
                grid.addWidget(self._cell(f"{line.title}, {actor.name}", cell), number, 1)
            if not alone:
                last = grid.rowCount()
                words = Label(self._theme, everybody(comparison), "table", "ink_3")
                grid.addWidget(_at_top(words), last, 0)
                grid.addWidget(self._common(line), last, 1)
        grid.addWidget(Divider(self._theme), grid.rowCount(), 0, 1, 2)
        grid.setColumnMinimumWidth(0, self._theme.px(_NAMES))
        grid.setColumnStretch(1, 1)

    def _head(self, actor: ActorRow, *, alone: bool) -> QWidget:
        name = LinkButton(self._theme, actor.name, "heading", f"Profile of {actor.name}")
        name.clicked.connect(partial(self.actor_opened.emit, actor.id))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(2))
        row.addWidget(name)
        if not alone:
            words = f"Take {actor.name} out of the comparison"
            remove = IconButton(self._theme, "close", words, quiet=True)
            remove.clicked.connect(partial(self.actor_removed.emit, actor.id))
            row.addWidget(remove)
        row.addStretch(1)
        return holder

    def _title(self, line: Line) -> QWidget:
        label = Label(self._theme, line.title, "table", "ink_3")
        return _at_top(label, self._theme.px(12 if line.part else 0))

    def _cell(self, title: str, cell: Cell, *, strong: bool = False) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(f"{title}: {cell.text} {cell.note}".strip())
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        role: Role = "table_strong" if strong else "table"
        colour: Colour = "ink" if cell.is_known else "ink_3"
        box.addWidget(WrappedLabel(self._theme, cell.text, role, colour))
        if cell.note:
            box.addWidget(WrappedLabel(self._theme, cell.note, "note", "ink_3"))
        box.addStretch(1)
        return holder

    def _common(self, line: Line) -> QWidget:
        cell = self._cell(f"{line.title}, in common", line.common, strong=line.shares)
        if not line.shares:
            return cell
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(4))
        row.addWidget(_at_top(IconLabel(self._theme, "check", 12, "accent", "table")))
        row.addWidget(cell, 1)
        return holder

    def _on_theme_changed(self) -> None:
        self._beside = self._fits()
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between beside and under each other."""
        super().resizeEvent(event)
        if self._fits() != self._beside:
            self._beside = not self._beside
            self._fill()

    def minimumSizeHint(self) -> QSize:
        """As narrow as a name and a few words beside it."""
        width = self._theme.px(_NAMES + _BETWEEN + _LEAST_COLUMN)
        return QSize(width, super().minimumSizeHint().height())


def _at_top(widget: QWidget, indent: int = 0) -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(indent, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(widget)
    box.addStretch(1)
    return holder
