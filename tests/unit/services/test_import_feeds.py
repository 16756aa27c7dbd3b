"""Taking feeds in, and back: once is enough, the newest wins, and an undo leaves no trace."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import feed_samples
import orjson
import pytest
import shared_data
from endurance_inputs import kev, new_database
from endurance_kills import contents, synthetic_bundle
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_data import FOLDER, needs_shared_data
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
from briefing.core.changes import ChangeSet, Predicate, Quarantined, RecordDraft, StatementDraft
from briefing.core.errors import BriefingError, CancelledError, NotFoundError
from briefing.core.preview import Preview
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import Incoming, Reading, read_paths
from briefing.services.import_feeds import (
    Leave,
    Result,
    apply_import,
    preview_import,
    undo_import,
)
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.store.overview import integrity_faults
from briefing.store.planning import ManyRemovalsError, OlderReleaseError
from briefing.store.schema import READ_MODELS

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ALL = Leave(older=True, removals=True)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database without a feed."""
    return new_database(tmp_path / "knowledge.db")


def read(database: Path, *files: Path) -> Reading:
    """Files as the program reads them."""
    with closing(KnowledgeFile(database)) as knowledge:
        context = feed_context(knowledge, paths.data_folder())
    return read_paths(files, context, Task.silent())


def take(
    database: Path, incoming: Sequence[Incoming], leave: Leave = ALL, task: Task | None = None
) -> tuple[Result, ...]:
    return apply_import(database, incoming, leave, NOW, task or Task.silent())


def one(change_set: ChangeSet) -> tuple[Incoming, ...]:
    """A change-set as it comes from one file."""
    return (Incoming("feed.json", "made-up", change_set, ("feed.json",)),)


def preview(database: Path, incoming: Incoming, *, older: bool = False) -> Preview:
    with closing(KnowledgeFile(database)) as knowledge:
        return preview_import(knowledge, incoming, older=older)


def written(folder: Path, name: str, value: object) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(value if isinstance(value, bytes) else orjson.dumps(value))
    return path


def test_the_same_file_again_writes_nothing(database: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "bundle.json", synthetic_bundle(100))
    (first,) = take(database, read(database, file).incoming)
    assert first.applied is not None
    assert first.applied.added == 100
    before = contents(database)
    (again,) = take(database, read(database, file).incoming)
    assert again.applied is not None
    assert (again.applied.snapshot, again.applied.unchanged) == (None, 100)
    assert contents(database) == before


def test_the_same_content_written_another_way_writes_nothing_either(
    database: Path, tmp_path: Path
) -> None:
    value = json.loads(synthetic_bundle(100))
    take(database, read(database, written(tmp_path, "bundle.json", value)).incoming)
    before = contents(database)
    value["objects"] = [dict(reversed(item.items())) for item in reversed(value["objects"])]
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(value, indent=3), encoding="utf-8")
    (again,) = take(database, read(database, file).incoming)
    assert again.applied is not None
    assert (again.applied.snapshot, again.applied.unchanged) == (None, 100)
    assert contents(database) == before


def test_a_preview_counts_what_the_import_then_does_and_writes_nothing(
    database: Path, tmp_path: Path
) -> None:
    old = written(tmp_path, "bundle.json", synthetic_bundle(400, 1))
    take(database, read(database, old).incoming)
    before = contents(database)
    new = written(tmp_path, "bundle.json", synthetic_bundle(400, 2))
    (incoming,) = read(database, new).incoming
    shown = preview(database, incoming)
    assert contents(database) == before
    (result,) = take(database, (incoming,))
    assert result.applied is not None
    assert (shown.count("added"), shown.count("changed"), shown.count("removed")) == (
        result.applied.added,
        result.applied.changed,
        result.applied.removed,
    )
    assert shown.count("changed") > 0
    assert preview(database, incoming).empty


def test_an_older_release_never_wins_unasked(database: Path) -> None:
    newer = replace(changes(actor(1, "Fox", n=2), version="2"), edition="2")
    older = replace(changes(actor(1, "Fox", n=1), version="1"), edition="1")
    take(database, one(newer))
    before = contents(database)
    (refused,) = take(database, one(older), Leave())
    assert isinstance(refused.error, OlderReleaseError)
    assert "older than the one you have" in str(refused.error)
    assert contents(database) == before
    (taken,) = take(database, one(older), Leave(older=True))
    assert taken.applied is not None
    assert taken.applied.changed == 1


def test_an_unusual_share_of_removals_is_asked_about_and_nothing_of_it_is_taken(
    database: Path,
) -> None:
    take(database, one(changes(*(actor(n, f"Fox {n}") for n in range(1, 21)))))
    before = contents(database)
    few = one(changes(actor(1, "Fox 1", n=1)))
    (refused,) = take(database, few, Leave())
    assert isinstance(refused.error, ManyRemovalsError)
    assert "would lose 19 of 20 records" in str(refused.error)
    assert "--accept-removals" in refused.error.remedy
    assert contents(database) == before
    (taken,) = take(database, few, Leave(removals=True))
    assert taken.applied is not None
    assert taken.applied.removed == 19


def test_what_one_source_may_not_do_keeps_none_of_the_others_from_being_taken(
    database: Path,
) -> None:
    take(database, one(replace(changes(actor(1, "Fox")), edition="2")))
    older = replace(changes(actor(1, "Fox", n=1)), edition="1")
    other = changes(actor(2, "Owl"), of=source("feed-b"))
    double = changes(actor(3, "Elk"), actor(3, "Elk"), of=source("feed-c"))
    results = take(database, one(older) + one(double) + one(other), Leave())
    assert [bool(result.error) for result in results] == [True, True, False]
    assert "two records with the id" in str(results[1].error)
    with closing(open_knowledge(database)) as connection:
        assert [row[2] for row in facts(connection)["source"]] == ["Publisher"] * 2


def test_windows_of_one_source_become_one_snapshot_and_the_latest_of_each_item_stands(
    database: Path, tmp_path: Path
) -> None:
    for number, title in ((1, "Fox heard"), (2, "Fox seen")):
        items = [
            feed_samples.item(
                title=f"{title} {place}",
                link=f"https://fox.example/{place}",
                pubDate=f"0{number} Sep 2026 10:00:00 GMT",
            )
            for place in range(number, 4)
        ]
        written(tmp_path / "feeds", f"{number}.xml", feed_samples.rss(*items).encode())
    reading = read(database, tmp_path / "feeds")
    (incoming,) = reading.incoming
    assert len(incoming.files) == 2
    (result,) = take(database, reading.incoming)
    assert result.applied is not None
    assert (result.applied.snapshot, result.applied.added) == (1, 3)


def test_one_bad_file_among_good_ones_is_refused_with_its_name_and_the_rest_is_taken(
    database: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    written(folder, "a.json", kev(5))
    written(folder, "b.json", synthetic_bundle(40)[:-9])
    written(folder, "c.json", synthetic_bundle(40))
    reading = read(database, folder)
    assert [item.name for item in reading.refused] == ["stick/b.json"]
    results = take(database, reading.incoming)
    assert [result.applied.added for result in results if result.applied] == [5, 40]


def test_a_quarantined_object_of_a_whole_release_does_not_remove_what_is_held(
    database: Path,
) -> None:
    take(database, one(changes(actor(1, "Fox"), actor(2, "Owl"))))
    bad = Quarantined(native(2), "It is bad.")
    later = replace(changes(actor(1, "Fox", n=1)), quarantined=(bad,))
    (result,) = take(database, one(later))
    assert result.applied is not None
    assert (result.applied.changed, result.applied.removed) == (1, 0)
    assert result.quarantined == (bad,)


@pytest.mark.parametrize("more", ['"x": NaN', '"cveID": "CVE-2024-00003"', '"x": "\\udead"'])
def test_an_entry_that_went_bad_in_a_later_release_stays_as_it_was(
    database: Path, tmp_path: Path, more: str
) -> None:
    take(database, read(database, written(tmp_path, "kev.json", kev(20))).incoming)
    text = json.dumps({**kev(20), "catalogVersion": "2024.05.02"})
    bad = text.replace('"cveID": "CVE-2024-00003"', f'"cveID": "CVE-2024-00003", {more}')
    reading = read(database, written(tmp_path, "kev.json", bad.encode()))
    (result,) = take(database, reading.incoming)
    assert result.applied is not None
    assert (result.applied.removed, len(result.quarantined)) == (0, 1)


@needs_shared_data
@pytest.mark.parametrize("more", ['"x": NaN', '"type": "intrusion-set"', '"x": "\\udead"'])
def test_an_object_of_attack_that_went_bad_in_a_later_release_stays_as_it_was(
    database: Path, tmp_path: Path, more: str
) -> None:
    packed = FOLDER / "attack-ics-18.1-stix21.json.gz"
    take(database, read(database, packed).incoming)
    with closing(KnowledgeFile(database)) as knowledge:
        query = "SELECT native_id FROM record WHERE kind = 'intrusion-set' ORDER BY id LIMIT 1"
        group = knowledge.connection.execute(query).fetchone()[0]
    text = shared_data.read(packed.name).decode()
    place = text.index(f'"id": "{group}"')
    bad = f"{text[:place]}{more}, {text[place:]}"
    (result,) = take(database, read(database, written(tmp_path, "a.json", bad.encode())).incoming)
    assert result.applied is not None
    assert (result.applied.removed, len(result.quarantined)) == (0, 1)


@pytest.mark.parametrize("moment", ["begun", "half written", "all written", "lists"])
def test_a_cancelled_import_leaves_nothing_at_all(
    database: Path, tmp_path: Path, moment: str
) -> None:
    file = written(tmp_path, "bundle.json", synthetic_bundle(1200))
    incoming = read(database, file).incoming + one(changes(actor(1, "Fox")))
    before = contents(database)

    def listen(step: int, total: int, label: str) -> None:
        at = {
            "begun": label.startswith("Writing"),
            "half written": label.startswith("Writing") and step * 2 > total,
            "all written": label.startswith("Writing") and step == total == 1,
            "lists": label.startswith("Making the lists"),
        }
        if at[moment]:
            task.cancel()

    task = Task("The import", listen)
    if moment == "lists":
        # From here on it can no longer be stopped: the import is whole.
        assert all(result.applied for result in take(database, incoming, task=task))
        assert contents(database) != before
        return
    with pytest.raises(CancelledError):
        take(database, incoming, task=task)
    assert contents(database) == before


def test_an_undo_gives_back_exactly_what_was_there(database: Path, tmp_path: Path) -> None:
    take(database, read(database, written(tmp_path, "b.json", synthetic_bundle(300, 1))).incoming)
    with closing(open_knowledge(database)) as connection:
        before = facts(connection), read_models(connection)
    new = written(tmp_path, "b.json", synthetic_bundle(300, 2))
    (result,) = take(database, read(database, new).incoming)
    assert result.applied is not None
    assert result.applied.snapshot is not None
    undo_import(database, result.applied.snapshot)
    with closing(open_knowledge(database)) as connection:
        assert (facts(connection), read_models(connection)) == before
        assert integrity_faults(connection) == ()


def test_what_was_undone_can_be_taken_again(database: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "b.json", synthetic_bundle(100))
    take(database, read(database, file).incoming)
    undo_import(database, 1)
    (again,) = take(database, read(database, file).incoming)
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
