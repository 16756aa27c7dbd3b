"""Read models of names and of full text: what a person may type to find something."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from briefing.core.names import normalised, skeleton
from briefing.store.contents import Content

_KINDS = {
    "threat-actor": "actor",
    "intrusion-set": "actor",
    "attack-pattern": "technique",
    "malware": "software",
    "tool": "software",
    "course-of-action": "mitigation",
}
"""Kind of a record → kind of the thing it names; names of other kinds are no keys of a look-up."""
_IN_KINDS = "kind IN ({})".format(", ".join(f"'{kind}'" for kind in _KINDS))
_NAMES = (
    "SELECT s.id, s.subject, s.value, r.kind, r.source FROM statement s"  # noqa: S608 - our kinds
    " JOIN record r ON r.id = s.record WHERE s.predicate = 'named' AND s.to_snapshot IS NULL"
    " AND r." + _IN_KINDS
)
_RECORDS = (
    "SELECT source, native_id, content FROM record"  # noqa: S608 - our own kinds
    " WHERE to_snapshot IS NULL AND " + _IN_KINDS
)


def fill_names(connection: sqlite3.Connection, order: Sequence[str]) -> None:
    """Every name of an actor, technique, piece of software or mitigation.

    A name without a letter or digit is no key for a look-up, so it has no row; it stays a
    statement.
    """
    rank = {source: place for place, source in enumerate(order)}
    members = dict(connection.execute("SELECT native, actor FROM actor_member").fetchall())
    mains = _main_names(connection)
    rows = []
    for statement, subject, value, kind, source in connection.execute(_NAMES):
        label = _KINDS[kind]
        entity = members.get(subject) if label == "actor" else subject
        key = normalised(value)
        if entity and key:
            main = int(mains.get((source, subject)) == value)
            order_key = (rank[source], subject, -main, statement)
            rows.append((order_key, key, skeleton(value), value, label, entity, statement, main))
    rows.sort()
    connection.executemany(
        "INSERT INTO name (norm, skeleton, display, kind, entity, statement, main)"
        " VALUES (?,?,?,?,?,?,?)",
        [row[1:] for row in rows],
    )


def _main_names(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """(source, native id) → the main name its current record bears."""
    return {
        (source, native): Content.read(native, text).name
        for source, native, text in connection.execute(_RECORDS)
    }


def fill_search(connection: sqlite3.Connection) -> None:
    """Full text: names as title; what sources and we say as body."""
    for kind, query in (
        ("actor", "SELECT id FROM actor ORDER BY id"),
        ("technique", "SELECT id FROM technique WHERE revoked = 0 ORDER BY groups DESC, id"),
        ("software", "SELECT id FROM software WHERE revoked = 0 ORDER BY groups DESC, id"),
        ("mitigation", "SELECT id FROM mitigation ORDER BY id"),
    ):
        connection.execute(
            f"INSERT INTO search_item (kind, ref) SELECT ?, id FROM ({query})",  # noqa: S608 - ours
            (kind,),
        )
    connection.execute(
        "INSERT INTO search (rowid, title, body) SELECT i.id,"
        " (SELECT group_concat(n.display, ' · ') FROM name n WHERE n.entity = i.ref),"
        " (SELECT group_concat(s.value, ' ') FROM actor_member m JOIN statement s"
        " ON s.subject = m.native WHERE m.actor = i.ref AND s.predicate = 'described-as'"
        " AND s.to_snapshot IS NULL) FROM search_item i WHERE i.kind = 'actor'"
    )
    texts = (
        "SELECT i.id, t.attack_id || ' ' || t.name, json_extract(r.content, '$.description')"
        " FROM search_item i JOIN {} t ON t.id = i.ref JOIN record r ON r.id = t.record"
    )
    for kind in ("technique", "software", "mitigation"):
        connection.execute(f"INSERT INTO search (rowid, title, body) {texts.format(kind)}")
