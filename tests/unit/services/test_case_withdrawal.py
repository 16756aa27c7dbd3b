"""Taking rows out: with everything that is about them alone, and back again by an undo."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from case_samples import (
    RECORDED,
    claim,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
    worked_case,
)
from endurance_inputs import new_database

from briefing.core.case import Case, Row
from briefing.core.case_stix import KINDS
from briefing.core.errors import BriefingError
from briefing.services.cases import CaseBook, list_cases, open_case, row_history, withdraw
from briefing.services.import_feeds import undo_import
from briefing.store.connection import KnowledgeFile

RAID = row_id("incident", "raid")
STAMP = "2024-06-01T12:00:00.000Z"


@pytest.fixture
def book(tmp_path: Path) -> CaseBook:
    """The book over a database with a worked case."""
    made = CaseBook(new_database(tmp_path / "knowledge.db"))
    made.save(tuple(worked_case().rows()), now=RECORDED)
    return made


@pytest.fixture
def reader(book: CaseBook) -> Iterator[sqlite3.Connection]:
    knowledge = KnowledgeFile(book.path)
    yield knowledge.connection
    knowledge.close()


def stored(reader: sqlite3.Connection) -> Case:
    return open_case(reader, RAID).case


def withdrawn(case: Case, row: Row) -> dict[str, Row]:
    out = withdraw(case, row, "B", STAMP)
    assert {(one.author, one.modified) for one in out} == {("B", STAMP)}
    assert len({one.id for one in out}) == len(out)
    return {one.id: one for one in out}


def full() -> Case:
    """The worked case with opinions."""
    made = worked_case()
    return replace(made, opinions=(opinion("o1", "j1", hypothesis="h2"),))


def test_evidence_goes_with_the_cells_that_judge_it() -> None:
    out = withdrawn(full(), evidence("e1"))
    assert out.pop(row_id("evidence", "e1")).withdrawn
    assert set(out) == {row_id("hypothesis", key) for key in ("h1", "h2", "h3")}
    for one in out.values():
        assert not one.withdrawn
        assert [cell.evidence for cell in getattr(one, "cells", ())] == [row_id("evidence", "e2")]


def test_a_claim_goes_and_evidence_no_longer_bears_on_it() -> None:
    out = withdrawn(full(), claim("a"))
    assert out.pop(row_id("claim", "a")).withdrawn
    assert {getattr(one, "bears_on", None) for one in out.values()} == {()}
    assert len(out) == 2


def test_a_hypothesis_takes_its_assessments_and_their_opinions_along() -> None:
    out = withdrawn(full(), hypothesis("h1"))
    assert {id_ for id_, one in out.items() if one.withdrawn} == {
        row_id("hypothesis", "h1"),
        row_id("assessment", "j1"),
        row_id("opinion", "o1"),
    }
    out = withdrawn(full(), hypothesis("h2"))
    assert getattr(out[row_id("opinion", "o1")], "hypothesis", None) == ""
    assert not out[row_id("opinion", "o1")].withdrawn


def test_an_incident_takes_everything_that_was_recorded_along() -> None:
    out = withdrawn(full(), subject())
    assert set(out) == {row.id for row in full().rows()}
    assert all(one.withdrawn for one in out.values())


def test_a_claim_of_a_feed_cannot_be_taken_out_here() -> None:
    told = claim("a", text="")
    with pytest.raises(BriefingError, match="goes only with the feed"):
        withdraw(full(), told, "B", STAMP)


@pytest.mark.parametrize("row", list(full().rows()), ids=lambda row: KINDS[type(row)])
def test_any_row_can_be_taken_out_saved_and_brought_back_by_an_undo(
    book: CaseBook, reader: sqlite3.Connection, row: Row
) -> None:
    book.save([opinion("o1", "j1", hypothesis="h2")], now=RECORDED)
    before = stored(reader)
    book.save(withdraw(before, row, "B", STAMP), now=STAMP)
    if row.id == RAID:
        assert list_cases(reader) == ()
    else:
        assert row.id not in {one.id for one in stored(reader).rows()}
        assert row_history(reader, row.id)[0].withdrawn
    undo_import(book.path, 3)
    assert stored(reader) == before
