"""Read models: what screens ask for, made again from records and statements at any time.

Nothing here holds a fact of its own; ``rebuild`` empties and refills every read model, and a test
shows that a second rebuild differs in nothing. What comes out depends on what is said now, not on
the imports by which it came.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from briefing.analysis.identity import ActorRecord, Decision, Resolution, resolve
from briefing.core.names import normalised
from briefing.store.actor_models import fill_actors
from briefing.store.advisory_models import fill_reports
from briefing.store.attack_models import fill_attack_objects
from briefing.store.campaign_models import fill_campaigns
from briefing.store.contents import Content
from briefing.store.incident_models import fill_incidents
from briefing.store.kinds import INCIDENT_KINDS, JUDGEMENT_KINDS, REPORT_KINDS
from briefing.store.name_models import fill_names, fill_search
from briefing.store.schema import CATALOGUE_MODELS, INCIDENT_MODELS, REPORT_MODELS

ATTACK_SOURCES = ("attack-enterprise", "attack-mobile", "attack-ics", "mitre-attack")
"""ATT&CK itself by domain, and ATT&CK as MISP carries it, which lags behind."""
SOURCE_ORDER = (
    *ATTACK_SOURCES,
    "misp-threat-actor",
    "microsoft-activity-group",
    "tidal-groups",
    "threat-briefing",
)
"""In which order sources form actors; an unknown source comes after these."""


def rebuild(connection: sqlite3.Connection, kinds: frozenset[str] | None = None) -> None:
    """Empty and refill the read models inside the caller's transaction.

    Args:
        connection: The writing connection.
        kinds: Kinds of record that have changed; None makes everything again. The catalogue is
            left where only reports have changed; reports are made again with either, since they
            are linked to what the catalogue names. What is recorded about an incident touches
            neither, and most of it no list at all, so that it is kept at once.
    """
    if kinds is None or not kinds <= REPORT_KINDS:
        _rebuild_catalogue(connection)
    if kinds is None or not kinds <= INCIDENT_KINDS:
        _empty(connection, REPORT_MODELS)
        _empty_index(connection, "report_search")
        fill_reports(connection, source_order(connection))
    if kinds is None or not kinds <= JUDGEMENT_KINDS:
        _empty(connection, INCIDENT_MODELS)
        fill_incidents(connection)


def _empty(connection: sqlite3.Connection, tables: tuple[str, ...]) -> None:
    for table in tables:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table names


def _empty_index(connection: sqlite3.Connection, index: str) -> None:
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")  # noqa: S608 - ours


def _rebuild_catalogue(connection: sqlite3.Connection) -> None:
    _empty(connection, CATALOGUE_MODELS)
    _empty_index(connection, "search")
    order = source_order(connection)
    resolution = resolve_actors(connection)
    _fill_members(connection, resolution)
    fill_attack_objects(connection, order)
    fill_names(connection, order)
    fill_actors(connection, order)
    fill_campaigns(connection)
    fill_search(connection)


def source_order(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Every source in the order in which it forms actors and names them."""
    found = {str(row[0]) for row in connection.execute("SELECT id FROM source")}
    known = tuple(source for source in SOURCE_ORDER if source in found)
    return (*known, *sorted(found - set(known)))


def resolve_actors(connection: sqlite3.Connection) -> Resolution:
    """Form actors from the current records and everything people have decided."""
    decisions = [
        Decision(*row)
        for row in connection.execute(
            "SELECT one, other, relation, reason, decided_by FROM identity"
            " WHERE withdrawn_at IS NULL ORDER BY id"
        )
    ]
    return resolve(_actor_records(connection), source_order(connection), decisions)


def _actor_records(connection: sqlite3.Connection) -> list[ActorRecord]:
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for source, native, value in connection.execute(
        "SELECT r.source, s.subject, s.value FROM statement s JOIN record r ON r.id = s.record"
        " WHERE s.predicate = 'named' AND s.to_snapshot IS NULL"
        " AND r.kind IN ('threat-actor', 'intrusion-set')"
    ):
        names[source, native].append(value)
    records = []
    for native, source, text in connection.execute(
        "SELECT native_id, source, content FROM record WHERE to_snapshot IS NULL"
        " AND kind IN ('threat-actor', 'intrusion-set')"
    ):
        content = Content.read(native, text)
        if content.revoked:
            continue
        records.append(
            ActorRecord(
                native=native,
                source=source,
                label=content.name,
                names=_by_key(names.get((source, native), []), content.name),
                own_id=content.attack_id if source in ATTACK_SOURCES else "",
                attack_ids=content.group_ids,
            )
        )
    return records


def _by_key(names: list[str], main: str) -> dict[str, str]:
    """Normalised name → as written, the main name first, whatever order the rows have."""
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (name != main, name)):
        key = normalised(name)
        if key:
            found.setdefault(key, name)
    return found


def _fill_members(connection: sqlite3.Connection, resolution: Resolution) -> None:
    connection.executemany(
        "INSERT INTO actor_member VALUES (?, ?)", sorted(resolution.actor_of.items())
    )
    connection.executemany(
        "INSERT OR REPLACE INTO identity_queue VALUES (?, ?, ?, ?)",
        [(link.one, link.other, link.basis, link.reason) for link in resolution.queue],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO identity_link VALUES (?, ?, ?, ?, ?)",
        [
            (link.one, link.other, link.basis, link.reason, link.decided_by)
            for link in resolution.links
        ],
    )
