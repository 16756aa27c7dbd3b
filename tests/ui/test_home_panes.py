"""The Home screen while it changes: another client, another width, another text size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from briefing import paths
from briefing.core.client import Client
from briefing.core.tlp import Tlp
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui import screens
from briefing.ui.navigation import Place
from briefing.ui.program import Program
from briefing.ui.views.home import HomeView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CLIENT = Client("Harbour Dental Group", ("healthcare",), ("US",), tlp=Tlp.GREEN)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(KnowledgeFile(paths.bundled_database()))


@pytest.fixture
def program(qapp: object, library: Library, tmp_path: Path) -> Iterator[Program]:
    del qapp
    made = Program(library, SettingsFile(tmp_path / "settings.json"), tmp_path / "workspace.db")
    made.window.resize(screens.SIZE)
    yield made
    made.end()


@pytest.fixture
def view(program: Program) -> HomeView:
    program.window.show()
    program.window.activateWindow()
    program.window.go(Place("home"))
    screens.settle(program)
    return program.window.findChildren(HomeView)[0]


def test_another_client_is_shown_from_its_top_with_the_keyboard_there(
    program: Program, view: HomeView
) -> None:
    view.head.set_up.setFocus(Qt.FocusReason.TabFocusReason)
    bar = view.page.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    program.looking.set_client(CLIENT)
    screens.settle(program)
    assert bar.value() == 0
    assert QApplication.focusWidget() is view.head.brief
    program.looking.set_client(None)
    screens.settle(program)
    assert QApplication.focusWidget() is view.head.set_up


def test_a_client_that_brings_another_ceiling_is_read_once(
    program: Program, view: HomeView
) -> None:
    before = view._asked
    assert program.looking.ceiling is not CLIENT.tlp
    program.looking.set_client(CLIENT)
    assert view._asked == before + 1
    program.looking.set_ceiling(Tlp.RED)
    assert view._asked == before + 2


def test_a_first_visit_names_no_last_one(program: Program, view: HomeView) -> None:
    view._since = "2026-11-20"  # the day of an import, where nobody has been here before
    program.looking.set_client(CLIENT)
    screens.settle(program)
    assert "20 Nov 2026" in view.news_header._title
    assert "Last visit" not in view.head._under.text()


def test_in_large_text_the_column_and_the_head_scroll_with_the_page(
    program: Program, view: HomeView
) -> None:
    parts = (view.head, view.action, view.concerns)
    assert not any(view.page.isAncestorOf(part) for part in parts)
    sizes = [(label, label.font().pixelSize()) for label in (view.head._name, view.action._do)]
    program.window.resize(900, 600)
    program.theme.set_factor(2.0)
    screens.settle(program)
    assert all(view.page.isAncestorOf(part) for part in parts)
    assert view.page.horizontalScrollBar().maximum() == 0
    for label, size in sizes:
        assert label.font().pixelSize() == 2 * size, "it moved and has the new size"
    program.theme.set_factor(1.0)
    screens.settle(program)
    assert not any(view.page.isAncestorOf(part) for part in parts)
    assert [label.font().pixelSize() for label, _ in sizes] == [size for _, size in sizes]
