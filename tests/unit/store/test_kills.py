"""An import that is killed: all of it is there, or nothing of it, and what was there before is."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from killed_import import RECORDS
from store_samples import actor, changes, read_models, rows, take, targets

from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.store.overview import integrity_faults

SAMPLES = Path(__file__).parents[2] / "samples"
COUNT = "SELECT count(*) FROM record WHERE content LIKE '%xxxx%'"
STATEMENTS = "SELECT count(*) FROM statement WHERE from_snapshot = 2"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database in which one import was acknowledged."""
    path = tmp_path / "knowledge.db"
    with closing(open_knowledge(path)) as connection:
        fox = actor(9_999, "Fox", said=targets(9_999, "energy"))
        take(connection, path, changes(fox))
    return path


def kill_at(path: Path, moment: str, mode: str = "transaction") -> None:
    """Start the import, wait until it tells the moment, and kill it there."""
    with subprocess.Popen(
        [sys.executable, str(SAMPLES / "killed_import.py"), str(path), mode],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SAMPLES)},
    ) as importing:
        assert importing.stdin is not None
        assert importing.stdout is not None
        for line in importing.stdout:
            if line.strip() == moment:
                importing.kill()
                return
            importing.stdin.write("\n")
            importing.stdin.flush()
        raise AssertionError(f"The import never came to “{moment}”.")


@pytest.mark.parametrize(
    "moment", ["256", "768", "1280", "1792", "2000", "committing", "committed"]
)
def test_a_killed_import_is_there_whole_or_not_at_all(path: Path, moment: str) -> None:
    kill_at(path, moment)
    knowledge = KnowledgeFile(path)
    ((records,),) = rows(knowledge.connection, COUNT)
    ((statements,),) = rows(knowledge.connection, STATEMENTS)
    assert (records, statements) in {(0, 0), (RECORDS, 3 * RECORDS)}
    if moment != "committing":
        assert records == (RECORDS if moment == "committed" else 0)
    # What was acknowledged before the kill is never lost.
    assert rows(knowledge.connection, "SELECT name FROM actor WHERE name = 'Fox'") == [("Fox",)]
    assert integrity_faults(knowledge.connection) == ()
    knowledge.close()


def test_after_a_kill_the_import_can_simply_be_made_again(path: Path) -> None:
    with closing(open_knowledge(path)) as connection:
        before = read_models(connection)
    kill_at(path, "1280")
    with closing(open_knowledge(path)) as connection:
        assert read_models(connection) == before
        assert take(connection, path, changes(actor(1, "Owl"), full=False)).snapshot == 2


@pytest.mark.parametrize("moment", ["256", "512"])
def test_control_without_a_transaction_the_same_kill_leaves_half_an_import(
    path: Path, moment: str
) -> None:
    kill_at(path, moment, mode="autocommit")
    knowledge = KnowledgeFile(path)
    ((records,),) = rows(knowledge.connection, COUNT)
    assert 0 < records < RECORDS
    knowledge.close()
