"""What people decide about records: kept across imports and rebuilds, and taken back exactly."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import actor, changes, native, read_models, rows, source, take

from briefing.core.errors import BriefingError
from briefing.store.connection import immediate
from briefing.store.identity import decide, withdraw
from briefing.store.read_models import rebuild

AT = "2026-02-03T04:05:06+00:00"
Decide = Callable[[str, str, str], int]


@pytest.fixture
def foxes(database: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Two sources that both know a Fox, which a rule links."""
    take(database, path, changes(actor(1, "Fox"), of=source("misp-threat-actor")))
    take(database, path, changes(actor(2, "Fox", "Owl"), of=source("tidal-groups")))
    return database


@pytest.fixture
def decided(foxes: sqlite3.Connection, path: Path) -> Decide:
    """Decides, and makes the read models again."""

    def decide_now(one: str, other: str, relation: str) -> int:
        with immediate(foxes, path):
            row = decide(
                foxes, one, other, relation, reason="Looked.", decided_by="analyst", decided_at=AT
            )
            rebuild(foxes)
        return row

    return decide_now


def taken_back(connection: sqlite3.Connection, path: Path, decision: int) -> None:
    with immediate(connection, path):
        withdraw(connection, decision, at=AT, withdrawn_by="analyst")
        rebuild(connection)


def count(connection: sqlite3.Connection) -> int:
    return len(rows(connection, "SELECT id FROM actor"))


def test_apart_keeps_a_rule_from_linking(foxes: sqlite3.Connection, decided: Decide) -> None:
    assert count(foxes) == 1
    decided(native(1), native(2), "apart")
    assert count(foxes) == 2
    assert rows(foxes, "SELECT * FROM identity_queue") == []


def test_a_decision_survives_a_rebuild_and_every_later_import(
    foxes: sqlite3.Connection, path: Path, decided: Decide
) -> None:
    decided(native(1), native(2), "apart")
    with immediate(foxes, path):
        rebuild(foxes)
    assert count(foxes) == 2
    misp = source("misp-threat-actor")
    take(foxes, path, changes(actor(1, "Fox", note="changed"), of=misp))
    assert count(foxes) == 2
    take(foxes, path, changes(of=misp))
    take(foxes, path, changes(actor(1, "Fox"), of=misp))
    assert count(foxes) == 2


def test_a_withdrawn_decision_restores_the_former_state(
    foxes: sqlite3.Connection, path: Path, decided: Decide
) -> None:
    before = read_models(foxes)
    row = decided(native(1), native(2), "apart")
    assert read_models(foxes) != before
    taken_back(foxes, path, row)
    assert read_models(foxes) == before
    assert rows(foxes, "SELECT relation, withdrawn_at, withdrawn_by FROM identity") == [
        ("apart", AT, "analyst")
    ]


def test_a_second_decision_about_a_pair_replaces_the_first_until_it_is_withdrawn(
    foxes: sqlite3.Connection, path: Path, decided: Decide
) -> None:
    decided(native(1), native(2), "apart")
    second = decided(native(2), native(1), "same-as")
    assert count(foxes) == 1
    assert rows(foxes, "SELECT decided_by FROM identity_link") == [("analyst",)]
    taken_back(foxes, path, second)
    assert count(foxes) == 2


def test_a_decision_cannot_be_withdrawn_twice(
    foxes: sqlite3.Connection, path: Path, decided: Decide
) -> None:
    row = decided(native(1), native(2), "apart")
    taken_back(foxes, path, row)
    with pytest.raises(BriefingError, match=f"no decision {row} in force"):
        taken_back(foxes, path, row)


@pytest.mark.parametrize(
    ("one", "other", "relation", "sentence"),
    [
        (native(1), native(2), "cousin-of", "“cousin-of” is no relation"),
        (native(1), native(1), "apart", "cannot be compared with itself"),
        (native(1), native(7), "apart", f"There is no current record {native(7)}"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_in_a_sentence(
    foxes: sqlite3.Connection,
    decided: Decide,
    one: str,
    other: str,
    relation: str,
    sentence: str,
) -> None:
    with pytest.raises(BriefingError, match=sentence):
        decided(one, other, relation)
    assert rows(foxes, "SELECT * FROM identity") == []


def test_a_decision_joins_what_no_rule_would(
    foxes: sqlite3.Connection, path: Path, decided: Decide
) -> None:
    take(foxes, path, changes(actor(3, "Elk"), of=source("feed-b")))
    assert count(foxes) == 2
    decided(native(3), native(2), "same-as")
    assert rows(foxes, "SELECT id, name FROM actor") == [(native(1), "Fox")]
