"""A new incident in three steps: by keyboard alone, with refusals, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_form_desk import ANALYST, NOW, CaseFormDesk, activate, problems, tab_to
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.case import Cited
from briefing.core.case_words import Claimant, Purpose, Supposes
from briefing.core.tlp import Tlp
from briefing.services.cases import list_cases
from briefing.settings import load_settings
from briefing.ui.theme import Theme
from briefing.ui.views.case_new import NewIncidentDialog

ENTER, TAB, DOWN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Space
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def desk(
    qtbot: QtBot, theme: Theme, tmp_path: Path, bundled_database: Path
) -> Iterator[CaseFormDesk]:
    made = CaseFormDesk(qtbot, theme, tmp_path, bundled_database)
    yield made
    made.close()


class _Keys:
    """A person who has a keyboard and nothing else."""

    def __init__(self, dialog: NewIncidentDialog) -> None:
        self.dialog = dialog

    @property
    def focus(self) -> QWidget:
        """What the next key goes to: a list that is open, or the field with the keyboard."""
        QApplication.processEvents()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        found = self.dialog.focusWidget()
        assert found is not None
        return found

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.focus, key)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    def to(self, name: str) -> None:
        """Tab to what a screen reader calls so."""
        tab_to(self.dialog, lambda one: one.accessibleName().startswith(name))

    def fill(self, name: str, text: str) -> None:
        """Tab there, and type instead of what stands there."""
        self.to(name)
        QTest.keyClick(self.focus, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.type(text)

    def choose(self, name: str, search: str) -> None:
        """Open a list, search it, take what is found first."""
        self.to(name)
        self.press(ENTER)
        self.type(search)
        self.press(ENTER)

    def mnemonic(self, key: Qt.Key) -> None:
        """Alt with an underlined letter, which shows the button pressed for a moment."""
        QTest.keyClick(self.focus, key, ALT)
        buttons = self.dialog.findChildren(QPushButton)
        assert any(one.isDown() for one in buttons)
        while any(one.isDown() for one in buttons):
            QTest.qWait(5)


def _opened(desk: CaseFormDesk) -> NewIncidentDialog:
    dialog = desk.editor.new_incident()
    activate(dialog)
    return dialog


def _type_what_happened(keys: _Keys) -> None:
    keys.type("Raid on the ferry, June 2024")
    keys.fill("Began", "14 June 2024")
    keys.fill("Became public", "2024-06")
    keys.fill("Victim", "Ferry Line")
    keys.choose("Add a sector", "transport")
    keys.choose("Add a country", "norway")
    keys.fill("What happened", "The ferry stood still for a day.")
    keys.fill("Link", "https://gazette.example/2024/06/15/ferry")
    keys.fill("Title of the document", "Ferry stands still")
    keys.mnemonic(Qt.Key.Key_N)


def _type_the_claim(keys: _Keys) -> None:
    keys.press(DOWN)
    assert keys.dialog.claim.claimant.value == Claimant.ACTOR
    keys.fill("Name of the claimant", "Winter Vivern")
    keys.press(Qt.Key.Key_Escape)
    keys.fill("Who is said to have done it", "winter viv")
    keys.press(DOWN, ENTER)
    keys.fill("What is said", "It stopped the ferry.")
    keys.to("Credibility")
    keys.press(SPACE)
    keys.fill("Why somebody suspects: Credibility", "It showed no proof.")
    keys.to("Reliability of the source")
    keys.press(*[DOWN] * 5)
    keys.mnemonic(Qt.Key.Key_N)


def _type_the_answers(keys: _Keys) -> None:
    keys.to("A false flag")
    keys.press(SPACE)
    keys.fill("Another answer", "an affiliate did it alone.")
    keys.fill("Your name", ANALYST)
    keys.press(ENTER)


def test_a_whole_incident_is_recorded_by_keyboard_alone(desk: CaseFormDesk, tmp_path: Path) -> None:
    dialog = _opened(desk)
    keys = _Keys(dialog)
    _type_what_happened(keys)
    assert dialog.step == 1
    assert dialog.claim.documents.documents == (
        Cited(
            "https://gazette.example/2024/06/15/ferry",
            "Ferry stands still",
            "gazette.example",
            "2024-06-15",
        ),
    )
    _type_the_claim(keys)
    assert problems(dialog.claim) == {}
    assert dialog.claim.accused.accused == "Winter Vivern"
    assert dialog.step == 2
    assert dialog.focusWidget() is dialog.answers.claimed.box
    _type_the_answers(keys)
    desk.settle()

    assert desk.dialogs() == []
    page = desk.page("raid-on-the-ferry-2024")
    case = page.case
    assert desk.saved == [case.incident.id]
    incident = case.incident
    assert (incident.name, incident.victim) == ("Raid on the ferry, June 2024", "Ferry Line")
    assert (incident.first_seen, incident.disclosed) == ("2024-06-14", "2024-06")
    assert (incident.sectors, incident.countries) == (("transport",), ("NO",))
    assert incident.description == "The ferry stood still for a day."
    assert incident.author == ANALYST
    assert incident.created == "2026-11-24T09:30:00.000Z"
    [claim] = case.claims
    assert (claim.by, claim.accused, claim.date) == ("Winter Vivern", "Winter Vivern", "2024-06-15")
    assert page.actors[claim.actor].name == "Winter Vivern"
    assert claim.basis == "Attacker confirms"
    assert (claim.reliability, claim.credibility, claim.origin) == ("E", None, "gazette.example")
    assert [(one.purpose, one.why) for one in claim.suspected] == [
        (Purpose.CREDIBILITY, "It showed no proof.")
    ]
    assert [(one.short, one.supposes, one.actors) for one in case.hypotheses] == [
        ("Winter Vivern", Supposes.ACTOR, (claim.actor,)),
        ("An actor nobody has named", Supposes.UNKNOWN, ()),
        ("an affiliate did it alone.", Supposes.ACTOR, ()),
    ]
    assert load_settings(tmp_path / "settings.json")[0].analyst == ANALYST


def test_everything_is_one_snapshot_and_the_name_is_not_asked_again(desk: CaseFormDesk) -> None:
    count = "SELECT count(*) FROM snapshot"
    before = desk.knowledge.connection.execute(count).fetchone()[0]
    for number in (1, 2):
        dialog = _opened(desk)
        dialog.incident.name.input.setText("Raid")
        dialog.do.click()
        dialog.skip.click()
        asks = dialog.author.field.isVisible()
        assert asks == (number == 1)
        dialog.author.name.input.setText(ANALYST)
        desk.press(dialog)
        assert desk.knowledge.connection.execute(count).fetchone()[0] == before + number
    # No date is known: the id has the year in which it is recorded, and a number where it is taken.
    slugs = [row.slug for row in list_cases(desk.knowledge.connection) if row.name == "Raid"]
    assert sorted(slugs) == [f"raid-{NOW.year}", f"raid-{NOW.year}-2"]
    case = desk.page(f"raid-{NOW.year}").case
    assert case.claims == ()
    assert [one.supposes for one in case.hypotheses] == [Supposes.UNKNOWN, Supposes.FALSE_FLAG]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("first_seen", "2023-9", "“2023-9” is no date. Type 2023, 2023-09 or 2023-09-14."),
        ("first_seen", "2023-02-30", "There is no such day as 2023-02-30."),
        ("disclosed", "last week", "“last week” is no date."),
        ("victim", "a\x07b", "This holds characters that are no text."),
        ("victim", "a" * 20_001, "This is longer than 20,000 characters."),
        ("name", "  ", "Give the incident a name"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_stays(
    desk: CaseFormDesk, field: str, typed: str, said: str
) -> None:
    dialog = _opened(desk)
    dialog.incident.name.input.setText("Raid")
    line = getattr(dialog.incident, field)
    line.input.setText(typed)
    dialog.do.click()
    assert dialog.step == 0
    assert said in problems(dialog.incident)[field]
    assert line.text() == typed
    assert dialog.focusWidget() is line.input


@pytest.mark.parametrize(
    ("link", "title", "published", "field", "said"),
    [
        ("gazette.example/ferry", "Ferry", "", "link", "It begins with https://"),
        ("http://gazette.example/ferry", "Ferry", "", "link", "It begins with https://"),
        ("https://gazette.example/a b", "Ferry", "", "link", "has no blanks"),
        ("https://gazette.example/a", "", "", "title", "Type its title"),
        ("", "Ferry", "2023-9", "published", "“2023-9” is no date."),
    ],
)
def test_an_incomplete_document_keeps_the_first_step_open(
    desk: CaseFormDesk,
    link: str,
    title: str,
    published: str,
    field: str,
    said: str,
) -> None:
    dialog = _opened(desk)
    dialog.incident.name.input.setText("Raid")
    entry = dialog.incident.documents.entry
    entry.link.input.setText(link)
    entry.title.input.setText(title)
    entry.published.input.setText(published)
    dialog.do.click()
    assert dialog.step == 0
    assert "not complete yet" in problems(dialog.incident)["documents"]
    assert said in entry.fields[field].problem
    assert entry.link.text() == link
    for line in (entry.link, entry.title, entry.published):
        line.input.clear()
    dialog.do.click()
    assert dialog.step == 1


def test_back_keeps_what_was_typed_and_a_skipped_claim_is_not_recorded(desk: CaseFormDesk) -> None:
    dialog = _opened(desk)
    keys = _Keys(dialog)
    keys.type("Raid")
    keys.press(ENTER)
    assert dialog.step == 1
    assert [dialog.back.isVisible(), dialog.skip.isVisible()] == [True, True]
    dialog.do.click()
    assert set(problems(dialog.claim)) == {
        *("claimant", "by", "accused", "text", "documents", "reliability")
    }
    keys.fill("Name of the claimant", "Nobody in particular")
    keys.mnemonic(Qt.Key.Key_B)
    assert dialog.step == 0
    assert dialog.incident.name.text() == "Raid"
    keys.mnemonic(Qt.Key.Key_N)
    assert dialog.claim.by.text() == "Nobody in particular"
    keys.mnemonic(Qt.Key.Key_S)
    assert dialog.step == 2
    assert not dialog.answers.claimed.isVisible()
    keys.mnemonic(Qt.Key.Key_R)
    assert "Say who records this." in dialog.author.field.problem
    keys.type(ANALYST)
    keys.mnemonic(Qt.Key.Key_R)
    desk.settle()
    assert desk.page("raid-2026").case.claims == ()


def test_the_label_of_the_incident_is_that_of_its_claim_and_its_answers(desk: CaseFormDesk) -> None:
    dialog = _opened(desk)
    dialog.incident.name.input.setText("Raid")
    dialog.incident.tlp.setCurrentIndex(Tlp.AMBER.value)
    dialog.do.click()
    assert dialog.claim.tlp.level is Tlp.AMBER
    dialog.skip.click()
    dialog.author.name.input.setText(ANALYST)
    desk.press(dialog)
    assert {row.tlp for row in desk.page("raid-2026").case.rows()} == {Tlp.AMBER}


def test_what_cannot_be_written_is_told_and_what_was_typed_stays(desk: CaseFormDesk) -> None:
    dialog = _opened(desk)
    dialog.incident.name.input.setText("Raid")
    dialog.do.click()
    dialog.skip.click()
    dialog.author.name.input.setText(ANALYST)
    desk.path.write_bytes(b"no database any more")
    desk.press(dialog)
    assert dialog.isVisible()
    assert str(desk.path) in desk.told(dialog)
    assert dialog.do.isEnabled()
    assert desk.saved == []


def test_an_answer_that_is_no_text_is_refused(desk: CaseFormDesk) -> None:
    dialog = _opened(desk)
    dialog.incident.name.input.setText("Raid")
    dialog.do.click()
    dialog.skip.click()
    dialog.author.name.input.setText(ANALYST)
    dialog.answers.another.input.setText("a\x07b")
    dialog.do.click()
    assert "holds characters that are no text" in dialog.answers.field.problem
    assert desk.saved == []


def test_every_button_says_what_it_does_and_shows_its_letter(desk: CaseFormDesk) -> None:
    dialog = _opened(desk)
    dialog.incident.name.input.setText("Raid")
    dialog.do.click()
    shown = [one for one in dialog.findChildren(QPushButton) if one.parent() is dialog]
    words = {one.accessibleName(): one.text() for one in shown if one.isVisible()}
    assert words == {
        "Cancel": "Cancel",
        "Back": "&Back",
        "Skip this step": "&Skip this step",
        "Next": "&Next",
    }
