"""Imports taken back: no trace of them is left, whatever came before, between and after."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from endurance_inputs import new_database
from endurance_kills import contents, synthetic_bundle
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import (
    actor,
    changes,
    document,
    facts,
    native,
    read_models,
    source,
    targets,
)

from briefing import paths
from briefing.core.changes import ChangeSet, Predicate, RecordDraft, StatementDraft
from briefing.core.errors import BriefingError, NotFoundError
from briefing.feeds.payload import Payload
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import Incoming, read_payloads
from briefing.services.import_feeds import Leave, Result, apply_import, undo_import
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.store.overview import integrity_faults
from briefing.store.schema import READ_MODELS

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database without a feed."""
    return new_database(tmp_path / "knowledge.db")


def take(database: Path, incoming: Sequence[Incoming]) -> tuple[Result, ...]:
    leave = Leave(older=True, removals=True)
    return apply_import(database, incoming, leave, NOW, Task.silent())


def one(change_set: ChangeSet) -> tuple[Incoming, ...]:
    """A change-set as it comes from one file."""
    return (Incoming("feed.json", "made-up", change_set, ("feed.json",)),)


def bundle(database: Path, objects: int, release: int = 1) -> tuple[Incoming, ...]:
    """A bundle as the program reads it."""
    with closing(KnowledgeFile(database)) as knowledge:
        context = feed_context(knowledge, paths.data_folder())
    payload = Payload("b.json", synthetic_bundle(objects, release))
    return read_payloads([payload], "b.json", context, Task.silent()).incoming


def test_an_undo_gives_back_exactly_what_was_there(database: Path) -> None:
    take(database, bundle(database, 300, 1))
    with closing(open_knowledge(database)) as connection:
        before = facts(connection), read_models(connection)
    (result,) = take(database, bundle(database, 300, 2))
    assert result.applied is not None
    assert result.applied.snapshot is not None
    undo_import(database, result.applied.snapshot)
    with closing(open_knowledge(database)) as connection:
        assert (facts(connection), read_models(connection)) == before
        assert integrity_faults(connection) == ()


def test_what_was_undone_can_be_taken_again(database: Path) -> None:
    take(database, bundle(database, 100))
    undo_import(database, 1)
    (again,) = take(database, bundle(database, 100))
    assert again.applied is not None
    assert (again.applied.snapshot, again.applied.added) == (2, 100)


def test_an_undo_of_what_a_later_import_rests_on_says_what_to_undo_first(database: Path) -> None:
    take(database, one(changes(actor(1, "Fox"))))
    take(database, one(changes(actor(1, "Fox", n=1))))
    before = contents(database)
    with pytest.raises(BriefingError, match="cannot be undone: snapshot 2 rests on it"):
        undo_import(database, 1)
    with pytest.raises(NotFoundError, match="no snapshot 9"):
        undo_import(database, 9)
    assert contents(database) == before


SECTORS = ("energy", "water", "media")
DOCUMENTS = tuple(document(f"https://example.org/2020/0{n}/") for n in range(1, 4))
NUMBERED = ("name", "claim", "search_item", "report_item")
FEEDS = ("feed-a", "feed-b", "feed-c")


@st.composite
def actors(draw: st.DrawFn) -> RecordDraft:
    number = draw(st.integers(1, 4))
    names = draw(st.lists(st.sampled_from(["Foxglove", "Owlery", "Elkhorn"]), min_size=1))
    said = targets(number, *draw(st.lists(st.sampled_from(SECTORS), max_size=3, unique=True)))
    cited = draw(st.lists(st.sampled_from(DOCUMENTS), max_size=2, unique=True))
    said += [
        StatementDraft(native(number), Predicate.HAPPENED, value="x", documents=(d.id,))
        for d in cited
    ]
    return actor(number, *dict.fromkeys(names), said=said, note=draw(st.integers(0, 2)))


@st.composite
def advisories(draw: st.DrawFn) -> RecordDraft:
    """An advisory whose title may name an actor that another source brings, or takes away."""
    number = draw(st.integers(11, 14))
    subject = native(number, "advisory")
    title = draw(st.sampled_from(["Foxglove strikes", "News of Owlery", "Pumps"]))
    said = [
        StatementDraft(subject, Predicate.HAPPENED, object="published", first_seen="2026-01-02")
    ]
    return actor(number, title, said=said, kind="advisory", note=draw(st.integers(0, 1)))


@st.composite
def imports(draw: st.DrawFn) -> ChangeSet:
    drafts = draw(
        st.lists(st.one_of(actors(), advisories()), max_size=4, unique_by=lambda r: r.native_id)
    )
    tlp = draw(st.sampled_from(["CLEAR", "RED"]))
    made = changes(*drafts, of=source(draw(st.sampled_from(FEEDS)), tlp=tlp))
    return replace(made, full=draw(st.booleans()), documents=DOCUMENTS)


@settings(max_examples=20)
@given(st.lists(imports(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_any_imports_undone_in_any_allowed_order_leave_exactly_what_was_there_before(
    sequence: list[ChangeSet], rng: object
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database, rest = Path(folder) / "all.db", Path(folder) / "rest.db"
        open_knowledge(database).close()
        shutil.copy(database, rest)
        with closing(open_knowledge(database)) as connection:
            before = facts(connection), read_models(connection)
        standing: list[tuple[int, ChangeSet]] = []
        for change_set in sequence:
            (result,) = take(database, one(change_set))
            if result.applied is not None and result.applied.snapshot is not None:
                standing.append((result.applied.snapshot, change_set))
        while standing:
            newest = {change_set.source.id: place for place, (_, change_set) in enumerate(standing)}
            snapshot, _ = standing.pop(rng.choice(sorted(newest.values())))  # type: ignore[attr-defined]  # hypothesis gives a Random
            undo_import(database, snapshot)
        with closing(open_knowledge(database)) as connection:
            assert (facts(connection), read_models(connection)) == before
            assert integrity_faults(connection) == ()


def shown(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """What every read model shows, without the numbers of the rows behind it."""
    found = {}
    for table in READ_MODELS:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        numbers = {"record", "statement", "id"} if table in NUMBERED else {"record", "statement"}
        listed = ", ".join(column for column in columns if column not in numbers)
        query = f"SELECT {listed} FROM {table}"  # noqa: S608 - tables of our own schema
        found[table] = sorted(map(tuple, connection.execute(query)))
    return found


@settings(max_examples=20)
@given(st.lists(imports(), min_size=2, max_size=4), st.integers(0, 3))
def test_without_one_import_the_screens_show_what_they_show_where_it_never_came(
    sequence: list[ChangeSet], which: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database, rest = Path(folder) / "all.db", Path(folder) / "rest.db"
        open_knowledge(database).close()
        shutil.copy(database, rest)
        gone = sequence[which % len(sequence)]
        sequence = [item for item in sequence if item.source.id != gone.source.id or item is gone]
        snapshot = None
        for change_set in sequence:
            (result,) = take(database, one(change_set))
            if change_set is gone:
                snapshot = result.applied.snapshot if result.applied else None
            else:
                take(rest, one(change_set))
        if snapshot is not None:
            undo_import(database, snapshot)
        with closing(open_knowledge(database)) as all_of_it, closing(open_knowledge(rest)) as other:
            assert shown(all_of_it) == shown(other)
