"""What ties an actor to others: shared names, open identity questions, stated overlaps."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from briefing.core.actor import Basis, Coded, RelatedActor
from briefing.core.tlp import parse_tlp


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
        " q AS (SELECT other, 'may be the same' AS relation, reason, '' AS by, '' AS since"
        " FROM identity_queue WHERE one IN mine"
        " UNION ALL SELECT one, 'may be the same', reason, '', '' FROM identity_queue"
        " WHERE other IN mine UNION ALL SELECT other, relation, reason, decided_by,"
        " substr(decided_at, 1, 10) FROM identity WHERE withdrawn_at IS NULL AND one IN mine"
        " UNION ALL SELECT one, relation, reason, decided_by, substr(decided_at, 1, 10)"
        " FROM identity WHERE withdrawn_at IS NULL AND other IN mine)"
        " SELECT a.id, a.name, q.relation, q.reason, q.by, q.since FROM q"
        " JOIN actor_member n ON n.native = q.other JOIN actor a ON a.id = n.actor"
        " WHERE n.actor <> ?1",
        (actor,),
    ):
        found.setdefault(row["id"], RelatedActor(*row))
    for row in connection.execute(
        "SELECT a.id, a.name, s.predicate, s.value, s.key, s.tlp, o.id AS source, o.title,"
        " substr(n0.taken_at, 1, 10) AS since FROM actor_member m JOIN statement s"
        " ON s.subject = m.native AND s.predicate IN ('overlaps-with', 'disputed-with')"
        " AND s.to_snapshot IS NULL JOIN snapshot n0 ON n0.id = s.from_snapshot"
        " JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source"
        " JOIN actor_member n ON n.native = s.object JOIN actor a ON a.id = n.actor"
        " WHERE m.actor = ? AND n.actor <> m.actor ORDER BY s.id",
        (actor,),
    ):
        other = RelatedActor(
            id=row["id"],
            name=row["name"],
            relation=row["predicate"],
            reason=f"{row['title']} calls them “{row['value']}”.",
            by=row["title"],
            since=row["since"],
            basis=Basis((row["source"],), (row["key"],), parse_tlp(row["tlp"])),
        )
        found.setdefault(row["id"], other)
    return tuple(found.values())


def origins_since(connection: sqlite3.Connection, actor: str) -> dict[int, str]:
    """Key of a statement about an actor's origin → day since which it has been held here."""
    return dict(
        connection.execute(
            "SELECT s.key, substr(min(n.taken_at), 1, 10) FROM actor_member m JOIN statement s"
            " ON s.subject = m.native AND s.predicate IN ('sponsored-by', 'located-in')"
            " JOIN snapshot n ON n.id = s.from_snapshot WHERE m.actor = ? GROUP BY s.key",
            (actor,),
        ).fetchall()
    )


def profile_heads(connection: sqlite3.Connection, actor: str) -> tuple[str, str]:
    """The two page titles of our own profile, or empty words."""
    row = connection.execute(
        "SELECT json_extract(r.content, '$.headline'), json_extract(r.content, '$.how_headline')"
        " FROM actor_member m JOIN record r ON r.native_id = m.native AND r.to_snapshot IS NULL"
        " WHERE m.actor = ? AND r.source = 'threat-briefing' LIMIT 1",
        (actor,),
    ).fetchone()
    return (row[0], row[1]) if row else ("", "")
