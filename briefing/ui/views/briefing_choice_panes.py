"""Subjects that are chosen from a list: a client, a sector, a briefing that was handed over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.client import Client
from briefing.core.errors import NotFoundError
from briefing.core.wording import counted
from briefing.services.deliveries import level_of
from briefing.services.recipes.since import CHANGES
from briefing.store.labels import Labels
from briefing.store.workspace import Delivery
from briefing.ui.navigation import Place
from briefing.ui.views.briefing_delivered import day_words
from briefing.ui.views.briefing_form_row import FormRow
from briefing.ui.views.briefing_found_panes import BEGIN
from briefing.ui.views.briefing_kind_chooser import WORDS
from briefing.ui.views.briefing_pane import Asked, Empty, PaneKit, SubjectPane
from briefing.ui.views.briefing_work import Known
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.choice_box import Choice, ChoiceBox
from briefing.ui.widgets.labels import WrappedLabel

SET_UP = Place("clients", "", "new")
"""Where a client is set up."""
_NO_CLIENT = "There is no client yet. A client is an organisation with its sectors and countries."
_NO_DELIVERY = "No briefing was handed over yet. What you export is remembered and listed here."
_FEW = 2
"""Sectors or countries of a client that are named in a line."""


class ChosenPane(SubjectPane):
    """A list, and words in its place while there is nothing to choose from.

    What is chosen before the list is read is kept until then.
    """

    def __init__(self, kit: PaneKit, kind: str, label: str, name: str, asks: str) -> None:
        """Nothing is chosen, and nothing is known to choose from.

        Args:
            kit: What panes are made with.
            kind: Name of the recipe.
            label: Before the list.
            name: What is chosen, for screen readers.
            asks: What stands in the list while nothing is chosen.
        """
        super().__init__(kit, kind)
        self._wanted = ""
        self._codes: tuple[str, ...] = ()
        self.choice = ChoiceBox(kit.theme, name, (), asks=asks)
        self._nothing = WrappedLabel(kit.theme, "", "table", "ink_2")
        self.holder = QWidget()
        self.rest = QVBoxLayout(self.holder)
        self.rest.setContentsMargins(0, 0, 0, 0)
        self.rest.addWidget(self.choice)
        self.rest.addWidget(self._nothing)
        self.line = FormRow(kit.theme, label, self.holder)
        self.add_rows(self.line)
        self.first = self.choice.box
        self.choice.chosen.connect(self.chosen)

    @property
    def subject(self) -> str:
        """Code of what is chosen."""
        return self._wanted if self._wanted in self._codes else ""

    def offer(self, choices: Sequence[Choice], nothing: str) -> None:
        """Offer these; ``nothing`` is said where there are none."""
        self._codes = tuple(choice.code for choice in choices)
        is_missing = bool(self._wanted) and self._wanted not in self._codes
        if is_missing:
            self._wanted = ""
        self.choice.set_choices(choices)
        self.choice.set_value(self.subject or None)
        self.choice.setVisible(bool(choices))
        self._nothing.setText(nothing)
        self._nothing.setVisible(not choices)
        self.line.set_note(self.words())
        self.changed.emit()
        if is_missing:
            self.failed.emit(self.missing())

    def show_subject(self, subject: str) -> None:
        """Choose by a code.

        Raises:
            NotFoundError: when the list is read and does not hold it.
        """
        if self._codes and subject not in self._codes:
            raise self.missing()
        self._wanted = subject
        if self._codes:
            self.choice.set_value(subject)
        self.line.set_note(self.words())

    def words(self) -> str:
        """What there is to say of what is chosen."""
        return ""

    def missing(self) -> NotFoundError:
        """What is said where the list does not hold what is wanted."""
        raise NotImplementedError


class SectorPane(ChosenPane):
    """One sector of the vocabulary."""

    def __init__(self, kit: PaneKit, kind: str) -> None:
        """None is chosen."""
        super().__init__(kit, kind, "About", "Sector", "Choose a sector")
        self.offer([Choice(code, label) for code, label in _sectors(kit.library.labels)], "")

    @property
    def asked(self) -> Asked | None:
        """Code of the sector."""
        return Asked(self.subject) if self.subject else None

    @property
    def title(self) -> str:
        """``Briefing on Education``."""
        label = self.kit.library.labels.label("sector", self.subject) if self.subject else ""
        return f"Briefing on {label}" if label else ""

    @property
    def empty(self) -> Empty:
        """Asks for a sector; those of the client that is looked through come first."""
        client = self.kit.looking.client
        labels = dict(_sectors(self.kit.library.labels))
        own = [code for code in (client.sectors if client is not None else ()) if code in labels]
        first = list(dict.fromkeys((*own, *_OFTEN, *labels)))[:BEGIN]
        return Empty(
            "Which sector is the briefing about?",
            "Choose it at the left, or begin with one of these.",
            tuple((labels[code], self.place(code)) for code in first if code in labels),
        )

    def missing(self) -> NotFoundError:
        """A sector that is none."""
        return NotFoundError(
            "There is no such sector in the vocabulary.", remedy="Choose one at the left."
        )


class ClientPane(ChosenPane):
    """One client of the workspace."""

    about_client = True

    def __init__(self, kit: PaneKit, kind: str) -> None:
        """Whom the program is looked at through, or nobody."""
        super().__init__(kit, kind, "About", "Client", "Choose a client")
        self._clients: dict[str, Client] = {}
        self._set_up = LinkButton(kit.theme, "Set up a client", "key")
        self.rest.addWidget(self._set_up)
        self._set_up.clicked.connect(lambda: self.navigate.emit(SET_UP))
        self._set_up.hide()

    @property
    def asked(self) -> Asked | None:
        """The client."""
        client = self._clients.get(self.subject)
        return Asked(client.id, client) if client is not None else None

    @property
    def title(self) -> str:
        """``Briefing for Harbour Dental Group``."""
        client = self._clients.get(self.subject)
        return f"Briefing for {client.name}" if client is not None else ""

    @property
    def empty(self) -> Empty:
        """Asks for a client, or for one to be set up."""
        if not self._clients:
            return Empty(
                "A client briefing is about an organisation of yours.",
                "Set up a client first: its sectors, its countries, its size, what it runs. "
                "The briefing says who would attack an organisation like it, and why each.",
                (("Set up a client", SET_UP),),
            )
        return Empty(
            "Which client is the briefing about?",
            "Choose it at the left, or begin with one of these.",
            tuple((one.name, self.place(one.id)) for one in list(self._clients.values())[:BEGIN]),
        )

    def know(self, known: Known) -> None:
        """There are other clients, or they were changed."""
        self._clients = {client.id: client for client in known.clients}
        looked = self.kit.looking.client
        if not self._wanted and looked is not None and looked.id in self._clients:
            self._wanted = looked.id
        self._set_up.setVisible(not self._clients)
        self.offer([Choice(one.id, one.name) for one in known.clients], _NO_CLIENT)

    def words(self) -> str:
        """Its sectors and countries."""
        client = self._clients.get(self.subject)
        return client_words(client, self.kit.library.labels) if client is not None else ""

    def missing(self) -> NotFoundError:
        """A client that is not there any more."""
        return NotFoundError(
            "This client is not in the workspace any more.", remedy="Choose another at the left."
        )


class DeliveryPane(ChosenPane):
    """One briefing that was handed over, and is no list of changes itself."""

    def __init__(self, kit: PaneKit, kind: str) -> None:
        """None is chosen."""
        super().__init__(kit, kind, "Since", "Delivered briefing", "Choose a briefing")
        self._deliveries: dict[str, Delivery] = {}

    @property
    def asked(self) -> Asked | None:
        """The briefing, its subject, and to whom it went."""
        delivery = self._deliveries.get(self.subject)
        if delivery is None:
            return None
        return Asked(delivery.subject, since=delivery, audience=delivery.audience)

    @property
    def title(self) -> str:
        """``Changes: APT28``."""
        delivery = self._deliveries.get(self.subject)
        return f"Changes: {self._name(delivery)}" if delivery is not None else ""

    @property
    def empty(self) -> Empty:
        """Asks for a briefing, or for one to be handed over first."""
        if not self._deliveries:
            return Empty(
                "What has changed since which briefing?",
                "No briefing was handed over yet. Make one of another kind and export it: it is "
                "remembered with every statement it rests on, and can be compared later.",
            )
        first = list(self._deliveries.items())[:BEGIN]
        return Empty(
            "What has changed since which briefing?",
            "Choose one that was handed over at the left, or begin with one of these.",
            tuple((self._words(delivery), self.place(key)) for key, delivery in first),
        )

    def know(self, known: Known) -> None:
        """Other briefings were handed over."""
        self._deliveries = {
            delivery_key(one): one for one in known.deliveries if one.kind != CHANGES
        }
        choices = [Choice(key, self._words(one)) for key, one in self._deliveries.items()]
        self.offer(choices, _NO_DELIVERY)

    def words(self) -> str:
        """What it was called, and for whom it was made."""
        delivery = self._deliveries.get(self.subject)
        if delivery is None:
            return ""
        kind = WORDS.get(delivery.kind, (delivery.kind,))[0]
        level = level_of(delivery)
        audience = delivery.audience if level is None else level.label
        return f"{kind}: {delivery.title} · for {audience}"

    def missing(self) -> NotFoundError:
        """A briefing that the workspace does not hold."""
        return NotFoundError(
            "This briefing is not among those that were handed over.",
            remedy="Choose another at the left.",
        )

    def _name(self, delivery: Delivery) -> str:
        return self.kit.name_of(delivery) or delivery.title

    def _words(self, delivery: Delivery) -> str:
        return f"{day_words(delivery)} · {self._name(delivery)}"


_OFTEN = ("government", "healthcare", "finance", "energy", "education", "manufacturing")


def delivery_key(delivery: Delivery) -> str:
    """What tells a delivered briefing from every other."""
    return f"{delivery.delivered_at} {delivery.kind} {delivery.subject}"


def client_words(client: Client, labels: Labels) -> str:
    """Who a client is, in a line."""
    sectors = [labels.label("sector", code) for code in client.sectors]
    countries = [labels.target(code) for code in client.countries]
    parts = [_few(sectors, "sector"), _few(countries, "country"), client.size]
    return " · ".join(part for part in parts if part)


def _few(names: Sequence[str], noun: str) -> str:
    return ", ".join(names) if len(names) <= _FEW else counted(len(names), noun)


def _sectors(labels: Labels) -> list[tuple[str, str]]:
    found = [(one.code, one.label) for one in labels.all("sector")]
    return sorted(found, key=lambda one: one[1].casefold())
