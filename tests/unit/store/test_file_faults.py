"""Files that cannot be used: each is a clear sentence, and each is left as it was."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from store_samples import actor, changes, rows, take

from briefing.store import connection as store_connection
from briefing.store.connection import (
    DatabaseError,
    KnowledgeFile,
    MissingDatabaseError,
    NewerDatabaseError,
    open_reader,
)
from briefing.store.migrate import open_knowledge, open_workspace
from briefing.store.overview import integrity_faults
from briefing.store.version import KNOWLEDGE_ID, KNOWLEDGE_VERSION

Open = Callable[[Path], object]
READ_OR_WRITE = pytest.mark.parametrize("open_it", [KnowledgeFile, open_knowledge])

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def folder_state(folder: Path) -> dict[str, str]:
    """Name and SHA-256 of every file of a folder."""
    files = (path for path in folder.iterdir() if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def refused(open_it: Open, path: Path, kind: type[DatabaseError] = DatabaseError) -> DatabaseError:
    """The error with which a file is refused; its folder must be as before."""
    before = folder_state(path.parent) if path.parent.is_dir() else {}
    with pytest.raises(kind) as caught:
        open_it(path)
    assert (folder_state(path.parent) if path.parent.is_dir() else {}) == before
    assert caught.value.message.endswith(".")
    assert caught.value.remedy.endswith(".")
    assert str(path) in caught.value.message
    return caught.value


@contextmanager
def held_by_another_program(path: Path) -> Iterator[None]:
    """A second process that holds the file for itself."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield
        other.communicate()


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits five seconds for a lock that is never given back."""
    monkeypatch.setattr(store_connection, "BUSY_SECONDS", 0.05)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database with one actor, closed."""
    folder = tmp_path / "there"
    folder.mkdir()
    path = folder / "knowledge.db"
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(actor(1, "Fox")))
    return path


def test_a_missing_database_says_how_to_make_one(tmp_path: Path) -> None:
    error = refused(KnowledgeFile, tmp_path / "none.db", MissingDatabaseError)
    assert error.message == f"There is no database at {tmp_path / 'none.db'}."
    assert "briefing database build" in error.remedy


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    for open_it in (KnowledgeFile, open_knowledge):
        refused(open_it, tmp_path, MissingDatabaseError)


def test_a_new_database_in_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    error = refused(open_knowledge, tmp_path / "nowhere" / "knowledge.db")
    assert "its folder is missing or not writable" in error.message


@READ_OR_WRITE
@pytest.mark.parametrize("size", [1, 99, 100, 4096, 100_000])
def test_random_bytes_are_not_a_database(tmp_path: Path, open_it: Open, size: int) -> None:
    path = tmp_path / "random.db"
    path.write_bytes(random.Random(size).randbytes(size))  # noqa: S311 - rubbish, not a secret
    assert "is damaged or is not a database" in refused(open_it, path).message


@READ_OR_WRITE
@pytest.mark.parametrize("kept", [0.01, 0.5, 0.999])
def test_a_truncated_database_is_damaged(
    bundled_database: Path, tmp_path: Path, open_it: Open, kept: float
) -> None:
    whole = bundled_database.read_bytes()
    path = tmp_path / "cut.db"
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert "is damaged" in refused(open_it, path).message


def test_an_empty_file_is_no_database_to_read_from(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert "is not a knowledge database" in refused(KnowledgeFile, path).message


def test_pages_full_of_rubbish_are_found_by_the_check_and_told_in_words(
    copy_path: Path,
) -> None:
    chance = random.Random(1)  # noqa: S311 - places of damage
    with copy_path.open("r+b") as file:
        for page in chance.sample(range(3, copy_path.stat().st_size // 4096), 200):
            file.seek(page * 4096)
            file.write(chance.randbytes(4096))
    faults = integrity_faults(open_reader(copy_path))
    assert faults
    assert all(isinstance(fault, str) for fault in faults)


READS: tuple[Callable[[sqlite3.Cursor], object], ...] = (
    lambda cursor: cursor.fetchall(),
    lambda cursor: [cursor.fetchone() for _ in range(100_000)],
    list,
)


def test_damage_that_is_met_in_the_middle_of_a_query_is_a_sentence(copy_path: Path) -> None:
    with copy_path.open("r+b") as file:
        # The first pages stay sound, so that the damage shows while rows are being read.
        file.seek(copy_path.stat().st_size // 3)
        file.write(b"\xff" * (copy_path.stat().st_size // 2))
    reader = KnowledgeFile(copy_path).connection
    for read in READS:
        with pytest.raises(DatabaseError, match="is damaged"):
            read(reader.execute("SELECT * FROM statement ORDER BY id"))
    with pytest.raises(DatabaseError, match="is damaged"):
        reader.execute("SELECT sum(length(value)) FROM statement")


def test_a_packed_content_that_is_damaged_is_a_sentence(copy_path: Path) -> None:
    with closing(sqlite3.connect(copy_path)) as theirs, theirs:
        theirs.execute(
            "UPDATE record_row SET content = x'789c00' WHERE id = (SELECT min(id) FROM record_row"
            " WHERE typeof(content) = 'blob')"
        )
    reader = KnowledgeFile(copy_path).connection
    for read in READS:
        with pytest.raises(DatabaseError, match="is damaged"):
            read(reader.execute("SELECT content FROM record ORDER BY id"))


OVERFLOW = "SELECT abs(-9223372036854775807 - x) FROM (SELECT 0 AS x UNION ALL SELECT 1)"


def test_a_query_that_is_wrong_is_no_fault_of_the_file(old: Path) -> None:
    reader = KnowledgeFile(old).connection
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        reader.execute("SELECT * FROM nowhere")
    for read in READS:
        with pytest.raises(sqlite3.OperationalError, match="integer overflow"):
            read(reader.execute(OVERFLOW))


def test_a_file_so_damaged_that_it_cannot_be_checked_is_told_in_words(
    copy_path: Path,
) -> None:
    with copy_path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 8000)
    (fault, *_) = integrity_faults(open_reader(copy_path))
    assert fault == "The file is damaged: database disk image is malformed"


def test_a_small_file_that_begins_well_and_is_damaged_behind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.db"
    with closing(sqlite3.connect(path)) as begun:
        begun.execute("CREATE TABLE t (x)")
    head = path.read_bytes()[:100]
    path.write_bytes(head + b"\xff" * (path.stat().st_size - 100))
    for open_it in (KnowledgeFile, open_knowledge):
        refused(open_it, path)


def test_what_sqlite_finds_and_what_our_own_rules_find_is_told(old: Path) -> None:
    with closing(open_knowledge(old)) as connection:
        connection.execute("PRAGMA foreign_keys = 0")
        connection.execute("UPDATE statement SET tlp = 'PINK', record = 99")
        assert integrity_faults(connection) == (
            "statement: row 1 refers to a record that is not there",
            "1 statements have no source",
            "1 statements carry no known TLP label",
        )
        connection.execute("CREATE TABLE odd (x)")
        connection.execute("INSERT INTO odd VALUES (NULL)")
        connection.execute("PRAGMA writable_schema = 1")
        connection.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE odd (x NOT NULL)' WHERE name = 'odd'"
        )
        connection.commit()
    assert integrity_faults(open_reader(old)) == ("NULL value in odd.x",)


def test_the_real_database_has_no_faults(bundled_database: Path) -> None:
    assert integrity_faults(KnowledgeFile(bundled_database).connection) == ()


@READ_OR_WRITE
@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_the_database_of_another_program_is_not_ours(
    tmp_path: Path, open_it: Open, mode: str
) -> None:
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute(f"PRAGMA journal_mode = {mode}")
        theirs.execute("CREATE TABLE bookmark (url TEXT)")
        theirs.commit()
    error = refused(open_it, path)
    assert error.message == f"{path} is not a knowledge database of Threat Briefing."


def test_a_workspace_is_not_a_knowledge_database_and_the_reverse(tmp_path: Path) -> None:
    workspace, knowledge = tmp_path / "workspace.db", tmp_path / "knowledge.db"
    open_workspace(workspace).close()
    open_knowledge(knowledge).close()
    refused(KnowledgeFile, workspace)
    assert "is not a workspace" in refused(open_workspace, knowledge).message


@READ_OR_WRITE
@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_newer_database_is_refused_and_left_byte_for_byte_with_its_folder(
    old: Path, open_it: Open, mode: str
) -> None:
    with closing(sqlite3.connect(old)) as newer:
        newer.execute(f"PRAGMA journal_mode = {mode}")
        newer.execute(f"PRAGMA user_version = {KNOWLEDGE_VERSION + 1}")
    error = refused(open_it, old, NewerDatabaseError)
    assert f"schema {KNOWLEDGE_VERSION + 1}" in error.message
    assert "It was left as it is." in error.message


@READ_OR_WRITE
def test_a_newer_database_whose_log_still_waits_is_refused(old: Path, open_it: Open) -> None:
    with closing(sqlite3.connect(old)) as newer:
        newer.execute(f"PRAGMA user_version = {KNOWLEDGE_VERSION + 1}")
        before = folder_state(old.parent)
        assert before.keys() >= {"knowledge.db", "knowledge.db-wal"}
        with pytest.raises(NewerDatabaseError):
            open_it(old)
        after = folder_state(old.parent)
        assert {k: after[k] for k in before if not k.endswith("-shm")} == {
            k: v for k, v in before.items() if not k.endswith("-shm")
        }


def test_a_writer_says_that_another_program_is_writing(old: Path) -> None:
    with held_by_another_program(old):
        with closing(sqlite3.connect(old)) as reader:
            before = rows(reader, "SELECT * FROM record_row")
        with pytest.raises(DatabaseError) as caught, closing(open_knowledge(old)) as connection:
            take(connection, old, changes(actor(2, "Owl")))
        assert caught.value.message == f"Another program is writing to {old}."
        assert "Nothing was changed." in caught.value.remedy
    with closing(open_knowledge(old)) as connection:
        assert rows(connection, "SELECT * FROM record_row") == before
        assert take(connection, old, changes(actor(2, "Owl"), full=False)).added == 1


@READ_OR_WRITE
def test_a_bundled_file_held_by_another_program_cannot_even_be_read(
    bundled_database: Path, tmp_path: Path, open_it: Open
) -> None:
    path = Path(shutil.copy(bundled_database, tmp_path / "bundle.db"))
    with held_by_another_program(path), pytest.raises(DatabaseError, match="Another program"):
        open_it(path)


def test_the_bundled_file_is_read_from_a_read_only_medium(
    bundled_database: Path, read_only: Callable[[Path], Path]
) -> None:
    path = read_only(bundled_database.parent) / bundled_database.name
    before = folder_state(path.parent)
    knowledge = KnowledgeFile(path)
    assert rows(knowledge.connection, "SELECT count(*) > 900 FROM actor") == [(1,)]
    knowledge.close()
    assert folder_state(path.parent) == before


@pytest.mark.parametrize("with_empty_log", [False, True])
def test_a_copy_in_wal_mode_is_read_from_a_read_only_medium(
    old: Path, read_only: Callable[[Path], Path], with_empty_log: bool
) -> None:
    if with_empty_log:
        old.with_name("knowledge.db-wal").touch()
    path = read_only(old.parent) / old.name
    assert rows(KnowledgeFile(path).connection, "SELECT name FROM actor") == [("Fox",)]


def test_a_log_that_waits_on_a_read_only_medium_is_a_sentence_and_brings_no_old_rows(
    old: Path, read_only: Callable[[Path], Path]
) -> None:
    with closing(open_knowledge(old)) as connection:
        take(connection, old, changes(actor(2, "Owl")))
        # As a stick is pulled out: the file, its log, and nothing that says who has it open.
        shutil.copytree(old.parent, old.parent.with_name("stick"))
    stick = old.parent.with_name("stick")
    (stick / "knowledge.db-shm").unlink()
    folder = read_only(stick)
    error = refused(KnowledgeFile, folder / old.name)
    assert "cannot be opened" in error.message


def test_writing_to_a_read_only_medium_is_a_sentence(
    bundled_database: Path, old: Path, read_only: Callable[[Path], Path]
) -> None:
    shutil.copy(bundled_database, old.parent / "bundle.db")
    folder = read_only(old.parent)
    assert "is on a read-only medium" in refused(open_knowledge, folder / "bundle.db").message
    assert "not writable for you" in refused(open_knowledge, folder / old.name).message


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="A file that no one can read.")
def test_a_file_that_gives_a_read_error_is_a_sentence() -> None:
    with pytest.raises(DatabaseError, match="cannot be read: Input/output error"):
        KnowledgeFile(Path("/proc/self/mem"))


def test_each_thread_has_a_reader_of_its_own_and_closing_it_twice_is_nothing(old: Path) -> None:
    knowledge = KnowledgeFile(old)
    first = knowledge.connection
    assert knowledge.connection is first
    knowledge.close()
    knowledge.close()
    assert knowledge.connection is not first
    knowledge.close()


def test_a_reader_cannot_write_whatever_is_asked_of_it(old: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        KnowledgeFile(old).connection.execute("DELETE FROM record_row")


@pytest.mark.parametrize(
    "name", ["knowledge ?mode=memory#x%20.db", "wis\N{LATIN SMALL LETTER E WITH ACUTE}.db"]
)
def test_a_path_with_signs_of_an_address_is_opened_as_it_stands(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    open_knowledge(path).close()
    assert KnowledgeFile(path).path.name == name
    assert (tmp_path / name).stat().st_size > 0
    with closing(sqlite3.connect(path)) as plain:
        assert rows(plain, "PRAGMA application_id") == [(KNOWLEDGE_ID,)]
