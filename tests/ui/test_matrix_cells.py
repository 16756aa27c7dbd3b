"""What stands behind the cells of the matrices: whose statements, in whose words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from matrix_desk import click, press, shown
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.analysis.matrix_shape import ALL, OTHERS
from briefing.core.targeting import TargetingFilter
from briefing.services.library import Library
from briefing.services.targeting import TargetingIndex
from briefing.store.connection import KnowledgeFile
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.matrix import MatrixView
from briefing.ui.views.matrix_cell import FEW_ACTORS

# A tooltip raises itself, which the platform without a screen cannot do.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

KEYS = Qt.Key


@pytest.fixture(scope="module")
def library(bundled_database: Path) -> Iterator[Library]:
    knowledge = KnowledgeFile(bundled_database)
    yield Library(knowledge)
    knowledge.close()


@pytest.fixture(scope="module")
def index(library: Library) -> TargetingIndex:
    return TargetingIndex.read(library.knowledge)


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme(scheme="light")


@pytest.fixture
def origins(qtbot: QtBot, theme: Theme, library: Library, index: TargetingIndex) -> MatrixView:
    return shown(qtbot, MatrixView(theme, "origin", library), index)


@pytest.fixture
def actors(qtbot: QtBot, theme: Theme, library: Library, index: TargetingIndex) -> MatrixView:
    return shown(qtbot, MatrixView(theme, "actor", library), index)


def test_enter_opens_the_statements_in_the_words_of_their_sources(
    qtbot: QtBot, origins: MatrixView
) -> None:
    row, column = origins.grid.grid.rows[0], origins.grid.grid.columns[0]
    with qtbot.waitSignal(origins.cell_activated) as activated:
        press(origins, KEYS.Key_Return)
    assert activated.args == [row.code, column.code]
    assert origins.opened == (row.code, column.code)
    assert origins.pane.isVisible()
    assert origins.pane.title == f"{row.label} × {column.head.label}"
    behind = origins.behind(row.code, column.code)
    assert len(behind) == origins.grid.grid.cells[row.code, column.code]
    lines = origins.pane.text().splitlines()
    assert len(lines) == min(len(behind), FEW_ACTORS)
    for one, line in zip(behind, lines, strict=False):
        assert line.startswith(f"{one.actor.name}:")
        assert line.count(" · ") + line.count("\N{NO-BREAK SPACE}· ") == one.statements - 1
    assert "“Government" in lines[0]


def test_more_actors_are_listed_when_asked(origins: MatrixView) -> None:
    origins.show_cell("government", ALL)
    behind = origins.behind("government", ALL)
    assert len(behind) > 2 * FEW_ACTORS
    assert origins.pane.more.text() == f"{len(behind) - FEW_ACTORS} more"
    while not origins.pane.more.isHidden():
        origins.pane.more.click()
    names = [line.split(",")[0] for line in origins.pane.text().splitlines()]
    assert len(names) == len(behind)


def test_the_origin_is_told_only_where_it_tells_something(origins: MatrixView) -> None:
    origins.show_cell("finance", "RU")
    assert "Russia" not in origins.pane.text().splitlines()[0].split("“")[0]
    origins.show_cell("finance", ALL)
    assert ", origin not stated: " in origins.pane.text()


def test_escape_puts_the_statements_away_and_gives_the_keyboard_back(
    qtbot: QtBot, origins: MatrixView
) -> None:
    press(origins, KEYS.Key_Return)
    with qtbot.waitSignal(origins.cell_closed):
        press(origins, KEYS.Key_Escape)
    assert origins.opened is None
    assert origins.pane.isHidden()
    assert QApplication.focusWidget() in (origins.grid, None)


def test_a_cell_nobody_speaks_of_opens_nothing(qtbot: QtBot, origins: MatrixView) -> None:
    grid = origins.grid.grid
    row, column = next(
        (row.code, column.code)
        for row in grid.rows
        for column in grid.columns
        if (row.code, column.code) not in grid.cells
    )
    with qtbot.assertNotEmitted(origins.cell_activated):
        click(qtbot, origins.grid, origins.grid.rect_of(row, column))
    assert origins.opened is None


def test_a_total_opens_all_that_it_counts(qtbot: QtBot, origins: MatrixView) -> None:
    with qtbot.assertNotEmitted(origins.cell_activated):
        click(qtbot, origins.grid, origins.grid.rect_of(ALL, "CN"))
    assert origins.opened == (ALL, "CN")
    assert origins.pane.title == "China"
    note = f"{origins.grid.grid.column_totals['CN']} actors"
    assert note in origins.pane.header.accessibleName()


def test_the_head_of_an_origin_opens_its_actors(qtbot: QtBot, origins: MatrixView) -> None:
    click(qtbot, origins.grid, origins.grid.head_of("RU"))
    assert origins.opened == (ALL, "RU")


def test_another_choice_keeps_open_what_is_still_there(
    origins: MatrixView, index: TargetingIndex
) -> None:
    origins.show_cell("finance", "RU")
    origins.set_targeting(index, TargetingFilter(origins=frozenset({"RU"})))
    assert origins.opened == ("finance", "RU")
    origins.set_targeting(index, TargetingFilter(origins=frozenset({"IR"})))
    assert origins.opened is None
    assert origins.pane.isHidden()


def test_the_head_of_an_actor_opens_its_profile(qtbot: QtBot, actors: MatrixView) -> None:
    column = actors.grid.grid.columns[0]
    with qtbot.waitSignal(actors.navigate) as asked:
        click(qtbot, actors.grid, actors.grid.head_of(column.code))
    assert asked.args == [Place("actors", column.code)]


def test_a_cell_of_an_actor_lists_its_statements(actors: MatrixView) -> None:
    (sector, actor), number = max(
        (cell for cell in actors.grid.grid.cells.items() if cell[0][1] != OTHERS),
        key=lambda cell: cell[1],
    )
    actors.show_cell(sector, actor)
    [line] = actors.pane.text().splitlines()
    assert line.count("\N{NO-BREAK SPACE}· ") == number - 1


def test_a_name_in_the_statements_leads_to_the_profile(qtbot: QtBot, origins: MatrixView) -> None:
    origins.show_cell("finance", "RU")
    first = origins.behind("finance", "RU")[0]
    with qtbot.waitSignal(origins.navigate) as asked:
        origins.pane._parts[0].place_activated.emit(first.actor.id)
    assert asked.args == [Place("actors", first.actor.id)]


def test_a_mark_leads_to_its_source(origins: MatrixView) -> None:
    origins.show_cell("finance", "RU")
    key = origins.behind("finance", "RU")[0].basis.sources[0]
    origins.pane._parts[0].source_activated.emit(key)
    assert origins.pane._sources.list.marked() == key


def test_where_there_is_no_room_for_both_statements_take_the_place_of_the_matrix(
    qtbot: QtBot, origins: MatrixView
) -> None:
    origins.resize(700, 300)
    press(origins, KEYS.Key_Return)
    assert not origins.grid.isVisible()
    assert origins.pane.isVisible()
    qtbot.keyClick(origins.pane, KEYS.Key_Escape)
    assert origins.grid.isVisible()
    assert not origins.pane.isVisible()
    origins.resize(924, 900)
    press(origins, KEYS.Key_Return)
    assert origins.grid.isVisible()
    assert origins.pane.isVisible()
