"""``briefing verify`` as a script calls it, and as a person reads it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from relevance_samples import BEAR, add, empty_database
from sample_brief import gamaredon
from store_samples import actor

from briefing.cli_verify import verify
from briefing.core.changes import Predicate, RecordDraft, StatementDraft
from briefing.core.errors import BriefingError
from briefing.exports import pdf
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.store.connection import KnowledgeFile


def bear(*said: StatementDraft) -> RecordDraft:
    """Bear as a release gives it: a record with other statements has another content."""
    return actor(
        1, "Bear", said=said, says=[(one.object, one.value, one.confidence) for one in said]
    )


def targets(code: str, confidence: str) -> StatementDraft:
    return StatementDraft(
        BEAR, Predicate.TARGETS_SECTOR, object=code, value=code, confidence=confidence
    )


@pytest.fixture
def handed_over(tmp_path: Path) -> tuple[Path, Path]:
    """A database, and a PDF that was made from it before an import changed it."""
    path = empty_database(tmp_path / "knowledge.db")
    add(path, bear(targets("healthcare", "low"), targets("energy", "low")))
    knowledge = KnowledgeFile(path)
    file = tmp_path / "bear.pdf"
    file.write_bytes(pdf.render(compose_brief(knowledge, BriefRequest("actor", BEAR))))
    knowledge.close()
    add(path, bear(targets("healthcare", "high")))
    return path, file


def test_a_script_learns_what_changed_after_a_pdf_was_made(handed_over: tuple[Path, Path]) -> None:
    path, file = handed_over
    said = CliRunner().invoke(verify, [str(file), "--json", "--database", str(path)])
    found = json.loads(said.output)
    assert said.exit_code == 0
    assert {"made_from", "still_stands", "changed", "withdrawn", "unknown"} <= found.keys()
    (changed,), (withdrawn,) = found["changed"], found["withdrawn"]
    assert changed["differs"] == ["confidence: low → high"]
    assert changed["before"]["statement"] != changed["now"]["statement"]
    assert changed["places"]
    assert withdrawn["source"] == "feed-a"
    assert withdrawn["now"] is None
    assert found["still_stands"] + 2 == found["statements"]
    assert [one["title"] for one in found["made_from"]] == ["Feed-A"]


def test_a_person_reads_the_same_in_lines(handed_over: tuple[Path, Path]) -> None:
    path, file = handed_over
    said = CliRunner().invoke(verify, [str(file), "--database", str(path)]).output
    assert "still stand." in said
    assert "Changed: 1\n  Bear, sectors targeted, says Feed-A: “" in said
    assert "Withdrawn: 1\n" in said


def test_a_briefing_from_elsewhere_is_unknown_here(tmp_path: Path) -> None:
    path = empty_database(tmp_path / "knowledge.db")
    file = tmp_path / "other.pdf"
    file.write_bytes(pdf.render(gamaredon()))
    said = CliRunner().invoke(verify, [str(file), "--database", str(path)])
    assert "Not known to this database: " in said.output


def test_a_file_that_is_no_briefing_gets_a_sentence(tmp_path: Path) -> None:
    path = empty_database(tmp_path / "knowledge.db")
    file = Path(shutil.copy(path, tmp_path / "notes.txt"))
    said = CliRunner().invoke(verify, [str(file), "--database", str(path)])
    assert isinstance(said.exception, BriefingError)
    assert "notes.txt holds no manifest of a briefing." in str(said.exception)
