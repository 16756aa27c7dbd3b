"""The Briefings screen: what is wanted at the left, the pages themselves at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.actor import ActorRow
from briefing.core.advisory import AdvisoryRow
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.search import SearchHit
from briefing.core.wording import counted
from briefing.core.world import World
from briefing.services.advisories import AdvisoryDesk
from briefing.services.library import Library
from briefing.services.recipes.actor import KIND_TITLE
from briefing.store.workspace import Delivery
from briefing.ui.clock import now
from briefing.ui.errors import show_error
from briefing.ui.jobs import Jobs
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_checks import BriefingChecks
from briefing.ui.views.briefing_delivered import DeliveredList
from briefing.ui.views.briefing_export import ExportPanel
from briefing.ui.views.briefing_kept import KeptList
from briefing.ui.views.briefing_loader import PreviewLoader
from briefing.ui.views.briefing_options import BriefingOptions
from briefing.ui.views.briefing_preview import BriefingPreview
from briefing.ui.views.briefing_work import (
    Exported,
    Preview,
    Wish,
    read_deliveries,
    record_delivery,
)
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.scroller import Scroller

SCREEN = "briefings"
OFFERED_FIRST = 12
"""Actors that are suggested while nothing is typed."""

_FORM_WIDTH = 404
_FORM_SHARE = 0.46
_SIDE_WIDTH = 232
_LEAST_PREVIEW = 460
_BEGIN = 6


class BriefingsView(QWidget):
    """Composes, shows and exports briefings; ``Place("briefings", ACTOR)`` presets the actor."""

    navigate = Signal(object)

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        workspace: Path,
        world: Callable[[], World],
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Nobody is chosen; what was delivered is read in the background."""
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._library = library
        self._workspace = workspace
        self._clock = clock
        self._subject = ""
        self._is_beside = True
        self._seen = library.actors
        first = [_first_hit(row) for row in library.actors[:OFFERED_FIRST]]
        self.options = BriefingOptions(theme, library.search, first)
        self.export = ExportPanel(theme, jobs)
        self.checks = BriefingChecks(theme)
        self.delivered = DeliveredList(theme, self._name_of)
        self.kept = KeptList(theme)
        self._desk = AdvisoryDesk(library.knowledge, workspace, clock)
        self.preview = BriefingPreview(theme, self._empty_notice(first), self._on_retry_asked)
        self.loader = PreviewLoader(jobs, library.knowledge, world, lambda: self.preview.ppi, self)
        self._form = Scroller(theme, sides=20, top=12)
        self._side = Scroller(theme, sides=16, top=12)
        self._left = QWidget()
        self._lay_out()
        self._connect()
        self._arrange()
        self.preview.show_nobody()
        self._read_deliveries()

    @property
    def title(self) -> str:
        """What the window is called."""
        name = self._name_of(self._subject)
        return f"Briefing on {name}" if name else "Briefings"

    @property
    def busy(self) -> bool:
        """Whether pages are on their way."""
        return self.loader.busy

    def show_place(self, place: Place) -> None:
        """Preset the actor; a place without one leaves the form as it stands.

        Raises:
            NotFoundError: when there is no such actor.
        """
        self._read_kept()
        if not place.subject:
            return
        row = self._row(place.subject)
        if row is None:
            raise NotFoundError(
                f"There is no actor “{place.subject}” in the database.",
                remedy="Choose another one in the field at the left.",
            )
        if place.subject != self._subject:
            self.export.clear_outcome()
        self._subject = row.id
        self.options.set_subject(row.id, row.name, known_words(row))
        changed = self._seen is not self._library.actors
        self._seen = self._library.actors
        self.loader.ask(self.options.wish, again=changed)

    def _lay_out(self) -> None:
        theme = self._theme
        title = QHBoxLayout()
        title.addWidget(Label(theme, "New briefing", "title"))
        title.addStretch(1)
        title.addWidget(Label(theme, KIND_TITLE, "note", "ink_3"))
        self._form.body.addLayout(title)
        self._form.body.addWidget(self.options)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._form, 1)
        left.addWidget(Divider(theme))
        left.addWidget(self.export)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(Divider(theme, vertical=True))
        row.addWidget(self.preview, 1)
        self._side_line = Divider(theme, vertical=True)
        row.addWidget(self._side_line)
        row.addWidget(self._side)
        self.setProperty(HELP_TOPIC, "reading#briefings")
        self.setFocusProxy(self.options.actor)

    def _connect(self) -> None:
        self.options.subject_chosen.connect(self._on_subject_chosen)
        self.options.changed.connect(self._on_options_changed)
        self.loader.started.connect(self._on_loader_started)
        self.loader.loaded.connect(self._on_loader_loaded)
        self.loader.redrawn.connect(self.preview.show_drawn)
        self.loader.checked.connect(self._on_loader_checked)
        self.loader.offered.connect(self.options.show_offers)
        self.loader.failed.connect(self._on_loader_failed)
        self.preview.size_changed.connect(self.loader.size_changed)
        self.export.exported.connect(self._on_exported)
        self.delivered.failed.connect(self._on_delivered_failed)
        self.kept.navigate.connect(self.navigate)
        self._theme.changed.connect(self._arrange)

    def _arrange(self) -> None:
        """Three columns where there is room; else the notes stand under the form."""
        px, width = self._theme.px, self.width()
        form = min(px(_FORM_WIDTH), max(round(width * _FORM_SHARE), px(240)))
        self._left.setFixedWidth(form)
        beside = width - form - px(_SIDE_WIDTH) >= px(_LEAST_PREVIEW)
        body = self._side.body if beside else self._form.body
        if body.indexOf(self.checks) < 0:
            for widget in (self.checks, self.kept, self.delivered):
                was_hidden = widget.isHidden()
                body.addWidget(widget)
                widget.setHidden(was_hidden)
        self._side.setFixedWidth(px(_SIDE_WIDTH))
        self._is_beside = beside
        self._show_side()

    def _show_side(self) -> None:
        """The notes at the right, where there is room and something to say."""
        notes = (self.checks, self.kept, self.delivered)
        shown = self._is_beside and any(not widget.isHidden() for widget in notes)
        self._side.setVisible(shown)
        self._side_line.setVisible(shown)

    def _empty_notice(self, first: list[SearchHit]) -> Notice:
        actions = [
            (hit.title, lambda actor=hit.id: self._on_subject_chosen(actor))
            for hit in first[:_BEGIN]
        ]
        return Notice(
            self._theme,
            "empty",
            "Whom is the briefing about?",
            "Type a name, an alias or an ATT&CK id at the left, or begin with one of these. "
            "The pages appear here as they will be printed.",
            actions,
            icon_name="briefings",
        )

    def _row(self, actor: str) -> ActorRow | None:
        return next((row for row in self._library.actors if row.id == actor), None)

    def _name_of(self, actor: str) -> str:
        row = self._row(actor) if actor else None
        return row.name if row is not None else ""

    def _ask(self) -> None:
        wish = self.options.wish
        if wish.subject:
            self.loader.ask(wish)

    def _read_deliveries(self) -> None:
        workspace = self._workspace
        job = self._jobs.run(
            "Reading what was delivered", lambda _task: read_deliveries(workspace), serial=True
        )
        job.then(self._on_deliveries_read)

    def _read_kept(self) -> None:
        job = self._jobs.run("Reading what was kept", lambda _task: self._desk.kept(), serial=True)
        job.then(self._on_kept_read)

    def _on_kept_read(self, kept: tuple[tuple[str, AdvisoryRow | None], ...]) -> None:
        self.kept.set_kept(kept)
        self._show_side()

    def _on_options_changed(self) -> None:
        self.export.clear_outcome()
        self._ask()

    def _on_subject_chosen(self, actor: str) -> None:
        self.navigate.emit(Place(SCREEN, actor))

    def _on_retry_asked(self) -> None:
        self.loader.ask(self.options.wish, again=True)

    def _on_loader_started(self) -> None:
        self.export.set_preview(None)
        self.preview.show_working()

    def _on_loader_loaded(self, preview: Preview) -> None:
        self.options.show_offers(preview.offers)
        self.preview.show_preview(preview)
        self.checks.show_preview(preview)
        self._show_side()
        self.export.set_preview(preview)

    def _on_loader_checked(self, sections: tuple[str, ...]) -> None:
        self.checks.show_fit(sections)
        self.preview.show_too_long(sections)

    def _on_loader_failed(self, error: BriefingError) -> None:
        self.checks.show_preview(None)
        self._show_side()
        self.preview.show_error(error)

    def _on_exported(self, wish: Wish, exported: Exported) -> None:
        workspace, at = self._workspace, self._clock().isoformat(timespec="seconds")
        job = self._jobs.run(
            "Remembering the delivery",
            lambda _task: record_delivery(workspace, wish, exported, at),
            serial=True,
        )
        job.then(lambda _none: self._read_deliveries())

    def _on_deliveries_read(self, deliveries: tuple[Delivery, ...]) -> None:
        self.delivered.set_deliveries(deliveries)
        self._show_side()

    def _on_delivered_failed(self, error: BriefingError) -> None:
        show_error(self.window(), error, self._theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every column its width."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper behind the form and the notes."""
        QPainter(self).fillRect(event.rect(), self._theme.colour("paper"))


def known_words(row: ActorRow) -> str:
    """What there is about an actor, in a line."""
    counts = (
        (row.names, "name"),
        (row.techniques, "technique"),
        (row.documents, "document"),
    )
    parts = (
        row.attack_id,
        *(counted(number, noun) for number, noun in counts if number),
        "" if row.own_profile else "no profile of ours",
    )
    return " · ".join(part for part in parts if part)


def _first_hit(row: ActorRow) -> SearchHit:
    reason = known_words(row)
    return SearchHit("actor", row.id, row.name, reason)
