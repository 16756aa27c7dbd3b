"""What changed for an actor since a day, as its page shows it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from dated_imports import take_on
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from store_samples import actor, changes, native, source

from briefing.core.changes import Predicate, RecordDraft, StatementDraft
from briefing.core.history import StatementChange
from briefing.store.actor_changes import changes_since, last_import
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels
from briefing.store.migrate import open_knowledge
from briefing.store.profiles import open_profile
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.changes import ChangesSection
from briefing.ui.views.actor_sections.shown import Shown, shown
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose_rows import ProseRows
from briefing.ui.widgets.scroller import Scroller

TODAY = date(2026, 11, 24)
ATTACK = source("attack-enterprise")


@dataclass
class Changes:
    """Asks a real database."""

    knowledge: KnowledgeFile

    @property
    def last_import(self) -> str:
        return last_import(self.knowledge.connection)

    def changes_since(self, actor: str, since: str) -> tuple[StatementChange, ...]:
        connection = self.knowledge.connection
        return changes_since(connection, read_labels(connection), actor, since)


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_knowledge(path)) as connection:
        yield connection


@pytest.fixture
def once(database: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A Fox that was taken in once."""
    take_on(database, path, "2025-06-01", changes(actor(1, "Fox", "Red Fox"), actor(2, "Owl")))
    return database


@pytest.fixture
def twice(once: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A Fox that bore other names in March, and one more in November."""
    owl = actor(2, "Owl")
    march = changes(actor(1, "Fox", "Vixen"), owl, version="2")
    take_on(once, path, "2026-03-01", march)
    take_on(once, path, "2026-11-20", changes(actor(1, "Fox", "Vixen", "Todd"), owl, version="3"))
    return once


@pytest.fixture
def make(qtbot: QtBot, theme: Theme, path: Path) -> Callable[[], ChangesSection]:
    """Builds the section in a window."""
    pages: list[Scroller] = []  # Nothing else keeps them while a test runs.

    def made() -> ChangesSection:
        theme.set_factor(1.0)
        page = Scroller(theme)
        section = ChangesSection(theme, Changes(KnowledgeFile(path)), lambda: TODAY)
        page.body.addWidget(section)
        pages.append(page)
        page.resize(900, 600)
        qtbot.addWidget(page)
        page.show()
        page.activateWindow()
        return section

    return made


def shown_actor(path: Path, number: int = 1) -> Shown:
    connection = KnowledgeFile(path).connection
    return shown(open_profile(connection, read_labels(connection), native(number)))


def rows_of(section: ChangesSection) -> list[str]:
    QApplication.processEvents()
    found = [rows for rows in section.findChildren(ProseRows) if rows.isVisible()]
    return [line for rows in found for line in rows.text().splitlines()]


def summary_of(section: ChangesSection) -> str:
    QApplication.processEvents()
    labels = section.findChildren(WrappedLabel)
    return next(label.text() for label in labels if label.isVisible() and label.text())


def shown_link(section: ChangesSection, words: str) -> LinkButton | None:
    QApplication.processEvents()
    found = [one for one in section.findChildren(LinkButton) if one.text() == words]
    return next((one for one in found if one.isVisible()), None)


def choose(section: ChangesSection, words: str) -> None:
    """Choose from the menu that the heading's link opens."""
    link = shown_link(section, "Other day")
    assert link is not None
    link.click()
    [action] = [one for one in section.menu.actions() if one.text().startswith(words)]
    section.menu.close()
    action.trigger()


def test_since_the_last_import_is_what_is_shown_at_first(
    twice: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    section = make()
    section.set_shown(shown_actor(path))
    assert summary_of(section) == "Since 20 Nov 2026: 1 added."
    assert rows_of(section) == ["20 Nov 2026: Feed-A 3", "added: Names: Todd"]


def test_a_year_shows_every_import_newest_first_with_what_went(
    twice: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    section = make()
    section.set_shown(shown_actor(path))
    choose(section, "A year (24 Nov 2025)")
    assert summary_of(section) == "Since 24 Nov 2025: 2 added and 1 no longer said."
    assert rows_of(section) == [
        "20 Nov 2026: Feed-A 3",
        "added: Names: Todd",
        "1 Mar 2026: Feed-A 2",
        "added: Names: Vixen",
        "no longer said: Names: Red Fox",
    ]


def test_where_nothing_changed_one_sentence_says_so(
    twice: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    section = make()
    section.set_shown(shown_actor(path, 2))
    choose(section, "30 days")
    assert summary_of(section) == "Nothing has changed since 25 Oct 2026."
    assert rows_of(section) == []
    assert section.isVisible()


def test_where_every_source_was_taken_in_once_there_is_no_section(
    once: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    section = make()
    section.set_shown(shown_actor(path))
    assert not section.isVisible()


def test_a_day_of_ones_own_is_typed_and_what_is_no_day_is_said(
    twice: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    section = make()
    section.set_shown(shown_actor(path))
    choose(section, "A date")
    assert summary_of(section) == "Which day should be looked back to?"
    assert section.window().focusWidget() is section.day.input
    for typed, fault in (
        ("31 Feb 2026", "No such date. Use day month year, such as 12 Nov 2026."),
        ("25 Nov 2026", "That day is still to come. Use an earlier one."),
    ):
        section.day.input.clear()
        QTest.keyClicks(section.day.input, typed)
        QTest.keyClick(section.day.input, Qt.Key.Key_Return)
        assert section.day.input.accessibleDescription() == fault
        assert section.day.text() == typed
    section.day.input.clear()
    QTest.keyClicks(section.day.input, "2 Mar 2026")
    assert section.day.input.accessibleDescription() == ""
    QTest.keyClick(section.day.input, Qt.Key.Key_Return)
    assert summary_of(section) == "Since 2 Mar 2026: 1 added."


def test_the_choice_stays_from_one_actor_to_the_next_and_is_ticked(
    twice: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    section = make()
    section.set_shown(shown_actor(path, 2))
    choose(section, "A year")
    section.set_shown(shown_actor(path))
    assert summary_of(section).startswith("Since 24 Nov 2025: 2 added")
    section.open_menu()
    ticked = [one.text() for one in section.menu.actions() if one.isChecked()]
    section.menu.close()
    assert ticked == ["A year (24 Nov 2025)"]


def test_a_long_list_shows_the_first_and_all_of_it_when_asked(
    once: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    names = [f"Name {number:02}" for number in range(20)]
    take_on(once, path, "2026-11-20", changes(actor(1, "Fox", "Red Fox", *names)))
    section = make()
    section.set_shown(shown_actor(path))
    assert rows_of(section)[1].endswith("Name 11 and 8 more")
    link = shown_link(section, "All 20 changes")
    assert link is not None
    link.click()
    assert rows_of(section)[1].endswith("Name 19")
    fewer = shown_link(section, "Fewer")
    assert fewer is not None
    fewer.click()
    assert rows_of(section)[1].endswith("and 8 more")


def test_the_same_said_with_other_particulars_is_shown_once_with_them(
    once: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    def named(name: str, coiner: str) -> StatementDraft:
        return StatementDraft(
            native(1), Predicate.NAMED, value=name, detail={"coined_by": coiner}, tlp="AMBER"
        )

    fox = actor(1, "Fox", said=[named("Lynx", "Us"), named("Elk", "Us")])
    take_on(once, path, "2026-10-01", changes(fox))
    fox = actor(1, "Fox", said=[named("Lynx", "Them"), named("Elk", "Them")])
    take_on(once, path, "2026-11-20", changes(fox))
    section = make()
    section.set_shown(shown_actor(path))
    assert summary_of(section) == "Since 20 Nov 2026: 2 said otherwise."
    assert rows_of(section)[1] == (
        "said otherwise: Names: Elk TLP:AMBER, Lynx TLP:AMBER (coined by: Us → Them)"
    )


def test_sentences_are_set_apart_by_semicolons(
    once: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    events = ("It attacked banks, schools and hospitals, as its own site said, in May", "It left")
    said = [StatementDraft(native(1), Predicate.HAPPENED, value=event) for event in events]
    take_on(once, path, "2026-11-20", changes(actor(1, "Fox", "Red Fox", said=said)))
    section = make()
    section.set_shown(shown_actor(path))
    assert rows_of(section)[1] == f"added: Events: {events[0]}; {events[1]}"


def test_a_technique_leads_to_its_page_and_a_mark_to_its_source(
    once: sqlite3.Connection, make: Callable[[], ChangesSection], path: Path
) -> None:
    technique = "attack-pattern--1"
    take_on(once, path, "2026-01-01", changes(_technique(technique), of=ATTACK))
    uses = StatementDraft(native(1), Predicate.USES_TECHNIQUE, object=technique, value="uses")
    take_on(once, path, "2026-11-20", changes(actor(1, "Fox", "Red Fox", said=[uses])))
    section = make()
    asked: list[Place] = []
    marked: list[str] = []
    section.navigate.connect(asked.append)
    section.source_activated.connect(marked.append)
    section.set_shown(shown_actor(path))
    QApplication.processEvents()
    [rows] = [rows for rows in section.findChildren(ProseRows) if rows.isVisible()]
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    QTest.keyClick(rows, Qt.Key.Key_Tab)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert marked == ["feed-a"]
    assert asked == [Place("actors", technique)]


def test_nothing_is_cut_at_twice_the_text_size(
    twice: sqlite3.Connection, make: Callable[[], ChangesSection], theme: Theme, path: Path
) -> None:
    section = make()
    section.set_shown(shown_actor(path))
    choose(section, "A date")
    theme.set_factor(2.0)
    page = section.window()
    assert isinstance(page, Scroller)
    page.resize(560, 600)
    QApplication.processEvents()
    assert page.width() == 560
    assert page.content.width() <= page.viewport().width()
    theme.set_factor(1.0)


def _technique(native_id: str) -> RecordDraft:
    content = {
        "id": native_id,
        "type": "attack-pattern",
        "name": "Hiding",
        "external_references": [{"source_name": "mitre-attack", "external_id": "T1001"}],
    }
    named = StatementDraft(native_id, Predicate.NAMED, value="Hiding")
    return RecordDraft.of(native_id, "attack-pattern", content, [named])
