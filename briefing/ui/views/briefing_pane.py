"""What one kind of briefing asks for: the base of every pane, and what panes are made with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.brief_filter import EVERYTHING, BriefFilter
from briefing.core.client import Client
from briefing.services.library import Library
from briefing.store.workspace import Delivery
from briefing.ui.looking import Looking
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_form_row import FormRow
from briefing.ui.views.briefing_wish import Wish
from briefing.ui.views.briefing_work import Known


@dataclass(frozen=True, slots=True)
class PaneKit:
    """What panes are made with.

    Attributes:
        looking: Through whose eyes the program is looked at.
        today: The day it is.
        name_of: The name of what a delivered briefing is about, or "".
    """

    theme: Theme
    library: Library
    looking: Looking
    today: Callable[[], date]
    name_of: Callable[[Delivery], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person has answered: the part of a wish that is of one kind.

    Attributes:
        subject: See ``Wish``.
        client: About whom it is, where it is about a client.
        audience: Name of the client to whom it is likely to go, or "".
    """

    subject: str = ""
    client: Client | None = None
    period: tuple[str, str] | None = None
    filter: BriefFilter = EVERYTHING
    since: Delivery | None = None
    audience: str = ""

    def applied_to(self, wish: Wish) -> Wish:
        """A wish with this as its part of the kind."""
        return replace(
            wish,
            subject=self.subject,
            client=self.client or wish.client,
            period=self.period,
            filter=self.filter,
            since=self.since,
        )


class Empty(NamedTuple):
    """What stands in the place of the pages while something is still asked.

    Attributes:
        actions: Words of a button and where it leads.
    """

    title: str
    text: str
    actions: tuple[tuple[str, Place], ...] = ()


class SubjectPane(QWidget):
    """Rows of the form. ``chosen`` asks for a subject; the screen then calls ``show_subject``."""

    about_client = False
    """Whether the subject is a client, so that nobody asks for whom it is made."""

    chosen = Signal(str)
    """Id of what a person has chosen to be the subject."""
    changed = Signal()
    """Something else of what is asked was set, or has come to be known."""
    navigate = Signal(object)
    """The Place that was asked for."""
    failed = Signal(object)
    """The BriefingError of a subject that turned out not to be there."""

    def __init__(self, kit: PaneKit, kind: str) -> None:
        """No rows yet; ``kind`` is the name of the recipe."""
        super().__init__()
        self.kit = kit
        self.kind = kind
        self.rows: tuple[FormRow, ...] = ()
        self.first: QWidget | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        kit.theme.changed.connect(self._set_spacing)
        self._set_spacing()

    @property
    def subject(self) -> str:
        """Place.subject that leads here again; "" while nothing is chosen."""
        return ""

    @property
    def asked(self) -> Asked | None:
        """What was answered; None while the briefing cannot be made of it."""
        return Asked()

    @property
    def title(self) -> str:
        """What the window is called; "" while nothing is chosen."""
        return ""

    @property
    def empty(self) -> Empty:
        """What is said while something is asked still."""
        return Empty("Nothing is asked.", "")

    def show_subject(self, subject: str) -> None:
        """Choose a subject.

        Raises:
            NotFoundError: when there is no such subject.
        """

    def know(self, known: Known) -> None:
        """There is something else to choose from."""

    def made_for(self, client: Client | None) -> None:
        """It is to be made for another client, or for nobody in particular."""

    def add_rows(self, *rows: FormRow) -> None:
        """Ask for these, under each other."""
        self.rows = (*self.rows, *rows)
        for row in rows:
            self._box.addWidget(row)

    def place(self, subject: str) -> Place:
        """Where the screen shows this kind with a subject."""
        return place_of(self.kind, subject)

    def _set_spacing(self) -> None:
        self._box.setSpacing(self.kit.theme.px(10))


SCREEN = "briefings"
PLAIN = "actor"
"""The kind whose places need not name it: ``Place("briefings", ACTOR)``."""


def place_of(kind: str, subject: str = "") -> Place:
    """Where the screen shows a kind of briefing, about a subject where one is named."""
    return Place(SCREEN, subject, "" if kind == PLAIN and subject else kind)
