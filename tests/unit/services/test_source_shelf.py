"""What the Sources screen reads in one go: sources, imports, kinds, what was left out."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from store_samples import actor, changes, source, take

from briefing.core.changes import Quarantined
from briefing.paths import data_folder
from briefing.services import source_shelf
from briefing.services.source_shelf import Shelf, read_shelf
from briefing.store.connection import KnowledgeFile
from briefing.store.holdings import contents_held, kinds_held
from briefing.store.migrate import open_knowledge

TODAY = date(2026, 11, 24)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "knowledge.db"
    bad = tuple(Quarantined(f"bad-{number}", f"Reason {number}.") for number in range(3))
    first = changes(actor(1, "Fox"), actor(2, "Owl"), actor(3, "Elk", kind="intrusion-set"))
    with closing(open_knowledge(path)) as connection:
        take(connection, path, replace(first, quarantined=bad))
        again = changes(actor(1, "Fox"), actor(3, "Elk", kind="intrusion-set"), version="2")
        take(connection, path, replace(again, quarantined=bad[:1]))
        take(connection, path, changes(actor(4, "Ibis"), of=source("feed-b")))
    return path


def test_an_empty_shelf_holds_nothing() -> None:
    assert Shelf().quarantined == 0


def test_sources_imports_and_kinds_are_read_together(path: Path) -> None:
    shelf = read_shelf(KnowledgeFile(path), data_folder(), TODAY)
    assert [entry.id for entry in shelf.entries if entry.records] == ["feed-a", "feed-b"]
    assert [(row.source, row.version) for row in shelf.history] == [
        ("feed-b", "1"),
        ("feed-a", "2"),
        ("feed-a", "1"),
    ]
    assert shelf.kinds["feed-a"] == {"intrusion-set": 1, "threat-actor": 1}
    assert shelf.questions == 0


def test_what_was_left_out_comes_with_the_import_that_did_so_the_newest_first(path: Path) -> None:
    shelf = read_shelf(KnowledgeFile(path), data_folder(), TODAY)
    found = [(one.snapshot.version, one.item.native_id) for one in shelf.left_out]
    assert found == [("2", "bad-0"), ("1", "bad-0"), ("1", "bad-1"), ("1", "bad-2")]
    assert shelf.quarantined == 4


def test_a_long_list_of_what_was_left_out_is_cut_and_still_counted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_shelf, "MOST_LEFT_OUT", 2)
    shelf = read_shelf(KnowledgeFile(path), data_folder(), TODAY)
    assert len(shelf.left_out) == 2
    assert shelf.quarantined == 4


def test_only_what_is_current_is_held(path: Path) -> None:
    connection = KnowledgeFile(path).connection
    assert kinds_held(connection)["feed-a"]["threat-actor"] == 1
    assert [item["value"] for item in contents_held(connection, "feed-a")] == ["Fox", "Elk"]
