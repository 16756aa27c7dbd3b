"""In the whole program, words lead to the glossary and one comes back to where one was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QToolTip
from pytestqt.qtbot import QtBot

from briefing.services.library import Library
from briefing.ui import screens
from briefing.ui.navigation import Place
from briefing.ui.program import Program
from briefing.ui.views.help import HelpView
from briefing.ui.views.help_blocks import SignRows
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.prose import Prose

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def _open(program: Program, qtbot: QtBot, place: Place) -> None:
    program.window.go(place)
    program.window.show()
    program.window.activateWindow()
    with qtbot.waitActive(program.window):
        pass
    screens.settle(program)


def test_from_a_profile_a_term_leads_to_its_entry_and_escape_leads_back(
    program: Program, library: Library, qtbot: QtBot
) -> None:
    actor = next(row.id for row in library.actors if row.name == "Scattered Spider")
    _open(program, qtbot, Place("actors", actor))
    text = next(
        prose
        for prose in program.window.findChildren(Prose)
        if prose.isVisible() and any(target.term for target in prose._document.targets)
    )
    number, target = next(
        (place, one) for place, one in enumerate(text._document.targets) if one.term is not None
    )
    text.setFocus()
    text._mark(number)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert target.term is not None
    name = target.term.term
    assert program.window.history.current == Place("help", f"glossary#{name}")
    screens.settle(program)
    [view] = program.window.findChildren(HelpView)
    rows = [rows for rows in view.findChildren(SignRows) if name in rows.places]
    assert [rows[0].places[name].isVisible(), view.title] == [True, "Help: Glossary"]
    QTest.keyClick(program.window.focusWidget(), Qt.Key.Key_Escape)
    assert program.window.history.current == Place("actors", actor)


def test_help_comes_back_where_it_was_left(program: Program, qtbot: QtBot) -> None:
    _open(program, qtbot, Place("help", "primer/how-they-work"))
    [view] = program.window.findChildren(HelpView)
    bar = view.page.scroller.verticalScrollBar()
    bar.setValue(500)
    program.window.go(Place("help", "glossary#Phishing"))
    screens.settle(program)
    program.window.history.back()
    screens.settle(program)
    assert (view.title, bar.value()) == ("Help: How they work: four stages", 500)


def test_terms_in_the_meanings_lead_to_each_other_but_none_to_itself(
    program: Program, qtbot: QtBot
) -> None:
    _open(program, qtbot, Place("help", "glossary"))
    [view] = program.window.findChildren(HelpView)
    qtbot.waitUntil(lambda: view.page.is_whole)
    linked: dict[str, set[str]] = {}
    for prose in view.findChildren(Prose):
        sign = prose.accessibleName().split(":")[0]
        linked[sign] = {one.term.term for one in prose._document.targets if one.term is not None}
    assert "Ransomware" in linked["Wiper"]
    assert all(sign not in terms for sign, terms in linked.items())


def test_field_names_of_a_judgement_say_what_they_mean(program: Program, qtbot: QtBot) -> None:
    _open(program, qtbot, Place("attribution", "mgm-resorts-2023"))
    labels = [label for label in program.window.findChildren(Label) if label.isVisible()]
    for name in ("Likelihood", "Confidence"):
        label = next(one for one in labels if one.text() == name)
        around = label.parentWidget()
        while not isinstance(around, QScrollArea):
            around = around.parentWidget()
        around.ensureWidgetVisible(label)
        event = QHelpEvent(
            QEvent.Type.ToolTip, label.rect().center(), label.mapToGlobal(label.rect().center())
        )
        QApplication.sendEvent(label, event)
        meaning = next(term.meaning for term in program.theme.glossary.terms if term.term == name)
        assert meaning.split(",")[0] in QToolTip.text()


def test_the_keyboard_map_says_what_f1_tells(program: Program, qtbot: QtBot) -> None:
    _open(program, qtbot, Place("help", "keyboard"))
    [view] = program.window.findChildren(HelpView)
    assert view.page.page is not None
    assert "What the word or the part of the screen that has the keyboard means." in (
        view.page.page.words()
    )
