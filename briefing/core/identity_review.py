"""Questions about who is who, and what people have answered."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.actor import Coded
from briefing.core.names import normalised
from briefing.core.wording import sentence_case

SAME, APART, OVERLAP, DISPUTED = "same-as", "apart", "overlaps-with", "disputed-with"
RELATIONS = (SAME, APART, OVERLAP, DISPUTED)
"""Every answer there is, as the database keeps it."""

_RELATION_WORDS = {
    SAME: ("", " are the same actor"),
    APART: ("", " are not the same actor"),
    OVERLAP: ("", " overlap"),
    DISPUTED: ("whether ", " are the same actor is disputed"),
}

Key = tuple[str, str]
"""What tells one question from another: the native ids of its two records."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records a question is about, with the actor it belongs to now.

    Attributes:
        native: Native id of the record.
        actor: Id of the actor it belongs to.
        name: The actor's name.
        sources: Titles of the sources with records of that actor.
        names: What those sources call it, the most important first, each name once.
        origins: Stated origins.
        documents: How many documents are cited about the actor.
    """

    native: str
    actor: str
    name: str
    sources: tuple[str, ...]
    names: tuple[str, ...]
    origins: tuple[Coded, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Question:
    """Two records that may be the same actor, which no rule may decide.

    Attributes:
        one: The actor that stands already.
        other: The record in doubt.
        basis: ``attack-id`` or ``name``; ``decision`` where a person joined the two and another
            decision speaks against it.
        reason: Why they may be the same, and why no rule joined them.
    """

    one: Side
    other: Side
    basis: str
    reason: str

    @property
    def key(self) -> Key:
        """What tells it from every other question."""
        return self.one.native, self.other.native

    def shared(self, side: Side) -> tuple[str, ...]:
        """Names that both bear, as one of the sides writes them."""
        both = self._shared_keys()
        return tuple(name for name in side.names if normalised(name) in both)

    def own(self, side: Side) -> tuple[str, ...]:
        """Names that only this side bears."""
        both = self._shared_keys()
        return tuple(name for name in side.names if normalised(name) not in both)

    def _shared_keys(self) -> frozenset[str]:
        one, other = ({normalised(name) for name in side.names} for side in (self.one, self.other))
        return frozenset(one & other)


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that the answer to another one has settled.

    Attributes:
        question: As it stood.
        joined: Whether a rule has joined its two records now.
    """

    question: Question
    joined: bool


@dataclass(frozen=True, slots=True)
class Party:
    """A record somebody decided about.

    Attributes:
        native: Its native id, which leads to the actor it belongs to.
        name: What its source calls it.
        sources: Titles of the sources that hold it now; none where it is gone from all of them.
    """

    native: str
    name: str
    sources: tuple[str, ...]

    @property
    def where(self) -> str:
        """Where it comes from: two records of one name are told apart by nothing else."""
        return ", ".join(self.sources) or "no longer in any source"

    @property
    def words(self) -> str:
        """Name and source: ``APT28 (MITRE ATT&CK)``."""
        return f"{self.name} ({self.where})"


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about two records.

    Attributes:
        id: For taking it back.
        one: The one.
        other: The other.
        relation: One of ``RELATIONS``.
        reason: In the words of whoever decided, or "".
        decided_by: Who.
        decided_at: ISO 8601 moment.
        bundled: Whether it came with the program.
    """

    id: int
    one: Party
    other: Party
    relation: str
    reason: str
    decided_by: str
    decided_at: str
    bundled: bool

    @property
    def frame(self) -> tuple[str, str]:
        """What is said before and after the two names."""
        before, after = _RELATION_WORDS[self.relation]
        return sentence_case(before), after

    @property
    def words(self) -> str:
        """The decision as a sentence without its full stop."""
        before, after = self.frame
        return f"{before}{self.one.words} and {self.other.words}{after}"


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that waits for a person, and everything people have decided.

    Attributes:
        questions: By the name of the actor that stands already.
        decisions: Those in force, what people made here before what came with the program, the
            newest first.
    """

    questions: tuple[Question, ...] = ()
    decisions: tuple[Decided, ...] = ()

    @property
    def records(self) -> int:
        """How many records are in doubt; one may match several actors."""
        return len({question.other.native for question in self.questions})

    def question(self, key: Key) -> Question | None:
        """The question about two records, or None where it is no longer asked."""
        return next((question for question in self.questions if question.key == key), None)

    def decision(self, number: int) -> Decided | None:
        """A decision in force, or None."""
        return next((decided for decided in self.decisions if decided.id == number), None)

    def following(self, key: Key, before: Review) -> Question | None:
        """What to ask: the same while it is asked, else the nearest, forwards and then back.

        Args:
            key: The question that stood last.
            before: The review in which it stood.
        """
        keys = [question.key for question in before.questions]
        place = keys.index(key) if key in keys else 0
        for candidate in (key, *keys[place:], *reversed(keys[:place])):
            if (found := self.question(candidate)) is not None:
                return found
        return next(iter(self.questions), None)
