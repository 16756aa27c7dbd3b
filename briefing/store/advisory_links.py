"""What an advisory names, with the words that were found and what else bears them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from briefing.core.actor import Coded
from briefing.core.advisory import Link, LinkBasis, UnclearName
from briefing.core.names import normalised

_KINDS = ("actor", "software", "technique", "campaign")
_BY_NAME = (LinkBasis.TITLE.value, LinkBasis.TAG.value)


def links_of(connection: sqlite3.Connection, mentions: Sequence[sqlite3.Row]) -> tuple[Link, ...]:
    """Actors, software, techniques and campaigns, each kind by name.

    Args:
        connection: A reader.
        mentions: Rows of one advisory with ``kind``, ``entity``, ``basis`` and ``words``.
    """
    keys = {normalised(m["words"]) for m in mentions if m["basis"] in _BY_NAME}
    also = bearers(connection, keys, ("actor", "software"))
    found: list[Link] = []
    for kind in _KINDS:
        named = {m["entity"]: m for m in mentions if m["kind"] == kind}
        rows = connection.execute(
            f"SELECT id, name, attack_id FROM {kind} WHERE id IN"  # noqa: S608 - our own table names
            " (SELECT value FROM json_each(?)) ORDER BY name COLLATE NOCASE, id",
            (json.dumps(list(named)),),
        )
        for entity, name, attack_id in rows:
            mention = named[entity]
            basis = LinkBasis(mention["basis"])
            others = also.get(normalised(mention["words"]), ()) if basis in _BY_NAME else ()
            rest = tuple(other for other in others if other.code != entity)
            found.append(Link(kind, entity, name, attack_id, basis, mention["words"], rest))
    return tuple(found)


def unclear_names(
    connection: sqlite3.Connection, mentions: Sequence[sqlite3.Row]
) -> tuple[UnclearName, ...]:
    """Names that several actors bear, with those who bear them."""
    found = [m for m in mentions if m["kind"] == "name"]
    borne = bearers(connection, {m["entity"] for m in found}, ("actor",))
    return tuple(
        UnclearName(m["words"], LinkBasis(m["basis"]), borne.get(m["entity"], ()))
        for m in sorted(found, key=lambda m: str(m["words"]).casefold())
    )


def bearers(
    connection: sqlite3.Connection, keys: Iterable[str], kinds: Sequence[str]
) -> dict[str, tuple[Coded, ...]]:
    """Normalised name → what bears it: id and display name."""
    found: dict[str, dict[str, Coded]] = defaultdict(dict)
    for norm, entity, title in connection.execute(
        "SELECT n.norm, n.entity, ifnull(a.name, w.name) FROM name n"
        " LEFT JOIN actor a ON n.kind = 'actor' AND a.id = n.entity"
        " LEFT JOIN software w ON n.kind = 'software' AND w.id = n.entity"
        " WHERE n.norm IN (SELECT value FROM json_each(?1))"
        " AND n.kind IN (SELECT value FROM json_each(?2))"
        " AND ifnull(a.name, w.name) <> '' ORDER BY n.id",
        (json.dumps(sorted(keys)), json.dumps(list(kinds))),
    ):
        found[norm].setdefault(entity, Coded(entity, title))
    return {norm: tuple(entities.values()) for norm, entities in found.items()}
