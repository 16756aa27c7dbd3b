"""What the windows are tested with; and dialogs of one test are gone before the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from briefing_desk import Desk
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.program import Program
from briefing.ui.theme import Theme


@pytest.fixture(autouse=True)
def no_dialog_is_left_open() -> Iterator[None]:
    """Close what a test leaves in front: an application with a dialog open does not end."""
    yield
    if QApplication.instance() is not None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.close()


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    """The light one."""
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """The bundled database, which nobody here writes to."""
    with closing(KnowledgeFile(paths.bundled_database())) as knowledge:
        yield Library(knowledge)


@pytest.fixture(scope="module")
def actor(library: Library) -> str:
    """The id of one that has a profile of ours."""
    return library.search("Gamaredon Group")[0].id


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, library: Library, tmp_path: Path) -> Iterator[Desk]:
    """The Briefings screen."""
    made = Desk(qtbot, theme, library, tmp_path)
    yield made
    made.jobs.shutdown()


@pytest.fixture
def one_page(desk: Desk) -> None:
    """Of a briefing the executive page alone is made, which is quicker."""
    desk.view.options.length.set_value("one-page")
    desk.settle()


@pytest.fixture
def program(qapp: QApplication, library: Library, tmp_path: Path) -> Iterator[Program]:
    """The whole program, on the bundled database."""
    settings = SettingsFile(tmp_path / "settings.json")
    made = Program(library, settings, tmp_path / "workspace.db")
    yield made
    made.end()
