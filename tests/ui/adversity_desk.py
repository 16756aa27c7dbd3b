"""What goes wrong around the Attribution screen: a held file, an undo elsewhere, forms in front."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from attribution_desk import RAID, AttributionDesk, notices, words
from case_samples import row_id
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing.core.case import Case
from briefing.core.case_words import Mark
from briefing.services.cases import open_case
from briefing.services.import_feeds import undo_import
from briefing.store.connection import KnowledgeFile
from briefing.store.snapshots import read_snapshots
from briefing.ui.errors import ErrorDialog
from briefing.ui.models.ach_table import AchTableModel
from briefing.ui.views.case_dialog import CaseDialog
from briefing.ui.views.case_form_evidence import EvidencePanel
from briefing.ui.views.case_forms import RowDialog

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
