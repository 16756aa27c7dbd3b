"""Answer who is who: the questions, the answers, and taking an answer back."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from briefing.analysis.identity import BY_RULE
from briefing.core.errors import BriefingError
from briefing.core.identity_review import Key, Review, Settled
from briefing.core.names import normalised
from briefing.services.task import Task
from briefing.store.builder import CURATOR
from briefing.store.connection import KnowledgeFile
from briefing.store.identity import decide, withdraw
from briefing.store.identity_review import are_one, count_questions, deciding, read_review

_NOT_PEOPLE = frozenset(normalised(name) for name in (CURATOR, BY_RULE))
"""Names under which the program itself decides; an update of the program replaces its decisions."""


def review(knowledge: KnowledgeFile) -> Review:
    """Everything that waits for a person, and everything people have decided."""
    return read_review(knowledge.connection)


def waiting(knowledge: KnowledgeFile) -> int:
    """How many questions wait."""
    return count_questions(knowledge.connection)


def settled(knowledge: KnowledgeFile, key: Key, before: Review) -> tuple[Settled, ...]:
    """Other questions that an answer has settled: who matches what has changed with it.

    Args:
        knowledge: The database after the answer.
        key: The question that was answered.
        before: What waited before it.
    """
    waits = {question.key for question in review(knowledge).questions}
    return tuple(
        Settled(question, are_one(knowledge.connection, question.key))
        for question in before.questions
        if question.key != key and question.key not in waits
    )


def name_fault(by: str) -> str:
    """What is wrong with the name of whoever decides, in a sentence; "" where nothing is."""
    name = normalised(by)
    if not name:
        return "Say who decides. The answer is kept under that name."
    if name in _NOT_PEOPLE:
        return f"“{by.strip()}” is the program’s own name for its decisions. Use yours."
    return ""


def answer(
    path: Path, key: Key, relation: str, *, reason: str, by: str, now: datetime, task: Task
) -> int:
    """Decide about two records; actors are formed anew. Kept across imports.

    Args:
        path: The database.
        key: Native ids of the two.
        relation: One of ``RELATIONS``.
        reason: Why, in the person's words; may be "".
        by: Who decides.
        now: The present time.
        task: Progress and cancel; cancelled, nothing is written.

    Returns:
        The decision's id, for ``take_back``.

    Raises:
        BriefingError: for a name nobody can have, records that are not there, or a database that
            cannot be written; it is then as it was.
        CancelledError: when the task was cancelled.
    """
    if fault := name_fault(by):
        raise BriefingError(fault)
    with deciding(path, partial(_before_lists, task), task.check) as connection:
        return decide(
            connection,
            *key,
            relation,
            reason=reason.strip(),
            decided_by=by.strip(),
            decided_at=now.isoformat(timespec="seconds"),
        )


def take_back(path: Path, decision: int, *, by: str, now: datetime, task: Task) -> None:
    """Withdraw a decision; what was decided before is in force again.

    Args:
        path: The database.
        decision: Its id.
        by: Who takes it back; "" where nobody has said.
        now: The present time.
        task: Progress and cancel; cancelled, nothing is written.

    Raises:
        BriefingError: for a name nobody can have, where there is no such decision in force, or
            where the database cannot be written; it is then as it was.
        CancelledError: when the task was cancelled.
    """
    if by.strip() and (fault := name_fault(by)):
        raise BriefingError(fault)
    with deciding(path, partial(_before_lists, task), task.check) as connection:
        at = now.isoformat(timespec="seconds")
        withdraw(connection, decision, at=at, withdrawn_by=by.strip())


def _before_lists(task: Task) -> None:
    task.check()
    task.report(0, 0, "Forming the actors anew")
