"""What a person brings from MISP: a context to read it in, events written here, files of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from galaxy_samples import UUID, real_vocabulary
from store_samples import source

from briefing.core.changes import ChangeSet, SourceInfo, StatementDraft
from briefing.feeds.misp_event import parse_misp_events
from briefing.feeds.payload import FeedContext, Payload

SOURCES = (
    "mitre-attack",
    "misp-threat-actor",
    "microsoft-activity-group",
    "tidal-groups",
    "misp-galaxies",
)


def context(
    *,
    chosen: SourceInfo | None = None,
    producers: Mapping[str, str] | None = None,
    known_ids: Mapping[str, str] | None = None,
    events: str = "RED",
) -> FeedContext:
    """What feeds are read with; ``events`` is the label of events that bear none."""
    known = {name: source(name) for name in SOURCES}
    known["misp-events"] = source("misp-events", tlp=events)
    return FeedContext(real_vocabulary(), known, chosen, producers or {}, known_ids or {})


def attribute(kind: str, value: str, category: str = "Payload delivery", **more: Any) -> Any:
    """One attribute of an event; ``tags`` become its tags."""
    tags = [{"name": tag} for tag in more.pop("tags", ())]
    return {"type": kind, "category": category, "value": value, "Tag": tags, **more}


def event(
    number: int = 1, *attributes: Any, title: str = "A fox was seen", **fields: Any
) -> dict[str, Any]:
    """One event; ``tags`` become its tags."""
    tags = [{"name": tag} for tag in fields.pop("tags", ())]
    return {
        "uuid": UUID.format(number),
        "info": title,
        "date": "2024-05-06",
        "timestamp": "1715000000",
        "published": True,
        "Orgc": {"name": "Owls’ Watch", "uuid": UUID.format(900)},
        "Tag": tags,
        "Attribute": list(attributes),
        **fields,
    }


def embedded(kind: str, *clusters: Mapping[str, Any]) -> dict[str, Any]:
    """A galaxy with clusters, as events embed it."""
    return {"type": kind, "GalaxyCluster": [{"type": kind, **found} for found in clusters]}


def payload(value: Any, name: str = "event.json") -> Payload:
    """A JSON file."""
    return Payload(name, orjson.dumps(value))


def read_events(*events: Any, **settings: Any) -> ChangeSet:
    """Events as a change-set, one in its wrapping, several in a list."""
    wrapped = [{"Event": item} for item in events]
    whole = wrapped[0] if len(wrapped) == 1 else wrapped
    return parse_misp_events(payload(whole), context(**settings))


def said(changes: ChangeSet, predicate: str, what: str = "") -> list[StatementDraft]:
    """Statements with a predicate, all or those with an object."""
    return [
        statement
        for record in changes.records
        for statement in record.statements
        if statement.predicate.value == predicate and what in ("", statement.object)
    ]
