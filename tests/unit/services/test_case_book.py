"""Recording rows: checked first, one snapshot each time, nothing lost, nothing else touched."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from case_samples import (
    RECORDED,
    assessment,
    claim,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
    worked_case,
)
from endurance_inputs import new_database
from endurance_kills import contents
from eurepoc_samples import incidents
from kept_cases import BUNDLED, LATER, keep, later
from store_samples import facts, read_models, rows, take

from briefing.core.case import Case, Row
from briefing.core.case_stix import CLASSES, KINDS, STIX_TYPES
from briefing.core.case_words import Claimant
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.services.cases import (
    CaseBook,
    new_id,
    open_case,
    row_history,
    withdraw,
)
from briefing.services.import_feeds import undo_import
from briefing.store import read_models as making
from briefing.store.connection import DatabaseError, KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.store.overview import integrity_faults

RAID = row_id("incident", "raid")
NOW = "2024-06-01T12:00:00+00:00"
STAMP = "2024-06-01T12:00:00.000Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty database."""
    return new_database(tmp_path / "knowledge.db")


@pytest.fixture
def book(path: Path) -> CaseBook:
    """The book over a database with a worked case."""
    made = CaseBook(path)
    made.save(tuple(worked_case().rows()), now=RECORDED)
    return made


@pytest.fixture
def reader(path: Path) -> Iterator[sqlite3.Connection]:
    knowledge = KnowledgeFile(path)
    yield knowledge.connection
    knowledge.close()


def stored(reader: sqlite3.Connection) -> Case:
    return open_case(reader, RAID).case


def refusal(book: CaseBook, *given: Row) -> str:
    before = contents(book.path)
    with pytest.raises(BriefingError) as error:
        book.save(given, now=NOW)
    assert contents(book.path) == before
    assert error.value.remedy == "Nothing was changed."
    return error.value.message


def test_what_is_saved_is_read_back_and_is_one_snapshot_of_what_is_recorded_here(
    book: CaseBook, reader: sqlite3.Connection
) -> None:
    assert {repr(row) for row in stored(reader).rows()} == {
        repr(replace(row, source="local-analyst")) for row in worked_case().rows()
    }
    assert rows(reader, "SELECT source, added, changed, removed, file <> '' FROM snapshot") == [
        ("local-analyst", 8, 0, 0, 1)
    ]
    assert rows(reader, "SELECT kind, title FROM source") == [("analyst", "Recorded here")]


def test_a_changed_row_is_a_later_version_and_everything_else_stays(
    book: CaseBook, reader: sqlite3.Connection
) -> None:
    changed = replace(evidence("e1", bears_on=("a",), credibility=2), text="Seen again")
    book.save([changed], now=NOW)
    first = stored(reader).evidence[0]
    assert (first.text, first.created, first.modified) == ("Seen again", RECORDED, STAMP)
    assert len(list(stored(reader).rows())) == 8
    assert [row.modified for row in row_history(reader, changed.id)] == [STAMP, RECORDED]
    assert rows(reader, "SELECT added, changed, removed FROM snapshot ORDER BY id")[-1] == (0, 1, 0)


def test_the_later_of_two_moments_is_kept_even_where_the_clock_stands(
    book: CaseBook, reader: sqlite3.Connection
) -> None:
    for text in ("Second", "Third", "Fourth"):
        book.save([replace(evidence("e2"), text=text)], now=RECORDED)
    versions = row_history(reader, row_id("evidence", "e2"))
    assert [getattr(row, "text", "") for row in versions] == [
        *("Fourth", "Third", "Second", "Observation e2")
    ]
    assert versions[0].modified == "2024-03-01T09:00:00.003Z"
    assert {row.created for row in versions} == {RECORDED}


def test_a_row_keeps_a_later_moment_of_its_own(book: CaseBook, reader: sqlite3.Connection) -> None:
    book.save([later(evidence("e2"), LATER, text="Later")], now=NOW)
    assert row_history(reader, row_id("evidence", "e2"))[0].modified == LATER


def test_a_row_without_moments_is_of_now(book: CaseBook, reader: sqlite3.Connection) -> None:
    book.save([evidence("e9", created="", modified="")], now=NOW)
    (row,) = row_history(reader, row_id("evidence", "e9"))
    assert (row.created, row.modified) == (STAMP, STAMP)


def test_a_version_that_says_nothing_new_is_not_recorded(
    book: CaseBook, reader: sqlite3.Connection
) -> None:
    before = contents(book.path)
    book.save([replace(one, author="Somebody") for one in worked_case().rows()], now=NOW)
    book.save([], now=NOW)
    assert contents(book.path) == before
    assert len(row_history(reader, row_id("evidence", "e2"))) == 1


def test_a_row_of_the_program_is_changed_here_and_the_program_s_own_stays(
    path: Path, reader: sqlite3.Connection
) -> None:
    with closing(open_knowledge(path)) as writer:
        keep(writer, path, worked_case().rows(), of=BUNDLED)
    CaseBook(path).save([replace(subject(), name="Renamed")], now=NOW)
    assert stored(reader).incident.name == "Renamed"
    assert stored(reader).incident.source == "local-analyst"
    assert rows(
        reader,
        "SELECT count(*) FROM record WHERE source = ? AND to_snapshot IS NULL",
        BUNDLED.id,
    ) == [(8,)]


def test_a_save_can_be_undone_exactly(path: Path, book: CaseBook) -> None:
    with closing(open_knowledge(path)) as writer:
        before = facts(writer), read_models(writer)
    changed = [
        replace(subject(), name="Renamed"),
        replace(claim("a"), accused="Egret"),
        *withdraw(worked_case(), evidence("e1"), "B", STAMP),
        claim("b"),
    ]
    book.save(changed, now=NOW)
    undo_import(path, 2)
    with closing(open_knowledge(path)) as writer:
        assert (facts(writer), read_models(writer)) == before
        assert integrity_faults(writer) == ()


@pytest.mark.parametrize("kind", CLASSES)
def test_what_saving_touched_is_what_making_everything_again_gives(
    path: Path, book: CaseBook, kind: str
) -> None:
    row = next(one for one in (*worked_case().rows(), opinion()) if KINDS[type(one)] == kind)
    if kind != "assessment":
        row = replace(row, author="B", documents=(*row.documents, *evidence("new").documents))
    book.save([row, claim("b")], now=NOW)
    with closing(open_knowledge(path)) as writer:
        before = read_models(writer)
        making.rebuild(writer)
        after = read_models(writer)
    for found in (before, after):
        found["claim"] = sorted(row[1:] for row in found["claim"])
    assert after == before


@pytest.mark.parametrize(
    ("kinds", "made"),
    [
        ({"evidence", "hypothesis", "assessment", "opinion"}, []),
        ({"claim-row"}, ["incidents"]),
        ({"incident"}, ["incidents"]),
        ({"advisory", "evidence"}, ["reports", "incidents"]),
        ({"intrusion-set"}, ["catalogue", "reports", "incidents"]),
    ],
)
def test_only_the_lists_that_rest_on_what_changed_are_made_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, kinds: set[str], made: list[str]
) -> None:
    done: list[str] = []

    def note(what: str) -> Callable[..., None]:
        return lambda *_: done.append(what)

    monkeypatch.setattr(making, "_rebuild_catalogue", note("catalogue"))
    monkeypatch.setattr(making, "fill_reports", note("reports"))
    monkeypatch.setattr(making, "fill_incidents", note("incidents"))
    with closing(open_knowledge(path)) as writer:
        making.rebuild(writer, frozenset(kinds))
    assert done == made


REFUSED: dict[str, tuple[Sequence[Row], str]] = {
    "no name": (
        [replace(subject(), name="")],
        "The incident was not saved: the incident has no name.",
    ),
    "a claim of nobody": (
        [replace(claim("b"), claimant=Claimant.UNSTATED)],
        "The claim was not saved: a claim needs a claimant",
    ),
    "evidence without source": (
        [evidence("e9", documents=())],
        "The piece of evidence was not saved: evidence needs a source",
    ),
    "a cell of nothing": (
        [hypothesis("h9", {"e9": "C"})],
        "The hypothesis was not saved: a cell is about evidence that is not there",
    ),
    "evidence that a cell still judges": (
        [replace(evidence("e1"), withdrawn=True)],
        "The hypothesis was not saved: a cell is about evidence that is not there",
    ),
    "a hypothesis that is still assessed": (
        [replace(hypothesis("h1"), withdrawn=True)],
        "The assessment was not saved: it judges a hypothesis that is not there",
    ),
    "an opinion on nothing": (
        [opinion("o1", "j9")],
        "The opinion was not saved: it is about an assessment that is not there",
    ),
    "an assessment that was made": (
        [replace(assessment("j1"), text="Something else.")],
        "an assessment is never changed; record a later one that supersedes it.",
    ),
    "no incident": (
        [evidence("e9", incident=row_id("incident", "never"))],
        "there is no incident incident--",
    ),
    "twice": ([evidence("e9"), evidence("e9", text="Other")], "it is there twice."),
    "an id of another kind": (
        [replace(claim("b"), id=row_id("evidence", "e1"))],
        "The claim was not saved: its id is that of a piece of evidence.",
    ),
    "an id of another type": (
        [replace(claim("b"), id=row_id("opinion", "o7"))],
        "is not that of a claim.",
    ),
    "a slug that is taken": (
        [subject("other", slug="raid-2023")],
        "another incident bears the readable id “raid-2023”: Raid on the harbour, September 2023.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_not_be_weighed_or_traced_is_refused_and_nothing_is_kept(
    book: CaseBook, case: str
) -> None:
    given, sentence = REFUSED[case]
    assert sentence in refusal(book, *given)


def test_one_bad_row_keeps_all_of_them_out(book: CaseBook) -> None:
    assert "has no text" in refusal(book, evidence("e8"), evidence("e9", text=" "))


def test_an_assessment_that_supersedes_another_is_how_it_changes(
    book: CaseBook, reader: sqlite3.Connection
) -> None:
    book.save([assessment("j2", "h3", supersedes="j1", date="2024-06-01")], now=NOW)
    found = stored(reader)
    assert len(found.assessments) == 2
    assert found.assessment is not None
    assert found.assessment.id == row_id("assessment", "j2")


def test_a_feed_s_incident_can_be_worked_on_without_a_row_of_its_own(
    path: Path, reader: sqlite3.Connection
) -> None:
    with closing(open_knowledge(path)) as writer:
        take(writer, path, incidents({"name": "Fox raid", "attributed_initiator": "Fox"}))
    fed = incident_id("1")
    CaseBook(path).save([evidence("e1", incident=fed)], now=NOW)
    page = open_case(reader, fed)
    assert len(page.case.evidence) == 1
    assert page.told is not None
    out = withdraw(page.case, page.case.incident, "B", STAMP)
    CaseBook(path).save(out, now=STAMP)
    page = open_case(reader, fed)
    assert (page.case.evidence, page.case.incident.name) == ((), "Fox raid")
    assert len(page.case.claims) == 1
    assert rows(reader, "SELECT count(*) FROM record WHERE native_id = ?", fed) == [(1,)]


def test_an_editor_who_may_not_see_a_row_does_not_lose_what_is_said_of_it(
    book: CaseBook, reader: sqlite3.Connection
) -> None:
    secret, told = evidence("x", tlp=Tlp.RED), claim("x", tlp=Tlp.RED)
    judged = hypothesis("h4", {"e1": "C", "x": "II"})
    shown = evidence("e3", bears_on=("a", "x"))
    book.save([secret, told, judged, shown], now=RECORDED)
    seen = hypothesis("h4", {"e1": "CC"}, text="Edited")
    CaseBook(book.path, Tlp.AMBER).save([seen, evidence("e3", text="Edited")], now=NOW)
    found = next(one for one in stored(reader).hypotheses if one.id == judged.id)
    assert [(cell.evidence, cell.mark.value) for cell in found.cells] == [
        (row_id("evidence", "e1"), "CC"),
        (secret.id, "II"),
    ]
    piece = next(one for one in stored(reader).evidence if one.id == shown.id)
    assert (piece.text, piece.bears_on) == ("Edited", (told.id,))
    # Who sees everything means what is left out.
    book.save([hypothesis("h4", {"e1": "CC"}, text="Edited")], now=NOW)
    found = next(one for one in stored(reader).hypotheses if one.id == judged.id)
    assert len(found.cells) == 1


@pytest.mark.parametrize("kind", CLASSES)
def test_new_ids_are_random_and_of_the_type_of_their_kind(kind: str) -> None:
    one, other = new_id(kind), new_id(kind)
    assert one != other
    head, _, tail = one.partition("--")
    assert head == STIX_TYPES[kind]
    assert uuid.UUID(tail).version == 4


def test_a_database_that_cannot_be_written_says_so(book: CaseBook, path: Path) -> None:
    before = contents(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseError):
            book.save([evidence("e9")], now=NOW)
    assert contents(path) == before


def test_a_moment_that_is_none_is_refused(book: CaseBook) -> None:
    given: Any = "yesterday"
    with pytest.raises(ValueError, match="isoformat"):
        book.save([evidence("e9")], now=given)
