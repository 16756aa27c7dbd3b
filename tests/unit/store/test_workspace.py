"""The workspace: filters by name, and what was delivered, in a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.core.errors import BriefingError
from briefing.store.workspace import Delivery, SavedFilter, Workspace

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
