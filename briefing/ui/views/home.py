"""The Home screen: who matters to the client, why, what is new, and one thing to do this week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.client import Client
from briefing.core.errors import BriefingError
from briefing.core.home import Concern
from briefing.core.relevance import Relevance
from briefing.core.tlp import Tlp
from briefing.core.wording import counted, in_words, sentence_case
from briefing.core.world import World
from briefing.services.home import Home, mark_action, read_home
from briefing.services.library import Library
from briefing.services.relevance import RelevanceDesk
from briefing.settings import SettingsFile
from briefing.ui.actor_places import comparison_place
from briefing.ui.errors import show_error
from briefing.ui.jobs import Jobs
from briefing.ui.looking import Looking
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.shown import date_words
from briefing.ui.views.actors import Remembered
from briefing.ui.views.advisory_parts import Sources, Stack
from briefing.ui.views.home_action import ActionCard
from briefing.ui.views.home_glance import Glance
from briefing.ui.views.home_head import HomeHead
from briefing.ui.views.home_panes import HomePanes
from briefing.ui.views.home_parts import (
    ConcernList,
    NewsRows,
    Numbered,
    RankedActors,
    SharedTechniques,
)
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.tab_order import lead

SCREEN: Final = "home"
VISITED: Final = "home.visited"
"""Under this name the day of the last visit is remembered."""
METHOD: Final = "relevance"
"""The help page that explains the ranking."""


class HomeView(QWidget):
    """A Screen with one place."""

    navigate = Signal(object)
    """The Place that was asked for."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        settings: SettingsFile,
        looking: Looking,
        desk: RelevanceDesk,
        workspace: Path,
        world: Callable[[], World],
        clock: Callable[[], date],
    ) -> None:
        """Nothing is read before ``show_place``.

        Args:
            theme: Looks.
            jobs: Reads in the background.
            library: What is read.
            settings: Where the day of the last visit is remembered.
            looking: Through whose eyes.
            desk: Who ranks actors.
            workspace: Path of workspace.db: which actions were done.
            world: Reads the map's shapes when first needed.
            clock: The present day.
        """
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._library = library
        self._looking = looking
        self._desk = desk
        self._clock = clock
        self._home: Home | None = None
        self._asked = 0
        self._asked_for: tuple[Client | None, Tlp] | None = None
        remembered = Remembered(settings, self)
        # What was new at the last visit stays new for as long as the program runs.
        self._visited = remembered.values.get(VISITED, "")
        self._since = self._visited or library.last_import[:10]
        remembered.keep({VISITED: clock().isoformat()})
        self.head = HomeHead(theme)
        self._workspace = workspace
        self.action, self.glance = ActionCard(theme), Glance(theme, world)
        self.actors_header = SectionHeader(theme, "Actors")
        self._ground = WrappedLabel(theme, "", "note", "ink_3")
        self.actors = RankedActors(theme)
        self._short = WrappedLabel(theme, "", "table", "ink_2")
        self.news_header = SectionHeader(theme, "What changed")
        self.news = NewsRows(theme)
        self.shared_header = SectionHeader(theme, "What they have in common")
        self.shared = SharedTechniques(theme)
        self.sources = Sources(theme)
        self.concerns = ConcernList(theme)
        self._fault: Notice | None = None
        main = (
            self.glance,
            Stack(theme, self.actors_header, self._ground, self.actors, self._short),
            Divider(theme, quiet=False),
            Stack(theme, self.news_header, self.news),
            Stack(theme, self.shared_header, self.shared),
            self.sources,
        )
        self.panes = HomePanes(theme, self.head, main, (self.action, self.concerns))
        self.page = self.panes.page
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panes)
        self._connect()
        self.setProperty(HELP_TOPIC, METHOD)
        lead(self, self.head)

    @property
    def title(self) -> str:
        """The client's name, or the screen's."""
        client = self._looking.client
        return client.name if client is not None else "Home"

    def show_place(self, place: Place) -> None:
        """Show the screen; it is read when it is first shown, and after what it shows changed."""
        del place
        if self._home is None:
            self._read()

    def reload(self) -> None:
        """Read everything anew, after the data changed."""
        self._desk.forget()
        self._read()

    def _read(self) -> None:
        self._asked += 1
        asked = self._asked
        client, ceiling = self._asked_for = self._wanted()
        if self._home is None:
            self.head.show_client(client, self._library.labels, "Reading …")
        knowledge, desk, since = self._library.knowledge, self._desk, self._since
        workspace, today = self._workspace, self._clock()
        job = self._jobs.run(
            "Reading what matters",
            lambda _task: read_home(
                knowledge, workspace, desk, client, since, today, ceiling=ceiling
            ),
        )
        job.failed.connect(partial(self._on_failed, asked))
        job.then(partial(self._on_read, asked))

    def _wanted(self) -> tuple[Client | None, Tlp]:
        """Through whose eyes and for whom; what is set above for the audience holds here too."""
        client, ceiling = self._looking.client, self._looking.ceiling
        return (replace(client, tlp=ceiling) if client is not None else None), ceiling

    def _on_read(self, asked: int, home: Home) -> None:
        if asked == self._asked:
            self._show(home)

    def _on_failed(self, asked: int, error: BriefingError) -> None:
        if asked != self._asked:
            return
        self._tell(
            Notice(
                self._theme,
                "error",
                "What matters could not be read.",
                str(error),
                (NoticeAction("Try again", self._read),),
            )
        )

    def _tell(self, notice: Notice | None) -> None:
        if self._fault is not None:
            self.page.body.removeWidget(self._fault)
            self._fault.deleteLater()
        self._fault = notice
        if notice is not None:
            self.page.body.insertWidget(0, notice)

    def _show(self, home: Home) -> None:
        self._tell(None)
        before, self._home = self._home, home
        client = home.client
        self.head.show_client(client, home.labels, _under(client, self._visited))
        self.glance.setVisible(client is None)
        if home.targeting is not None:
            self.glance.show_targeting(home.targeting)
        self._show_actors(home)
        self._show_news(home)
        self._show_shared(home)
        self._show_concerns(home)
        self.action.show_guidance(home.guidance)
        self.panes.order_tabs()
        if before is not None and before.client != client:
            # Another client’s page begins at its beginning.
            self.page.verticalScrollBar().setValue(0)

    def _show_actors(self, home: Home) -> None:
        number = len(home.actors)
        header = self.actors_header
        if home.relevance is None:
            header.set_title("Most written about")
            header.set_note(
                f"{number} of {counted(home.of, 'actor')} here, by documents;"
                " that says nothing about you"
            )
            header.set_link("All actors")
            self.actors.show_actors(home.actors, home.labels)
            self._ground.hide()
            self._short.hide()
            self.sources.hide()
            return
        found = home.relevance
        numbered = Numbered(found.sources)
        words = "The actor" if number == 1 else f"{sentence_case(in_words(number))} actors"
        header.set_title(f"{words} that matter{'s' if number == 1 else ''}" if number else "Nobody")
        header.set_note(f"of {home.of:,}; the order is not how likely an attack is")
        header.set_link("How relevance works")
        self.actors.show_ranked(found.actors[:number], home.labels, numbered)
        self._ground.setText(ground_words(found))
        self._ground.show()
        self._short.setText("\n".join(found.missing))
        self._short.setVisible(bool(found.missing))
        self.sources.show_sources(numbered.cited())
        self.sources.setVisible(bool(numbered.numbers))

    def _show_news(self, home: Home) -> None:
        since = f" since {date_words(home.since)}" if home.since else ""
        self.news_header.set_title(f"What changed{since}")
        self.news_header.set_note("only what concerns these actors" if home.actors else "")
        self.news.show_news(home.news)
        for widget in (self.news_header, self.news):
            widget.setVisible(bool(home.since and home.actors))

    def _show_shared(self, home: Home) -> None:
        number = len(home.actors)
        note = (
            f"techniques that at least {in_words(home.sharing)} of these {in_words(number)} use;"
            f" squares stand for actors 1 to {number}"
        )
        self.shared_header.set_note(note)
        self.shared_header.set_link("Compare them" if number > 1 else "")
        self.shared.show_shared(home.shared)
        for widget in (self.shared_header, self.shared):
            widget.setVisible(bool(home.shared))

    def _show_concerns(self, home: Home) -> None:
        if home.client is None:
            found = tuple(Concern(row, "") for row in home.newest)
            note = f"{len(found)} of {home.advisories:,}, newest first" if found else ""
            self.concerns.show_concerns("Newest advisories", note, found, _no_advisories(home))
            return
        note = f"{len(home.concerns)} of {home.concerning:,}, newest first" if home.concerns else ""
        self.concerns.show_concerns(
            "Advisories that may concern it", note, home.concerns, _no_advisories(home)
        )

    def _connect(self) -> None:
        self._looking.client_changed.connect(self._on_looking_changed)
        self._looking.ceiling_changed.connect(self._on_looking_changed)
        self.head.navigate.connect(self.navigate)
        self.glance.navigate.connect(self.navigate)
        self.action.marked.connect(self._on_marked)
        self.actors_header.link_activated.connect(self._on_actors_link)
        self.shared_header.link_activated.connect(self._on_compare)
        for part in (self.actors, self.shared, self.news):
            part.place_activated.connect(lambda one: self.navigate.emit(Place("actors", one)))
        self.actors.source_activated.connect(self._on_source)
        self.concerns.place_activated.connect(
            lambda one: self.navigate.emit(Place("advisories", one))
        )

    def _on_looking_changed(self) -> None:
        # Choosing a client takes its ceiling: two changes, and one thing to read.
        if self._asked and self._wanted() != self._asked_for:
            self._read()

    def _on_marked(self, action: str, done: bool) -> None:
        workspace, client = self._workspace, self._looking.client
        day = self._clock().isoformat() if done else ""
        job = self._jobs.run(
            "Marking the action",
            lambda _task: mark_action(workspace, client, action, day),
            serial=True,
        )
        job.failed.connect(lambda error: show_error(self, error, self._theme))
        job.then(lambda _none: self._read())

    def _on_actors_link(self) -> None:
        nobody = self._home is None or self._home.relevance is None
        self.navigate.emit(Place("actors") if nobody else Place("help", METHOD))

    def _on_compare(self) -> None:
        if self._home is not None:
            ids = [row.id for row in self._home.actors[:4]]
            self.navigate.emit(comparison_place(ids))

    def _on_source(self, key: str) -> None:
        place = self.sources.list.mark(key)
        spot = self.sources.list.mapTo(self.page.content, place.center())
        self.page.ensureVisible(0, spot.y(), 0, self._theme.px(40))
        self.sources.list.setFocus(Qt.FocusReason.OtherFocusReason)


def ground_words(found: Relevance) -> str:
    """What a ranking rests on, in a sentence or two."""
    if found.ground == "incident history":
        until = f", the newest of {date_words(found.until)}" if found.until else ""
        return (
            f"Rests on incident history: {counted(found.concerning, 'incident')} in its countries"
            f" or sectors, of {counted(found.incidents, 'dated incident')} with a known actor"
            f"{until}. It ranks who is likely to be publicly reported, not who will attack."
        )
    return (
        "Rests on the catalogue only: no dated incident concerns its countries or sectors."
        " Catalogue statements alone did no better in our test than how often an actor is reported."
    )


def _under(client: Client | None, visited: str) -> str:
    if client is None:
        return (
            "Who targets whom, how, and how sure anyone can be. Every statement names its source."
        )
    since = f" Last visit {date_words(visited)}." if visited else ""
    return f"Who would attack an organisation like this, and why we think so.{since}"


def _no_advisories(home: Home) -> str:
    if not home.advisories:
        return (
            "No advisories are held yet. Bring them in under Sources, from the network or from a"
            " stick."
        )
    return (
        f"None of the {home.advisories:,} advisories here names what it runs, one of these actors,"
        " or a product in use in its sectors."
    )
