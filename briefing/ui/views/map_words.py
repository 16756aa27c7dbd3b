"""Sentences of the Map screen: of how many, what is left out, what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from briefing.core.brief import Span, Style, Text
from briefing.core.targeting import Known, TargetCount, Targeting
from briefing.core.wording import counted, first_of, listed
from briefing.core.world import BOUNDARY_NOTE
from briefing.store.labels import Labels
from briefing.ui.map_places import MapWish, Measure
from briefing.ui.widgets.cells import NOT_STATED

TITLES: Final[Mapping[Measure, str]] = {
    "actors": "Actors per victim country",
    "statements": "Statements per victim country",
}
NOUNS: Final[Mapping[Measure, tuple[str, str]]] = {
    "actors": ("actor", "actors"),
    "statements": ("statement", "statements"),
}
KINDS: Final = {"region": "region", "org": "organisation", "company": "company"}
"""How the code of a place begins, and what kind of place that is."""
NO_REPORTS: Final = "No reports that match."
MISSING_REPORT: Final = "A missing report says nothing about a missing attack."

_WORDS: Final = {"sector": "Sector", "origin": "Origin", "actor": "Actor", "kind": "Kind"}
_SCOPE: Final = "scope"
_FEW_PLACES: Final = 3


def kind_of(code: str) -> str:
    """What kind of target a code names: a country, or a kind of place."""
    return KINDS.get(code.partition(":")[0], "place") if ":" in code else "country"


def option_label(labels: Labels, word: str, code: str, actor: Callable[[str], str]) -> str:
    """The words of a code of the filter.

    Args:
        labels: The vocabularies.
        word: sector, origin, actor or kind.
        code: Code of it; "" is "not stated".
        actor: The name of an actor, by id.
    """
    if not code:
        return NOT_STATED
    if word == "sector":
        is_scope = code in labels.by_kind.get(_SCOPE, {})
        return labels.label(_SCOPE if is_scope else "sector", code)
    if word == "origin":
        return labels.target(code)
    return actor(code) if word == "actor" else labels.label(word, code)


def chosen_words(wish: MapWish, labels: Labels, actor: Callable[[str], str]) -> str:
    """What is filtered for, in words; "" for everything."""
    parts = []
    for word, title in _WORDS.items():
        if codes := wish.chosen(word):
            words = [option_label(labels, word, code, actor) for code in codes]
            parts.append(f"{title}: {listed(words, last='or')}")
    if wish.years is not None:
        parts.append(f"Dated {years_words(wish.years)}")
    return " · ".join(parts)


def years_words(years: tuple[int, int]) -> str:
    """``2018–2022``, or one year."""
    first, last = years
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


def denominator(targeting: Targeting, wish: MapWish) -> Text:
    """``Victim countries known for 138 of 1,041 actors, …``, with the figures in strong type.

    Under a choice of sectors or years it says how many actors match, which the figures before do
    not depend on.
    """
    known = targeting.known
    matching: Text = ()
    if wish.filter.sectors or wish.years is not None:
        verb = "matches" if targeting.matching == 1 else "match"
        noun = "actor" if targeting.matching == 1 else "actors"
        matching = (
            Span(" "),
            _figure(targeting.matching),
            Span(f" {noun} {verb} what is chosen."),
        )
    return (
        Span("Victim countries known for "),
        _figure(known.with_country),
        Span(f" of {counted(known.actors, 'actor')}, sectors for "),
        _figure(known.with_sector),
        Span(", origin for "),
        _figure(known.with_origin),
        Span(f". {counted(known.countries, 'country')} named."),
        *matching,
    )


def undated_words(known: Known, years: tuple[int, int] | None) -> str:
    """What a choice of years leaves out."""
    if years is None:
        return "All years, and what bears no date."
    left = counted(known.undated, "actor")
    verb = "is" if known.undated == 1 else "are"
    return (
        f"Only what is dated {years_words(years)}: {left} about whom nothing is dated {verb}"
        " left out."
    )


def places_words(places: Sequence[TargetCount], labels: Labels, measure: Measure) -> str:
    """Regions and organisations with their counts, and that they are no countries; "" for none."""
    if not places:
        return ""
    few = [f"{labels.target(one.code)} {number(one, measure):,}" for one in places]
    return (
        f"Regions and organisations ({first_of(few, _FEW_PLACES)}) are not spread over countries."
    )


def notes(
    places: Sequence[TargetCount], labels: Labels, measure: Measure, off_map: Sequence[str]
) -> tuple[str, ...]:
    """What must stand under every map."""
    parts = [BOUNDARY_NOTE, places_words(places, labels, measure)]
    if off_map:
        verb = "is" if len(off_map) == 1 else "are"
        parts.append(f"Not drawn: {listed(map(labels.target, off_map))} {verb} in the table only.")
    return tuple(part for part in parts if part)


def number(one: TargetCount, measure: Measure) -> int:
    """What is counted of a target."""
    return one.actors if measure == "actors" else one.statements


def _figure(figure: int) -> Span:
    return Span(f"{figure:,}", Style.STRONG)
