"""Answer who is who: the questions, the answers, and taking an answer back."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from briefing.core.identity_review import Decided, Question
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.identity import decide, withdraw
from briefing.store.identity_review import read_decisions, read_questions
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild


def questions(knowledge: KnowledgeFile) -> tuple[Question, ...]:
    """Everything that waits for a person."""
    return read_questions(knowledge.connection)


def decisions(knowledge: KnowledgeFile) -> tuple[Decided, ...]:
    """Every decision in force, the newest first."""
    return read_decisions(knowledge.connection)


def answer(
    path: Path, one: str, other: str, relation: str, *, reason: str, by: str, now: datetime
) -> int:
    """Decide about two records; actors are formed anew. Kept across imports.

    Args:
        path: The database.
        one: Native id of the one record.
        other: Native id of the other.
        relation: ``same-as``, ``apart``, ``overlaps-with`` or ``disputed-with``.
        reason: Why, in the person's words.
        by: Who decides.
        now: The present time.

    Returns:
        The decision's id, for ``take_back``.

    Raises:
        BriefingError: for records that are not there, or a database that cannot be written.
    """
    with closing(open_knowledge(path)) as connection, immediate(connection, path):
        decision = decide(
            connection,
            one,
            other,
            relation,
            reason=reason,
            decided_by=by,
            decided_at=now.isoformat(timespec="seconds"),
        )
        rebuild(connection)
        return decision


def take_back(path: Path, decision: int, *, by: str, now: datetime) -> None:
    """Withdraw a decision; what was decided before is in force again.

    Raises:
        BriefingError: where there is no such decision in force.
    """
    with closing(open_knowledge(path)) as connection, immediate(connection, path):
        withdraw(connection, decision, at=now.isoformat(timespec="seconds"), withdrawn_by=by)
        rebuild(connection)
