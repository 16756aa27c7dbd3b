"""What a client does first: actions by what its actors do, and by cost."""

from __future__ import annotations

from briefing.core.brief import Paragraph, Section, spans
from briefing.core.guidance import RankedAction
from briefing.core.wording import in_words, sentence_case
from briefing.services.recipes.client_limits import ClientLimits
from briefing.services.recipes.client_questions import on_actions
from briefing.services.recipes.client_reading import ClientReading
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.ranked_actions import MOST, ActionWords, cheapest_first


def actions(reading: ClientReading, marks: Marks, limits: ClientLimits) -> Section:
    """The first few, in short."""
    found = chosen(reading, limits.actions)
    if not found:
        words = "Nothing that is on record here points to a measure of its own."
        return Section("actions", "Do these first", (Paragraph(spans(words), **marks.held()),))
    block = _words(reading, marks).short(found, why=limits.why, most=min(limits.marks, 2))
    note = "What bears on most of these actors, the cheapest first."
    if len(reading.actions) > len(found):
        total = in_words(len(reading.actions))
        note = f"{sentence_case(in_words(len(found)))} of {total}. {note}"
    questions = on_actions(found, marks)
    return Section("actions", "Do these first", (block,), spans(note), questions=questions)


def all_actions(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """Ten of them, each with its reason and what it does against the first actors."""
    found = chosen(reading)
    if not found:
        return None
    title = f"{sentence_case(in_words(len(found)))} actions by cost and effect"
    note = spans("What each does against the first actors stands behind its reason.")
    block = _words(reading, marks).whole(found)
    return Section("all-actions", title, (block,), note, wide=True)


def first_steps(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """What can be done this week for each, and what it costs."""
    found = chosen(reading)
    return _words(reading, marks).first_steps(found) if found else None


def chosen(reading: ClientReading, most: int = MOST) -> tuple[RankedAction, ...]:
    """The actions that bear on most of the client's actors, the cheapest of them first."""
    return cheapest_first(reading.actions, most, uses_msp=reading.client.uses_msp)


def _words(reading: ClientReading, marks: Marks) -> ActionWords:
    return ActionWords(reading.labels, reading.basis_of_uses, marks, reading.client.uses_msp)
