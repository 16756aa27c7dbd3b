"""What ties an actor to others: shared names, open identity questions, stated overlaps."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from briefing.core.actor import Coded, RelatedActor


def names_shared(
    connection: sqlite3.Connection, actor: str
) -> tuple[dict[str, tuple[Coded, ...]], frozenset[str]]:
    """Normalised name → other actors that bear it, and the names that software bears too."""
    others: dict[str, dict[str, Coded]] = defaultdict(dict)
    software = set()
    for norm, kind, entity, name in connection.execute(
        "SELECT o.norm, o.kind, o.entity, ifnull(a.name, o.display) FROM name mine"
        " JOIN name o ON o.norm = mine.norm AND o.entity <> mine.entity"
        " AND o.kind IN ('actor', 'software') LEFT JOIN actor a ON a.id = o.entity"
        " WHERE mine.entity = ? ORDER BY a.documents DESC",
        (actor,),
    ):
        if kind == "actor":
            others[norm][entity] = Coded(entity, name)
        else:
            software.add(norm)
    return {norm: tuple(found.values()) for norm, found in others.items()}, frozenset(software)


def related_actors(connection: sqlite3.Connection, actor: str) -> tuple[RelatedActor, ...]:
    """Actors that may be the same, were kept apart by a person, or overlap as a source says."""
    found: dict[str, RelatedActor] = {}
    for row in connection.execute(
        "WITH mine AS (SELECT native FROM actor_member WHERE actor = ?1),"
        " q AS (SELECT other, 'may be the same' AS relation, reason FROM identity_queue"
        " WHERE one IN mine UNION ALL SELECT one, 'may be the same', reason FROM identity_queue"
        " WHERE other IN mine UNION ALL SELECT other, relation, reason FROM identity"
        " WHERE withdrawn_at IS NULL AND one IN mine UNION ALL SELECT one, relation, reason"
        " FROM identity WHERE withdrawn_at IS NULL AND other IN mine)"
        " SELECT a.id, a.name, q.relation, q.reason FROM q"
        " JOIN actor_member n ON n.native = q.other JOIN actor a ON a.id = n.actor"
        " WHERE n.actor <> ?1",
        (actor,),
    ):
        found.setdefault(row["id"], RelatedActor(*row))
    for row in connection.execute(
        "SELECT a.id, a.name, s.value, o.title FROM actor_member m JOIN statement s"
        " ON s.subject = m.native AND s.predicate = 'overlaps-with' AND s.to_snapshot IS NULL"
        " JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source"
        " JOIN actor_member n ON n.native = s.object JOIN actor a ON a.id = n.actor"
        " WHERE m.actor = ? AND n.actor <> m.actor ORDER BY s.id",
        (actor,),
    ):
        reason = f"{row['title']} calls them “{row['value']}”."
        found.setdefault(row["id"], RelatedActor(row["id"], row["name"], "overlaps-with", reason))
    return tuple(found.values())


def profile_heads(connection: sqlite3.Connection, actor: str) -> tuple[str, str]:
    """The two page titles of our own profile, or empty words."""
    row = connection.execute(
        "SELECT json_extract(r.content, '$.headline'), json_extract(r.content, '$.how_headline')"
        " FROM actor_member m JOIN record r ON r.native_id = m.native AND r.to_snapshot IS NULL"
        " WHERE m.actor = ? AND r.source = 'threat-briefing' LIMIT 1",
        (actor,),
    ).fetchone()
    return (row[0], row[1]) if row else ("", "")
