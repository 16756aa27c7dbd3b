"""The matrix of competing hypotheses: every mark by key and by mouse, every cell in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import pytest
from case_panes_desk import answer, harbour_case, page_of
from case_samples import case, evidence, hypothesis, row_id
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.core.case import Case, Cell
from briefing.core.case_words import Mark
from briefing.ui.theme import Theme
from briefing.ui.tokens import DARK, LIGHT
from briefing.ui.widgets.ach_grid import AchGrid
from briefing.ui.widgets.ach_words import FILLS

Key = Qt.Key


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


class Desk:
    """A grid, and what it asked for."""

    def __init__(self, qtbot: QtBot, theme: Theme, shown: Case, width: int = 560) -> None:
        self.qtbot = qtbot
        self.grid = AchGrid(theme)
        self.marked: list[tuple[str, str, Mark | None]] = []
        self.opened: list[tuple[str, str]] = []
        self.rows: list[str] = []
        self.grid.mark_chosen.connect(lambda *told: self.marked.append(told))
        self.grid.rationale_asked.connect(lambda *told: self.opened.append(told))
        self.grid.row_chosen.connect(self.rows.append)
        qtbot.addWidget(self.grid)
        self.grid.resize(width, self.grid.sizeHint().height())
        self.show(shown)
        self.grid.show()
        self.grid.cells.setFocus(Qt.FocusReason.TabFocusReason)

    def show(self, shown: Case) -> None:
        self.grid.show_page(page_of(shown))
        self.grid.resize(self.grid.width(), self.grid.sizeHint().height())
        QApplication.processEvents()

    def index(self, row: int, column: int) -> QModelIndex:
        return self.grid.cells.model().index(row, column)

    def go(self, row: int, column: int) -> Desk:
        self.grid.cells.setCurrentIndex(self.index(row, column))
        return self

    def press(self, *keys: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> Desk:
        for key in keys:
            QTest.keyClick(self.grid.cells, key, modifier)
        return self

    def click(self, row: int, column: int) -> None:
        place = self.grid.cells.visualRect(self.index(row, column)).center()
        self.qtbot.mouseClick(self.grid.cells.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def marks(self) -> list[Mark | None]:
        return [mark for _, _, mark in self.marked]

    def letters(self, row: int) -> list[str]:
        return [str(self.index(row, column).data()) for column in range(5)]

    def totals(self, row: int) -> list[str | None]:
        model = self.grid.totals.model()
        return [model.index(row, column).data() for column in range(model.columnCount())]


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    return Desk(qtbot, theme, harbour_case())


def test_every_cell_has_its_letters_and_every_row_tells_how_far_it_helps(desk: Desk) -> None:
    assert desk.letters(0) == ["C", "I", "C", "N", "0.83"]
    assert desk.letters(1) == ["I", "CC", "C", "I", "1.30"]
    assert desk.letters(4) == ["C", "NA", "C", "I", "0.83"]
    assert desk.letters(5) == ["N", "N", "N", "N", "0.00"]


def test_what_nobody_judged_is_a_dash_and_no_figure(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, theme, case(evidence("e1"), evidence("e2"), answer("h1", "– C")))
    assert [str(desk.index(0, column).data()) for column in (0, 1)] == ["–", "–"]
    assert [str(desk.index(1, column).data()) for column in (0, 1)] == ["C", "0.00"]


def test_what_speaks_against_each_is_counted_and_weighed_below(desk: Desk) -> None:
    assert desk.totals(0) == ["2", "3", "0", "3", None]
    assert desk.totals(1) == ["3.0", "5.4", "0.0", "5.0", None]


def test_the_least_refuted_alone_is_framed(desk: Desk) -> None:
    image = _picture(desk.grid.totals)
    framed = [_pixel(image, desk.grid.totals, 1, column) == LIGHT.ink for column in range(4)]
    assert framed == [False, False, True, False]


def test_a_hypothesis_without_marks_is_not_framed_for_having_nothing_against_it(
    qtbot: QtBot, theme: Theme
) -> None:
    shown = case(evidence("e1"), answer("h1", "I"), answer("h2", "–"))
    desk = Desk(qtbot, theme, shown)
    assert desk.totals(1) == ["1.0", "–", None]
    model = desk.grid.totals.model()
    said = [model.index(1, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in (0, 1)]
    assert said == ["H1: inconsistency, weighted 1.0.", "H2: nothing is judged yet."]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cells_are_coloured_as_the_design_says(
    qtbot: QtBot, qapp: QApplication, theme: Theme, scheme: Literal["light", "dark"]
) -> None:
    own = Theme(scheme=scheme)
    own.apply(qapp)
    shown = case(
        *(evidence(f"e{place}") for place in range(1, 6)),
        answer("h1", "CC C N I II"),
    )
    desk = Desk(qtbot, own, shown)
    desk.grid.cells.clearFocus()
    image = _picture(desk.grid.cells)
    tokens = LIGHT if scheme == "light" else DARK
    found = [_pixel(image, desk.grid.cells, row, 0, inset=4) for row in range(5)]
    assert found == [tokens.ach_cc, tokens.ach_c, tokens.ach_n, tokens.ach_i, tokens.ach_ii]
    theme.apply(qapp)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_letters_can_be_read_on_every_ground(tokens: Any) -> None:
    for name in FILLS.values():
        assert _contrast(tokens.ink, getattr(tokens, name)) >= 4.5
    assert _contrast(tokens.ink_3, tokens.paper) >= 4.5


@pytest.mark.parametrize(
    ("keys", "marks"),
    [
        ([Key.Key_C], [Mark.C]),
        ([Key.Key_C, Key.Key_C], [Mark.C, Mark.CC]),
        ([Key.Key_C, Key.Key_C, Key.Key_C], [Mark.C, Mark.CC, Mark.C]),
        ([Key.Key_I], [Mark.I]),
        ([Key.Key_I, Key.Key_I], [Mark.I, Mark.II]),
        ([Key.Key_C, Key.Key_I], [Mark.C, Mark.I]),
        ([Key.Key_A], [Mark.NA]),
        ([Key.Key_0], [Mark.NA]),
        ([Key.Key_Delete], [None]),
        ([Key.Key_Backspace], [None]),
        ([Key.Key_N, Key.Key_N], []),
    ],
)
def test_keys_set_marks(desk: Desk, keys: Sequence[Qt.Key], marks: list[Mark | None]) -> None:
    desk.go(5, 3).press(*keys)
    assert desk.marks() == marks
    cell = (row_id("hypothesis", "h4"), row_id("evidence", "e6"))
    assert {told[:2] for told in desk.marked} <= {cell}


def test_the_page_that_comes_shows_what_was_recorded(desk: Desk) -> None:
    desk.go(5, 3).press(Key.Key_C)
    assert desk.letters(5)[3] == "C"
    desk.show(harbour_case())  # It could not be recorded.
    assert desk.letters(5)[3] == "N"


def test_letters_mark_nothing_where_no_mark_can_stand(desk: Desk) -> None:
    desk.go(0, 4).press(Key.Key_C, Key.Key_Delete, Key.Key_Return)
    desk.go(0, 0).press(Key.Key_X)
    assert (desk.marked, desk.opened) == ([], [])


def test_a_command_is_not_a_mark(desk: Desk) -> None:
    desk.go(1, 1).press(Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    assert desk.marked == []
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[1:] == [
        "H1 Heron alone",
        "H2 Egret’s operators alone",
        "H3 Heron for Egret",
        "H4 Another actor or a false flag",
        "Tells apart",
    ]
    assert lines[1] == "E1 Entry by a call to the help desk\tC\tI\tC\tN\t0.83"
    assert lines[-1] == "Inconsistency, weighted\t3.0\t5.4\t0.0\t5.0\t"


def test_arrow_keys_walk_and_stop_at_the_edge(desk: Desk) -> None:
    desk.go(0, 0).press(Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_Left, Key.Key_Left)
    assert desk.grid.current == (row_id("hypothesis", "h1"), row_id("evidence", "e3"))


def test_enter_opens_the_reason_and_space_shows_the_evidence(desk: Desk) -> None:
    desk.go(0, 1).press(Key.Key_Return, Key.Key_Space)
    assert desk.opened == [(row_id("hypothesis", "h2"), row_id("evidence", "e1"))]
    assert desk.rows == [row_id("evidence", "e1")]


def test_a_click_offers_the_marks_and_the_present_one_is_ticked(desk: Desk) -> None:
    desk.click(1, 1)
    menu = desk.grid.menu
    assert menu is not None
    actions = [action for action in menu.actions() if action.isCheckable()]
    assert [action.text().split("\t")[0] for action in actions] == [
        "CC  Strongly consistent",
        "C  Consistent",
        "N  Neutral",
        "I  Inconsistent",
        "II  Strongly inconsistent",
        "NA  Does not apply",
        "Not judged yet",
    ]
    assert [action.isChecked() for action in actions] == [True] + [False] * 6
    actions[4].trigger()
    menu.close()
    assert desk.marked == [(row_id("hypothesis", "h2"), row_id("evidence", "e2"), Mark.II)]
    assert desk.grid.current == (row_id("hypothesis", "h2"), row_id("evidence", "e2"))


def test_tab_leads_from_the_cells_to_the_sums_also_after_a_menu(desk: Desk) -> None:
    desk.grid.activateWindow()
    desk.click(0, 0)
    assert desk.grid.menu is not None
    desk.grid.menu.close()
    desk.grid.cells.setFocus()
    desk.press(Key.Key_Tab)
    assert desk.grid.focusWidget() is desk.grid.totals
    QTest.keyClick(desk.grid.totals, Key.Key_Right)
    assert desk.grid.totals.currentIndex().column() == 1
    QTest.keyClick(desk.grid.totals, Key.Key_Backtab)
    assert desk.grid.focusWidget() is desk.grid.cells


def test_the_menu_also_leads_to_the_reason_and_to_both_rows(desk: Desk) -> None:
    desk.click(0, 0)
    menu = desk.grid.menu
    assert menu is not None
    words = {action.text().split("\t")[0]: action for action in menu.actions()}
    for name in ("Reason …", "Show E1", "Show H1"):
        words[name].trigger()
    menu.close()
    assert desk.opened == [(row_id("hypothesis", "h1"), row_id("evidence", "e1"))]
    assert desk.rows == [row_id("evidence", "e1"), row_id("hypothesis", "h1")]


def test_a_click_on_a_head_shows_its_row(desk: Desk) -> None:
    for head, row in ((desk.grid.cells.columns, 2), (desk.grid.cells.rows, 3)):
        middle = head.sectionViewportPosition(row) + 8
        across = Qt.Orientation.Horizontal
        place = QPoint(middle, 8) if head.orientation() == across else QPoint(8, middle)
        desk.qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.rows == [row_id("hypothesis", "h3"), row_id("evidence", "e4")]


def test_the_keyboard_stays_on_its_cell_when_rows_are_added(desk: Desk) -> None:
    desk.go(1, 2)
    before = harbour_case()
    first = evidence("e0", text="Something older")
    desk.show(replace(before, evidence=(first, *before.evidence)))
    assert desk.grid.current == (row_id("hypothesis", "h3"), row_id("evidence", "e2"))
    assert desk.grid.cells.currentIndex().row() == 2


def test_a_screen_reader_gets_every_cell_with_its_heads(desk: Desk) -> None:
    table = QAccessible.queryAccessibleInterface(desk.grid.cells)
    cells = [table.child(place) for place in range(table.childCount())]
    said = [cell.text(QAccessible.Text.Name) for cell in cells]
    assert any(
        words.startswith("E1 × H1: C, consistent. E1 fits H1. Why: The caller") for words in said
    )
    assert any("E6 tells nothing apart (0.00)." in words for words in said)
    assert "H2 Egret’s operators alone" in said
    assert any(words.startswith("E2 Statement tells of identity systems") for words in said)


def test_a_tooltip_says_what_a_mark_means_and_why_it_stands_there(desk: Desk) -> None:
    told = str(desk.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    for words in ("C, consistent", "E1 fits H1.", "Why: The caller knew", "Entry by a call"):
        assert words in told
    told = str(desk.index(2, 1).data(Qt.ItemDataRole.ToolTipRole))
    assert "If H2 were true, we would hardly expect E3." in told
    assert "No reason was written down." in told


def test_words_of_others_are_shown_as_they_are(qtbot: QtBot, theme: Theme) -> None:
    row, column = evidence("e1", text="<img src=x>"), answer("h1", "C")
    nasty = replace(column, cells=(Cell(row.id, Mark.C, "<b>sure</b>"),))
    desk = Desk(qtbot, theme, case(row, nasty))
    told = str(desk.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "<img" not in told
    assert "&lt;b&gt;sure&lt;/b&gt;" in told


def test_heads_and_sums_stay_in_sight_however_much_evidence_there_is(
    qtbot: QtBot, theme: Theme
) -> None:
    rows = [evidence(f"e{place}") for place in range(1, 31)]
    marks = {f"e{place}": "I" for place in range(1, 31)}
    desk = Desk(qtbot, theme, case(*rows, hypothesis("h1", marks), hypothesis("h2")))
    cells = desk.grid.cells
    desk.go(29, 0)
    QApplication.processEvents()
    assert desk.grid.height() < 14 * cells.rows.row_height() + 200
    visible = cells.viewport().rect()
    assert visible.contains(cells.visualRect(desk.index(29, 0)).center())
    assert desk.grid.totals.geometry().bottom() <= desk.grid.height()
    first = desk.grid.totals.model().index(0, 0)
    assert desk.grid.totals.visualRect(first).left() == cells.visualRect(desk.index(0, 0)).left()


def test_many_hypotheses_scroll_and_their_sums_go_with_them(qtbot: QtBot, theme: Theme) -> None:
    keys = [f"h{place}" for place in range(1, 13)]
    desk = Desk(qtbot, theme, case(evidence("e1"), *(hypothesis(key, {"e1": "N"}) for key in keys)))
    desk.go(0, 11)
    QApplication.processEvents()
    cells, totals = desk.grid.cells, desk.grid.totals
    assert cells.horizontalScrollBar().value() > 0
    assert totals.horizontalScrollBar().value() == cells.horizontalScrollBar().value()
    below = totals.visualRect(totals.model().index(0, 11))
    assert below.left() == cells.visualRect(desk.index(0, 11)).left()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_no_word_above_or_beside_the_cells_is_cut_for_lack_of_room(
    qtbot: QtBot, qapp: QApplication, theme: Theme, factor: float
) -> None:
    own = Theme(scheme="light", factor=factor)
    own.apply(qapp)
    desk = Desk(qtbot, own, harbour_case(), width=round(660 * factor))
    cells = desk.grid.cells
    assert cells.horizontalScrollBar().maximum() == 0
    widths = [cells.columns.sectionSize(column) for column in range(5)]
    assert cells.columns.height() == cells.columns.height_of(widths)
    metrics = own.metrics("note")
    words = "Egret’s operators alone Heron for Another actor or a false flag Tells apart"
    assert max(map(metrics.horizontalAdvance, words.split())) <= min(widths[:4])
    totals = desk.grid.totals
    title = own.metrics("table").horizontalAdvance("Inconsistency, weighted")
    assert title <= totals.rows.width()
    theme.apply(qapp)


def test_the_menu_key_offers_the_marks_of_the_current_cell(desk: Desk) -> None:
    desk.go(3, 3)
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(desk.grid.cells.viewport(), by_key)
    assert desk.grid.menu is not None
    ticked = [action for action in desk.grid.menu.actions() if action.isChecked()]
    assert [action.data() for action in ticked] == ["I"]
    desk.grid.menu.close()


def test_going_to_a_cell_that_is_not_there_leaves_everything_as_it_is(desk: Desk) -> None:
    desk.go(2, 2)
    desk.grid.select("nothing", row_id("evidence", "e1"))
    assert desk.grid.current == (row_id("hypothesis", "h3"), row_id("evidence", "e3"))
    desk.grid.select(row_id("hypothesis", "h1"), row_id("evidence", "e6"))
    assert desk.grid.current == (row_id("hypothesis", "h1"), row_id("evidence", "e6"))


def _picture(table: Any) -> QImage:
    QApplication.processEvents()
    image: QImage = table.viewport().grab().toImage()
    return image


def _pixel(image: QImage, table: Any, row: int, column: int, inset: int = 0) -> str:
    rect = table.visualRect(table.model().index(row, column))
    place = rect.topLeft() + QPoint(max(inset, 1), max(inset, 1))
    return QColor(image.pixel(place)).name()


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio"."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
