"""The Actors screen: list, filters, saved filters, keyboard, what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from actors_window import ActorsWindow, button, chips, notice, opened, shown_actor, words
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from briefing.analysis.actor_filter import NOT_STATED, ActorFilter, matching, stated
from briefing.core.actor import ActorRow
from briefing.settings import SettingsFile
from briefing.store.workspace import SavedFilter, Workspace
from briefing.ui.actor_places import comparison_place
from briefing.ui.errors import ErrorDialog
from briefing.ui.navigation import Place
from briefing.ui.views.saved_filters import SavedFilterMenu, SavePopup


@pytest.fixture
def screen(qapp: QApplication, tmp_path: Path) -> Iterator[ActorsWindow]:
    yield from opened(tmp_path)


def test_the_first_start_shows_the_first_actor_with_a_profile_of_our_own(
    screen: ActorsWindow,
) -> None:
    screen.view.show_place(Place("actors"))
    first = next(row for row in screen.library.actors if row.own_profile)
    assert shown_actor(screen.view) == first.name == screen.view.title
    assert screen.view.list.selected() == (first.id,)


def test_a_filter_leaves_as_many_as_its_list_said(screen: ActorsWindow) -> None:
    options = screen.view.list.filters._options("origin")
    promised = next(count for code, _, count in options if code == "RU")
    screen.view.list.set_filter(ActorFilter(origin="RU"))
    total = len(screen.library.actors)
    assert len(screen.rows()) == promised
    assert words(screen.view.list.result) == (
        f"{promised} of {total} actors · origin stated for"
        f" {stated(screen.library.actors, 'origin')}"
    )


def test_every_set_filter_has_a_chip_that_takes_it_back(screen: ActorsWindow) -> None:
    screen.view.list.set_filter(ActorFilter(origin="RU", since="2024", kind=NOT_STATED))
    assert list(chips(screen.view)) == [
        "Origin: Russia",
        "Kind not stated",
        "Since 2024",
        "Clear all",
    ]
    QTest.keyClick(chips(screen.view)["Since 2024"], Qt.Key.Key_Delete)
    assert screen.view.list.filter == ActorFilter(origin="RU", kind=NOT_STATED)
    QTest.keyClick(chips(screen.view)["Clear all"], Qt.Key.Key_Delete)
    assert screen.view.list.filter == ActorFilter()
    assert chips(screen.view) == {}


def test_typing_into_the_field_filters_by_name(screen: ActorsWindow) -> None:
    screen.view.list.filters.start_typing()
    QTest.keyClicks(screen.view.list.filters._text, "storm-")
    assert screen.rows()
    assert all("storm-" in name.casefold() for name in screen.rows())
    QTest.keyClick(screen.view.list.filters._text, Qt.Key.Key_Escape)
    assert len(screen.rows()) == len(screen.library.actors)


def test_an_empty_result_says_why_and_offers_what_helps(screen: ActorsWindow) -> None:
    screen.view.list.set_filter(ActorFilter(origin="RU", sector="mining"))
    found = notice(screen.view)
    actors = screen.library.actors
    left = len(matching(actors, ActorFilter(origin="RU")))
    assert found.accessibleName() == "No actor matches Mining and metals and Russia"
    assert found.accessibleDescription() == (
        f"Sectors are stated for {stated(actors, 'sector')} of {len(actors)} actors only."
        f" Without the sector filter: {left} actors."
    )
    button(found, "Remove sector filter").click()
    assert screen.view.list.filter == ActorFilter(origin="RU")
    assert len(screen.rows()) == left


def test_the_arrow_keys_show_the_actor_they_stop_at(qtbot: QtBot, screen: ActorsWindow) -> None:
    screen.show("APT28")
    with qtbot.waitSignal(screen.view.navigate):
        for _ in range(3):
            screen.press(Qt.Key.Key_Down)
    fourth = screen.library.actors[3]
    assert screen.places == [Place("actors", fourth.id)]
    assert shown_actor(screen.view) == fourth.name


def test_enter_shows_the_actor_and_gives_it_the_keyboard(
    qtbot: QtBot, screen: ActorsWindow
) -> None:
    screen.show("APT28")
    qtbot.waitActive(screen.view)
    screen.view.list.table.setFocus()
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)
    assert screen.places == [Place("actors", screen.library.actors[1].id)]
    assert screen.view.profile.isAncestorOf(QApplication.focusWidget())


def test_typing_in_the_list_jumps_to_a_name(screen: ActorsWindow) -> None:
    screen.show("APT28")
    for key in (Qt.Key.Key_T, Qt.Key.Key_U, Qt.Key.Key_R, Qt.Key.Key_L):
        screen.press(key)
    assert screen.view.list.selected() == (screen.id("Turla"),)


def test_two_to_four_selected_actors_can_be_compared(screen: ActorsWindow) -> None:
    compare = screen.view.list.compare
    screen.show("APT28")
    assert not compare.isEnabled()
    assert "Select 2 to 4 actors" in compare.toolTip()
    for _ in range(2):
        screen.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert compare.text() == "Compare 3"
    compare.click()
    expected = comparison_place([row.id for row in screen.library.actors[:3]])
    assert screen.places == [expected]
    first, second, third = (row.name for row in screen.library.actors[:3])
    assert screen.view.title == f"{first}, {second} and {third}"
    for _ in range(2):
        screen.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert not compare.isEnabled()
    assert "at most 4" in compare.toolTip()


def test_selecting_several_actors_does_not_lead_away_from_what_is_shown(
    screen: ActorsWindow,
) -> None:
    screen.show("APT28")
    screen.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    screen.view.list._emit_settled()
    assert screen.places == []
    assert shown_actor(screen.view) == "APT28"


def test_a_filter_keeps_what_is_shown_even_where_it_leaves_it_out(screen: ActorsWindow) -> None:
    screen.show("APT28")
    screen.view.list.set_filter(ActorFilter(origin="CN"))
    assert screen.view.list.selected() == ()
    assert shown_actor(screen.view) == "APT28"


def test_sorting_puts_what_is_not_known_last_and_a_third_click_restores_the_order(
    screen: ActorsWindow,
) -> None:
    before = screen.rows()
    table = screen.view.list.table
    head = table.horizontalHeader()
    newest = [row.newest for row in screen.library.actors]
    for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
        table.sortByColumn(3, order)
        last = table.model().index(table.model().rowCount() - 1, 3).data()
        assert last == ""
        first = table.model().index(0, 3).data()
        known = sorted(
            (day for day in newest if day), reverse=order == Qt.SortOrder.DescendingOrder
        )
        assert first == known[0][:4]
    assert head.isSortIndicatorClearable()
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert screen.rows() == before


def test_sorting_keeps_the_selected_actor_selected(screen: ActorsWindow) -> None:
    screen.show("Turla")
    screen.view.list.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert screen.view.list.selected() == (screen.id("Turla"),)


def test_rows_are_copied_as_csv_with_their_heads(screen: ActorsWindow) -> None:
    screen.show("APT28")
    screen.view.list.table.copy_as_csv()
    row: ActorRow = screen.library.profile(screen.id("APT28")).row
    assert QGuiApplication.clipboard().text() == (
        f"Name,Names,Kind,Newest,Refs\nAPT28,{row.names},state,{row.newest[:4]},{row.documents}\n"
    )


def test_what_a_person_arranged_is_there_at_the_next_start(screen: ActorsWindow) -> None:
    screen.show("Turla")
    table = screen.view.list.table
    screen.view.list.set_filter(ActorFilter(origin="RU", text="r"))
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    table.horizontalHeader().resizeSection(1, 70)
    screen.view._splitter.moveSplitter(420, 1)
    rows = screen.rows()
    view = screen.start_again()
    view.show_place(Place("actors"))
    assert view.list.filter == ActorFilter(origin="RU", text="r")
    assert screen.rows() == rows
    assert view.list.table.widths()[1] == 70
    assert abs(view.list.width() - 420) <= 1
    assert shown_actor(view) == "Turla"


def test_settings_somebody_broke_start_the_screen_all_the_same(screen: ActorsWindow) -> None:
    settings = SettingsFile(screen.folder / "settings.json")
    changed = settings.settings
    for key, value in (
        ("actors.filter", "{oops"),
        ("actors.widths", "wide 3"),
        ("actors.sort", "colour falling"),
        ("actors.list width", "broad"),
        ("actors.last", "gone"),
    ):
        changed = changed.remember(key, value)
    settings.keep(changed)
    view = screen.start_again()
    view.show_place(Place("actors"))
    assert shown_actor(view) == "APT28"
    assert len(screen.rows()) == len(screen.library.actors)


def test_a_filter_is_saved_under_a_name_chosen_again_and_deleted(screen: ActorsWindow) -> None:
    view = screen.view
    view.list.set_filter(ActorFilter(origin="RU"))
    view.list.result.save.click()
    popup = view.list.findChild(SavePopup)
    assert popup._field.text() == "Russia"
    popup._field.input.setText("")
    popup._save.click()
    assert popup._field.input.accessibleDescription() == "Type a name first."
    popup._field.input.setText("From  Russia")
    popup._save.click()
    assert not popup.isVisible()
    view.list.set_filter(ActorFilter())
    menu = view.list.findChild(SavedFilterMenu)
    menu.fill()
    saved, _, delete = menu.actions()
    assert saved.text() == "From Russia"
    saved.trigger()
    assert view.list.filter == ActorFilter(origin="RU")
    submenu = delete.menu()
    assert isinstance(submenu, QMenu)
    submenu.actions()[0].trigger()
    menu.fill()
    [nothing] = menu.actions()
    assert not nothing.isEnabled()


def test_a_name_that_is_taken_is_said_to_be_replaced(screen: ActorsWindow) -> None:
    workspace = Workspace(screen.folder / "workspace.db")
    workspace.save_filter(SavedFilter("Russia", "actors", {"origin": "CN"}))
    workspace.close()
    screen.view.list.set_filter(ActorFilter(origin="RU"))
    screen.view.list.result.save.click()
    popup = screen.view.list.findChild(SavePopup)
    assert "will be replaced" in popup._note.text()
    popup._save.click()
    assert screen.view.list._store.all() == (SavedFilter("Russia", "actors", {"origin": "RU"}),)


def test_a_workspace_that_cannot_be_opened_is_told_and_nothing_is_lost(
    screen: ActorsWindow,
) -> None:
    (screen.folder / "workspace.db").mkdir()
    screen.view.list.set_filter(ActorFilter(origin="RU"))
    screen.view.list.result.save.click()
    [dialog] = screen.view.findChildren(ErrorDialog)
    assert dialog.accessibleName()
    assert screen.view.list.filter == ActorFilter(origin="RU")
    dialog.close()


def test_reading_anew_keeps_filter_and_selection(screen: ActorsWindow) -> None:
    screen.show("Turla")
    screen.view.list.set_filter(ActorFilter(origin="RU"))
    rows = screen.rows()
    screen.library.forget()
    screen.view.reload()
    screen.view.show_place(Place("actors", screen.id("Turla")))
    assert screen.rows() == rows
    assert screen.view.list.selected() == (screen.id("Turla"),)


def test_large_text_leaves_room_for_the_page_and_columns_come_back_with_their_widths(
    screen: ActorsWindow,
) -> None:
    table = screen.view.list.table
    widths = table.widths()
    screen.theme.set_factor(2.0)
    assert screen.view.list.width() <= screen.view.width() / 2
    assert [table.isColumnHidden(column) for column in range(5)] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert table.widths() == widths
    screen.theme.set_factor(1.0)
    assert [table.isColumnHidden(column) for column in range(5)] == [False] * 5
    assert table.columnWidth(1) == widths[1]
