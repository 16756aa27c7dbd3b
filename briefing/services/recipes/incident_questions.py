"""What a listener is likely to ask about an incident, and the answers from the same rows."""

from __future__ import annotations

from briefing.core.brief import Question, Text, spans
from briefing.core.wording import curly, listed
from briefing.services import matrix_words
from briefing.services.case_phrases import suspected_words
from briefing.services.recipes.incident_reading import IncidentReading
from briefing.services.recipes.incident_words import Sentence
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import stopped

_MOST = 2


def on_claims(reading: IncidentReading, marks: Marks) -> tuple[Question, ...]:
    """On what the word of an attacker is worth, and on sources that are one voice."""
    labels, found = reading.labels, []
    boasts = [one for one in reading.case.claims if one.is_by_attacker]
    if boasts:
        answer: list[Sentence] = [
            (
                f"Claim {labels[one.id]}: others suspect it was made"
                f" {listed(suspected_words(purpose) for purpose in one.suspected)}",
                reading.basis(one),
            )
            for one in boasts
            if one.suspected
        ]
        told = marks.texts([(stopped(words), basis) for words, basis in answer[:_MOST]], most=1)
        general = "Whoever claims an attack gains by being believed; a claim alone proves nothing."
        text: Text = (*spans(general), *(spans(" ") if told else ()), *told)
        found.append(_question("They say themselves that they did it. Is that not enough?", text))
    shared = [one.sentence for one in reading.page.warnings if one.rule in (2, 3)]
    if shared:
        words = f"{' '.join(shared)} What goes back to one origin is counted once."
        found.append(_question("Several sources say the same. Does that settle it?", spans(words)))
    return tuple(found)


def on_hypotheses(reading: IncidentReading, marks: Marks) -> tuple[Question, ...]:
    """On what leads, how firmly, and what the marks are worth."""
    page = reading.page
    leading = f"{matrix_words.leading(page)} {matrix_words.firmness(page)}".strip()
    telling = [one for one in reading.telling if page.weighing.diagnosticity.get(one.id)][:_MOST]
    why = marks.texts(
        [(f"{reading.labels[one.id]}: {stopped(one.text)}", reading.basis(one)) for one in telling],
        most=1,
    )
    more = (*spans(" What tells the answers apart most: "), *why) if why else ()
    worth = (
        "They are ours: how each piece of evidence agrees with each answer. The reason for every"
        " mark stands in the full version, so that each can be disputed."
    )
    return (
        _question("What would change this?", (*spans(leading), *more)),
        _question("Where do the letters come from?", spans(worth)),
    )


def on_assessment(reading: IncidentReading, marks: Marks) -> tuple[Question, ...]:
    """On what the confidence rests, and what is missing."""
    standing = reading.case.assessment
    if standing is None:
        words = "Not from what is recorded here: nobody has laid it out and judged it."
        return (_question("So who did it?", spans(words)),)
    found = []
    if standing.basis:
        text = marks.text(standing.basis, reading.basis(standing), most=3)
        found.append(_question("How far can we rely on this judgement?", text))
    if standing.gaps:
        gaps = " ".join(stopped(gap) for gap in standing.gaps)
        text = marks.text(gaps, reading.basis(standing), most=1)
        found.append(_question("What do we not know?", text))
    return tuple(found)


def _question(ask: str, answer: Text) -> Question:
    return Question(curly(ask), answer)
