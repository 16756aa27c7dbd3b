"""What a person does with the kit: by key and by click."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing.ui.theme import Theme
from briefing.ui.widgets.bar_rows import BarRows
from briefing.ui.widgets.buttons import (
    Button,
    IconButton,
    LinkButton,
    Look,
    menu_button,
    primary_button,
)
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.filter_button import FilterButton
from briefing.ui.widgets.filter_popup import FilterPopup
from briefing.ui.widgets.focus_ring import FocusRing
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.progress_row import ProgressRow
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.segments import Segments
from briefing.ui.widgets.stage_card import StageCard
from briefing.ui.widgets.text_field import TextField
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList
from briefing.ui.widgets.year_bars import YearBars, YearSpan

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

Show: TypeAlias = Callable[[QWidget], QWidget]

COUNTRIES = ("Belarus", "China", "India", "Iran", "Israel", "Korea", "Russia", "Spain", "Vietnam")
OPTIONS = [(name[:2].upper(), name, place) for place, name in enumerate(COUNTRIES)]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Puts a widget into an active window of its own, so that it can have the keyboard."""
    pages: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        page = QWidget()
        QVBoxLayout(page).addWidget(widget)
        qtbot.addWidget(page)
        pages.append(page)
        with qtbot.waitActive(page):
            page.show()
        return page

    return show


def test_a_link_is_followed_by_enter(theme: Theme, qtbot: QtBot) -> None:
    header = SectionHeader(theme, "Names", "30 in two sources", "All 30")
    qtbot.addWidget(header)
    link = header.findChildren(LinkButton)[0]
    assert link.accessibleName() == "Names: All 30"
    with qtbot.waitSignal(header.link_activated):
        qtbot.keyClick(link, Qt.Key.Key_Return)


@pytest.mark.parametrize("look", ["primary", "normal", "flat", "destructive"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_enter_and_by_space(
    theme: Theme, qtbot: QtBot, look: Look, key: Qt.Key
) -> None:
    button = Button(theme, "Export", look)
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_an_icon_button_is_pressed_by_enter(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, "left", "Previous page")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_enter_opens_the_menu_of_a_button(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    menu = QMenu()
    menu.addAction("Copy")
    menu.aboutToShow.connect(lambda: QTimer.singleShot(0, menu, menu.close))
    button = menu_button(theme, "Saved", menu)
    shown(button)
    with qtbot.waitSignal(menu.aboutToShow):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_a_notice_says_what_is_wrong_and_offers_what_to_do(theme: Theme, qtbot: QtBot) -> None:
    done: list[str] = []
    notice = Notice(
        theme,
        "error",
        "This file could not be read.",
        "line 412",
        [("Choose another file", lambda: done.append("chosen"))],
    )
    qtbot.addWidget(notice)
    assert notice.accessibleName() == "This file could not be read."
    assert notice.accessibleDescription() == "line 412"
    qtbot.mouseClick(notice.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert done == ["chosen"]


@pytest.mark.parametrize("kind", ["empty", "error", "warning", "info"])
def test_a_notice_can_change_its_words(theme: Theme, shown: Show, kind: str) -> None:
    notice = Notice(theme, kind, "One", "two")
    page = shown(notice)
    page.resize(240, 400)
    QApplication.processEvents()
    before = notice.heightForWidth(200)
    notice.set_words("Another", "a much longer text " * 10)
    QApplication.processEvents()
    assert notice.accessibleName() == "Another"
    assert notice.heightForWidth(200) > before


def test_a_removable_chip_goes_by_key_and_by_click(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip(theme, "Origin: Russia", "tint", removable=True)
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Remove Origin: Russia"
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    with qtbot.waitSignal(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)


def test_a_filter_is_chosen_by_keyboard_alone(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    button = FilterButton(theme, "Origin")
    button.set_options(OPTIONS)
    shown(button)
    qtbot.keyClick(button, Qt.Key.Key_Down)
    search = button.findChildren(QLineEdit)[0]
    qtbot.keyClicks(search, "i")
    qtbot.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(button.chosen) as caught:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert caught.args == ["IN"]
    assert button.value == "IN"
    assert button.accessibleName() == "Origin: India"


def test_enter_in_the_search_of_a_list_chooses_once(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    button = FilterButton(theme, "Origin")
    button.set_options(OPTIONS)
    shown(button)
    chosen: list[str] = []
    button.findChildren(FilterPopup)[0].chosen.connect(chosen.append)
    button.open()
    search = button.findChildren(QLineEdit)[0]
    qtbot.keyClicks(search, "ind")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert chosen == ["IN"]


def test_choosing_the_same_again_changes_nothing(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    button = FilterButton(theme, "Origin")
    button.set_options(OPTIONS[:3])
    button.set_value("CH")
    shown(button)
    button.open()
    with qtbot.assertNotEmitted(button.chosen):
        qtbot.keyClick(button.findChildren(QListView)[0], Qt.Key.Key_Return)
    assert button.value == "CH"


def test_escape_leaves_a_filter_as_it_was(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    button = FilterButton(theme, "Origin")
    button.set_options(OPTIONS)
    shown(button)
    button.open()
    search = button.findChildren(QLineEdit)[0]
    assert search.isVisible()
    with qtbot.assertNotEmitted(button.chosen):
        qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert not search.isVisible()
    assert button.value == ""


def test_a_filter_value_that_is_gone_stays_visible(theme: Theme) -> None:
    button = FilterButton(theme, "Origin")
    button.set_options(OPTIONS)
    button.set_value("RU")
    button.set_options(OPTIONS[:2])
    assert button.accessibleName() == "Origin: Russia"


def test_segments_move_with_the_arrow_keys(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    segments = Segments(theme, "Count", [("actors", "Actors"), ("statements", "Statements")])
    shown(segments)
    assert segments.value == "actors"
    first = segments.findChildren(QToolButton)[0]
    first.setFocus()
    with qtbot.waitSignal(segments.chosen) as caught:
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert caught.args == ["statements"]


def test_tab_lands_on_the_chosen_segment_and_on_no_other(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    before, after = primary_button(theme, "Before"), primary_button(theme, "After")
    segments = Segments(theme, "Size", [("a", "One"), ("b", "Two"), ("c", "Three")])
    segments.set_value("b")
    page = shown(before)
    for widget in (segments, after):
        page.layout().addWidget(widget)
        widget.show()
    before.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    chosen = page.focusWidget()
    assert chosen.accessibleName() == "Size: Two"
    qtbot.keyClick(chosen, Qt.Key.Key_Right)
    assert page.focusWidget().accessibleName() == "Size: Three"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert page.focusWidget() is after
    qtbot.keyClick(after, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert page.focusWidget().accessibleName() == "Size: Three"


def test_bars_are_read_out_and_opened_by_key(theme: Theme, qtbot: QtBot) -> None:
    bars = BarRows(theme, [("Government", 2), ("Defence", 1)], "statements")
    qtbot.addWidget(bars)
    assert bars.accessibleName() == "Government: 2 statements; Defence: 1 statements"
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    with qtbot.waitSignal(bars.row_activated) as caught:
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert caught.args == [1]


def test_years_are_read_out_and_opened_by_key(theme: Theme, qtbot: QtBot) -> None:
    years = YearBars(theme)
    qtbot.addWidget(years)
    assert years.accessibleName() == "no dated documents"
    years.set_counts({2018: 8, 2021: 1}, [YearSpan("Campaign", 2019.5, 2020.5)], since=2004)
    assert "2018: 8 documents" in years.accessibleName()
    assert "Campaign: 2019 to 2020" in years.accessibleName()
    qtbot.keyClick(years, Qt.Key.Key_Left)
    with qtbot.waitSignal(years.year_activated) as caught:
        qtbot.keyClick(years, Qt.Key.Key_Return)
    assert caught.args == [2018]


def test_progress_counts_in_words_and_can_be_stopped(theme: Theme, qtbot: QtBot) -> None:
    row = ProgressRow(theme)
    qtbot.addWidget(row)
    row.set_progress("Reading ATT&CK", 14_120, 24_771, "objects")
    texts = [label.text() for label in row.findChildren(QLabel)]
    assert texts == ["Reading ATT&CK", "14,120 of 24,771 objects"]
    button = row.findChildren(QPushButton)[0]
    with qtbot.waitSignal(row.cancelled):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isEnabled()


def test_a_field_keeps_what_was_typed_when_it_is_wrong(theme: Theme, qtbot: QtBot) -> None:
    field = TextField(theme, "Date")
    qtbot.addWidget(field)
    qtbot.keyClicks(field.input, "31 Feb 2026")
    field.set_error("No such date. Use day month year.")
    assert field.text() == "31 Feb 2026"
    assert field.input.accessibleDescription() == "No such date. Use day month year."
    field.set_error("")
    assert field.input.accessibleDescription() == ""


def test_a_list_of_links_opens_by_click_and_by_enter(
    theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    card = StageCard(theme, 1, "Reconnaissance", 12)
    card.set_items([TwoLineItem("T1", "One", "second"), TwoLineItem("T2", "Two")])
    shown(card)
    rows = card.list
    place = rows.visualRect(rows.model().index(1, 0)).center()
    with qtbot.waitSignal(card.technique_activated) as caught:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == ["T2"]
    rows.select_key("T1")
    with qtbot.waitSignal(card.technique_activated) as caught:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert caught.args == ["T1"]


def test_a_list_to_choose_from_tells_the_current_row(theme: Theme, qtbot: QtBot) -> None:
    rows = TwoLineList(theme, "Feeds")
    qtbot.addWidget(rows)
    rows.set_items([TwoLineItem("kev", "CISA KEV", "CC0-1.0"), TwoLineItem("misp", "MISP")])
    with qtbot.waitSignal(rows.row_changed) as caught:
        rows.select_key("misp")
    assert caught.args == ["misp"]
    with qtbot.assertNotEmitted(rows.row_changed):
        rows.select_key("nothing of that name")


def test_the_ring_surrounds_what_the_keyboard_has(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    ring = FocusRing(theme)
    first, second = primary_button(theme, "One"), primary_button(theme, "Two")
    page = shown(first)
    page.layout().addWidget(second)
    second.show()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert ring.widget() is second
    ring.deleteLater()


def test_the_ring_survives_the_screen_it_was_on(
    theme: Theme, qtbot: QtBot, qapp: QApplication, shown: Show
) -> None:
    ring = FocusRing(theme)
    first = primary_button(theme, "One")
    page = shown(Scroller(theme))
    scroller = page.findChildren(Scroller)[0]
    scroller.body.addWidget(first)
    first.show()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.widget() is first
    scroller.deleteLater()
    qapp.sendPostedEvents(None, 0)
    qapp.processEvents()
    second = primary_button(theme, "Two")
    page.layout().addWidget(second)
    second.show()
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.widget() is second
    ring.deleteLater()
