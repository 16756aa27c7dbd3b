"""Why each actor is in, in full; what the order is worth; where the first act, and how."""

from __future__ import annotations

from briefing.core.actor import Basis
from briefing.core.brief import Column, Facts, Question, Section, Table, Text, spans
from briefing.core.dates import long_date
from briefing.core.relevance import RelevantActor
from briefing.core.wording import counted, curly, in_words, sentence_case
from briefing.services.recipes.client_limits import ClientLimits
from briefing.services.recipes.client_page import NOT_LIKELIHOOD
from briefing.services.recipes.client_questions import TEST
from briefing.services.recipes.client_reading import ClientReading
from briefing.services.recipes.client_said import number_of, told
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.stage_words import shared_heat
from briefing.services.recipes.target_pictures import origin_matrix, target_map

_ALL = 9
_MARKS = 2


def all_reasons(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """Every term of the first actors with its points."""
    if not reading.first:
        return None
    table = Table(
        (
            Column("Actor", 1.2),
            Column("What counts, and how much", 4.2),
            Column("Sum", 0.6, numeric=True),
        ),
        tuple(
            (spans(curly(one.actor.name)), _terms(reading, one, marks), spans(_points(one.score)))
            for one in reading.first
        ),
        **marks.held(*(reason.basis for one in reading.first for reason in one.reasons)),
    )
    one = len(reading.first) == 1
    title = "Why it is in" if one else f"Why these {number_of(reading)} are in"
    return Section("reasons", title, (table,), spans(NOT_LIKELIHOOD))


def next_in_line(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """Who comes after the first, with the weightiest reason."""
    found = reading.relevance.actors[len(reading.first) :]
    if not found:
        return None
    rows = [(one, words, reason.basis) for one in found for words, reason in told(reading, one, 1)]
    table = Table(
        (
            Column("Actor", 1.2),
            Column("Weightiest reason", 4.2),
            Column("Sum", 0.6, numeric=True),
        ),
        tuple(
            (
                spans(curly(one.actor.name)),
                marks.text(words, basis, most=1),
                spans(_points(one.score)),
            )
            for one, words, basis in rows
        ),
        **marks.held(*(basis for _, _, basis in rows)),
    )
    return Section("next", "Who comes next", (table,))


def worth(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """What the order rests on and what it is worth."""
    if not reading.first:
        return None
    found = reading.relevance
    rests = (
        f"Incident history: {counted(found.incidents, 'dated incident')} laid to a named actor, of"
        f" which {found.concerning:,} hit your countries or sectors. The newest began on"
        f" {long_date(found.until)}."
        if reading.by_history
        else "Catalogue only: no dated incident here concerns your countries or sectors, so undated"
        " statements of catalogues are all there is."
    )
    measured = (
        TEST
        if reading.by_history
        else "In our test such statements did no better than how often an actor is reported."
    )
    limits = (
        "It names actors that were reported before. Whoever has never been named is not in it, and"
        " what nobody reports counts for nothing."
    )
    rows: tuple[tuple[str, Text], ...] = (
        ("It rests on", spans(curly(rests))),
        ("Measured", spans(curly(measured))),
        ("Its limits", spans(curly(limits))),
    )
    return Section("worth", "What the order is worth", (Facts(rows, **marks.held()),))


def on_map(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """The countries that the first actors are said to target or that they hit."""
    if not reading.on_map.countries:
        return None
    number = number_of(reading)
    block = target_map(
        reading.on_map,
        reading.labels,
        reading.world,
        marks,
        who="the actor" if number == "one" else f"the {number} actors",
    )
    note = (
        f"Number: how many of the {number} are said to target a country, or hit it. A country is"
        f" stated for {in_words(reading.on_map.of)}."
    )
    question = Question(
        "Are we safe where the map is pale?",
        spans("No. Pale means that nobody reported these actors there."),
    )
    return Section("map", "Where they act", (block,), spans(note), questions=(question,))


def matrix(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """The client's sectors by the origins of the actors that target them."""
    if not reading.grid.grid.rows:
        return None
    block = origin_matrix(reading.grid, marks)
    note = (
        f"Actors per cell, of {counted(reading.known.with_sector, 'actor')} with a stated sector."
    )
    title = (
        "Your sector by origin" if len(reading.grid.grid.rows) == 1 else "Your sectors by origin"
    )
    return Section("matrix", title, (block,), spans(note))


def stages(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """Their techniques by stage, those that most of them use first."""
    if not reading.uses:
        return None
    of = len(reading.techniques)
    block = shared_heat(reading.uses, reading.labels, of, marks)
    silent = len(reading.first) - of
    words = f"Number and shade: how many of the {in_words(of)} with a stated technique use it."
    if silent:
        words += f" For {in_words(silent)} more none is stated."
    basis = Basis(reading.uses[0].basis.sources, ())
    note = marks.text(words, basis, most=1)
    return Section("stages", sentence_case(_work(reading)), (block,), note, wide=True)


def _work(reading: ClientReading) -> str:
    of = len(reading.techniques)
    return "how it works, by stage" if of == 1 else f"how {in_words(of)} of them work, by stage"


def _terms(reading: ClientReading, one: RelevantActor, marks: Marks) -> Text:
    """The sentences of an actor, each with its points in brackets."""
    return marks.texts(
        (
            (f"{words.removesuffix('.')} ({_points(reason.points)}).", reason.basis)
            for words, reason in told(reading, one, _ALL)
        ),
        most=_MARKS,
    )


def _points(points: float) -> str:
    return f"{points:.2f}"
