"""Ways in that lead past the client's own door: through others, and through what it runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.core.actor import Basis
from briefing.core.advisory import Deadline, deadline
from briefing.core.brief import Column, Paragraph, Question, Section, Table, Text, spans
from briefing.core.relevance import Reason, RelevantVulnerability
from briefing.core.wording import UNKNOWN, curly, first_of, in_words, sentence_case
from briefing.services.recipes.advised_table import advised_section, close_by, shown_of
from briefing.services.recipes.client_limits import ClientLimits
from briefing.services.recipes.client_reading import ClientReading
from briefing.services.recipes.client_said import Sentence
from briefing.services.recipes.marks import Marks

_NAMED = 3
FLAWS = 10
"""Exploited flaws in what a client runs that are shown."""


def supply(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """Actors that hit those whom the client serves or who serve it."""
    client, found = reading.client, reading.relevance
    if not (client.customer_sectors or client.supplier_sectors or client.uses_msp):
        return None
    if not found.supply_chain:
        words = "No source here ties an actor to the sectors of those around you."
        return Section("supply", _SUPPLY, (Paragraph(spans(words), **marks.held()),))
    bases = [reason.basis for one in found.supply_chain for reason in one.reasons]
    table = Table(
        (Column("Actor", 1.2), Column("Through whom", 4.8)),
        tuple(
            (
                spans(curly(one.actor.name)),
                marks.texts(_once(one.reasons), most=2),
            )
            for one in found.supply_chain
        ),
        **marks.held(*bases),
    )
    note = shown_of(len(found.supply_chain), found.supply_chain_of, "actor")
    return Section(
        "supply",
        _SUPPLY,
        (table,),
        spans(f"{note} Beside the ranking: sensible, not measured."),
        questions=_on_providers(reading, marks),
    )


def technology(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section | None:
    """Exploited flaws in what the client runs, with the days by which they are to be closed."""
    found = reading.relevance
    if not found.technology:
        return None
    shown = found.technology[:FLAWS]
    with_actors = any(one.actors for one in shown)
    columns = (
        Column("Flaw", 1.5),
        Column("What it is", 4.6),
        Column("Close it by", 1.8, numeric=True),
        *((Column("Actors named with it", 1.6),) if with_actors else ()),
    )
    table = Table(
        columns,
        tuple(_flaw(reading, one, marks)[: len(columns)] for one in shown),
        note=spans(
            "Dates are those by which CISA wants US agencies to have dealt with a flaw; for others"
            " they are a measure of urgency."
        ),
        **marks.held(*(one.basis for one in shown)),
    )
    note = shown_of(len(shown), found.technology_of, "exploited flaw")
    return Section(
        "technology",
        "Through what you run",
        (table,),
        spans(f"{note} Beside the ranking: sensible, not measured."),
        wide=True,
        questions=_on_deadlines(reading, shown),
    )


def advisories(reading: ClientReading, marks: Marks, _limits: ClientLimits) -> Section:
    """Advisories that name what the client runs, its actors, or products in use in its sector."""
    none = "names what you run, one of these actors, your sector, or a product in use there"
    return advised_section(reading.advised, none, reading.today, marks)


_SUPPLY = "Through suppliers and providers"


def _flaw(reading: ClientReading, one: RelevantVulnerability, marks: Marks) -> tuple[Text, ...]:
    actors = first_of([row.name for row in one.actors], _NAMED, "actor")
    return (
        spans(one.id),
        marks.text(_words_of(one), one.basis, most=1),
        spans(close_by(one.due, reading.today)),
        spans(actors or UNKNOWN),
    )


def _once(reasons: Iterable[Reason]) -> list[Sentence]:
    """Sentences of the reasons; who serves the client may be its provider, and is told once."""
    by_basis: dict[Basis, str] = {}
    for reason in reasons:
        by_basis.setdefault(reason.basis, reason.text)
    return [(words, basis) for basis, words in by_basis.items()]


def _words_of(one: RelevantVulnerability) -> str:
    words = one.name or one.technology.replace(":", " ").replace("_", " ")
    return f"{words}; used by ransomware" if one.ransomware else words


def _on_providers(reading: ClientReading, marks: Marks) -> tuple[Question, ...]:
    if not reading.client.uses_msp:
        return ()
    hits = [
        (one.actor.name, reason)
        for one in reading.relevance.supply_chain
        for reason in one.reasons
        if reason.term == "provider"
    ]
    if not hits:
        answer: Text = spans("No source here says so of an actor that comes in through providers.")
    else:
        name, reason = hits[0]
        answer = marks.text(f"It can be a way in. {name}: {reason.text}", reason.basis, most=2)
    return (Question("Does our IT provider make us easier to reach?", answer),)


def _on_deadlines(
    reading: ClientReading, shown: Sequence[RelevantVulnerability]
) -> tuple[Question, ...]:
    passed = [one.id for one in shown if deadline(one.due, reading.today) is Deadline.OVERDUE]
    answer = (
        f"{sentence_case(in_words(len(passed)))} of those shown: {first_of(passed, _NAMED)}. Ask"
        " whoever runs the system whether each is closed."
        if passed
        else "None of those shown."
    )
    return (Question("Which of these should be closed already?", spans(answer)),)
