"""The review queue: one question after another, and every answer can be taken back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from identity_desk import MISP, NOW, TIDAL, IdentityDesk, small_database, three_questions
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from store_samples import actor, changes, native, source, take

from briefing.services.identity_review import answer, review
from briefing.services.task import Task
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.widgets.cells import SECOND_ROLE
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
    rows.window().activateWindow()
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(number):
        QTest.keyClick(rows, Qt.Key.Key_Tab)
    QTest.keyClick(rows, Qt.Key.Key_Return)


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


def test_nothing_is_taken_back_under_the_programs_own_name(desk: IdentityDesk) -> None:
    desk.answer("apart")
    desk.type_in("", "Threat Briefing")
    desk.view.decisions.rows[0].button.click()
    desk.settle()
    assert len(desk.kept()) == 1
    assert desk.view.panel.by.input.property("invalid") == "true"
    desk.type_in("", "")
    desk.view.decisions.rows[0].button.click()
    desk.settle()
    assert desk.kept() == ()


def test_decisions_that_contradict_each_other_are_a_question_of_their_own(
    desk: IdentityDesk,
) -> None:
    desk.choose(0)
    desk.answer("apart")
    for key in ((native(1), native(3)), (native(3), native(2))):
        answer(desk.path, key, "same-as", reason="So.", by="B", now=NOW, task=Task.silent())
    desk.view.reload()
    model = desk.view.list.model()
    rows = [model.index(row, 0).data(SECOND_ROLE) for row in range(model.rowCount())]
    assert any(str(words).startswith("decisions contradict") for words in rows)


def test_a_stated_attack_id_is_named_as_what_brought_two_together(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "knowledge.db"
    group = actor(1, "Fox", kind="intrusion-set", meta={"external_id": "G0001"})
    claimants = [
        actor(number, f"Claimant {number}", meta={"synonyms": ["G0001"]}) for number in (2, 3)
    ]
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(group, of=source("mitre-attack")))
        take(connection, path, changes(*claimants, of=TIDAL))
    desk = IdentityDesk(qtbot, theme, path)
    first = desk.view.list.model().index(0, 0)
    assert first.data(SECOND_ROLE) == "a stated ATT&CK id · Tidal-Groups"
    assert "In common: no name" in desk.view.panel.sides[0].text()
    assert "It states the ATT&CK id G0001." in desk.said()


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


def test_an_answer_after_which_a_rule_joins_two_others_says_so(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    path = small_database(tmp_path / "knowledge.db", actor(2, "A", "Fox"), actor(3, "B", "Fox"))
    desk = IdentityDesk(qtbot, theme, path)
    assert desk.view.waiting == 2
    desk.answer("apart")
    # One claimant less: now a rule may join the other, which matches nothing else.
    assert "A rule joins Fox and B now: nothing else matches them any more." in desk.said()
    assert desk.notices() == ["Nothing waits for a decision"]
    desk.view.panel.answered.emit("same-as")
    desk.click("Undo")
    desk.settle()
    assert desk.notices() == []
    assert desk.view.panel.isVisible()
    assert desk.kept() == ()
    assert desk.view.waiting == 2


def test_an_answer_that_settles_another_question_without_joining_says_so(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "knowledge.db"
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(actor(1, "Fox"), actor(2, "Owl"), of=MISP))
        take(connection, path, changes(actor(3, "Gryphon", "Fox", "Owl"), of=TIDAL))
    desk = IdentityDesk(qtbot, theme, path)
    assert desk.view.waiting == 2
    desk.answer("same-as")
    assert "1 other question is settled by it." in desk.said()


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
