"""Marks of what was done: for a client or for nobody, gone with the client and nobody else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from briefing.core.client import Client
from briefing.core.errors import NotFoundError
from briefing.store import migrate, schema
from briefing.store.action_marks import NOBODY, ActionMarks
from briefing.store.clients import ClientStore

FOX = Client("Fox and Sons", id="client--fox")
OWL = Client("Owl Press", id="client--owl")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


@pytest.fixture
def clients(path: Path) -> Iterator[ClientStore]:
    opened = ClientStore(path)
    opened.put(FOX)
    opened.put(OWL)
    yield opened
    opened.close()


@pytest.fixture
def marks(path: Path, clients: ClientStore) -> Iterator[ActionMarks]:
    opened = ActionMarks(path)
    yield opened
    opened.close()


def test_a_mark_outlives_the_program_and_counts_for_its_client_only(
    marks: ActionMarks, path: Path
) -> None:
    marks.mark(FOX.id, "action--1", "2026-01-05")
    marks.mark(NOBODY, "action--2", "2026-01-06")
    marks.close()
    again = ActionMarks(path)
    assert again.done(FOX.id) == {"action--1": "2026-01-05"}
    assert again.done(NOBODY) == {"action--2": "2026-01-06"}
    assert again.done(OWL.id) == {}
    again.close()


@pytest.mark.parametrize("client", [FOX.id, NOBODY])
def test_marking_again_moves_the_day_and_unmarking_forgets_it(
    marks: ActionMarks, client: str
) -> None:
    marks.mark(client, "action--1", "2026-01-05")
    marks.mark(client, "action--1", "2026-02-05")
    assert marks.done(client) == {"action--1": "2026-02-05"}
    marks.unmark(client, "action--1")
    marks.unmark(client, "never marked")
    assert marks.done(client) == {}


def test_what_was_done_first_stands_first(marks: ActionMarks) -> None:
    for action, day in (("b", "2026-03-01"), ("c", "2026-01-01"), ("a", "2026-03-01")):
        marks.mark(FOX.id, action, day)
    assert list(marks.done(FOX.id)) == ["c", "a", "b"]


def test_deleting_a_client_deletes_its_marks_and_no_others(
    marks: ActionMarks, clients: ClientStore, path: Path
) -> None:
    for client in (FOX.id, OWL.id, NOBODY):
        marks.mark(client, "action--of-note", "2026-01-05")
    clients.delete(FOX.id)
    assert marks.done(FOX.id) == {}
    assert marks.done(OWL.id) == marks.done(NOBODY) == {"action--of-note": "2026-01-05"}
    clients.put(FOX)
    assert marks.done(FOX.id) == {}


def test_the_marks_of_a_deleted_client_leave_no_trace_in_the_file(
    marks: ActionMarks, clients: ClientStore, path: Path
) -> None:
    marks.mark(FOX.id, "action--betraying", "2026-01-05")
    assert b"action--betraying" in path.read_bytes() + _log(path)
    marks.close()
    assert clients.delete(FOX.id)
    assert b"action--betraying" not in path.read_bytes() + _log(path)


def _log(path: Path) -> bytes:
    log = path.with_name(f"{path.name}-wal")
    return log.read_bytes() if log.exists() else b""


def test_changing_a_client_keeps_what_it_has_done(marks: ActionMarks, clients: ClientStore) -> None:
    marks.mark(FOX.id, "action--1", "2026-01-05")
    changed = replace(FOX, name="Fox and Daughters", sectors=("energy",), uses_msp=True)
    clients.put(changed)
    assert changed in clients.all()
    assert FOX not in clients.all()
    assert marks.done(FOX.id) == {"action--1": "2026-01-05"}


def test_a_client_that_was_deleted_meanwhile_gets_no_mark(
    marks: ActionMarks, clients: ClientStore
) -> None:
    clients.delete(OWL.id)
    with pytest.raises(NotFoundError, match="no longer there"):
        marks.mark(OWL.id, "action--1", "2026-01-05")
    assert marks.done(OWL.id) == {}


def test_a_workspace_from_before_marks_keeps_its_clients(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = Migrations("workspace")
    for step in (schema.m001_workspace, schema.m002_read_marks, schema.m003_clients):
        earlier()(step)
    with monkeypatch.context() as older:
        older.setattr(migrate.schema, "workspace", earlier)
        older.setattr(migrate, "WORKSPACE_VERSION", 3)
        old = ClientStore(path)
        old.put(FOX)
        old.choose(FOX.id)
        old.close()
    with closing(ActionMarks(path)) as marks:
        marks.mark(FOX.id, "action--1", "2026-01-05")
        assert marks.done(FOX.id) == {"action--1": "2026-01-05"}
    with closing(ClientStore(path)) as clients:
        assert clients.all() == (FOX,)
        assert clients.chosen == FOX.id
    with closing(sqlite3.connect(path.with_name("workspace.db.before-schema-4"))) as kept:
        assert kept.execute("SELECT name FROM client").fetchall() == [(FOX.name,)]
