"""A disk that fills up: nothing is lost, and the work can be done once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from killed_import import big_import
from store_samples import actor, changes, facts, read_models, rows, take

from briefing.core.errors import BriefingError
from briefing.store.builder import DatabaseBuilder
from briefing.store.connection import DatabaseError, KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.store.overview import integrity_faults

LIMITED = """
import resource, signal, sys
from pathlib import Path
from killed_import import big_import
from store_samples import take
from briefing.core.errors import BriefingError
from briefing.store.migrate import open_knowledge

path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
connection = open_knowledge(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    take(connection, path, big_import())
except BriefingError as error:
    print(error.message)
    print(connection.in_transaction)
"""


def test_an_import_onto_a_full_disk_changes_nothing_and_works_once_there_is_room(
    small_disk: Callable[[str], Path],
) -> None:
    disk = small_disk("6m")
    path = disk / "knowledge.db"
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(actor(9_999, "Fox")))
        filler = disk / "holiday.mp4"
        filler.write_bytes(bytes(5_000_000))
        before = facts(connection), read_models(connection)
        with pytest.raises(DatabaseError) as caught:
            take(connection, path, big_import())
        assert caught.value.message == f"There is no room left on the disk for {path}."
        assert "What was there before is still there." in caught.value.remedy
        assert not connection.in_transaction
        assert (facts(connection), read_models(connection)) == before
        filler.unlink()
        assert take(connection, path, changes(actor(1, "Owl"), full=False)).added == 1
    assert integrity_faults(KnowledgeFile(path).connection) == ()


@pytest.mark.skipif(os.name != "posix", reason="Limits on file sizes are a matter of POSIX.")
def test_a_limit_on_file_sizes_is_a_sentence_and_changes_nothing(path: Path) -> None:
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(actor(9_999, "Fox")))
        before = facts(connection)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "samples")},
    )
    message, in_transaction = done.stdout.splitlines()
    assert "a limit on file sizes was reached" in message
    assert in_transaction == "False"
    with closing(open_knowledge(path)) as connection:
        assert facts(connection) == before


def test_a_build_onto_a_full_disk_leaves_the_old_file_and_no_remains(
    small_disk: Callable[[str], Path], tmp_path: Path
) -> None:
    disk = small_disk("600k")
    target = disk / "knowledge.db"
    with DatabaseBuilder(tmp_path / "first.db") as builder:
        builder.finish()
        builder.write(target)
    before = target.read_bytes()
    with DatabaseBuilder(tmp_path / "second.db") as builder:
        builder.apply(big_import(), taken_at="2026-01-01")
        builder.finish()
        with pytest.raises(BriefingError) as caught:
            builder.write(target)
    assert "No space left on device" in caught.value.message
    assert "What was there is still there." in caught.value.remedy
    assert [item.name for item in disk.iterdir()] == ["knowledge.db"]
    assert target.read_bytes() == before


def test_a_build_that_finds_no_room_for_its_scratch_file_says_so(
    small_disk: Callable[[str], Path], tmp_path: Path
) -> None:
    disk = small_disk("1500k")
    with DatabaseBuilder(disk / "scratch.db") as builder:
        builder.finish()
        (disk / "holiday.mp4").write_bytes(bytes(shutil.disk_usage(disk).free))
        with pytest.raises(BriefingError, match="There is no room left on the disk"):
            builder.write(tmp_path / "knowledge.db")
    assert not (tmp_path / "knowledge.db").exists()


def test_a_build_onto_a_read_only_medium_is_a_sentence(
    read_only: Callable[[Path], Path], tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    with DatabaseBuilder(tmp_path / "scratch.db") as builder:
        builder.finish()
        builder.write(there / "knowledge.db")
        folder = read_only(there)
        before = (folder / "knowledge.db").read_bytes()
        with pytest.raises(BriefingError, match="could not be written to"):
            builder.write(folder / "knowledge.db")
    assert (folder / "knowledge.db").read_bytes() == before
    assert rows(KnowledgeFile(folder / "knowledge.db").connection, "SELECT 1") == [(1,)]
