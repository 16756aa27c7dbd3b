"""Looking at a database’s first bytes takes no lock away that SQLite holds on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from briefing.store import first_bytes
from briefing.store.connection import KnowledgeFile, check_header, has_header, open_writer
from briefing.store.first_bytes import MOST
from briefing.store.migrate import open_knowledge
from briefing.store.version import KNOWLEDGE_ID, KNOWLEDGE_VERSION

OTHER = """
import sqlite3, sys
from contextlib import closing

with closing(sqlite3.connect(sys.argv[1], isolation_level=None)) as other:
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE IF NOT EXISTS theirs (number)")
    other.execute("INSERT INTO theirs VALUES (1)")
    other.execute("COMMIT")
"""
"""Another program that writes, and closes what it opened."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "knowledge.db"
    open_knowledge(path).close()
    return path


@pytest.fixture(autouse=True)
def own_descriptors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What this test keeps open, and closes again."""
    kept = type(first_bytes._kept)()
    monkeypatch.setattr(first_bytes, "_kept", kept)
    yield
    for descriptor in kept.values():
        os.close(descriptor)


def counted(path: Path) -> int:
    with closing(KnowledgeFile(path)) as knowledge:
        number: int = knowledge.connection.execute("SELECT count(*) FROM theirs").fetchone()[0]
    return number


def test_what_is_written_after_another_program_has_closed_the_file_is_there(
    database: Path,
) -> None:
    knowledge = KnowledgeFile(database)
    knowledge.connection.execute("SELECT count(*) FROM source").fetchone()
    check_header(database, KNOWLEDGE_ID, KNOWLEDGE_VERSION)
    subprocess.run([sys.executable, "-c", OTHER, str(database)], check=True)
    # It was not the last that had the file open, so the log under us is still there.
    assert {path.name for path in database.parent.iterdir()} == {
        "knowledge.db",
        "knowledge.db-shm",
        "knowledge.db-wal",
    }
    with closing(open_writer(database)) as writer:
        writer.execute("INSERT INTO theirs VALUES (2)")
        writer.commit()
        assert counted(database) == 2
    knowledge.close()
    assert counted(database) == 2


def test_a_file_that_took_the_place_of_another_is_looked_at_anew(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    open_knowledge(path).close()
    assert has_header(path)
    (tmp_path / "new").write_bytes(b"something else")
    shutil.move(tmp_path / "new", path)
    assert not has_header(path)
    path.write_bytes(b"")
    assert not has_header(path)


def test_only_so_many_files_are_kept_open(tmp_path: Path) -> None:
    for number in range(MOST + 5):
        path = tmp_path / str(number)
        path.write_bytes(b"%d" % number)
        assert first_bytes.first_bytes(path, 100) == b"%d" % number
    assert len(first_bytes._kept) == (MOST if os.name == "posix" else 0)
    assert first_bytes.first_bytes(tmp_path / "0", 100) == b"0"


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        first_bytes.first_bytes(tmp_path / "nothing", 100)
