"""How the review queue of who is who speaks: answers, evidence, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.core.identity_review import (
    APART,
    DISPUTED,
    OVERLAP,
    SAME,
    Decided,
    Question,
    Review,
    Settled,
)
from briefing.core.wording import counted, curly
from briefing.ui.views.actor_sections.shown import date_words


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers.

    Attributes:
        relation: As the database keeps it.
        button: What the button says.
        effect: What comes of it.
    """

    relation: str
    button: str
    effect: str


ANSWERS = (
    Answer(
        SAME,
        "The same actor",
        "They become one actor: names, techniques, software and documents of both stand on one"
        " page, each with its source.",
    ),
    Answer(
        APART,
        "Not the same",
        "They stay two actors, and no rule joins them again, not even by way of a third. Both pages"
        " say that they were kept apart.",
    ),
    Answer(
        OVERLAP,
        "They overlap",
        "They stay two actors. Both pages say that they have people, tools or attacks in common.",
    ),
    Answer(
        DISPUTED,
        "Disputed",
        "They stay two actors. Both pages say that sources contradict one another on whether the"
        " two are one.",
    ),
)

WHY = (
    "A rule joins two records only where each matches the other and nothing else: by a stated"
    " ATT&CK id first, then by name. Here a name leads to several actors, or several records claim"
    " one actor, or that actor has a record of the same source already. So no rule decides; until a"
    " person does, the two stay apart. Answers outlast every import, and each can be taken back."
)
NOTHING_WAITS = (
    "Every record matches exactly one actor, or none, or somebody has decided. New questions come"
    " with new releases of the catalogues."
)


def summary(review: Review) -> str:
    """How much waits, in a sentence."""
    number = len(review.questions)
    if not number:
        return "No question waits."
    verb = "waits" if number == 1 else "wait"
    return f"{counted(number, 'question')} {verb}, about {counted(review.records, 'record')}."


def title(question: Question) -> str:
    """Both names in a line."""
    return f"{question.one.name} · {question.other.name}"


def asked(question: Question) -> str:
    """The question itself."""
    return f"Are {question.one.name} and {question.other.name} the same actor?"


def evidence(question: Question) -> str:
    """What brought the two together, and from where the second comes, in one line."""
    sources = ", ".join(question.other.sources)
    return f"{_basis(question)} · {sources}"


def outcome_words(made: Decided | None, settled: Sequence[Settled]) -> str:
    """What was decided, and what became of other questions with it."""
    sentences = [f"{made.words}." if made is not None else "The answer was kept."]
    joined = [one.question for one in settled if one.joined]
    if joined:
        pairs = "; ".join(f"{one.one.name} and {one.other.name}" for one in joined)
        sentences.append(f"A rule joins {pairs} now: nothing else matches them any more.")
    if rest := len(settled) - len(joined):
        verb = "is" if rest == 1 else "are"
        sentences.append(f"{counted(rest, 'other question')} {verb} settled by it.")
    return " ".join(sentences)


def decisions_note(review: Review) -> str:
    """How many decisions are in force, and whose."""
    bundled = sum(decided.bundled for decided in review.decisions)
    own = len(review.decisions) - bundled
    parts = [
        f"{own:,} made here" if own else "",
        f"{bundled:,} came with the program" if bundled else "",
    ]
    return ", ".join(part for part in parts if part) or "none yet"


def signed(decided: Decided) -> str:
    """When, who and why."""
    when = date_words(decided.decided_at[:10])
    reason = curly(decided.reason) if decided.bundled else decided.reason
    return f"{when}, {decided.decided_by}: {reason or 'no reason was given'}"


def _basis(question: Question) -> str:
    if question.basis == "decision":
        return "decisions contradict"
    if question.basis == "attack-id":
        return "a stated ATT&CK id"
    return counted(len(question.shared(question.other)), "shared name")
