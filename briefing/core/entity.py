"""A technique, a piece of software or a mitigation, with everything that is tied to it."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.actor import ActorRow, Coded, MitigationRef


@dataclass(frozen=True, slots=True)
class EntityRef:
    """Another thing of ATT&CK, by id and name."""

    id: str
    kind: str
    attack_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of ATT&CK as its page shows it.

    Attributes:
        kind: ``technique``, ``malware``, ``tool`` or ``mitigation``.
        description: As the source writes it, quoted on screen.
        source: Title of the source that says all this.
        stages: Of a technique: the stages its tactics belong to.
        tactics: Of a technique.
        platforms: Systems it is written for.
        detections: Data sources by which it can be seen.
        mitigations: Of a technique: what answers it.
        actors: Who is said to use it; of a mitigation, nobody.
        related: Of a technique or mitigation: software that uses it, techniques it answers.
        groups_total: How many ATT&CK groups there are: the denominator.
    """

    id: str
    kind: str
    attack_id: str
    name: str
    description: str
    url: str
    source: str
    stages: tuple[Coded, ...]
    tactics: tuple[Coded, ...]
    platforms: tuple[str, ...]
    detections: tuple[str, ...]
    mitigations: tuple[MitigationRef, ...]
    actors: tuple[ActorRow, ...]
    related: tuple[EntityRef, ...]
    groups: int
    groups_total: int
