"""Who would attack a client, and why: scores that are sums of sentences, each with its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.core.actor import ActorRow, Basis, SourceEntry

Ground = Literal["incident history", "catalogue only"]
"""What a ranking rests on."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score.

    Attributes:
        term: ``country``, ``sector``, ``region``, ``active`` or ``sponsor``; beside the score
            ``supplier``, ``customer``, ``provider`` or ``technology``.
        points: What it adds to the score; 0 beside the score.
        text: The sentence, with its numbers ("Seen in Malta in 5 incidents").
        basis: Sources (keys into ``Relevance.sources``) and statements behind it.
    """

    term: str
    points: float
    text: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class RelevantActor:
    """One actor of a list; ``score`` is the sum of its reasons' points."""

    actor: ActorRow
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RelevantVulnerability:
    """Something a client runs that is attacked.

    Attributes:
        id: CVE id.
        technology: The client's ``vendor:product`` it matches.
        name: Title as listed.
        due: KEV due date, ISO 8601, or "".
        ransomware: Whether KEV lists it as used by ransomware.
        actors: Actors said to exploit it, or named by an advisory about it.
        basis: Sources and statements.
        listed: Day on which CISA listed it as exploited, or "".
    """

    id: str
    technology: str
    name: str
    due: str
    ransomware: bool
    actors: tuple[ActorRow, ...]
    basis: Basis
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Relevance:
    """What the program answers for a client.

    Attributes:
        ground: The named basis of the score.
        incidents: How many dated incidents with a known actor the history holds.
        concerning: How many of them hit the client's countries or sectors.
        until: Day of the newest of them, ISO 8601, or "".
        data_as_of: Day of the data, ISO 8601.
        of: How many actors there are in the catalogue.
        actors: The highest score first; ties by name; only those with a score above 0.
        supply_chain: Beside the score: "through those you serve" and who serves you.
        technology: Beside the score: "through what you run".
        unmatched: Codes of technology about which nothing is known here.
        missing: Sentences about what is missing where the list is short or empty.
        sources: Every source that the reasons name.
        supply_chain_of: How many actors there are of whom ``supply_chain`` shows the first.
        technology_of: Likewise vulnerabilities, of ``technology``.
    """

    ground: Ground
    incidents: int
    concerning: int
    until: str
    data_as_of: str
    of: int
    actors: tuple[RelevantActor, ...]
    supply_chain: tuple[RelevantActor, ...]
    technology: tuple[RelevantVulnerability, ...]
    unmatched: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[SourceEntry, ...]
    supply_chain_of: int = 0
    technology_of: int = 0
