"""Read models of ATT&CK's techniques, software and mitigations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from briefing.store.contents import Content


def fill_attack_objects(connection: sqlite3.Connection, order: Sequence[str]) -> None:
    """Make the rows of technique, software and mitigation; members of actors stand already.

    Where two sources hold the same object, the record of the earlier one is taken.
    """
    rank = {source: place for place, source in enumerate(order)}
    stage_of = _stage_of_tactic(connection)
    groups = _group_counts(connection)
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
            _insert_technique(connection, content, row, groups.get(native, 0), stage_of)
        elif kind == "course-of-action":
            connection.execute(
                "INSERT INTO mitigation VALUES (?,?,?,?,?)",
                (native, content.attack_id, content.name, _url(content), row),
            )
        else:
            connection.execute(
                "INSERT INTO software VALUES (?,?,?,?,?,?,?,?)",
                (
                    *(native, content.attack_id, content.name, kind),
                    *(_url(content), row, int(content.revoked), groups.get(native, 0)),
                ),
            )


def _insert_technique(
    connection: sqlite3.Connection,
    content: Content,
    row: int,
    groups: int,
    stage_of: dict[str, str],
) -> None:
    chain = content.texts("kill_chain")
    tactics = tuple(dict.fromkeys(entry.rpartition(":")[2] for entry in chain))
    stages = dict.fromkeys(stage_of[tactic] for tactic in tactics if tactic in stage_of)
    connection.execute(
        "INSERT INTO technique VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            content.native,
            content.attack_id,
            content.name,
            content.attack_id.partition(".")[0] if "." in content.attack_id else "",
            ",".join(tactics),
            ",".join(stages),
            ",".join(content.texts("mitre_platforms")),
            json.dumps(content.texts("mitre_data_sources"), ensure_ascii=False),
            _url(content),
            row,
            int(content.revoked),
            groups,
        ),
    )


def _url(content: Content) -> str:
    """The object's page at MITRE, or ""."""
    pages = (url for url in content.texts("refs") if url.startswith("https://attack.mitre.org/"))
    return next(pages, "")


def _stage_of_tactic(connection: sqlite3.Connection) -> dict[str, str]:
    """Stage of each tactic by short name, names of older ATT&CK releases included."""
    found: dict[str, str] = {}
    for code, text in connection.execute("SELECT code, detail FROM label WHERE kind = 'tactic'"):
        detail = json.loads(text)
        found.update(dict.fromkeys((code, *detail["aliases"]), detail["stage"]))
    return found


def _group_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many actors are stated by ATT&CK to use each technique or piece of software."""
    return dict(
        connection.execute(
            "SELECT s.object, count(DISTINCT m.actor) FROM statement s"
            " JOIN record r ON r.id = s.record JOIN actor_member m ON m.native = s.subject"
            " WHERE s.to_snapshot IS NULL"
            " AND s.predicate IN ('uses-technique', 'uses-software')"
            " AND r.kind = 'intrusion-set' GROUP BY s.object"
        ).fetchall()
    )
