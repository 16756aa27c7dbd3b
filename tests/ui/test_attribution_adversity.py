"""What can go wrong while an incident is worked on: nothing typed is lost, nothing false shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from attribution_desk import FOX, RAID, AttributionDesk, database, notices, words
from case_samples import claim, document, evidence, hypothesis, row_id, subject
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing.analysis.ach import weigh
from briefing.core.case import Case
from briefing.core.case_words import Mark
from briefing.core.tlp import Tlp
from briefing.services.cases import CaseBook, open_case
from briefing.services.import_feeds import undo_import
from briefing.settings import Settings
from briefing.store import connection
from briefing.store.connection import KnowledgeFile
from briefing.store.snapshots import read_snapshots
from briefing.ui.errors import ErrorDialog
from briefing.ui.models.ach_table import LABEL_ROLE, AchTableModel
from briefing.ui.navigation import Place
from briefing.ui.views.attribution import SCREEN
from briefing.ui.views.case_dialog import CaseDialog
from briefing.ui.views.case_form_evidence import EvidencePanel
from briefing.ui.views.case_form_incident import IncidentPanel
from briefing.ui.views.case_forms import RowDialog
from briefing.ui.views.case_new import NewIncidentDialog
from briefing.ui.views.case_rationale import RationaleDialog
from briefing.ui.widgets.ach_grid import AchGrid

H1, H2 = row_id("hypothesis", "h1"), row_id("hypothesis", "h2")
E1, E2 = row_id("evidence", "e1"), row_id("evidence", "e2")
A, B = row_id("claim", "a"), row_id("claim", "b")
ESCAPE = Qt.Key.Key_Escape
HOLDING = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[AttributionDesk]:
    made = AttributionDesk(database(tmp_path / "knowledge.db"), tmp_path)
    yield made
    made.end()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that another program holds is given up on soon."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)


@contextmanager
def held(path: Path) -> Iterator[Callable[[], None]]:
    """Another program writes to the database, until it is told to let go or the test is over."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdin is not None
    assert other.stdout is not None

    def let_go() -> None:
        other.communicate("\n")

    try:
        assert other.stdout.readline() == "held\n"
        yield let_go
    finally:
        if other.poll() is None:
            let_go()


def undo_last(path: Path) -> None:
    """Take the last snapshot back, as under Sources."""
    knowledge = KnowledgeFile(path)
    try:
        last = max(row.id for row in read_snapshots(knowledge.connection))
    finally:
        knowledge.close()
    undo_import(path, last)


def path_of(desk: AttributionDesk) -> Path:
    return desk.library.knowledge.path


def recorded(desk: AttributionDesk, wanted: str = RAID) -> Case:
    knowledge = KnowledgeFile(path_of(desk))
    try:
        return open_case(knowledge.connection, wanted).case
    finally:
        knowledge.close()


def cell(desk: AttributionDesk, hypothesis_: str = H1, evidence_: str = E1) -> Mark | None:
    """The mark as the matrix shows it."""
    grid = desk.view.page.matrix.grid
    grid.select(hypothesis_, evidence_)
    model = grid.cells.model()
    assert isinstance(model, AchTableModel)
    return model.mark_at(grid.cells.currentIndex())


def mark(desk: AttributionDesk, key: Qt.Key) -> None:
    """Press a key in the cell of the first evidence and the first hypothesis."""
    desk.view.page.matrix.grid.select(H1, E1)
    QTest.keyClick(desk.view.page.matrix.grid.cells, key)


def kept(desk: AttributionDesk) -> Mark | None:
    """The mark as it is recorded."""
    [row] = [one for one in recorded(desk).hypotheses if one.id == H1]
    found = row.cell(E1)
    return found.mark if found is not None else None


def form(found: object) -> RowDialog:
    assert isinstance(found, RowDialog)
    return found


def errors(desk: AttributionDesk) -> list[ErrorDialog]:
    """Errors that stand over the screen; they are closed."""
    QApplication.processEvents()
    found = [one for one in desk.view.findChildren(ErrorDialog) if one.isVisible()]
    for one in found:
        one.accept()
    return found


def claims_form(desk: AttributionDesk) -> RowDialog:
    page = desk.view.page.page
    assert page is not None
    return form(desk.view.work.editor.add_claim(page))


def evidence_form(desk: AttributionDesk) -> tuple[RowDialog, EvidencePanel]:
    """The form that changes E1, with other words typed."""
    page = desk.view.page.page
    assert page is not None
    dialog = form(desk.view.work.editor.edit(page, page.case.evidence[0]))
    panel = dialog.panel
    assert isinstance(panel, EvidencePanel)
    panel.text.set_text("Entry through the harbour’s own door")
    return dialog, panel


def told(dialog: CaseDialog) -> str:
    return " ".join([*notices(dialog.told), words(dialog.told)]) if dialog.told.isVisible() else ""


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


def test_an_incident_that_was_undone_elsewhere_is_told_to_be_gone(desk: AttributionDesk) -> None:
    desk.show(RAID)
    undo_last(path_of(desk))
    desk.view.reload()
    desk.show()
    assert len(notices(desk.view.panes)) == 1
    assert "Raid on the harbour" not in desk.names()


def test_links_under_the_matrix_are_those_of_the_incident_that_is_shown(
    desk: AttributionDesk,
) -> None:
    desk.show(RAID)
    cell(desk)
    assert "Take H1 out" in desk.view.page.strip.text()
    desk.show(FOX)
    assert desk.view.page.strip.text() == ""


def test_the_line_about_a_file_goes_with_the_incident_that_was_written(
    desk: AttributionDesk, tmp_path: Path
) -> None:
    desk.show(RAID)
    desk.view.work.export(tmp_path / "raid.json")
    desk.settle()
    desk.show(RAID)
    assert desk.view.page.written.isVisible()
    desk.show(FOX)
    assert not desk.view.page.written.isVisible()


def test_other_screens_are_told_once_the_screen_is_left(desk: AttributionDesk) -> None:
    heard: list[bool] = []
    desk.view.data_changed.connect(lambda: heard.append(True))
    desk.show(RAID)
    mark(desk, Qt.Key.Key_A)
    desk.settle()
    assert heard == []
    desk.view.hide()
    QTest.qWait(1)
    assert heard == [True]
    desk.view.show()
    desk.view.hide()
    QTest.qWait(1)
    assert heard == [True]


@pytest.mark.parametrize("title", ["", "   ", "\u200b\u2060", "\u202e\n"])
def test_a_name_of_which_nothing_is_to_be_seen_is_none(desk: AttributionDesk, title: str) -> None:
    desk.show(RAID)
    dialog = desk.view.work.editor.new_incident()
    dialog.incident.name.input.setText(title)
    dialog.do.click()
    assert dialog.step == 0
    assert "Give the incident a name" in dialog.incident.fields["name"].problem
    dialog.reject()


LONG, RTL, EMOJI = "Wörd" * 500, "‏שלום עולם مرحبا‮evil‬", "👩‍👩‍👧‍👦🏴‍☠️ é̴̡̛ " * 20


@pytest.mark.parametrize("text", [LONG, "word " * 400, RTL, EMOJI, "<b>&amp;</b> %s {0}\\n"])
def test_whatever_is_typed_is_recorded_and_shown_and_cuts_nothing(
    desk: AttributionDesk, text: str
) -> None:
    text = " ".join(text.split())
    rows = (
        subject(name=text, victim=text, documents=(document("harbour", title=text),)),
        claim("a", text=text, by=text, accused=text, origin=text),
        evidence("e1", bears_on=("a",), text=text, origin=text),
        hypothesis("h1", {"e1": "C"}, text=text, short=text[:40]),
    )
    desk.show(RAID)
    page = desk.view.page
    for row in rows:
        CaseBook(path_of(desk)).save([row], now="2026-01-01T00:00:00.000Z")
    desk.view.reload()
    desk.show(RAID)
    assert page.page is not None
    assert desk.view.title == text
    assert page.page.case.evidence[0].text == page.page.case.claims[0].text == text
    for width in (1304, 720):
        desk.view.resize(width, 700)
        QTest.qWait(1)
        assert page.content.width() <= page.viewport().width()
        assert page.content.minimumSizeHint().width() <= page.viewport().width()


def test_what_is_above_the_audiences_level_is_recorded_only_when_that_was_read(
    desk: AttributionDesk,
) -> None:
    desk.ceiling = Tlp.CLEAR
    desk.show(FOX)
    dialog = desk.view.work.editor.new_incident()
    dialog.incident.name.input.setText("A quiet raid")
    dialog.incident.tlp.setCurrentIndex(Tlp.RED.value)
    dialog.do.click()
    assert dialog.step == 0
    warning = dialog.incident.fields["tlp"].warning
    assert warning.startswith("This is above TLP:CLEAR, the audience’s level")
    dialog.do.click()
    assert dialog.step == 1
    dialog.skip.click()
    dialog.do.click()
    desk.settle()
    # It is not there to be shown, so nothing is said to be missing either.
    assert desk.view.title == "Fox raid on a ministry"
    assert desk.view.page.isVisible()
    assert errors(desk) == []
    assert recorded(desk, "A quiet raid").incident.tlp is Tlp.RED


def test_escape_leaves_an_untouched_form_at_once_and_a_typed_one_at_the_second_press(
    desk: AttributionDesk,
) -> None:
    desk.show(RAID)
    untouched = claims_form(desk)
    QTest.keyClick(untouched, ESCAPE)
    assert not untouched.isVisible()
    dialog = claims_form(desk)
    assert dialog.panel.fields
    dialog.panel.documents.more.click()
    QTest.keyClicks(dialog.panel.documents.entry.title.input, "T")
    QTest.keyClick(dialog, ESCAPE)
    assert "not recorded" in told(dialog)
    QTest.keyClicks(dialog.panel.documents.entry.title.input, "h")
    assert told(dialog) == ""
    for _ in range(2):
        assert dialog.isVisible()
        QTest.keyClick(dialog, ESCAPE)
    assert not dialog.isVisible()


def test_a_new_incident_is_not_lost_to_one_escape(desk: AttributionDesk) -> None:
    desk.show(RAID)
    dialog = desk.view.work.editor.new_incident()
    assert isinstance(dialog, NewIncidentDialog)
    QTest.keyClicks(dialog.incident.name.input, "Raid on the ferry")
    dialog.do.click()
    QTest.keyClick(dialog, ESCAPE)
    assert dialog.isVisible()
    assert "not recorded" in told(dialog)
    QTest.keyClick(dialog, ESCAPE)
    assert not dialog.isVisible()


def test_infrastructure_that_was_typed_counts_as_typed(desk: AttributionDesk) -> None:
    desk.show(RAID)
    page = desk.view.page.page
    assert page is not None
    dialog = desk.view.work.editor.edit_incident(page)
    assert isinstance(dialog.panel, IncidentPanel)
    QTest.keyClicks(dialog.panel.infrastructure, "203.0.113.7")
    QTest.keyClick(dialog, ESCAPE)
    assert dialog.isVisible()
    dialog.reject()


def test_heads_of_hundreds_of_rows_are_measured_once_each(desk: AttributionDesk) -> None:
    rows = tuple(
        evidence(f"n{number}", text=f"Piece {number}", origin=f"Origin {number}", place=number)
        for number in range(300)
    )
    answers = tuple(hypothesis(f"n{number}", place=number) for number in range(60))
    many = Case(subject(), (), rows, answers)
    page = desk.show(RAID).page.page
    assert page is not None
    grid = AchGrid(desk.theme)
    asked: list[int] = []
    model = grid.cells.model()
    assert isinstance(model, AchTableModel)
    told_before = model.headerData

    def counted(section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == LABEL_ROLE and orientation == Qt.Orientation.Vertical:
            asked.append(section)
        return told_before(section, orientation, role)

    model.headerData = counted  # type: ignore[method-assign]  # to count
    grid.show_page(replace(page, case=many, weighing=weigh(many)))
    assert len(asked) < 10 * len(rows)
