"""The four stages of an attack, with their numbers, and what several actors do in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import orjson

from briefing.core.actor import Coded
from briefing.core.brief import HeatCell, HeatColumn, HeatTable, Stage, Stages, Text, spans
from briefing.core.wording import first_of, sentence_case
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.actor_words import OBTAINING
from briefing.services.recipes.marks import Marks
from briefing.store.labels import Labels
from briefing.store.technique_uses import SharedUse

HEAT_ROWS: Final = 8
_SHADES: Final = 5
_SHARES: Final = (0.1, 0.25, 0.45, 0.7)
"""Lower bounds of the upper four classes, as shares of the actors."""


@dataclass(frozen=True, slots=True)
class StageWords:
    """One stage."""

    number: int
    code: str
    name: str

    @property
    def label(self) -> str:
        """As printed: ``3 Maintain access``."""
        return f"{self.number} {self.name}"


def stages(labels: Labels) -> tuple[StageWords, ...]:
    """The stages in their order."""
    found = [
        StageWords(orjson.loads(label.detail)["number"], label.code, label.label)
        for label in labels.all("stage")
    ]
    return tuple(sorted(found, key=lambda stage: stage.number))


def stage_labels(labels: Labels, codes: Iterable[Coded]) -> tuple[str, ...]:
    """Some stages as printed, in their order."""
    wanted = {coded.code for coded in codes}
    return tuple(stage.label for stage in stages(labels) if stage.code in wanted)


def shared_heat(uses: Sequence[SharedUse], labels: Labels, of: int, marks: Marks) -> HeatTable:
    """Techniques by stage; the number is how many of the actors are said to use each.

    Args:
        uses: In the order in which they are shown.
        labels: Words of codes.
        of: Of how many actors any technique is stated.
        marks: Collects the sources.
    """
    columns = []
    for stage in stages(labels):
        mine = [use for use in uses if stage.code in use.stages]
        cells = tuple(
            HeatCell(use.name, use.attack_id, len(use.actors)) for use in mine[:HEAT_ROWS]
        )
        columns.append(HeatColumn(stage.number, stage.name, len(mine), cells))
    return HeatTable(tuple(columns), of, bounds(of), **marks.held(*(use.basis for use in uses)))


def bounds(of: int) -> tuple[int, int, int, int, int]:
    """Lower bounds of the five shades: one each where there are few actors, else by share."""
    if of <= _SHADES:
        one, two, three, four, five = (min(step, max(of, 1)) for step in range(1, _SHADES + 1))
        return (one, two, three, four, five)
    found = [1]
    for share in _SHARES:
        found.append(max(found[-1] + 1, round(of * share)))
    return (found[0], found[1], found[2], found[3], found[4])


def shared_stages(
    uses: Sequence[SharedUse], labels: Labels, marks: Marks, *, named: int, most: int
) -> Stages:
    """What most of the actors do in each stage, by name.

    Args:
        uses: What most of them do first.
        labels: Words of codes.
        marks: Collects the sources.
        named: How many techniques are named.
        most: How many sources are marked behind them.
    """
    made, bases = [], []
    for stage in stages(labels):
        mine = [use for use in uses if stage.code in use.stages]
        made.append(Stage(stage.number, stage.name, len(mine), _first(mine, marks, named, most)))
        bases += [use.basis for use in mine]
    return Stages(tuple(made), **marks.held(*bases))


def _first(mine: Sequence[SharedUse], marks: Marks, named: int, most: int) -> Text:
    if not mine:
        return spans("No technique stated")
    names = [sentence_case(OBTAINING.get(use.attack_id, use.name)) for use in mine]
    basis = joined(use.basis for use in mine[:named])
    return marks.text(first_of(names, named, joiner="; "), basis, most=most)
