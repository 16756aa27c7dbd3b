"""Which incidents of different sources are one event, told twice.

Sources overlap, and an event that two of them tell must not count twice. What says the same is
seldom written alike: names differ, days differ by a fortnight, one lists a sector more. So the rule
is simple and can be said in a sentence (ours; on the pairs of EuRepoC 1.1 and our own history it
joined those a person would join, and kept apart what one actor did elsewhere in the same month).

Two incidents of different sources are one event where they are laid to an actor in common, hit a
country in common and a sector in common (or one of them names no sector), and began at most
``APART`` days from each other. A beginning of which only the month is known lies anywhere in that
month; one of which only the year is known joins nothing. What one source tells apart stays apart.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

APART: Final = 14
"""Days: sources give the day of the attack, of its discovery or of the news."""


@dataclass(frozen=True, slots=True)
class Told:
    """An incident as one source tells it.

    Attributes:
        id: Its id.
        source: Who tells it.
        began: ISO 8601 to the year, month or day.
        actors: Whom it is laid to.
        countries: Alpha-2 codes.
        sectors: Codes of sectors; scopes say how wide and are none.
    """

    id: str
    source: str
    began: str
    actors: frozenset[str]
    countries: frozenset[str]
    sectors: frozenset[str]


def told_again(incidents: Iterable[Told]) -> dict[str, str]:
    """Incidents that another source tells too.

    An incident of the source with fewer incidents joins the one of another source that began
    nearest. It joins that one alone: nothing is chained.

    Returns:
        Id of an incident → id of the one with which it is one event.
    """
    listed = list(incidents)
    sizes = Counter(one.source for one in listed)
    # The place of the source first, so that a source of equal size cannot come between.
    listed.sort(key=lambda one: (-sizes[one.source], one.source, one.began, one.id))
    kept: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
    joined: dict[str, str] = {}
    for one in listed:
        keys = [(actor, country) for actor in one.actors for country in one.countries]
        near = [
            (gap, other.id)
            for other in {other.id: other for key in keys for other in kept[key]}.values()
            if other.source != one.source and (gap := _gap(one, other)) <= APART
        ]
        if near:
            joined[one.id] = min(near)[1]
        else:
            for key in keys:
                kept[key].append(one)
    return joined


def first_day(began: str) -> date:
    """The earliest day that a date to the year, month or day may mean."""
    return _days(began)[0]


def _gap(one: Told, other: Told) -> int:
    """Days between two beginnings; beyond ``APART`` where they cannot be one event."""
    if len(one.began) < 7 or len(other.began) < 7:
        return APART + 1
    if one.sectors and other.sectors and not one.sectors & other.sectors:
        return APART + 1
    first, last = _days(one.began)
    begins, ends = _days(other.began)
    return max(0, (begins - last).days, (first - ends).days)


def _days(began: str) -> tuple[date, date]:
    """First and last day that a date may mean."""
    parts = [int(part) for part in began[:10].split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    day = date(*parts)
    return day, day
