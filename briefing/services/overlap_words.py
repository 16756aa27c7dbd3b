"""What is printed beside every ranking by overlap: how little it proves, in words."""

from __future__ import annotations

from typing import Final, NamedTuple

from briefing.analysis.overlap import TELLING_MARGIN
from briefing.core.weighing import Overlap, Ranked
from briefing.core.wording import counted

BACKTEST_LINE: Final = "In 8 of 21 cases the true group is not in the top ten."
"""As “briefing backtest attribution” measures it on the published cases; a test compares."""
NOT_LISTED: Final = "An actor not in the catalogue"
"""Always a row of its own, whatever the ranking."""
ALWAYS_POSSIBLE: Final = "always possible"
NO_PROBABILITY: Final = "Ranks and shared features: the order is no probability."
TIES: Final = "Groups that share equally much have the worse rank in common."


class MarginBand(NamedTuple):
    """How often the first group was the right one, by its margin over the second.

    Attributes:
        least: Where the band begins.
        words: The band in words.
        right: In how many rankings the first was right.
        rankings: Of how many.
    """

    least: float
    words: str
    right: int
    rankings: int


MARGINS: Final = (
    MarginBand(0.0, "below 1.25", 15, 100),
    MarginBand(TELLING_MARGIN, "1.25 to 1.5", 13, 31),
    MarginBand(1.5, "1.5 to 2", 8, 13),
    MarginBand(2.0, "2 or more", 22, 22),
)
"""166 rankings, published with the method; the backtest's file alone holds 20 with a margin."""

_FIRST_TEN: Final = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)


def margin_line(overlap: Overlap) -> str:
    """What the margin of the first over the second says; "" where nothing was ranked."""
    if not overlap.ranked:
        return ""
    if overlap.margin is None:
        return "Only one group shares anything, so there is no margin to judge by."
    band = next(band for band in reversed(MARGINS) if overlap.margin >= band.least)
    verdict = "" if overlap.discriminates else ", which does not discriminate"
    return (
        f"Margin of the first over the second: {band.words}{verdict}. With such a margin the first"
        f" was right in {band.right} of {band.rankings} rankings."
    )


def shares(overlap: Overlap, group: Ranked) -> str:
    """How much a group shares: ``9 of 9``."""
    return f"{len(group.matched)} of {len(overlap.features)}"


def standing(overlap: Overlap, group: Ranked) -> str:
    """What a group shares and where it stands, in a sentence."""
    level = sum(other.rank == group.rank for other in overlap.ranked) - 1
    tied = f", level with {counted(level, 'other')}" if level else ""
    leads = group.rank == overlap.ranked[0].rank
    doubt = "; the margin does not discriminate" if leads and not overlap.discriminates else ""
    return (
        f"Shares {shares(overlap, group)} features with {group.name}, {ordinal(group.rank)} of"
        f" {counted(overlap.groups, 'group')}{tied}{doubt}."
    )


def ordinal(place: int) -> str:
    """A place in words up to the tenth, in figures above: ``11th``, ``22nd``."""
    if place <= len(_FIRST_TEN):
        return _FIRST_TEN[place - 1]
    teen = place % 100 in (11, 12, 13)
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place:,}{ending}"
