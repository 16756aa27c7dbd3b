"""Campaigns that catalogues attribute to an actor."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from briefing.core.actor import Basis, CampaignRow
from briefing.core.tlp import highest, parse_tlp


def campaigns_of(connection: sqlite3.Connection, actor: str) -> tuple[CampaignRow, ...]:
    """The campaigns of an actor, the newest first, undated last."""
    said: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(
        "SELECT c.id, c.attack_id, c.name, c.started, c.ended, s.key, s.tlp, r.source"
        # The index on what a statement is about leaves out what is about nothing.
        " FROM actor_member m JOIN statement s ON s.object = m.native AND s.object <> ''"
        " AND s.predicate = 'attributed-to' AND s.to_snapshot IS NULL"
        " JOIN campaign c ON c.id = s.subject AND c.revoked = 0"
        " JOIN record r ON r.id = s.record WHERE m.actor = ? ORDER BY s.id",
        (actor,),
    ).fetchall():
        said[row["id"]].append(row)
    found = [
        CampaignRow(
            id=native,
            attack_id=rows[0]["attack_id"],
            name=rows[0]["name"],
            started=rows[0]["started"],
            ended=rows[0]["ended"],
            basis=Basis(
                tuple(dict.fromkeys(row["source"] for row in rows)),
                tuple(row["key"] for row in rows),
                highest(parse_tlp(row["tlp"]) for row in rows),
            ),
        )
        for native, rows in said.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.ended or one.started, one.name), reverse=True))
