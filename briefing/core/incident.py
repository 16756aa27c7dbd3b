"""An incident and the claims about it, as screens and documents see them.

As for an actor (``briefing.core.actor``), everything carries a ``Basis``: keys into the incident's
``sources``, and the keys of the statements. Claims are shown as they were made: who says it, of
whom, on what basis, when. None of them is what we conclude.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.actor import Basis, Coded, Counted, Said, SourceEntry
from briefing.core.estimates import Confidence


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One row of the list of incidents, also the head of an incident's page.

    Attributes:
        id: Native id.
        name: As its source writes it.
        started: ISO 8601 to the year, month or day, or "".
        ended: Likewise; "" also where the source states an end before the beginning.
        sectors: Codes of sectors and scopes that were hit.
        countries: Codes of countries, regions and organisations that were hit.
        source: Id of the source that describes it.
        claims: How many claims there are about it.
    """

    id: str
    name: str
    started: str
    ended: str
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    source: str
    claims: int


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One sector, country or organisation that was hit.

    Attributes:
        kind: ``sector``, ``scope``, ``country`` or ``place``; "" where the value has no code.
        target: Code and label; without a code, the value as written.
        value: As the source writes it.
        within: Of a sector: the countries in which it was hit, where the source says so.
        victims: Organisations the source names there.
    """

    kind: str
    target: Coded
    value: str
    within: tuple[Coded, ...]
    victims: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class InitiatorRow:
    """What kind of actor a source says was behind it.

    Attributes:
        kind: Code and label of a kind of actor.
        value: As the source writes it.
        name: Of whom it says so, or "".
    """

    kind: Coded
    value: str
    name: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one claimant says.

    Attributes:
        incident: Id of the incident; of a leak-site claim, its own id.
        about: Name of the incident, or the victim as the leak site writes it.
        kind: ``attribution`` or ``leak-site``.
        by: Who says so, in the source's words, or "".
        by_country: Country of whoever says so; code "" where none is stated.
        claimant: ``actor``, ``government``, ``vendor``, ``media``, ``victim``, or "" where the
            source does not tell which.
        actor: The actor that is meant; code "" where nobody or more than one may be meant.
        country: Country of the accused, or the state that is accused; code "" where none is stated.
        state: Whether the state itself is accused.
        body: Service or unit of that state, or "".
        value: The accused as written: a name, else a country, else a kind of actor.
        category: Kind of the accused as written, or "".
        initiator: The same as a code of our kinds; code "" where it is none of them.
        grounds: On what the claim rests, in the source's terms, or "".
        channel: How it was made, in the source's terms, or "".
        date: When it was made, ISO 8601, or "".
        confidence: As stated.
        basis: The statement and its source.
    """

    incident: str
    about: str
    kind: str
    by: str
    by_country: Coded
    claimant: str
    actor: Coded
    country: Coded
    state: bool
    body: str
    value: str
    category: str
    initiator: Coded
    grounds: str
    channel: str
    date: str
    confidence: Confidence
    basis: Basis


@dataclass(frozen=True, slots=True)
class Incident:
    """Everything said about one incident, as said.

    Attributes:
        names: Each name with its source.
        periods: When it happened, as written.
        descriptions: What sources say in their own words, quoted.
        types: What kind of attack it was, in the sources' terms.
        motives: Why, as far as a source states it.
        targets: Sectors first, then countries and organisations, each by its label.
        initiators: What kind of actor was behind it, where a source settles on one.
        claims: The dated ones first, by date; then by who makes them.
        sources: Catalogues and feeds.
        documents: What the sources refer to, newest first, undated last.
        attribution_documents: Keys of the documents that a source gives for its attributions.
    """

    row: IncidentRow
    names: tuple[Said, ...]
    periods: tuple[Said, ...]
    descriptions: tuple[Said, ...]
    types: tuple[Said, ...]
    motives: tuple[Counted, ...]
    targets: tuple[TargetRow, ...]
    initiators: tuple[InitiatorRow, ...]
    claims: tuple[ClaimRow, ...]
    sources: tuple[SourceEntry, ...]
    documents: tuple[SourceEntry, ...]
    attribution_documents: tuple[str, ...]

    def source(self, key: str) -> SourceEntry:
        """The entry of a key.

        Raises:
            KeyError: when no entry has it.
        """
        for entry in self.sources:
            if entry.key == key:
                return entry
        raise KeyError(key)

    def numbers(self) -> dict[str, int]:
        """Key → printed number, from 1."""
        return {entry.key: place for place, entry in enumerate(self.sources, start=1)}
