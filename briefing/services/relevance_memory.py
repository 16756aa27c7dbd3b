"""What a ranking needs of a database, read once and kept."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.core.actor import ActorRow
from briefing.core.targeting import TargetStatement
from briefing.services.inspect_database import data_as_of
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile
from briefing.store.dated_incidents import HeldIncident, read_dated_incidents
from briefing.store.labels import Labels, read_labels
from briefing.store.overview import source_summaries
from briefing.store.targeting import read_targets


@dataclass(frozen=True)
class Memory:
    """What is read once of a database.

    Attributes:
        rows: Actors by id.
        labels: Words of codes.
        subregions: Country → its UN sub-region.
        sponsors: Actor → the one country that is said to be behind it.
        history: Dated incidents.
        stated: Actor → what catalogues say that it targets.
        data_as_of: Day of the newest catalogue or feed, ISO 8601 or "".
    """

    rows: Mapping[str, ActorRow]
    labels: Labels
    subregions: Mapping[str, str]
    sponsors: Mapping[str, str]
    history: tuple[HeldIncident, ...]
    stated: Mapping[str, tuple[TargetStatement, ...]]
    data_as_of: str


def read_memory(knowledge: KnowledgeFile) -> Memory:
    """Read it: about 0.1 s with EuRepoC.

    Raises:
        BriefingError: when the database cannot be read.
    """
    connection = knowledge.connection
    labels = read_labels(connection)
    rows = {row.id: row for row in list_actors(connection)}
    subregions = {}
    for label in labels.all("country"):
        found = json.loads(label.detail).get("sub_region") or []
        if found:
            subregions[label.code] = str(found[0])
    sponsors = {row.id: row.origins[0] for row in rows.values() if len(row.origins) == 1}
    stated: defaultdict[str, list[TargetStatement]] = defaultdict(list)
    for statement in read_targets(connection):
        if not statement.incident and statement.actor in rows:
            stated[statement.actor].append(statement)
    return Memory(
        rows=rows,
        labels=labels,
        subregions=subregions,
        sponsors=sponsors,
        history=read_dated_incidents(connection, sponsors),
        stated={actor: tuple(found) for actor, found in stated.items()},
        data_as_of=data_as_of(source_summaries(connection)),
    )
