"""A client, and everything its briefing is made from, as the audience may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from briefing.analysis.relevance import Listed, Terms
from briefing.core.actor import ActorProfile, Basis, Coded
from briefing.core.client import Client
from briefing.core.guidance import RankedAction
from briefing.core.relevance import Relevance, RelevantActor
from briefing.core.targeting import Known, TargetingFilter
from briefing.core.world import World
from briefing.services.guidance import ACTORS, action_of_the_week
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.advised import Advised, read_advised
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.gathered import Gathered, gather
from briefing.services.recipes.targets_read import (
    ByOrigin,
    OnMap,
    read_by_origin,
    read_map,
    read_targets_of_all,
)
from briefing.services.relevance_beside import beside_score
from briefing.services.relevance_memory import Memory, read_memory
from briefing.services.relevance_ranking import Ranking
from briefing.store.guidance import read_actions
from briefing.store.labels import Labels
from briefing.store.profiles import open_profile
from briefing.store.technique_uses import SharedUse, read_shared_uses

RANKED: Final = 10
"""Actors that are explained: those on the executive page, and who comes next."""


@dataclass(frozen=True, slots=True)
class ClientReading:
    """What a briefing for a client is made from.

    Attributes:
        client: The client; its ceiling is the audience's.
        today: The day on which it is made.
        relevance: Who would attack it.
        tied: For how many actors more speaks than that they were active, which holds anywhere.
        terms: What dated incidents say for each of the first actors; nothing where none rank.
        listed: What catalogues say for each of them, where incidents do not rank.
        profiles: Everything visible about the first actors, in their order.
        uses: What the first actors do.
        actions: What to do, what reaches furthest first.
        known: Of how many actors targets are known at all.
        speaking: The catalogues that say most of them.
        grid: Its sectors by origin.
        on_map: Countries of the first actors.
        advised: Advisories that may concern it.
        sponsors: Actor to the country that is said to be behind it.
        labels: Words of codes.
        gathered: What all of it rests on.
        world: Shapes of the map, or None where there is no map to draw.
    """

    client: Client
    today: date
    relevance: Relevance
    tied: int
    terms: Mapping[str, Terms]
    listed: Mapping[str, Listed]
    profiles: tuple[ActorProfile, ...]
    uses: tuple[SharedUse, ...]
    actions: tuple[RankedAction, ...]
    known: Known
    speaking: Basis
    grid: ByOrigin
    on_map: OnMap
    advised: Advised
    sponsors: Mapping[str, str]
    labels: Labels
    gathered: Gathered
    world: World | None

    @property
    def first(self) -> tuple[RelevantActor, ...]:
        """The actors of the executive page."""
        return self.relevance.actors[:ACTORS]

    @property
    def by_history(self) -> bool:
        """Whether dated incidents rank them, and not catalogues alone."""
        return self.relevance.ground == "incident history"

    @property
    def places(self) -> tuple[Coded, ...]:
        """The client's countries."""
        return tuple(self.labels.coded("country", code) for code in self.client.countries)

    @property
    def sectors(self) -> tuple[Coded, ...]:
        """The client's sectors."""
        return tuple(self.labels.coded("sector", code) for code in self.client.sectors)

    @property
    def techniques(self) -> dict[str, frozenset[str]]:
        """Those of the first actors of whom a technique is stated, with their ATT&CK ids."""
        return by_actor(self.uses)

    def with_sign(self, *terms: str) -> int:
        """For how many of the first actors all of these terms speak."""
        return sum(set(terms) <= {r.term for r in one.reasons} for one in self.first)

    def basis_of_terms(self, *terms: str) -> Basis:
        """What these terms of the first actors rest on."""
        return joined(r.basis for one in self.first for r in one.reasons if r.term in terms)

    def basis_of_uses(self, attack_ids: Iterable[str]) -> Basis:
        """Who says that the first actors use any of these techniques."""
        wanted = set(attack_ids)
        return joined(use.basis for use in self.uses if use.attack_id in wanted)


def reasons(actors: Iterable[RelevantActor]) -> Iterator[Basis]:
    """What every reason for which some actors are in rests on."""
    return (reason.basis for one in actors for reason in one.reasons)


def by_actor(uses: Iterable[SharedUse]) -> dict[str, frozenset[str]]:
    """Actor to the ATT&CK ids of the techniques it is said to use; nobody who uses none."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for use in uses:
        for actor in use.actors:
            found[actor].add(use.attack_id)
    return {actor: frozenset(codes) for actor, codes in found.items()}


def read_client(
    allowed: Allowed, client: Client, today: date, world: World | None
) -> ClientReading:
    """Read everything for a client.

    Args:
        allowed: What the audience may see; its ceiling goes before the client's own.
        client: Whom it is about.
        today: Incidents from this day on do not count.
        world: Shapes of the map.

    Raises:
        BriefingError: when the database cannot be read, or was changed meanwhile.
    """
    client = replace(client, tlp=allowed.ceiling)
    connection = allowed.reader.connection
    memory = allowed.once("memory", lambda: read_memory(allowed.everything, allowed.ceiling))
    ranking = Ranking(memory, client, today)
    relevance = _relevance(allowed, memory, ranking)
    first = [one.actor for one in relevance.actors[:ACTORS]]
    profiles = tuple(open_profile(connection, allowed.labels, row.id) for row in first)
    uses = read_shared_uses(connection, [row.id for row in first])
    used = by_actor(uses)
    actions = action_of_the_week(
        read_actions(connection, allowed.labels),
        [used.get(row.id, frozenset()) for row in first],
        client,
        (),
        today,
    )
    targets = allowed.once("targets", lambda: read_targets_of_all(allowed, memory.rows))
    grid = read_by_origin(targets, client.sectors, ())
    on_map = read_map(targets, TargetingFilter(actors=frozenset(row.id for row in first)))
    advised = read_advised(allowed, client, {row.id: row.name for row in first})
    bases = (
        *reasons((*relevance.actors, *relevance.supply_chain)),
        *(one.basis for one in relevance.technology),
        *(basis for profile in profiles for basis in _of_profile(profile)),
        *(use.basis for use in uses),
        *(ranked.action.basis for ranked in actions),
        *(row.basis for row in advised.rows),
        *(targets.speaking, grid.basis, on_map.basis),
    )
    gathered = gather(allowed, bases)
    return ClientReading(
        client=client,
        today=today,
        relevance=relevance,
        tied=ranking.tied,
        terms={row.id: found for row in first if (found := ranking.terms_of(row.id))},
        listed={row.id: said for row in first if (said := ranking.listed_of(row.id))},
        profiles=profiles,
        uses=uses,
        actions=actions,
        known=targets.known,
        speaking=targets.speaking,
        grid=replace(grid, basis=gathered.summed(grid.basis)),
        on_map=replace(on_map, basis=gathered.summed(on_map.basis)),
        advised=advised,
        sponsors={actor: sponsor.country for actor, sponsor in memory.sponsors.items()},
        labels=allowed.labels,
        gathered=gathered,
        world=world,
    )


def _of_profile(profile: ActorProfile) -> Iterator[Basis]:
    yield from (row.basis for row in profile.origins)
    yield from (row.basis for row in profile.judgements)


def _relevance(allowed: Allowed, memory: Memory, ranking: Ranking) -> Relevance:
    """The answer of the ranking without a word on what is withheld: that is the author's alone."""
    beside = beside_score(allowed.everything, memory, ranking.client, ranking.today)
    return Relevance(
        ground=ranking.ground,
        incidents=len(ranking.history),
        concerning=ranking.concerning,
        until=ranking.newest.isoformat() if ranking.newest else "",
        data_as_of=memory.data_as_of,
        of=len(memory.rows),
        actors=tuple(ranking.explain(actor) for actor in list(ranking.scores)[:RANKED]),
        supply_chain=beside.supply_chain,
        technology=beside.technology,
        unmatched=beside.unmatched,
        missing=(),
        sources=(),
        supply_chain_of=beside.supply_chain_of,
        technology_of=beside.technology_of,
    )
