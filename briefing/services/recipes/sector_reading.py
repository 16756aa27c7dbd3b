"""A sector, and everything its briefing is made from, as the audience may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from briefing.core.actor import Basis, Coded
from briefing.core.client import Client
from briefing.core.errors import NotFoundError
from briefing.core.guidance import RankedAction
from briefing.core.targeting import Known, TargetingActor, TargetingFilter
from briefing.core.world import World
from briefing.services.client_words import sector_words
from briefing.services.guidance import action_of_the_week
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.advised import Advised, read_advised
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.client_reading import by_actor
from briefing.services.recipes.gathered import Gathered, gather
from briefing.services.recipes.targets_read import (
    ByOrigin,
    OnMap,
    read_by_origin,
    read_map,
    read_targets_of_all,
)
from briefing.services.relevance_memory import Memory, read_memory
from briefing.store.dated_incidents import basis_of
from briefing.store.guidance import read_actions
from briefing.store.labels import Labels
from briefing.store.technique_uses import SharedUse, read_shared_uses


@dataclass(frozen=True, slots=True)
class Trend:
    """Dated incidents that hit a sector.

    Attributes:
        years: Year and number, from the first to the last without gaps.
        newest: Day of the newest of them, or None.
        total: How many there are.
        of: How many dated incidents there are at all.
        basis: What it rests on.
    """

    years: tuple[tuple[int, int], ...]
    newest: date | None
    total: int
    of: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class SectorReading:
    """What a briefing on a sector is made from.

    Attributes:
        sector: Its code and words.
        today: The day on which it is made.
        actors: Who is said to target it or hit it: of whom most is said first, then the latest.
        place: Its place among all sectors by number of actors, from 1; 0 where nobody targets it.
        sectors: How many sectors anybody targets.
        known: Of how many actors targets are known at all.
        speaking: The catalogues that say most of them.
        origins: Actor to the places it is said to come from.
        from_places: Places of origin with the number of these actors, most first; an actor with
            two counts in both.
        origin_basis: The statements on where they come from.
        grid: The largest sectors and this one by origin.
        on_map: Countries of its actors.
        trend: Dated incidents by year.
        uses: What its actors do.
        actions: What bears on most of them first.
        advised: Advisories on products in use in it, or that name its actors.
        labels: Words of codes.
        gathered: What all of it rests on.
        world: Shapes of the map, or None where there is no map to draw.
    """

    sector: Coded
    today: date
    actors: tuple[TargetingActor, ...]
    place: int
    sectors: int
    known: Known
    speaking: Basis
    origins: Mapping[str, tuple[Coded, ...]]
    from_places: tuple[tuple[Coded, int], ...]
    origin_basis: Basis
    grid: ByOrigin
    on_map: OnMap
    trend: Trend
    uses: tuple[SharedUse, ...]
    actions: tuple[RankedAction, ...]
    advised: Advised
    labels: Labels
    gathered: Gathered
    world: World | None

    @property
    def techniques(self) -> dict[str, frozenset[str]]:
        """Those of its actors of whom a technique is stated, with their ATT&CK ids."""
        return by_actor(self.uses)

    @property
    def basis(self) -> Basis:
        """Who says that these actors target the sector."""
        return joined(one.basis for one in self.actors)

    def basis_of_uses(self, attack_ids: Collection[str]) -> Basis:
        """Who says that its actors use any of these techniques."""
        wanted = set(attack_ids)
        return joined(use.basis for use in self.uses if use.attack_id in wanted)

    def summed(self, *bases: Basis) -> Basis:
        """Several bases as that of a sum: named by the data sets in which they stand."""
        return self.gathered.summed(joined(bases))


def read_sector(allowed: Allowed, subject: str, today: date, world: World | None) -> SectorReading:
    """Read everything about a sector.

    Args:
        allowed: What the audience may see.
        subject: Its code or its name.
        today: Only incidents before this day count.
        world: Shapes of the map.

    Raises:
        NotFoundError: when there is no such sector, with the nearest there is.
        BriefingError: when the database cannot be read, or was changed meanwhile.
    """
    sector = _sector(allowed.labels, subject)
    connection, labels = allowed.reader.connection, allowed.labels
    memory = read_memory(allowed.everything, allowed.ceiling)
    targets = read_targets_of_all(allowed, memory.rows)
    wanted = TargetingFilter(sectors=frozenset((sector.code,)))
    actors = tuple(
        sorted(
            targets.index.actors_of(wanted, sector=sector.code),
            # Of those of whom as much is said the latest heard of comes first; then as they came.
            key=lambda one: (-one.statements, -(one.years[1] if one.years else 0)),
        )
    )
    ids = [one.actor.id for one in actors]
    order = [one.code for one in targets.index.count(TargetingFilter()).sectors]
    uses = read_shared_uses(connection, ids)
    # Those of whom nothing is stated say nothing about what helps.
    actions = action_of_the_week(
        read_actions(connection, labels), tuple(by_actor(uses).values()), None, (), today
    )
    trend = _trend(memory, sector.code, today)
    grid, on_map = read_by_origin(targets, (sector.code,)), read_map(targets, wanted)
    advised = read_advised(
        allowed, Client("", (sector.code,)), {one.actor.id: one.actor.name for one in actors}
    )
    origins = {
        actor: tuple(Coded(code, labels.target(code)) for code in targets.origins.get(actor, {}))
        for actor in ids
    }
    origin_basis = targets.origin_basis(ids)
    gathered = gather(
        allowed,
        (
            *(one.basis for one in actors),
            *(use.basis for use in uses),
            *(ranked.action.basis for ranked in actions),
            *(row.basis for row in advised.rows),
            *(targets.speaking, origin_basis, grid.basis, on_map.basis, trend.basis),
        ),
    )
    return SectorReading(
        sector=sector,
        today=today,
        actors=actors,
        place=order.index(sector.code) + 1 if sector.code in order else 0,
        sectors=len(order),
        known=targets.known,
        speaking=targets.speaking,
        origins=origins,
        from_places=_from_places(origins),
        origin_basis=origin_basis,
        grid=replace(grid, basis=gathered.summed(grid.basis)),
        on_map=replace(on_map, basis=gathered.summed(on_map.basis)),
        trend=replace(trend, basis=gathered.summed(trend.basis)),
        uses=uses,
        actions=actions,
        advised=advised,
        labels=labels,
        gathered=gathered,
        world=world,
    )


def _sector(labels: Labels, subject: str) -> Coded:
    words = sector_words(labels)
    code = words.code(subject)
    if not code:
        raise NotFoundError(words.refusal(subject))
    return labels.coded("sector", code)


def _trend(memory: Memory, sector: str, today: date) -> Trend:
    before = [one for one in memory.history if one.incident.day < today]
    hit = [one for one in before if sector in one.incident.sectors]
    counts = Counter(one.incident.day.year for one in hit)
    years = range(min(counts), max(counts) + 1) if counts else range(0)
    return Trend(
        years=tuple((year, counts[year]) for year in years),
        newest=max((one.incident.day for one in hit), default=None),
        total=len(hit),
        of=len(before),
        basis=basis_of(hit, codes=(sector,)),
    )


def _from_places(
    origins: Mapping[str, tuple[Coded, ...]],
) -> tuple[tuple[Coded, int], ...]:
    counts = Counter(place for places in origins.values() for place in places)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].label)))
