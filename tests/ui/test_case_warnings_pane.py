"""Warnings beside a case: each with its rows and its reason, or what was checked in vain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from case_panes_desk import harbour_case, with_warnings
from case_samples import worked_case
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefing.analysis.case_warnings import RULES
from briefing.ui.theme import Theme
from briefing.ui.views.case_warnings import WarningRow, WarningsPane


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Shows a pane and gives it back."""

    def show(pane: QWidget) -> QWidget:
        qtbot.addWidget(pane)
        pane.resize(480, 640)
        pane.show()
        QApplication.processEvents()
        return pane

    return show


def test_a_warning_names_its_rows_and_opens_its_reason(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = WarningsPane(theme)
    page = with_warnings(harbour_case())
    pane.show_page(page)
    shown(pane)
    chosen: list[str] = []
    pane.row_chosen.connect(chosen.append)
    assert len(pane.rows) == len(page.warnings) > 3
    for row in pane.rows:
        warned, disclosure = row.warned, row.disclosure
        assert disclosure.text() == warned.sentence
        assert disclosure.accessibleDescription() == warned.why
        assert not row.why.isVisible()
        for link in row.links():
            assert link.accessibleName().startswith("Show ")
            QTest.keyClick(link, Qt.Key.Key_Return)
        assert tuple(chosen) == warned.rows
        chosen.clear()
    first = pane.rows[0]
    first.disclosure.setFocus()
    QTest.keyClick(first.disclosure, Qt.Key.Key_Return)
    assert first.why.isVisible()
    assert first.why.text() == first.warned.why
    pane.show_page(page)  # Something else was recorded: what was opened stays open.
    QApplication.processEvents()
    assert pane.rows[0].why.isVisible()
    QTest.keyClick(pane.rows[0].disclosure, Qt.Key.Key_Space)
    assert not pane.rows[0].why.isVisible()


def test_where_no_warning_applies_it_says_what_was_checked(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = WarningsPane(theme)
    page = with_warnings(worked_case())
    assert page.warnings == ()
    pane.show_page(page)
    shown(pane)
    told = f"{pane.nothing.accessibleName()} {pane.nothing.accessibleDescription()}"
    assert told.startswith(f"No warning applies. {len(RULES)} rules were checked: ")
    assert "circular reporting" in told
    pane.show_page(with_warnings(harbour_case()))
    assert not pane.nothing.isVisible()


def test_tab_walks_from_a_warning_to_its_rows(
    qtbot: QtBot, theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    pane = WarningsPane(theme)
    pane.show_page(with_warnings(harbour_case()))
    shown(pane)
    pane.activateWindow()
    pane.rows[0].disclosure.setFocus()
    for expected in (*pane.rows[0].links(), pane.rows[1].disclosure):
        QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Tab)
        assert pane.focusWidget() is expected


def test_of_many_rows_the_first_are_linked_and_the_rest_when_asked_for(
    theme: Theme, shown: Callable[[QWidget], QWidget]
) -> None:
    many = tuple(f"E{number}" for number in range(1, 21))
    warned = replace(with_warnings(harbour_case()).warnings[0], rows=many)
    names = {row: (row, row) for row in many}
    row = WarningRow(theme, warned, names)
    shown(row)
    before = row.links()
    assert [link.text() for link in before] == [*many[:12], "8 more"]
    QTest.keyClick(before[-1], Qt.Key.Key_Return)
    QApplication.sendPostedEvents(None, 52)
    assert [link.text() for link in row.links()] == list(many)
    assert QApplication.focusWidget() is row.links()[12]
