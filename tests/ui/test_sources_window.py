"""The Sources screen as a window has it: keys, names, places, narrow and large."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from sources_desk import SourcesDesk, first_release, heron, release, second_release, written
from update_samples import exploited

from briefing import paths
from briefing.core.errors import BriefingError
from briefing.store import connection
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.source_list import ALL, IDENTITY
from briefing.ui.widgets.buttons import Button
from briefing.ui.widgets.cells import SECOND_ROLE, TRAILING_ROLE, TRAILING_SECOND_ROLE


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> SourcesDesk:
    return SourcesDesk(qtbot, theme, tmp_path)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return first_release(tmp_path)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return second_release(tmp_path)


def test_escape_stops_the_reading(desk: SourcesDesk, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        release(folder, f"{number}.json", heron(1))
    desk.view.import_paths([folder])
    desk.qtbot.waitUntil(lambda: desk.view.work.busy)
    QTest.keyClick(desk.view, Qt.Key.Key_Escape)
    desk.settle()
    assert "Stopped. Nothing was changed." in desk.told()
    assert desk.view.pending.waiting == ()


def test_files_can_be_dropped_on_the_screen(desk: SourcesDesk, first: Path) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(first)), QUrl("https://example.org/feed.json")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    entered = QDragEnterEvent(QPoint(400, 300), copy, dragged, buttons, keys)
    QApplication.sendEvent(desk.view, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(400, 300), copy, dragged, buttons, keys)
    QApplication.sendEvent(desk.view, dropped)
    desk.settle()
    assert len(desk.view.pending.waiting) == 1
    elsewhere = QMimeData()
    elsewhere.setUrls([QUrl("https://example.org/feed.json")])
    entered = QDragEnterEvent(QPoint(400, 300), copy, elsewhere, buttons, keys)
    entered.ignore()
    QApplication.sendEvent(desk.view, entered)
    assert not entered.isAccepted()


def test_a_source_nobody_knows_is_told_in_words(desk: SourcesDesk) -> None:
    with pytest.raises(BriefingError, match="There is no source “nowhere”"):
        desk.view.show_place(Place("sources", "nowhere"))


def test_everything_is_done_by_keyboard(desk: SourcesDesk, first: Path) -> None:
    desk.activate()
    desk.read(first)
    assert desk.view.list.rows.hasFocus()
    bar = desk.view.pages.preview.bar
    desk.tab_to(lambda widget: widget is bar.apply)
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.snapshots() == 1
    table = desk.view.pages.page.history.table
    desk.tab_to(lambda widget: widget is table)
    desk.press(Qt.Key.Key_Return)
    focus = desk.window.focusWidget()
    assert isinstance(focus, Button)
    assert focus.text() == "Undo this import"
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.snapshots() == 0


def test_every_control_has_a_name(desk: SourcesDesk, first: Path, second: Path) -> None:
    desk.take(first)
    desk.read(second)
    nameless = []
    for place in ("attack-enterprise", "all-imports", "quarantine", "waiting:0"):
        desk.go(place)
        nameless += [
            type(widget).__name__
            for widget in desk.window.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not widget.accessibleName()
            and not (isinstance(widget, QAbstractButton) and widget.text())
        ]
    assert nameless == []


def test_in_a_narrow_window_list_and_page_take_turns(
    desk: SourcesDesk, first: Path, theme: Theme
) -> None:
    desk.take(first)
    desk.window.resize(590, 800)
    desk.activate()
    rows, page = desk.view.list.rows, desk.view.pages
    assert page.isVisible()
    assert not rows.isVisible()
    desk.click("All sources")
    assert rows.isVisible()
    assert not page.isVisible()
    assert rows.hasFocus()
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.isVisible()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert page.isVisible()
    assert not rows.isVisible()
    focus = desk.window.focusWidget()
    assert focus is not None
    assert focus.isVisible()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_no_word_of_a_button_is_cut_at_any_text_size(
    desk: SourcesDesk, first: Path, second: Path, theme: Theme, factor: float
) -> None:
    desk.take(first)
    desk.read(second)
    desk.window.resize(720, 800)
    theme.set_factor(factor)
    try:
        for place in ("waiting:0", "attack-enterprise"):
            desk.go(place)
            cut = [
                button.text()
                for button in desk.window.findChildren(Button)
                if button.isVisible() and button.width() < button.minimumSizeHint().width()
            ]
            assert cut == []
    finally:
        theme.set_factor(1.0)


def _row(desk: SourcesDesk, title: str) -> list[str]:
    """The four texts of a row of the list."""
    model = desk.view.list.rows.model()
    roles = (Qt.ItemDataRole.DisplayRole, SECOND_ROLE, TRAILING_ROLE, TRAILING_SECOND_ROLE)
    [found] = [
        [str(model.index(row, 0).data(role) or "") for role in roles]
        for row in range(model.rowCount())
        if str(model.index(row, 0).data()) == title
    ]
    return found


def test_the_list_says_version_licence_and_age_in_words(desk: SourcesDesk, tmp_path: Path) -> None:
    desk.take(written(tmp_path / "known.json", exploited(1, 2)))
    name = "CISA Known Exploited Vulnerabilities Catalog"
    assert _row(desk, name) == [name, "CC0-1.0", "2024.03.01", "2 years old"]
    assert _row(desk, "EuRepoC")[2:] == ["", "not taken in yet"]
    assert _row(desk, "CERT-EU security advisories")[1] == "CC-BY-4.0 by its legal notice"
    desk.go("cisa-kev")
    assert "What you have is 2 years old." in desk.told()
    assert "never online" in desk.said()


def test_a_source_of_which_nothing_is_held_says_how_to_get_it(desk: SourcesDesk) -> None:
    desk.go("cert-eu")
    assert "Nothing of it has been taken in yet" in desk.told()
    page = desk.view.pages.page
    assert page.update_button.isVisible()
    assert not page.edit_button.isVisible()
    assert not page.remove_button.isVisible()
    desk.go("misp-threat-actor")
    assert not page.publish_button.isVisible()


def test_open_questions_are_counted_and_lead_to_the_review(desk: SourcesDesk) -> None:
    assert desk.view.list.quiet[IDENTITY].accessibleName() == "Actor identity, nothing to decide"
    desk.click("Actor identity")
    assert desk.view.pages.currentWidget() is desk.view.pages.identity
    assert desk.places[-1] == Place("sources", IDENTITY)
    assert desk.view.list.quiet[IDENTITY].isChecked()
    assert not desk.view.list.quiet[ALL].isChecked()


def test_the_bundled_database_shows_its_sources_and_cannot_be_undone(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(paths.bundled_database().read_bytes())
    desk = SourcesDesk(qtbot, theme, tmp_path, copy)
    assert "open question" in desk.view.list.quiet[IDENTITY].accessibleName()
    desk.go("mitre-attack")
    history = desk.view.pages.page.history.table
    model = history.model()
    assert str(model.index(0, model.columnCount() - 1).data()) == "came with the program"
    desk.click_undo(history, 0)
    assert "Take back" not in desk.told()


def test_f1_leads_to_the_page_about_sources(desk: SourcesDesk) -> None:
    assert desk.view.property(HELP_TOPIC) == "sources"


def test_while_something_is_under_way_nothing_else_starts(
    desk: SourcesDesk, first: Path, tmp_path: Path
) -> None:
    desk.view.import_paths([first])
    assert not desk.view.list.import_button.isEnabled()
    desk.view.import_paths([written(tmp_path / "known.json", exploited(1))])
    desk.settle()
    assert len(desk.view.pending.waiting) == 1
    assert desk.view.list.import_button.isEnabled()


def test_what_was_read_waits_while_one_looks_elsewhere(desk: SourcesDesk, first: Path) -> None:
    desk.view.import_paths([first])
    desk.view.hide()
    desk.settle()
    steps = len(desk.places)
    desk.view.show()
    desk.go("")
    assert desk.view.pages.currentWidget() is desk.view.pages.preview
    assert len(desk.places) == steps


def test_a_database_that_another_program_holds_is_told_and_what_waits_stays(
    desk: SourcesDesk, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.read(first)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    with closing(connection.open_writer(desk.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        desk.apply()
    assert "knowledge.db" in desk.told()
    assert len(desk.view.pending.waiting) == 1
    desk.apply()
    assert desk.snapshots() == 1


@pytest.mark.parametrize("place", ["waiting:0", "attack-enterprise", "cert-eu", "all-imports"])
def test_tab_walks_as_the_eye_does_and_reaches_everything(
    desk: SourcesDesk, first: Path, second: Path, place: str
) -> None:
    desk.take(first)
    desk.read(second, desk.folder)
    desk.go(place)
    desk.activate()
    stops = {
        widget
        for widget in desk.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    walked: list[QWidget] = []
    for _ in range(len(stops)):
        focus = desk.window.focusWidget()
        assert focus is not None
        walked.append(focus)
        desk.press(Qt.Key.Key_Tab)
    assert stops - set(walked) == set()
    page = [one for one in walked if desk.view.pages.isAncestorOf(one)]
    heights = [one.mapTo(desk.window, QPoint(0, 0)).y() for one in page]
    assert place == "waiting:0" or heights == sorted(heights)
    told = [walked.index(one) for one in walked if desk.view.work.isAncestorOf(one)]
    assert all(at < walked.index(page[0]) for at in told)
