"""The score of relevance: additive, so that every point is a sentence (design page “relevance”).

``1.2·ln(1+C) + 1.0·ln(1+S) + 0.7·ln(1+R) + 1.3·A + 1.4·P`` over dated incidents. The weights are a
rounded conditional logit over incidents of 2019 and 2020; equal weights do as well, so they are not
tuned further. What the score is worth is measured in ``relevance_backtest``.

Points are counted in hundredths, so that those printed add up to the score printed, and actors
stand in the order of the scores that are read; the backtest measures exactly these scores.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

COUNTRY: Final = 1.2
SECTOR: Final = 1.0
REGION: Final = 0.7
ACTIVE: Final = 1.3
SPONSOR: Final = 1.4
SEEN_HALF_LIFE: Final = 3.0
"""Years after which an incident counts half."""
SPONSOR_HALF_LIFE: Final = 5.0
ACTIVE_YEARS: Final = 2.0
STALE_AFTER: Final = 1.0
"""Years after which incident data no longer tells who is active."""
CATALOGUE: Final = {"country": 0.6, "region": 0.2, "sector": 0.3, "active": 0.2}
"""Points where there are only undated statements of catalogues."""
_YEAR: Final = 365.25


def total(points: Iterable[float]) -> float:
    """The score: the sum of points, in hundredths as they are."""
    return round(math.fsum(points), 2)


def first_incident_adds(term: str) -> float:
    """What one incident of today adds to an actor that has none: points of a term.

    Args:
        term: ``country``, ``sector``, ``region`` or ``active``.
    """
    if term == "active":
        return ACTIVE
    return round({"country": COUNTRY, "sector": SECTOR, "region": REGION}[term] * math.log(2), 2)


def seen_weight(day: date, today: date) -> float:
    """What an incident counts: 1 on its day, half after three years."""
    return _halved(_years(day, today), SEEN_HALF_LIFE)


def is_stale(newest: date, today: date) -> bool:
    """Whether incident data that ends on a day no longer tells who is active."""
    return _years(newest, today) > STALE_AFTER


@dataclass(frozen=True, slots=True)
class DatedIncident:
    """One incident with a day.

    Attributes:
        id: Its id.
        day: When it began; the first day of its year or month where no more is known.
        actors: Ids of the actors it is laid to.
        countries: Alpha-2 codes of where it hit.
        sectors: Codes of what it hit.
        initiators: Alpha-2 codes of the countries that are said to be behind it.
    """

    id: str
    day: date
    actors: tuple[str, ...]
    countries: frozenset[str]
    sectors: frozenset[str]
    initiators: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sight:
    """Where and what a client is.

    Attributes:
        countries: Its alpha-2 codes.
        sectors: Its sectors.
        neighbours: Countries of the same UN sub-regions, its own left out.
    """

    countries: frozenset[str]
    sectors: frozenset[str]
    neighbours: frozenset[str]


@dataclass(slots=True)
class Seen:
    """Incidents that speak for an actor: how much they weigh, and which they are."""

    weight: float = 0.0
    incidents: list[DatedIncident] = field(default_factory=list)

    def add(self, incident: DatedIncident, weight: float) -> None:
        """One more."""
        self.weight += weight
        self.incidents.append(incident)


@dataclass(frozen=True, slots=True)
class Lean:
    """How a sponsor's incidents lean towards a client's countries.

    Attributes:
        country: The sponsor.
        points: ``1.4·max(0, ln(p_c / p))``.
        incidents: Of those it is said to be behind, those in the client's countries.
    """

    country: str
    points: float
    incidents: tuple[DatedIncident, ...]


@dataclass(slots=True)
class Terms:
    """What speaks for one actor.

    Attributes:
        country: In the client's countries.
        sector: In its sectors.
        region: In neighbouring countries, and not in its own.
        active: The newest of its incidents of the last two years; None where there is none.
        lean: What its sponsor does; None where no sponsor is known.
    """

    country: Seen = field(default_factory=Seen)
    sector: Seen = field(default_factory=Seen)
    region: Seen = field(default_factory=Seen)
    active: DatedIncident | None = None
    lean: Lean | None = None

    def points(self) -> dict[str, float]:
        """Points of each term that adds at least a hundredth, in the order of the formula."""
        found = {
            "country": COUNTRY * math.log1p(self.country.weight),
            "sector": SECTOR * math.log1p(self.sector.weight),
            "region": REGION * math.log1p(self.region.weight),
            "active": ACTIVE if self.active is not None else 0.0,
            "sponsor": self.lean.points if self.lean is not None else 0.0,
        }
        rounded = {term: round(points, 2) for term, points in found.items()}
        return {term: points for term, points in rounded.items() if points > 0}

    @property
    def score(self) -> float:
        """The sum of the points."""
        return total(self.points().values())


def rank_by_history(
    history: Iterable[DatedIncident],
    sight: Sight,
    sponsors: Mapping[str, str],
    today: date,
) -> dict[str, Terms]:
    """What speaks for each actor, from incidents strictly before a day.

    Args:
        history: Incidents; an actor of which none is told has a lean at most.
        sight: The client.
        sponsors: Actor → country that is said to be behind it.
        today: The day as of which is ranked.

    Returns:
        Actor → terms, for actors for which anything speaks.
    """
    before = [incident for incident in history if incident.day < today]
    found: defaultdict[str, Terms] = defaultdict(Terms)
    fresh = not is_stale(max((incident.day for incident in before), default=today), today)
    for incident in before:
        age = _years(incident.day, today)
        weight = seen_weight(incident.day, today)
        here = bool(sight.countries & incident.countries)
        near = not here and bool(sight.neighbours & incident.countries)
        same = bool(sight.sectors & incident.sectors)
        for actor in incident.actors:
            terms = found[actor]
            if here:
                terms.country.add(incident, weight)
            if near:
                terms.region.add(incident, weight)
            if same:
                terms.sector.add(incident, weight)
            is_newer = terms.active is None or incident.day > terms.active.day
            if fresh and age <= ACTIVE_YEARS and is_newer:
                terms.active = incident
    leans = _leans(before, sight.countries, frozenset(sponsors.values()), today)
    for actor, country in sponsors.items():
        if leans[country].points > 0:
            found[actor].lean = leans[country]
    return {actor: terms for actor, terms in found.items() if terms.points()}


def concerning(history: Iterable[DatedIncident], sight: Sight, today: date) -> int:
    """How many incidents before a day hit the client's countries or sectors."""
    return sum(
        bool(sight.countries & one.countries or sight.sectors & one.sectors)
        for one in history
        if one.day < today
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """What catalogues state of one actor that concerns a client.

    Attributes:
        countries: The client's countries among those it is said to target.
        regions: Neighbouring countries among them.
        sectors: The client's sectors among them.
        newest: Day of the newest dated document about it, ISO 8601 or "".
    """

    countries: frozenset[str]
    regions: frozenset[str]
    sectors: frozenset[str]
    newest: str

    def points(self, data_as_of: date) -> dict[str, float]:
        """Points of each term, in order; activity alone speaks for nobody."""
        stated = {
            "country": bool(self.countries),
            "region": bool(self.regions) and not self.countries,
            "sector": bool(self.sectors),
        }
        found = {term: CATALOGUE[term] for term, holds in stated.items() if holds}
        if found and self.is_active(data_as_of):
            found["active"] = CATALOGUE["active"]
        return found

    def is_active(self, data_as_of: date) -> bool:
        """Whether it is written about within two years of the data's own date."""
        since = data_as_of.toordinal() - ACTIVE_YEARS * _YEAR
        return bool(self.newest) and self.newest >= date.fromordinal(round(since)).isoformat()


def _leans(
    history: Sequence[DatedIncident],
    countries: frozenset[str],
    sponsors: frozenset[str],
    today: date,
) -> dict[str, Lean]:
    """For each sponsor ``max(0, ln(p_c / p))``, smoothed; incidents halve every five years.

    ``p = (n_s + 0.5) / (T + 10)`` is its share of all incidents with a known initiator country,
    ``p_c = (n_sc + 5·p) / (T_c + 5)`` that of those in the client's countries.
    """
    total = here = 0.0
    by: defaultdict[str, float] = defaultdict(float)
    by_here: defaultdict[str, float] = defaultdict(float)
    which: defaultdict[str, list[DatedIncident]] = defaultdict(list)
    for incident in history:
        weight = _halved(_years(incident.day, today), SPONSOR_HALF_LIFE)
        hits = bool(countries & incident.countries)
        for country in incident.initiators:
            total += weight
            by[country] += weight
            if hits:
                here += weight
                by_here[country] += weight
                which[country].append(incident)
    found = {}
    for country in sponsors:
        share = (by[country] + 0.5) / (total + 10)
        share_here = (by_here[country] + 5 * share) / (here + 5)
        points = SPONSOR * max(0.0, math.log(share_here / share))
        found[country] = Lean(country, points, tuple(which[country]))
    return found


def _years(day: date, today: date) -> float:
    return (today - day).days / _YEAR


def _halved(years: float, half_life: float) -> float:
    return float(0.5 ** (years / half_life))
