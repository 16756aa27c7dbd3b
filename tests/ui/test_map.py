"""The Map screen: what it counts, says, lists, and where it leads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from map_desk import MapDesk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QSplitter, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.errors import BriefingError
from briefing.core.targeting import TargetingFilter
from briefing.core.world import BOUNDARY_NOTE, World
from briefing.services.targeting import TargetingIndex
from briefing.store.connection import KnowledgeFile
from briefing.ui.actor_places import filter_values
from briefing.ui.map_places import MapWish, map_place
from briefing.ui.navigation import Place, as_screen
from briefing.ui.views.link_table import LinkTable
from briefing.ui.views.map_page import MapPage
from briefing.ui.views.map_tabs import as_targeting_tab
from briefing.ui.views.matrix import MatrixView
from briefing.ui.widgets.cells import KEY_ROLE
from briefing.ui.widgets.labels import Label

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

FINANCE = TargetingFilter(sectors=frozenset({"finance"}))


@pytest.fixture(scope="module")
def index(bundled_database: Path) -> TargetingIndex:
    return TargetingIndex.read(KnowledgeFile(bundled_database))


@pytest.fixture
def desk(qapp: object, bundled_database: Path, tmp_path: Path) -> Iterator[MapDesk]:
    made = MapDesk(bundled_database, tmp_path)
    yield made
    QToolTip.hideText()
    made.end()


def page(desk: MapDesk) -> MapPage:
    assert desk.view.page is not None
    return desk.view.page


def cells(table: LinkTable, column: int = 0) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def button(widget: QWidget, text: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)


def open_row(table: LinkTable, row: int) -> None:
    table.select_row(row)
    table.row_activated.emit(table.model().index(row, 0))


def test_it_is_a_screen_and_its_matrices_are_tabs(desk: MapDesk) -> None:
    assert as_screen(desk.view).title == "Map"
    labels = [desk.view.tabs.tabText(at) for at in range(desk.view.tabs.count())]
    assert labels == ["Map", "Sector × origin", "Sector × actor", "Table"]
    with pytest.raises(TypeError, match="QWidget is no"):
        as_targeting_tab(QWidget())


def test_while_it_counts_it_shows_nothing_that_could_be_taken_for_an_answer(
    desk: MapDesk, qtbot: QtBot
) -> None:
    desk.view.show_place(Place("map"))
    assert not page(desk).isVisible()
    assert not desk.view.pane.isVisible()
    assert not desk.view.filters.measure.isEnabled()
    with qtbot.waitSignal(desk.view.counted):
        pass
    assert page(desk).isVisible()
    assert desk.view.pane.isVisible()


def test_every_country_that_is_named_has_its_number(desk: MapDesk, index: TargetingIndex) -> None:
    desk.show()
    for one in index.count(TargetingFilter()).countries[:40]:
        noun = "actor" if one.actors == 1 else "actors"
        assert page(desk).map.text_for(one.code).endswith(f" · {one.actors:,} {noun}")


def test_statements_are_counted_when_asked_for(
    desk: MapDesk, index: TargetingIndex, qtbot: QtBot
) -> None:
    desk.show()
    desk.view.filters.measure.set_value("statements")
    assert desk.place == map_place(MapWish(measure="statements"))
    most = index.count(TargetingFilter()).countries[0]
    assert page(desk).map.text_for(most.code).endswith(f" · {most.statements:,} statements")
    assert page(desk).legend.accessibleName().startswith("Statements per victim country")


def test_the_denominator_is_counted_afresh(desk: MapDesk, index: TargetingIndex) -> None:
    desk.show()
    known = index.count(TargetingFilter()).known
    assert page(desk).known.text() == (
        f"Victim countries known for {known.with_country:,} of {known.actors:,} actors, sectors"
        f" for {known.with_sector:,}, origin for {known.with_origin:,}. {known.countries} countries"
        " named."
    )
    desk.show("", "sector=finance")
    matching = index.count(FINANCE).matching
    assert page(desk).known.text().endswith(f"{matching} actors match what is chosen.")


def test_the_boundary_note_and_the_regions_stand_under_the_map(
    desk: MapDesk, index: TargetingIndex
) -> None:
    desk.show()
    words = page(desk).notes.text()
    assert words.startswith(BOUNDARY_NOTE)
    first = index.count(TargetingFilter()).places[0]
    assert f"{desk.library.labels.target(first.code)} {first.actors}" in words
    assert "are not spread over countries" in words


def test_hovering_names_the_three_of_whom_most_is_said(desk: MapDesk, qtbot: QtBot) -> None:
    desk.show()
    [line] = page(desk).map.describe("UA")
    assert line == ", ".join(cells_of_ukraine(desk)[:3])


def cells_of_ukraine(desk: MapDesk) -> list[str]:
    desk.show("UA")
    return cells(desk.view.pane.actor_table)


def test_a_click_lists_the_actors_behind_a_country(
    desk: MapDesk, index: TargetingIndex, qtbot: QtBot
) -> None:
    desk.show()
    the_map = page(desk).map
    where = the_map.point_of("UA").toPoint()
    qtbot.mouseClick(the_map, Qt.MouseButton.LeftButton, pos=where)
    assert desk.place == Place("map", "UA")
    behind = index.actors_of(TargetingFilter(), country="UA")
    assert sorted(cells(desk.view.pane.actor_table)) == sorted(one.actor.name for one in behind)
    pane = desk.view.pane
    stated = sum(bool(one.actor.origins) for one in behind)
    statements = sum(one.statements for one in behind)
    assert pane.title.text() == "Ukraine"
    assert pane.summary.text() == (
        f"{len(behind)} actors, {statements} statements, origin stated for {stated}"
    )
    assert desk.view.title == "Ukraine on the map"


def test_each_actor_behind_a_country_is_marked_with_its_sources(desk: MapDesk) -> None:
    desk.show("UA")
    pane = desk.view.pane
    pane.resize(500, 800)
    counts = desk.view.pane.actor_table.model()
    marks = [str(counts.index(row, 4).data()) for row in range(counts.rowCount())]
    assert all(mark.startswith("[") for mark in marks)
    assert pane.sources.list.model().rowCount() >= 1


def test_a_source_mark_leads_to_the_source_even_where_it_is_folded_away(desk: MapDesk) -> None:
    desk.show("UA")
    pane = desk.view.pane
    before = pane.sources.list.model().rowCount()
    pane.sources.header.link_activated.emit()
    third = str(pane.sources.list.model().index(2, 0).data(KEY_ROLE))
    pane.sources.header.link_activated.emit()
    assert pane.sources.list.model().rowCount() == before
    pane.summary.source_activated.emit(third)
    assert pane.sources.list.marked() == third
    assert pane.sources.list.model().rowCount() > before


def test_several_countries_list_each_actor_once(desk: MapDesk, index: TargetingIndex) -> None:
    desk.show("UA,PL")
    both = {
        one.actor.name
        for code in ("UA", "PL")
        for one in index.actors_of(TargetingFilter(), country=code)
    }
    names = cells(desk.view.pane.actor_table)
    assert sorted(names) == sorted(both)
    assert desk.view.pane.title.text() == "Ukraine and Poland"
    assert not desk.view.pane.filter.isVisible()


def test_a_region_is_listed_and_has_its_own_actors(desk: MapDesk, index: TargetingIndex) -> None:
    desk.show()
    pane = desk.view.pane
    first = index.count(TargetingFilter()).places[0]
    name = desk.library.labels.target(first.code)
    open_row(pane.place_table, cells(pane.place_table).index(name))
    assert desk.place == Place("map", first.code)
    assert len(cells(pane.actor_table)) == first.actors
    assert page(desk).map.selected == ()


def test_a_country_nobody_reports_about_says_so(desk: MapDesk) -> None:
    desk.show("TV", "sector=finance&origin=BY")
    assert desk.view.pane.summary.text() == "No reports that match."
    assert not desk.view.pane.filter.isVisible()


def test_an_actor_of_the_list_leads_to_its_profile(desk: MapDesk) -> None:
    desk.show("UA")
    open_row(desk.view.pane.actor_table, 0)
    assert desk.place.screen == "actors"
    assert desk.place.subject in {row.id for row in desk.library.actors}


def test_actors_can_be_filtered_by_the_country(desk: MapDesk, qtbot: QtBot) -> None:
    desk.show("UA")
    assert desk.view.pane.filter.text() == "Filter Actors by Ukraine"
    desk.view.pane.filter.click()
    assert filter_values(desk.place) == {"country": "UA"}


def test_it_is_said_how_many_of_them_the_list_of_actors_has(desk: MapDesk) -> None:
    desk.show("US")
    found = len(cells(desk.view.pane.actor_table))
    listed = sum("US" in row.countries for row in desk.library.actors)
    assert 0 < listed < found
    words = desk.view.pane.filter.accessibleDescription()
    assert words.startswith(f"Opens the list of actors with {listed} of these {found}")


def test_a_sector_bar_filters_the_map(desk: MapDesk) -> None:
    desk.show("UA")
    desk.view.pane.bars.row_activated.emit(0)
    assert desk.place.subject == "UA"
    assert "sector=" in desk.place.detail


def test_the_table_of_actors_is_copied_with_its_heads(desk: MapDesk) -> None:
    desk.show("UA")
    desk.view.pane.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Actor", "Origin", "Said", "Refs", "By"]
    assert len(lines) == len(cells(desk.view.pane.actor_table)) + 1


def test_letting_go_shows_every_victim_again(desk: MapDesk) -> None:
    desk.show("UA")
    desk.view.pane.closed.emit()
    assert desk.place == Place("map")
    assert desk.view.pane.title.text() == "Every victim named"
    assert desk.view.pane.place_table.isVisible()


def test_the_table_says_what_the_map_shows(desk: MapDesk, index: TargetingIndex) -> None:
    desk.show("", "tab=table")
    found = index.count(TargetingFilter())
    table = desk.view.table.table
    assert len(cells(table)) == len(found.countries) + len(found.places)
    assert cells(table, 1).count("country") == len(found.countries)
    assert cells(table, 3)[0] == f"{found.countries[0].actors:,}"
    assert not desk.view.pane.isVisible()
    open_row(table, 0)
    assert desk.place == Place("map", found.countries[0].code, "tab=table")
    assert desk.view.pane.isVisible()


def test_the_table_sorts_and_stays_sorted_under_another_filter(desk: MapDesk) -> None:
    desk.show("", "tab=table")
    table = desk.view.table.table
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    names = cells(table)
    assert names == sorted(names, key=str.casefold)
    desk.show("", "tab=table&sector=finance")
    fewer = cells(table)
    assert len(fewer) < len(names)
    assert fewer == sorted(fewer, key=str.casefold)


def test_the_table_is_copied_as_csv(desk: MapDesk) -> None:
    desk.show("", "tab=table")
    button(desk.view.table, "Copy table").click()
    rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
    assert rows[0][:2] == ["Victim", "Kind"]
    assert len(rows) == len(cells(desk.view.table.table)) + 1


def test_a_cell_of_a_matrix_has_a_place_to_go_back_to(desk: MapDesk) -> None:
    desk.show("", "tab=origin")
    [matrix] = [one for one in desk.view.findChildren(MatrixView) if one.isVisible()]
    as_targeting_tab(matrix).cell_activated.emit("government", "RU")
    assert desk.place == Place("map", "", "tab=origin&cell=government&column=RU")
    assert matrix.opened == ("government", "RU")
    desk.show("", "tab=origin")
    assert matrix.opened is None


def test_the_matrix_below_the_map_is_there_only_where_there_is_room(desk: MapDesk) -> None:
    desk.show()
    assert page(desk).has_below
    desk.view.below.cell_activated.emit("government", "RU")
    assert desk.place == Place("map", "", "tab=origin&cell=government&column=RU")
    desk.show()
    desk.view.resize(1304, 560)
    desk.until(lambda: not page(desk).has_below)
    assert page(desk).map.height() >= 180


def test_another_tab_keeps_the_filter(desk: MapDesk) -> None:
    desk.show("", "sector=finance")
    desk.view.tabs.setCurrentIndex(1)
    assert desk.place == Place("map", "", "tab=origin&sector=finance")


def test_an_unknown_tab_is_the_map(desk: MapDesk) -> None:
    desk.show("", "tab=magic")
    assert desk.view.wish.tab == "map"


def test_nothing_is_cut_at_any_text_size(desk: MapDesk) -> None:
    desk.show("UA")
    for factor in (1.0, 1.5, 2.0):
        desk.theme.set_factor(factor)
        desk.until(lambda: True)
        for label in desk.view.findChildren(Label):
            if label.isVisible() and not label.hasHeightForWidth():
                assert label.width() >= label.minimumSizeHint().width(), label.text()
        assert page(desk).map.height() >= round(180 * factor)


def test_the_width_of_the_pane_is_remembered(desk: MapDesk, tmp_path: Path) -> None:
    desk.show("UA")
    splitter = next(one for one in desk.view.findChildren(QSplitter) if one.count() == 2)
    splitter.splitterMoved.emit(800, 1)
    desk.view.hide()
    kept = desk.settings.settings.remembered["map.pane width"]
    assert kept == str(splitter.width() - 800)


def test_after_the_data_changed_everything_is_counted_anew(desk: MapDesk, qtbot: QtBot) -> None:
    desk.show("UA")
    desk.library.forget()
    desk.view.reload()
    with qtbot.waitSignal(desk.view.counted):
        desk.view.show_place(Place("map", "UA"))
    assert cells(desk.view.pane.actor_table)


def test_without_shapes_the_table_says_the_same_and_an_error_says_why(
    qapp: object, bundled_database: Path, tmp_path: Path
) -> None:
    def missing() -> World:
        raise BriefingError("The shapes of the world map cannot be read.")

    desk = MapDesk(bundled_database, tmp_path, missing)
    desk.show()
    assert desk.view.page is None
    assert desk.view.wish.tab == "table"
    assert cells(desk.view.table.table)
    [dialog] = [one for one in desk.view.findChildren(QDialog) if one.isVisible()]
    assert dialog.accessibleName() == "The shapes of the world map cannot be read."
    dialog.close()
    desk.end()
