"""An import taken back: what was said before is said again, row for row."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import (
    actor,
    changes,
    document,
    facts,
    native,
    read_models,
    rows,
    source,
    take,
    targets,
)

from briefing.core.changes import ChangeSet, Predicate, RecordDraft, StatementDraft
from briefing.core.errors import BriefingError, NotFoundError
from briefing.store.apply import undo
from briefing.store.connection import immediate
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild


def take_back(connection: sqlite3.Connection, path: Path, snapshot: int | None) -> tuple[int, int]:
    assert snapshot is not None
    with immediate(connection, path):
        counted = undo(connection, snapshot)
        rebuild(connection)
    return counted


def test_undoing_the_only_import_leaves_an_empty_database(
    database: sqlite3.Connection, path: Path
) -> None:
    before = facts(database), read_models(database)
    fox = actor(1, "Fox", said=targets(1, "energy"))
    applied = take(database, path, changes(fox, documents=[document()]))
    assert take_back(database, path, applied.snapshot) == (0, 3)
    assert (facts(database), read_models(database)) == before


def test_undo_reopens_what_the_import_had_closed(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox", said=targets(1, "energy")), actor(2, "Owl")))
    before = facts(database), read_models(database)
    applied = take(database, path, changes(actor(1, "Fox", said=targets(1, "media"), n=1)))
    reopened, removed = take_back(database, path, applied.snapshot)
    # Two records and the statements "energy" and "Owl" again; one record and "media" gone.
    assert (reopened, removed) == (4, 2)
    assert (facts(database), read_models(database)) == before


def test_undo_gives_a_source_its_earlier_description_back(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), of=source(reliability="C")))
    better = source(reliability="A", title="Renamed", tlp="AMBER", kind="catalogue")
    applied = take(database, path, changes(actor(1, "Fox", n=1), of=better))
    assert rows(database, "SELECT reliability, title, tlp, kind FROM source") == [
        ("A", "Renamed", "AMBER", "catalogue")
    ]
    take_back(database, path, applied.snapshot)
    assert rows(database, "SELECT reliability, title, tlp, kind FROM source") == [
        ("C", "Feed-A", "CLEAR", "feed")
    ]


def test_the_number_of_an_undone_snapshot_is_never_given_again(
    database: sqlite3.Connection, path: Path
) -> None:
    first = take(database, path, changes(actor(1, "Fox")))
    take_back(database, path, first.snapshot)
    assert take(database, path, changes(actor(1, "Fox"))).snapshot == 2


def test_a_snapshot_on_which_a_later_one_rests_is_refused_with_the_way_out(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox")))
    take(database, path, changes(actor(1, "Fox", n=1)))
    before = facts(database)
    with pytest.raises(BriefingError, match="snapshot 2 rests on it") as caught:
        take_back(database, path, 1)
    assert caught.value.remedy == "Undo snapshot 2 first."
    assert facts(database) == before


def test_a_snapshot_that_is_not_there_is_a_sentence(
    database: sqlite3.Connection, path: Path
) -> None:
    with pytest.raises(NotFoundError, match="There is no snapshot 7"):
        take_back(database, path, 7)


def test_sources_can_be_undone_in_any_order(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(2, "Owl"), of=source("feed-b")))
    alone = facts(database)["record_row"][0][1:6]
    first = take(database, path, changes(actor(1, "Fox"), of=source("feed-a")))
    take(database, path, changes(actor(2, "Owl", n=1), of=source("feed-b")))
    take_back(database, path, first.snapshot)
    take_back(database, path, 3)
    assert [row[1:6] for row in facts(database)["record_row"]] == [alone]


def test_a_document_that_another_source_cites_stays_as_that_sources(
    database: sqlite3.Connection, path: Path
) -> None:
    report = document()
    for number, name in enumerate(("feed-a", "feed-b"), start=1):
        said = StatementDraft(
            native(number), Predicate.MENTIONED_IN, object=report.id, documents=(report.id,)
        )
        fox = actor(number, name, said=[said])
        take(database, path, changes(fox, of=source(name), documents=[report]))
    take_back(database, path, 1)
    assert rows(database, "SELECT id, source, from_snapshot FROM document") == [
        (report.id, "feed-b", 2)
    ]
    take_back(database, path, 2)
    assert facts(database)["document"] == []


def test_undoing_the_largest_real_import_takes_seconds_and_leaves_a_sound_file(
    real_copy: sqlite3.Connection, copy_path: Path
) -> None:
    (snapshot,) = rows(real_copy, "SELECT id FROM snapshot WHERE source = 'misp-threat-actor'")
    reopened, removed = take_back(real_copy, copy_path, snapshot[0])
    assert reopened == 0
    assert removed > 5000
    assert rows(real_copy, "PRAGMA foreign_key_check") == []
    assert rows(real_copy, "SELECT count(*) FROM source WHERE id = 'misp-threat-actor'") == [(0,)]


SECTORS = ("energy", "water", "media")
DOCUMENTS = tuple(document(f"https://example.org/2020/0{n}/") for n in range(1, 4))


@st.composite
def records(draw: st.DrawFn) -> RecordDraft:
    number = draw(st.integers(1, 4))
    names = draw(st.lists(st.sampled_from(["Fox", "Owl", "Elk"]), min_size=1, unique=True))
    said = targets(number, *draw(st.lists(st.sampled_from(SECTORS), max_size=3)))
    cited = draw(st.lists(st.sampled_from(DOCUMENTS), max_size=2, unique=True))
    said += [
        StatementDraft(native(number), Predicate.HAPPENED, value="x", documents=(d.id,))
        for d in cited
    ]
    return actor(number, *names, said=said, note=draw(st.integers(0, 2)))


@st.composite
def change_sets(draw: st.DrawFn) -> ChangeSet:
    drafts = draw(st.lists(records(), max_size=4, unique_by=lambda r: r.native_id))
    feed = source(
        draw(st.sampled_from(["feed-a", "feed-b"])), tlp=draw(st.sampled_from(["CLEAR", "RED"]))
    )
    made = changes(*drafts, of=feed, full=draw(st.booleans()))
    titles = st.sampled_from(["", "Report", "Corrected"])
    named = [replace(one, title=draw(titles)) for one in DOCUMENTS if draw(st.booleans())]
    cited = {name for r in drafts for s in r.statements for name in s.documents}
    missing = [one for one in DOCUMENTS if one.id in cited - {one.id for one in named}]
    return replace(made, documents=(*named, *missing))


@settings(max_examples=30)
@given(st.lists(change_sets(), max_size=5))
def test_any_imports_undone_in_reverse_leave_exactly_what_was_there_before(
    imports: list[ChangeSet],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.db"
        with closing(open_knowledge(path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            held = [(None, facts(connection), read_models(connection))]
            for change_set in imports:
                applied = take(connection, path, change_set)
                if applied.snapshot is not None:
                    held.append((applied.snapshot, facts(connection), read_models(connection)))
            assert rows(connection, "PRAGMA foreign_key_check") == []
            while len(held) > 1:
                snapshot, *_ = held.pop()
                take_back(connection, path, snapshot)
                assert (facts(connection), read_models(connection)) == held[-1][1:]
