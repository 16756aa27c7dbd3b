"""The workspace: filters by name, and what was delivered, in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from briefing.core.errors import BriefingError
from briefing.store import migrate, schema
from briefing.store.workspace import Bookmark, Delivery, SavedFilter, Workspace

ENERGY = SavedFilter("Energy", "actors", {"sector": "energy", "text": "'; DROP TABLE delivered"})
DELIVERY = Delivery(
    kind="actor",
    subject="threat-actor--1",
    title="OilRig",
    audience="executive",
    tlp="GREEN",
    delivered_at="2026-01-02T03:04:05+00:00",
    manifest='{"made_from": [1]}',
    files=("oilrig.pdf", "oilrig.md"),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(tmp_path / "workspace.db")
    yield opened
    opened.close()


def test_a_filter_is_kept_under_its_name_and_its_screen(workspace: Workspace) -> None:
    workspace.save_filter(ENERGY)
    workspace.save_filter(SavedFilter("Banks", "actors", {}))
    assert [saved.name for saved in workspace.filters("actors")] == ["Banks", "Energy"]
    assert workspace.filters("actors")[1] == ENERGY
    assert workspace.filters("briefings") == ()


def test_a_filter_of_the_same_name_is_replaced_and_a_deleted_one_is_gone(
    workspace: Workspace,
) -> None:
    workspace.save_filter(ENERGY)
    workspace.save_filter(replace(ENERGY, values={}))
    assert workspace.filters("actors") == (replace(ENERGY, values={}),)
    workspace.delete_filter("actors", "Energy")
    workspace.delete_filter("actors", "Energy")
    assert workspace.filters("actors") == ()


def test_deliveries_are_remembered_newest_first_and_outlive_the_program(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = workspace.record_delivery(DELIVERY)
    second = workspace.record_delivery(replace(DELIVERY, title="APT28"))
    assert second > first
    workspace.close()
    again = Workspace(tmp_path / "workspace.db")
    assert [delivery.title for delivery in again.deliveries()] == ["APT28", "OilRig"]
    assert again.deliveries(limit=1) == (replace(DELIVERY, title="APT28"),)
    again.close()


def test_a_name_stands_for_one_filter_on_each_screen(workspace: Workspace) -> None:
    workspace.save_filter(SavedFilter("Energy", "actors", {"sector": "energy"}))
    workspace.save_filter(SavedFilter("Energy", "map", {"sector": "water"}))
    workspace.save_filter(SavedFilter("Energy", "actors", {"sector": "finance"}))
    assert [f.values for f in workspace.filters("actors")] == [{"sector": "finance"}]
    workspace.delete_filter("actors", "Energy")
    assert workspace.filters("actors") == ()
    assert len(workspace.filters("map")) == 1


def test_another_programs_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "workspace.db"
    foreign.write_bytes(b"somebody's notes")
    with pytest.raises(BriefingError, match=r"not a database|not a workspace"):
        Workspace(foreign)
    assert foreign.read_bytes() == b"somebody's notes"


def test_what_was_read_is_remembered_with_the_content_it_had(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.mark_read({"a": "1", "b": "2"}, "2026-01-02T03:04:05+00:00")
    workspace.mark_read({"a": "3"}, "2026-02-02T03:04:05+00:00")
    workspace.mark_unread(["b", "never seen"])
    workspace.close()
    again = Workspace(tmp_path / "workspace.db")
    assert again.read_marks() == {"a": "3"}
    again.close()


def test_what_is_kept_stands_in_the_order_in_which_it_was_added(workspace: Workspace) -> None:
    first, second = Bookmark("advisory", "z", "2026-01-01"), Bookmark("advisory", "a", "2026-01-02")
    for bookmark in (second, first, replace(first, added_at="2026-03-03")):
        workspace.keep(bookmark)
    workspace.keep(Bookmark("actor", "z", "2026-01-01"))
    assert workspace.bookmarks("advisory") == (first, second)
    workspace.let_go("advisory", "z")
    workspace.let_go("advisory", "never kept")
    assert workspace.bookmarks("advisory") == (second,)
    assert len(workspace.bookmarks("actor")) == 1


def test_a_workspace_of_the_first_version_keeps_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Migrations("workspace")
    first()(schema.m001_workspace)
    with monkeypatch.context() as older:
        older.setattr(migrate.schema, "workspace", first)
        older.setattr(migrate, "WORKSPACE_VERSION", 1)
        old = Workspace(tmp_path / "workspace.db")
        old.save_filter(ENERGY)
        old.record_delivery(DELIVERY)
        old.close()
    opened = Workspace(tmp_path / "workspace.db")
    assert opened.filters("actors") == (ENERGY,)
    assert opened.deliveries() == (DELIVERY,)
    assert opened.read_marks() == {}
    assert opened.bookmarks("advisory") == ()
    opened.close()
    assert (tmp_path / "workspace.db.before-schema-2").is_file()
