"""What the database was made from: the newest snapshot of each source, and how old it is."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from briefing.core.tlp import Tlp, parse_tlp


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """The newest snapshot of one source.

    Attributes:
        id: Number of the snapshot.
        source: Id of the source.
        title: The source's title.
        kind: ``catalogue``, ``own-text``, ``feed`` or ``analyst``.
        version: The feed's own version, as printed.
        notice: Words that must accompany the content.
        licence: Licence name.
        tlp: Label of the source itself.
        taken_at: ISO 8601 moment at which the payload was taken.
        sha256: Hash of the payload as hexadecimal figures.
        records: Current records of the source.
    """

    id: int
    source: str
    title: str
    kind: str
    version: str
    notice: str
    licence: str
    tlp: Tlp
    taken_at: str
    sha256: str
    records: int


def read_snapshots(connection: sqlite3.Connection) -> tuple[SnapshotInfo, ...]:
    """The newest snapshot of every source that has one, in the order of the sources."""
    rows = connection.execute(
        "SELECT n.id, n.source, o.title, o.kind, n.version, o.notice, o.licence, o.tlp,"
        " n.taken_at, n.sha256, (SELECT count(*) FROM main.record r WHERE r.source = n.source"
        " AND r.to_snapshot IS NULL) AS records FROM source o JOIN snapshot n ON n.source = o.id"
        " WHERE n.id = (SELECT max(id) FROM snapshot l WHERE l.source = o.id) ORDER BY n.id"
    )
    return tuple(SnapshotInfo(**{**dict(row), "tlp": parse_tlp(row["tlp"])}) for row in rows)


AS_OF = (
    "min(substr({n}.taken_at, 1, 10), ifnull("
    "CASE WHEN {n}.edition GLOB '[12][0-9][0-9][0-9]-[01][0-9]*'"
    " THEN date(substr({n}.edition || '-01', 1, 10), '+0 days') END,"
    " substr({n}.taken_at, 1, 10)))"
)
"""Day of what a snapshot brought: that of the feed's own release where it says so, else the day on
which it was taken, which for a file from a stick may be long after. A feed may name a day that the
calendar has not, or that is still to come: neither says how old anything is."""


def data_as_of(connection: sqlite3.Connection) -> str:
    """Day of the newest content that is not our own text, ISO 8601, or ""."""
    query = f"SELECT max({AS_OF.format(n='n')})"
    (day,) = connection.execute(
        query + " FROM snapshot n JOIN source o ON o.id = n.source WHERE o.kind <> 'own-text'"
    ).fetchone()
    return str(day or "")
