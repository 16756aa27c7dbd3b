"""Advice on wording beside the preview: by rule, in place, with a proposal; never in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from worded_briefs import assessed, brief, incident, note

from briefing.core.brief import Brief
from briefing.services.brief_findings import brief_findings
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_checks import BriefingChecks
from briefing.ui.views.briefing_wish import Wish
from briefing.ui.views.briefing_wording import MOST, in_place
from briefing.ui.views.briefing_work import Drawn, Preview
from briefing.ui.widgets.labels import Label

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def checks(qtbot: QtBot, theme: Theme) -> BriefingChecks:
    made = BriefingChecks(theme)
    qtbot.addWidget(made)
    made.resize(240, 900)
    made.show_preview(preview(brief()))
    with qtbot.waitExposed(made):
        made.show()
    return made


def preview(made: Brief) -> Preview:
    page = QImage(10, 10, QImage.Format.Format_RGB32)
    return Preview(Wish("x"), made, (), Drawn(96.0, (page,), (page,)))


def said(widget: BriefingChecks) -> str:
    # A widget put into a layout is shown at the next turn of the event loop.
    QApplication.processEvents()
    labels = (one for one in widget.findChildren(Label) if one.isVisibleTo(widget))
    return "\n".join(one.text() for one in labels)


def test_without_a_finding_nothing_is_said_of_wording(checks: BriefingChecks) -> None:
    checks.show_preview(preview(brief(note("It is likely that they return."))))
    assert checks.wording.isHidden()
    assert "wording" not in said(checks)


def test_wordings_are_counted_among_the_checks_and_listed_once_opened(
    checks: BriefingChecks,
) -> None:
    checks.show_preview(preview(brief(note("They will probably return.", "Perhaps in spring."))))
    assert "2 wordings to look at" in said(checks)
    [row] = checks.wording.rules
    assert row.disclosure.text() == "Outside the seven terms (2)"
    assert "They will probably return." not in said(checks)
    row.disclosure.click()
    shown = said(checks)
    assert "They will probably return." in shown
    assert "Part 1, “What is said”, block 1" in shown
    assert "Write “likely” (55–80\N{NO-BREAK SPACE}%)." in shown


def test_rules_open_by_keyboard_alone_and_say_what_they_hold(checks: BriefingChecks) -> None:
    checks.show_preview(preview(brief(note("Perhaps; confidence is low that it is likely."))))
    checks.activateWindow()
    QApplication.processEvents()
    first, second = checks.wording.rules
    first.disclosure.setFocus()
    QTest.keyClick(first.disclosure, Qt.Key.Key_Return)
    assert first.list.isVisible()
    assert first.disclosure.accessibleDescription() == "“Perhaps”"
    QTest.keyClick(first.disclosure, Qt.Key.Key_Tab)
    assert second.disclosure.hasFocus()


def test_what_was_opened_stays_open_while_the_note_is_edited(checks: BriefingChecks) -> None:
    checks.show_preview(preview(brief(note("Perhaps."))))
    checks.wording.rules[0].disclosure.click()
    checks.show_preview(preview(brief(note("Perhaps. It is probable."))))
    assert checks.wording.rules[0].disclosure.isChecked()
    assert "It is probable." in said(checks)


def test_once_the_wording_is_mended_the_advice_is_gone(checks: BriefingChecks) -> None:
    checks.show_preview(preview(incident(assessed("Red Fox broke in."))))
    assert not checks.wording.isHidden()
    checks.show_preview(preview(incident(assessed("It is likely that Red Fox broke in."))))
    assert checks.wording.isHidden()
    checks.show_preview(None)
    assert checks.isHidden()


def test_an_assessment_counts_as_a_judgement_of_ours(checks: BriefingChecks) -> None:
    checks.show_preview(preview(incident(assessed("It is likely that Red Fox did it."))))
    assert "0 of 1 judgement have a source" in said(checks)


def test_very_many_wordings_are_cut_to_a_length_and_counted(checks: BriefingChecks) -> None:
    months = ["Perhaps.", "Presumably."]
    many = [f"It is {n} % likely." for n in range(10, 10 + MOST + 5)]
    checks.show_preview(preview(brief(note(*many, *months))))
    [row] = checks.wording.rules
    row.disclosure.click()
    assert f"({len(many) + 2})" in row.disclosure.text()
    assert "And 7 more wordings." in said(checks)


def test_words_from_a_note_are_shown_as_they_are_and_never_read_as_markup(
    checks: BriefingChecks,
) -> None:
    checks.show_preview(preview(brief(note("<b>Perhaps</b> <img src='file:///etc/passwd'>"))))
    checks.wording.rules[0].disclosure.click()
    assert "<b>Perhaps</b>" in said(checks)
    formats = {one.textFormat() for one in checks.findChildren(Label)}
    assert formats == {Qt.TextFormat.PlainText}


def test_help_on_wording_is_one_key_away(checks: BriefingChecks) -> None:
    assert checks.wording.property(HELP_TOPIC) == "reading#wording"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Perhaps.", "Perhaps."),
        ("word " * 30 + "perhaps" + " word" * 30, f"…{'word ' * 11}perhaps{' word' * 11}…"),
    ],
)
def test_words_are_shown_with_what_stands_around_them(text: str, shown: str) -> None:
    [wording] = brief_findings(brief(note(text))).wordings
    assert in_place(wording) == shown
