"""The forms of a case over a window, for their tests: what is typed, pressed, kept and told."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from case_samples import assessment, claim, document, evidence, hypothesis, subject
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.case import Row
from briefing.core.case_page import CasePage
from briefing.core.case_words import Claimant, Supposes
from briefing.core.tlp import Tlp
from briefing.services.cases import CaseBook, open_case, row_history
from briefing.services.library import Library
from briefing.settings import Settings, SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.case_editor import CaseEditor
from briefing.ui.views.form_dialog import FormDialog
from briefing.ui.widgets.notice import Notice

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ANALYST = "Ada Example"
LONG = 60.0
"""Seconds: far more than any machine needs; nothing here measures speed."""
SLUG = "raid-2023"

T = TypeVar("T", bound=QWidget)
R = TypeVar("R", bound=Row)


def raid() -> tuple[Row, ...]:
    """A small case with something of everything that a form can meet."""
    gazette = document("gazette", publisher="Harbour Gazette", published="2023-09-20")
    return (
        subject(tlp=Tlp.GREEN, documents=(gazette,), techniques=("T1566",), sectors=("transport",)),
        claim(
            "a",
            text="Says on its leak site that it did it, and shows two files.",
            claimant=Claimant.ACTOR,
            by="Heron",
            reliability="E",
            origin="Heron statement",
        ),
        claim("b", text="Reports that unnamed officials suspect Egret.", accused="Egret"),
        evidence(
            "e1",
            bears_on=("a",),
            text="The wiper was signed with a key that Heron has used before.",
            documents=(document("lab", publisher="Lab of Wading", published="2023-10-02"),),
        ),
        evidence("e2", text="The press repeats the statement.", documents=(gazette,)),
        hypothesis("h1", {"e1": "C", "e2": "N"}, short="Heron alone", text="Heron did it alone."),
        hypothesis(
            "h2", {"e1": "I"}, short="Nobody known", supposes=Supposes.UNKNOWN, text="A new actor."
        ),
        assessment("j1", "h1", gaps=("Nobody has seen the machines.",), author="Bert Example"),
    )


class CaseFormDesk:
    """A window, its editor, a database of its own, and what was saved."""

    def __init__(
        self, qtbot: QtBot | None, theme: Theme, folder: Path, database: Path, analyst: str = ""
    ) -> None:
        self.path = folder / "knowledge.db"
        shutil.copy(database, self.path)
        self.knowledge = KnowledgeFile(self.path)
        self.settings = SettingsFile(folder / "settings.json")
        self.settings.settings = Settings(analyst=analyst)
        self.jobs = Jobs()
        self.saved: list[str] = []
        self.now = NOW
        self.ceiling = Tlp.RED
        self.window = QWidget()
        QVBoxLayout(self.window)
        self.editor = CaseEditor(
            theme,
            self.jobs,
            Library(self.knowledge),
            self.settings,
            self.window,
            lambda: self.now,
            ceiling=lambda: self.ceiling,
        )
        self.editor.saved.connect(self.saved.append)
        if qtbot is not None:
            qtbot.addWidget(self.window)
        self.window.resize(1304, 852)
        self.window.show()

    def put(self, *rows: Row) -> CasePage:
        """Record rows behind the window's back, and read their case."""
        CaseBook(self.path).save(rows or raid(), now="2024-03-01T09:00:00Z")
        return self.page()

    def page(self, wanted: str = SLUG) -> CasePage:
        """The case as it is recorded now."""
        knowledge = KnowledgeFile(self.path)
        try:
            return open_case(knowledge.connection, wanted)
        finally:
            knowledge.close()

    def versions(self, row: str) -> tuple[Row, ...]:
        """Every version of a row, the newest first."""
        return row_history(self.knowledge.connection, row)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        end = time.monotonic() + LONG
        for _ in range(2):
            QApplication.processEvents()
            while self.jobs.busy:
                QTest.qWait(5)
                assert time.monotonic() < end, "still at work"
            QApplication.processEvents()

    def press(self, dialog: FormDialog) -> None:
        """Press the primary button of a dialog, and wait for what follows."""
        dialog.do.click()
        self.settle()

    def dialogs(self) -> list[FormDialog]:
        """Forms that are open."""
        QApplication.processEvents()
        return [one for one in self.window.findChildren(FormDialog) if one.isVisible()]

    def told(self, inside: QWidget) -> str:
        """Title and text of every notice that is shown."""
        QApplication.processEvents()
        found = [one for one in inside.findChildren(Notice) if one.isVisible()]
        return "\n".join(f"{one.accessibleName()} {one.accessibleDescription()}" for one in found)

    def close(self) -> None:
        """End what runs."""
        for dialog in self.dialogs():
            dialog.reject()
        self.settle()
        self.jobs.shutdown()
        self.knowledge.close()


def button(inside: QWidget, words: str) -> QAbstractButton:
    """The visible button whose words, or whose accessible name, begin so."""
    QApplication.processEvents()
    for one in inside.findChildren(QAbstractButton):
        names = (one.text().replace("&", ""), one.accessibleName())
        if one.isVisible() and any(name.startswith(words) for name in names):
            return one
    raise AssertionError(f"no button “{words}”")


def activate(dialog: QWidget) -> None:
    """Give a dialog the keyboard."""
    QApplication.processEvents()
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    QApplication.processEvents()
    assert dialog.isActiveWindow()


def tab_to(dialog: QWidget, wanted: Callable[[QWidget], bool]) -> QWidget:
    """Press Tab until the keyboard is at something."""
    for _ in range(200):
        focus = dialog.focusWidget()
        assert focus is not None
        if wanted(focus):
            return focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError("Tab does not lead there.")


def problems(panel: Any) -> dict[str, str]:
    """What is said to be wrong at the fields of a panel."""
    return {key: one.problem for key, one in panel.fields.items() if one.problem}


def changed(row: R, **fields: Any) -> R:
    """The same row with other fields."""
    return replace(row, **fields)
