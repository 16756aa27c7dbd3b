"""What is said beside the overlap with known groups, so that nobody takes it for a proof."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.core.case_page import CasePage
from briefing.core.dates import short_date
from briefing.core.weighing import Overlap, Ranked
from briefing.core.wording import counted, first_of, listed
from briefing.services.overlap_beside import BesideOverlap, SharedVictims
from briefing.services.overlap_words import BACKTEST_LINE, NO_PROBABILITY, margin_line

HELP_TOPIC_OVERLAP: Final = "overlap"
"""The help page that explains the method."""
WEIGHS: Final = 4
"""So many features are named that weigh most."""


def head_note(overlap: Overlap) -> str:
    """How many are compared by how much: ``172 groups; 9 features``."""
    return f"{counted(overlap.groups, 'group')}; {counted(len(overlap.features), 'feature')}"


def weighs_most(group: Ranked) -> str:
    """What a group shares that few others use: ``BlackCat (1 group), Spearphishing Voice (2)``."""
    first = group.matched[:WEIGHS]
    words = [
        f"{one.name} ({counted(one.groups, 'group') if place == 0 else f'{one.groups:,}'})"
        for place, one in enumerate(first)
    ]
    rest = len(group.matched) - len(first)
    return f"{', '.join(words)}{f' and {rest} more' if rest else ''}."


def not_compared(overlap: Overlap) -> str:
    """What could not be compared, or had to be compared under another id."""
    parts = []
    if overlap.absent:
        parts.append(f"Not compared, since no catalogue here holds it: {listed(overlap.absent)}.")
    if overlap.unknown:
        parts.append(f"No known group uses {listed(overlap.unknown, last='or')}.")
    for before, now in overlap.replaced:
        parts.append(f"{before} was withdrawn and compared as {now}.")
    return " ".join(parts)


def backtest_words(overlap: Overlap) -> str:
    """How often such a ranking was right."""
    return f"{BACKTEST_LINE} {margin_line(overlap)}".strip()


def foot_words(page: CasePage, overlap: Overlap) -> str:
    """What the ranking is not, what becomes of it, and of when the catalogue is."""
    labels = page.case.labels()
    held = [labels[one.id] for one in page.case.evidence if one.method == "overlap"]
    entered = f" ({listed(held)})" if held else ""
    dated = f" Compared with ATT&CK as of {short_date(overlap.as_of)}." if overlap.as_of else ""
    return f"{NO_PROBABILITY} It enters ACH as one piece of TTP evidence{entered}.{dated}"


def beside_words(beside: BesideOverlap) -> str:
    """Infrastructure and victims, which are never mixed into the ranking."""
    return f"{_infrastructure(beside)}; {'; '.join(_victims(beside))}."


def _infrastructure(beside: BesideOverlap) -> str:
    if not beside.infrastructure:
        return "infrastructure, nothing recorded"
    named = first_of(beside.infrastructure, 3)
    return f"infrastructure, {named}: no catalogue here lists that of groups"


def _victims(beside: BesideOverlap) -> Iterator[str]:
    if not beside.victims:
        yield "victims, nothing recorded"
        return
    found = [group for group in beside.groups if group.shared]
    if not found:
        hit = listed(one.label for one in beside.victims)
        yield f"victims, nobody here names {hit} as targets of the first groups"
        return
    for place, group in enumerate(found):
        yield f"{'' if place else 'victims, '}{_shared(group)}"


def _shared(group: SharedVictims) -> str:
    named = listed(one.label for one in group.shared)
    return f"{named} {'is' if len(group.shared) == 1 else 'are'} named for {group.name} too"
