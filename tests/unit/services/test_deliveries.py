"""What is remembered of briefings that were handed over, and which of them a name means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample_brief import gamaredon

from briefing.core.brief import Brief
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.services.deliveries import (
    delivery_of,
    manifest_of,
    read_deliveries,
    record_deliveries,
)
from briefing.services.recipes.since import Since, delivered_to

GROUP = "intrusion-set--2e290bfe-93b5-48ce-97d6-edcd6d32b7cf"
NOON = "2026-01-01T12:00:00+00:00"
LATER = "2026-02-01T12:00:00+00:00"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


def hand_over(workspace: Path, brief: Brief, subject: str = "", at: str = NOON) -> None:
    record_deliveries(workspace, [delivery_of(brief, subject, [Path("/x/a.pdf")], at)])


def test_a_delivery_is_read_as_it_was_recorded(workspace: Path) -> None:
    brief = gamaredon()
    hand_over(workspace, brief, GROUP)
    (found,) = read_deliveries(workspace)
    assert (found.kind, found.subject, found.title) == ("actor", GROUP, brief.title)
    assert (found.tlp, found.delivered_at, found.files) == (brief.tlp.code, NOON, ("/x/a.pdf",))
    assert manifest_of(found).statements == brief.statements()


def test_its_audience_is_its_client_or_else_its_level(workspace: Path) -> None:
    amber = replace(gamaredon(), ceiling=Tlp.AMBER, client="")
    hand_over(workspace, amber, GROUP)
    hand_over(workspace, replace(amber, client="Harbour Dental"), GROUP)
    to_client, to_level = read_deliveries(workspace)
    assert (to_client.audience, to_level.audience) == ("Harbour Dental", "AMBER")
    assert Since.of(to_level).ceiling is Tlp.AMBER


@pytest.mark.parametrize("name", ["Harbour Dental", "AMBER"])
def test_a_clients_name_is_taken_for_no_level(workspace: Path, name: str) -> None:
    hand_over(workspace, replace(gamaredon(), client=name), GROUP)
    [found] = read_deliveries(workspace)
    assert Since.of(found).ceiling is None


def test_files_are_found_again_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = delivery_of(gamaredon(), GROUP, [Path("a.pdf")], NOON)
    assert made.files == (str(Path.cwd() / "a.pdf"),)


@pytest.mark.parametrize("name", ["Gamaredon Group", "gamaredon group", GROUP, "Harbour Dental"])
def test_a_delivery_is_found_by_its_subject_its_id_or_its_client(
    workspace: Path, name: str
) -> None:
    hand_over(workspace, replace(gamaredon(), client="Harbour Dental"), GROUP)
    assert delivered_to(read_deliveries(workspace), name).subject == GROUP


def test_an_id_that_the_typed_name_means_finds_it_too(workspace: Path) -> None:
    hand_over(workspace, gamaredon(), GROUP)
    assert delivered_to(read_deliveries(workspace), "Primitive Bear", [GROUP]).subject == GROUP


def test_the_newest_counts_and_a_list_of_changes_does_not(workspace: Path) -> None:
    hand_over(workspace, gamaredon(), at=NOON)
    hand_over(workspace, gamaredon(), at=LATER)
    hand_over(workspace, replace(gamaredon(), kind="changes"), at="2026-03-01T12:00:00+00:00")
    assert delivered_to(read_deliveries(workspace), "Gamaredon Group").delivered_at == LATER


def test_more_than_the_last_fifty_are_looked_through(workspace: Path) -> None:
    hand_over(workspace, replace(gamaredon(), subject="Night Heron"))
    for _ in range(60):
        hand_over(workspace, gamaredon())
    assert delivered_to(read_deliveries(workspace), "Night Heron").delivered_at == NOON
    assert len(read_deliveries(workspace, 5)) == 5


def test_a_delivery_with_a_damaged_manifest_is_still_found_by_its_subject(workspace: Path) -> None:
    made = replace(delivery_of(gamaredon(), GROUP, [], NOON), manifest="{")
    record_deliveries(workspace, [made])
    assert delivered_to(read_deliveries(workspace), GROUP) == made


def test_whoever_asks_for_what_was_never_delivered_is_told_what_was(workspace: Path) -> None:
    hand_over(workspace, gamaredon())
    with pytest.raises(NotFoundError, match="No briefing on “Fox”") as told:
        delivered_to(read_deliveries(workspace), "Fox")
    assert told.value.near == ("Gamaredon Group",)
    assert "Remembered are those on Gamaredon Group." in told.value.remedy
