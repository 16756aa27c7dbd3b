"""Read models: what screens ask for, made again from records and statements at any time.

Nothing here holds a fact of its own; ``rebuild`` empties and refills every read model, and a test
shows that a second rebuild differs in nothing.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from briefing.analysis.identity import ActorRecord, Decision, Resolution, resolve
from briefing.core.changes import Predicate
from briefing.core.names import normalised, skeleton
from briefing.store.schema import READ_MODELS

ATTACK = "mitre-attack"
SOURCE_ORDER = (
    ATTACK,
    "misp-threat-actor",
    "microsoft-activity-group",
    "tidal-groups",
    "threat-briefing",
)
"""In which order sources form actors; an unknown source comes after these."""

_ACTOR_KINDS = ("threat-actor", "intrusion-set")
_GROUP_ID = re.compile(r"^G\d{4}$")


def rebuild(connection: sqlite3.Connection) -> Resolution:
    """Empty and refill every read model inside the caller's transaction."""
    for table in READ_MODELS:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table names
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    _attack_objects(connection)
    resolution = resolve_actors(connection)
    _members(connection, resolution)
    _names(connection, resolution)
    _actors(connection)
    _search(connection)
    return resolution


def resolve_actors(connection: sqlite3.Connection) -> Resolution:
    """Form actors from the current records and everything people have decided."""
    records = _actor_records(connection)
    sources = {record.source for record in records}
    order = [source for source in SOURCE_ORDER if source in sources]
    order += sorted(sources - set(SOURCE_ORDER))
    decisions = [
        Decision(*row)
        for row in connection.execute(
            "SELECT one, other, relation, reason, decided_by FROM identity"
            " WHERE withdrawn_at IS NULL ORDER BY id"
        )
    ]
    return resolve(records, order, decisions)


def _actor_records(connection: sqlite3.Connection) -> list[ActorRecord]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, value in connection.execute(
        "SELECT s.subject, s.value FROM statement s JOIN record r ON r.id = s.record"
        " WHERE s.predicate = 'named' AND s.to_snapshot IS NULL"
        " AND r.kind IN ('threat-actor', 'intrusion-set') ORDER BY s.id"
    ):
        key = normalised(value)
        if key:
            names[subject].setdefault(key, value)
    records = []
    for native, source, content in connection.execute(
        "SELECT native_id, source, content FROM record WHERE to_snapshot IS NULL"
        " AND kind IN ('threat-actor', 'intrusion-set') ORDER BY id"
    ):
        value = orjson.loads(content)
        if value.get("revoked"):
            continue
        known = names.get(native, {})
        label = next(iter(known.values()), native)
        own_id = _own_id(value) if source == ATTACK else ""
        records.append(ActorRecord(native, source, label, known, own_id, _stated_ids(value)))
    return records


def _own_id(content: dict[str, Any]) -> str:
    meta = content.get("meta")
    return str(meta.get("external_id", "")) if isinstance(meta, dict) else ""


def _stated_ids(content: dict[str, Any]) -> frozenset[str]:
    meta = content.get("meta")
    if not isinstance(meta, dict):
        return frozenset()
    synonyms = meta.get("synonyms")
    candidates = [meta.get("external_id"), meta.get("group_attack_id")]
    candidates += synonyms if isinstance(synonyms, list) else [synonyms]
    return frozenset(c for c in candidates if isinstance(c, str) and _GROUP_ID.match(c))


def _members(connection: sqlite3.Connection, resolution: Resolution) -> None:
    connection.executemany(
        "INSERT INTO actor_member VALUES (?, ?)", sorted(resolution.actor_of.items())
    )
    for table, links in (("identity_queue", resolution.queue), ("identity_link", resolution.links)):
        decided = table == "identity_link"
        connection.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES ({'?,' * (4 + decided - 1)}?)",  # noqa: S608
            [
                (link.one, link.other, link.basis, link.reason)
                + ((link.decided_by,) if decided else ())
                for link in links
            ],
        )


def _attack_objects(connection: sqlite3.Connection) -> None:
    stage_of = _stage_of_tactic(connection)
    groups = _group_counts(connection)
    for row, native, kind, content in connection.execute(
        "SELECT id, native_id, kind, content FROM record WHERE to_snapshot IS NULL AND kind IN"
        " ('attack-pattern', 'malware', 'tool', 'course-of-action') ORDER BY id"
    ).fetchall():
        value = orjson.loads(content)
        meta = value.get("meta", {})
        item = _AttackObject(
            row=row,
            native=native,
            name=_main_name(value),
            attack_id=str(meta.get("external_id", "")),
            meta=meta,
            revoked=int(bool(value.get("revoked"))),
            groups=groups.get(native, 0),
        )
        if kind == "attack-pattern":
            _insert_technique(connection, item, stage_of)
        elif kind == "course-of-action":
            _insert_mitigation(connection, item)
        else:
            _insert_software(connection, item, kind)


@dataclass(frozen=True, slots=True)
class _AttackObject:
    """What technique, software and mitigation have in common."""

    row: int
    native: str
    name: str
    attack_id: str
    meta: dict[str, Any]
    revoked: int
    groups: int

    @property
    def url(self) -> str:
        """The object's page at MITRE, or ""."""
        for reference in self.meta.get("refs", ()):
            if str(reference).startswith("https://attack.mitre.org/"):
                return str(reference)
        return ""


def _insert_technique(
    connection: sqlite3.Connection, item: _AttackObject, stage_of: dict[str, str]
) -> None:
    chain = item.meta.get("kill_chain", ())
    tactics = tuple(dict.fromkeys(entry.rpartition(":")[2] for entry in chain))
    stages = dict.fromkeys(stage_of[tactic] for tactic in tactics if tactic in stage_of)
    connection.execute(
        "INSERT INTO technique VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            item.native,
            item.attack_id,
            item.name,
            item.attack_id.partition(".")[0] if "." in item.attack_id else "",
            ",".join(tactics),
            ",".join(stages),
            ",".join(item.meta.get("mitre_platforms", ())),
            json.dumps(item.meta.get("mitre_data_sources", []), ensure_ascii=False),
            item.url,
            item.row,
            item.revoked,
            item.groups,
        ),
    )


def _insert_software(connection: sqlite3.Connection, item: _AttackObject, kind: str) -> None:
    connection.execute(
        "INSERT INTO software VALUES (?,?,?,?,?,?,?,?)",
        (
            *(item.native, item.attack_id, item.name, kind),
            *(item.url, item.row, item.revoked, item.groups),
        ),
    )


def _insert_mitigation(connection: sqlite3.Connection, item: _AttackObject) -> None:
    connection.execute(
        "INSERT INTO mitigation VALUES (?,?,?,?,?)",
        (item.native, item.attack_id, item.name, item.url, item.row),
    )


def _stage_of_tactic(connection: sqlite3.Connection) -> dict[str, str]:
    """Stage of each tactic by short name, names of older ATT&CK releases included."""
    found: dict[str, str] = {}
    for code, text in connection.execute("SELECT code, detail FROM label WHERE kind = 'tactic'"):
        detail = json.loads(text)
        found.update(dict.fromkeys((code, *detail["aliases"]), detail["stage"]))
    return found


def _group_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many ATT&CK groups use each technique or piece of software."""
    return dict(
        connection.execute(
            "SELECT s.object, count(DISTINCT s.subject) FROM statement s"
            " JOIN record r ON r.id = s.record WHERE s.to_snapshot IS NULL"
            " AND s.predicate IN ('uses-technique', 'uses-software')"
            " AND r.kind = 'intrusion-set' GROUP BY s.object"
        ).fetchall()
    )


def _main_name(value: dict[str, Any]) -> str:
    return re.sub(r" - [A-Z]+\d{4}(\.\d{3})?$", "", str(value["value"]))


def _names(connection: sqlite3.Connection, resolution: Resolution) -> None:
    """Every name of an actor, technique, piece of software or mitigation, and ATT&CK ids."""
    rows = []
    first: set[str] = set()
    for statement, subject, value, kind in connection.execute(
        "SELECT s.id, s.subject, s.value, r.kind FROM statement s JOIN record r ON r.id = s.record"
        " WHERE s.predicate = 'named' AND s.to_snapshot IS NULL ORDER BY s.id"
    ):
        main = int(subject not in first)
        first.add(subject)
        if kind in _ACTOR_KINDS:
            entity, label = resolution.actor_of.get(subject), "actor"
        else:
            entity, label = subject, _NAME_KINDS.get(kind, kind)
        if entity:
            rows.append((normalised(value), skeleton(value), value, label, entity, statement, main))
    connection.executemany(
        "INSERT INTO name (norm, skeleton, display, kind, entity, statement, main)"
        " VALUES (?,?,?,?,?,?,?)",
        rows,
    )


_NAME_KINDS = {
    "attack-pattern": "technique",
    "malware": "software",
    "tool": "software",
    "course-of-action": "mitigation",
}


@dataclass(slots=True)
class _Actor:
    """What is gathered about one actor while the statements go by."""

    names: dict[str, None] = field(default_factory=dict)
    codes: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    newest: str = ""
    statements: int = 0


def _actors(connection: sqlite3.Connection) -> None:
    gathered: dict[str, _Actor] = defaultdict(_Actor)
    for actor, predicate, obj, value in connection.execute(
        "SELECT m.actor, s.predicate, s.object, s.value FROM statement s"
        " JOIN actor_member m ON m.native = s.subject WHERE s.to_snapshot IS NULL ORDER BY s.id"
    ):
        entry = gathered[actor]
        entry.statements += 1
        if predicate == Predicate.NAMED.value:
            entry.names.setdefault(normalised(value))
        elif obj:
            entry.codes[predicate].setdefault(obj)
    for actor, newest in connection.execute(
        "SELECT m.actor, max(d.published) FROM statement s"
        " JOIN actor_member m ON m.native = s.subject JOIN citation c ON c.statement = s.id"
        " JOIN document d ON d.id = c.document WHERE s.to_snapshot IS NULL GROUP BY m.actor"
    ):
        gathered[actor].newest = newest or ""
    documents = dict(
        connection.execute(
            "SELECT m.actor, count(DISTINCT c.document) FROM statement s"
            " JOIN actor_member m ON m.native = s.subject JOIN citation c ON c.statement = s.id"
            " WHERE s.to_snapshot IS NULL GROUP BY m.actor"
        ).fetchall()
    )
    mains = _main_names(connection)
    for actor in sorted(mains):
        _insert_actor(connection, actor, gathered[actor], documents, mains)


def _main_names(connection: sqlite3.Connection) -> dict[str, tuple[str, str, int]]:
    """Actor → (display name, ATT&CK id, 1 where there is a profile of our own)."""
    found: dict[str, tuple[str, str, int]] = {}
    rows = connection.execute(
        "SELECT m.actor, r.source, r.content FROM actor_member m"
        " JOIN record r ON r.native_id = m.native AND r.to_snapshot IS NULL ORDER BY r.id"
    )
    for actor, source, content in rows:
        value = orjson.loads(content)
        name, attack_id, own = found.get(actor, ("", "", 0))
        if source == "threat-briefing":
            name, own = str(value["name"]), 1
        elif not name:
            name = _main_name(value)
        meta = value.get("meta")
        if source == ATTACK and isinstance(meta, dict):
            attack_id = str(meta.get("external_id", ""))
        found[actor] = (name, attack_id, own)
    return found


def _kind_of(codes: dict[str, dict[str, None]]) -> str:
    """Our own profile's or the source's stated kind; a stated sponsor makes it state-linked."""
    stated = codes.get(Predicate.OF_KIND.value)
    if stated:
        return list(stated)[-1]
    sponsors = codes.get(Predicate.SPONSORED_BY.value, {})
    return "state-linked" if any(len(code) == 2 for code in sponsors) else ""


def _joined(codes: Iterable[str]) -> str:
    return ",".join(sorted(codes))


def _insert_actor(
    connection: sqlite3.Connection,
    actor: str,
    entry: _Actor,
    documents: dict[str, int],
    mains: dict[str, tuple[str, str, int]],
) -> None:
    name, attack_id, own = mains[actor]
    codes = entry.codes
    origins = codes[Predicate.SPONSORED_BY.value] | codes[Predicate.LOCATED_IN.value]
    connection.execute(
        "INSERT INTO actor VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            actor,
            name,
            attack_id,
            _kind_of(codes),
            _joined(origins),
            _joined(codes[Predicate.MOTIVATED_BY.value]),
            _joined(codes[Predicate.HAS_GOAL.value]),
            _joined(codes[Predicate.TARGETS_SECTOR.value]),
            _joined(codes[Predicate.TARGETS_COUNTRY.value]),
            entry.newest,
            len(entry.names),
            documents.get(actor, 0),
            len(codes[Predicate.USES_TECHNIQUE.value]),
            len(codes[Predicate.USES_SOFTWARE.value]),
            entry.statements,
            own,
        ),
    )


def _search(connection: sqlite3.Connection) -> None:
    """Full text: names as title; what sources and we say as body."""
    connection.execute(
        "INSERT INTO search_item (kind, ref)"
        " SELECT 'actor', id FROM (SELECT id FROM actor ORDER BY id)"
    )
    for kind, query in (
        ("technique", "SELECT id FROM technique WHERE revoked = 0 ORDER BY id"),
        ("software", "SELECT id FROM software WHERE revoked = 0 ORDER BY id"),
        ("mitigation", "SELECT id FROM mitigation ORDER BY id"),
    ):
        connection.execute(
            f"INSERT INTO search_item (kind, ref) SELECT ?, id FROM ({query})",  # noqa: S608
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
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
