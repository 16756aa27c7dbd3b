"""Cases handed on: whole, no more than the audience may see, and the same where they arrive."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from case_samples import (
    assessment,
    claim,
    document,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
    worked_case,
)
from drawn_cases import cases
from endurance_inputs import new_database
from eurepoc_samples import incidents
from hypothesis import given, settings
from kept_cases import BUNDLED, below, keep
from stix_samples import thing
from store_samples import actor, changes, facts, read_models, take

from briefing import paths
from briefing.core.case import Case, Row
from briefing.core.case_stix import EXTENSION, from_stix, is_ours, kind_of, to_stix
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.services.cases import list_cases, open_case
from briefing.services.export_case import ExportedCase, export_case
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import read_paths
from briefing.services.import_feeds import Leave, Result, apply_import, undo_import
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile, open_reader
from briefing.store.migrate import open_knowledge

RAID = row_id("incident", "raid")
NOW = datetime(2026, 11, 24, tzinfo=UTC)
CANARY = "Zanzibar-Canary"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty database."""
    return new_database(tmp_path / "knowledge.db")


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_knowledge(path)) as connection:
        yield connection


def export(
    path: Path, target: Path, ceiling: Tlp = Tlp.RED, wanted: str = RAID, **more: bool
) -> ExportedCase:
    with closing(open_reader(path)) as reader:
        return export_case(reader, wanted, target, ceiling, **more)


def receive(path: Path, *files: Path) -> tuple[Result, ...]:
    with closing(KnowledgeFile(path)) as knowledge:
        context = feed_context(knowledge, paths.data_folder())
    incoming = read_paths(files, context, Task.silent()).incoming
    return apply_import(path, incoming, Leave(), NOW, Task.silent())


def opened(path: Path, wanted: str = RAID) -> Case:
    with closing(open_reader(path)) as reader:
        return open_case(reader, wanted).case


def rows_in(target: Path) -> list[Row]:
    objects = json.loads(target.read_bytes())["objects"]
    return [from_stix(one) for one in objects if is_ours(one) and kind_of(one) != "derived"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_database(tmp_path_factory.mktemp("empty") / "knowledge.db")


@settings(max_examples=20)
@given(cases())
def test_any_case_arrives_elsewhere_as_it_was_and_leaves_no_trace_when_undone(
    empty: Path, drawn: Case
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(shutil.copy(empty, Path(folder) / "sent.db"))
        there = Path(shutil.copy(empty, Path(folder) / "there.db"))
        target = Path(folder) / "case.json"
        with closing(open_knowledge(sent)) as connection:
            keep(connection, sent, drawn.rows())
        with closing(open_knowledge(there)) as connection:
            before = facts(connection), read_models(connection)
        written = export(sent, target, wanted=drawn.incident.id)
        assert written.rows == len(list(drawn.rows()))
        assert written.tlp is drawn.tlp
        (result,) = receive(there, target)
        assert result.quarantined == ()
        assert opened(there, drawn.incident.id) == drawn
        again = Path(folder) / "again.json"
        export(there, again, wanted=drawn.incident.id)
        assert again.read_bytes() == target.read_bytes()
        undo_import(there, 1)
        with closing(open_knowledge(there)) as connection:
            assert (facts(connection), read_models(connection)) == before


def test_a_bundle_that_was_taken_changes_nothing_when_taken_again(
    writer: sqlite3.Connection, path: Path, tmp_path: Path, empty: Path
) -> None:
    keep(writer, path, worked_case().rows())
    target = tmp_path / "case.json"
    export(path, target)
    there = Path(shutil.copy(empty, tmp_path / "there.db"))
    receive(there, target)
    (again,) = receive(there, target)
    assert again.applied is not None
    assert again.applied.snapshot is None


def test_what_comes_back_home_changes_nothing_of_what_was_recorded_here(
    writer: sqlite3.Connection, path: Path, tmp_path: Path
) -> None:
    keep(writer, path, worked_case().rows())
    before = opened(path)
    target = tmp_path / "case.json"
    export(path, target)
    (result,) = receive(path, target)
    assert result.source == "local-analyst-elsewhere"
    assert opened(path) == before
    assert {row.source for row in opened(path).rows()} == {"local-analyst"}
    with closing(open_reader(path)) as reader:
        assert [row.claims for row in list_cases(reader)] == [1]


def hidden(tlp: Tlp) -> tuple[Row, ...]:
    given_: dict[str, Any] = {"tlp": tlp, "text": CANARY, "author": CANARY}
    cited = (document(CANARY.lower(), title=CANARY, publisher=CANARY),)
    return (
        claim("x", by=CANARY, accused=CANARY, documents=cited, **given_),
        evidence("x", origin=CANARY, documents=cited, **given_),
        hypothesis("x", {"e1": "II"}, short=CANARY, **given_),
        assessment("x", "x", date="2024-12-31", gaps=(CANARY,), **given_),
        opinion("x", "x", **given_),
        opinion("y", "j1", hypothesis="x", tlp=tlp, text=CANARY, author=CANARY),
    )


OPEN = (
    subject(),
    claim("a"),
    evidence("e1", bears_on=("a", "x")),
    hypothesis("h1", {"e1": "C", "x": "II"}),
    assessment("j1", "h1"),
    opinion("o1", "j1", hypothesis="x"),
)


@pytest.mark.parametrize("ceiling", Tlp)
@pytest.mark.parametrize("level", [tlp for tlp in Tlp if tlp])
def test_nothing_above_the_ceiling_is_in_the_file(
    writer: sqlite3.Connection, path: Path, tmp_path: Path, ceiling: Tlp, level: Tlp
) -> None:
    keep(writer, path, (*OPEN, *hidden(level)))
    target = tmp_path / "case.json"
    written = export(path, target, ceiling)
    content = target.read_text(encoding="utf-8").lower()
    told = level <= ceiling
    assert (CANARY.lower() in content) == told
    for row in hidden(level):
        assert (row.id in content) == told
    assert written.tlp <= ceiling
    assert (written.rows, written.withheld) == ((12, 0) if told else (6, 6))


def test_a_reader_below_a_ceiling_writes_no_more_than_it_shows(
    writer: sqlite3.Connection, path: Path, tmp_path: Path
) -> None:
    keep(writer, path, (*OPEN, *hidden(Tlp.RED)))
    target = tmp_path / "case.json"
    with below(path, Tlp.AMBER) as reader:
        export_case(reader, RAID, target, Tlp.RED)
    assert CANARY.lower() not in target.read_text(encoding="utf-8").lower()
    assert {row.id for row in rows_in(target)} == {row.id for row in OPEN}


def test_an_actor_whose_name_is_above_the_ceiling_is_not_named(
    writer: sqlite3.Connection, path: Path, tmp_path: Path
) -> None:
    take(writer, path, changes(actor(1, CANARY)))
    writer.execute("UPDATE statement SET tlp = 'RED' WHERE predicate = 'named'")
    writer.commit()
    native = actor(1).native_id
    keep(writer, path, [subject(), hypothesis("h1", actors=(native,)), assessment("j1", "h1")])
    for ceiling in Tlp:
        target = tmp_path / f"{ceiling.name}.json"
        export(path, target, ceiling)
        assert (CANARY in target.read_text(encoding="utf-8")) == (ceiling is Tlp.RED)


def test_an_incident_above_the_ceiling_is_not_written_and_an_unknown_one_not_either(
    writer: sqlite3.Connection, path: Path, tmp_path: Path
) -> None:
    keep(writer, path, [subject(tlp=Tlp.AMBER)])
    target = tmp_path / "case.json"
    with pytest.raises(BriefingError, match="is above TLP:GREEN, so nothing of it was written"):
        export(path, target, Tlp.GREEN)
    with pytest.raises(NotFoundError):
        export(path, target, wanted="never")
    with below(path, Tlp.GREEN) as reader, pytest.raises(NotFoundError):
        export_case(reader, RAID, target, Tlp.RED)
    assert list(tmp_path.glob("*.json")) == []


def test_claims_of_feeds_stay_with_the_feeds(
    writer: sqlite3.Connection, path: Path, tmp_path: Path, empty: Path
) -> None:
    feed = incidents({"name": "Fox raid", "attributed_initiator": "Fox"})
    take(writer, path, feed)
    fed = incident_id("1")
    told = opened(path, fed).claims[0]
    shown = replace(evidence("e1", incident=fed), bears_on=(told.id,))
    keep(writer, path, [claim("a", incident=fed), shown])
    target = tmp_path / "case.json"
    written = export(path, target, wanted=fed)
    assert (written.rows, written.left) == (3, 1)
    assert "Fox itself" not in target.read_text(encoding="utf-8")
    there = Path(shutil.copy(empty, tmp_path / "there.db"))
    (result,) = receive(there, target)
    assert result.quarantined == ()
    assert opened(there, fed).incident.name == "Fox raid"
    with closing(open_knowledge(there)) as connection:
        take(connection, there, feed)
    assert len(opened(there, fed).claims) == 2


def test_a_file_that_is_there_gives_way_only_where_that_was_said(
    writer: sqlite3.Connection, path: Path, tmp_path: Path
) -> None:
    keep(writer, path, worked_case().rows())
    target = tmp_path / "case.json"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(BriefingError, match=r"There is a file .* already") as error:
        export(path, target)
    assert "replaced" in error.value.remedy
    assert target.read_text(encoding="utf-8") == "old"
    written = export(path, target, replace=True)
    assert written.bytes == target.stat().st_size
    assert {row.id for row in rows_in(target)} == {row.id for row in worked_case().rows()}


def test_a_folder_that_is_not_there_is_told_in_a_sentence(
    writer: sqlite3.Connection, path: Path, tmp_path: Path
) -> None:
    keep(writer, path, worked_case().rows())
    with pytest.raises(BriefingError, match="could not be written"):
        export(path, tmp_path / "nowhere" / "case.json")


def test_a_full_disk_is_told_and_the_old_file_is_still_there(
    writer: sqlite3.Connection, path: Path, small_disk: Callable[[str], Path]
) -> None:
    keep(writer, path, worked_case().rows())
    target = small_disk("16k") / "case.json"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(BriefingError, match="could not be written"):
        export(path, target, replace=True)
    assert target.read_text(encoding="utf-8") == "old"
    assert [one.name for one in target.parent.iterdir()] == ["case.json"]


def test_equal_rows_give_equal_files_whoever_holds_them(
    writer: sqlite3.Connection, path: Path, tmp_path: Path
) -> None:
    keep(writer, path, worked_case().rows(), of=BUNDLED)
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    export(path, one)
    keep(writer, path, worked_case().rows())
    export(path, other)
    assert one.read_bytes() == other.read_bytes()


def spoiled(row: Row, key: str, value: object) -> dict[str, Any]:
    made = to_stix(row)
    made["extensions"][EXTENSION][key] = value
    return made


HOSTILE: dict[str, list[dict[str, Any]]] = {
    "unknown field": [spoiled(evidence("e9"), "surprise", "x")],
    "wrong type": [spoiled(evidence("e9"), "credibility", "2")],
    "another type": [{**to_stix(evidence("e9")), "type": "tool", "id": thing("tool")["id"]}],
    "cell of what is not there": [to_stix(hypothesis("h9", {"e9": "C"}))],
    "cell of what was taken out": [
        to_stix(evidence("e9", withdrawn=True)),
        to_stix(hypothesis("h9", {"e9": "C"})),
    ],
    "likelihood": [
        to_stix(hypothesis("h9", incident=row_id("incident", "other"))),
        spoiled(assessment("j9", "h9"), "likelihood", 0.8),
    ],
    "huge list": [spoiled(subject("big"), "types", ["x"] * 100_000)],
    "wrong marking": [{**to_stix(evidence("e9")), "object_marking_refs": ["x"]}],
    "control characters": [spoiled(claim("c9"), "accused", "\u0000")],
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_bundle_is_put_aside_in_sentences_and_changes_nothing_else(
    writer: sqlite3.Connection, path: Path, tmp_path: Path, case: str
) -> None:
    keep(writer, path, worked_case().rows())
    before = opened(path)
    target = tmp_path / "hostile.json"
    objects = [*HOSTILE[case], thing("intrusion-set", 1, name="Fox")]
    target.write_bytes(orjson.dumps({"type": "bundle", "id": "bundle--1", "objects": objects}))
    (result,) = receive(path, target)
    assert result.quarantined
    for one in result.quarantined:
        assert one.reason.startswith("Object ")
        assert one.reason.endswith(".")
        assert len(one.reason) < 400
    assert result.applied is not None
    assert result.applied.added == 1 + len(HOSTILE[case]) - len(result.quarantined)
    assert opened(path) == before
    with closing(open_reader(path)) as reader:
        assert len(list_cases(reader)) == 1


def test_a_source_for_what_is_recorded_here_cannot_be_named_for_an_import(path: Path) -> None:
    with (
        closing(KnowledgeFile(path)) as knowledge,
        pytest.raises(BriefingError, match="stands for what is recorded in this program"),
    ):
        feed_context(knowledge, paths.data_folder(), "local-analyst")
