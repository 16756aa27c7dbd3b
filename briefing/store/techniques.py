"""How an actor works: its techniques by stage with mitigations and detections, and its software."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence

import orjson

from briefing.core.actor import MitigationRef, Said, SoftwareUse, StageProfile, TechniqueUse
from briefing.store.actors import Stated, basis, json_list
from briefing.store.labels import Labels


def groups_total(connection: sqlite3.Connection) -> int:
    """How many ATT&CK groups the database holds: the denominator of every technique's count."""
    row = connection.execute("SELECT count(*) FROM actor WHERE attack_id <> ''").fetchone()
    return int(row[0])


def read_stages(
    connection: sqlite3.Connection,
    labels: Labels,
    uses: Sequence[Stated],
    prose: dict[str, tuple[Said, ...]],
) -> tuple[StageProfile, ...]:
    """The four stages; a technique of several stages stands in each, rarest first."""
    techniques, stages_of = _techniques(connection, uses)
    profiles = []
    for label in sorted(labels.all("stage"), key=lambda item: orjson.loads(item.detail)["number"]):
        mine = [t for t in techniques if label.code in stages_of[t.id]]
        tactics = _tactics(labels, label.code, mine)
        profiles.append(
            StageProfile(
                number=orjson.loads(label.detail)["number"],
                code=label.code,
                name=label.label,
                tactics=tactics,
                sentences=prose.get(label.code, ()),
                techniques=tuple(mine),
            )
        )
    return tuple(profiles)


def _tactics(
    labels: Labels, stage: str, techniques: Sequence[TechniqueUse]
) -> tuple[tuple[str, int], ...]:
    counted = Counter(tactic for technique in techniques for tactic in technique.tactics)
    named = [
        (label.label, counted[label.code])
        for label in labels.all("tactic")
        if counted[label.code] and orjson.loads(label.detail)["stage"] == stage
    ]
    return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0])))


def _techniques(
    connection: sqlite3.Connection, uses: Sequence[Stated]
) -> tuple[list[TechniqueUse], dict[str, tuple[str, ...]]]:
    stated: dict[str, list[Stated]] = defaultdict(list)
    for statement in uses:
        stated[statement.object].append(statement)
    wanted = json_list(stated)
    mitigations: dict[str, list[MitigationRef]] = defaultdict(list)
    known: dict[str, MitigationRef] = {}
    for technique, attack_id, name in connection.execute(
        "SELECT s.subject, m.attack_id, m.name FROM statement s JOIN mitigation m ON m.id ="
        " s.object WHERE s.subject IN (SELECT value FROM json_each(?))"
        " AND s.predicate = 'mitigated-by' AND s.to_snapshot IS NULL AND m.attack_id GLOB 'M*'"
        " ORDER BY m.attack_id",
        (wanted,),
    ).fetchall():
        if attack_id not in known:
            known[attack_id] = MitigationRef(attack_id, name)
        mitigations[technique].append(known[attack_id])
    found, stages_of = [], {}
    for key, attack_id, name, tactics, stages, groups, detections, url in connection.execute(
        "SELECT id, attack_id, name, tactics, stages, groups, detections, url FROM technique"
        " WHERE id IN (SELECT value FROM json_each(?)) AND revoked = 0",
        (wanted,),
    ).fetchall():
        stages_of[key] = tuple(filter(None, stages.split(",")))
        found.append(
            TechniqueUse(
                id=key,
                attack_id=attack_id,
                name=name,
                tactics=tuple(filter(None, tactics.split(","))),
                groups=groups,
                mitigations=tuple(mitigations[key]),
                detections=tuple(orjson.loads(detections)),
                url=url,
                basis=basis(stated[key]),
            )
        )
    found.sort(key=lambda technique: (technique.groups, technique.attack_id))
    return found, stages_of


def read_software(
    connection: sqlite3.Connection, uses: Sequence[Stated]
) -> tuple[tuple[SoftwareUse, ...], tuple[SoftwareUse, ...]]:
    """Malware and tools an actor is said to use, rarest first."""
    stated: dict[str, list[Stated]] = defaultdict(list)
    for statement in uses:
        stated[statement.object].append(statement)
    rows = [
        SoftwareUse(key, attack_id, name, kind, groups, basis(stated[key]))
        for key, attack_id, name, kind, groups in connection.execute(
            "SELECT id, attack_id, name, kind, groups FROM software WHERE id IN"
            " (SELECT value FROM json_each(?)) AND revoked = 0"
            " ORDER BY groups, name COLLATE NOCASE",
            (json_list(stated),),
        ).fetchall()
    ]
    return (
        tuple(row for row in rows if row.kind == "malware"),
        tuple(row for row in rows if row.kind == "tool"),
    )
