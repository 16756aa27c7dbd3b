"""The search field: every key answers, and nothing that is typed breaks it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.errors import BriefingError
from briefing.core.search import SearchHit, clean_query
from briefing.ui.search_box import SearchBox
from briefing.ui.theme import Theme

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

APT28 = SearchHit("actor", "g0007", "APT28", "alias: Fancy Bear, CrowdStrike")
APT29 = SearchHit("actor", "g0016", "APT29", "alias: Grizzly Steppe", ambiguous=True)
ADVISORY = SearchHit("advisory", "aa16", "GRIZZLY\nSTEPPE", "title")
NEAR = SearchHit("actor", "g0007", "APT28", "close to: Fancy Bear", near=True)


def _search(text: str) -> Sequence[SearchHit]:
    if text == "broken disk":
        raise BriefingError("The database could not be read.", remedy="Look at Sources.")
    answers: dict[str, list[SearchHit]] = {"nobody": [], "fancy bare": [NEAR]}
    return answers.get(text, [APT28, ADVISORY, APT29])


class _Window(QWidget):
    """A search field over another field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.box = SearchBox(theme, _search)
        self.field = QLineEdit()
        rows = QVBoxLayout(self)
        rows.addWidget(self.box)
        rows.addWidget(self.field)
        rows.addStretch(1)
        self.resize(800, 600)

    def type(self, text: str) -> None:
        self.box.start()
        QTest.keyClicks(self.box, text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.box, key)

    @property
    def view(self) -> QListView:
        [view] = self.findChildren(QListView)
        return view

    def rows(self) -> list[str]:
        """The rows of the list, as a screen reader says them; none while it is closed."""
        views = self.findChildren(QListView)
        if not views or not views[0].isVisible():
            return []
        model = self.view.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return Theme(scheme="light")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> _Window:
    made = _Window(theme)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    made.field.setFocus()
    return made


def test_typing_lists_what_answers_with_each_kind_together(window: _Window) -> None:
    window.type("grizzly")
    assert window.rows() == [
        "APT28, actor, alias: Fancy Bear, CrowdStrike",
        "APT29, actor, ambiguous, alias: Grizzly Steppe",
        "GRIZZLY STEPPE, advisory, title",
    ]


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        (
            "nobody",
            [
                "Nothing is called “nobody”, "
                "Try fewer letters, another spelling, or an id such as G0007."
            ],
        ),
        (
            "fancy bare",
            [
                "Nothing is called “fancy bare”, These names are close to it:",
                "APT28, actor, close to: Fancy Bear",
            ],
        ),
        ("broken disk", ["The database could not be read., Look at Sources."]),
        ("   ", []),
    ],
)
def test_where_nothing_answers_the_list_says_so_in_words(
    window: _Window, query: str, rows: list[str]
) -> None:
    window.type(query)
    assert window.rows() == rows


def test_enter_chooses_the_first_hit_and_empties_the_field(qtbot: QtBot, window: _Window) -> None:
    window.type("fancy bare")
    with qtbot.waitSignal(window.box.chosen) as chosen:
        window.press(Qt.Key.Key_Return)
    assert chosen.args == [NEAR]
    assert (window.box.text(), window.rows()) == ("", [])


def test_arrows_move_in_the_list_and_stop_at_its_ends(window: _Window) -> None:
    window.type("grizzly")
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        window.press(key)
        seen.append(window.view.currentIndex().row())
    assert seen == [0, 1, 2, 0]
    assert window.box.hasFocus()


def test_a_click_on_a_row_chooses_it(qtbot: QtBot, window: _Window) -> None:
    window.type("grizzly")
    row = window.view.visualRect(window.view.model().index(1, 0))
    with qtbot.waitSignal(window.box.chosen) as chosen:
        QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert chosen.args == [APT29]


def test_enter_on_words_that_are_no_hit_chooses_nothing(qtbot: QtBot, window: _Window) -> None:
    window.type("nobody")
    with qtbot.assertNotEmitted(window.box.chosen):
        window.press(Qt.Key.Key_Return)


def test_escape_leaves_the_list_then_the_text_then_the_field(window: _Window) -> None:
    window.type("bear")
    window.press(Qt.Key.Key_Escape)
    assert (window.rows(), window.box.text()) == ([], "bear")
    window.press(Qt.Key.Key_Escape)
    assert window.box.text() == ""
    window.press(Qt.Key.Key_Escape)
    assert window.field.hasFocus()


def test_the_list_closes_when_the_keyboard_goes_elsewhere(window: _Window) -> None:
    window.type("bear")
    window.press(Qt.Key.Key_Tab)
    assert window.rows() == []
    assert window.field.hasFocus()


def test_the_list_stays_inside_the_window_and_under_the_field(window: _Window) -> None:
    window.type("bear")
    window.resize(600, 160)
    view = window.view
    shown = QRect(view.mapTo(window, QPoint()), view.size())
    assert window.rect().contains(shown)
    assert shown.top() > window.box.geometry().bottom()


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_whatever_is_typed_the_field_asks_for_clean_text(theme: Theme, text: str) -> None:
    asked: list[str] = []

    def search(query: str) -> list[SearchHit]:
        asked.append(query)
        return []

    box = SearchBox(theme, search)
    box.setText(text)
    query = clean_query(box.text())
    assert asked == ([query] if query else [])
