"""What a reader of changes is likely to ask, and the answers from the same data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from briefing.core.brief import Question, spans
from briefing.core.wording import counted, curly, first_of, in_words
from briefing.services.recipes.changes_reading import ChangesReading
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import cut, stopped

_NAMED = 3


def on_sources(reading: ChangesReading, marks: Marks) -> tuple[Question, ...]:
    """On where the changes come from, and on what they leave as it was."""
    counts = Counter(_titles(reading))
    if not counts:
        answer = spans("Nowhere: no source says otherwise than it did.")
    else:
        told = [f"{title} ({number:,})" for title, number in counts.most_common()]
        answer = spans(curly(f"From {first_of(told, _NAMED, 'source')}."))
    return (Question("Where do the changes come from?", answer),)


def on_judgements(reading: ChangesReading, marks: Marks) -> tuple[Question, ...]:
    """On whether the judgements hold, and on what the reader should do."""
    found = [Question("Does what you told us still hold?", spans(_holds(reading)))]
    for one in reading.touched[:1]:
        words = f"{stopped(cut(one.words, 200))} Behind it {_behind(one.of('changed'), 'changed')}"
        gone = one.of("withdrawn")
        rest = f" and {_behind(gone, 'went')}" if gone else ""
        answer = marks.text(f"{words}{rest}.", one.basis, most=2)
        found.append(Question("Which judgement should be weighed again first?", answer))
    return tuple(found)


def _holds(reading: ChangesReading) -> str:
    touched = len(reading.touched)
    stand = counted(len(reading.of("stands")), "statement")
    if touched:
        verb = "has" if touched == 1 else "have"
        return (
            f"{stand} stand as they were. {in_words(touched).capitalize()} of"
            f" {counted(len(reading.judged), 'judgement')} {verb} to be weighed again; nobody did"
            " so by counting."
        )
    if reading.of("changed") or reading.of("withdrawn"):
        return f"{stand} stand as they were, and no judgement rests on the others."
    return f"Yes: {stand} stand as they were."


def _behind(number: int, what: str) -> str:
    return f"{counted(number, 'statement')} {what}"


def _titles(reading: ChangesReading) -> Iterator[str]:
    for one in (*reading.of("changed"), *reading.of("withdrawn")):
        yield one.title
    for said in reading.news.statements if reading.news else ():
        yield said.title
