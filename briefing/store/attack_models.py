"""Read models of ATT&CK's techniques, software and mitigations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence

from briefing.store.attack_detections import read_detections
from briefing.store.contents import Content

OWN_FILES = ("attack-enterprise", "attack-mobile", "attack-ics")
"""ATT&CK itself, by domain."""
VIA_MISP = "mitre-attack"
"""ATT&CK as MISP carries it, which lags behind."""
ATTACK_SOURCES = (*OWN_FILES, VIA_MISP)


def fill_attack_objects(connection: sqlite3.Connection, order: Sequence[str]) -> None:
    """Make the rows of technique, software and mitigation; members of actors stand already.

    Where two sources hold the same object, the record of the earlier one is taken.
    """
    rank = {source: place for place, source in enumerate(order)}
    stage_of = _stage_of_tactic(connection)
    groups = _group_counts(connection)
    detections = read_detections(connection, OWN_FILES)
    records = connection.execute(
        "SELECT source, native_id, id, kind, content FROM record WHERE to_snapshot IS NULL"
        " AND kind IN ('attack-pattern', 'malware', 'tool', 'course-of-action')"
    ).fetchall()
    records.sort(key=lambda record: (rank[record[0]], record[1]))
    seen: set[str] = set()
    for _source, native, row, kind, text in records:
        if native in seen:
            continue
        seen.add(native)
        content = Content.read(native, text)
        if kind == "attack-pattern":
            shows_in = content.detections or detections.get(native, ())
            _insert_technique(connection, content, row, groups.get(native, 0), stage_of, shows_in)
        elif kind == "course-of-action":
            connection.execute(
                "INSERT INTO mitigation VALUES (?,?,?,?,?)",
                (native, content.attack_id, content.name, content.url, row),
            )
        else:
            connection.execute(
                "INSERT INTO software VALUES (?,?,?,?,?,?,?,?)",
                (
                    *(native, content.attack_id, content.name, kind),
                    *(content.url, row, _withdrawn(content), groups.get(native, 0)),
                ),
            )


def _insert_technique(
    connection: sqlite3.Connection,
    content: Content,
    row: int,
    groups: int,
    stage_of: Mapping[str, str],
    shows_in: Sequence[str],
) -> None:
    tactics = content.tactics
    stages = dict.fromkeys(stage_of[tactic] for tactic in tactics if tactic in stage_of)
    connection.execute(
        "INSERT INTO technique VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            content.native,
            content.attack_id,
            content.name,
            content.parent,
            ",".join(tactics),
            ",".join(stages),
            ",".join(content.platforms),
            json.dumps(list(shows_in), ensure_ascii=False),
            content.url,
            row,
            _withdrawn(content),
            groups,
        ),
    )


def _withdrawn(content: Content) -> int:
    """Whether nobody should work with it any more: revoked for another, or deprecated for none."""
    return int(content.revoked or content.deprecated)


def _stage_of_tactic(connection: sqlite3.Connection) -> dict[str, str]:
    """Stage of each tactic by short name, names of older ATT&CK releases included."""
    found: dict[str, str] = {}
    for code, text in connection.execute("SELECT code, detail FROM label WHERE kind = 'tactic'"):
        detail = json.loads(text)
        found.update(dict.fromkeys((code, *detail["aliases"]), detail["stage"]))
    return found


def _group_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many actors are stated by ATT&CK to use each technique or piece of software.

    What MISP carries of ATT&CK counts only for objects that none of ATT&CK's own files holds.
    """
    return dict(
        connection.execute(
            "SELECT s.object, count(DISTINCT m.actor) FROM statement s"
            " JOIN record r ON r.id = s.record JOIN actor_member m ON m.native = s.subject"
            " WHERE s.to_snapshot IS NULL"
            " AND s.predicate IN ('uses-technique', 'uses-software')"
            " AND s.subject LIKE 'intrusion-set--%'"
            " AND (r.source IN (SELECT value FROM json_each(:own)) OR r.source = :misp"
            " AND NOT EXISTS (SELECT 1 FROM record h WHERE h.native_id = s.object"
            " AND h.to_snapshot IS NULL AND h.source IN (SELECT value FROM json_each(:own))))"
            " GROUP BY s.object",
            {"own": json.dumps(OWN_FILES), "misp": VIA_MISP},
        ).fetchall()
    )
