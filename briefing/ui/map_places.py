"""Places of the Map screen, known without building it: countries, filter, tab."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal
from urllib.parse import parse_qs, urlencode

from briefing.analysis.actor_filter import NOT_STATED
from briefing.core.targeting import TargetingFilter
from briefing.ui.navigation import Place

SCREEN: Final = "map"
Measure = Literal["actors", "statements"]
MAP: Final = "map"
"""The tab that is shown unless a place names another."""

_SETS: Final = {
    "sector": "sectors",
    "origin": "origins",
    "actor": "actors",
    "kind": "kinds",
}
"""Word of a place → field of the filter."""
_UNSTATED: Final = ("origin", "kind")
_EARLIEST, _LATEST = 1900, 2200


@dataclass(frozen=True, slots=True)
class MapWish:
    """What the Map screen is asked to show.

    Attributes:
        countries: Codes of the countries whose actors are listed, as they were chosen; a region or
            an organisation may stand there as well.
        filter: What is counted. Its ``countries`` stay empty: the map shows all of them.
        measure: What the shades and the table count.
        tab: Key of the tab.
        cell: Code of a sector and of a column of the tab's matrix (an origin or an actor) whose
            statements are listed; None for none.
    """

    countries: tuple[str, ...] = ()
    filter: TargetingFilter = field(default_factory=TargetingFilter)
    measure: Measure = "actors"
    tab: str = MAP
    cell: tuple[str, str] | None = None

    def choosing(self, word: str, codes: Iterable[str]) -> MapWish:
        """The same with another choice for a part of the filter; no code is any.

        Raises:
            KeyError: when ``word`` is none of sector, origin, actor and kind.
        """
        change: dict[str, Any] = {_SETS[word]: frozenset(codes)}
        return replace(self, filter=replace(self.filter, **change))

    def chosen(self, word: str) -> tuple[str, ...]:
        """What is chosen for a part of the filter, in the order of the codes."""
        codes: frozenset[str] = getattr(self.filter, _SETS[word])
        return tuple(sorted(codes))

    def within(self, years: tuple[int, int] | None) -> MapWish:
        """The same for some years only, or for all and what bears no date."""
        first, last = years or (None, None)
        return replace(self, filter=replace(self.filter, first_year=first, last_year=last))

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year; None for all and what bears no date."""
        first, last = self.filter.first_year, self.filter.last_year
        return None if first is None or last is None else (first, last)


def map_place(wish: MapWish) -> Place:
    """Where the Map screen shows this."""
    words: list[tuple[str, str]] = []
    if wish.tab != MAP:
        words.append(("tab", wish.tab))
    if wish.measure != "actors":
        words.append(("by", wish.measure))
    for word in _SETS:
        words += [(word, code or NOT_STATED) for code in wish.chosen(word)]
    if wish.years is not None:
        words.append(("years", "-".join(map(str, wish.years))))
    if wish.cell is not None:
        sector, column = wish.cell
        words += [("cell", sector), ("column", column or NOT_STATED)]
    return Place(SCREEN, ",".join(wish.countries), urlencode(words))


def country_place(country: str) -> Place:
    """Where the actors that are said to target a country are listed."""
    return map_place(MapWish(countries=(country,)))


def read_map_place(place: Place) -> MapWish:
    """What a place asks for; words that say nothing are left out."""
    words = parse_qs(place.detail)
    wish = MapWish(
        countries=tuple(dict.fromkeys(filter(None, place.subject.split(",")))),
        measure="statements" if words.get("by") == ["statements"] else "actors",
        tab=words.get("tab", [MAP])[0],
    )
    for word in _SETS:
        codes = words.get(word, [])
        unstated = word in _UNSTATED
        wish = wish.choosing(word, ("" if unstated and c == NOT_STATED else c for c in codes))
    wish = wish.within(_years(words.get("years", [""])[0]))
    sector, column = words.get("cell", [""])[0], words.get("column", [""])[0]
    if sector and column:
        wish = replace(wish, cell=(sector, "" if column == NOT_STATED else column))
    return wish


def _years(text: str) -> tuple[int, int] | None:
    first, _, last = text.partition("-")
    if not (first.isdecimal() and last.isdecimal()):
        return None
    years = (int(first), int(last))
    return years if _EARLIEST <= years[0] <= years[1] <= _LATEST else None
