"""The Advisories screen: list, filters, reading pane, marks, vulnerabilities, keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from advisories_window import AdvisoriesWindow, button, notices, opened, words
from advisory_samples import (
    FOX,
    FOX_REPORT,
    HERON_NEWS,
    LOOSE_CVE,
    NEW_CVE,
    OLD_CVE,
    PLAIN_NEWS,
    PUMPS,
    SHARED_REPORT,
    catalogue,
    database,
    exploited,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from store_samples import changes, take

from briefing.analysis.advisory_filter import UNREAD, AdvisoryFilter
from briefing.store.advisories import advisories_of
from briefing.store.migrate import open_knowledge
from briefing.ui.errors import ErrorDialog
from briefing.ui.models.advisory_table import OVERDUE_ROLE
from briefing.ui.navigation import Place
from briefing.ui.views.actor_sections.advisories import AdvisoriesSection
from briefing.ui.views.briefing_kept import KeptList
from briefing.ui.widgets.cells import SECOND_ROLE, STRONG_ROLE
from briefing.ui.widgets.marked_rows import MarkedRows
from briefing.ui.widgets.two_line_list import TwoLineList

_FIRST = "Alert: Night Heron scans mail servers"


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[AdvisoriesWindow]:
    yield from opened(qtbot, database(tmp_path / "knowledge.db"), tmp_path)


@pytest.fixture
def bare(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[AdvisoriesWindow]:
    path = tmp_path / "knowledge.db"
    connection = open_knowledge(path)
    take(connection, path, catalogue())
    connection.close()
    yield from opened(qtbot, path, tmp_path)


def test_the_newest_is_at_the_top_and_shown_first(screen: AdvisoriesWindow) -> None:
    screen.show()
    assert screen.titles()[0] == _FIRST
    assert screen.view.title == _FIRST
    assert words(screen.view.list.result) == "5 advisories · 5 unread"


def test_a_row_says_who_issued_it_what_it_names_and_that_it_is_unread(
    screen: AdvisoriesWindow,
) -> None:
    screen.show()
    assert screen.cell(0, 1).data(SECOND_ROLE) == "CERT of Somewhere · names 1 actor · 1 CVE"
    assert screen.cell(0, 1).data(STRONG_ROLE)
    assert screen.spoken(0).startswith(f"unread, {_FIRST}")


def test_a_due_date_says_in_words_whether_it_has_passed(screen: AdvisoriesWindow) -> None:
    screen.show()
    pumps, news = screen.titles().index("Pumpworks Controller"), 0
    assert screen.cell(pumps, 2).data() == "20 Mar 2024"
    assert screen.cell(pumps, 2).data(SECOND_ROLE) == "overdue"
    assert screen.cell(pumps, 2).data(OVERDUE_ROLE)
    assert screen.cell(news, 2).data(SECOND_ROLE) == "due"
    assert not screen.cell(news, 2).data(OVERDUE_ROLE)


def test_the_reading_pane_shows_everything_an_advisory_says(screen: AdvisoriesWindow) -> None:
    page = screen.show(PUMPS).page
    said = words(page)
    for part in (
        "Pumpworks Controller",
        "Published 1 Mar 2024 · updated 2 Apr 2024 · unread · 2 CVEs",
        "A stranger on the network may stop pumps.",
        "Update to version 5.",
        "fix by the maker",
        "Pumpworks Panel",
        "Water and several sectors",
        "Germany and Atlantis",
        "That does not mean anybody there is attacked.",
        "T9059 Lure",
        "its id stands in the text: T9059",
    ):
        assert part in said, part
    model = page.vulnerabilities.table.model()
    cells = [[str(model.index(r, c).data()) for c in range(3)] for r in range(model.rowCount())]
    assert cells == [
        [OLD_CVE, "9.8 critical", "overdue 20 Mar 2024"],
        [LOOSE_CVE, "5.0 medium", ""],
    ]


def test_steps_are_numbered_and_lead_to_their_pages(
    screen: AdvisoriesWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_addresses: list[str] = []
    monkeypatch.setattr(
        "briefing.ui.views.advisory_parts.QDesktopServices.openUrl",
        lambda url: opened_addresses.append(url.toString()),
    )
    rows = screen.show(PUMPS).page.advice.rows
    assert rows.text().startswith("1: Update to version 5. Open its page")
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert opened_addresses == ["https://example.org/5"]


def test_links_say_why_they_are_there_and_lead_to_what_they_name(
    screen: AdvisoriesWindow,
) -> None:
    names = screen.show(HERON_NEWS).page.names
    assert "Night Heron named in the title" in names.rows.text()
    assert "Gravel named in a tag; also a name of Night Heron" in names.rows.text()
    assert "Tags: mail and misp-galaxy:tool" in screen.view.page.references.rows.text()
    names.opened.emit(FOX)
    assert screen.places[-1] == Place("actors", FOX)


def test_a_name_that_actors_share_is_shown_with_all_of_them(screen: AdvisoriesWindow) -> None:
    said = screen.show(SHARED_REPORT).page.names.rows.text()
    assert "Unclear: Copper Vixen named in the title; a name of Amber Fox and Slow Badger." in said
    assert "linked to nobody" in said


def test_a_report_without_text_says_so_and_asks_for_no_steps(screen: AdvisoriesWindow) -> None:
    page = screen.show(FOX_REPORT).page
    assert "Its source gives a title and a date, and no text." in words(page.summary)
    assert page.advice.isHidden()
    assert page.vulnerabilities.isHidden()


def test_enter_marks_as_read_and_going_through_the_list_does_not(
    qtbot: QtBot, screen: AdvisoriesWindow
) -> None:
    screen.show()
    with qtbot.waitSignal(screen.view.list.advisory_chosen):
        screen.press(Qt.Key.Key_Down)
    assert screen.cell(1, 1).data(STRONG_ROLE)
    screen.press(Qt.Key.Key_Return)
    assert not screen.cell(1, 1).data(STRONG_ROLE)
    assert screen.places[-1] == Place("advisories", PLAIN_NEWS)
    assert button(screen.view.page, "Mark as unread")
    assert words(screen.view.list.result) == "5 advisories · 4 unread"
    focus = QApplication.focusWidget()
    assert focus is None or not screen.view.list.table.hasFocus()


def test_the_button_marks_both_ways_and_marks_outlive_the_program(
    screen: AdvisoriesWindow,
) -> None:
    screen.show(PUMPS)
    button(screen.view.page, "Mark as read").click()
    screen.start_again()
    screen.show(PUMPS)
    assert "· read ·" in words(screen.view.page)
    button(screen.view.page, "Mark as unread").click()
    assert "· unread ·" in words(screen.view.page)


def test_all_that_is_shown_can_be_marked_at_once(screen: AdvisoriesWindow) -> None:
    screen.show()
    screen.view.list.set_filter(AdvisoryFilter(issuer="Vendor"))
    screen.view.list._fill_mark_menu()
    read, unread = screen.view.list._mark_menu.actions()
    assert read.text() == "Mark all 2 advisories shown as read"
    assert unread.isEnabled()
    read.trigger()
    screen.view.list.set_filter(AdvisoryFilter(mark=UNREAD))
    assert len(screen.titles()) == 3


def test_what_is_marked_read_stays_in_a_list_of_unread_ones_until_it_is_filtered_again(
    screen: AdvisoriesWindow,
) -> None:
    screen.show()
    screen.view.list.set_filter(AdvisoryFilter(mark=UNREAD))
    QTest.keyClick(screen.view.list.table, Qt.Key.Key_Return)
    assert len(screen.titles()) == 5
    screen.view.list.set_filter(AdvisoryFilter(mark=UNREAD, since="2022"))
    assert len(screen.titles()) == 4


def test_keeping_says_what_it_does_and_is_taken_back(screen: AdvisoriesWindow) -> None:
    page = screen.show(PUMPS).page
    keep = button(page, "Keep for briefings")
    assert "Nothing is written into a document yet." in keep.accessibleDescription()
    keep.click()
    assert "No document holds it yet." in words(page)
    assert "kept for briefings" in screen.spoken(screen.titles().index("Pumpworks Controller"))
    button(page, "Keep no longer").click()
    assert "No document holds it yet." not in words(page)


def test_the_menu_of_a_row_marks_what_is_selected(screen: AdvisoriesWindow) -> None:
    screen.show()
    screen.view.list.table.selectAll()
    assert [label for label, _ in screen.view.list._offered()] == ["Mark 5 advisories as read"]
    menu = screen.view.list.table._menu()
    menu.actions()[0].trigger()
    menu.deleteLater()
    assert [label for label, _ in screen.view.list._offered()] == ["Mark 5 advisories as unread"]
    screen.view.list.select(PUMPS)
    labels = [label for label, _ in screen.view.list._offered()]
    assert labels == ["Mark as unread", "Keep for briefings"]


def test_a_filter_leaves_as_many_as_its_list_said_and_says_of_how_many(
    screen: AdvisoriesWindow,
) -> None:
    screen.show()
    options = screen.view.list.filters._options("technology")
    assert ("pumpworks", "Pumpworks", 1) in options
    assert ("pumpworks:panel", "Pumpworks Panel", 1) in options
    screen.view.list.set_filter(AdvisoryFilter(technology="pumpworks", sector="water"))
    assert screen.titles() == ["Pumpworks Controller"]
    said = words(screen.view.list.result)
    assert said == "1 of 5 advisories · sectors stated for 1, products stated for 1"


def test_an_empty_result_says_why_and_offers_what_helps(screen: AdvisoriesWindow) -> None:
    screen.show()
    screen.view.list.set_filter(AdvisoryFilter(sector="water", issuer="Vendor"))
    assert notices(screen.view.list) == ["No advisory matches issuer Vendor and sector Water"]
    button(screen.view.list, "Remove filter “Sector”").click()
    assert len(screen.titles()) == 2


def test_filter_sorting_and_width_are_remembered(screen: AdvisoriesWindow) -> None:
    screen.show()
    screen.view.list.set_filter(AdvisoryFilter(since="2024"))
    screen.view.list.table.set_sorting("title", falling=False)
    screen.view.list.arranged.emit()
    screen.start_again()
    screen.show()
    assert screen.view.list.filter == AdvisoryFilter(since="2024")
    assert screen.titles() == sorted(screen.titles(), key=str.casefold)


def test_an_advisory_that_is_gone_is_told_on_the_page(screen: AdvisoriesWindow) -> None:
    screen.show("advisory--gone")
    [told] = notices(screen.view._pages)
    assert told == "There is no advisory advisory--gone in this database."
    assert screen.view.title == "Advisories"


def test_a_vulnerability_has_its_page_and_leads_back_to_its_advisories(
    screen: AdvisoriesWindow,
) -> None:
    page = screen.show(OLD_CVE).vulnerability
    said = words(page)
    for part in (
        OLD_CVE,
        "Pumpworks Overflow",
        "overdue since 20 Mar 2024",
        "Install the update.",
        "9.8 critical, the highest that an advisory here gives",
    ):
        assert part in said, part
    page.table.opened.emit(PUMPS)
    assert screen.places[-1] == Place("advisories", PUMPS)
    assert screen.view.title == "Pumpworks Controller"
    loose = words(screen.show(LOOSE_CVE).vulnerability)
    assert f"No catalogue here describes {LOOSE_CVE}." in loose


def test_the_list_of_vulnerabilities_narrows_by_state_and_text(screen: AdvisoriesWindow) -> None:
    screen.show()
    screen.view.list.kinds.set_value("vulnerabilities")
    found = screen.view.vulnerabilities
    model = found.table.model()

    def shown() -> list[str]:
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    assert shown() == [NEW_CVE, OLD_CVE, LOOSE_CVE]
    found.state.set_value("ransomware")
    found.state.chosen.emit("ransomware")
    assert shown() == [NEW_CVE]
    found.state.set_value("")
    found.text.setText("overflow")
    found.text.textEdited.emit("overflow")
    assert shown() == [OLD_CVE]
    assert found._result.accessibleName() == (
        "1 of 3 vulnerabilities · 2 on CISA’s list of exploited ones"
    )


def test_without_advisories_the_screen_says_how_to_bring_some_in(bare: AdvisoriesWindow) -> None:
    view = bare.show()
    assert notices(view.list) == ["No advisory has been brought in yet"]
    assert "briefing import FILE" in words(view.list)
    button(view.list, "Open Sources").click()
    assert bare.places[-1] == Place("sources")
    assert not view.list.filters.isVisible()


def test_with_vulnerabilities_alone_those_are_shown(bare: AdvisoriesWindow) -> None:
    path = bare.library.knowledge.path
    connection = open_knowledge(path)
    take(connection, path, changes(exploited(OLD_CVE, "Pumpworks Overflow")))
    connection.close()
    view = bare.show()
    assert view._lists.currentWidget() is view.vulnerabilities
    assert notices(view._pages) == ["No vulnerability is chosen"]


def test_new_data_is_read_when_the_window_says_so(bare: AdvisoriesWindow) -> None:
    bare.show()
    path = bare.library.knowledge.path
    database(path)
    bare.view.reload()
    bare.settle()
    assert len(bare.titles()) == 5


def test_a_workspace_that_cannot_be_used_is_told_once_and_the_list_stands(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    (tmp_path / "workspace.db").write_text("nothing of the kind")
    for screen in opened(qtbot, database(tmp_path / "knowledge.db"), tmp_path):
        screen.show()
        [dialog] = screen.view.findChildren(ErrorDialog)
        assert "workspace.db" in dialog.accessibleName()
        dialog.accept()
        assert len(screen.titles()) == 5


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_nothing_is_cut_at_any_text_size(screen: AdvisoriesWindow, factor: float) -> None:
    screen.theme.set_factor(factor)
    for subject in (PUMPS, OLD_CVE, SHARED_REPORT):
        view = screen.show(subject)
        page = view._pages.currentWidget()
        assert page.minimumSizeHint().width() <= view.width()
        for name in ("Mark as read", "Keep for briefings"):
            if subject != OLD_CVE:
                one = button(page, name)
                assert one.width() >= one.sizeHint().width()


def test_the_actor_profile_lists_what_names_the_actor_and_what_may_mean_another(
    qtbot: QtBot, screen: AdvisoriesWindow
) -> None:
    section = AdvisoriesSection(screen.theme)
    qtbot.addWidget(section)
    section.set_advisories(advisories_of(screen.library.knowledge.connection, FOX))
    sure, doubtful = section.findChildren(MarkedRows)
    assert [row.key for row in sure.rows()] == [FOX_REPORT]
    assert [row.key for row in doubtful.rows()] == [SHARED_REPORT]
    assert "“Copper Vixen” is also a name of Slow Badger." in section._doubt.text()
    with qtbot.waitSignal(section.navigate) as asked:
        sure.row_activated.emit(FOX_REPORT)
    assert asked.args == [Place("advisories", FOX_REPORT)]
    section.set_advisories(())
    assert section.isHidden()


def test_the_briefings_screen_can_list_what_is_kept(qtbot: QtBot, screen: AdvisoriesWindow) -> None:
    screen.show()
    kept = KeptList(screen.theme)
    qtbot.addWidget(kept)
    assert kept.isHidden()
    screen.view._on_keep_asked(PUMPS, True)
    kept.set_kept([*screen.view._desk.kept(), ("advisory--gone", None)])
    assert not kept.isHidden()
    model = kept.findChildren(TwoLineList)[0].model()
    assert [str(model.index(row, 0).data()) for row in range(2)] == [
        "Pumpworks Controller",
        "advisory--gone",
    ]
    assert str(model.index(1, 0).data(SECOND_ROLE)) == "no longer in the database"
    with qtbot.waitSignal(kept.navigate) as asked:
        kept.findChildren(TwoLineList)[0].row_activated.emit(PUMPS)
    assert asked.args == [Place("advisories", PUMPS)]
