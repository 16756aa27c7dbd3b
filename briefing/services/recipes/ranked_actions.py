"""Actions in the order in which they bear on some actors, the cheapest of the first ones first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.core.actor import Basis
from briefing.core.brief import Action, Actions, Column, Section, Table, Text, spans
from briefing.core.guidance import COSTS, USES_MSP, RankedAction
from briefing.core.wording import counted, curly, first_clause, in_words, sentence_case
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.part_words import part_of
from briefing.services.recipes.stage_words import stage_labels
from briefing.store.labels import Labels

MOST: Final = 10
"""Actions of a full version."""
COST_NOTE: Final = "Cost and who does it are our judgement for a firm of ten to fifty people."


@dataclass(frozen=True, slots=True)
class ActionWords:
    """Writes actions for one briefing.

    Attributes:
        labels: Words of codes.
        uses: ATT&CK ids to who says that the actors use any of these techniques.
        marks: Collects the sources.
        uses_msp: Whether an IT provider runs the reader's computers.
    """

    labels: Labels
    uses: Callable[[Collection[str]], Basis]
    marks: Marks
    uses_msp: bool = False

    def short(self, found: Sequence[RankedAction], *, why: bool, most: int) -> Actions:
        """Actions for an executive page.

        Args:
            found: In their order.
            why: Whether an action's own reason stands beside what it bears on.
            most: Sources marked behind each.
        """
        rows = tuple(
            Action(
                do=curly(one.action.do),
                why=self.marks.text(self._in_short(one, why), one.action.basis, most=most),
                # Codes are for those who read on: they stand in the full version.
                mitigations=(),
                techniques=(),
                stage=stage_labels(self.labels, one.action.stages)[0],
                cost=one.action.cost,
                who=first_clause(one.action.who),
            )
            for one in found
        )
        return Actions(rows, **self.marks.held(*self._bases(found)))

    def whole(self, found: Sequence[RankedAction]) -> Actions:
        """Actions with their reasons, codes, and what each does against the actors."""
        rows = tuple(
            Action(
                do=curly(one.action.do),
                why=self._reasons(one),
                mitigations=tuple(code.attack_id for code in one.action.mitigations),
                techniques=one.techniques,
                stage="; ".join(stage_labels(self.labels, one.action.stages)),
                cost=one.action.cost,
                who=curly(one.action.who),
            )
            for one in found
        )
        return Actions(rows, **self.marks.held(*self._bases(found)))

    def first_steps(self, found: Sequence[RankedAction]) -> Section:
        """What can be done this week for each, and what it costs."""
        table = Table(
            (Column("Action", 1.3), Column("This week", 3.4), Column("What it costs", 1.5)),
            tuple(
                (
                    spans(curly(one.action.do)),
                    self.marks.text(one.action.first_step, one.action.basis, most=1),
                    spans(curly(f"{sentence_case(one.action.cost)}. {one.action.cost_why}")),
                )
                for one in found
            ),
            **self.marks.held(*(one.action.basis for one in found)),
        )
        note = spans(COST_NOTE)
        return Section("first-steps", "What to do this week", (table,), note, wide=True)

    def _in_short(self, one: RankedAction, why: bool) -> str:
        clauses = [f"bears on {_who(one)}"] if one.techniques else []
        if USES_MSP in one.action.helps and self.uses_msp:
            clauses.insert(0, "since an IT provider runs your computers")
        words = "; ".join(clauses)
        if words and not why:
            return words
        told = (f"{sentence_case(words)}." if words else "", first_sentence(one.action.why))
        return " ".join(filter(None, told))

    def _reasons(self, one: RankedAction) -> Text:
        told = [(first_sentence(one.action.why), one.action.basis)]
        if one.of:
            told.append((f"{sentence_case(_reach(one))}.", self.uses(one.techniques)))
        return self.marks.texts(told, most=2)

    def _bases(self, found: Sequence[RankedAction]) -> list[Basis]:
        uses = [self.uses(one.techniques) for one in found]
        return [*(one.action.basis for one in found), *uses]


def cheapest_first(
    ranked: Sequence[RankedAction], most: int = MOST, *, uses_msp: bool = False
) -> tuple[RankedAction, ...]:
    """The actions that bear on most of the actors, the cheapest of them first.

    What bears on none is left out, unless nothing bears on any, or it is meant for such a reader.
    """
    bearing = [
        one for one in ranked if one.techniques or (uses_msp and USES_MSP in one.action.helps)
    ]
    found = bearing if any(one.techniques for one in bearing) else ranked
    return tuple(sorted(found[:most], key=lambda one: COSTS.index(one.action.cost)))


def behind(chosen: Iterable[RankedAction]) -> list[Basis]:
    """Who says of some actions that they help."""
    return [one.action.basis for one in chosen]


def do_headline(chosen: Sequence[RankedAction]) -> str:
    """The title of the part on what to do."""
    if not chosen:
        return "Nothing on record points to a measure"
    low = sum(one.action.cost == "low" for one in chosen)
    if low == len(chosen) == 1:
        return "One step, and it costs little"
    widest = max(chosen, key=lambda one: one.actors)
    reach = f"; the widest bears on {_who(widest)} actors" if widest.actors > 1 else ""
    cheap = f"{sentence_case(in_words(low))} of" if low else "None of"
    cheap = "All" if low == len(chosen) else cheap
    return f"{cheap} {in_words(len(chosen))} steps {'costs' if low == 1 else 'cost'} little{reach}"


def first_sentence(words: str) -> str:
    """The first of several sentences."""
    return f"{words.partition('. ')[0].rstrip('.')}."


def _reach(one: RankedAction) -> str:
    if not one.techniques:
        return f"none of the {in_words(one.of)} is said to use what it stands against"
    uses = "uses" if one.actors == 1 else "use"
    which = counted(len(one.techniques), "technique")
    return f"{_who(one)} {uses} what it stands against ({which})"


def _who(one: RankedAction) -> str:
    return part_of(one.actors, one.of, "this actor")
