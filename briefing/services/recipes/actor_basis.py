"""What stands behind the executive page: reasons of the judgements, all dates, all that is open."""

from __future__ import annotations

from briefing.core.brief import Facts, Paragraph, Section, spans
from briefing.services.recipes.actor_limits import Limits
from briefing.services.recipes.actor_page import DATES, dated
from briefing.services.recipes.actor_reading import ActorReading
from briefing.services.recipes.actor_unknown import not_known
from briefing.services.recipes.marks import Marks


def basis(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """Why we judge as we do."""
    rows = [row for row in reading.profile.judgements if row.why]
    if not rows:
        return None
    facts = Facts(
        tuple(
            (f"Judgement {number}", marks.text(row.why, row.basis))
            for number, row in enumerate(reading.profile.judgements, start=1)
            if row.why
        ),
        **marks.held(*(row.basis for row in rows)),
    )
    return Section("basis", "What the judgements rest on", (facts,))


def events(reading: ActorReading, marks: Marks, limits: Limits) -> Section | None:
    """Every dated event, where the executive page shows fewer."""
    found = reading.profile.events
    if len(found) <= limits.events:
        return None
    note = spans(DATES)
    return Section("events", "All dated events", (dated(found, marks),), note)


def open_questions(reading: ActorReading, marks: Marks, limits: Limits) -> Section | None:
    """Everything that is not known, where the executive page shows less."""
    sentences = not_known(reading)
    if len(sentences) <= limits.unknown:
        return None
    block = Paragraph(marks.texts(sentences), **marks.held(*(basis_ for _, basis_ in sentences)))
    return Section("open-questions", "All that is not known", (block,))
