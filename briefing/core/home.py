"""What the Home screen tells: for a client, or for nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.actor import ActorRow
from briefing.core.advisory import AdvisoryRow
from briefing.core.history import StatementChange


@dataclass(frozen=True, slots=True)
class ActorNews:
    """What changed for one actor, newest first; nothing where nothing did."""

    actor: ActorRow
    changes: tuple[StatementChange, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """An advisory that may concern a client.

    Attributes:
        advisory: Its row.
        why: What of the client it names, in a few words: "technology: Exchange Server".
    """

    advisory: AdvisoryRow
    why: str


@dataclass(frozen=True, slots=True)
class SharedTechnique:
    """A technique that several of the actors use.

    Attributes:
        id: Native id.
        attack_id: Its ATT&CK id.
        name: Its name.
        used_by: For each of the actors, in their order, whether it is said to use it.
        mitigations: How many mitigations ATT&CK names against it.
    """

    id: str
    attack_id: str
    name: str
    used_by: tuple[bool, ...]
    mitigations: int

    @property
    def users(self) -> int:
        """How many of the actors use it."""
        return sum(self.used_by)
