"""The Briefings screen: what is wanted at the left, the pages themselves at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.advisory import AdvisoryRow
from briefing.core.errors import BriefingError
from briefing.core.world import World
from briefing.services.advisories import AdvisoryDesk
from briefing.services.deliveries import delivery_of, record_deliveries
from briefing.services.library import Library
from briefing.services.recipes.since import CHANGES
from briefing.services.task import Task
from briefing.ui.clock import now
from briefing.ui.errors import show_error
from briefing.ui.jobs import Jobs
from briefing.ui.looking import Looking
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_checks import BriefingChecks
from briefing.ui.views.briefing_choice_panes import delivery_key
from briefing.ui.views.briefing_delivered import DeliveredList
from briefing.ui.views.briefing_export import ExportPanel
from briefing.ui.views.briefing_kept import KeptList
from briefing.ui.views.briefing_loader import PreviewLoader
from briefing.ui.views.briefing_notes import NoteEditor
from briefing.ui.views.briefing_options import BriefingOptions
from briefing.ui.views.briefing_pane import PLAIN, PaneKit, place_of
from briefing.ui.views.briefing_preview import BriefingPreview
from briefing.ui.views.briefing_remarks import Remarks
from briefing.ui.views.briefing_wish import Wish
from briefing.ui.views.briefing_work import (
    Exported,
    Held,
    Known,
    Preview,
    read_known,
)
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.tab_order import lead
from briefing.ui.widgets.tooltips import plain_tooltip

PRESENT = "F5"
"""The key that begins a talk."""

_FORM_WIDTH = 404
_FORM_SHARE = 0.46
_SIDE_WIDTH = 232
_LEAST_PREVIEW = 460
_LEAST_FORM = 260


class BriefingsView(QWidget):
    """Composes, shows and exports briefings of every kind.

    Its places: ``Place("briefings", ACTOR)``; of another kind ``Place("briefings", SUBJECT, KIND)``
    with the name of a recipe, such as ``Place("briefings", CLIENT, "client")``; and
    ``Place("briefings", "", KIND)`` for a kind as it was left.
    """

    navigate = Signal(object)

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        workspace: Path,
        world: Callable[[], World],
        clock: Callable[[], datetime] = now,
        looking: Looking | None = None,
    ) -> None:
        """Nobody is chosen; clients and what was delivered are read in the background."""
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._library = library
        self._workspace = workspace
        self._world = world
        self._clock = clock
        self._known = Known()
        self._is_beside = True
        self._talk: QWidget | None = None
        self._seen = library.actors
        kit = PaneKit(
            theme=theme,
            library=library,
            looking=looking or Looking(),
            today=lambda: clock().date(),
            name_of=lambda delivery: self._name_of(delivery.subject),
        )
        self.options = BriefingOptions(kit)
        self.export = ExportPanel(theme, jobs)
        self.present = normal_button(theme, "Present", "present")
        self.present.setToolTip(plain_tooltip("The slides full screen, with notes (F5)"))
        self.export.add_button(self.present)
        self.checks = BriefingChecks(theme)
        self.delivered = DeliveredList(theme, self._name_of, jobs, library.knowledge)
        self.kept = KeptList(theme)
        self._desk = AdvisoryDesk(library.knowledge, workspace, clock)
        self.preview = BriefingPreview(theme, self._on_retry_asked)
        self.loader = PreviewLoader(jobs, library.knowledge, world, lambda: self.preview.ppi, self)
        self._form = Scroller(theme, sides=20, top=12)
        self._side = Scroller(theme, sides=16, top=12)
        self._left = QWidget()
        self._lay_out()
        self._connect()
        self._arrange()
        self._ask()
        self._read_known()

    @property
    def title(self) -> str:
        """What the window is called."""
        return self.options.pane.title or "Briefings"

    @property
    def busy(self) -> bool:
        """Whether pages are on their way."""
        return self.loader.busy

    def show_place(self, place: Place) -> None:
        """Show a kind and its subject; a place without either leaves the form as it stands.

        Raises:
            WrongCallError: when there is no such kind.
            NotFoundError: when there is no such subject.
        """
        self._read_kept()
        self._read_known()
        kind = place.detail or (PLAIN if place.subject else self.options.kind)
        before = self.options.kind, self.options.pane.subject
        changed = self._seen is not self._library.actors
        self._seen = self._library.actors
        try:
            self.options.show_subject(kind, place.subject)
        finally:
            if (self.options.kind, self.options.pane.subject) != before:
                self.export.clear_outcome()
            lead(self, self.options.first_stop)
            self._ask(again=changed)

    def start_talk(self) -> None:
        """Show the slides of what is shown now full screen; nothing while nothing is."""
        # lazy: 0.1 s, for whoever presents.
        from briefing.ui.views.present import PresentWindow  # noqa: PLC0415 - start time

        preview = self.loader.current
        if preview is None or self._talk is not None:
            return
        try:
            self._talk = PresentWindow(self._theme, preview.brief, self.window(), jobs=self._jobs)
        except BriefingError as error:
            self._on_failed(error)
            return
        self._talk.ended.connect(self._on_talk_ended)
        self._talk.start()

    def _lay_out(self) -> None:
        theme = self._theme
        title = QHBoxLayout()
        title.addWidget(Label(theme, "New briefing", "title"))
        title.addStretch(1)
        self._form.body.addLayout(title)
        self._form.body.addWidget(self.options)
        self._foot = QVBoxLayout()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._form, 1)
        self._foot_line = Divider(theme)
        left.addWidget(self._foot_line)
        left.addLayout(self._foot)
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
        lead(self, self.options.first_stop)

    def _connect(self) -> None:
        self.options.navigate.connect(self.navigate)
        self.options.failed.connect(self._on_failed)
        self.options.sections.note_opened.connect(self._on_note_opened)
        self.options.changed.connect(self._on_options_changed)
        self.loader.started.connect(self._on_loader_started)
        self.loader.loaded.connect(self._on_loader_loaded)
        self.loader.redrawn.connect(self.preview.show_drawn)
        self.loader.checked.connect(self._on_loader_checked)
        self.loader.offered.connect(self.options.show_offers)
        self.loader.remarked.connect(self._on_loader_remarked)
        self.loader.held.connect(self._on_loader_held)
        self.loader.failed.connect(self._on_loader_failed)
        self.preview.size_changed.connect(self.loader.size_changed)
        self.present.clicked.connect(self.start_talk)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(PRESENT), self, self.start_talk, context=within)
        self.export.exported.connect(self._on_exported)
        self.export.batch_asked.connect(self._on_batch_asked)
        self.delivered.changes_requested.connect(self._on_changes_requested)
        self.delivered.failed.connect(self._on_failed)
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
        # Where the window is low, the form and what it is for scroll together.
        low = self.height() - self.export.sizeHint().height() < px(_LEAST_FORM)
        foot = self._form.body if low else self._foot
        if foot.indexOf(self.export) < 0:
            foot.insertWidget(foot.indexOf(self.options) + 1 if low else 0, self.export)
        self._foot_line.setVisible(not low)
        self._side.setFixedWidth(px(_SIDE_WIDTH))
        self._is_beside = beside
        self._show_side()

    def _show_side(self) -> None:
        """The notes at the right, where there is room and something to say."""
        notes = (self.checks, self.kept, self.delivered)
        shown = self._is_beside and any(not widget.isHidden() for widget in notes)
        self._side.setVisible(shown)
        self._side_line.setVisible(shown)

    def _name_of(self, subject: str) -> str:
        """The name of what a briefing is about; "" where nothing known has this id."""
        names = {client.id: client.name for client in self._known.clients}
        names |= {row.id: row.name for row in self._library.actors if row.id == subject}
        names |= {one.code: one.label for one in self._library.labels.all("sector")}
        return names.get(subject, "")

    def _ask(self, *, again: bool = False) -> None:
        """Have the pages made, or say what is asked for still."""
        if self.options.ready:
            self.loader.ask(self.options.wish, again=again)
            return
        self.loader.stop()
        self._offer(None)
        self.checks.show_preview(None)
        self._show_side()
        title, text, places = self.options.pane.empty
        actions = [(words, partial(self.navigate.emit, place)) for words, place in places]
        empty = Notice(self._theme, "empty", title, text, actions, icon_name="briefings")
        self.preview.show_empty(empty)

    def _offer(self, preview: Preview | None) -> None:
        """What can be exported and presented; None while nothing is, or something newer comes."""
        self.export.set_preview(preview)
        self.present.setEnabled(preview is not None)

    def _read_known(self) -> None:
        workspace, knowledge = self._workspace, self._library.knowledge
        job = self._jobs.run(
            "Reading your clients and what was delivered",
            lambda _task: read_known(workspace, knowledge),
            serial=True,
        )
        job.then(self._on_known_read)

    def _read_kept(self) -> None:
        job = self._jobs.run("Reading what was kept", lambda _task: self._desk.kept(), serial=True)
        job.then(self._on_kept_read)

    def _on_kept_read(self, kept: tuple[tuple[str, AdvisoryRow | None], ...]) -> None:
        self.kept.set_kept(kept)
        self._show_side()

    def _on_options_changed(self) -> None:
        self.export.clear_outcome()
        self._ask()

    def _on_note_opened(self, editor: NoteEditor) -> None:
        self._show_note(editor)
        editor.resized.connect(lambda: self._show_note(editor))

    def _show_note(self, editor: NoteEditor) -> None:
        """Bring what is being written into view, once it stands where the layout puts it."""

        def show() -> None:
            focus = self.window().focusWidget()
            if focus is not None and editor.isAncestorOf(focus):
                self._form.ensureWidgetVisible(editor, 0, self._theme.px(12))

        QTimer.singleShot(0, editor, show)

    def _on_retry_asked(self) -> None:
        self._ask(again=True)

    def _on_loader_started(self) -> None:
        self._offer(None)
        self.preview.show_working()

    def _on_loader_loaded(self, preview: Preview) -> None:
        self.options.show_offers(preview.offers)
        self.preview.show_preview(preview)
        self.checks.show_preview(preview)
        self._show_side()
        self._offer(preview)

    def _on_loader_remarked(self, remarks: Remarks) -> None:
        self.options.sections.show_remarks(remarks)

    def _on_loader_held(self, held: Held) -> None:
        self.options.show_offers(held.offers)
        open_note = partial(self.options.sections.open_note, held.faulty.key)
        self.preview.show_held(held, open_note)

    def _on_loader_checked(self, sections: tuple[str, ...]) -> None:
        self.checks.show_fit(sections)
        self.preview.show_too_long(sections)

    def _on_loader_failed(self, error: BriefingError) -> None:
        self.checks.show_preview(None)
        self._show_side()
        self.preview.show_error(error)

    def _on_talk_ended(self) -> None:
        self._talk = None

    def _on_batch_asked(self) -> None:
        # lazy: the dialog and what it runs, for whoever has many clients.
        from briefing.ui.views.briefing_batch import BatchDialog  # noqa: PLC0415 - start time

        dialog = BatchDialog(
            self._theme,
            self._jobs,
            self._library.knowledge,
            self._workspace,
            self._world,
            self.window(),
            author=self.options.author.text(),
            clock=self._clock,
        )
        dialog.delivered.connect(self._read_known)
        dialog.open()

    def _on_changes_requested(self, place: int) -> None:
        delivery = self.delivered.deliveries[place]
        self.navigate.emit(place_of(CHANGES, delivery_key(delivery)))

    def _on_exported(self, wish: Wish, exported: Exported) -> None:
        workspace, at = self._workspace, self._clock().isoformat(timespec="seconds")
        files = tuple(file.path for file in exported.files)

        def record(_task: Task) -> None:
            delivery = delivery_of(exported.brief, wish.subject, files, at)
            record_deliveries(workspace, [delivery])

        job = self._jobs.run("Remembering the delivery", record, serial=True)
        job.then(lambda _none: self._read_known())

    def _on_known_read(self, known: Known) -> None:
        self._known = known
        self.options.know(known)
        if not self.options.ready:
            self._ask()
        self.delivered.set_deliveries(known.deliveries)
        self._show_side()

    def _on_failed(self, error: BriefingError) -> None:
        show_error(self.window(), error, self._theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every column its width."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper behind the form and the notes."""
        QPainter(self).fillRect(event.rect(), self._theme.colour("paper"))
