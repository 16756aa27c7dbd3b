"""Files made and brought up to date: each step whole or not at all, and backed up before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations
from store_samples import actor, changes, facts, rows, take

from briefing.store import migrate, schema
from briefing.store.connection import DatabaseError, KnowledgeFile
from briefing.store.migrate import open_knowledge, open_workspace
from briefing.store.schema import READ_MODELS
from briefing.store.version import (
    KNOWLEDGE_ID,
    KNOWLEDGE_VERSION,
    WORKSPACE_ID,
    WORKSPACE_VERSION,
)

Step = Callable[[Database], None]
NEXT = KNOWLEDGE_VERSION + 1
KEPT = f"knowledge.db.before-schema-{NEXT}"
STEPS = (
    schema.m001_statements_and_read_models,
    schema.m002_feeds,
    schema.m003_words_of_each_source,
    schema.m004_packed_contents,
)


def add_column(db: Database) -> None:
    db.conn.execute("ALTER TABLE record_row ADD COLUMN note TEXT NOT NULL DEFAULT ''")
    db.conn.execute(f"PRAGMA user_version = {NEXT}")


def fail_in_sql(db: Database) -> None:
    add_column(db)
    db.conn.execute("INSERT INTO nowhere VALUES (1)")


def fail_in_python(db: Database) -> None:
    add_column(db)
    raise ZeroDivisionError


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the program one whose schema has further steps."""

    def further(*steps: Step) -> None:
        migrations = Migrations("knowledge")
        for step in STEPS:
            migrations()(step)
        for number, step in enumerate(steps, start=NEXT):
            migrations(name=f"m{number:03d}")(step)
        monkeypatch.setattr(migrate.schema, "knowledge", migrations)
        monkeypatch.setattr(migrate, "KNOWLEDGE_VERSION", KNOWLEDGE_VERSION + len(steps))

    return further


@pytest.fixture
def old(path: Path) -> Path:
    """A database of this version with an actor in it."""
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(actor(1, "Fox")))
    return path


def marks(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        ((found_id,),) = rows(connection, "PRAGMA application_id")
        ((version,),) = rows(connection, "PRAGMA user_version")
    return found_id, version


def test_a_new_knowledge_database_is_marked_as_ours_with_its_step(path: Path) -> None:
    with closing(open_knowledge(path)) as connection:
        assert rows(connection, "PRAGMA journal_mode") == [("wal",)]
        assert rows(connection, "PRAGMA synchronous") == [(2,)]
        assert rows(connection, "PRAGMA foreign_keys") == [(1,)]
    assert marks(path) == (KNOWLEDGE_ID, KNOWLEDGE_VERSION)


def test_a_new_workspace_is_marked_as_ours_with_its_step(path: Path) -> None:
    open_workspace(path).close()
    assert marks(path) == (WORKSPACE_ID, WORKSPACE_VERSION)


def test_the_read_models_that_a_rebuild_empties_are_the_ones_that_hold_no_fact(path: Path) -> None:
    with closing(open_knowledge(path)) as connection:
        tables = {row[0] for row in rows(connection, "SELECT name FROM sqlite_schema")}
    assert set(READ_MODELS) <= tables
    assert not {"source", "record", "statement", "identity"} & set(READ_MODELS)


def test_opening_again_changes_nothing_and_makes_no_backup(old: Path) -> None:
    with closing(open_knowledge(old)) as connection:
        before = facts(connection)
    with closing(open_knowledge(old)) as connection:
        assert facts(connection) == before
    assert [item.name for item in old.parent.iterdir() if "before" in item.name] == []


def test_an_older_database_is_brought_up_and_kept_as_it_was_beside_it(
    old: Path, next_version: Callable[..., None]
) -> None:
    next_version(add_column)
    with closing(open_knowledge(old)) as connection:
        assert rows(connection, "SELECT native_id <> '', note FROM record_row") == [(1, "")]
    assert marks(old) == (KNOWLEDGE_ID, NEXT)
    kept = old.with_name(KEPT)
    assert marks(kept) == (KNOWLEDGE_ID, KNOWLEDGE_VERSION)
    with closing(sqlite3.connect(kept)) as backup:
        assert rows(backup, "SELECT name FROM actor") == [("Fox",)]


def test_a_database_of_every_earlier_version_comes_to_this_one_with_all_it_says(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in range(1, KNOWLEDGE_VERSION):
        migrations = Migrations("knowledge")
        for step in STEPS[:version]:
            migrations()(step)
        file = path.with_name(f"version-{version}.db")
        with monkeypatch.context() as earlier:
            earlier.setattr(migrate.schema, "knowledge", migrations)
            with closing(open_knowledge(file)) as connection, connection:
                connection.execute(
                    "INSERT INTO source VALUES"
                    " ('feed', 'Feed', '', '', '', '', '', '', '', 'CLEAR')"
                )
        with closing(open_knowledge(file)) as connection:
            assert rows(connection, "SELECT id FROM source") == [("feed",)]
            take(connection, file, changes(actor(1, "Fox")))
            assert rows(connection, "SELECT name FROM actor") == [("Fox",)]
        assert marks(file) == (KNOWLEDGE_ID, KNOWLEDGE_VERSION)


@pytest.mark.parametrize(
    ("name", "version", "edition"),
    [
        ("misp-threat-actor", "336", "0000000336"),
        ("tidal-groups", "1", "0000000001"),
        ("misp-threat-actor", "", ""),
        ("misp-threat-actor", "2024-05", ""),
        ("misp-threat-actor", "12345678901", ""),
        ("mitre-attack", "38", ""),
        ("somebody", "7", ""),
    ],
)
def test_a_galaxy_taken_before_editions_were_kept_gets_the_one_that_its_reader_would_give(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str, version: str, edition: str
) -> None:
    earlier = Migrations("knowledge")
    for step in STEPS[:2]:
        earlier()(step)
    with monkeypatch.context() as before:
        before.setattr(migrate.schema, "knowledge", earlier)
        with closing(open_knowledge(path)) as connection, connection:
            connection.execute(
                "INSERT INTO source VALUES (?, '', '', '', '', '', '', '', '', 'CLEAR')", (name,)
            )
            connection.execute(
                "INSERT INTO snapshot (source, version, sha256, taken_at, applied_at, added,"
                " changed, removed) VALUES (?, ?, '', '', '', 0, 0, 0)",
                (name, version),
            )
    with closing(open_knowledge(path)) as connection:
        assert rows(connection, "SELECT edition FROM snapshot") == [(edition,)]


def test_the_backup_holds_what_still_stood_in_the_log(
    old: Path, next_version: Callable[..., None]
) -> None:
    with closing(open_knowledge(old)) as first:
        take(first, old, changes(actor(2, "Owl"), full=False))
        assert old.with_name("knowledge.db-wal").stat().st_size > 0
        next_version(add_column)
        open_knowledge(old).close()
    with closing(sqlite3.connect(old.with_name(KEPT))) as backup:
        assert rows(backup, "SELECT name FROM actor ORDER BY name") == [("Fox",), ("Owl",)]


@pytest.mark.parametrize(
    ("step", "error"), [(fail_in_sql, DatabaseError), (fail_in_python, ZeroDivisionError)]
)
def test_a_step_that_fails_leaves_the_file_as_it_was(
    old: Path, next_version: Callable[..., None], step: Step, error: type[Exception]
) -> None:
    with closing(open_knowledge(old)) as connection:
        before = facts(connection)
    next_version(step)
    with pytest.raises(error):
        open_knowledge(old)
    assert marks(old) == (KNOWLEDGE_ID, KNOWLEDGE_VERSION)
    with closing(sqlite3.connect(old)) as connection:
        assert facts(connection) == before


def test_of_several_steps_those_before_the_failing_one_hold(
    old: Path, next_version: Callable[..., None]
) -> None:
    def drop_it_and_fail(db: Database) -> None:
        db.conn.execute("ALTER TABLE record_row DROP COLUMN note")
        raise ZeroDivisionError

    next_version(add_column, drop_it_and_fail)
    with pytest.raises(ZeroDivisionError):
        open_knowledge(old)
    assert marks(old) == (KNOWLEDGE_ID, NEXT)
    next_version(add_column)
    with closing(open_knowledge(old)) as connection:
        assert rows(connection, "SELECT note FROM record_row") == [("",)]


def test_no_room_for_the_backup_means_no_step(old: Path, next_version: Callable[..., None]) -> None:
    # A folder of the backup's name stands for a place that cannot be written to.
    next_version(add_column)
    old.with_name(KEPT).mkdir()
    with pytest.raises(DatabaseError, match=rf"before-schema-{NEXT} cannot be opened"):
        open_knowledge(old)
    assert marks(old) == (KNOWLEDGE_ID, KNOWLEDGE_VERSION)


def test_a_backup_that_runs_out_of_room_is_removed(
    small_disk: Callable[[str], Path], next_version: Callable[..., None]
) -> None:
    disk = small_disk("1m")
    path = disk / "knowledge.db"
    open_knowledge(path).close()
    filler = disk / "holiday.mp4"
    filler.write_bytes(bytes(1024 * 1024 - path.stat().st_size - 100_000))
    next_version(add_column)
    with pytest.raises(DatabaseError, match="no room left"):
        open_knowledge(path)
    assert not path.with_name(KEPT).exists()
    assert marks(path) == (KNOWLEDGE_ID, KNOWLEDGE_VERSION)


@pytest.mark.parametrize("with_list_of_steps", [False, True])
def test_a_file_that_was_only_begun_is_finished(path: Path, with_list_of_steps: bool) -> None:
    with closing(sqlite3.connect(path)) as begun:
        begun.execute("PRAGMA journal_mode = WAL")
        if with_list_of_steps:
            Migrations("other").ensure_migrations_table(Database(begun))
            begun.commit()
    open_knowledge(path).close()
    assert marks(path) == (KNOWLEDGE_ID, KNOWLEDGE_VERSION)
    assert [item.name for item in path.parent.iterdir() if "before" in item.name] == []


def test_a_stale_log_beside_a_new_file_brings_no_old_rows_back(old: Path, tmp_path: Path) -> None:
    with closing(open_knowledge(old)) as connection:
        take(connection, old, changes(actor(2, "Owl")))
        log = old.with_name("knowledge.db-wal").read_bytes()
    new = tmp_path / "new.db"
    new.with_name("new.db-wal").write_bytes(log)
    with closing(open_knowledge(new)) as connection:
        assert not any(facts(connection).values())
    assert rows(KnowledgeFile(new).connection, "PRAGMA integrity_check") == [("ok",)]
