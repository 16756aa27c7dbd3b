"""The Actors screen: comparison, pages of techniques and mitigations, what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from actors_window import ActorsWindow, opened, shown_actor, told, words
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication

from briefing.core.errors import BriefingError
from briefing.core.world import World
from briefing.ui.actor_places import comparison_place
from briefing.ui.errors import ErrorDialog
from briefing.ui.navigation import Place


@pytest.fixture
def screen(qapp: QApplication, tmp_path: Path) -> Iterator[ActorsWindow]:
    yield from opened(tmp_path)


def test_an_actor_that_is_not_there_is_told_in_a_sentence(screen: ActorsWindow) -> None:
    screen.view.show_place(Place("actors", "intrusion-set--gone"))
    assert told(screen.view).startswith("There is no actor intrusion-set--gone")


@pytest.mark.parametrize("subject", ["attack-pattern--gone", "course-of-action--gone"])
def test_a_page_that_is_not_there_is_told_in_a_sentence(screen: ActorsWindow, subject: str) -> None:
    screen.view.show_place(Place("actors", subject))
    assert subject in told(screen.view)


def test_more_than_four_actors_are_not_compared(screen: ActorsWindow) -> None:
    screen.view.show_place(comparison_place([row.id for row in screen.library.actors[:5]]))
    assert told(screen.view) == "Two to four actors can stand side by side, not 5."


def test_a_comparison_says_what_all_share_of_how_much(screen: ActorsWindow) -> None:
    view = screen.show("APT28", "APT29", "Turla")
    aspect = view.comparison._aspects[0]
    assert view.comparison.tabs.tabText(0) == f"Techniques {aspect.in_all} of {len(aspect.things)}"
    model = view.comparison.table.model()
    assert model.index(0, model.columnCount() - 1).data() == "all three"
    ticks = [model.index(0, column).data() for column in range(4, 7)]
    assert ticks == ["✓", "✓", "✓"]
    assert "Russia" in words(view.comparison.facts)
    assert view.list.selected() == tuple(
        row.id for row in screen.library.actors if row.name in ("APT28", "APT29", "Turla")
    )


def test_actors_are_added_to_and_taken_out_of_a_comparison(screen: ActorsWindow) -> None:
    view = screen.show("APT28", "APT29")
    view.comparison.add.click()
    view.comparison._popup.chosen.emit(screen.id("Turla"))
    assert view.title == "APT28, APT29 and Turla"
    view.comparison.facts.actor_removed.emit(screen.id("APT28"))
    assert view.title == "APT29 and Turla"
    view.comparison.facts.actor_removed.emit(screen.id("APT29"))
    assert view.title == "Turla"
    assert view.comparison._invitation.isVisible()
    assert not view.comparison.table.isVisible()


def test_compare_on_a_profile_begins_a_comparison_with_it(screen: ActorsWindow) -> None:
    view = screen.show("Turla")
    view.profile.compare_requested.emit(screen.id("Turla"))
    assert screen.places == [comparison_place([screen.id("Turla")])]


def test_make_briefing_leads_to_the_briefings(screen: ActorsWindow) -> None:
    view = screen.show("Turla")
    view.profile.brief_requested.emit(screen.id("Turla"))
    assert screen.places == [Place("briefings", screen.id("Turla"))]


def test_a_technique_page_lists_who_uses_it_of_how_many(screen: ActorsWindow) -> None:
    technique = screen.library.search("T1059.001")[0].id
    entity = screen.library.entity(technique)
    screen.view.show_place(Place("actors", technique))
    page = screen.view.page
    assert screen.view.title == "PowerShell T1059.001"
    assert f"{entity.groups} of {entity.groups_total} ATT&CK groups" in (
        page.users.header.accessibleName()
    )
    assert page.users.table.model().rowCount() == len(entity.actors)
    assert page.related.table.model().rowCount() == len(entity.related)
    assert "Stage: Maintain access" in page.facts.text()
    assert "M1026" in page.facts.text()


def test_everything_on_a_page_leads_somewhere(screen: ActorsWindow) -> None:
    technique = screen.library.search("T1059.001")[0].id
    screen.view.show_place(Place("actors", technique))
    page = screen.view.page
    first: QModelIndex = page.related.table.model().index(0, 0)
    name = str(first.data())
    page.related.table.clicked.emit(first)
    assert screen.view.title.startswith(name)
    screen.view.show_place(Place("actors", technique))
    page.mitigation_asked.emit("M1026")
    assert screen.view.title == "Privileged Account Management M1026"
    assert not page.users.isVisible()
    screen.view.show_place(Place("actors", technique))
    page.users.table.row_activated.emit(page.users.table.model().index(0, 0))
    assert shown_actor(screen.view) == "APT28"


def test_a_long_description_is_opened_and_closed(screen: ActorsWindow) -> None:
    screen.view.show_place(Place("actors", screen.library.search("T1059.001")[0].id))
    page = screen.view.page
    short = page._words.text()
    page.description.link_activated.emit()
    assert len(page._words.text()) > len(short)
    assert "Citation" not in page._words.text()
    page.description.link_activated.emit()
    assert page._words.text() == short


def test_a_map_that_cannot_be_read_is_told_once_and_profiles_still_open(
    qapp: QApplication, tmp_path: Path
) -> None:
    def broken() -> World:
        raise BriefingError("The shapes of the world map cannot be read.")

    made = ActorsWindow(tmp_path, broken)
    made.show("APT28")
    [dialog] = made.view.findChildren(ErrorDialog)
    assert dialog.accessibleName() == "The shapes of the world map cannot be read."
    dialog.close()
    made.show("Turla")
    assert shown_actor(made.view) == "Turla"
    made.end()
