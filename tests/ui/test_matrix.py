"""The matrices: what they count, how one walks through them, and what stands behind a cell."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from matrix_desk import click, press, shown
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from briefing.analysis.matrix_shape import ALL, OTHERS, UNSTATED
from briefing.core.targeting import TargetingFilter
from briefing.services.library import Library
from briefing.services.targeting import TargetingIndex
from briefing.store.connection import KnowledgeFile
from briefing.ui.theme import Theme
from briefing.ui.tokens import DARK, LIGHT
from briefing.ui.views.matrix import MatrixView
from briefing.ui.widgets.matrix_grid import MatrixGrid

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


def picture(grid: MatrixGrid) -> QImage:
    image = QImage(grid.viewport().size(), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.paper))
    grid.viewport().render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def ground(grid: MatrixGrid, row: str, column: str) -> str:
    """The colour of a cell beside its number."""
    point = grid.rect_of(row, column) - QPoint(10, 0)
    return picture(grid).pixelColor(point).name()


def by_hand(library: Library, sector: str, origin: str) -> int:
    """Actors of an origin that are said to target a sector, by their row alone."""
    connection: sqlite3.Connection = library.knowledge.connection
    rows = connection.execute(
        "SELECT count(DISTINCT a.id) FROM actor a WHERE ',' || a.origins || ',' LIKE ? AND a.id IN"
        " (SELECT m.actor FROM actor_member m JOIN statement s ON s.subject = m.native"
        " WHERE s.predicate = 'targets-sector' AND s.object = ? AND s.to_snapshot IS NULL"
        " UNION SELECT c.who FROM (SELECT incident, min(actor) AS who FROM claim"
        " WHERE actor <> '' GROUP BY incident HAVING count(DISTINCT actor) = 1) c"
        " JOIN incident i ON i.id = c.incident AND i.started <> ''"
        " JOIN statement s ON s.subject = i.id WHERE s.predicate = 'targets-sector'"
        " AND s.object = ? AND s.to_snapshot IS NULL)",
        (f"%,{origin},%" if origin else ",,", sector, sector),
    )
    return int(rows.fetchone()[0])


@pytest.mark.parametrize("sector", ["government", "finance", "telecommunications", "water"])
@pytest.mark.parametrize("origin", ["CN", "RU", "IR", ""])
def test_a_cell_shows_what_counting_by_hand_gives(
    origins: MatrixView, library: Library, sector: str, origin: str
) -> None:
    number = by_hand(library, sector, origin)
    assert origins.grid.grid.cells.get((sector, origin), 0) == number
    words = "no reports" if not number else f"{number:,} actor{'s' if number > 1 else ''}"
    assert origins.grid.spoken(sector, origin).endswith(f": {words}")


def test_the_totals_are_those_of_different_actors(origins: MatrixView) -> None:
    grid = origins.grid.grid
    government = sum(grid.cells.get(("government", column.code), 0) for column in grid.columns)
    assert grid.row_totals["government"] <= government
    assert grid.actors < sum(grid.row_totals.values())
    assert origins.grid.spoken(ALL, ALL) == f"Sector × origin: {grid.actors} actors"


def test_cells_are_shaded_by_class_and_silence_is_not_the_palest_class(
    origins: MatrixView,
) -> None:
    grid = origins.grid.grid
    seen = {}
    for (row, column), number in grid.cells.items():
        seen.setdefault(grid.shade(number, column), (row, column))
    assert set(seen) == {0, 1, 2, 3, 4}
    for shade, (row, column) in seen.items():
        assert shade is not None
        assert ground(origins.grid, row, column) == LIGHT.seq[shade]
    silent = next(
        (row.code, column.code)
        for row in grid.rows
        for column in grid.columns
        if (row.code, column.code) not in grid.cells
    )
    assert ground(origins.grid, *silent) == LIGHT.mist_2
    assert origins.grid.spoken(*silent).endswith(": no reports")


def test_the_dark_theme_has_its_own_shades(origins: MatrixView, theme: Theme) -> None:
    theme.set_scheme("dark")
    grid = origins.grid.grid
    shade = grid.shade(grid.cells["government", "CN"], "CN")
    assert shade is not None
    assert ground(origins.grid, "government", "CN") == DARK.seq[shade]


def test_not_stated_is_last_and_the_small_origins_stand_together(origins: MatrixView) -> None:
    codes = [column.code for column in origins.grid.grid.columns]
    assert codes[-2:] == [OTHERS, UNSTATED]
    assert codes[0] == "CN"
    assert origins.grid.grid.columns[-1].head.label == "not stated"


def test_what_stands_together_opens_to_all(qtbot: QtBot, origins: MatrixView) -> None:
    hidden = [member.code for member in origins.grid.grid.columns[-2].members]
    click(qtbot, origins.grid, origins.grid.head_of(OTHERS))
    codes = [column.code for column in origins.grid.grid.columns]
    assert OTHERS not in codes
    assert set(hidden) < set(codes)
    assert codes[-1] == UNSTATED


def test_the_column_of_others_counts_each_actor_once(origins: MatrixView) -> None:
    behind = origins.behind("government", OTHERS)
    assert origins.grid.grid.cells["government", OTHERS] == len({one.actor.id for one in behind})
    every = origins.behind(ALL, OTHERS)
    assert origins.grid.grid.column_totals[OTHERS] == len(every)


def test_few_sectors_at_first_and_all_of_them_when_asked(
    qtbot: QtBot, theme: Theme, library: Library, index: TargetingIndex
) -> None:
    view = shown(qtbot, MatrixView(theme, "origin", library, few_rows=9), index)
    assert len(view.grid.grid.rows) == 9
    everything = view.grid.grid.all_rows
    assert f"9 of {everything} sectors" in view.header.accessibleName()
    view.header.link_activated.emit()
    assert len(view.grid.grid.rows) == everything
    view.header.link_activated.emit()
    assert len(view.grid.grid.rows) == 9


def test_an_order_moves_rows_and_numbers_together(origins: MatrixView) -> None:
    before = dict(origins.grid.grid.cells)
    by_size = [row.code for row in origins.grid.grid.rows]
    orders = {}
    for order in ("clustered", "name"):
        origins.order.set_value(order)
        orders[order] = [row.code for row in origins.grid.grid.rows]
        assert sorted(orders[order]) == sorted(by_size)
        assert origins.grid.grid.cells == before
    assert len({tuple(by_size), *map(tuple, orders.values())}) == 3
    labels = [row.label for row in origins.grid.grid.rows]
    assert labels == sorted(labels, key=str.casefold)


def test_arrow_keys_walk_and_say_where_one_stands(origins: MatrixView) -> None:
    press(origins, KEYS.Key_Down, KEYS.Key_Right)
    row, column = origins.grid.grid.rows[1], origins.grid.grid.columns[1]
    assert origins.grid.current == (row.code, column.code)
    number = origins.grid.grid.cells[row.code, column.code]
    name = origins.grid.accessibleName()
    assert name == f"Sector × origin. {row.label} × {column.head.label}: {number} actors"


def test_home_and_end_go_to_the_ends_and_with_ctrl_to_the_corners(origins: MatrixView) -> None:
    grid = origins.grid.grid
    press(origins, KEYS.Key_Down, KEYS.Key_End)
    assert origins.grid.current == (grid.rows[1].code, grid.columns[-1].code)
    press(origins, KEYS.Key_Home)
    assert origins.grid.current == (grid.rows[1].code, grid.columns[0].code)
    press(origins, KEYS.Key_End, far=True)
    assert origins.grid.current == (grid.rows[-1].code, grid.columns[-1].code)
    press(origins, KEYS.Key_Home, far=True)
    assert origins.grid.current == (grid.rows[0].code, grid.columns[0].code)


def test_one_walks_onto_heads_and_totals_but_not_into_corners(origins: MatrixView) -> None:
    press(origins, KEYS.Key_Left)
    assert origins.grid.accessibleName().endswith(origins.grid.grid.rows[0].label)
    press(origins, KEYS.Key_Up)
    assert origins.grid.accessibleName().endswith(origins.grid.grid.rows[0].label)
    press(origins, KEYS.Key_Right, KEYS.Key_Up)
    assert origins.grid.accessibleName().endswith(origins.grid.grid.columns[0].head.label)
    press(origins, KEYS.Key_Down, KEYS.Key_End, KEYS.Key_Right)
    assert origins.grid.current == (origins.grid.grid.rows[0].code, ALL)


def test_walking_scrolls_the_cell_into_view(origins: MatrixView) -> None:
    origins.resize(600, 360)
    press(origins, KEYS.Key_End, far=True)
    grid = origins.grid.grid
    point = origins.grid.rect_of(grid.rows[-1].code, grid.columns[-1].code)
    assert origins.grid.viewport().rect().contains(point)
    assert origins.grid.verticalScrollBar().value() > 0


def test_a_choice_that_nobody_meets_says_so(origins: MatrixView, index: TargetingIndex) -> None:
    origins.set_targeting(index, TargetingFilter(actors=frozenset({"nobody"})))
    assert origins.grid.isHidden()
    assert not origins._nothing.isHidden()
    assert "no reports" in origins.grid.accessibleName()


def test_a_tooltip_names_the_number_and_the_first_actors(origins: MatrixView) -> None:
    row, column = origins.grid.grid.rows[0], origins.grid.grid.columns[0]
    first = [one.actor.name for one in origins.behind(row.code, column.code)][:3]
    assert list(origins._about(row.code, column.code)) == [", ".join(first)]
    text = origins.grid._tooltip(origins.grid._spot_of(row.code, column.code))  # type: ignore[arg-type]  # it is there
    number = origins.grid.grid.cells[row.code, column.code]
    assert f"{row.label} × {column.head.label} · {number} actors" in text
    assert first[0] in text


def test_the_matrix_is_copied_as_text_and_as_csv(origins: MatrixView) -> None:
    press(origins, KEYS.Key_C, far=True)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    grid = origins.grid.grid
    assert lines[0] == ["Sector × origin", *(c.head.label for c in grid.columns), "all"]
    assert lines[1][:2] == [grid.rows[0].label, str(grid.cells[grid.rows[0].code, "CN"])]
    assert lines[-1][-1] == str(grid.actors)
    origins.grid.copy_as_csv()
    rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
    assert rows == lines
    assert {len(row) for row in rows} == {len(grid.columns) + 2}


def test_columns_of_actors_go_by_their_statements(actors: MatrixView) -> None:
    grid = actors.grid.grid
    totals = [grid.column_totals[column.code] for column in grid.columns[:-1]]
    assert totals == sorted(totals, reverse=True)
    assert grid.columns[-1].code == OTHERS
    assert totals[-1] >= max(
        sum(actors._matrix.cells.get((row.code, member.code), 0) for row in grid.rows)  # type: ignore[union-attr]  # it is set
        for member in grid.columns[-1].members
    )


def test_every_actor_can_be_reached(actors: MatrixView) -> None:
    press(actors, KEYS.Key_Up, KEYS.Key_End)
    actors._on_columns_link_clicked()
    grid = actors.grid.grid
    assert len(grid.columns) == grid.all_columns == grid.actors
    press(actors, KEYS.Key_End, far=True)
    assert actors.grid.current == (grid.rows[-1].code, grid.columns[-1].code)
    assert actors.grid.horizontalScrollBar().value() > 0


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_numbers_are_never_cut_at_any_text_size(
    qtbot: QtBot, library: Library, index: TargetingIndex, factor: float
) -> None:
    theme = Theme(scheme="light", factor=factor)
    view = shown(qtbot, MatrixView(theme, "actor", library), index)
    metrics = theme.metrics("table_strong", tabular=True)
    grid, geometry = view.grid.grid, view.grid._geometry
    for column in grid.columns:
        rect = geometry.rect(view.grid._spot_of(grid.rows[0].code, column.code))  # type: ignore[arg-type]  # it is there
        assert metrics.horizontalAdvance(f"{grid.column_totals[column.code]:,}") < rect.width()
    assert metrics.height() <= geometry.row_height + 1


def test_heads_and_totals_stay_while_the_cells_scroll(qtbot: QtBot, origins: MatrixView) -> None:
    origins.resize(924, 420)
    qtbot.waitUntil(lambda: origins.grid.verticalScrollBar().maximum() > 0)
    head, total = origins.grid.head_of("CN"), origins.grid.rect_of(ALL, "CN")
    before = origins.grid.rect_of("finance", "CN")
    origins.grid.verticalScrollBar().setValue(40)
    assert (origins.grid.head_of("CN"), origins.grid.rect_of(ALL, "CN")) == (head, total)
    assert origins.grid.rect_of("finance", "CN") == before - QPoint(0, 40)
    assert origins.grid.viewport().rect().contains(total)


def test_a_matrix_is_as_high_as_its_rows_where_there_is_room(
    qtbot: QtBot, origins: MatrixView
) -> None:
    origins.resize(924, 1000)
    qtbot.waitUntil(lambda: origins.grid.height() == origins.grid.ideal_height)
    assert origins.grid.verticalScrollBar().maximum() == 0
    assert origins._scroller.verticalScrollBar().maximum() == 0
