"""The read model of campaigns: what one attacker did over some time, as a catalogue names it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from briefing.store.contents import Content


def fill_campaigns(connection: sqlite3.Connection) -> None:
    """Make one row a campaign; members of actors stand already."""
    spans = {
        subject: (first, last)
        for subject, first, last in connection.execute(
            "SELECT subject, min(first_seen), max(last_seen) FROM statement WHERE predicate ="
            " 'happened' AND object = 'active' AND to_snapshot IS NULL GROUP BY subject"
        )
    }
    actors: dict[str, set[str]] = defaultdict(set)
    for campaign, actor in connection.execute(
        "SELECT s.subject, m.actor FROM statement s JOIN actor_member m ON m.native = s.object"
        " WHERE s.predicate = 'attributed-to' AND s.to_snapshot IS NULL"
    ):
        actors[campaign].add(actor)
    rows: dict[str, tuple[object, ...]] = {}
    for native, row, text in connection.execute(
        "SELECT native_id, id, content FROM record WHERE kind = 'campaign' AND to_snapshot IS NULL"
        " ORDER BY native_id, source"
    ):
        content = Content.read(native, text)
        started, ended = spans.get(native, ("", ""))
        named = ",".join(sorted(actors[native]))
        rows.setdefault(
            native,
            (
                *(native, content.attack_id, content.name, started, ended),
                *(named, content.url, row, int(content.revoked)),
            ),
        )
    connection.executemany("INSERT INTO campaign VALUES (?,?,?,?,?,?,?,?,?)", rows.values())
