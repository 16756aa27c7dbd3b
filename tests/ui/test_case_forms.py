"""The forms of claims and evidence: what is proposed, what is refused, what is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from case_form_desk import ANALYST, CaseFormDesk, activate, button, problems
from case_samples import document, row_id, subject
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from wheel import taken

from briefing.core.case import Claim, Evidence, Suspected
from briefing.core.case_page import CasePage
from briefing.core.case_words import (
    Claimant,
    ClaimStatus,
    EvidenceKind,
    Level,
    Purpose,
    Relevance,
    Vertex,
)
from briefing.core.estimates import Confidence
from briefing.core.tlp import Tlp
from briefing.store.names import find_exact
from briefing.ui.theme import Theme
from briefing.ui.views.case_form_claim import ClaimPanel
from briefing.ui.views.case_form_evidence import EvidencePanel
from briefing.ui.views.case_forms import RowDialog


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


def _claim(desk: CaseFormDesk, page: CasePage) -> tuple[RowDialog, ClaimPanel]:
    """The form of a claim, filled in well."""
    dialog = desk.editor.add_claim(page)
    panel = dialog.panel
    assert isinstance(panel, ClaimPanel)
    panel.claimant.set_value(Claimant.VENDOR)
    panel.by.set_text("Lab of Wading")
    panel.accused.set_accused("Somebody new", "")
    panel.text.set_text("Says that somebody new did it.")
    panel.reliability.set_value("B")
    panel.documents.set_documents((document("lab"),))
    return dialog, panel


def _evidence(desk: CaseFormDesk, page: CasePage) -> tuple[RowDialog, EvidencePanel]:
    """The form of a piece of evidence, filled in well."""
    dialog = desk.editor.add_evidence(page)
    panel = dialog.panel
    assert isinstance(panel, EvidencePanel)
    panel.text.set_text("The wiper bears a time zone.")
    panel.kind.set_value(EvidenceKind.LANGUAGE_TIME)
    panel.vertex.set_value(Vertex.ADVERSARY)
    panel.level.set_value(Level.TACTICAL)
    panel.reliability.set_value("B")
    panel.credibility.set_value("3")
    panel.origin.set_text("Lab of Wading")
    panel.documents.set_documents((document("lab"),))
    return dialog, panel


def test_a_claim_is_recorded_with_everything_that_was_said(
    desk: CaseFormDesk, page: CasePage
) -> None:
    dialog, panel = _claim(desk, page)
    panel.channel.set_text("technical report")
    panel.stated_motive.input.setText("money")
    panel.purposes.boxes[Purpose.CONCEAL_CULPRIT].box.click()
    assert panel.purposes.whys[Purpose.CONCEAL_CULPRIT].isVisible()
    panel.purposes.whys[Purpose.CONCEAL_CULPRIT].input.setText("It  names a rival.")
    panel.status.set_value(ClaimStatus.CONTESTED)
    panel.credibility.set_value("4")
    panel.origin.set_text("Lab of Wading")
    panel.confidence.set_value("medium")
    desk.press(dialog)
    case = desk.page().case
    assert desk.saved == [case.incident.id]
    assert not desk.dialogs()
    made = case.claims[-1]
    assert isinstance(made, Claim)
    assert (made.claimant, made.by, made.accused) == (
        *(Claimant.VENDOR, "Lab of Wading", "Somebody new"),
    )
    assert (made.channel, made.stated_motive, made.date) == (
        *("technical report", "money", "2026-11-24"),
    )
    assert made.suspected == (Suspected(Purpose.CONCEAL_CULPRIT, "It names a rival."),)
    assert (made.status, made.grade.code) == (ClaimStatus.CONTESTED, "B4")
    assert (made.confidence, made.origin) == (Confidence.MEDIUM, "Lab of Wading")
    assert (made.author, made.tlp, made.place) == (ANALYST, Tlp.GREEN, 1)
    assert made.created == made.modified == "2026-11-24T09:30:00.000Z"
    assert made.documents == (document("lab"),)


@pytest.mark.parametrize(
    ("field", "spoil", "said"),
    [
        ("claimant", lambda p: p.claimant.set_value(None), "Say what kind of party"),
        ("by", lambda p: p.by.set_text(" "), "Name whoever makes the claim"),
        ("by", lambda p: p.by.set_text("a\x07b"), "holds characters that are no text"),
        ("accused", lambda p: p.accused.set_accused("", ""), "Name whoever is said"),
        ("accused", lambda p: p.accused.set_accused("a\x07b", ""), "no text"),
        ("text", lambda p: p.text.set_text(""), "Say in a sentence what is claimed."),
        ("date", lambda p: p.date.input.setText(""), "Say when the claim was made."),
        ("date", lambda p: p.date.input.setText("2023-9"), "“2023-9” is no date."),
        ("documents", lambda p: p.documents.set_documents(()), "A claim needs a source"),
        ("reliability", lambda p: p.reliability.set_value(None), "Choose a letter"),
    ],
)
def test_a_claim_that_lacks_something_is_refused_at_its_field(
    desk: CaseFormDesk, page: CasePage, field: str, spoil: Any, said: str
) -> None:
    dialog, panel = _claim(desk, page)
    spoil(panel)
    desk.press(dialog)
    assert set(problems(panel)) == {field}
    assert said in problems(panel)[field]
    assert dialog.isVisible()
    assert panel.text.text() in ("", "Says that somebody new did it.")
    assert desk.saved == []
    assert len(desk.page().case.claims) == 2


@pytest.mark.parametrize(
    ("field", "spoil", "said"),
    [
        ("text", lambda p: p.text.set_text(""), "Say in a sentence what it shows."),
        ("text", lambda p: p.text.set_text("a\x07b"), "no text"),
        ("kind", lambda p: p.kind.set_value(None), "Choose what it is about."),
        ("vertex", lambda p: p.vertex.set_value(None), "one of the four vertices"),
        ("level", lambda p: p.level.set_value(None), "one of the three levels"),
        ("documents", lambda p: p.documents.set_documents(()), "Evidence needs a source"),
        ("reliability", lambda p: p.reliability.set_value(None), "how reliable the source is"),
        ("credibility", lambda p: p.credibility.set_value(None), "Choose how credible it is"),
        ("origin", lambda p: p.origin.set_text(""), "Say where it starts"),
        ("observed", lambda p: p.observed.input.setText("2023-9"), "“2023-9” is no date."),
    ],
)
def test_evidence_that_lacks_something_is_refused_at_its_field(
    desk: CaseFormDesk, page: CasePage, field: str, spoil: Any, said: str
) -> None:
    dialog, panel = _evidence(desk, page)
    spoil(panel)
    desk.press(dialog)
    assert set(problems(panel)) == {field}
    assert said in problems(panel)[field]
    assert desk.saved == []
    assert len(desk.page().case.evidence) == 2


def test_evidence_is_recorded_and_bears_on_the_claims_that_are_ticked(
    desk: CaseFormDesk, page: CasePage
) -> None:
    dialog, panel = _evidence(desk, page)
    panel.claims.boxes[row_id("claim", "b")].click()
    panel.relevance.set_value(Relevance.HIGH)
    panel.observed.input.setText("Sept 2023")
    desk.press(dialog)
    made = desk.page().case.evidence[-1]
    assert isinstance(made, Evidence)
    assert made.bears_on == (row_id("claim", "b"),)
    assert (made.kind, made.vertex, made.level) == (
        *(EvidenceKind.LANGUAGE_TIME, Vertex.ADVERSARY, Level.TACTICAL),
    )
    assert (made.grade.code, made.relevance, made.observed) == ("B3", Relevance.HIGH, "2023-09")
    assert (made.place, made.method) == (1, "")


def test_a_kind_of_evidence_proposes_its_vertex_until_somebody_chooses_one(
    desk: CaseFormDesk, page: CasePage
) -> None:
    panel = desk.editor.add_evidence(page).panel
    assert isinstance(panel, EvidencePanel)
    seen = []
    for _ in range(3):
        QTest.keyClick(panel.kind.box, Qt.Key.Key_Down)
        seen.append((panel.kind.value, panel.vertex.value))
    assert seen == [
        (EvidenceKind.TTP, Vertex.CAPABILITY),
        (EvidenceKind.INFRASTRUCTURE, Vertex.INFRASTRUCTURE),
        (EvidenceKind.VICTIMOLOGY, Vertex.VICTIM),
    ]
    QTest.keyClick(panel.vertex.box, Qt.Key.Key_Home)
    QTest.keyClick(panel.kind.box, Qt.Key.Key_Up)
    assert panel.vertex.value == Vertex.ADVERSARY


def test_what_a_publisher_was_graded_before_is_proposed_with_words(
    desk: CaseFormDesk, page: CasePage
) -> None:
    panel = desk.editor.add_evidence(page).panel
    assert isinstance(panel, EvidencePanel)
    field = panel.documents
    field.again.click()
    field._popup.chosen.emit("https://lab.example/lab")
    assert panel.reliability.value == "B"
    assert panel.reliability.told == "As Lab of Wading was graded before: usually reliable."
    assert panel.origin.text() == "origin of e1"
    button(field, "Do not cite The lab").click()
    assert panel.reliability.value is None
    assert panel.origin.text() == ""


def test_a_grade_and_an_origin_that_somebody_chose_stay(desk: CaseFormDesk, page: CasePage) -> None:
    panel = desk.editor.add_evidence(page).panel
    assert isinstance(panel, EvidencePanel)
    QTest.keyClick(panel.reliability.box.box, Qt.Key.Key_End)
    QTest.keyClicks(panel.origin.line.line.input, "Heard in a corridor")
    panel.documents._popup.chosen.emit("https://lab.example/lab")
    assert panel.reliability.value == "F"
    assert panel.origin.text() == "Heard in a corridor"
    panel.origin.known.box.activated.emit(0)
    assert panel.origin.text() == "origin of e1"


def test_a_document_that_repeats_another_has_the_origin_of_that_one(
    desk: CaseFormDesk, page: CasePage
) -> None:
    panel = desk.editor.add_evidence(page).panel
    assert isinstance(panel, EvidencePanel)
    button(panel.documents, "Add a document").click()
    entry = panel.documents.entry
    assert entry.isVisible()
    QTest.keyClicks(entry.link.input, "https://www.echo.example/2023/10/05/wiper")
    assert entry.publisher.text() == "echo.example"
    assert entry.published.text() == "2023-10-05"
    QTest.keyClicks(entry.title.input, "A wiper, says a lab")
    entry.repeats.set_value("https://lab.example/lab")
    QTest.keyClick(entry.title.input, Qt.Key.Key_Return)
    [cited] = panel.documents.documents
    assert (cited.publisher, cited.repeats) == ("echo.example", "https://lab.example/lab")
    assert panel.origin.text() == "origin of e1"


def test_a_document_of_a_new_publisher_proposes_that_as_its_origin(
    desk: CaseFormDesk, page: CasePage
) -> None:
    panel = desk.editor.add_claim(page).panel
    assert isinstance(panel, ClaimPanel)
    entry = panel.documents.entry
    panel.documents.more.click()
    QTest.keyClicks(entry.link.input, "https://echo.example/2023/10/05/wiper")
    QTest.keyClicks(entry.title.input, "A wiper")
    QTest.keyClicks(entry.publisher.input, " News")
    button(panel.documents, "Add this document").click()
    assert panel.origin.text() == "echo.example News"
    assert panel.date.day == "2023-10-05"


def test_a_date_somebody_typed_is_not_replaced_by_that_of_the_document(
    desk: CaseFormDesk, page: CasePage
) -> None:
    panel = desk.editor.add_claim(page).panel
    assert isinstance(panel, ClaimPanel)
    panel.date.input.clear()
    QTest.keyClicks(panel.date.input, "14 Sept 2023")
    panel.documents._popup.chosen.emit("https://gazette.example/gazette")
    QTest.keyClick(panel.date.input, Qt.Key.Key_Tab)
    assert panel.date.day == "2023-09-14"


def test_an_ambiguous_name_is_said_to_be_one_and_asks_who_is_meant(
    desk: CaseFormDesk, page: CasePage
) -> None:
    bearers = find_exact(desk.knowledge.connection, "Andariel")
    assert len(bearers) > 1
    dialog, panel = _claim(desk, page)
    line = panel.accused.line.line.input
    line.clear()
    QTest.keyClicks(line, "Andariel")
    assert "“Andariel” is the name of" in panel.accused.told
    assert panel.accused.actor == ""
    desk.press(dialog)
    assert problems(panel) == {"accused": "Say which of them is meant, or that nobody can say."}
    panel.accused.meant.stops[1].click()
    assert panel.accused.actor == bearers[1].entity
    panel.accused.meant.stops[-1].click()
    assert panel.accused.actor == ""
    desk.press(dialog)
    assert (desk.page().case.claims[-1].accused, desk.page().case.claims[-1].actor) == (
        *("Andariel", ""),
    )


def test_a_completion_that_was_only_walked_over_means_its_actor_too(
    desk: CaseFormDesk, page: CasePage
) -> None:
    dialog, panel = _claim(desk, page)
    activate(dialog)
    field, line = panel.accused, panel.accused.line.line.input
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, "fancy be")
    assert field.actor == ""
    QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    assert line.text() == "Fancy Bear"
    QTest.keyClick(popup, Qt.Key.Key_Tab)
    assert field.told == "In the catalogue: Fancy Bear – APT28, G0007."
    [only] = find_exact(desk.knowledge.connection, "APT28")
    assert (field.accused, field.actor) == ("Fancy Bear", only.entity)


def test_a_name_means_the_one_actor_that_bears_it_and_nobody_where_none_does(
    desk: CaseFormDesk, page: CasePage
) -> None:
    _, panel = _claim(desk, page)
    field = panel.accused
    field.set_accused("Winter Vivern", "")
    [only] = find_exact(desk.knowledge.connection, "winter vivern")
    assert field.actor == only.entity
    assert field.told.startswith("In the catalogue: Winter Vivern")
    field.set_accused("Winter Vivernn", "")
    assert field.actor == ""
    assert "kept as it is written. Close to it: Winter Vivern" in field.told
    field.set_accused("The ferrymen", only.entity)
    assert field.told == "Kept as Winter Vivern of the catalogue."


def test_who_says_it_proposes_the_basis_until_somebody_chooses_one(
    desk: CaseFormDesk, page: CasePage
) -> None:
    panel = desk.editor.add_claim(page).panel
    assert isinstance(panel, ClaimPanel)
    QTest.keyClick(panel.claimant.box, Qt.Key.Key_Down)
    assert (panel.claimant.value, panel.basis.value) == (Claimant.ACTOR, "Attacker confirms")
    QTest.keyClick(panel.basis.box, Qt.Key.Key_End)
    chosen = panel.basis.value
    QTest.keyClick(panel.claimant.box, Qt.Key.Key_Down)
    assert panel.claimant.value == Claimant.GOVERNMENT
    assert panel.basis.value == chosen != "Attacker confirms"


def test_the_wheel_scrolls_the_form_and_changes_no_choice(
    desk: CaseFormDesk, page: CasePage
) -> None:
    dialog = desk.editor.edit(page, page.case.claims[0])
    assert isinstance(dialog, RowDialog)
    assert isinstance(dialog.panel, ClaimPanel)
    for box in (dialog.panel.claimant.box, dialog.panel.tlp):
        before = box.currentIndex()
        assert not taken(box)
        assert box.currentIndex() == before


def test_evidence_can_be_laid_down_before_anybody_claims_anything(desk: CaseFormDesk) -> None:
    page = desk.put(subject())
    dialog, panel = _evidence(desk, page)
    assert panel.claims.boxes == {}
    desk.press(dialog)
    [made] = desk.page().case.evidence
    assert made.bears_on == ()
