"""Taking feeds in, and back: once is enough, the newest wins, and an undo leaves no trace."""

from __future__ import annotations

import json
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
from shared_data import FOLDER, needs_shared_data
from store_samples import (
    actor,
    changes,
    facts,
    native,
    source,
)

from briefing import paths
from briefing.core.changes import ChangeSet, Quarantined
from briefing.core.errors import CancelledError
from briefing.core.preview import Preview
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import Incoming, Reading, read_paths
from briefing.services.import_feeds import (
    Leave,
    Result,
    apply_import,
    preview_import,
)
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.store.planning import ManyRemovalsError, OlderReleaseError

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


@pytest.mark.parametrize("moment", ["begun", "half written", "all written"])
def test_a_cancelled_import_leaves_nothing_at_all(
    database: Path, tmp_path: Path, moment: str
) -> None:
    file = written(tmp_path, "bundle.json", synthetic_bundle(1200))
    incoming = read(database, file).incoming + one(changes(actor(1, "Fox")))
    before = contents(database)

    def listen(step: int, total: int, label: str) -> None:
        at = {"begun": True, "half written": step * 2 > total, "all written": total == 1}
        if label.startswith("Writing") and at[moment]:
            task.cancel()

    task = Task("The import", listen)
    with pytest.raises(CancelledError):
        take(database, incoming, task=task)
    assert contents(database) == before


def test_once_the_lists_are_made_an_import_can_no_longer_be_cancelled_and_is_whole(
    database: Path,
) -> None:
    def listen(_step: int, _total: int, label: str) -> None:
        if label.startswith("Making the lists"):
            task.cancel()

    task = Task("The import", listen)
    (result,) = take(database, one(changes(actor(1, "Fox"))), task=task)
    assert result.applied is not None
    assert result.applied.added == 1
