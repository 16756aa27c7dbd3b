"""A case as a screen, a command and a document show it, and the list to choose one from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.core.actor import SourceEntry
from briefing.core.case import Case
from briefing.core.incident import Incident
from briefing.core.tlp import Tlp
from briefing.core.weighing import Warned, Weighing


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row of the list of incidents.

    Attributes:
        id: Id of the incident.
        slug: Readable id, or "".
        name: Its name.
        started: When it began, or else became public; ISO 8601 to the year, month or day, or "".
        sectors: Codes of sectors and scopes that were hit.
        countries: Codes of countries, regions and organisations that were hit.
        source: Id of the source that describes it.
        source_title: Its title.
        claims: How many claims there are about it.
        claimants: Kinds of claimant among them; "" where the source does not tell.
        bases: On what its claims rest, in EuRepoC's terms, each once.
        evidence: How many pieces of evidence were recorded.
        hypotheses: How many hypotheses were recorded.
        assessed: Whether an assessment stands.
        accused: Who is said to have done it, each once, as written.
        tlp: Highest level of what is recorded about it.
    """

    id: str
    slug: str
    name: str
    started: str
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    source: str
    source_title: str
    claims: int
    claimants: tuple[str, ...]
    bases: tuple[str, ...]
    evidence: int
    hypotheses: int
    assessed: bool
    accused: tuple[str, ...]
    tlp: Tlp

    @property
    def is_worked(self) -> bool:
        """Whether somebody laid evidence or hypotheses beside the claims."""
        return bool(self.evidence or self.hypotheses or self.assessed)

    @property
    def only_attacker_says_so(self) -> bool:
        """Whether every claim about it comes from the attackers themselves."""
        return self.claims > 0 and set(self.claimants) == {"actor"}


@dataclass(frozen=True, slots=True)
class KnownActor:
    """What the catalogue says of an actor that a case names.

    Attributes:
        id: Its id.
        name: Its name.
        attack_id: ATT&CK group id, or "".
        first_seen: The earliest activity that a source states, ISO 8601, or "".
        tlp: Level of what names it.
    """

    id: str
    name: str
    attack_id: str
    first_seen: str
    tlp: Tlp


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that is shown of one incident.

    Attributes:
        case: What was recorded. Claims of feeds are in it as claims, with ``source`` set.
        told: What feeds say of the incident beside its claims.
        weighing: The analysis of competing hypotheses.
        warnings: What a careful reader would object to, in the order of the rules.
        actors: Id → what is known of the actors that rows name.
        shared_names: Name as written in a claim → names of all the actors that bear it, where they
            are several.
        labels: Code of a sector, scope, country or place → its label.
        sources: Id → who holds the rows.
        withheld: How many rows are above the audience's ceiling and not in ``case``.
    """

    case: Case
    told: Incident | None
    weighing: Weighing
    warnings: tuple[Warned, ...]
    actors: Mapping[str, KnownActor]
    shared_names: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    sources: Mapping[str, SourceEntry]
    withheld: int = 0
