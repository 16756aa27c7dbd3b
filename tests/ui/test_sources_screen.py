"""The Sources screen: what would change is seen first, and everything can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sources_desk import (
    SourcesDesk,
    cells,
    first_release,
    heron,
    release,
    second_release,
    spoken,
    technique,
    uses,
    written,
)
from stix_samples import thing
from update_samples import exploited

from briefing.ui.navigation import Place
from briefing.ui.theme import Theme


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> SourcesDesk:
    return SourcesDesk(qtbot, theme, tmp_path)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return first_release(tmp_path)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return second_release(tmp_path)


def test_what_would_change_is_shown_and_nothing_is_written(
    desk: SourcesDesk, first: Path, second: Path
) -> None:
    desk.take(first)
    before = desk.held()
    desk.read(second)
    preview = desk.view.pages.preview
    assert desk.snapshots() == 1
    assert desk.held() == before
    assert "nothing applied yet" in {
        chip.accessibleName() for chip in preview.counts.findChildren(QWidget)
    }
    assert "Preview: MITRE ATT&CK Enterprise 2024-03-01 → 2024-03-09" in desk.said()
    kinds = {row[0]: row[1:6] for row in cells(preview.kinds)}
    assert kinds["Actors (groups)"] == ["2", "3", "+1", "·", "1"]
    assert kinds["Techniques"] == ["1", "1", "+1", "−1", "·"]
    assert kinds["All objects"] == ["5", "6", "+3", "−2", "1"]
    assert cells(preview.items) == [
        ["added", "Heron 3", "1 technique"],
        ["changed", "Heron 1", "1.0 → 1.1 · names +2, text"],
    ]


def test_fields_that_differ_are_shown_before_and_after(
    desk: SourcesDesk, first: Path, second: Path
) -> None:
    desk.take(first)
    desk.read(second)
    desk.view.pages.preview.items.select_row(1)
    said = desk.said()
    assert "+2: Grey; Ash" in said
    assert "It wades." in said
    named = {part.accessibleName() for part in desk.view.pages.preview.fields.findChildren(QWidget)}
    assert "text: before nothing, after It wades." in named
    desk.view.pages.preview.items.select_row(0)
    assert "It wades." not in desk.said()


def test_all_objects_stay_the_last_row_however_it_is_sorted(
    desk: SourcesDesk, first: Path, second: Path
) -> None:
    desk.take(first)
    desk.read(second)
    kinds = desk.view.pages.preview.kinds
    for column in range(7):
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            kinds.sortByColumn(column, order)
            assert cells(kinds)[-1][0] == "All objects"
    assert spoken(kinds, kinds.kinds.row_of("intrusion-set"))[-1] == "1 added, 0 removed, 1 changed"
    kinds.select_row(kinds.model().rowCount() - 1)
    assert len(cells(desk.view.pages.preview.items)) == 6


def test_applied_is_written_told_and_in_the_history(desk: SourcesDesk, first: Path) -> None:
    desk.take(first)
    assert desk.snapshots() == 1
    assert "MITRE ATT&CK Enterprise: 5 added." in desk.told()
    assert desk.view.title == "Sources: MITRE ATT&CK Enterprise"
    [row] = cells(desk.view.pages.page.history.table)
    assert row == ["2026-11-24 09:30", "2024-03-01", "+5", "·", "·", "·", "Undo"]
    assert desk.changed == 1
    assert not desk.view.pending.waiting


def test_undo_asks_once_more_and_brings_everything_back(
    desk: SourcesDesk, first: Path, second: Path
) -> None:
    desk.take(first)
    before = desk.rows("SELECT native_id, content FROM record WHERE to_snapshot IS NULL")
    desk.take(second)
    table = desk.view.pages.page.history.table
    assert [row[-1] for row in cells(table)] == ["Undo", "undo the later one first"]
    desk.click_undo(table, 0)
    told = desk.told()
    assert "Take back MITRE ATT&CK Enterprise, 2024-03-01 → 2024-03-09?" in told
    assert "3 records that it added would go" in told
    desk.click("Keep it")
    assert desk.snapshots() == 2
    desk.click_undo(table, 0)
    desk.click("Undo this import")
    desk.settle()
    assert desk.snapshots() == 1
    now = desk.rows("SELECT native_id, content FROM record WHERE to_snapshot IS NULL")
    assert sorted(now) == sorted(before)
    assert "was undone" in desk.told()
    desk.click_undo(table, 0)
    assert "Take back MITRE ATT&CK Enterprise, 2024-03-01?" in desk.told()


def test_only_the_undo_of_a_row_undoes(desk: SourcesDesk, first: Path) -> None:
    desk.take(first)
    table = desk.view.pages.page.history.table
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.model().index(0, 0)).center(),
    )
    assert "Take back" not in desk.told()


def test_what_is_cancelled_was_never_written(desk: SourcesDesk, first: Path) -> None:
    desk.read(first)
    desk.click("Cancel")
    desk.settle()
    assert desk.snapshots() == 0
    assert desk.view.pending.waiting == ()
    assert desk.places[-1] == Place("sources", "all-imports")


def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    desk: SourcesDesk, first: Path, tmp_path: Path
) -> None:
    broken = written(tmp_path / "broken.json", '{"type": "bundle", "objects": [')
    letter = written(tmp_path / "letter.txt", "Dear all,")
    desk.read(broken, letter, first)
    told = desk.told()
    assert "2 files were not taken." in told
    assert "broken.json:" in told
    assert "letter.txt: letter.txt is none of the feeds that are read here." in told
    assert len(desk.view.pending.waiting) == 1
    desk.click("Copy all")
    assert "letter.txt is none" in QApplication.clipboard().text()


def test_the_same_file_again_changes_nothing_and_is_told_so(desk: SourcesDesk, first: Path) -> None:
    desk.take(first)
    desk.read(first)
    assert "Nothing new. MITRE ATT&CK Enterprise stands as it is." in desk.told()
    assert desk.view.pending.waiting == ()
    assert desk.snapshots() == 1


def test_an_unusual_removal_is_warned_of_and_the_button_says_it(
    desk: SourcesDesk, tmp_path: Path
) -> None:
    every = [*(heron(n) for n in range(1, 9)), technique(1), *(uses(n, n, 1) for n in range(1, 9))]
    desk.take(release(tmp_path, "all.json", *every))
    few = [heron(1, 9), *(heron(n) for n in range(2, 9)), technique(1), uses(1, 1, 1)]
    desk.read(release(tmp_path, "few.json", *few))
    told = desk.told()
    assert "Unusual: this removes 7 of 8 relationships (87.5%)." in told
    assert "7 of them are “uses”." in told
    assert desk.view.pages.preview.bar.apply.text() == "Apply, removing 7"
    desk.apply()
    assert len(desk.held("relationship")) == 1


def test_an_older_release_is_warned_of_and_wins_only_when_it_is_applied(
    desk: SourcesDesk, first: Path, second: Path
) -> None:
    desk.take(second)
    desk.read(first)
    assert "This release is older than the one you have." in desk.told()
    assert "Yours is of 2024-03-09." in desk.told()
    apply = desk.view.pages.preview.bar.apply
    assert apply.text().startswith("Apply the older release")
    desk.click("Cancel")
    assert desk.snapshots() == 1
    desk.take(first)
    assert desk.snapshots() == 2


def test_single_records_that_are_older_stay_out_even_beside_an_older_release(
    desk: SourcesDesk, first: Path, second: Path, tmp_path: Path
) -> None:
    def window(name: str, day: int, text: str) -> Path:
        actor = thing("threat-actor", 7, name="Egret", description=text)
        stamp = f"2024-05-{day:02d}T10:00:00.000Z"
        whole = {"type": "bundle", "id": "bundle--1", "objects": [{**actor, "modified": stamp}]}
        return written(tmp_path / name, whole)

    desk.take(second)
    desk.take(window("feed.json", 9, "Later words."))
    desk.read(first, window("feed.json", 2, "Earlier words."))
    desk.view.pages.preview.bar.apply.click()
    desk.settle()
    [(content,)] = desk.rows(
        "SELECT content FROM record WHERE kind = 'threat-actor' AND to_snapshot IS NULL"
    )
    assert "Later words." in content


def test_several_sources_wait_together_and_one_can_be_left_out(
    desk: SourcesDesk, first: Path, tmp_path: Path
) -> None:
    desk.read(first, written(tmp_path / "known.json", exploited(1, 2)))
    bar = desk.view.pages.preview.bar
    assert bar.apply.text() == "Apply all 2"
    assert bar.cancel.text() == "Cancel all"
    titles = [str(index.data()) for index in map(desk.view.list.rows.model().index, (0, 1), (0, 0))]
    assert titles == ["MITRE ATT&CK Enterprise", "CISA Known Exploited Vulnerabilities Catalog"]
    desk.click("Leave out")
    desk.settle()
    assert bar.apply.text() == "Apply as one snapshot"
    desk.apply()
    assert desk.held() == ["CVE-2024-00001", "CVE-2024-00002"]


def test_two_releases_of_a_source_say_what_they_are_compared_with(
    desk: SourcesDesk, first: Path, second: Path
) -> None:
    desk.read(first, second)
    assert "Another file of this source" not in desk.told()
    desk.go("waiting:1")
    assert "Another file of this source waits before this one." in desk.told()
    desk.apply()
    assert desk.snapshots() == 2
    assert len(desk.held("intrusion-set")) == 3


def test_an_object_that_cannot_be_taken_is_listed_with_its_reason(
    desk: SourcesDesk, tmp_path: Path
) -> None:
    bad = {**heron(5), "id": "not an id"}
    desk.read(release(tmp_path, "bad.json", heron(1), bad))
    assert "1 object would not be taken." in desk.told()
    desk.apply()
    assert desk.view.list.quiet["quarantine"].accessibleName() == (
        "Quarantine, 1 object not taken, Show"
    )
    desk.go("attack-enterprise")
    [row] = cells(desk.view.pages.page.left_out.table)
    desk.click("Quarantine")
    [same] = cells(desk.view.pages.quarantine.left_out.table)
    assert row == same
    assert row[3] in desk.said()
