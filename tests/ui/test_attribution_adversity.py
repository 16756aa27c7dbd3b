"""What can go wrong while an incident is worked on: nothing typed is lost, nothing false shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from adversity_desk import (
    ESCAPE,
    cell,
    errors,
    evidence_form,
    form,
    held,
    kept,
    mark,
    path_of,
    recorded,
    told,
    undo_last,
)
from attribution_desk import FOX, RAID, AttributionDesk, database, words
from case_samples import claim, evidence, row_id
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing.core.case_words import Mark
from briefing.core.tlp import Tlp
from briefing.services.cases import CaseBook
from briefing.settings import Settings
from briefing.store import connection
from briefing.ui.navigation import Place
from briefing.ui.views.attribution import SCREEN
from briefing.ui.views.case_form_evidence import EvidencePanel
from briefing.ui.views.case_forms import RowDialog
from briefing.ui.views.case_rationale import RationaleDialog

H1, H2 = row_id("hypothesis", "h1"), row_id("hypothesis", "h2")
E1, E2 = row_id("evidence", "e1"), row_id("evidence", "e2")
A, B = row_id("claim", "a"), row_id("claim", "b")


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[AttributionDesk]:
    made = AttributionDesk(database(tmp_path / "knowledge.db"), tmp_path)
    yield made
    made.end()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that another program holds is given up on soon."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)


def test_whoever_goes_on_to_another_incident_while_one_is_recorded_stays_there(
    desk: AttributionDesk,
) -> None:
    desk.show(RAID)
    with held(path_of(desk)) as let_go:
        mark(desk, Qt.Key.Key_A)
        desk.view.show_place(Place(SCREEN, FOX))
        desk.until(lambda: desk.view.title == "Fox raid on a ministry")
        let_go()
        desk.settle()
    assert desk.view.title == "Fox raid on a ministry"
    assert desk.places == []
    assert kept(desk) is Mark.NA


def test_a_page_that_is_read_while_a_mark_is_recorded_does_not_take_it_away(
    desk: AttributionDesk,
) -> None:
    desk.show(RAID)
    seen: list[Mark | None] = []
    with held(path_of(desk)) as let_go:
        mark(desk, Qt.Key.Key_I)
        desk.view.page.matrix.grid.cells.model().modelReset.connect(lambda: seen.append(cell(desk)))
        desk.view.recount()
        QTest.qWait(400)
        # The second press makes it strong only where the first is still there.
        mark(desk, Qt.Key.Key_I)
        let_go()
        desk.settle()
    assert set(seen) == {Mark.II}
    assert cell(desk) is kept(desk) is Mark.II


@pytest.mark.usefixtures("impatient")
def test_a_mark_that_was_not_recorded_is_not_shown_as_one(desk: AttributionDesk) -> None:
    desk.show(RAID)
    before = cell(desk)
    with held(path_of(desk)):
        mark(desk, Qt.Key.Key_A)
        assert cell(desk) is Mark.NA
        desk.settle()
        [error] = errors(desk)
        assert "Another program is writing to" in error.text()
        desk.settle()
    assert before is cell(desk) is kept(desk) is Mark.C


def test_a_mark_for_which_no_name_was_given_is_not_shown_as_one(desk: AttributionDesk) -> None:
    desk.settings.keep(Settings())
    desk.show(RAID)
    mark(desk, Qt.Key.Key_A)
    [dialog] = [one for one in desk.view.findChildren(RowDialog) if one.isVisible()]
    dialog.leave.click()
    desk.settle()
    assert cell(desk) is kept(desk) is Mark.C


@pytest.mark.usefixtures("impatient")
def test_a_reason_that_was_not_recorded_is_in_its_form_again(desk: AttributionDesk) -> None:
    desk.show(RAID)
    matrix = desk.view.page.matrix
    matrix.grid.rationale_asked.emit(H1, E1)
    first = matrix.dialog
    assert first is not None
    first.reason.setPlainText("Nobody else calls so politely.")
    with held(path_of(desk)) as let_go:
        first.do.click()
        desk.settle()
        again = matrix.dialog
        assert isinstance(again, RationaleDialog)
        assert again is not first
        assert again.isVisible()
        assert "Another program is writing to" in told(again)
        assert again.reason.text() == "Nobody else calls so politely."
        assert errors(desk) == []
        let_go()
    again.do.click()
    desk.settle()
    [row] = [one for one in recorded(desk).hypotheses if one.id == H1]
    found = row.cell(E1)
    assert found is not None
    assert (found.mark, found.rationale) == (Mark.C, "Nobody else calls so politely.")


def test_a_reason_that_is_no_text_is_refused_where_it_is_written(desk: AttributionDesk) -> None:
    desk.show(RAID)
    matrix = desk.view.page.matrix
    matrix.grid.rationale_asked.emit(H1, E1)
    dialog = matrix.dialog
    assert dialog is not None
    dialog.reason.setPlainText("bell\x07")
    dialog.do.click()
    assert dialog.isVisible()
    assert "no text" in told(dialog)


@pytest.mark.usefixtures("impatient")
def test_what_cannot_be_recorded_stays_in_its_form_until_it_can(desk: AttributionDesk) -> None:
    desk.show(RAID)
    dialog, panel = evidence_form(desk)
    with held(path_of(desk)) as let_go:
        dialog.do.click()
        desk.settle()
        assert dialog.isVisible()
        assert "Another program is writing to" in told(dialog)
        assert panel.text.text() == "Entry through the harbour’s own door"
        assert dialog.do.isEnabled()
        let_go()
    dialog.do.click()
    desk.settle()
    assert recorded(desk).evidence[0].text == "Entry through the harbour’s own door"
    assert words(desk.view.page.evidence)
    shown = desk.view.page.page
    assert shown is not None
    assert shown.case.evidence[0].text == "Entry through the harbour’s own door"


def test_nothing_closes_a_form_whose_rows_are_on_their_way(desk: AttributionDesk) -> None:
    desk.show(RAID)
    dialog, _panel = evidence_form(desk)
    with held(path_of(desk)) as let_go:
        dialog.do.click()
        for _ in range(3):
            QTest.keyClick(dialog, ESCAPE)
        dialog.leave.click()
        dialog.close()
        desk.until(lambda: dialog.told.isVisible())
        assert dialog.isVisible()
        assert "Recording the evidence …" in told(dialog)
        let_go()
        desk.settle()
    assert recorded(desk).evidence[0].text == "Entry through the harbour’s own door"


def test_on_a_medium_that_cannot_be_written_to_it_is_said_and_what_was_typed_stays(
    qapp: QApplication, tmp_path: Path, read_only: Callable[[Path], Path]
) -> None:
    made = tmp_path / "made"
    made.mkdir()
    database(made / "knowledge.db")
    folder = read_only(made)
    desk = AttributionDesk(folder / "knowledge.db", tmp_path)
    desk.show(RAID)
    dialog, panel = evidence_form(desk)
    dialog.do.click()
    desk.settle()
    assert dialog.isVisible()
    assert "not writable for you" in told(dialog)
    assert panel.text.text() == "Entry through the harbour’s own door"
    dialog.leave.click()
    mark(desk, Qt.Key.Key_A)
    desk.settle()
    assert len(errors(desk)) == 1
    desk.settle()
    assert cell(desk) is Mark.C
    desk.end()


@pytest.mark.parametrize("step", ["answers", "incident"])
@pytest.mark.usefixtures("impatient")
def test_a_new_incident_that_cannot_be_recorded_stays_in_its_form(
    desk: AttributionDesk, step: str
) -> None:
    desk.show(RAID)
    dialog = desk.view.work.editor.new_incident()
    dialog.incident.name.input.setText("Raid on the ferry")
    dialog.do.click()
    dialog.skip.click()
    with held(path_of(desk)):
        dialog.do.click()
        if step == "incident":
            dialog.back.click()
        desk.settle()
        assert dialog.isVisible()
        assert "Another program is writing to" in told(dialog)
        assert dialog.incident.name.text() == "Raid on the ferry"
    dialog.do.click()
    desk.settle()
    assert desk.view.title == "Raid on the ferry"


def test_what_the_audience_may_not_see_is_kept_where_its_level_changes_under_a_form(
    desk: AttributionDesk,
) -> None:
    """A box that was not there to be ticked was not unticked."""
    secret = claim("c", tlp=Tlp.RED, by="Zanzibar", place=2)
    CaseBook(path_of(desk)).save(
        [secret, evidence("e1", bears_on=("a", "c"), text="Entry by a call", place=0)],
        now="2026-01-01T00:00:00.000Z",
    )
    desk.ceiling = Tlp.CLEAR
    clear = [replace(row, tlp=Tlp.CLEAR) for row in recorded(desk).rows() if row.id != secret.id]
    CaseBook(path_of(desk)).save(clear, now="2026-01-02T00:00:00.000Z")
    desk.show(RAID)
    dialog, panel = evidence_form(desk)
    assert list(panel.claims.boxes) == [A, B]
    desk.ceiling = Tlp.RED
    desk.view.recount()
    desk.settle()
    dialog.do.click()
    desk.settle()
    row = recorded(desk).evidence[0]
    assert row.text == "Entry through the harbour’s own door"
    assert set(row.bears_on) == {A, secret.id}


def test_what_was_undone_elsewhere_comes_back_in_no_form(desk: AttributionDesk) -> None:
    desk.show(RAID)
    dialog, _panel = evidence_form(desk)
    dialog.do.click()
    desk.settle()
    undo_last(path_of(desk))
    desk.view.reload()
    desk.show(RAID)
    page = desk.view.page.page
    assert page is not None
    again = form(desk.view.work.editor.edit(page, page.case.evidence[0]))
    assert isinstance(again.panel, EvidencePanel)
    assert again.panel.text.text() == "Entry by a call to the help desk"
