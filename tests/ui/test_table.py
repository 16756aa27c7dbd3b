"""Tables: whole rows, quiet about what is not known, copied as text or CSV."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from briefing.ui.theme import Theme
from briefing.ui.widgets.cells import MISSING, is_numeric, shown_text
from briefing.ui.widgets.row_delegate import RowDelegate
from briefing.ui.widgets.table import STRETCH, Table
from briefing.ui.widgets.table_text import rows_as_csv, rows_as_text

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

ROWS = (("APT28", "Russia", "91"), ("Turla", "", "68"), ("=SUM(A1)", "two\nlines", "-5"))


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def model(qapp: QApplication) -> QStandardItemModel:
    model = QStandardItemModel(0, 3)
    model.setHorizontalHeaderLabels(["Name", "Origin", "Techniques"])
    for row in ROWS:
        items = [QStandardItem(text) for text in row]
        items[2].setTextAlignment(Qt.AlignmentFlag.AlignRight)
        model.appendRow(items)
    return model


@pytest.fixture
def table(theme: Theme, model: QStandardItemModel, qtbot: QtBot) -> Table:
    page, table = QWidget(), Table(theme, "Actors")
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(table)
    table.setModel(model)
    table.set_widths([120, STRETCH, 80])
    page.resize(500, 300)
    with qtbot.waitActive(page):
        page.show()
    table.page = page
    return table


def test_ctrl_c_copies_the_selected_rows_as_text(table: Table, qtbot: QtBot) -> None:
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines == ["APT28\tRussia\t91", "Turla\t\t68", "=SUM(A1)\ttwo lines\t-5"]


def test_a_csv_copy_has_heads_and_no_formulas(table: Table) -> None:
    table.copy_as_csv()
    assert QGuiApplication.clipboard().text() == (
        'Name,Origin,Techniques\nAPT28,Russia,91\nTurla,,68\n\'=SUM(A1),"two\nlines",-5\n'
    )


def test_copies_follow_the_order_and_choice_of_columns(table: Table) -> None:
    table.horizontalHeader().moveSection(2, 0)
    table.setColumnHidden(1, True)
    table.select_row(0)
    table.copy_as_text()
    assert QGuiApplication.clipboard().text() == "91\tAPT28"


def test_nothing_at_all_copies_as_nothing(model: QStandardItemModel) -> None:
    assert rows_as_text(model, [], [0]) == ""
    assert rows_as_csv(model, [], [0]) == "Name\n"


def test_the_arrow_keys_change_the_row_and_enter_opens_it(table: Table, qtbot: QtBot) -> None:
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.currentIndex().row() == 0
    with qtbot.waitSignal(table.row_changed) as caught:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert caught.args[0].row() == 1
    with qtbot.waitSignal(table.row_activated) as caught:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert caught.args[0].row() == 1


def test_the_row_with_the_keyboard_is_marked_and_a_clicked_one_is_not(
    table: Table, qtbot: QtBot
) -> None:
    delegate = table.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert delegate.ringed_row == 1
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert delegate.ringed_row == -1
    assert table.selected_rows() == [0]


def test_the_tab_key_leaves_a_table(table: Table) -> None:
    assert not table.tabKeyNavigation()


def test_the_whole_row_under_the_pointer_is_tinted(table: Table, qtbot: QtBot) -> None:
    delegate = table.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    qtbot.mouseMove(table.viewport(), QPoint(200, 40))
    assert delegate.hovered_row == 1


def test_what_is_not_known_is_a_dash(model: QStandardItemModel) -> None:
    assert shown_text(model.index(1, 1)) == MISSING
    assert shown_text(model.index(0, 0)) == "APT28"


def test_numbers_are_told_by_their_alignment(model: QStandardItemModel) -> None:
    assert is_numeric(model.index(0, 2))
    assert not is_numeric(model.index(0, 0))


def test_widths_are_remembered_at_any_text_size(table: Table, theme: Theme) -> None:
    table.horizontalHeader().resizeSection(0, 150)
    assert table.widths() == [150, STRETCH, 80]
    theme.set_factor(2.0)
    assert table.horizontalHeader().sectionSize(0) == 300
    assert table.widths() == [150, STRETCH, 80]


def test_rows_grow_with_the_text(table: Table, theme: Theme) -> None:
    assert table.rowHeight(0) == 28
    theme.set_factor(1.5)
    assert table.rowHeight(0) == 42


@pytest.mark.parametrize(("kind", "height"), [("normal", 28), ("dense", 24), ("two_lines", 48)])
def test_a_fitted_table_is_as_high_as_its_rows(
    theme: Theme, model: QStandardItemModel, qtbot: QtBot, kind: str, height: int
) -> None:
    table = Table(theme, "Actors", kind)
    qtbot.addWidget(table)
    table.setModel(model)
    table.fit_rows(10)
    assert table.sizeHint().height() == 28 + 3 * height
    model.removeRow(0)
    assert table.sizeHint().height() == 28 + 2 * height


def test_a_click_on_a_head_sorts(table: Table) -> None:
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert table.model().index(0, 0).data() == "=SUM(A1)"
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert table.model().index(0, 0).data() == "Turla"
