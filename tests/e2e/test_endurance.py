"""Work that is killed, media that fail, files that are broken: all or nothing, and a sentence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from endurance_inputs import (
    Desk,
    feed_files,
    give_cut_short,
    give_damaged,
    give_retyped,
    new_database,
)
from endurance_kills import Work, contents, seeded, synthetic_bundle, works
from endurance_logs import CrashedLog
from endurance_work import NOW

from briefing import cli, paths
from briefing.core.errors import BriefingError
from briefing.feeds.payload import Payload
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import read_paths
from briefing.services.import_feeds import Leave, apply_import, undo_import
from briefing.services.task import Task
from briefing.store import connection as store_connection
from briefing.store.connection import KnowledgeFile
from briefing.store.overview import integrity_faults

SEED = 20261124
KILLS = 10
HOLDS_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Work]:
    """Each kind of work, measured once."""
    return {work.what: work for work in works(tmp_path_factory.mktemp("works"))}


@pytest.mark.parametrize("what", ["import", "undo", "migrate"])
def test_killed_at_any_moment_the_database_is_exactly_as_before_or_exactly_as_after(
    killed: dict[str, Work], what: str
) -> None:
    killed[what].killed_at_random(seeded(SEED), KILLS)
    assert killed[what].found.total() == KILLS


@pytest.mark.parametrize("what", ["import", "undo", "migrate"])
def test_control_without_a_transaction_a_kill_leaves_half_of_it_and_that_is_noticed(
    killed: dict[str, Work], what: str
) -> None:
    work = killed[what]
    found = work.killed_before_statement(work.statements * 3 // 4, mode="control")
    assert found.startswith("half done")


def test_what_was_acknowledged_is_there_after_a_kill(killed: dict[str, Work]) -> None:
    # Killed once it is long done: nothing is left to lose.
    work = killed["import"]
    assert work.killed_after(60.0) == "after"


def test_whatever_a_crash_leaves_of_the_log_whole_imports_are_found(tmp_path: Path) -> None:
    releases = (
        Payload("a.json", synthetic_bundle(60, 1)),
        Payload("a.json", synthetic_bundle(60, 2)),
    )
    crashed = CrashedLog(tmp_path, releases)
    crashed.crash(seeded(SEED), 300)
    assert set(crashed.found) == {"before", "after the first", "after both"}


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """A feed of some megabytes."""
    path = tmp_path / "feed.json"
    path.write_bytes(synthetic_bundle(3000))
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database that holds one import."""
    path = new_database(tmp_path / "knowledge.db")
    first = tmp_path / "first.json"
    first.write_bytes(synthetic_bundle(40))
    assert briefing("import", str(first), "--database", str(path)).returncode == 0
    return path


def briefing(*arguments: str, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """The real command, with a limit on file sizes in blocks of 512 or 1024 bytes."""
    command = [sys.executable, "-m", "briefing", *arguments]
    if limit:
        command = ["sh", "-c", f'ulimit -f {limit}; exec "$@"', "sh", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that a command which could not do its work has said."""
    assert done.returncode == 1, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "Writing" not in line]
    assert line.endswith(".")
    assert "did not foresee" not in line
    return line


def test_a_full_disk_is_one_sentence_and_the_import_works_once_there_is_room(
    small_disk: Callable[[str], Path], database: Path, feed: Path
) -> None:
    disk = small_disk("24m")
    there = Path(shutil.copy(database, disk))
    filler = disk / "holiday.mp4"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - 700_000))
    before = contents(there)
    said = refusal(briefing("import", str(feed), "--database", str(there)))
    assert "no room left on the disk" in said
    assert contents(there) == before
    filler.unlink()
    assert briefing("import", str(feed), "--database", str(there)).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Limits on file sizes are a matter of POSIX.")
def test_a_limit_on_file_sizes_is_one_sentence_and_changes_nothing(
    database: Path, feed: Path
) -> None:
    before = contents(database)
    done = briefing("import", str(feed), "--database", str(database), limit=1000)
    assert "a limit on file sizes was reached" in refusal(done)
    assert contents(database) == before


def test_a_read_only_medium_is_one_sentence(
    read_only: Callable[[Path], Path], database: Path, feed: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copy(database, stick / "knowledge.db")
    there = read_only(stick) / "knowledge.db"
    before = there.read_bytes()
    assert "read-only" in refusal(briefing("import", str(feed), "--database", str(there)))
    assert "read-only" in refusal(briefing("undo", "1", "--database", str(there)))
    assert there.read_bytes() == before


@pytest.fixture
def second_program(database: Path) -> Iterator[None]:
    """Another program that is in the middle of writing."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_THE_LOCK, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holding:
        assert holding.stdin is not None
        assert holding.stdout is not None
        assert holding.stdout.readline() == "held\n"
        yield
        holding.stdin.close()


@pytest.mark.usefixtures("second_program")
def test_while_a_second_program_writes_an_import_and_an_undo_are_refused_in_one_sentence(
    database: Path,
    feed: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(store_connection, "BUSY_SECONDS", 0.2)
    before = contents(database)
    for arguments in (("import", str(feed), "--json"), ("undo", "1")):
        assert cli.main([*arguments, "--database", str(database)]) == 1
        printed = capsys.readouterr()
        (line,) = printed.err.splitlines()
        assert line.startswith(f"Another program is writing to {database}.")
        assert printed.out == ""
    assert contents(database) == before


def test_a_database_that_was_removed_meanwhile_is_a_sentence_and_none_is_made_in_its_place(
    database: Path, feed: Path
) -> None:
    knowledge = KnowledgeFile(database)
    context = feed_context(knowledge, paths.data_folder())
    reading = read_paths([feed], context, Task.silent())
    knowledge.close()
    database.unlink()
    with pytest.raises(BriefingError, match="There is no database at"):
        apply_import(database, reading.incoming, Leave(), NOW, Task.silent())
    with pytest.raises(BriefingError, match="There is no database at"):
        undo_import(database, 1)
    assert not database.exists()


def test_broken_feed_files_never_stop_the_program_and_leave_nothing_half_taken(
    tmp_path: Path,
) -> None:
    desk = Desk(new_database(tmp_path / "knowledge.db"), every=25)
    give_cut_short(desk)
    each = max(2, 600 // len(feed_files()))
    give_damaged(desk, seeded(SEED), each)
    give_retyped(desk, seeded(SEED), each)
    assert desk.inputs > 100
    assert set(desk.became) == {"taken", "partly", "refused"}
    with closing(KnowledgeFile(desk.database)) as knowledge:
        assert integrity_faults(knowledge.connection) == ()
