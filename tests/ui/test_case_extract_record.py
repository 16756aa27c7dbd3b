"""What is chosen of a report is recorded: its document, its label, and evidence made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from case_samples import document, row_id, subject
from extract_desk import REAL, ExtractDesk
from extraction_samples import MD5
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.core.case import Cited
from briefing.core.case_words import EvidenceKind, Level, Vertex
from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.views.case_extract_form import ReportPanel
from briefing.ui.views.case_extract_row import PROPOSAL_ROLE
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
) -> Iterator[ExtractDesk]:
    theme.set_factor(1.0)
    desk = ExtractDesk(qtbot, theme, tmp_path, bundled_database)
    yield desk
    desk.close()


def form_of(desk: ExtractDesk) -> RowDialog:
    form = desk.dialog.recorder.form
    assert form is not None
    return form


def asks(desk: ExtractDesk) -> ReportPanel:
    """Press "Add the chosen ones"; what is asked then."""
    desk.dialog.add.click()
    panel = form_of(desk).panel
    assert isinstance(panel, ReportPanel)
    return panel


def test_what_is_chosen_is_recorded_with_its_document_by_keyboard_alone(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    QTest.keyClick(desk.dialog.text.report, Qt.Key.Key_Tab)
    while desk.dialog.focusWidget() is not desk.dialog.proposals.list:
        QTest.keyClick(desk.dialog.focusWidget(), Qt.Key.Key_Tab)
    listed = desk.dialog.proposals.list
    for _ in range(2):
        desk.key(Qt.Key.Key_Down)
    assert listed.currentIndex().data(PROPOSAL_ROLE).value == "T1059.001"
    desk.key(Qt.Key.Key_Space)
    desk.tick("S0154", "CVE-2024-1234", MD5, "cdn.gate.example.net")
    QTest.keyClick(desk.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form = form_of(desk)
    panel = form.panel
    assert isinstance(panel, ReportPanel)
    assert form.focusWidget() is panel.documents.again
    QTest.keyClick(panel.documents.more, Qt.Key.Key_Space)
    entry = panel.documents.entry
    QTest.keyClicks(entry.link.input, "https://lab.example/2024/05/report")
    QTest.keyClicks(entry.title.input, "What we found")
    QTest.keyClick(entry.title.input, Qt.Key.Key_Return)
    form.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    kept = desk.incident()
    assert kept.techniques == ("T1566", "T1059.001")
    assert kept.software == ("S0154",)
    assert kept.infrastructure == ("CVE-2024-1234", MD5, "cdn.gate.example.net")
    assert [one.title for one in kept.documents] == ["The gazette", "What we found"]
    assert kept.tlp is Tlp.GREEN
    assert kept.author == "Ada Example"
    assert desk.saved == [row_id("incident", "raid")]
    assert len(desk.versions(kept.id)) == 2
    told = desk.told(desk.dialog)
    assert "1 technique, 1 piece of software, 1 vulnerability, 1 hash and 1 domain added" in told
    assert listed.chosen() == ()
    assert not desk.dialog.add.isEnabled()


def test_a_document_must_be_named(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    desk.tick("S0154")
    panel = asks(desk)
    desk.press(form_of(desk))
    assert panel.fields["documents"].problem == "Name the document, so that others can read it."
    assert desk.incident().software == ()
    form_of(desk).reject()
    assert [one.value for one in desk.dialog.proposals.list.chosen()] == ["S0154"]


def test_a_higher_label_is_asked_about_once_and_becomes_that_of_the_incident(
    desk: ExtractDesk,
) -> None:
    desk.paste(REAL)
    desk.tick("S0154")
    panel = asks(desk)
    panel.documents.set_documents((document("gazette"),))
    panel.tlp.setCurrentIndex(Tlp.AMBER.value)
    desk.press(form_of(desk))
    assert "All of it becomes TLP:AMBER" in panel.fields["tlp"].warning
    assert desk.incident().software == ()
    desk.press(form_of(desk))
    assert (desk.incident().tlp, desk.incident().software) == (Tlp.AMBER, ("S0154",))


def test_a_lower_label_of_the_report_leaves_that_of_the_incident(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    desk.tick("S0154")
    panel = asks(desk)
    panel.documents.set_documents((document("gazette"),))
    panel.tlp.setCurrentIndex(Tlp.CLEAR.value)
    desk.press(form_of(desk))
    assert desk.incident().tlp is Tlp.GREEN


def test_a_report_becomes_a_piece_of_evidence_with_its_document(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    desk.tick("T1059.001", "cdn.gate.example.net")
    desk.record("gazette")
    desk.evidence()
    form = form_of(desk)
    panel = form.panel
    assert isinstance(panel, EvidencePanel)
    assert panel.text.text() == "The report names PowerShell (T1059.001) and cdn.gate.example.net."
    panel.level.set_value(Level.TACTICAL)
    panel.reliability.set_value("C")
    panel.credibility.set_value("3")
    desk.press(form)
    [made] = [one for one in desk.page().case.evidence if one.text.startswith("The report")]
    assert (made.kind, made.vertex) == (EvidenceKind.TTP, Vertex.CAPABILITY)
    assert [one.title for one in made.documents] == ["The gazette"]
    assert made.tlp is Tlp.GREEN
    assert "The evidence is recorded." in desk.told(desk.dialog)


def test_a_report_of_servers_alone_is_evidence_of_infrastructure(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    desk.tick("cdn.gate.example.net")
    desk.record("gazette")
    desk.evidence()
    panel = form_of(desk).panel
    assert isinstance(panel, EvidencePanel)
    assert panel.kind.value == EvidenceKind.INFRASTRUCTURE
    assert panel.vertex.value == Vertex.INFRASTRUCTURE


def test_what_could_not_be_kept_is_said_and_stays_ticked(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    desk.tick("S0154")
    panel = asks(desk)
    panel.documents.set_documents((Cited("https://x.example/a", " ", ""),))
    desk.press(form_of(desk))
    assert "was not saved" in desk.told(form_of(desk))
    form_of(desk).reject()
    assert desk.incident().software == ()
    assert [one.value for one in desk.dialog.proposals.list.chosen()] == ["S0154"]


def test_what_was_recorded_in_between_is_kept(desk: ExtractDesk) -> None:
    desk.paste(REAL)
    desk.tick("S0154")
    desk.record("gazette")
    desk.tick("S0002")
    desk.record("gazette")
    assert desk.incident().software == ("S0154", "S0002")


def test_an_incident_of_another_label_proposes_its_label(desk: ExtractDesk) -> None:
    desk.dialog.reject()
    desk.put(replace(subject("ferry"), name="Ferry", tlp=Tlp.AMBER))
    desk.open("ferry-2023")
    desk.paste("T1059.001")
    desk.tick("T1059.001")
    panel = asks(desk)
    assert panel.tlp.level is Tlp.AMBER
    assert panel.documents.entry.isVisible()
    assert form_of(desk).focusWidget() is panel.documents.entry.link.input
    form_of(desk).reject()
