"""What a ranking needs of a database for one audience, read once and kept."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from briefing.core.actor import ActorRow
from briefing.core.targeting import TargetStatement
from briefing.core.tlp import Tlp
from briefing.store.actors import list_actors
from briefing.store.ceilings import open_below
from briefing.store.connection import Connection, KnowledgeFile
from briefing.store.dated_incidents import HeldIncident, read_dated_incidents
from briefing.store.exposure import TechniqueUses, users_of
from briefing.store.guarded import guarded_actors
from briefing.store.labels import Labels, read_labels
from briefing.store.snapshots import data_as_of
from briefing.store.sponsors import Sponsor, read_sponsors
from briefing.store.targeting import read_stated_targets

THROUGH_PROVIDERS: Final = ("T1199", "T1195", "T1195.001", "T1195.002", "T1195.003")
"""Trusted Relationship and Supply Chain Compromise (MITRE ATT&CK)."""


@dataclass(frozen=True)
class Memory:
    """What is read once of a database.

    Attributes:
        ceiling: Nothing above it is in here.
        rows: Actors by id, of whom a name may be shown.
        labels: Words of codes.
        subregions: Country → its UN sub-region.
        sponsors: Actor → the one country that is said to be behind it.
        history: Dated incidents, the earliest first.
        stated: Actor → what catalogues say that it targets.
        providers: Actor → techniques by which it comes in through others.
        data_as_of: Day of the newest catalogue or feed, ISO 8601 or "".
    """

    ceiling: Tlp
    rows: Mapping[str, ActorRow]
    labels: Labels
    subregions: Mapping[str, str]
    sponsors: Mapping[str, Sponsor]
    history: tuple[HeldIncident, ...]
    stated: Mapping[str, tuple[TargetStatement, ...]]
    providers: Mapping[str, TechniqueUses]
    data_as_of: str


def read_memory(knowledge: KnowledgeFile, ceiling: Tlp) -> Memory:
    """Read it: about 0.2 s with EuRepoC.

    Args:
        knowledge: The database.
        ceiling: Whoever it is for may see nothing above this level.

    Raises:
        BriefingError: when the database cannot be read.
    """
    reader = open_below(knowledge.path, ceiling)
    try:
        rows = _rows(knowledge.connection, reader.connection, ceiling)
        return _read(reader.connection, rows, ceiling)
    finally:
        reader.close()


def _read(connection: Connection, rows: Mapping[str, ActorRow], ceiling: Tlp) -> Memory:
    labels = read_labels(connection)
    subregions = {}
    for label in labels.all("country"):
        region = json.loads(label.detail).get("sub_region")
        if region:
            subregions[label.code] = str(region[0])
    stated: defaultdict[str, list[TargetStatement]] = defaultdict(list)
    for statement in read_stated_targets(connection):
        if statement.actor in rows:
            stated[statement.actor].append(statement)
    sponsors = read_sponsors(connection)
    behind = {actor: sponsor.country for actor, sponsor in sponsors.items()}
    return Memory(
        ceiling=ceiling,
        rows=rows,
        labels=labels,
        subregions=subregions,
        sponsors=sponsors,
        history=read_dated_incidents(connection, behind),
        stated={actor: tuple(found) for actor, found in stated.items()},
        providers=users_of(connection, THROUGH_PROVIDERS),
        data_as_of=data_as_of(connection),
    )


def _rows(whole: Connection, below: Connection, ceiling: Tlp) -> dict[str, ActorRow]:
    """Actors as the audience may see them: a row sums up statements, so a guarded one is blank."""
    guarded = {actor for actor, level in guarded_actors(whole).items() if level > ceiling}
    entire = {row.id: row for row in list_actors(whole)}
    return {
        row.id: row if row.id in guarded else entire.get(row.id, row)
        for row in list_actors(below)
        if row.name
    }
