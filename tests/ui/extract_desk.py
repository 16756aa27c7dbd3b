"""Reading a report over a window, for its tests and its pictures.

``PYTHONPATH=.:tests/samples python tests/ui/extract_desk.py FOLDER`` draws the dialog in light and
dark, at 100 % and 200 %. Whoever changes it looks at them.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from case_form_desk import ANALYST, LONG, CaseFormDesk
from extraction_samples import REPORT
from PySide6.QtCore import QEventLoop, QMimeData, QModelIndex, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from briefing.core.case import Subject
from briefing.ui.theme import Scheme, Theme
from briefing.ui.views.case_drafts import cited_before
from briefing.ui.views.case_extract import ExtractDialog
from briefing.ui.views.case_extract_row import PROPOSAL_ROLE
from briefing.ui.widgets.buttons import Button
from briefing.ui.widgets.focus_ring import FocusRing

REAL = (
    REPORT.replace("G9001", "G0016")
    .replace("HeronLoader", "Cobalt Strike")
    .replace("S9002", "S0002")
    + "\nThe loader, Cobalt Strike 4.9, reached cdn[.]gate[.]example[.]net once more at night.\n"
)
"""A report that names things of the real catalogue."""
_LOOKS: tuple[tuple[Scheme, float], ...] = (
    ("light", 1.0),
    ("dark", 1.0),
    ("light", 2.0),
    ("dark", 2.0),
)


class ExtractDesk(CaseFormDesk):
    """The desk of the forms, with the dialog in which a report is read."""

    def __init__(
        self,
        qtbot: QtBot | None,
        theme: Theme,
        folder: Path,
        database: Path,
        analyst: str = ANALYST,
    ) -> None:
        super().__init__(qtbot, theme, folder, database, analyst)
        self.put()
        self.dialog = self.open()

    def open(self, wanted: str = "raid-2023") -> ExtractDialog:
        """Open the dialog for an incident."""
        self.dialog = self.editor.read_report(self.page(wanted))
        return self.dialog

    def paste(self, text: str) -> None:
        """Paste a text, and wait until it is read."""
        mime = QMimeData()
        mime.setText(text)
        self.dialog.text.report.selectAll()
        self.dialog.text.report.insertFromMimeData(mime)
        self.read()

    def read(self) -> None:
        """Wait until the text is read."""
        end = time.monotonic() + LONG
        loop = QEventLoop()
        look = QTimer(interval=20)
        look.timeout.connect(lambda: self._leave(loop, end))
        look.start()
        loop.exec()
        assert not self.dialog.busy, "still reading"
        QApplication.processEvents()

    def _leave(self, loop: QEventLoop, end: float) -> None:
        if not self.dialog.busy or time.monotonic() > end:
            loop.quit()

    def listed(self) -> dict[str, list[str]]:
        """Heading of a group → values in it."""
        model = self.dialog.proposals.list.model()
        return {
            str(group.data()): [
                str(model.index(row, 0, group).data()) for row in range(model.rowCount(group))
            ]
            for group in (model.index(row, 0) for row in range(model.rowCount()))
        }

    def index(self, value: str) -> QModelIndex:
        """The row of a proposal, or of a group."""
        model = self.dialog.proposals.list.model()
        for at in range(model.rowCount()):
            group = model.index(at, 0)
            if group.data() == value:
                return group
            for row in range(model.rowCount(group)):
                child = model.index(row, 0, group)
                if child.data(PROPOSAL_ROLE).value == value:
                    return child
        raise AssertionError(f"{value} is not proposed")

    def look_at(self, value: str) -> None:
        """Make a row the current one."""
        self.dialog.proposals.list.setCurrentIndex(self.index(value))

    def tick(self, *values: str) -> None:
        """Press the space bar on rows."""
        for value in values:
            self.look_at(value)
            self.key(Qt.Key.Key_Space)

    def key(self, key: Qt.Key, on: QWidget | None = None) -> None:
        """Press a key, in the list unless another widget is given."""
        QTest.keyClick(on or self.dialog.proposals.list, key)

    def record(self, publisher: str) -> None:
        """Add what is ticked, as read in a document that the case cites already."""
        self.dialog.add.click()
        form = self.dialog.recorder.form
        assert form is not None
        panel = form.panel
        known = [one for one in cited_before(self.page().case) if publisher in one.url]
        panel.documents.set_documents(known)
        self.press(form)

    def evidence(self) -> None:
        """Press the button that offers to record it as evidence."""
        QApplication.processEvents()
        [button] = [
            one
            for one in self.dialog.findChildren(Button)
            if one.text().startswith("Record it as evidence") and one.isVisible()
        ]
        button.click()

    def summary(self) -> str:
        """What the line beside the buttons says."""
        return self.dialog._summary.text()

    def incident(self) -> Subject:
        """As it is recorded now."""
        return self.page().case.incident

    def close(self) -> None:
        """End what runs."""
        if isValid(self.dialog):
            self.dialog.proposals.list.untick()
            self.dialog.reject()
        super().close()


def main(folder: Path) -> None:
    """Draw the dialog as it is used."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    database = Path(__file__).parents[2] / "build" / "knowledge.db"
    for scheme, factor in _LOOKS:
        theme = Theme(scheme=scheme, factor=factor)
        theme.apply(app)
        ring = FocusRing(theme)
        with tempfile.TemporaryDirectory() as place:
            desk = ExtractDesk(None, theme, Path(place), database)
            end = f"{scheme}-{round(factor * 100)}.png"
            desk.dialog.resize(*((1728, 972) if factor > 1 else (1120, 720)))
            QApplication.processEvents()
            desk.dialog.grab().save(str(folder / f"empty-{end}"))
            desk.paste(REAL)
            desk.dialog.proposals.list.take_keyboard()
            desk.tick("T1059.001", "S0154", "cdn.gate.example.net")
            QApplication.processEvents()
            desk.dialog.grab().save(str(folder / f"read-{end}"))
            desk.dialog.add.click()
            QApplication.processEvents()
            form = desk.dialog.recorder.form
            assert form is not None
            form.grab().save(str(folder / f"form-{end}"))
            form.reject()
            desk.dialog.reject()
            QApplication.processEvents()
            desk.dialog.grab().save(str(folder / f"leave-{end}"))
            desk.record("gazette")
            desk.dialog.grab().save(str(folder / f"added-{end}"))
            desk.evidence()
            QApplication.processEvents()
            form = desk.dialog.recorder.form
            assert form is not None
            form.resize(form.width(), 1600)
            form.grab().save(str(folder / f"evidence-{end}"))
            form.reject()
            desk.close()
        del ring


if __name__ == "__main__":
    main(Path(sys.argv[1]))
