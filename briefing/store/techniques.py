"""How an actor works: its techniques by stage with mitigations and detections, and its software."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence

from briefing.core.actor import MitigationRef, Said, SoftwareUse, StageProfile, TechniqueUse
from briefing.store.actors import Stated, basis
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
    for label in sorted(labels.all("stage"), key=lambda item: json.loads(item.detail)["number"]):
        mine = [t for t in techniques if label.code in stages_of[t.id]]
        tactics = _tactics(labels, label.code, mine)
        profiles.append(
            StageProfile(
                number=json.loads(label.detail)["number"],
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
        if counted[label.code] and json.loads(label.detail)["stage"] == stage
    ]
    return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0])))


def _techniques(
    connection: sqlite3.Connection, uses: Sequence[Stated]
) -> tuple[list[TechniqueUse], dict[str, tuple[str, ...]]]:
    stated: dict[str, list[Stated]] = defaultdict(list)
    for statement in uses:
        stated[statement.object].append(statement)
    wanted = json.dumps(list(stated))
    mitigations: dict[str, list[MitigationRef]] = defaultdict(list)
    for technique, attack_id, name in connection.execute(
        "SELECT s.subject, m.attack_id, m.name FROM statement s JOIN mitigation m ON m.id ="
        " s.object WHERE s.subject IN (SELECT value FROM json_each(?))"
        " AND s.predicate = 'mitigated-by' AND s.to_snapshot IS NULL ORDER BY m.attack_id",
        (wanted,),
    ).fetchall():
        if attack_id.startswith("M"):
            mitigations[technique].append(MitigationRef(attack_id, name))
    found, stages_of = [], {}
    for row in connection.execute(
        "SELECT * FROM technique WHERE id IN (SELECT value FROM json_each(?)) AND revoked = 0",
        (wanted,),
    ):
        stages_of[row["id"]] = tuple(filter(None, row["stages"].split(",")))
        found.append(
            TechniqueUse(
                id=row["id"],
                attack_id=row["attack_id"],
                name=row["name"],
                tactics=tuple(filter(None, row["tactics"].split(","))),
                groups=row["groups"],
                mitigations=tuple(mitigations[row["id"]]),
                detections=tuple(json.loads(row["detections"])),
                url=row["url"],
                basis=basis(stated[row["id"]]),
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
        SoftwareUse(
            id=row["id"],
            attack_id=row["attack_id"],
            name=row["name"],
            kind=row["kind"],
            groups=row["groups"],
            basis=basis(stated[row["id"]]),
        )
        for row in connection.execute(
            "SELECT * FROM software WHERE id IN (SELECT value FROM json_each(?)) AND revoked = 0"
            " ORDER BY groups, name COLLATE NOCASE",
            (json.dumps(list(stated)),),
        )
    ]
    return (
        tuple(row for row in rows if row.kind == "malware"),
        tuple(row for row in rows if row.kind == "tool"),
    )
