"""The Actors screen with the bundled data: list, filters, comparison, pages, what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.analysis.actor_filter import NOT_STATED, ActorFilter, matching, stated
from briefing.core.actor import ActorRow
from briefing.core.errors import BriefingError
from briefing.core.world import World
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.store.workspace import SavedFilter, Workspace
from briefing.ui.errors import ErrorDialog
from briefing.ui.navigation import Place, Screen
from briefing.ui.theme import Theme
from briefing.ui.views.actors import ActorsView
from briefing.ui.actor_places import comparison_place
from briefing.ui.views.saved_filters import SavedFilterMenu, SavePopup
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.notice import Notice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support .*")


class _Screen:
    """The screen in a window that goes wherever it asks to go."""

    def __init__(self, library: Library, folder: Path, world: Callable[[], World]) -> None:
        self.library = library
        self.folder = folder
        self.world = world
        self.places: list[Place] = []
        self.theme = Theme(scheme="light")
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.theme.apply(app)
        self.view = self._open()

    def _open(self) -> ActorsView:
        settings = SettingsFile(self.folder / "settings.json")
        view = ActorsView(
            self.theme, self.library, settings, self.folder / "workspace.db", self.world
        )
        view.navigate.connect(self._go)
        view.resize(1304, 852)
        view.show()
        return view

    def _go(self, place: Place) -> None:
        self.places.append(place)
        if place.screen == "actors":
            self.view.show_place(place)

    def start_again(self) -> ActorsView:
        self.view.close()
        self.view = self._open()
        return self.view

    def id(self, name: str) -> str:
        return next(row.id for row in self.library.actors if row.name == name)

    def show(self, *names: str) -> ActorsView:
        if len(names) == 1:
            self.view.show_place(Place("actors", self.id(names[0])))
        else:
            self.view.show_place(comparison_place([self.id(name) for name in names]))
        return self.view

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.view.list.table, key, modifier)

    def rows(self) -> list[str]:
        model = self.view.list.table.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(KnowledgeFile(paths.bundled_database()))


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(paths.resources_folder() / "map" / "world.json")


@pytest.fixture
def screen(qtbot: QtBot, library: Library, world: World, tmp_path: Path) -> Iterator[_Screen]:
    made = _Screen(library, tmp_path, lambda: world)
    qtbot.addWidget(made.view)
    yield made
    made.view.close()


def words(widget: QWidget) -> str:
    """Everything a widget says, in reading order as it was built."""
    found = [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    return " ".join(text for text in found if text)


def shown_actor(view: ActorsView) -> str:
    return view.profile.profile.row.name if view.profile.profile else ""


def chips(view: ActorsView) -> dict[str, Chip]:
    """Those not replaced yet."""
    found = view.list.filters.findChildren(Chip)
    return {chip.text(): chip for chip in found if chip.isVisibleTo(view.list)}


def notice(view: ActorsView) -> Notice:
    [found] = [one for one in view.list.findChildren(Notice) if one.isVisibleTo(view.list)]
    return found


def button(widget: QWidget, text: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)


def test_it_is_a_screen(screen: _Screen) -> None:
    assert isinstance(screen.view, Screen)


def test_the_first_start_shows_the_first_actor_with_a_profile_of_our_own(screen: _Screen) -> None:
    screen.view.show_place(Place("actors"))
    first = next(row for row in screen.library.actors if row.own_profile)
    assert shown_actor(screen.view) == first.name == screen.view.title
    assert screen.view.list.selected() == (first.id,)


def test_a_filter_leaves_as_many_as_its_list_said(screen: _Screen) -> None:
    options = screen.view.list.filters._options("origin")
    promised = next(count for code, _, count in options if code == "RU")
    screen.view.list.set_filter(ActorFilter(origin="RU"))
    total = len(screen.library.actors)
    assert len(screen.rows()) == promised
    assert words(screen.view.list.result) == (
        f"{promised} of {total} actors · origin stated for"
        f" {stated(screen.library.actors, 'origin')}"
    )


def test_every_set_filter_has_a_chip_that_takes_it_back(screen: _Screen) -> None:
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


def test_typing_into_the_field_filters_by_name(screen: _Screen) -> None:
    screen.view.list.filters.start_typing()
    QTest.keyClicks(screen.view.list.filters._text, "storm-")
    assert screen.rows()
    assert all("storm-" in name.casefold() for name in screen.rows())
    QTest.keyClick(screen.view.list.filters._text, Qt.Key.Key_Escape)
    assert len(screen.rows()) == len(screen.library.actors)


def test_an_empty_result_says_why_and_offers_what_helps(screen: _Screen) -> None:
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


def test_the_arrow_keys_show_the_actor_they_stop_at(qtbot: QtBot, screen: _Screen) -> None:
    screen.show("APT28")
    with qtbot.waitSignal(screen.view.navigate):
        for _ in range(3):
            screen.press(Qt.Key.Key_Down)
    fourth = screen.library.actors[3]
    assert screen.places == [Place("actors", fourth.id)]
    assert shown_actor(screen.view) == fourth.name


def test_enter_shows_the_actor_and_gives_it_the_keyboard(qtbot: QtBot, screen: _Screen) -> None:
    screen.show("APT28")
    qtbot.waitActive(screen.view)
    screen.view.list.table.setFocus()
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)
    assert screen.places == [Place("actors", screen.library.actors[1].id)]
    assert screen.view.profile.isAncestorOf(QApplication.focusWidget())


def test_typing_in_the_list_jumps_to_a_name(screen: _Screen) -> None:
    screen.show("APT28")
    for key in (Qt.Key.Key_T, Qt.Key.Key_U, Qt.Key.Key_R, Qt.Key.Key_L):
        screen.press(key)
    assert screen.view.list.selected() == (screen.id("Turla"),)


def test_two_to_four_selected_actors_can_be_compared(screen: _Screen) -> None:
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
    assert screen.view.title == "APT28, OilRig and APT27"
    for _ in range(2):
        screen.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert not compare.isEnabled()
    assert "at most 4" in compare.toolTip()


def test_selecting_several_actors_does_not_lead_away_from_what_is_shown(screen: _Screen) -> None:
    screen.show("APT28")
    screen.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    screen.view.list._emit_settled()
    assert screen.places == []
    assert shown_actor(screen.view) == "APT28"


def test_a_filter_keeps_what_is_shown_even_where_it_leaves_it_out(screen: _Screen) -> None:
    screen.show("APT28")
    screen.view.list.set_filter(ActorFilter(origin="CN"))
    assert screen.view.list.selected() == ()
    assert shown_actor(screen.view) == "APT28"


def test_sorting_puts_what_is_not_known_last_and_a_third_click_restores_the_order(
    screen: _Screen,
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


def test_sorting_keeps_the_selected_actor_selected(screen: _Screen) -> None:
    screen.show("Turla")
    screen.view.list.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert screen.view.list.selected() == (screen.id("Turla"),)


def test_rows_are_copied_as_csv_with_their_heads(screen: _Screen) -> None:
    screen.show("APT28")
    screen.view.list.table.copy_as_csv()
    row: ActorRow = screen.library.profile(screen.id("APT28")).row
    assert QGuiApplication.clipboard().text() == (
        f"Name,Names,Kind,Newest,Refs\nAPT28,{row.names},state,{row.newest[:4]},{row.documents}\n"
    )


def test_what_a_person_arranged_is_there_at_the_next_start(screen: _Screen) -> None:
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


def test_settings_somebody_broke_start_the_screen_all_the_same(screen: _Screen) -> None:
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


def test_a_filter_is_saved_under_a_name_chosen_again_and_deleted(screen: _Screen) -> None:
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


def test_a_name_that_is_taken_is_said_to_be_replaced(screen: _Screen) -> None:
    workspace = Workspace(screen.folder / "workspace.db")
    workspace.save_filter(SavedFilter("Russia", "actors", {"origin": "CN"}))
    workspace.close()
    screen.view.list.set_filter(ActorFilter(origin="RU"))
    screen.view.list.result.save.click()
    popup = screen.view.list.findChild(SavePopup)
    assert "will be replaced" in popup._note.text()
    popup._save.click()
    assert screen.view.list._store.all() == (SavedFilter("Russia", "actors", {"origin": "RU"}),)


def test_a_workspace_that_cannot_be_opened_is_told_and_nothing_is_lost(screen: _Screen) -> None:
    (screen.folder / "workspace.db").mkdir()
    screen.view.list.set_filter(ActorFilter(origin="RU"))
    screen.view.list.result.save.click()
    [dialog] = screen.view.findChildren(ErrorDialog)
    assert dialog.accessibleName()
    assert screen.view.list.filter == ActorFilter(origin="RU")
    dialog.close()


def test_an_actor_that_is_not_there_is_told_in_a_sentence(screen: _Screen) -> None:
    screen.view.show_place(Place("actors", "intrusion-set--gone"))
    [told] = [one for one in screen.view.profile.findChildren(Notice) if one.isVisible()]
    assert told.accessibleName().startswith("There is no actor intrusion-set--gone")


@pytest.mark.parametrize("subject", ["attack-pattern--gone", "course-of-action--gone"])
def test_a_page_that_is_not_there_is_told_in_a_sentence(screen: _Screen, subject: str) -> None:
    screen.view.show_place(Place("actors", subject))
    [told] = [one for one in screen.view.profile.findChildren(Notice) if one.isVisible()]
    assert subject in told.accessibleName()


def test_more_than_four_actors_are_not_compared(screen: _Screen) -> None:
    screen.view.show_place(comparison_place([row.id for row in screen.library.actors[:5]]))
    [told] = [one for one in screen.view.profile.findChildren(Notice) if one.isVisible()]
    assert told.accessibleName() == "Two to four actors can stand side by side, not 5."


def test_a_comparison_says_what_all_share_of_how_much(screen: _Screen) -> None:
    view = screen.show("APT28", "APT29", "Turla")
    aspect = view.comparison._aspects[0]
    assert view.comparison.tabs.tabText(0) == f"Techniques {aspect.in_all} of {len(aspect.things)}"
    model = view.comparison.table.model()
    assert model.index(0, model.columnCount() - 1).data() == "all three"
    ticks = [model.index(0, column).data() for column in range(4, 7)]
    assert ticks == ["✓", "✓", "✓"]
    assert "Russia" in words(view.comparison.facts)
    assert view.list.selected() == tuple(
        row.id for row in screen.library.actors if row.name in ("APT28", "APT29", "Turla")
    )


def test_actors_are_added_to_and_taken_out_of_a_comparison(screen: _Screen) -> None:
    view = screen.show("APT28", "APT29")
    view.comparison.add.click()
    view.comparison._popup.chosen.emit(screen.id("Turla"))
    assert view.title == "APT28, APT29 and Turla"
    view.comparison.facts.actor_removed.emit(screen.id("APT28"))
    assert view.title == "APT29 and Turla"
    view.comparison.facts.actor_removed.emit(screen.id("APT29"))
    assert view.title == "Turla"
    assert view.comparison._invitation.isVisible()
    assert not view.comparison.table.isVisible()


def test_compare_on_a_profile_begins_a_comparison_with_it(screen: _Screen) -> None:
    view = screen.show("Turla")
    view.profile.compare_requested.emit(screen.id("Turla"))
    assert screen.places == [comparison_place([screen.id("Turla")])]


def test_make_briefing_leads_to_the_briefings(screen: _Screen) -> None:
    view = screen.show("Turla")
    view.profile.brief_requested.emit(screen.id("Turla"))
    assert screen.places == [Place("briefings", screen.id("Turla"))]


def test_a_technique_page_lists_who_uses_it_of_how_many(screen: _Screen) -> None:
    technique = screen.library.search("T1059.001")[0].id
    entity = screen.library.entity(technique)
    screen.view.show_place(Place("actors", technique))
    page = screen.view.page
    assert screen.view.title == "PowerShell T1059.001"
    assert f"{entity.groups} of {entity.groups_total} ATT&CK groups" in (
        page.users.header.accessibleName()
    )
    assert page.users.table.model().rowCount() == len(entity.actors)
    assert page.related.table.model().rowCount() == len(entity.related)
    assert "Stage: Maintain access" in page.facts.text()
    assert "M1026" in page.facts.text()


def test_everything_on_a_page_leads_somewhere(screen: _Screen) -> None:
    technique = screen.library.search("T1059.001")[0].id
    screen.view.show_place(Place("actors", technique))
    page = screen.view.page
    first: QModelIndex = page.related.table.model().index(0, 0)
    page.related.table.clicked.emit(first)
    assert screen.view.title.startswith(str(first.data()))
    screen.view.show_place(Place("actors", technique))
    page.mitigation_asked.emit("M1026")
    assert screen.view.title == "Privileged Account Management M1026"
    assert not page.users.isVisible()
    screen.view.show_place(Place("actors", technique))
    page.users.table.row_activated.emit(page.users.table.model().index(0, 0))
    assert shown_actor(screen.view) == "APT28"


def test_a_long_description_is_opened_and_closed(screen: _Screen) -> None:
    screen.view.show_place(Place("actors", screen.library.search("T1059.001")[0].id))
    page = screen.view.page
    short = page._words.text()
    page.description.link_activated.emit()
    assert len(page._words.text()) > len(short)
    assert "Citation" not in page._words.text()
    page.description.link_activated.emit()
    assert page._words.text() == short


def test_reading_anew_keeps_filter_and_selection(screen: _Screen) -> None:
    screen.show("Turla")
    screen.view.list.set_filter(ActorFilter(origin="RU"))
    rows = screen.rows()
    screen.library.forget()
    screen.view.reload()
    screen.view.show_place(Place("actors", screen.id("Turla")))
    assert screen.rows() == rows
    assert screen.view.list.selected() == (screen.id("Turla"),)


def test_a_map_that_cannot_be_read_is_told_once_and_profiles_still_open(
    qtbot: QtBot, library: Library, tmp_path: Path
) -> None:
    def broken() -> World:
        raise BriefingError("The shapes of the world map cannot be read.")

    made = _Screen(library, tmp_path, broken)
    qtbot.addWidget(made.view)
    [dialog] = made.view.findChildren(ErrorDialog)
    dialog.close()
    made.show("APT28")
    assert shown_actor(made.view) == "APT28"


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_at_every_text_size_the_list_leaves_room_for_the_page(
    screen: _Screen, factor: float
) -> None:
    screen.show("APT28")
    screen.theme.set_factor(factor)
    assert screen.view.list.width() <= screen.view.width() / 2
    columns = range(screen.view.list.table.model().columnCount())
    shown = [column for column in columns if not screen.view.list.table.isColumnHidden(column)]
    assert shown == ([0, 3, 4] if factor == 2.0 else [0, 1, 2, 3, 4])
    screen.theme.set_factor(1.0)


def test_a_column_that_gave_way_comes_back_with_its_width(screen: _Screen) -> None:
    table = screen.view.list.table
    widths = table.widths()
    screen.theme.set_factor(2.0)
    assert table.widths() == widths
    screen.theme.set_factor(1.0)
    assert [table.isColumnHidden(column) for column in range(5)] == [False] * 5
    assert table.columnWidth(1) == widths[1]
