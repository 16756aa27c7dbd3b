"""Undoing the only import of a source, in the whole window: no page asks for what is gone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sources_desk import cells
from stix_samples import attack

from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui import screens
from briefing.ui.errors import ErrorDialog
from briefing.ui.navigation import Place
from briefing.ui.program import Program
from briefing.ui.views.source_list import ALL
from briefing.ui.views.sources import SourcesView

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def program(qapp: QApplication, bundled_database: Path, tmp_path: Path) -> Iterator[Program]:
    database = Path(shutil.copy(bundled_database, tmp_path / "knowledge.db"))
    settings = SettingsFile(tmp_path / "settings.json")
    made = Program(Library(KnowledgeFile(database)), settings, tmp_path / "workspace.db")
    yield made
    made.end()


def _undo_the_only_import(program: Program, qtbot: QtBot, folder: Path) -> SourcesView:
    """Take a file of one's own in, look at its source, and undo it by keyboard."""
    window = program.window
    window.go(Place("sources"))
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    screens.settle(program)
    (view,) = window.findChildren(SourcesView)
    heron = attack("intrusion-set", 1, "G9001", name="Grey Heron")
    file = folder / "mine.json"
    identifier = "bundle--00000000-0000-4000-8000-000000000001"
    file.write_text(json.dumps({"type": "bundle", "id": identifier, "objects": [heron]}))
    view.import_paths([file])
    screens.settle(program)
    view.apply()
    screens.settle(program)
    table = view.pages.page.history.table
    assert window.history.current == Place("sources", "local-mine")
    assert table.model().rowCount() == 1
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    screens.settle(program)
    return view


def test_the_state_after_the_undo_is_shown_and_no_error(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    view = _undo_the_only_import(program, qtbot, tmp_path)
    assert program.window.findChildren(ErrorDialog) == []
    assert program.window.history.current == Place("sources", ALL)
    assert view.pages.currentWidget() is view.pages.imports
    assert "mine" not in [row[1] for row in cells(view.pages.imports.history.table)]


def test_back_to_the_source_that_is_gone_shows_the_imports(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    view = _undo_the_only_import(program, qtbot, tmp_path)
    QTest.keyClick(view.list.rows, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    screens.settle(program)
    assert program.window.history.current == Place("sources", "local-mine")
    assert program.window.findChildren(ErrorDialog) == []
    assert view.pages.currentWidget() is view.pages.imports


def test_a_source_that_never_was_is_still_told(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    _undo_the_only_import(program, qtbot, tmp_path)
    program.window.go(Place("sources", "nobody-s"))
    assert len(program.window.findChildren(ErrorDialog)) == 1
