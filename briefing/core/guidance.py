"""What to do: protective actions as they are written, as they are read, and as they are ordered."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.actor import Basis, Coded, MitigationRef
from briefing.core.profile import ProfileSource

COSTS = ("low", "medium", "high")
"""What an action costs a firm of about ten to fifty people, our own judgement."""
USES_MSP = "uses-msp"
"""Helps those whose computers a managed service provider runs, and nobody else."""
HELPS = (USES_MSP,)
"""Whom an action can help before others."""
DO_MAX = 60
"""Characters of an action's title: one line of a card."""


@dataclass(frozen=True, slots=True)
class WrittenAction:
    """One action of ``data/guidance``, in codes.

    Attributes:
        id: Slug, never given to another action: what was marked as done is remembered by it.
        do: The title, an imperative of at most ``DO_MAX`` characters, without a full stop.
        why: Two or three sentences.
        first_step: What can be done this week.
        who: Who does it.
        cost: One of ``COSTS``.
        cost_why: What the cost consists of.
        stages: Codes of the stages it breaks.
        mitigations: ATT&CK ids of which it carries out a part.
        techniques: ATT&CK ids against which it stands; each has one of those mitigations.
        helps: Members of ``HELPS``; empty where it helps everybody.
        sources: What it rests on, except for the cost.
    """

    id: str
    do: str
    why: str
    first_step: str
    who: str
    cost: str
    cost_why: str
    stages: tuple[str, ...]
    mitigations: tuple[str, ...]
    techniques: tuple[str, ...]
    helps: tuple[str, ...]
    sources: tuple[ProfileSource, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """One action with the words of its codes.

    Attributes:
        id: Its native id: stays the same when its words change.
        techniques: ATT&CK id and name of each.
        helps: Members of ``HELPS``; empty where it helps everybody.
        basis: The documents it rests on, the statement and its level.

    The others are those of ``WrittenAction``.
    """

    id: str
    do: str
    why: str
    first_step: str
    who: str
    cost: str
    cost_why: str
    stages: tuple[Coded, ...]
    mitigations: tuple[MitigationRef, ...]
    techniques: tuple[Coded, ...]
    helps: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class RankedAction:
    """An action in its place.

    Attributes:
        action: What to do.
        done: Whether it was marked as done.
        techniques: ATT&CK ids of those of its techniques that at least one of the actors uses.
        actors: How many of the actors use at least one of them.
        uses: How often they are used: each technique once for each actor that uses it.
        of: How many actors were looked at; 0 for nobody in particular.
        why_here: One sentence on why it stands where it does.
    """

    action: Action
    done: bool
    techniques: tuple[str, ...]
    actors: int
    uses: int
    of: int
    why_here: str
