"""Which actors a person wants to see, and what each further choice would leave.

Sector and country mean who is attacked, origin means where an actor is said to come from. Whoever
is filtered for something that nobody states about him is left out: a missing report says nothing
about a missing attack, so the numbers of ``stated`` belong beside every result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, Literal

from briefing.analysis.choosing import Choice as Choice
from briefing.analysis.choosing import Chosen, by_year, chosen_of, freeing, meeting
from briefing.analysis.choosing import Loosening as Loosening
from briefing.core.actor import ActorRow

Field = Literal["sector", "country", "origin", "motive", "kind", "since"]
FIELDS: Final[tuple[Field, ...]] = ("sector", "country", "origin", "motive", "kind", "since")
"""What can be chosen from a list, in the order of the screen; ``text`` is typed."""

Part = Literal["sector", "country", "origin", "motive", "kind", "since", "text"]
"""A field, or the typed text."""

NOT_STATED: Final = "not-stated"
"""To be chosen for origin, motive and kind: the actors of whom nobody states any."""

SCOPES: Final = frozenset({"critical-infrastructure", "multiple", "private-sector", "unspecified"})
"""Codes among an actor's sectors that name no sector; see ``data/vocabulary``."""

_UNSPECIFIED: Final = "unspecified"
_CODES: Final[Mapping[Part, Callable[[ActorRow], Sequence[str]]]] = {
    "sector": attrgetter("sectors"),
    "country": attrgetter("countries"),
    "origin": attrgetter("origins"),
    "motive": attrgetter("motives"),
}


@dataclass(frozen=True, slots=True)
class ActorFilter(Chosen[Part]):
    """What has been chosen; "" is any.

    Attributes:
        sector: Code of a sector or scope that is named as a target.
        country: Code of a country, region or organisation that is named as a target.
        origin: Code of a country, or ``NOT_STATED``.
        motive: Code, or ``NOT_STATED``.
        kind: Code, or ``NOT_STATED``.
        since: A year: the newest dated document is of this year or later.
        text: Part of the display name or of the ATT&CK id, in any case.
    """

    sector: str = ""
    country: str = ""
    origin: str = ""
    motive: str = ""
    kind: str = ""
    since: str = ""
    text: str = ""

    def matches(self, row: ActorRow) -> bool:
        """Whether an actor is what was asked for."""
        return bool(matching((row,), self))


def read_filter(values: Mapping[str, object]) -> ActorFilter:
    """A filter from what was kept; what it does not know is left out."""
    return chosen_of(ActorFilter, values)


def matching(rows: Iterable[ActorRow], chosen: ActorFilter) -> tuple[ActorRow, ...]:
    """The actors that were asked for, in their order."""
    return meeting(rows, chosen, _test)


def counts(rows: Iterable[ActorRow], chosen: ActorFilter, field: Field) -> tuple[Choice, ...]:
    """What can be chosen for a field while everything else stays as it is.

    Returns:
        Values with at least one actor, and the present value whatever its count. Most actors
        first, then by code; scopes after sectors, ``NOT_STATED`` last. Years run backwards, and
        each counts the actors of that year or later.
    """
    left = matching(rows, chosen.choosing(field, ""))
    found = Counter(value for row in left for value in dict.fromkeys(_of(row, field)))
    present = chosen.value(field)
    if field == "since":
        return by_year(found, present)
    if present and present not in found:
        found[present] = 0

    def place(code: str) -> tuple[int, int, str]:
        late = 2 if code == NOT_STATED else int(code in SCOPES)
        return late, -found[code], code

    return tuple(Choice(code, found[code]) for code in sorted(found, key=place))


def stated(rows: Iterable[ActorRow], part: Part) -> int:
    """Of how many actors anything is stated for a field; everybody has a name to look in."""
    if part == "text":
        return sum(1 for _ in rows)
    return sum(1 for row in rows if set(_of(row, part)) - SCOPES - {NOT_STATED})


def loosen(rows: Sequence[ActorRow], chosen: ActorFilter) -> Loosening[Part]:
    """Which single choice to take back so that something matches again: the one that frees most.

    Where several free as many, the first of the screen; where none does, none.
    """

    def without(part: Part) -> int:
        return len(matching(rows, chosen.choosing(part, "")))

    return freeing(chosen.chosen, without, len(rows))


def _test(part: Part, value: str) -> Callable[[ActorRow], bool]:
    """Whether an actor meets one choice, as quickly as can be: it is asked a thousand times."""
    if part == "text":
        wanted = value.casefold()
        return lambda row: wanted in row.name.casefold() or wanted in row.attack_id.casefold()
    if part == "since":
        return lambda row: row.newest[:4] >= value
    if part == "kind":
        kind = "" if value == NOT_STATED else value
        return lambda row: row.kind == kind
    codes = _CODES[part]
    if value == NOT_STATED:
        return lambda row: not codes(row)
    return lambda row: value in codes(row)


def _of(row: ActorRow, field: Field) -> Sequence[str]:
    """What is stated about an actor for a field, as codes to choose from."""
    if field == "since":
        return (row.newest[:4],) if row.newest else ()
    if field == "kind":
        return (row.kind or NOT_STATED,)
    codes = _CODES[field](row)
    if field == "sector":
        return [code for code in codes if code != _UNSPECIFIED]
    return codes if codes or field == "country" else (NOT_STATED,)
