"""Rows that are changed, judged, marked and withdrawn: later versions, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from case_form_desk import ANALYST, CaseFormDesk, button, changed, problems, raid
from case_samples import claim, evidence, opinion, row_id, subject
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.core.case import (
    Assessment,
    Claim,
    Hypothesis,
    Opinion,
    Row,
    Suspected,
)
from briefing.core.case_page import CasePage
from briefing.core.case_words import ClaimStatus, Mark, Purpose, Stance, Supposes
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp
from briefing.settings import Settings
from briefing.ui.errors import ErrorDialog
from briefing.ui.theme import Theme
from briefing.ui.views.case_form_assessment import AssessmentPanel
from briefing.ui.views.case_form_claim import ClaimPanel
from briefing.ui.views.case_form_hypothesis import HypothesisPanel
from briefing.ui.views.case_form_incident import IncidentPanel
from briefing.ui.views.case_form_opinion import OpinionPanel
from briefing.ui.views.case_forms import RowDialog

H1, H2 = row_id("hypothesis", "h1"), row_id("hypothesis", "h2")
E1, E2 = row_id("evidence", "e1"), row_id("evidence", "e2")
J1 = row_id("assessment", "j1")


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def desk(
    qtbot: QtBot, theme: Theme, tmp_path: Path, bundled_database: Path
) -> Iterator[CaseFormDesk]:
    made = CaseFormDesk(qtbot, theme, tmp_path, bundled_database, ANALYST)
    yield made
    made.close()


@pytest.fixture
def page(desk: CaseFormDesk) -> CasePage:
    return desk.put()


def _row(page: CasePage, wanted: str) -> Row:
    return next(row for row in page.case.rows() if row.id == wanted)


def _cells(page: CasePage, wanted: str) -> dict[str, Mark]:
    hypothesis = _row(page, wanted)
    assert isinstance(hypothesis, Hypothesis)
    return {cell.evidence: cell.mark for cell in hypothesis.cells}


def _differing(one: Row, other: Row) -> set[str]:
    names = {field.name for field in fields(one)} - {"source"}
    return {name for name in names if getattr(one, name) != getattr(other, name)}


def _errors(desk: CaseFormDesk) -> list[str]:
    QApplication.processEvents()
    found = [one for one in desk.window.findChildren(ErrorDialog) if one.isVisible()]
    return [one.accessibleName() for one in found]


def test_a_change_is_a_later_version_and_the_first_one_is_kept(
    desk: CaseFormDesk, page: CasePage
) -> None:
    before = _row(page, row_id("claim", "a"))
    dialog = desk.editor.edit(page, before)
    assert isinstance(dialog, RowDialog)
    assert isinstance(dialog.panel, ClaimPanel)
    dialog.panel.status.set_value(ClaimStatus.RETRACTED)
    desk.press(dialog)
    newest, oldest = desk.versions(before.id)
    assert oldest == before
    assert isinstance(newest, Claim)
    assert newest.status is ClaimStatus.RETRACTED
    assert newest.modified == "2026-11-24T09:30:00.000Z"
    assert _differing(newest, before) == {"status", "author", "modified"}


@pytest.mark.parametrize(
    "row",
    [
        claim("a", credibility=None, suspected=(Suspected(Purpose.OTHER, "why"),), type="A term"),
        claim("a", confidence=Confidence.HIGH, basis="Attacker confirms", place=7, tlp=Tlp.RED),
        evidence("e1", bears_on=("a",), observed="2023", method="overlap"),
        subject(infrastructure=("bad.example",), last_seen="2023-09-12", victim="The harbour"),
    ],
)
def test_what_a_form_shows_it_gives_back(desk: CaseFormDesk, row: Row) -> None:
    others = [one for one in (subject(), claim("a")) if one.id != row.id]
    page = desk.put(row, *others)
    shown = _row(page, row.id)
    dialog = desk.editor.edit(page, shown)
    assert isinstance(dialog, RowDialog)
    desk.press(dialog)
    assert desk.saved == [page.case.incident.id]
    # A version that says nothing else than the one before is not written.
    assert desk.versions(row.id) == (shown,)


def test_a_clock_that_is_behind_does_not_undo_a_change(desk: CaseFormDesk) -> None:
    ahead = "2031-01-01T00:00:00.000Z"
    rows = tuple(changed(row, created=ahead, modified=ahead) for row in raid())
    page = desk.put(*rows)
    dialog = desk.editor.edit(page, _row(page, H2))
    assert isinstance(dialog, RowDialog)
    assert isinstance(dialog.panel, HypothesisPanel)
    dialog.panel.text.set_text("Somebody without a name did it.")
    desk.press(dialog)
    now = _row(desk.page(), H2)
    assert isinstance(now, Hypothesis)
    assert now.text == "Somebody without a name did it."
    assert now.modified > ahead


def test_an_incident_is_changed_and_its_ids_are_checked(desk: CaseFormDesk, page: CasePage) -> None:
    dialog = desk.editor.edit(page, page.case.incident)
    assert isinstance(dialog, RowDialog)
    panel = dialog.panel
    assert isinstance(panel, IncidentPanel)
    panel.techniques.set_text("t1566.004\nT99")
    panel.software.set_text("1068")
    panel.last_seen.input.setText("2023-08")
    desk.press(dialog)
    said = problems(panel)
    assert "“T99” is no id of ATT&CK." in said["techniques"]
    assert "“1068” is no id of ATT&CK." in said["software"]
    assert said["last_seen"] == "It cannot have ended before it began."
    panel.techniques.set_text("t1566.004")
    panel.software.set_text("S1068")
    panel.last_seen.input.setText("2023")
    desk.press(dialog)
    incident = desk.page().case.incident
    assert (incident.techniques, incident.software) == (("T1566.004",), ("S1068",))
    assert (incident.slug, incident.last_seen) == ("raid-2023", "2023")
    assert incident.documents == page.case.incident.documents


def test_a_hypothesis_is_worded_from_what_it_supposes_and_whom_it_names(
    desk: CaseFormDesk, page: CasePage
) -> None:
    dialog = desk.editor.add_hypothesis(page)
    panel = dialog.panel
    assert isinstance(panel, HypothesisPanel)
    desk.press(dialog)
    assert set(problems(panel)) == {"supposes", "text"}
    panel.supposes.stops[2].setFocus()
    QTest.keyClick(panel.supposes.stops[2], Qt.Key.Key_Space)
    assert panel.short.text() == "An actor nobody has named"
    assert not panel.fields["actors"].isVisible()
    QTest.keyClick(panel.supposes.stops[2], Qt.Key.Key_Up)
    QTest.keyClick(panel.supposes.stops[1], Qt.Key.Key_Up)
    assert panel.supposes.value == Supposes.ACTOR
    assert panel.text.text() == ""
    line = panel.actors.line.line.input
    QTest.keyClicks(line, "no such actor")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "Nobody in the catalogue bears the name" in line.accessibleDescription()
    desk.press(dialog)
    assert "actors" in problems(panel)
    line.clear()
    QTest.keyClicks(line, "Andariel")
    panel.actors.line.close_list()
    button(panel.actors, "Add this actor").click()
    assert "Say who is meant." in line.accessibleDescription()
    panel.actors.meant.stops[0].click()
    assert panel.short.text() == f"{panel.actors.labels[0]} alone"
    desk.press(dialog)
    made = desk.page().case.hypotheses[-1]
    assert (made.supposes, len(made.actors), made.cells) == (Supposes.ACTOR, 1, ())
    assert made.text == f"{made.short.removesuffix(' alone')} did it alone."


def test_a_changed_hypothesis_keeps_its_cells(desk: CaseFormDesk, page: CasePage) -> None:
    dialog = desk.editor.edit(page, _row(page, H1))
    assert isinstance(dialog, RowDialog)
    assert isinstance(dialog.panel, HypothesisPanel)
    dialog.panel.short.input.setText("Heron")
    desk.press(dialog)
    assert _cells(desk.page(), H1) == {E1: Mark.C, E2: Mark.N}


def _assessment(desk: CaseFormDesk, page: CasePage) -> tuple[RowDialog, AssessmentPanel]:
    dialog = desk.editor.new_assessment(page)
    assert dialog is not None
    assert isinstance(dialog.panel, AssessmentPanel)
    return dialog, dialog.panel


def test_a_new_assessment_supersedes_the_one_that_stands(
    desk: CaseFormDesk, page: CasePage
) -> None:
    dialog, panel = _assessment(desk, page)
    assert panel.hypothesis.value == page.weighing.leaders[0]
    assert panel.gaps.lines() == ("Nobody has seen the machines.",)
    desk.press(dialog)
    assert set(problems(panel)) == {"text", "likelihood", "confidence"}
    panel.text.set_text("Heron carried out the raid.")
    panel.likelihood.set_value("very likely")
    panel.confidence.set_value("low")
    panel.basis.set_text("One lab has looked into it.")
    panel.assumptions.set_text("The key was not stolen.\n\nNobody lent it.")
    panel.date.input.setText("2026-11")
    desk.press(dialog)
    assert problems(panel) == {"date": "Type the day, such as 2023-09-14."}
    panel.date.input.setText("2026-11-23")
    desk.press(dialog)
    case = desk.page().case
    made = case.assessment
    assert made is not None
    assert made.supersedes == J1
    assert (made.likelihood, made.confidence) == (Likelihood.VERY_LIKELY, Confidence.LOW)
    assert made.assumptions == ("The key was not stolen.", "Nobody lent it.")
    assert (made.date, made.basis) == ("2026-11-23", "One lab has looked into it.")
    assert len(case.assessments) == 2


def test_editing_an_assessment_asks_for_a_new_one(desk: CaseFormDesk, page: CasePage) -> None:
    dialog = desk.editor.edit(page, _row(page, J1))
    assert isinstance(dialog, RowDialog)
    assert isinstance(dialog.panel, AssessmentPanel)
    assert dialog.windowTitle() == "New assessment"


def test_likelihood_and_confidence_in_one_sentence_are_refused_once(
    desk: CaseFormDesk, page: CasePage
) -> None:
    dialog, panel = _assessment(desk, page)
    mixed = "Heron very likely did it, with high confidence."
    panel.text.set_text(mixed)
    panel.likelihood.set_value("very likely")
    panel.confidence.set_value("high")
    desk.press(dialog)
    assert "both stand in one sentence" in panel.fields["text"].warning
    assert dialog.do.text() == "Record it all the same"
    assert panel.text.text() == mixed
    assert desk.saved == []
    QTest.keyClicks(panel.text, " ")
    assert panel.fields["text"].warning == ""
    assert dialog.do.text() == "Record the assessment"
    desk.press(dialog)
    assert desk.saved == []
    desk.press(dialog)
    standing = desk.page().case.assessment
    assert standing is not None
    assert standing.text == mixed


def test_an_assessment_needs_a_hypothesis_and_an_opinion_an_assessment(desk: CaseFormDesk) -> None:
    page = desk.put(subject())
    assert desk.editor.new_assessment(page) is None
    assert desk.editor.second_opinion(page) is None
    assert desk.dialogs() == []
    assert _errors(desk) == [
        "An assessment judges a hypothesis, and none is recorded yet.",
        "A second opinion is about an assessment, and none is recorded yet.",
    ]


def test_an_opinion_names_the_assessment_and_is_better_somebody_elses(
    desk: CaseFormDesk, page: CasePage
) -> None:
    page = replace(page, case=replace(page.case, assessments=(_by(page, ANALYST),)))
    dialog = desk.editor.second_opinion(page)
    assert dialog is not None
    panel = dialog.panel
    assert isinstance(panel, OpinionPanel)
    desk.press(dialog)
    assert set(problems(panel)) == {"stance", "text"}
    panel.stance.set_value(Stance.DISAGREE)
    panel.text.set_text("The key was published.")
    panel.instead.set_value(H2)
    desk.press(dialog)
    assert "The assessment bears the same name." in dialog.author.field.warning
    dialog.author.name.input.setText("Carla Example")
    dialog.author.name.edited.emit("Carla Example")
    desk.press(dialog)
    [made] = desk.page().case.opinions
    assert (made.assessment, made.stance, made.hypothesis) == (J1, Stance.DISAGREE, H2)
    assert (made.author, made.date) == ("Carla Example", "2026-11-24")
    assert desk.settings.settings.analyst == "Carla Example"


def _by(page: CasePage, author: str) -> Assessment:
    standing = page.case.assessment
    assert standing is not None
    return replace(standing, author=author)


def test_the_name_under_which_one_records_can_be_changed(
    desk: CaseFormDesk, page: CasePage
) -> None:
    dialog = desk.editor.edit(page, _row(page, H1))
    assert isinstance(dialog, RowDialog)
    assert not dialog.author.name.isVisible()
    dialog.author.change.click()
    assert dialog.author.name.isVisible()
    dialog.author.name.input.setText("a\x07b")
    desk.press(dialog)
    assert "holds characters that are no text" in dialog.author.field.problem
    assert desk.settings.settings.analyst == ANALYST
    dialog.author.name.input.setText("Carla Example")
    desk.press(dialog)
    assert desk.versions(H1)[0].author != "Carla Example"  # nothing else was changed
    assert desk.settings.settings.analyst == "Carla Example"


def test_settings_that_cannot_be_written_keep_no_row_from_being_recorded(
    desk: CaseFormDesk, page: CasePage, tmp_path: Path
) -> None:
    desk.settings.settings = Settings()
    (tmp_path / "settings.json").mkdir()
    dialog = desk.editor.edit(page, _row(page, H2))
    assert isinstance(dialog, RowDialog)
    assert isinstance(dialog.panel, HypothesisPanel)
    dialog.panel.short.input.setText("Nobody")
    dialog.author.name.input.setText(ANALYST)
    desk.press(dialog)
    assert desk.versions(H2)[0].author == ANALYST


def test_whoever_decided_about_actors_is_proposed_as_the_analyst(
    desk: CaseFormDesk, page: CasePage
) -> None:
    desk.settings.settings = Settings().remember("identity.decided by", "Dora Example")
    dialog = desk.editor.add_claim(page)
    assert dialog.author.field.isVisible()
    assert dialog.author.author == "Dora Example"


def test_an_opinion_can_be_changed(desk: CaseFormDesk) -> None:
    page = desk.put(*raid(), opinion("o1", "j1"))
    dialog = desk.editor.edit(page, page.case.opinions[0])
    assert isinstance(dialog, RowDialog)
    assert isinstance(dialog.panel, OpinionPanel)
    dialog.panel.stance.set_value(Stance.AGREE)
    desk.press(dialog)
    [made] = desk.page().case.opinions
    assert isinstance(made, Opinion)
    assert (made.stance, made.text) == (Stance.AGREE, "The record does not carry it.")
