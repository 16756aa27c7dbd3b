"""The review queue: one question after another, and every answer can be taken back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from identity_desk import TIDAL, IdentityDesk, copied, small_database, three_questions
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from store_samples import actor, changes, native, take

from briefing.services.identity_review import review
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.prose_rows import ProseRows


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> IdentityDesk:
    theme.set_factor(1.0)
    return IdentityDesk(qtbot, theme, three_questions(tmp_path / "knowledge.db"))


def follow(rows: ProseRows, number: int = 0) -> None:
    """Follow a link by keyboard."""
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    rows.place_activated.emit(rows._document.targets[number].href.removeprefix("place:"))


def test_it_says_how_many_questions_wait_and_why_no_rule_decides(desk: IdentityDesk) -> None:
    said = desk.said()
    assert "3 questions wait, about 3 records." in said
    assert "So no rule decides" in said
    assert desk.view.waiting == desk.view.list.model().rowCount() == 3


def test_a_question_shows_both_sides_with_the_shared_names_marked(desk: IdentityDesk) -> None:
    desk.choose(0)
    one, other = (card.text() for card in desk.view.panel.sides)
    assert "Are Fox and Vixen the same actor?" in desk.said()
    assert "Several records match Fox." in desk.said()
    assert one.splitlines() == [
        "Fox",
        "Sources: Misp-Threat-Actor",
        "In common: Fox, Red Fox",
        "Origin: not stated",
        "Cited: no document",
    ]
    assert "Only here: Vixen" in other.splitlines()
    assert "In common: Fox, Red Fox" in other.splitlines()


def test_an_answer_is_kept_with_reason_name_and_time_and_the_next_question_follows(
    desk: IdentityDesk,
) -> None:
    desk.choose(0)
    desk.answer("apart", "Other tools, other victims.")
    [made] = desk.kept()
    assert (made.one.native, made.other.native) == (native(1), native(2))
    assert (made.relation, made.reason) == ("apart", "Other tools, other victims.")
    assert (made.decided_by, made.decided_at) == ("A. Analyst", "2026-11-24T09:30:00+00:00")
    assert desk.question.other.name == "Todd"
    assert desk.view.panel.reason.text() == ""
    assert desk.view.panel.by.text() == "A. Analyst"
    assert desk.decided == 1
    assert "2 questions wait" in desk.said()
    assert (
        "Decided: Fox (Misp-Threat-Actor) and Vixen (Tidal-Groups) are not the same actor."
        in desk.said()
    )
    assert desk.view.list.currentIndex().row() == 0


def test_the_keyboard_stays_where_the_next_answer_begins(desk: IdentityDesk) -> None:
    desk.window.activateWindow()
    desk.answer("apart")
    assert QApplication.focusWidget() is desk.view.panel.reason.input


def test_undo_asks_the_question_again(desk: IdentityDesk) -> None:
    desk.choose(1)
    before = review(KnowledgeFile(desk.path))
    desk.answer("same-as", "One kit.")
    assert desk.kept()
    desk.click("Undo")
    desk.settle()
    assert review(KnowledgeFile(desk.path)) == before
    assert desk.question.other.name == "Todd"
    assert "Taken back: Fox (Misp-Threat-Actor) and Todd (Tidal-Groups)" in desk.said()
    assert "The question is asked again." in desk.said()
    assert desk.decided == 2


@pytest.mark.parametrize("by", ["", "Threat Briefing"])
def test_without_a_name_of_ones_own_nothing_is_kept_and_what_was_typed_stays(
    desk: IdentityDesk, by: str
) -> None:
    desk.answer("apart", "Looked.", by)
    assert desk.kept() == ()
    assert desk.decided == 0
    assert desk.view.panel.reason.text() == "Looked."
    assert desk.view.panel.by.input.property("invalid") == "true"
    desk.type_in("Looked.", "B")
    assert desk.view.panel.by.input.property("invalid") == "false"


def test_the_name_is_remembered_for_next_time(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    path = three_questions(tmp_path / "knowledge.db")
    desk = IdentityDesk(qtbot, theme, path, SettingsFile(tmp_path / "settings.json"))
    assert desk.view.panel.by.text() == ""
    desk.answer("apart", by="B. Analyst")
    again = IdentityDesk(qtbot, theme, path, SettingsFile(tmp_path / "settings.json"))
    assert again.view.panel.by.text() == "B. Analyst"


def test_settings_that_cannot_be_written_do_not_cost_the_answer(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    settings = SettingsFile(tmp_path / "settings.json")
    settings._path = tmp_path / "file" / "settings.json"
    desk = IdentityDesk(qtbot, theme, three_questions(tmp_path / "knowledge.db"), settings)
    desk.answer("apart")
    assert len(desk.kept()) == 1


def test_a_reason_stays_with_its_question_while_one_looks_at_another(desk: IdentityDesk) -> None:
    desk.choose(0)
    desk.type_in("About the vixen.")
    desk.choose(1)
    assert desk.view.panel.reason.text() == ""
    desk.choose(0)
    assert desk.view.panel.reason.text() == "About the vixen."


def test_every_decision_in_force_says_who_when_and_why_and_can_be_taken_back(
    desk: IdentityDesk,
) -> None:
    desk.answer("apart", "Other tools.")
    desk.answer("overlaps-with")
    newest, first = desk.view.decisions.rows
    assert first.text() == (
        "Fox (Misp-Threat-Actor) and Vixen (Tidal-Groups) are not the same actor"
        " 24 Nov 2026, A. Analyst: Other tools."
    )
    assert newest.text().endswith("24 Nov 2026, A. Analyst: no reason was given")
    first.button.click()
    desk.settle()
    assert [row.text() for row in desk.view.decisions.rows] == [newest.text()]
    assert [decided.relation for decided in desk.kept()] == ["overlaps-with"]
    assert desk.question.other.name == "Vixen"


def test_while_an_answer_is_written_no_other_can_be_given(desk: IdentityDesk) -> None:
    gate = Event()
    desk.jobs.run("Something else", lambda _task: gate.wait(30), serial=True)
    desk.type_in("Looked.")
    desk.press("apart")
    assert desk.view.busy
    assert not any(button.isEnabled() for button in desk.view.panel.buttons.values())
    desk.view.panel.answered.emit("same-as")
    gate.set()
    desk.settle()
    assert [decided.relation for decided in desk.kept()] == ["apart"]
    assert all(button.isEnabled() for button in desk.view.panel.buttons.values())


def test_a_stopped_answer_changes_nothing_and_keeps_what_was_typed(desk: IdentityDesk) -> None:
    gate = Event()
    desk.jobs.run("Something else", lambda _task: gate.wait(30), serial=True)
    desk.type_in("Looked.")
    desk.press("apart")
    desk.click("Cancel")
    gate.set()
    desk.settle()
    assert desk.kept() == ()
    assert desk.decided == 0
    assert "Stopped." in desk.notices()
    assert desk.view.panel.reason.text() == "Looked."


def test_what_cannot_be_written_is_said_and_what_was_typed_stays(desk: IdentityDesk) -> None:
    with closing(open_knowledge(desk.path)) as connection:
        take(connection, desk.path, changes(actor(3, "Todd", "Fox"), of=TIDAL))
    desk.choose(0)
    desk.answer("apart", "Looked.")
    assert desk.notices() == [f"There is no current record {native(2)}."]
    assert desk.view.panel.reason.text() == "Looked."
    assert desk.decided == 0
    desk.click("Copy details")
    assert QApplication.clipboard().text() == f"There is no current record {native(2)}."


def test_where_nothing_waits_it_says_what_would_bring_a_question(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    path = small_database(tmp_path / "knowledge.db", actor(2, "Owl"))
    desk = IdentityDesk(qtbot, theme, path)
    assert desk.notices() == ["Nothing waits for a decision"]
    assert "No question waits." in desk.said()
    assert not desk.view.panel.isVisible()
    assert desk.view.waiting == 0


def test_the_last_answer_leaves_nothing_to_ask(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    path = small_database(tmp_path / "knowledge.db", actor(2, "A", "Fox"), actor(3, "B", "Fox"))
    desk = IdentityDesk(qtbot, theme, path)
    desk.answer("apart")
    desk.answer("apart")
    assert desk.notices() == ["Nothing waits for a decision"]
    desk.click("Undo")
    desk.settle()
    assert desk.notices() == []
    assert desk.view.panel.isVisible()


def test_names_lead_to_their_actors_and_the_heading_to_its_help(desk: IdentityDesk) -> None:
    desk.choose(0)
    for card in desk.view.panel.sides:
        follow(card.findChildren(ProseRows)[0])
    desk.answer("apart")
    row = desk.view.decisions.rows[0].findChild(ProseRows)
    assert row is not None
    follow(row, 1)
    desk.click("How actors are joined")
    assert desk.asked == [
        Place("actors", native(1)),
        Place("actors", native(2)),
        Place("actors", native(2)),
        Place("help", "identity"),
    ]


def test_reading_again_keeps_the_question_and_what_was_typed(desk: IdentityDesk) -> None:
    desk.choose(1)
    desk.type_in("Halfway")
    desk.view.reload()
    assert (desk.question.other.name, desk.view.panel.reason.text()) == ("Todd", "Halfway")
    with closing(open_knowledge(desk.path)) as connection:
        claimants = (actor(3, "Todd", "Fox"), actor(5, "Zorro", "Fox"))
        take(connection, desk.path, changes(*claimants, of=TIDAL))
    assert desk.view.waiting == 2
    desk.view.reload()
    assert (desk.question.other.name, desk.view.panel.reason.text()) == ("Todd", "Halfway")
    assert desk.view.list.model().rowCount() == 2


def test_tab_walks_from_the_list_over_both_sides_to_the_four_answers(desk: IdentityDesk) -> None:
    desk.window.activateWindow()
    desk.view.setFocus()
    assert QApplication.focusWidget() is desk.view.list
    visited: list[QWidget] = []
    for _ in range(12):
        desk.view.focusNextChild()
        widget = QApplication.focusWidget()
        assert widget is not None
        visited.append(widget)
    panel = desk.view.panel
    wanted = [panel.reason.input, panel.by.input, *panel.buttons.values()]
    order = [visited.index(widget) for widget in wanted]
    assert order == sorted(order)
    assert all(isinstance(widget, ProseRows) for widget in visited[: order[0]])


def test_every_control_says_what_it_does(desk: IdentityDesk) -> None:
    desk.answer("apart")
    panel = desk.view.panel
    for widget in (desk.view.list, panel.reason.input, panel.by.input, *panel.buttons.values()):
        assert widget.accessibleName()
    for button in panel.buttons.values():
        assert button.accessibleDescription()
    assert desk.view.decisions.rows[0].button.accessibleName().startswith("Take back: Fox")


def test_the_real_queue_is_shown_whole_and_its_decisions_when_asked(
    qtbot: QtBot, theme: Theme, bundled_database: Path, tmp_path: Path
) -> None:
    desk = IdentityDesk(qtbot, theme, copied(bundled_database, tmp_path))
    assert desk.view.list.model().rowCount() == desk.view.waiting > 20
    decisions = desk.view.decisions
    few, every = len(decisions.rows), len(desk.kept())
    assert few < every
    [link] = [one for one in decisions.findChildren(LinkButton) if one.text() == f"All {every}"]
    link.click()
    desk.settle()
    assert len(decisions.rows) == every
    link.click()
    desk.settle()
    assert len(decisions.rows) == few


def test_the_real_queue_can_be_answered_row_by_row(
    qtbot: QtBot, theme: Theme, bundled_database: Path, tmp_path: Path
) -> None:
    desk = IdentityDesk(qtbot, theme, copied(bundled_database, tmp_path))
    before = desk.view.waiting
    for relation in desk.view.panel.buttons:
        desk.answer(relation, "A test.")
    assert desk.view.waiting < before
    assert sum(not decided.bundled for decided in desk.kept()) == 4


@pytest.mark.parametrize(("factor", "width"), [(1.0, 560), (1.5, 980), (2.0, 700)])
def test_nothing_is_cut_at_any_text_size(
    qtbot: QtBot,
    theme: Theme,
    bundled_database: Path,
    tmp_path: Path,
    factor: float,
    width: int,
) -> None:
    desk = IdentityDesk(qtbot, theme, copied(bundled_database, tmp_path))
    theme.set_factor(factor)
    desk.window.resize(width, 850)
    desk.settle()
    page = desk.view._page
    assert desk.window.width() == width
    assert page.content.width() <= page.viewport().width()
    for widget in page.content.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget.parent(), ProseRows):
            right = widget.mapTo(page.content, widget.rect().topRight()).x()
            assert right <= page.content.width()
    theme.set_factor(1.0)
