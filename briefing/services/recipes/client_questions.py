"""What an executive is likely to ask, and the answers from the same data."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analysis.relevance import first_incident_adds
from briefing.core.brief import Question, Text, spans
from briefing.core.guidance import RankedAction
from briefing.core.wording import curly, listed
from briefing.services.recipes.client_reading import ClientReading
from briefing.services.recipes.client_said import reasons
from briefing.services.recipes.marks import Marks

_FIRST = 3
TEST = (
    "In a test on 75 incidents of 2021 to 2023 the right actor stood among the first five in 30 %"
    " of cases and among the first ten in 48 %; how often an actor is reported gave 11 % and 19 %."
)


def on_judgements() -> tuple[Question, ...]:
    """On how probable an attack is."""
    answer = (
        "Nothing here measures that. The list says which named actors reports would name first for"
        " an organisation like yours."
    )
    return (_question("How likely is it that we are attacked?", spans(answer)),)


def on_actors(reading: ClientReading, marks: Marks) -> tuple[Question, ...]:
    """On why the first is first, why another is not in, and how far to trust it."""
    first = reading.first[0]
    why = marks.texts(reasons(reading, first, _FIRST), most=1)
    points = spans(f" Together that gives {first.score:.2f} points.")
    next_in = [one.actor.name for one in reading.relevance.actors[len(reading.first) :]]
    not_in = (
        f"The next in line are {listed(next_in[:_FIRST])}."
        if next_in
        else "Nobody else is tied to you here."
    )
    absent = (
        f"{not_in} An actor that is not in the list was not reported where you are, or is not on"
        " record; it is not one that leaves you alone."
    )
    worth = (
        TEST
        if reading.by_history
        else "Little: catalogue statements alone did no better in our test than how often an actor"
        " is reported."
    )
    return (
        _question(f"Why does {first.actor.name} come first?", (*why, *points)),
        _question("Why is a group that we read about not in here?", spans(curly(absent))),
        _question("How far can we trust this order?", spans(curly(worth))),
    )


def on_actions(found: Sequence[RankedAction], marks: Marks) -> tuple[Question, ...]:
    """On what the first step costs, and who does it."""
    action = found[0].action
    answer = marks.text(
        f"{action.do}: {action.who}. Cost: {action.cost}. {action.cost_why}", action.basis, most=1
    )
    return (_question("What does the first step cost, and who does it?", answer),)


def on_changes(reading: ClientReading) -> tuple[Question, ...]:
    """On what would change the picture."""
    if not reading.by_history:
        words = "Dated incidents in your countries or sectors: then these would rank the actors."
    else:
        words = (
            "New incidents. One that began today in your country would add"
            f" {first_incident_adds('country'):.2f} points to an actor that has none there, one in"
            f" your sector {first_incident_adds('sector'):.2f}."
        )
    return (_question("What would change this picture?", spans(words)),)


def _question(ask: str, answer: Text) -> Question:
    return Question(curly(ask), answer)
