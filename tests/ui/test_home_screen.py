"""The Home screen: who matters to the client and why; for nobody, the world at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

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
from briefing.ui.views.home_head import client_chips
from briefing.ui.views.home_parts import RankedActors
from briefing.ui.widgets.prose_rows import ProseRows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CLIENT = Client(
    "Harbour Dental Group", ("healthcare",), ("US",), "small", uses_msp=True, example=True
)


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


def home(program: Program, client: Client | None = None) -> HomeView:
    program.looking.set_client(client)
    program.window.go(Place("home"))
    program.window.show()
    screens.settle(program)
    return program.window.findChildren(HomeView)[0]


def words(actors: RankedActors) -> str:
    return "\n".join(rows.toPlainText() for rows in actors.findChildren(ProseRows))


def test_for_nobody_it_shows_the_world_and_invites_to_set_up_a_client(program: Program) -> None:
    view = home(program)
    went: list[Place] = []
    view.navigate.connect(went.append)
    assert view.title == "Home"
    assert view.glance.isVisible()
    assert "Victim countries are known for" in view.glance.told
    view.head.set_up.click()
    assert went == [Place("clients", "", "new")]


def test_for_a_client_each_actor_has_its_reasons_and_every_mark_a_source(program: Program) -> None:
    view = home(program, CLIENT)
    assert view.title == CLIENT.name
    assert not view.glance.isVisible()
    said = words(view.actors)
    assert "Country" in said
    assert "Seen in the United States" in said
    assert "points" in said
    assert view.sources.isVisible()
    assert view.sources.list.model().rowCount() > 0


def test_what_the_ranking_rests_on_is_said(program: Program) -> None:
    view = home(program, CLIENT)
    assert "Rests on incident history" in view._ground.text()


def test_another_client_is_shown_as_soon_as_it_is_chosen(program: Program) -> None:
    view = home(program, CLIENT)
    before = words(view.actors)
    program.looking.set_client(Client("Kanzlei", ("professional-services",), ("DE",)))
    screens.settle(program)
    assert view.title == "Kanzlei"
    assert words(view.actors) != before


def test_an_action_is_marked_as_done_and_stays_so(program: Program) -> None:
    view = home(program)
    first = view.action.shown
    assert first is not None
    assert not first.done
    view.action.done.click()
    screens.settle(program)
    marked = [one for one in view.action._guidance.actions if one.done]
    assert [one.action.id for one in marked] == [first.action.id]


def test_another_action_can_be_asked_for(program: Program) -> None:
    view = home(program)
    first = view.action.shown
    view.action.another.click()
    second = view.action.shown
    assert first is not None
    assert second is not None
    assert first.action.id != second.action.id


def test_the_links_lead_to_help_to_comparison_and_to_actors(program: Program) -> None:
    view = home(program, CLIENT)
    went: list[Place] = []
    view.navigate.connect(went.append)
    view.actors_header.link_activated.emit()
    view.shared_header.link_activated.emit()
    view.actors.place_activated.emit("some-actor")
    assert [place.screen for place in went] == ["help", "actors", "actors"]
    assert went[0].subject == "relevance"
    assert went[1].detail == "compare"


def test_a_client_stands_in_a_few_chips(library: Library) -> None:
    many = Client(
        "Many",
        ("healthcare", "finance", "energy", "water", "media"),
        ("US", "DE", "FR", "GB"),
        tlp=Tlp.GREEN,
    )
    said = [text for text, _ in client_chips(many, library.labels)]
    assert said[3] == "and 2 more sectors"
    assert said[-1] == "and 1 more country"
    assert next(iter(client_chips(CLIENT, library.labels))) == ("example client", "contested")


def test_help_explains_the_ranking_with_its_figures(program: Program, qtbot: QtBot) -> None:
    del qtbot
    assert program.window.go(Place("help", "relevance"))
    screens.settle(program)
