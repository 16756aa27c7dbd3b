"""The Attribution screen in the whole window, by Tab, Shift+Tab and Enter as a person presses them.

A chain of widgets says too little: what Tab really does depends on focus proxies as well.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from attribution_desk import raid
from case_samples import document, subject
from keyboard_hands import BACKTAB, CTRL, ENTER, HOME, SHIFT, TAB, Hands, name_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.core.tlp import Tlp
from briefing.services.cases import CaseBook
from briefing.services.library import Library
from briefing.settings import Settings, SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui import screens
from briefing.ui.navigation import Place
from briefing.ui.program import Program
from briefing.ui.views.attribution import SCREEN, AttributionView
from briefing.ui.views.case_forms import RowDialog

EMPTY = "empty-2023"


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    path = Path(shutil.copy(paths.bundled_database(), tmp_path / "knowledge.db"))
    bare = subject("bare", name="Nothing is known", slug=EMPTY, documents=(document("harbour"),))
    CaseBook(path).save([*raid(), bare], now="2024-03-01T09:00:00.000Z")
    settings = SettingsFile(tmp_path / "settings.json")
    settings.keep(Settings(analyst="Ada Example"))
    library = Library(KnowledgeFile(path))
    made = Program(library, settings, tmp_path / "workspace.db")
    made.looking.set_ceiling(Tlp.RED)
    yield made
    made.end()
    made.theme.set_factor(1.0)
    library.knowledge.close()


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    program.window.go(Place("actors"))
    program.window.show()
    program.window.activateWindow()
    with qtbot.waitActive(program.window):
        pass
    made = Hands(program.window)
    made.press(Qt.Key.Key_4, held=CTRL)
    screens.settle(program)
    return made


def shown(program: Program, place: Place) -> AttributionView:
    program.window.go(place)
    screens.settle(program)
    [view] = program.window.findChildren(AttributionView)
    return view


def stops(program: Program) -> set[QWidget]:
    """Whatever takes the keyboard."""
    return {
        widget
        for widget in program.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is program.window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


def walked(hands: Hands, key: Qt.Key, most: int) -> list[QWidget]:
    """Every stop of one round, in order."""
    found: list[QWidget] = []
    for _ in range(2 * most):
        hands.press(key, held=SHIFT if key is BACKTAB else Qt.KeyboardModifier.NoModifier)
        if hands.focus not in found:
            found.append(hands.focus)
    return found


def top_in(area: QScrollArea, widget: QWidget) -> int:
    return widget.mapTo(area.viewport(), QPoint()).y()


def is_seen(area: QScrollArea, widget: QWidget) -> bool:
    top = top_in(area, widget)
    return top >= 0 and top + widget.height() <= area.viewport().height()


def test_the_key_of_the_screen_gives_the_keyboard_to_the_claims(
    program: Program, hands: Hands
) -> None:
    assert name_of(hands.focus) == "Claims"


@pytest.mark.parametrize("detail", ["", "list"])
@pytest.mark.parametrize("key", [TAB, BACKTAB])
@pytest.mark.parametrize("slug", ["raid-2023", EMPTY])
def test_tab_reaches_everything_there_is_in_either_direction(
    program: Program, hands: Hands, slug: str, key: Qt.Key, detail: str
) -> None:
    shown(program, Place(SCREEN, slug, detail))
    wanted = stops(program)
    found = walked(hands, key, len(wanted))
    # Links appear under a row once Tab has chosen one.
    missed = {name_of(widget) for widget in stops(program) & wanted if widget not in found}
    assert missed == set()


def test_tab_goes_from_the_bar_to_the_beginning_of_the_page_and_brings_it_into_view(
    program: Program, hands: Hands
) -> None:
    view = shown(program, Place(SCREEN, "raid-2023"))
    hands.to("Documents", whole=True)
    assert top_in(view.page, view.page.head.chooser) < 0
    hands.to("View: colours and text size")
    hands.press(TAB)
    assert hands.focus is view.page.head.chooser
    assert is_seen(view.page, view.page.head.chooser)


def test_where_nobody_claims_anything_the_keyboard_still_goes_to_the_page(
    program: Program, hands: Hands
) -> None:
    view = shown(program, Place(SCREEN, EMPTY))
    hands.press(Qt.Key.Key_2, held=CTRL)
    hands.press(Qt.Key.Key_4, held=CTRL)
    screens.settle(program)
    assert view.page.isAncestorOf(hands.focus)


@pytest.mark.parametrize(
    ("rows", "link", "form"),
    [
        ("Claims", "Change A", "Change the claim"),
        ("Evidence", "Change E1", "Change the evidence"),
        ("Competing hypotheses", "Change H1", "Change the hypothesis"),
    ],
)
def test_after_a_row_was_changed_the_keyboard_is_among_its_rows(
    program: Program, hands: Hands, rows: str, link: str, form: str
) -> None:
    shown(program, Place(SCREEN, "raid-2023"))
    hands.to(rows, whole=True)
    hands.press(HOME, held=CTRL)
    hands.to(link, key=TAB if rows.startswith("Comp") else BACKTAB)
    hands.press(ENTER)
    hands.opens(form)
    hands.press(ENTER, held=CTRL)
    hands.closes(form)
    screens.settle(program)
    assert name_of(hands.focus) == rows


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_what_is_wrong_far_above_the_button_is_brought_into_view(
    program: Program, hands: Hands, factor: float
) -> None:
    program.theme.set_factor(factor)
    program.window.resize(900, 600)
    shown(program, Place(SCREEN, "raid-2023"))
    hands.push("Claims: Add claim")
    hands.opens("Add a claim")
    dialog = hands.dialog
    assert isinstance(dialog, RowDialog)
    hands.to("Who may see it")
    assert top_in(dialog.page, dialog.panel.fields["claimant"]) < 0
    hands.push("Record the claim")
    field = dialog.panel.fields["claimant"]
    assert field.isAncestorOf(hands.focus)
    hands.until(lambda: is_seen(dialog.page, field), "the field in view")


@pytest.mark.parametrize("form", ["Add a claim", "New assessment", "New incident"])
def test_what_has_the_keyboard_in_a_form_is_seen_in_the_largest_text(
    program: Program, hands: Hands, form: str
) -> None:
    program.theme.set_factor(2.0)
    program.window.resize(900, 600)
    shown(program, Place(SCREEN, "raid-2023"))
    hands.push("Claims: Add claim" if form == "Add a claim" else form)
    hands.opens(form)
    dialog = hands.dialog
    [page] = [
        one for one in dialog.findChildren(QScrollArea) if one.widget().isAncestorOf(hands.focus)
    ]
    seen: list[QWidget] = []
    while hands.focus not in seen:
        seen.append(hands.focus)
        if page.widget().isAncestorOf(hands.focus):
            hands.until(lambda: is_seen(page, hands.focus), name_of(hands.focus))
        hands.press(TAB)
    assert len(seen) > 8
