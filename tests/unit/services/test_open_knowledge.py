"""Which database is opened, and how a newer bundle reaches the user's copy."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.core.errors import BriefingError
from briefing.services.inspect_database import check_database
from briefing.services.open_knowledge import open_knowledge, waits_for_bundle
from briefing.services.take_bundle import take_bundle
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.identity import decide
from briefing.store.migrate import open_knowledge as open_writer
from briefing.store.read_models import rebuild

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_first_start_copies_the_bundle_and_leaves_it_alone(
    bundled_database: Path, tmp_path: Path
) -> None:
    before = digest(bundled_database)
    knowledge = open_knowledge(None, bundled_database, tmp_path / "new folder")
    assert knowledge.path == tmp_path / "new folder" / "knowledge.db"
    assert digest(bundled_database) == before
    assert not waits_for_bundle(knowledge, bundled_database)


def test_a_database_that_was_named_is_opened_as_it_is(
    bundled_database: Path, tmp_path: Path
) -> None:
    named = tmp_path / "mine.db"
    shutil.copyfile(bundled_database, named)
    assert open_knowledge(named, bundled_database, tmp_path).path == named
    assert not (tmp_path / "knowledge.db").exists()


def test_without_a_bundle_the_sentence_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="briefing database build"):
        open_knowledge(None, tmp_path / "none.db", tmp_path / "user")


@pytest.fixture
def older_copy(bundled_database: Path, tmp_path: Path) -> Path:
    """A user's copy that holds less than the bundle and a decision of the user's own."""
    copy = tmp_path / "user" / "knowledge.db"
    copy.parent.mkdir()
    shutil.copyfile(bundled_database, copy)
    writer = open_writer(copy)
    with immediate(writer, copy):
        writer.execute(
            "DELETE FROM citation WHERE statement IN (SELECT s.id FROM statement s"
            " JOIN record_row r ON r.id = s.record WHERE r.source = 'threat-briefing')"
        )
        writer.execute(
            "DELETE FROM statement WHERE record IN"
            " (SELECT id FROM record_row WHERE source = 'threat-briefing')"
        )
        writer.execute("DELETE FROM record_row WHERE source = 'threat-briefing'")
        writer.execute("UPDATE setting SET value = 'older' WHERE name = 'content_hash'")
        one, other = writer.execute("SELECT one, other FROM identity_queue LIMIT 1").fetchone()
        decide(
            writer,
            one,
            other,
            "apart",
            reason="Seen on our own network.",
            decided_by="Analyst",
            decided_at="2026-11-30T10:00:00+00:00",
        )
        rebuild(writer)
    writer.close()
    return copy


def test_a_newer_bundle_is_taken_in_and_local_decisions_stay(
    bundled_database: Path, older_copy: Path
) -> None:
    knowledge = open_knowledge(None, bundled_database, older_copy.parent)
    assert waits_for_bundle(knowledge, bundled_database)
    assert take_bundle(bundled_database, older_copy, NOW)
    connection = sqlite3.connect(older_copy)
    own = connection.execute("SELECT count(*) FROM actor WHERE own_profile = 1").fetchone()[0]
    kept = connection.execute(
        "SELECT count(*) FROM identity WHERE decided_by = 'Analyst' AND withdrawn_at IS NULL"
    ).fetchone()[0]
    assert own >= 10
    assert kept == 1
    assert check_database(KnowledgeFile(older_copy)) == ()


def test_a_bundle_is_taken_in_once(bundled_database: Path, older_copy: Path) -> None:
    assert take_bundle(bundled_database, older_copy, NOW)
    snapshots = _snapshots(older_copy)
    assert not take_bundle(bundled_database, older_copy, NOW)
    assert _snapshots(older_copy) == snapshots


def test_only_what_differs_becomes_a_snapshot(bundled_database: Path, older_copy: Path) -> None:
    before = _snapshots(older_copy)
    take_bundle(bundled_database, older_copy, NOW)
    assert _snapshots(older_copy) == before + 1


def _snapshots(path: Path) -> int:
    connection = sqlite3.connect(path)
    return int(connection.execute("SELECT count(*) FROM snapshot").fetchone()[0])
