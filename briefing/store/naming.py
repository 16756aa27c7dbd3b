"""At which level it is known what a thing is called, and that there is a source.

A name or a source is known from the lowest level on at which somebody gives it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final

import orjson

from briefing.core.tlp import Tlp, parse_tlp
from briefing.store.actors import json_list

# Statements that stand no more count too: what they were about is still called by its name.
_THINGS: Final = (
    "WITH said AS (SELECT subject, object FROM statement"
    " WHERE key IN (SELECT value FROM json_each(?1))),"
    " thing AS (SELECT subject AS id FROM said UNION SELECT object FROM said WHERE object <> '')"
    " SELECT t.id, m.actor FROM thing t LEFT JOIN actor_member m ON m.native = t.id"
)
_MEMBERS: Final = (
    "SELECT native, actor FROM actor_member WHERE actor IN (SELECT value FROM json_each(?1))"
)
_STATED: Final = (
    "SELECT s.subject, s.value, s.tlp, o.tlp FROM statement s JOIN record r ON r.id = s.record"
    " JOIN source o ON o.id = r.source WHERE s.subject IN (SELECT value FROM json_each(?1))"
    " AND s.predicate = 'named' AND s.to_snapshot IS NULL AND s.value <> ''"
)
_SHOWN: Final = (
    "SELECT id, name FROM actor WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, name FROM incident WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, name FROM campaign WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, title FROM advisory WHERE id IN (SELECT value FROM json_each(?1))",
)
_ABOUT: Final = (
    "SELECT r.native_id, o.tlp, o.tlp FROM record r JOIN source o ON o.id = r.source"
    " WHERE r.native_id IN (SELECT value FROM json_each(?1)) AND r.to_snapshot IS NULL",
    "SELECT s.subject, s.tlp, o.tlp FROM statement s JOIN record r ON r.id = s.record"
    " JOIN source o ON o.id = r.source WHERE s.subject IN (SELECT value FROM json_each(?1))"
    " AND s.to_snapshot IS NULL",
)
_SOURCES: Final = (
    "SELECT o.id, o.tlp, o.tlp FROM source o WHERE o.id IN (SELECT value FROM json_each(?1))",
    "SELECT c.document, s.tlp, o.tlp FROM citation c JOIN statement s ON s.id = c.statement"
    " JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source"
    " WHERE c.document IN (SELECT value FROM json_each(?1))",
    "SELECT s.object, s.tlp, o.tlp FROM statement s JOIN record r ON r.id = s.record"
    " JOIN source o ON o.id = r.source WHERE s.object <> ''"
    " AND s.object IN (SELECT value FROM json_each(?1))",
)


def names_of_things(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[str, Tlp]:
    """Every name of what some statements are about or speak of → the level at which it is known.

    A name that nobody states is the title of a record, which is shown only as a whole: it is as
    guarded as all that is said of the thing.

    Args:
        connection: A reader; below a ceiling it knows the names that its audience may see.
        keys: Keys of statements, those among them that stand no more.
    """
    wanted = orjson.dumps(sorted(set(keys))).decode()
    of = {native: actor or native for native, actor in connection.execute(_THINGS, (wanted,))}
    asked = (json_list(sorted(set(of.values()))),)
    of.update(connection.execute(_MEMBERS, asked).fetchall())
    found = _stated(connection, of)
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for query in _SHOWN:
        for thing, name in connection.execute(query, asked):
            if name and name not in found:
                titles[thing].append(name)
    for thing, level in _guarded(connection, of, titles).items():
        for name in titles[thing]:
            found[name] = min(level, found.get(name, level))
    return found


def levels_of_sources(connection: sqlite3.Connection, keys: Collection[str]) -> dict[str, Tlp]:
    """Key of each source or document → the level from which on it is known that there is one.

    A source is as guarded as it is marked; a document as the least guarded statement that cites or
    names it.

    Args:
        connection: A reader.
        keys: Ids of sources and documents; what the reader does not know is not there.
    """
    asked = (json_list(sorted(set(keys))),)
    found: dict[str, Tlp] = {}
    for query in _SOURCES:
        for key, *levels in connection.execute(query, asked):
            level = max(map(parse_tlp, levels))
            found[key] = min(level, found.get(key, level))
    return found


def _stated(connection: sqlite3.Connection, natives: Iterable[str]) -> dict[str, Tlp]:
    found: dict[str, Tlp] = {}
    for _, name, *levels in connection.execute(_STATED, (json_list(sorted(natives)),)):
        level = max(map(parse_tlp, levels))
        found[name] = min(level, found.get(name, level))
    return found


def _guarded(
    connection: sqlite3.Connection, of: dict[str, str], things: Collection[str]
) -> dict[str, Tlp]:
    """Thing → the highest level of what is said of it; of what nothing is said of, RED."""
    natives = [native for native, thing in of.items() if thing in things]
    found: dict[str, Tlp] = {}
    for query in _ABOUT:
        for native, *levels in connection.execute(query, (json_list(natives),)):
            thing = of[native]
            found[thing] = max(*map(parse_tlp, levels), found.get(thing, Tlp.CLEAR))
    return {thing: found.get(thing, Tlp.RED) for thing in things}
