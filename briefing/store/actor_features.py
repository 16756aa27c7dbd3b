"""Which techniques and software known groups are said to use, now or as of a day.

A known group is an actor with an ATT&CK group id of which at least one technique or piece of
software is stated: the overlap was measured on such groups only, and other sources state too little
(nine pieces of software for six actors of the bundled catalogue) to compare anybody with. What any
source states of the actor counts. What MISP carries of ATT&CK counts only for objects that none of
ATT&CK's own files holds: it lags behind.

A state of the past holds what the catalogues of that day said, by the days of their releases
(``snapshots.AS_OF``). Who is who, names and what took the place of withdrawn objects are today's.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import orjson

from briefing.analysis.overlap import Group, is_feature
from briefing.core.case import Cited
from briefing.core.tlp import Tlp, parse_tlp
from briefing.store.actors import json_list
from briefing.store.attack_models import OWN_FILES, VIA_MISP
from briefing.store.contents import Content
from briefing.store.snapshots import AS_OF

_MOST_STEPS: Final = 8
"""How often what took an object's place may itself have been replaced."""
_HELD: Final = (
    "{0}.from_snapshot IN (SELECT id FROM held) AND ({0}.to_snapshot IS NULL"
    " OR {0}.to_snapshot NOT IN (SELECT id FROM held))"
)
_DAY: Final = AS_OF.format(n="n")
_WITH_HELD: Final = f"WITH held AS (SELECT n.id FROM snapshot n WHERE :day = '' OR {_DAY} <= :day)"  # noqa: S608 - our own expressions
# In this order: from the few actors with a number to what is stated of them.
_USES: Final = (
    " FROM actor a CROSS JOIN actor_member m ON m.actor = a.id CROSS JOIN statement s"  # noqa: S608 - as above
    " ON s.subject = m.native AND s.predicate IN ('uses-technique', 'uses-software')"
    f" CROSS JOIN record r ON r.id = s.record WHERE a.attack_id <> '' AND {_HELD.format('s')}"
    " AND (r.source <> :misp OR NOT EXISTS (SELECT 1 FROM record h WHERE h.native_id = s.object"
    f" AND h.source IN (SELECT value FROM json_each(:own)) AND {_HELD.format('h')}))"
)
_PROFILES: Final = f"{_WITH_HELD} SELECT a.id, a.name, a.attack_id, s.object, r.source{_USES}"
_STATED: Final = (
    f"{_WITH_HELD} SELECT s.id, s.object, s.tlp, r.source, s.key{_USES} AND a.id = :actor"
    " ORDER BY s.id"
)
_CITED: Final = (
    "SELECT c.statement, d.url, d.title, d.publisher, d.published, ifnull(o.url, '')"
    " FROM citation c JOIN document d ON d.id = c.document LEFT JOIN document o"
    " ON o.id = d.origin_id WHERE c.statement IN (SELECT value FROM json_each(?))"
    " ORDER BY c.statement, c.place"
)
_NEWEST: Final = (
    f"SELECT max({_DAY}) FROM snapshot n WHERE n.source IN (SELECT value FROM json_each(?1))"  # noqa: S608 - as above
    f" AND (?2 = '' OR {_DAY} <= ?2)"
)
_FIRST: Final = (
    f"SELECT min({_DAY}) FROM snapshot n WHERE n.source IN (SELECT value FROM json_each(?))"  # noqa: S608 - as above
)


@dataclass(frozen=True, slots=True)
class KnownFeatures:
    """Everything that an incident can be compared with.

    Attributes:
        groups: Known groups, by ATT&CK id.
        names: ATT&CK id of a technique or piece of software → its name, withdrawn ones included.
        replaced: ATT&CK id of a withdrawn one → id of what took its place.
        as_of: Day of the newest release that counts, ISO 8601, or "".
        begins: Day of the first release of ATT&CK that is held, ISO 8601, or "".
    """

    groups: tuple[Group, ...]
    names: Mapping[str, str]
    replaced: Mapping[str, str]
    as_of: str
    begins: str


@dataclass(frozen=True, slots=True)
class StatedUse:
    """One statement that a group uses a feature.

    Attributes:
        feature: ATT&CK id.
        tlp: Its level.
        source: Id of the source.
        documents: What it cites, in order.
        key: The statement's key.
    """

    feature: str
    tlp: Tlp
    source: str
    documents: tuple[Cited, ...]
    key: int


class _Object(NamedTuple):
    """A technique or piece of software."""

    attack_id: str
    name: str
    withdrawn: bool


def read_features(connection: sqlite3.Connection, as_of: str = "") -> KnownFeatures:
    """What known groups are said to use.

    Args:
        connection: A reader; below a ceiling it gives what that audience may see.
        as_of: ISO 8601 day as of which; "" for what is said now.
    """
    objects = _objects(connection)
    replaced = _replaced(connection, objects)
    rows = connection.execute(_PROFILES, _parameters(as_of)).fetchall()
    ids = _attack_ids(connection, objects, replaced, {row[3] for row in rows})
    heads: dict[str, tuple[str, str]] = {}
    used: defaultdict[str, set[str]] = defaultdict(set)
    for actor, name, attack_id, native, _ in rows:
        if native in ids:
            heads[actor] = (name, attack_id)
            used[actor].add(ids[native])
    groups = [Group(actor, *head, frozenset(used[actor])) for actor, head in heads.items()]
    sources = {row[4] for row in rows}
    return KnownFeatures(
        groups=tuple(sorted(groups, key=lambda group: (group.attack_id, group.actor))),
        names={one.attack_id: one.name for one in objects.values()},
        replaced={objects[native].attack_id: attack_id for native, attack_id in replaced.items()},
        as_of=_day(connection, _NEWEST, json_list(sorted(sources)), as_of),
        begins=_day(connection, _FIRST, json_list((*OWN_FILES, VIA_MISP))),
    )


def read_uses(
    connection: sqlite3.Connection, actor: str, features: Iterable[str], as_of: str = ""
) -> tuple[StatedUse, ...]:
    """Every statement that a known group uses one of some features, in the order of the rows.

    Args:
        connection: A reader.
        actor: Id of the actor.
        features: ATT&CK ids.
        as_of: As for ``read_features``.
    """
    objects = _objects(connection)
    replaced = _replaced(connection, objects)
    rows = connection.execute(_STATED, {**_parameters(as_of), "actor": actor}).fetchall()
    ids = _attack_ids(connection, objects, replaced, {row[1] for row in rows})
    wanted = frozenset(features)
    kept = [row for row in rows if ids.get(row[1]) in wanted]
    cited: defaultdict[int, list[Cited]] = defaultdict(list)
    for statement, url, title, publisher, published, repeats in connection.execute(
        _CITED, (json_list([row[0] for row in kept]),)
    ):
        cited[statement].append(Cited(url, title, publisher, published, repeats))
    return tuple(
        StatedUse(ids[native], parse_tlp(tlp), source, tuple(cited[row]), key)
        for row, native, tlp, source, key in kept
    )


def group_page(connection: sqlite3.Connection, actor: str) -> str:
    """Address of ATT&CK's page of an actor, or ""."""
    for native, text in connection.execute(
        "SELECT r.native_id, r.content FROM actor_member m JOIN record r ON r.native_id = m.native"
        " WHERE m.actor = ? AND r.to_snapshot IS NULL ORDER BY r.id",
        (actor,),
    ):
        url = Content.read(native, text).url
        if "/groups/" in url:
            return url
    return ""


def _parameters(as_of: str) -> dict[str, str]:
    return {"day": as_of, "misp": VIA_MISP, "own": json_list(OWN_FILES)}


def _objects(connection: sqlite3.Connection) -> dict[str, _Object]:
    """Native id → technique or piece of software, of those that ATT&CK has given an id."""
    rows = connection.execute(
        "SELECT id, attack_id, name, revoked FROM technique"
        " UNION ALL SELECT id, attack_id, name, revoked FROM software ORDER BY 1"
    )
    return {
        native: _Object(attack_id, name, bool(revoked))
        for native, attack_id, name, revoked in rows
        if is_feature(attack_id)
    }


def _replaced(connection: sqlite3.Connection, objects: Mapping[str, _Object]) -> dict[str, str]:
    """Native id of a withdrawn object → ATT&CK id of what stands in its place now."""
    withdrawn = [native for native, one in objects.items() if one.withdrawn]
    steps = _steps(connection, withdrawn)
    found = {}
    for native in withdrawn:
        now, left = native, _MOST_STEPS
        while now in steps and left:
            now, left = steps[now], left - 1
        if now in objects and not objects[now].withdrawn:
            found[native] = objects[now].attack_id
    return found


def _steps(connection: sqlite3.Connection, withdrawn: list[str]) -> dict[str, str]:
    """Native id → native id of what it was withdrawn for, as ATT&CK or MISP write it."""
    wanted = (json_list(withdrawn),)
    steps: dict[str, str] = {}
    for native, text in connection.execute(
        "SELECT native_id, json_extract(content, '$.related') FROM record WHERE native_id IN"
        " (SELECT value FROM json_each(?)) AND to_snapshot IS NULL"
        " AND json_type(content, '$.related') = 'array'",
        wanted,
    ):
        for related in orjson.loads(text):
            if isinstance(related, dict) and related.get("type") == "revoked-by":
                steps[native] = f"{native.partition('--')[0]}--{related.get('dest-uuid')}"
    steps.update(
        connection.execute(
            "SELECT subject, object FROM statement WHERE predicate = 'same-as' AND subject IN"
            " (SELECT value FROM json_each(?)) AND to_snapshot IS NULL ORDER BY id",
            wanted,
        ).fetchall()
    )
    return steps


def _attack_ids(
    connection: sqlite3.Connection,
    objects: Mapping[str, _Object],
    replaced: Mapping[str, str],
    natives: Iterable[str],
) -> dict[str, str]:
    """Native id → the ATT&CK id by which it counts, of those that have one.

    An object that no source holds any more keeps the id of its last record.
    """
    found: dict[str, str] = {}
    gone = []
    for native in natives:
        if native in objects:
            found[native] = replaced.get(native, objects[native].attack_id)
        else:
            gone.append(native)
    for native, text in connection.execute(
        "SELECT native_id, content FROM record WHERE native_id IN (SELECT value FROM json_each(?))"
        " ORDER BY id",
        (json_list(gone),),
    ):
        attack_id = Content.read(native, text).attack_id
        if is_feature(attack_id):
            found[native] = attack_id
    return found


def _day(connection: sqlite3.Connection, query: str, *parameters: str) -> str:
    return str(connection.execute(query, parameters).fetchone()[0] or "")
