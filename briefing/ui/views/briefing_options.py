"""What a briefing is to be: of which kind, about what, for whom, how long, with which sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from briefing.core.client import Client
from briefing.core.tlp import Tlp
from briefing.core.wording import curly
from briefing.services.recipes.registry import recipe_named
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.views.briefing_audience import AudienceChoice
from briefing.ui.views.briefing_form_row import FormRow
from briefing.ui.views.briefing_kind_chooser import KindChooser
from briefing.ui.views.briefing_pane import PaneKit, SubjectPane, place_of
from briefing.ui.views.briefing_panes import PANES
from briefing.ui.views.briefing_section_groups import SectionGroups
from briefing.ui.views.briefing_sections import SectionList
from briefing.ui.views.briefing_wish import Draft, Offer, Wish
from briefing.ui.views.briefing_work import Known
from briefing.ui.widgets.choice_box import Choice, ChoiceBox
from briefing.ui.widgets.segments import Segments
from briefing.ui.widgets.tab_order import order_tabs

ONE_PAGE, FULL = "one-page", "full"
LONGEST_AUTHOR = 120
"""Characters; a name with its organisation is shorter."""
NOBODY = ""
"""The code of nobody in particular."""

_NOBODY_NAMED = "Stands in the file’s properties."
_NOBODY = Choice(NOBODY, "Nobody in particular")


class _About(NamedTuple):
    """What sections, notes and a level belong to."""

    kind: str
    subject: str
    client: str


class BriefingOptions(QWidget):
    """The form at the left; ``changed`` follows everything a person sets.

    Sections keep their state and their order for each kind. Notes stay with the subject and the
    client they were written for, so that no client is sent what was written for another. For whom
    it is made, its length and its author are the same for all kinds.
    """

    changed = Signal()
    navigate = Signal(object)
    """The Place that was asked for: another kind, another subject, another screen."""
    failed = Signal(object)
    """The BriefingError of a subject that turned out not to be there."""

    def __init__(self, kit: PaneKit) -> None:
        """The first kind, about nothing yet, for whom the program is looked at through."""
        super().__init__()
        self._kit = kit
        self._known = Known()
        self._for = kit.looking.client
        self._levels: dict[str, Tlp] = {}
        self._drafts: dict[str, Draft] = {}
        self._notes: dict[_About, Draft] = {}
        self._offers: dict[str, tuple[Offer, ...]] = {}
        self._panes: dict[str, SubjectPane] = {}
        self._told: Wish | None = None
        theme = kit.theme
        self.chooser = KindChooser(theme)
        self.made_for = ChoiceBox(theme, "Made for", (_NOBODY,))
        self.length = Segments(theme, "Length", [(ONE_PAGE, "One page"), (FULL, "Full version")])
        self.length.set_value(FULL)
        self.audience = AudienceChoice(theme)
        self.author = QLineEdit()
        self.author.setMaxLength(LONGEST_AUTHOR)
        self.author.setPlaceholderText("Nobody is named")
        self.author.setAccessibleName("Author")
        self.author.setAccessibleDescription(_NOBODY_NAMED)
        self.sections = SectionGroups(theme)
        self._subjects = QVBoxLayout()
        self._client_row = FormRow(theme, "For", self.made_for)
        self._level_row = FormRow(theme, "Audience", self.audience, wide=False)
        self._shared = (
            self._client_row,
            FormRow(theme, "Length", self.length, wide=False),
            self._level_row,
            FormRow(theme, "Author", self.author, _NOBODY_NAMED),
        )
        self._rows = QVBoxLayout(self)
        self._lay_out()
        self._about = _About(self.kind, "", _id(self._for))
        self._connect()
        self._show_kind(self.kind)
        self._on_theme_changed()
        self._show_level()
        self._told = self.wish

    @property
    def kind(self) -> str:
        """Name of the recipe."""
        return self.chooser.kind

    @property
    def pane(self) -> SubjectPane:
        """What this kind asks for."""
        return self.pane_of(self.kind)

    @property
    def first_stop(self) -> QWidget:
        """What has the keyboard first: the subject, or the kind where nothing is asked."""
        return self.pane.first or self.chooser.button(self.kind)

    @property
    def ready(self) -> bool:
        """Whether everything that has to be said is said."""
        return self.pane.asked is not None

    @property
    def client(self) -> Client | None:
        """For whom it is made."""
        asked = self.pane.asked
        return asked.client if asked is not None and asked.client is not None else self._for

    @property
    def level(self) -> Tlp:
        """The audience's ceiling.

        Unless somebody has set it: for whom the program is looked at through, and for nobody, that
        of the top bar; for any other client its own.
        """
        client, looking = self.client, self._kit.looking
        key = _id(client)
        if key in self._levels:
            return self._levels[key]
        if key == _id(looking.client):
            return looking.ceiling
        return client.tlp if client is not None else Tlp.CLEAR

    @property
    def wish(self) -> Wish:
        """All of it, as set; of a form that is not ``ready`` nothing can be made."""
        asked = self.pane.asked
        wish = Wish(
            kind=self.kind,
            client=self.client,
            ceiling=self.level,
            one_page=self.length.value == ONE_PAGE,
            author=" ".join(self.author.text().split()),
            draft=self.sections.draft,
            today=self._kit.today(),
        )
        return wish if asked is None else asked.applied_to(wish)

    @property
    def lists(self) -> tuple[SectionList, ...]:
        """The lists of sections: of the executive page, and of the full version."""
        return self.sections.lists

    def pane_of(self, kind: str) -> SubjectPane:
        """What a kind asks for, made when it is first shown.

        Raises:
            WrongCallError: when there is no such kind.
        """
        if kind not in self._panes:
            recipe = recipe_named(kind)
            pane = PANES[recipe.about](self._kit, recipe.name)
            pane.chosen.connect(lambda subject: self.navigate.emit(place_of(kind, subject)))
            pane.changed.connect(self._on_pane_changed)
            pane.navigate.connect(self.navigate)
            pane.failed.connect(self.failed)
            pane.hide()
            self._subjects.addWidget(pane)
            self._panes[kind] = pane
            pane.know(self._known)
        return self._panes[kind]

    def show_subject(self, kind: str, subject: str) -> None:
        """Show a kind, about a subject where one is named, as it was left otherwise.

        Raises:
            WrongCallError: when there is no such kind.
            NotFoundError: when there is no such subject; the kind is shown all the same.
        """
        if kind != self.kind:
            self._show_kind(kind)
        try:
            if subject:
                self.pane.show_subject(subject)
                self._follow_audience()
        finally:
            self._follow()
            self._told = self.wish

    def know(self, known: Known) -> None:
        """There are other clients, deliveries or products to choose from."""
        self._known = known
        choices = [Choice(client.id, client.name) for client in known.clients]
        self.made_for.set_choices((_NOBODY, *choices))
        # As it is kept now; one that was removed is nobody's any more.
        self._for = next((one for one in known.clients if one.id == _id(self._for)), None)
        self.made_for.set_value(_id(self._for))
        for pane in self._panes.values():
            pane.know(known)
        self._on_pane_changed()

    def set_level(self, level: Tlp) -> None:
        """Choose the audience's ceiling for whom it is made for."""
        self._levels[_id(self.client)] = level
        self._show_level()
        self._tell()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """List the sections the briefing can have, in the person's order."""
        self._offers[self.kind] = tuple(offers)
        self.sections.show_offers(offers)

    def _lay_out(self) -> None:
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.chooser)
        self._rows.addLayout(self._subjects)
        for row in self._shared:
            self._rows.addWidget(row)
        self._rows.addWidget(self.sections)

    def _connect(self) -> None:
        looking = self._kit.looking
        self.chooser.chosen.connect(self._on_chooser_chosen)
        self.made_for.chosen.connect(self._on_made_for_chosen)
        self.length.chosen.connect(self._tell)
        self.audience.level_chosen.connect(self._on_level_chosen)
        self.author.textEdited.connect(self._tell)
        self.sections.changed.connect(self._tell)
        self.audience.setProperty(HELP_TOPIC, "reading#tlp")
        looking.client_changed.connect(self._on_looking_client_changed)
        looking.ceiling_changed.connect(self._on_looking_ceiling_changed)
        self._kit.theme.changed.connect(self._on_theme_changed)

    def _show_kind(self, kind: str) -> None:
        shown = self.pane_of(kind)
        self.chooser.set_kind(kind)
        for pane in self._panes.values():
            pane.setVisible(pane is shown and bool(pane.rows))
        self._client_row.setVisible(not shown.about_client)
        self._align()
        order_tabs(self)
        self.sections.order_tabs()

    def _tell(self) -> None:
        """Tell that something is wanted that was not wanted before."""
        wish = self.wish
        if wish != self._told:
            self._told = wish
            self.changed.emit()

    def _follow(self) -> None:
        """Show the sections, the notes and the level of what the briefing is about now."""
        about = _About(self.kind, self.pane.subject, _id(self.client))
        before, self._about = self._about, about
        if about != before:
            draft = self.sections.draft
            self._drafts[before.kind] = self._notes[before] = draft
            own, noted = self._drafts.get(about.kind, Draft()), self._notes.get(about)
            if noted is None:
                # What was written for nobody in particular goes along to whom it is made for now.
                noted = draft if before == about._replace(client=NOBODY) else Draft()
            self.sections.show_draft(
                replace(own, notes=noted.notes, notes_tlp=noted.notes_tlp),
                self._offers.get(about.kind, ()),
            )
        self._show_level()

    def _show_level(self) -> None:
        level = self.level
        self.audience.setCurrentIndex(level.value)
        self._level_row.set_note(curly(level.meaning))
        self.sections.set_ceiling(level)
        self.pane.made_for(self.client)

    def _follow_audience(self) -> None:
        """Made for the client to whom it is likely to go, where it is one of ours."""
        asked = self.pane.asked
        name = asked.audience if asked is not None else ""
        found = next((one for one in self._known.clients if one.name == name), None)
        if found is not None:
            self._for = found
            self.made_for.set_value(found.id)

    def _align(self) -> None:
        rows = (*self.pane.rows, *self._shared)
        width = max(row.label_width for row in rows)
        for row in rows:
            row.set_label_width(width)

    def _on_chooser_chosen(self, kind: str) -> None:
        self.navigate.emit(place_of(kind, self.pane_of(kind).subject))

    def _on_made_for_chosen(self, code: str) -> None:
        self._for = next((one for one in self._known.clients if one.id == code), None)
        self._on_pane_changed()

    def _on_pane_changed(self) -> None:
        self._follow()
        self._tell()

    def _on_level_chosen(self, level: Tlp) -> None:
        # Shown for another client it is not chosen by anybody.
        if level != self.level:
            self.set_level(level)

    def _on_looking_client_changed(self) -> None:
        self._for = self._kit.looking.client
        self._levels.pop(_id(self._for), None)
        self.made_for.set_value(_id(self._for))
        self._on_pane_changed()

    def _on_looking_ceiling_changed(self) -> None:
        self._levels.pop(_id(self._kit.looking.client), None)
        self._on_pane_changed()

    def _on_theme_changed(self) -> None:
        theme = self._kit.theme
        for layout in (self._rows, self._subjects):
            layout.setSpacing(theme.px(10))
        self.author.setFont(theme.font("body"))
        self._align()


def _id(client: Client | None) -> str:
    return client.id if client is not None else NOBODY
