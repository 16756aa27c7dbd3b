"""Subjects that are found by typing: an actor, an incident."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.core.actor import ActorRow
from briefing.core.case_page import CaseRow
from briefing.core.errors import NotFoundError
from briefing.core.search import SearchHit
from briefing.core.wording import counted
from briefing.services.cases import list_cases
from briefing.ui.navigation import Place
from briefing.ui.views.actor_sections.shown import date_words
from briefing.ui.views.briefing_form_row import FormRow
from briefing.ui.views.briefing_pane import Asked, Empty, PaneKit, SubjectPane
from briefing.ui.views.briefing_subject import ActorField, SubjectField

OFFERED_FIRST = 12
"""Subjects that are suggested while nothing is typed."""
BEGIN = 6
"""Subjects to begin with, while nothing is chosen."""


class FoundPane(SubjectPane):
    """A field with suggestions; a kind says what is found by an id."""

    def __init__(
        self, kit: PaneKit, kind: str, field: SubjectField, first: Sequence[SearchHit]
    ) -> None:
        """Nothing is chosen; ``first`` can be begun with."""
        super().__init__(kit, kind)
        self._found: SearchHit | None = None
        self.field = field
        self.field.chosen.connect(self.chosen)
        self._line = FormRow(kit.theme, "About", self.field)
        self.add_rows(self._line)
        self.first = self.field
        self.begin = tuple((hit.title, self.place(hit.id)) for hit in first[:BEGIN])

    @property
    def subject(self) -> str:
        """Its id."""
        return self._found.id if self._found is not None else ""

    @property
    def asked(self) -> Asked | None:
        """Its id."""
        return Asked(self._found.id) if self._found is not None else None

    @property
    def title(self) -> str:
        """``Briefing on APT28``."""
        return f"Briefing on {self._found.title}" if self._found is not None else ""

    def show_subject(self, subject: str) -> None:
        """Choose by an id.

        Raises:
            NotFoundError: when there is nothing of this id.
        """
        found = self.look_up(subject)
        if found is None:
            raise NotFoundError(
                f"There is no {self.field.accessibleName().lower()} “{subject}” in the database.",
                remedy="Choose another one in the field at the left.",
            )
        self._found = found
        self.field.set_name(found.title)
        self._line.set_note(found.reason)

    def look_up(self, subject: str) -> SearchHit | None:
        """What bears this id, with what there is about it in a line."""
        raise NotImplementedError


class ActorPane(FoundPane):
    """One actor, found by name, alias or id."""

    def __init__(self, kit: PaneKit, kind: str) -> None:
        """Nobody is chosen."""
        first = [_actor_hit(row) for row in kit.library.actors[:OFFERED_FIRST]]
        field = ActorField(kit.theme, kit.library.search, first)
        super().__init__(kit, kind, field, first)

    @property
    def empty(self) -> Empty:
        """Asks for a name."""
        return Empty(
            "Whom is the briefing about?",
            "Type a name, an alias or an ATT&CK id at the left, or begin with one of these. "
            "The pages appear here as they will be printed.",
            self.begin,
        )

    def look_up(self, subject: str) -> SearchHit | None:
        """The actor of this id."""
        rows = (row for row in self.kit.library.actors if row.id == subject)
        return next(map(_actor_hit, rows), None)


class IncidentPane(FoundPane):
    """One incident, found by its name."""

    def __init__(self, kit: PaneKit, kind: str) -> None:
        """None is chosen."""
        rows = list_cases(kit.library.knowledge.connection)[:OFFERED_FIRST]
        first = [_incident_hit(row) for row in rows]
        asks, search = "Name of the incident", kit.library.search
        super().__init__(kit, kind, SubjectField(kit.theme, "incident", asks, search, first), first)

    @property
    def empty(self) -> Empty:
        """Asks for a name, or says that there is none."""
        if not self.begin:
            return Empty(
                "There is no incident in the database.",
                "Record one on the Attribution screen, or take in a source of incidents.",
                (("Attribution", Place("attribution")),),
            )
        return Empty(
            "Which incident is the briefing about?",
            "Type its name at the left, or begin with one of these. Claims and evidence stand "
            "side by side where both were recorded.",
            self.begin,
        )

    def look_up(self, subject: str) -> SearchHit | None:
        """The incident of this id, or of this readable id."""
        rows = list_cases(self.kit.library.knowledge.connection)
        return next((_incident_hit(row) for row in rows if subject in (row.id, row.slug)), None)


def known_words(row: ActorRow) -> str:
    """What there is about an actor, in a line."""
    counts = ((row.names, "name"), (row.techniques, "technique"), (row.documents, "document"))
    return _joined(
        row.attack_id,
        *(counted(number, noun) for number, noun in counts if number),
        "" if row.own_profile else "no profile of ours",
    )


def incident_words(row: CaseRow) -> str:
    """What there is about an incident, in a line."""
    counts = ((row.claims, "claim"), (row.evidence, "piece of evidence"))
    return _joined(
        date_words(row.started),
        *(counted(number, noun) for number, noun in counts if number),
        "judged" if row.assessed else "" if row.is_worked else "not worked through here",
    )


def _actor_hit(row: ActorRow) -> SearchHit:
    return SearchHit("actor", row.id, row.name, known_words(row))


def _incident_hit(row: CaseRow) -> SearchHit:
    return SearchHit("incident", row.id, row.name, incident_words(row))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
