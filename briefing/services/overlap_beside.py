"""What is listed beside the overlap and never mixed into it: infrastructure, victims, who is named.

Sharing a kind of victim or a server is weak on its own, and no catalogue here lists the groups'
infrastructure; both are for the reader to judge.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from briefing.core.actor import Coded, Counted, SourceEntry
from briefing.core.case import Case
from briefing.core.changes import Predicate
from briefing.core.weighing import Overlap
from briefing.store.actor_features import read_features
from briefing.store.actors import Stated, actor_row, basis, source_entries, statements_about
from briefing.store.connection import Connection
from briefing.store.labels import Labels, read_labels

LEADING: Final = 3
"""Of how many groups at the head of the ranking the targets are looked up."""

Standing: TypeAlias = Literal["ranked", "shares nothing", "no profile"]
"""Whether an actor is in the ranking, was compared in vain, or could not be compared."""


@dataclass(frozen=True, slots=True)
class SharedVictims:
    """Which of the incident's sectors and places a leading group is said to target.

    Attributes:
        actor: Id of the group.
        name: Its name.
        stated: Whether anybody states targets of the group at all.
        shared: Those that are the incident's too, sectors first; each with who says so.
    """

    actor: str
    name: str
    stated: bool
    shared: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor that claims or hypotheses name, and where the ranking has it.

    Attributes:
        actor: Its id.
        name: Its name.
        standing: See ``Standing``.
        rank: Its rank; 0 where it has none.
    """

    actor: str
    name: str
    standing: Standing
    rank: int


@dataclass(frozen=True, slots=True)
class BesideOverlap:
    """What stands beside a ranking.

    Attributes:
        infrastructure: What is recorded of the incident's infrastructure, as written.
        victims: What is recorded of whom it hit: sectors and scopes, then places.
        groups: What the leading groups are said to target of that.
        named: Actors that the case names, in the order of its rows; none where nothing was ranked.
        sources: Every source that ``groups`` names.
    """

    infrastructure: tuple[str, ...]
    victims: tuple[Coded, ...]
    groups: tuple[SharedVictims, ...]
    named: tuple[NamedActor, ...]
    sources: tuple[SourceEntry, ...]


def beside_overlap(connection: Connection, case: Case, overlap: Overlap) -> BesideOverlap:
    """What is recorded of infrastructure and victims, and what leading groups share of it.

    Args:
        connection: A reader; below a ceiling it gives what that audience may see.
        case: The incident with all that was recorded.
        overlap: What ``overlap_with_groups`` found for it.
    """
    labels = read_labels(connection)
    incident = case.incident
    wanted = frozenset((*incident.sectors, *incident.countries))
    groups = tuple(
        _shared(connection, labels, (group.actor, group.name), wanted)
        for group in overlap.ranked[:LEADING]
    )
    counts = Counter(key for group in groups for one in group.shared for key in one.basis.sources)
    return BesideOverlap(
        infrastructure=incident.infrastructure,
        victims=(
            *(Coded(code, _sector(labels, code)) for code in incident.sectors),
            *(Coded(code, labels.target(code)) for code in incident.countries),
        ),
        groups=groups,
        named=tuple(_named(connection, case, overlap)),
        sources=tuple(source_entries(connection, dict(counts)).values()),
    )


def _shared(
    connection: Connection, labels: Labels, group: tuple[str, str], wanted: frozenset[str]
) -> SharedVictims:
    stated = [
        one
        for one in statements_about(connection, group[0])
        if one.object
        and one.predicate in (Predicate.TARGETS_SECTOR.value, Predicate.TARGETS_COUNTRY.value)
    ]
    said: defaultdict[tuple[bool, str], list[Stated]] = defaultdict(list)
    for one in stated:
        if one.object in wanted:
            said[one.predicate == Predicate.TARGETS_COUNTRY.value, one.object].append(one)
    shared = [
        Counted(
            code,
            labels.target(code) if place else _sector(labels, code),
            len({one.source for one in found}),
            basis(found),
        )
        for (place, code), found in sorted(said.items())
    ]
    return SharedVictims(*group, bool(stated), tuple(shared))


def _named(connection: Connection, case: Case, overlap: Overlap) -> Iterable[NamedActor]:
    if overlap.refused:
        return
    ranks = {group.actor: group.rank for group in overlap.ranked}
    compared = {group.actor for group in read_features(connection, overlap.as_of).groups}
    ids = (
        *(claim.actor for claim in case.claims if claim.actor),
        *(actor for hypothesis in case.hypotheses for actor in hypothesis.actors),
    )
    rows = (actor_row(connection, one) for one in dict.fromkeys(ids))
    for row in dict.fromkeys(row for row in rows if row is not None):
        standing: Standing = "shares nothing" if row.id in compared else "no profile"
        if row.id in ranks:
            standing = "ranked"
        yield NamedActor(row.id, row.name, standing, ranks.get(row.id, 0))


def _sector(labels: Labels, code: str) -> str:
    """The words of a sector, or of a scope, which is none."""
    found = labels.label("sector", code)
    return found if found != code else labels.label("scope", code)
