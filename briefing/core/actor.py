"""An actor as screens and briefings see it: what is said, by whom, with the statements behind it.

Everything said carries ``sources``, keys into ``ActorProfile.sources`` (a document's id where the
statement cites documents, else the id of the source that says it), and ``statements``, the keys of
the statements themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp

if TYPE_CHECKING:
    # It knows actors; here it is only the type of a field.
    from briefing.core.advisory import AdvisoryRef


@dataclass(frozen=True, slots=True)
class Basis:
    """What a thing said rests on.

    Attributes:
        sources: Keys into ``ActorProfile.sources``.
        statements: Keys of the statements.
        tlp: Highest level of those statements.
    """

    sources: tuple[str, ...]
    statements: tuple[int, ...]
    tlp: Tlp = Tlp.CLEAR


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a vocabulary with its words."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One row of the list of actors, also the head of a profile.

    Attributes:
        id: Our stable id: the native id of the record that leads.
        name: Display name.
        attack_id: ATT&CK group id, or "".
        kind: Code of an actor kind, or "" where nobody states one.
        origins: Codes of stated origins; more than one is dissent or a shared roof.
        motives: Codes of motives.
        goals: Codes of goals.
        sectors: Codes of sectors and scopes stated as targets.
        countries: Codes of countries, regions and organisations stated as targets.
        newest: Date of the newest dated document about it, ISO 8601 or "".
        names: How many names it has in all sources.
        documents: How many documents are cited.
        techniques: How many ATT&CK techniques are stated.
        software: How many pieces of software are stated.
        statements: How many statements are about it.
        own_profile: Whether there is a profile of our own.
    """

    id: str
    name: str
    attack_id: str
    kind: str
    origins: tuple[str, ...]
    motives: tuple[str, ...]
    goals: tuple[str, ...]
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    newest: str
    names: int
    documents: int
    techniques: int
    software: int
    statements: int
    own_profile: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or a value as somebody put it."""

    text: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of an actor.

    Attributes:
        name: As written.
        coined_by: Who coined it; "" where no source says so.
        first_seen: When its coiner first published it, or "".
        basis: Every source that lists it.
        also: Display names of other actors that bear it: an ambiguous name.
        software: Whether a piece of software bears it too.
    """

    name: str
    coined_by: str
    first_seen: str
    basis: Basis
    also: tuple[Coded, ...] = ()
    software: bool = False


@dataclass(frozen=True, slots=True)
class OriginRow:
    """Where somebody says an actor comes from.

    Attributes:
        country: Code and label; code "" where the source attributes it to nobody.
        relation: ``sponsored-by`` or ``located-in``.
        by: Who says so ("Ukraine's SBU"); the catalogue's title where only that is known.
        body: Service or unit, or "".
        wording: How it was said in short, or "".
        date: When it was said, or "".
        confidence: As the source states it.
        since: Day since which it has been held here, ISO 8601, or "".
    """

    country: Coded
    relation: str
    by: str
    body: str
    wording: str
    date: str
    confidence: Confidence
    basis: Basis
    since: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A target with the number of statements that name it."""

    code: str
    label: str
    count: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Targets:
    """Stated targets; countries and bodies are kept apart, and values without a code are kept."""

    sectors: tuple[Counted, ...] = ()
    scopes: tuple[Counted, ...] = ()
    countries: tuple[Counted, ...] = ()
    places: tuple[Counted, ...] = ()
    unmapped: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class MitigationRef:
    """An ATT&CK mitigation."""

    attack_id: str
    name: str


@dataclass(frozen=True, slots=True)
class TechniqueUse:
    """One technique an actor is said to use.

    Attributes:
        groups: How many ATT&CK groups use it; the denominator is ``ActorProfile.groups_total``.
        detections: Data sources by which ATT&CK says it can be seen.
    """

    id: str
    attack_id: str
    name: str
    tactics: tuple[str, ...]
    groups: int
    mitigations: tuple[MitigationRef, ...]
    detections: tuple[str, ...]
    url: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class StageProfile:
    """One of the four stages: what we say of it, and the techniques stated for it."""

    number: int
    code: str
    name: str
    tactics: tuple[tuple[str, int], ...]
    sentences: tuple[Said, ...]
    techniques: tuple[TechniqueUse, ...]


@dataclass(frozen=True, slots=True)
class SoftwareUse:
    """A piece of software an actor is said to use; ``kind`` is ``malware`` or ``tool``."""

    id: str
    attack_id: str
    name: str
    kind: str
    groups: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class EventRow:
    """One dated line about an actor."""

    date: str
    text: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One judgement of ours, with its basis in a sentence."""

    text: str
    likelihood: Likelihood
    confidence: Confidence
    why: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One thing to do against an actor."""

    do: str
    why: str
    mitigations: tuple[MitigationRef, ...]
    techniques: tuple[str, ...]
    stage: Coded
    basis: Basis


@dataclass(frozen=True, slots=True)
class RelatedActor:
    """Another actor that may be the same, overlaps or shares names, and why.

    Attributes:
        relation: ``may be the same``, or what a source or a person says: ``overlaps-with``,
            ``disputed-with``, ``same-as``, ``apart``.
        reason: In a sentence.
        by: Who says so; "" where a rule of this program asks.
        since: Day since which it has been held here, ISO 8601, or "".
        basis: The statement, where a source says so; else None.
    """

    id: str
    name: str
    relation: str
    reason: str
    by: str = ""
    since: str = ""
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """What a catalogue groups as one campaign of an actor.

    Attributes:
        id: Native id of the campaign.
        attack_id: ATT&CK's id of it, or "".
        name: As the catalogue names it.
        started: ISO 8601 to the year, month or day, or "".
        ended: Likewise.
        basis: Who says that it is this actor's.
    """

    id: str
    attack_id: str
    name: str
    started: str
    ended: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source or document as a profile lists it.

    Attributes:
        key: What ``Basis.sources`` refers to.
        version: Feed version ("336") for a catalogue, "" for a document.
        catalogue: Whether it is a catalogue (True) or a cited document (False).
        statements: How many statements of this actor rest on it.
    """

    key: str
    title: str
    publisher: str
    url: str
    published: str
    kind: str
    grade: Grade
    rests_on: str
    version: str
    catalogue: bool
    statements: int


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """Everything known about one actor, as said.

    Attributes:
        summary: Our own sentences where there is a profile.
        descriptions: What each catalogue says in its own words, quoted.
        origins: Strongest wording first; ``dissent`` says in sentences where they differ.
        years: Dated documents by year, ascending, without gaps.
        groups_total: How many ATT&CK groups the catalogue holds.
        sources: Catalogues first, then documents in the order in which they are first cited.
        documents: What catalogues refer to about this actor, newest first, undated last.
        advisories: Advisories and reports that name it, newest first.
        campaigns: What catalogues attribute to it, newest first.
    """

    row: ActorRow
    kind: Coded
    headline: str
    how_headline: str
    active_since: Said | None
    summary: tuple[Said, ...]
    descriptions: tuple[Said, ...]
    names: tuple[NameRow, ...]
    origins: tuple[OriginRow, ...]
    dissent: tuple[Said, ...]
    goals: tuple[Counted, ...]
    motives: tuple[Counted, ...]
    targets: Targets
    stages: tuple[StageProfile, ...]
    malware: tuple[SoftwareUse, ...]
    tools: tuple[SoftwareUse, ...]
    events: tuple[EventRow, ...]
    years: tuple[tuple[int, int], ...]
    judgements: tuple[JudgementRow, ...]
    actions: tuple[ActionRow, ...]
    notice: tuple[Said, ...]
    helps: tuple[Said, ...]
    unknown: tuple[Said, ...]
    related: tuple[RelatedActor, ...]
    groups_total: int
    sources: tuple[SourceEntry, ...] = ()
    documents: tuple[SourceEntry, ...] = ()
    advisories: tuple[AdvisoryRef, ...] = ()
    campaigns: tuple[CampaignRow, ...] = ()

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
