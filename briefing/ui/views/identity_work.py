"""What the review queue has done by workers: decide or take back, and read anew. No widget here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from briefing.core.identity_review import Key, Review, Settled
from briefing.services.identity_review import answer, review, settled, take_back
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the person gave it.

    Attributes:
        key: The question.
        relation: What was answered.
        reason: Why, in the person's words.
        by: Who answers.
    """

    key: Key
    relation: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        key: The question that was answered, or asked again.
        decision: Id of the decision that was made or taken back.
        review: What waits and what is decided now.
        settled: Other questions that it settled.
    """

    key: Key
    decision: int
    review: Review
    settled: tuple[Settled, ...] = ()


def decide_and_read(
    knowledge: KnowledgeFile, given: Given, before: Review, now: datetime, task: Task
) -> Outcome:
    """Keep an answer, and read what waits now; ``before`` is what waited when it was given."""
    decision = answer(
        knowledge.path,
        given.key,
        given.relation,
        reason=given.reason,
        by=given.by,
        now=now,
        task=task,
    )
    others = settled(knowledge, given.key, before)
    return Outcome(given.key, decision, review(knowledge), others)


def take_back_and_read(
    knowledge: KnowledgeFile, decision: int, key: Key, by: str, now: datetime, task: Task
) -> Outcome:
    """Take a decision back, and read what waits now."""
    take_back(knowledge.path, decision, by=by, now=now, task=task)
    return Outcome(key, decision, review(knowledge))
