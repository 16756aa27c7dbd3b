"""A place of another screen can lead to the list of actors, filtered."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from briefing.analysis.actor_filter import ActorFilter, matching
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.actor_places import filter_place
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actors import ActorsView

WORLD = Path(__file__).resolve().parents[2] / "resources" / "map" / "world.json"


def test_the_list_shows_who_matches_and_one_of_them_beside_it(
    qtbot: QtBot, bundled_database: Path, tmp_path: Path
) -> None:
    library = Library(KnowledgeFile(bundled_database))
    settings = SettingsFile(tmp_path / "settings.json")
    view = ActorsView(
        Theme(scheme="light"),
        library,
        settings,
        tmp_path / "workspace.db",
        lambda: read_world(WORLD),
    )
    qtbot.addWidget(view)
    chosen = ActorFilter(country="UA")
    expected = [row.id for row in matching(library.actors, chosen)]
    view.show_place(filter_place(chosen.values()))
    assert view.list.filter == chosen
    assert view.list.table.model().rowCount() == len(expected)
    assert view.list.selected()[0] in expected
    stays = expected[1]
    view.show_place(Place("actors", stays))
    view.show_place(filter_place(chosen.values()))
    assert view.list.selected() == (stays,)
