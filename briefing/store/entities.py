"""Pages of techniques, software and mitigations."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from briefing.core.actor import ActorRow, MitigationRef
from briefing.core.entity import Entity, EntityRef
from briefing.core.errors import NotFoundError
from briefing.store.actors import to_row
from briefing.store.labels import Labels
from briefing.store.techniques import groups_total

_TABLES = {
    "attack-pattern": "technique",
    "malware": "software",
    "tool": "software",
    "course-of-action": "mitigation",
}

_PAGE = (
    "SELECT t.*, json_extract(r.content, '$.description') AS description, s.title AS source"
    " FROM {} t JOIN record r ON r.id = t.record JOIN source s ON s.id = r.source WHERE t.id = ?"
)


def open_entity(connection: sqlite3.Connection, labels: Labels, entity: str) -> Entity:
    """The page of a technique, a piece of software or a mitigation.

    Raises:
        NotFoundError: when there is no such thing here.
    """
    table = _TABLES.get(entity.partition("--")[0], "")
    row = connection.execute(_PAGE.format(table), (entity,)).fetchone() if table else None
    if row is None:
        raise NotFoundError(f"There is no technique, software or mitigation {entity} here.")
    fields = dict(row)
    return Entity(
        id=fields["id"],
        kind=fields["kind"] if table == "software" else table,
        attack_id=fields["attack_id"],
        name=fields["name"],
        description=fields["description"] or "",
        url=fields["url"],
        source=fields["source"],
        stages=tuple(labels.coded("stage", code) for code in _split(fields, "stages")),
        tactics=tuple(labels.coded("tactic", code) for code in _split(fields, "tactics")),
        platforms=_split(fields, "platforms"),
        detections=tuple(json.loads(fields.get("detections") or "[]")),
        mitigations=_mitigations(connection, entity),
        actors=_users(connection, entity),
        related=_related(connection, entity),
        groups=fields.get("groups", 0),
        groups_total=groups_total(connection),
    )


def _split(fields: dict[str, Any], name: str) -> tuple[str, ...]:
    joined = fields.get(name) or ""
    return tuple(joined.split(",")) if joined else ()


def _mitigations(connection: sqlite3.Connection, entity: str) -> tuple[MitigationRef, ...]:
    rows = connection.execute(
        "SELECT m.attack_id, m.name FROM statement s JOIN mitigation m ON m.id = s.object"
        " WHERE s.subject = ? AND s.predicate = 'mitigated-by' AND s.to_snapshot IS NULL"
        " AND m.attack_id LIKE 'M%' ORDER BY m.attack_id",
        (entity,),
    )
    return tuple(MitigationRef(*row) for row in rows)


def _users(connection: sqlite3.Connection, entity: str) -> tuple[ActorRow, ...]:
    rows = connection.execute(
        "SELECT a.* FROM actor a WHERE a.id IN (SELECT m.actor FROM statement s"
        " JOIN actor_member m ON m.native = s.subject WHERE s.object = ? AND s.predicate IN"
        " ('uses-technique', 'uses-software') AND s.to_snapshot IS NULL)"
        " ORDER BY a.own_profile DESC, a.documents DESC, a.name COLLATE NOCASE",
        (entity,),
    )
    return tuple(to_row(row) for row in rows)


def _related(connection: sqlite3.Connection, entity: str) -> tuple[EntityRef, ...]:
    """Software using a technique, techniques of a piece of software or of a mitigation."""
    rows = connection.execute(
        "SELECT DISTINCT w.id, w.kind, w.attack_id, w.name FROM statement s"
        " JOIN software w ON w.id = s.subject WHERE s.object = ?1 AND s.predicate ="
        " 'uses-technique' AND s.to_snapshot IS NULL AND w.revoked = 0"
        " UNION SELECT t.id, 'technique', t.attack_id, t.name FROM statement s"
        " JOIN technique t ON t.id = s.object WHERE s.subject = ?1 AND s.predicate ="
        " 'uses-technique' AND s.to_snapshot IS NULL AND t.revoked = 0"
        " UNION SELECT t.id, 'technique', t.attack_id, t.name FROM statement s"
        " JOIN technique t ON t.id = s.subject WHERE s.object = ?1 AND s.predicate ="
        " 'mitigated-by' AND s.to_snapshot IS NULL AND t.revoked = 0 ORDER BY 3",
        (entity,),
    )
    return tuple(EntityRef(*row) for row in rows)
