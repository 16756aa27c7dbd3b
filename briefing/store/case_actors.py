"""What the catalogue says of the actors that a case names, and who else bears a name in it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from briefing.core.case_page import KnownActor
from briefing.core.names import normalised
from briefing.core.tlp import Tlp, parse_tlp
from briefing.store.actors import json_list

_ACTORS = (
    "SELECT w.value AS wanted, a.id, a.name, a.attack_id, ifnull((SELECT min(s.first_seen)"
    " FROM actor_member m JOIN statement s ON s.subject = m.native"
    " WHERE m.actor = a.id AND s.predicate = 'active-since' AND s.first_seen <> ''"
    " AND s.to_snapshot IS NULL), '') AS first_seen FROM json_each(?) w"
    " JOIN actor a ON a.id = ifnull((SELECT actor FROM actor_member WHERE native = w.value),"
    " w.value) WHERE a.name <> '' ORDER BY w.value"
)
_NAMING = (
    "SELECT s.tlp, o.tlp FROM actor_member m JOIN statement s ON s.subject = m.native"
    " JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source WHERE m.actor = ?"
    " AND s.predicate = 'named' AND s.value = ? AND s.to_snapshot IS NULL"
)
# Else it is the title of a record, which is as guarded as all that the record states.
_TITLED = (
    "SELECT DISTINCT r.id, o.tlp, s.tlp FROM actor_member m JOIN record r ON r.native_id = m.native"
    " AND r.to_snapshot IS NULL JOIN source o ON o.id = r.source"
    " JOIN record f ON f.native_id = r.native_id AND f.source = r.source"
    " LEFT JOIN statement s ON s.record = f.id AND s.to_snapshot IS NULL"
    " WHERE m.actor = ? AND json_extract(r.content, '$.name') = ?"
)
_BEARERS = (
    "SELECT DISTINCT n.norm, a.name, a.id FROM name n JOIN actor a ON a.id = n.entity"
    " WHERE n.kind = 'actor' AND a.name <> '' AND n.norm IN (SELECT value FROM json_each(?))"
    " ORDER BY n.norm, a.name COLLATE NOCASE, a.id"
)


def known_actors(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, KnownActor]:
    """Id as a row has it → the actor; one that is not known, or may not be named, is left out."""
    wanted = json_list(sorted({native for native in ids if native}))
    return {
        row["wanted"]: KnownActor(
            id=row["id"],
            name=row["name"],
            attack_id=row["attack_id"],
            first_seen=row["first_seen"],
            tlp=_level(connection, row["id"], row["name"]),
        )
        for row in connection.execute(_ACTORS, (wanted,)).fetchall()
    }


def shared_names(
    connection: sqlite3.Connection, names: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Name as written → names of the actors that bear it, where they are several."""
    keys = {name: normalised(name) for name in names}
    bearers: defaultdict[str, list[str]] = defaultdict(list)
    wanted = json_list(sorted({key for key in keys.values() if key}))
    for norm, name, _ in connection.execute(_BEARERS, (wanted,)):
        bearers[norm].append(name)
    return {name: tuple(bearers[key]) for name, key in keys.items() if len(bearers[key]) > 1}


def _level(connection: sqlite3.Connection, actor: str, name: str) -> Tlp:
    """The lowest level at which the actor is called so; RED where nothing says it."""
    naming = connection.execute(_NAMING, (actor, name)).fetchall()
    found = [max(map(parse_tlp, levels)) for levels in naming]
    if not found:
        records: defaultdict[int, Tlp] = defaultdict(lambda: Tlp.CLEAR)
        for record, *levels in connection.execute(_TITLED, (actor, name)):
            known = (parse_tlp(tlp) for tlp in levels if tlp is not None)
            records[record] = max(records[record], *known)
        found = list(records.values())
    return min(found, default=Tlp.RED)
