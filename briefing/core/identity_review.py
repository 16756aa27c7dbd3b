"""Questions about who is who, and what people have answered."""

from __future__ import annotations

from dataclasses import dataclass

RELATION_WORDS = {
    "same-as": "are the same actor",
    "apart": "are not the same actor",
    "overlaps-with": "overlap",
    "disputed-with": "are disputed",
}
"""What a decision says about two records, by its relation."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records a question is about, with the actor it belongs to now.

    Attributes:
        native: Native id of the record.
        actor: Id of the actor it belongs to; "" where it belongs to none any more.
        name: The actor's name.
        sources: Titles of the sources with records of that actor.
        names: What the record's sources call it, the most important first.
        origins: Codes of stated origins.
        documents: How many documents are cited about the actor.
    """

    native: str
    actor: str
    name: str
    sources: tuple[str, ...]
    names: tuple[str, ...]
    origins: tuple[str, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Question:
    """Two records that may be the same actor, which no rule may decide.

    Attributes:
        one: The actor that stands already.
        other: The record in doubt.
        basis: ``attack-id`` or ``name``.
        reason: Why they may be the same, and why no rule joined them.
        shared: Names that both bear.
    """

    one: Side
    other: Side
    basis: str
    reason: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about two records.

    Attributes:
        id: For taking it back.
        one: Name of the one.
        other: Name of the other.
        relation: ``same-as``, ``apart``, ``overlaps-with`` or ``disputed-with``.
        reason: In the words of whoever decided.
        decided_by: Who.
        decided_at: ISO 8601 moment.
    """

    id: int
    one: str
    other: str
    relation: str
    reason: str
    decided_by: str
    decided_at: str
