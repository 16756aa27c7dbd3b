"""Reading a report for an incident: pasted, looked at, ticked and recorded, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from extract_desk import REAL, ExtractDesk
from extraction_samples import MD5, SHA256
from heart import Heart
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import Button


@pytest.fixture
def desk(
    qtbot: QtBot, theme: Theme, tmp_path: Path, bundled_database: Path
) -> Iterator[ExtractDesk]:
    theme.set_factor(1.0)
    desk = ExtractDesk(qtbot, theme, tmp_path, bundled_database)
    yield desk
    desk.close()


def test_it_begins_with_the_keyboard_where_the_text_is_pasted(desk: ExtractDesk) -> None:
    report = desk.dialog.text.report
    assert desk.dialog.focusWidget() is report
    assert "Nothing is fetched" in report.placeholderText()
    assert "Nothing is read yet" in desk.told(desk.dialog)
    assert not desk.dialog.add.isEnabled()


def test_what_a_report_names_is_listed_by_kind_and_nothing_is_ticked(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    assert desk.listed() == {
        "Techniques": ["T1566", "T1059.001", "T9999"],
        "Software": ["S0154", "S0002"],
        "Groups": ["G0016"],
        "Vulnerabilities": ["CVE-2024-1234"],
        "Hashes": [MD5, SHA256],
        "Domains": ["gate.example.net", "cdn.gate.example.net"],
        "Addresses": ["198.51.100.7", "10.0.0.5", "2001:db8::17"],
        "Sites that it links to": ["www.example.org"],
    }
    assert desk.dialog.proposals.list.chosen() == ()
    assert not desk.dialog.proposals.list.isExpanded(desk.index("Sites that it links to"))


def test_a_row_says_everything_to_a_screen_reader(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    spoken = desk.index("T9999").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("T9999, unknown to the catalogue, line 5: ")
    spoken = desk.index("S0154").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("S0154, Cobalt Strike, named 2 times, line 4: ")
    group = desk.index("Domains").data(Qt.ItemDataRole.AccessibleTextRole)
    assert group == "Domains, 2 proposals"


def test_looking_at_a_proposal_marks_its_places_and_goes_there(desk: ExtractDesk) -> None:
    desk.paste("filler\n" * 300 + REAL)
    report = desk.dialog.text.report
    desk.look_at("cdn.gate.example.net")
    assert report.marked() == "cdn[.]gate[.]example[.]net"
    assert len(report.extraSelections()) == 2
    first = report.textCursor().blockNumber()
    assert report.firstVisibleBlock().blockNumber() > 200
    desk.key(Qt.Key.Key_Return)
    assert report.textCursor().blockNumber() > first
    QTest.keyClick(desk.dialog, Qt.Key.Key_F3)
    assert report.textCursor().blockNumber() == first
    QTest.keyClick(desk.dialog, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert report.textCursor().blockNumber() > first
    assert "place 2 of 2" in desk.dialog.text.header.accessibleName()
    desk.look_at("Domains")
    assert report.marked() == ""


def test_places_are_right_behind_letters_that_qt_counts_twice(desk: ExtractDesk) -> None:
    desk.paste("\U0001f600\U0001f600 then T1059.001 \U0001f600 and T1566")
    desk.look_at("T1566")
    assert desk.dialog.text.report.marked() == "T1566"
    desk.look_at("T1059.001")
    assert desk.dialog.text.report.marked() == "T1059.001"


def test_the_space_bar_ticks_and_the_box_of_a_group_ticks_all_in_it(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    chosen = desk.dialog.proposals.list.chosen
    desk.tick("S0154")
    assert [one.value for one in chosen()] == ["S0154"]
    state = desk.index("Software").data(Qt.ItemDataRole.CheckStateRole)
    assert Qt.CheckState(state) is Qt.CheckState.PartiallyChecked
    desk.tick("Software")
    assert [one.value for one in chosen()] == ["S0154", "S0002"]
    desk.tick("Software")
    assert chosen() == ()
    desk.tick("Hashes", "10.0.0.5")
    assert len(chosen()) == 3
    assert "Chosen: 2 hashes and 1 address." in desk.summary()


def test_a_click_on_a_box_ticks_and_one_beside_it_only_looks(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    listed = desk.dialog.proposals.list
    rect = listed.visualRect(desk.index("T1059.001"))
    left, right = rect.center(), rect.center()
    left.setX(rect.left() + 8)
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=right)
    assert (listed.chosen(), desk.dialog.text.report.marked()) == ((), "powershell")
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=left)
    assert [one.value for one in listed.chosen()] == ["T1059.001"]


def test_a_text_that_replaces_another_while_it_is_read_counts(desk: ExtractDesk) -> None:
    report = desk.dialog.text.report
    report.put("T1566 " * 100_000)
    while not desk.jobs.busy:
        QApplication.processEvents()
    desk.paste("T1059.001")
    desk.settle()
    assert desk.listed() == {"Techniques": ["T1059.001"]}


def test_a_group_of_attackers_and_what_is_recorded_have_no_box(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    desk.tick("G0016", "Groups", "T1566")
    assert desk.dialog.proposals.list.chosen() == ()
    desk.tick("Techniques")
    assert [one.value for one in desk.dialog.proposals.list.chosen()] == ["T1059.001", "T9999"]


def test_ticks_stay_while_the_text_is_typed_on(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    desk.tick("S0154")
    report = desk.dialog.text.report
    report.moveCursor(report.textCursor().MoveOperation.End)
    QTest.keyClicks(report, "and T1190 as well")
    assert not desk.dialog.add.isEnabled()
    assert not desk.dialog.proposals.list.isEnabled()
    desk.read()
    assert [one.value for one in desk.dialog.proposals.list.chosen()] == ["S0154"]
    assert desk.dialog.add.isEnabled()
    assert "T1190" in desk.listed()["Techniques"]
    desk.look_at("S0154")
    desk.paste("Cobalt Strike again")
    assert desk.dialog.text.report.marked() == "Cobalt Strike"
    desk.paste(" ")
    assert desk.listed() == {}
    assert "Nothing is read yet" in desk.told(desk.dialog)


def test_a_text_that_names_nothing_says_so(desk: ExtractDesk) -> None:
    desk.paste("Nothing of the kind.")
    assert "Nothing was recognised" in desk.told(desk.dialog)
    assert desk.listed() == {}


def test_only_text_is_pasted(desk: ExtractDesk) -> None:
    report = desk.dialog.text.report
    mime = QMimeData()
    mime.setHtml('<img src="file:///canary.png"><b>T1059</b>')
    assert report.canInsertFromMimeData(mime) is mime.hasText()
    mime.setText("T1059\x00")
    report.insertFromMimeData(mime)
    assert report.toPlainText() == "T1059\x00"
    picture = QMimeData()
    picture.setImageData(b"")
    assert not report.canInsertFromMimeData(picture)
    files = QMimeData()
    files.setUrls([QUrl("file:///canary.txt")])
    report.selectAll()
    report.insertFromMimeData(files)
    assert report.toPlainText().strip() == "file:///canary.txt"
    desk.read()


def test_a_line_that_no_screen_can_show_is_broken_where_it_has_a_blank(desk: ExtractDesk) -> None:
    desk.paste("word " * 2_000 + "x" * 9_000 + " T1566")
    lines = desk.dialog.text.report.toPlainText().split("\n")
    assert max(map(len, lines)) <= 4_000
    assert len(lines) > 3
    assert "".join(lines).replace(" ", "") == "word" * 2_000 + "x" * 9_000 + "T1566"
    assert desk.listed() == {"Techniques": ["T1566"]}


def test_a_megabyte_is_read_while_the_window_goes_on(desk: ExtractDesk) -> None:
    text = "".join(
        f"host{number}[.]example[.]net spoke to 198[.]51[.]{number % 200}[.]7 and ran it again\n"
        for number in range(14_000)
    )
    assert len(text) > 900_000
    heart = Heart()
    assert not heart.stands_still(lambda: desk.paste(text))
    assert heart.beats > 10  # read in the window's own thread, it would beat once or twice
    assert "The text names 14,200 things; the first 2,000 are listed." in desk.told(desk.dialog)


def test_reading_can_be_stopped(desk: ExtractDesk) -> None:
    desk.dialog.text.report.put("T1566 " * 300_000)
    while not desk.jobs.busy:
        QApplication.processEvents()
    desk.dialog.proposals.stopped.emit()
    assert not desk.dialog.busy
    assert desk.listed() == {}
    assert "Stopped." in desk.told(desk.dialog)
    desk.paste("T1566")
    assert desk.listed() == {"Techniques": ["T1566"]}


def test_what_takes_a_moment_is_told_with_a_way_to_stop_it(desk: ExtractDesk) -> None:
    pane = desk.dialog.proposals
    pane._on_late()
    [cancel] = [one for one in pane.findChildren(Button) if one.text() == "Cancel"]
    stopped: list[bool] = []
    pane.stopped.connect(lambda: stopped.append(True))
    cancel.click()
    assert stopped == [True]
    pane.show_nothing_yet()
    QApplication.processEvents()
    assert not any(one.isVisible() for one in pane.findChildren(Button))


def test_closing_asks_where_something_is_ticked(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    desk.tick("S0154")
    QTest.keyClick(desk.dialog, Qt.Key.Key_Escape)
    assert desk.dialog.isVisible()
    assert "1 piece of software chosen, and not added yet." in desk.told(desk.dialog)
    [stay] = [one for one in desk.dialog.findChildren(Button) if one.text() == "Stay here"]
    stay.click()
    assert desk.dialog.focusWidget() is desk.dialog.proposals.list
    desk.dialog.close()
    QApplication.processEvents()
    [go] = [
        one
        for one in desk.dialog.findChildren(Button)
        if one.text() == "Close without adding" and one.isVisible()
    ]
    go.click()
    assert not desk.dialog.isVisible()
    assert desk.incident().software == ()
    desk.open()


def test_an_unreadable_database_is_said(desk: ExtractDesk) -> None:
    desk.path.unlink()
    desk.paste(REAL)
    assert desk.listed() == {}
    assert "database" in desk.told(desk.dialog)


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_nothing_is_cut_at_any_text_size(desk: ExtractDesk, theme: Theme, factor: float) -> None:
    desk.paste(REAL)
    theme.set_factor(factor)
    desk.dialog.resize(900, 700)
    QApplication.processEvents()
    for button in desk.dialog.findChildren(Button):
        if button.isVisible():
            assert button.width() >= button.minimumSizeHint().width()
    is_wide = factor == 1.0
    assert (desk.dialog.text.y() == desk.dialog.proposals.y()) is is_wide
    theme.set_factor(1.0)
