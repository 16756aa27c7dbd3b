"""Briefings for many clients from the window: chosen, written, stopped, told; it never waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from brief_clients import LAW_FIRM, PRACTICE, PROVIDER
from briefing_desk import DAY, LONG, world
from heart import STILL, Heart
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.core.client import Brand
from briefing.services.batch_clients import Candidate
from briefing.services.clients import ClientShelf
from briefing.store.connection import KnowledgeFile
from briefing.store.workspace import Workspace
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_batch import BatchDialog
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.progress_row import ProgressRow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CLIENTS = (PRACTICE, LAW_FIRM, PROVIDER)


class Desk:
    """The dialog over a window."""

    def __init__(self, qtbot: QtBot, theme: Theme, folder: Path) -> None:
        self.qtbot = qtbot
        self.workspace = folder / "workspace.db"
        self.out = folder / "out"
        self.jobs = Jobs()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.knowledge = KnowledgeFile(paths.bundled_database())
        self.dialog = BatchDialog(
            theme,
            self.jobs,
            self.knowledge,
            self.workspace,
            world,
            self.window,
            clock=lambda: DAY,
        )
        self.dialog.set_folder(self.out)
        self.dialog.open()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=LONG)
        QApplication.processEvents()

    def formats(self, *names: str) -> None:
        for name in ("pdf", *names):
            self.dialog.choice.choose(name, on=name in names)

    def said(self) -> str:
        labels = self.dialog.findChildren(Label)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def written(self) -> list[str]:
        return sorted(path.name for path in self.out.glob("*"))


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Desk]:
    with ClientShelf(tmp_path / "workspace.db") as shelf:
        for client in CLIENTS:
            shelf.add(client)
    made = Desk(qtbot, theme, tmp_path)
    yield made
    made.jobs.shutdown()


def test_everybody_is_chosen_at_first_and_can_be_let_go(desk: Desk) -> None:
    dialog = desk.dialog
    assert [one.name for one in dialog.clients.chosen] == [one.name for one in CLIENTS]
    assert "3 of 3" in desk.said()
    assert dialog.do.text() == "Write 3 files"
    dialog.clients.nobody.click()
    assert not dialog.do.isEnabled()
    assert dialog.do.accessibleDescription() == "Choose a client first."
    dialog.clients.everybody.click()
    desk.formats()
    assert not dialog.do.isEnabled()
    assert dialog.do.accessibleDescription() == "Choose a format first."
    desk.formats("pdf", "md")
    dialog.clients.choose(1, on=False)
    assert dialog.do.text() == "Write 4 files"


def test_the_space_bar_switches_a_client(desk: Desk) -> None:
    boxes = desk.dialog.clients.list
    desk.dialog.activateWindow()
    boxes.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(boxes, Qt.Key.Key_Down)
    QTest.keyClick(boxes, Qt.Key.Key_Space)
    assert [one.name for one in desk.dialog.clients.chosen] == [PRACTICE.name, PROVIDER.name]


def test_a_run_writes_for_those_who_are_chosen_and_remembers_it(desk: Desk) -> None:
    dialog, heard = desk.dialog, []
    dialog.delivered.connect(lambda: heard.append("delivered"))
    desk.formats("md", "stix")
    dialog.one_page.setChecked(True)
    dialog.author.input.setText("A. Author")
    dialog.clients.choose(1, on=False)
    dialog.do.click()
    desk.settle()
    desk.settle()
    assert desk.written() == [
        "Harbour Dental Group - client briefing - TLP-AMBER.md",
        "Harbour Dental Group - client briefing - TLP-AMBER.stix.json",
        "Southern Cross IT - client briefing - TLP-GREEN.md",
        "Southern Cross IT - client briefing - TLP-GREEN.stix.json",
    ]
    assert "A. Author" in (desk.out / desk.written()[0]).read_text(encoding="utf-8")
    assert "4 files, 2 clients done." in desk.said()
    assert heard == ["delivered"]
    workspace = Workspace(desk.workspace)
    found = workspace.deliveries()
    workspace.close()
    assert [one.audience for one in found] == [PROVIDER.name, PRACTICE.name]
    assert all(one.subject and one.manifest for one in found)
    dialog.do.click()
    assert dialog.results is None
    assert dialog.do.text() == "Write 4 files"


def test_who_failed_is_told_first_with_the_reason_and_can_be_copied(desk: Desk) -> None:
    dialog = desk.dialog
    damaged = replace(LAW_FIRM, brand=Brand(b"\x89PNG\r\n\x1a\nnot a picture"))
    dialog.clients.set_candidates([Candidate(one.name, one) for one in (PRACTICE, damaged)])
    desk.formats("docx", "md")
    dialog.one_page.setChecked(True)
    dialog.start()
    desk.settle()
    said = desk.said()
    assert "3 files, 1 client done. 1 client not done, or not whole." in said
    assert "Word: The brand’s logo begins as a PNG picture, but is damaged" in said
    assert said.index(damaged.name) < said.index(PRACTICE.name)
    assert dialog.results is not None
    dialog.results.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert f"{damaged.name} (docx): not written. The brand’s logo begins as a PNG" in copied
    assert copied.endswith("1 client not done, or not whole.")


def test_escape_stops_a_run_and_what_was_finished_stays(desk: Desk) -> None:
    dialog = desk.dialog
    many = [replace(PRACTICE, name=f"Client {number}") for number in range(40)]
    dialog.clients.set_candidates([Candidate(one.name, one) for one in many])
    desk.formats("md")
    dialog.start()
    desk.qtbot.waitUntil(lambda: len(desk.written()) >= 2, timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    desk.settle()
    done = len(desk.written())
    assert 2 <= done < len(many)
    assert not any(name.startswith(".") for name in desk.written())
    assert f"Stopped before {len(many) - done} clients." in desk.said()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_bar_names_the_client_and_counts_the_clients(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int, int]] = []

    def listen(_row: ProgressRow, label: str, step: int, total: int, noun: str = "") -> None:
        told.append((label, step, total))

    monkeypatch.setattr(ProgressRow, "set_progress", listen)
    desk.formats("pdf", "docx")
    desk.dialog.start()
    desk.settle()
    names = {label.partition(": ")[0]: (step, total) for label, step, total in told if total}
    assert names["Kanzlei Nordlicht"] == (1, 3)
    assert names["Done"] == (3, 3)


def test_a_folder_that_cannot_be_written_to_is_told_and_the_choice_stays(desk: Desk) -> None:
    desk.out.write_text("")
    desk.dialog.set_folder(desk.out / "folder")
    desk.dialog.start()
    desk.settle()
    [notice] = [one for one in desk.dialog.findChildren(Notice) if one.isVisible()]
    assert "cannot be written to" in notice.accessibleName()
    assert desk.dialog.do.isEnabled()
    assert len(desk.dialog.clients.chosen) == 3


def test_whoever_has_no_client_is_told_where_to_set_one_up(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    desk = Desk(qtbot, theme, tmp_path)
    [notice] = [one for one in desk.dialog.findChildren(Notice) if one.isVisible()]
    assert notice.accessibleName() == "There is no client in your workspace."
    assert not desk.dialog.do.isEnabled()
    desk.jobs.shutdown()


def test_every_control_has_a_name(desk: Desk) -> None:
    for button in desk.dialog.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName() or button.text(), button
    assert desk.dialog.clients.list.accessibleName() == "Clients"
    assert desk.dialog.author.input.accessibleName() == "Author"


def test_the_window_lives_on_while_a_run_is_under_way(desk: Desk) -> None:
    desk.formats("pdf", "md")

    def work() -> None:
        desk.dialog.start()
        desk.settle()

    heart = Heart()
    worked, passed = heart.during(work)
    # A window that waits for the work beats once before and once after it, if at all.
    assert heart.beats > 3
    assert worked <= STILL
    said = f"{passed * 1000:.0f} ms, worked {worked * 1000:.0f} ms"
    print(f"\n  largest gap between two 10 ms beats: {said}")  # noqa: T201 - to read
