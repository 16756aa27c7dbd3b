"""Protective actions as they stand in the knowledge database, and what actors use."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from briefing.core.actor import Basis, Coded, MitigationRef, SourceEntry
from briefing.core.guidance import Action
from briefing.core.tlp import parse_tlp
from briefing.store.actors import json_list, source_entries
from briefing.store.labels import Labels

_ADVISED = (
    "SELECT s.subject, s.value, s.detail, s.key, s.tlp, (SELECT json_group_array(c.document) FROM"
    " (SELECT document FROM citation WHERE statement = s.id ORDER BY place) c)"
    " FROM record r JOIN statement s ON s.record = r.id"
    # By record: a profile advises too, and what it says is about its actor.
    " WHERE r.kind = 'action' AND r.to_snapshot IS NULL AND s.to_snapshot IS NULL"
    " AND s.predicate = 'advised'"
)
_USED = (
    "SELECT DISTINCT m.actor, t.attack_id FROM actor_member m"
    " JOIN statement s ON s.subject = m.native AND s.predicate = 'uses-technique'"
    " JOIN technique t ON t.id = s.object WHERE m.actor IN (SELECT value FROM json_each(?))"
    " AND s.to_snapshot IS NULL AND t.revoked = 0"
)


def read_actions(connection: sqlite3.Connection, labels: Labels) -> tuple[Action, ...]:
    """Every action, in the order in which they are written.

    Args:
        connection: A reader.
        labels: Words of codes.
    """
    rows = [(*row[:2], orjson.loads(row[2]), *row[3:]) for row in connection.execute(_ADVISED)]
    rows.sort(key=lambda row: (row[2]["place"], row[0]))
    mitigations = _names(connection, "mitigation", (row[2]["mitigations"] for row in rows))
    techniques = _names(connection, "technique", (row[2]["techniques"] for row in rows))
    return tuple(_action(row, labels, mitigations, techniques) for row in rows)


def action_sources(
    connection: sqlite3.Connection, actions: Sequence[Action]
) -> tuple[SourceEntry, ...]:
    """The documents that these actions rest on."""
    counts = Counter(key for action in actions for key in action.basis.sources)
    return tuple(source_entries(connection, dict(counts)).values())


def techniques_used(
    connection: sqlite3.Connection, actors: Sequence[str]
) -> tuple[frozenset[str], ...]:
    """For each actor, in their order, the ATT&CK ids of the techniques it is said to use."""
    found: dict[str, set[str]] = {actor: set() for actor in actors}
    for actor, technique in connection.execute(_USED, (json_list(actors),)):
        found[actor].add(technique)
    return tuple(frozenset(found[actor]) for actor in actors)


def _names(
    connection: sqlite3.Connection, table: str, wanted: Iterable[list[str]]
) -> dict[str, str]:
    ids = {attack_id for some in wanted for attack_id in some}
    query = (
        f"SELECT attack_id, name FROM {table} WHERE attack_id IN"  # noqa: S608 - our own tables
        " (SELECT value FROM json_each(?))"
    )
    return dict(connection.execute(query, (json_list(sorted(ids)),)).fetchall())


def _action(
    row: tuple[Any, ...], labels: Labels, mitigations: dict[str, str], techniques: dict[str, str]
) -> Action:
    native, do, detail, key, tlp, documents = row
    return Action(
        id=native,
        do=do,
        why=detail["why"],
        first_step=detail["first_step"],
        who=detail["who"],
        cost=detail["cost"],
        cost_why=detail["cost_why"],
        stages=tuple(labels.coded("stage", code) for code in detail["stages"]),
        mitigations=tuple(
            MitigationRef(code, mitigations.get(code, code)) for code in detail["mitigations"]
        ),
        techniques=tuple(Coded(code, techniques.get(code, code)) for code in detail["techniques"]),
        helps=tuple(detail["helps"]),
        basis=Basis(tuple(orjson.loads(documents)), (key,), parse_tlp(tlp)),
    )
