"""The Clients screen: the clients at the left, one of them as a form, and who would attack it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from briefing.core.client import Client
from briefing.core.errors import BriefingError
from briefing.services.clients import Shelved
from briefing.services.library import Library
from briefing.services.relevance import RelevanceDesk
from briefing.ui.jobs import Jobs
from briefing.ui.looking import Looking
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views import client_work as work
from briefing.ui.views.client_dialogs import ClientDialogs
from briefing.ui.views.client_drafts import Drafts
from briefing.ui.views.client_leaving import ClientLeaving
from briefing.ui.views.client_list import NEW, ClientList
from briefing.ui.views.client_page import ClientPage
from briefing.ui.views.client_ranking import Ranker
from briefing.ui.views.client_relevance import METHOD
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.tab_order import lead, order_tabs

SCREEN: Final = "clients"
_LIST = 248
_LIST_SHARE = 0.34


class ClientsView(QWidget):
    """A Screen. Its places: a client by its id, and ``Place("clients", "", "new")``."""

    navigate = Signal(object)
    """The Place that was asked for."""
    clients_changed = Signal(object)
    """The Shelved clients, after they were read and after every change."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        workspace: Path,
        looking: Looking,
        desk: RelevanceDesk,
        clock: Callable[[], date],
    ) -> None:
        """Nothing is read before ``show_place``.

        Args:
            theme: Looks.
            jobs: Reads and writes in the background.
            library: The database: words of codes, actors.
            workspace: Path of workspace.db, where clients are kept.
            looking: Through whose eyes the program is looked.
            desk: Who ranks actors.
            clock: The present day.
        """
        super().__init__()
        self._theme, self._jobs, self._library = theme, jobs, library
        self._workspace, self._looking = workspace, looking
        self.drafts = Drafts()
        self._is_loaded = self._is_asked = False
        self._wanted = Place(SCREEN)
        self.list = ClientList(theme)
        self.page = ClientPage(theme, jobs, library.labels, library.search, self)
        self.area, self.form = self.page.area, self.page.form
        self.relevance = self.page.relevance
        self.ranker = Ranker(jobs, library, desk, clock, self.relevance)
        self._dialogs = ClientDialogs(self)
        self._leaving = ClientLeaving(theme, jobs, workspace, self.drafts, self.area)
        self._list_line = Divider(theme, vertical=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self._list_line)
        row.addWidget(self.page, 1)
        self.setProperty(HELP_TOPIC, METHOD)
        lead(self, self.list.rows)
        self._connect()
        self._arrange()
        self._show()

    @property
    def title(self) -> str:
        """What the window is called."""
        client = self.drafts.client
        return client.name or "New client" if client is not None else "Clients"

    @property
    def busy(self) -> bool:
        """Whether anything is under way or about to be."""
        return self.area.busy or self.ranker.waits

    def show_place(self, place: Place) -> None:
        """Show a client, a new one, or whoever was shown before."""
        self._wanted = place
        if self._is_loaded:
            self._go(place)
        elif not self._is_asked:
            self._load()

    def reload(self) -> None:
        """Read everything anew, after the database changed; edits stay."""
        self.form.set_labels(self._library.labels)
        self.ranker.forget()
        if self._is_asked:
            self._load()

    def may_close(self, then: Callable[[], object]) -> bool:
        """Whether no edit would be lost; where one would, the person is asked, and ``then``."""
        return self._leaving.may(self.window(), then)

    def import_file(self, path: Path, *, again: bool = False) -> None:
        """Keep the client of a file; ``again`` lets it replace the one of its name."""
        workspace, labels = self._workspace, self._library.labels
        self._run(
            f"Reading {path.name}",
            lambda: work.take_file(workspace, path, labels, again=again),
            self._on_imported,
        )

    def export_file(self, path: Path) -> None:
        """Write the shown client, as it was saved, to a file."""
        if (client := self.drafts.saved) is not None:
            self._run(
                f"Writing {path.name}", lambda: work.write_file(client, path), self._on_exported
            )

    def make_example(self) -> None:
        """Keep a client that does not exist, to try the program with."""
        workspace = self._workspace
        self._run("Making the example", lambda: work.keep(workspace, work.EXAMPLE), self._on_kept)

    def _run(self, label: str, do: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self.area.start(label, lambda _task: do(), then)

    def _load(self) -> None:
        self._is_asked = True
        workspace, knowledge = self._workspace, self._library.knowledge
        job = self._jobs.run(
            "Reading your clients", lambda _task: work.load(workspace, knowledge), serial=True
        )
        job.failed.connect(self._on_load_failed)
        job.then(self._on_loaded)

    def _on_loaded(self, loaded: work.Loaded) -> None:
        self._is_loaded = True
        self.form.set_technology(loaded.technology)
        self.drafts.take(loaded.shelved)
        self.clients_changed.emit(loaded.shelved)
        self._go(self._wanted)

    def _on_load_failed(self, error: BriefingError) -> None:
        self._is_asked = False
        retry = NoticeAction("Try again", lambda: self.show_place(self._wanted))
        self.page.say_empty("error", error.message, error.remedy, (retry,))
        self._show()

    def _go(self, place: Place) -> None:
        drafts = self.drafts
        if place.detail == NEW or place.subject == NEW:
            drafts.begin()
        elif place.subject and drafts.kept(place.subject) is not None:
            drafts.current = place.subject
        elif place.subject:
            self._tell("That client is not here any more.", "It was deleted since.")
        if not drafts.current:
            drafts.current = drafts.first
        self._show_client()
        if place.detail == NEW:
            self.form.fields["name"].take_keyboard()

    def _show_client(self) -> None:
        """Put the current client into the form."""
        client = self.drafts.client
        if client is not None and client != self.form.client:
            self.form.set_client(client)
        self._show()
        if client is not None:
            self.ranker.rank(client)

    def _show(self) -> None:
        """Everything around the form as it stands now."""
        drafts, client, looked = self.drafts, self.drafts.client, self._looking.client
        eyes = looked.id if looked is not None else ""
        for widget in (self.list, self._list_line):
            widget.setVisible(bool(drafts.shelved.clients or drafts.edits))
        self.list.show_clients(
            drafts.shelved.clients, drafts.edits, eyes, drafts.current, self._library.labels
        )
        self.list.take.setEnabled(not self.area.busy)
        through = client is not None and bool(eyes) and eyes == client.id
        self.page.show_client(client, edited=drafts.edited, looked=through)
        if client is None and self._is_loaded:
            self._offer_first()
        order_tabs(self.list)
        self.page.order_tabs()

    def _offer_first(self) -> None:
        self.page.say_empty(
            "empty",
            "Set up a client",
            "Say which sectors and countries an organisation works in, whom it serves and what it"
            " runs, and the program says who would attack it, and why. What you enter stays in your"
            " workspace on this computer.",
            (
                NoticeAction("New client", self._on_new_asked, "plus"),
                NoticeAction("Import a client file…", self._dialogs.ask_import, "import"),
                NoticeAction(f"Make an example: {work.EXAMPLE.name}", self.make_example),
            ),
        )

    def _on_form_changed(self) -> None:
        self.drafts.edit(self.form.client)
        self._show()
        self.ranker.rank_soon(self.form.client)

    def _on_row_chosen(self, key: str) -> None:
        if key != self.drafts.current:
            self.navigate.emit(Place(SCREEN, "", NEW) if key == NEW else Place(SCREEN, key))

    def _on_saved(self) -> None:
        if not self.form.check():
            return
        client, workspace = self.form.client, self._workspace
        self._run("Saving the client", lambda: work.keep(workspace, client), self._on_kept)

    def _on_kept(self, answer: work.Kept | work.Refused) -> None:
        if isinstance(answer, work.Refused):
            self.form.say(answer.problems)
            self._show()
            return
        self._take_kept(answer)

    def _take_kept(self, kept: work.Kept) -> None:
        self.drafts.settle(kept.client, kept.shelved)
        looked = self._looking.client
        if looked is not None and looked.id == kept.client.id:
            self._looking.set_client(kept.client)
        self.clients_changed.emit(kept.shelved)
        self._show_client()
        self.navigate.emit(Place(SCREEN, kept.client.id))

    def _on_all_kept(self, answer: work.KeptAll) -> None:
        self.drafts.settle_all(answer.kept, answer.shelved)
        self.clients_changed.emit(answer.shelved)
        kept = {client.id: client for _edited, client in answer.kept.values()}
        looked = self._looking.client
        if looked is not None and looked.id in kept:
            self._looking.set_client(kept[looked.id])
        self._show_client()
        if answer.refused is not None:
            key, refused = answer.refused
            self.navigate.emit(Place(SCREEN, "", NEW) if key == NEW else Place(SCREEN, key))
            self.form.say(refused.problems)

    def _on_discarded(self) -> None:
        self.drafts.discard()
        self._show_client()

    def _on_briefed(self) -> None:
        if (client := self.drafts.client) is not None:
            self.navigate.emit(Place("briefings", client.id, "client"))

    def _on_duplicated(self) -> None:
        if (client := self.drafts.client) is not None:
            workspace = self._workspace
            self._run("Duplicating", lambda: work.duplicate(workspace, client), self._take_kept)

    def _on_deleted(self) -> None:
        client = self.drafts.saved
        if client is None:
            return
        self.area.ask(
            f"Delete “{client.name}”?",
            "It is removed from your workspace without a trace, and cannot be brought back."
            " Briefings that were exported stay where they are.",
            "Delete it",
            lambda: self._delete(client),
        )

    def _delete(self, client: Client) -> None:
        workspace = self._workspace
        self._run(
            f"Deleting {client.name}",
            lambda: work.remove(workspace, client.id),
            partial(self._on_removed, client),
        )

    def _on_removed(self, client: Client, removed: work.Removed) -> None:
        self.drafts.remove(client.id, removed.shelved)
        looked = self._looking.client
        if looked is not None and looked.id == client.id:
            self._looking.set_client(None)
        self.clients_changed.emit(removed.shelved)
        if not removed.wiped:
            self._tell(
                f"{client.name} was deleted.",
                "Traces stay in the file until every program that has it open is closed.",
            )
        self._show_client()

    def _on_looked(self) -> None:
        client, workspace = self.drafts.saved, self._workspace
        if client is None:
            return
        now = self._looking.client
        chosen = None if now is not None and now.id == client.id else client
        self._looking.set_client(chosen)
        key = chosen.id if chosen is not None else ""
        self._run("Choosing", lambda: work.choose(workspace, key), self._on_chosen)

    def _on_chosen(self, shelved: Shelved) -> None:
        self.drafts.take(shelved)
        self.clients_changed.emit(shelved)
        self._show()

    def _on_imported(self, answer: work.Kept | work.Clash) -> None:
        if isinstance(answer, work.Kept):
            self._take_kept(answer)
            return
        self.area.ask(
            f"There is a client called “{answer.name}” already.",
            "The file can take its place; what was entered there before is gone then.",
            "Replace it",
            lambda: self.import_file(answer.path, again=True),
        )

    def _on_exported(self, written: tuple[Path, ...]) -> None:
        names = " and ".join(path.name for path in written)
        self._tell(f"Wrote {names}.", f"In {written[0].parent}.")

    def _on_example_taken(self) -> None:
        if (client := self.drafts.client) is not None:
            self.form.set_client(replace(client, example=False))
            self._on_form_changed()

    def _on_new_asked(self) -> None:
        self.navigate.emit(Place(SCREEN, "", NEW))

    def _on_export_asked(self) -> None:
        if (client := self.drafts.saved) is not None:
            self._dialogs.ask_export(work.file_name(client))

    def _tell(self, title: str, text: str) -> None:
        self.area.say((Notice(self._theme, "info", title, text),))

    def _connect(self) -> None:
        head, pane = self.page.head, self.relevance
        self.list.chosen.connect(self._on_row_chosen)
        self.list.new.clicked.connect(self._on_new_asked)
        self.list.take.clicked.connect(self._dialogs.ask_import)
        self._dialogs.import_chosen.connect(self.import_file)
        self._dialogs.export_chosen.connect(self.export_file)
        self._leaving.kept.connect(self._on_all_kept)
        head.saved.connect(self._on_saved)
        head.discarded.connect(self._on_discarded)
        head.looked.connect(self._on_looked)
        head.briefed.connect(self._on_briefed)
        head.duplicated.connect(self._on_duplicated)
        head.exported.connect(self._on_export_asked)
        head.deleted.connect(self._on_deleted)
        self.page.example_taken.connect(self._on_example_taken)
        self.form.changed.connect(self._on_form_changed)
        pane.place_activated.connect(self._on_place_activated)
        pane.method_asked.connect(lambda: self.navigate.emit(Place("help", METHOD)))
        self.area.changed.connect(self._show)
        self._looking.client_changed.connect(self._show)
        self._theme.changed.connect(self._arrange)

    def _on_place_activated(self, subject: str) -> None:
        screen = "advisories" if subject.startswith("CVE-") else "actors"
        self.navigate.emit(Place(screen, subject))

    def _arrange(self) -> None:
        self.list.setFixedWidth(min(self._theme.px(_LIST), round(self.width() * _LIST_SHARE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its width."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper behind everything."""
        QPainter(self).fillRect(event.rect(), self._theme.colour("paper"))
