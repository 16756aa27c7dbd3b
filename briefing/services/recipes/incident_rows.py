"""The rows of a case in full: claims, evidence, hypotheses, and why each mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.core.brief import (
    Column,
    Facts,
    Section,
    Table,
    Text,
    spans,
)
from briefing.core.case import Claim, Evidence, Hypothesis, origin_key
from briefing.core.case_words import Mark
from briefing.core.dates import short_date
from briefing.core.estimates import Confidence
from briefing.core.wording import UNKNOWN, curly, inside, listed, sentence_case
from briefing.feeds.eurepoc_terms import short_term
from briefing.services.case_phrases import CLAIMANTS, suspected_words
from briefing.services.recipes.incident_limits import WHOLE, IncidentLimits
from briefing.services.recipes.incident_page import beside_one_another
from briefing.services.recipes.incident_reading import IncidentReading
from briefing.services.recipes.incident_words import (
    SUPPOSES,
    how_many,
    short,
)
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import bold, stopped

_AGAINST: Final = (Mark.I, Mark.II)
_MARKED: Final = 4
_COLUMNS: Final = 4
"""Hypotheses side by side in a table of reasons; more of them take another table."""


def all_claims(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """Every claim and every piece of evidence in full."""
    del limits
    case = reading.case
    if only_feeds_say_it(reading):
        return None
    block = beside_one_another(reading, marks, WHOLE, case.claims, case.evidence)
    counts = f"{how_many(len(case.claims), 'claim')}, "
    counts += how_many(len(case.evidence), "piece of evidence")
    return Section("all-claims", "All claims and evidence", (block,), spans(counts), wide=True)


def grounds(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """Who says so in which way, on what grounds, of whom, and what others suspect behind it."""
    del limits
    claims = reading.case.claims
    if not claims:
        return None
    if only_feeds_say_it(reading):
        return _claims_of_feeds(reading, marks)
    block = Table(
        (
            Column("Claim", 0.6),
            Column("Claimant, channel", 1.4),
            Column("Basis", 1.1),
            Column("Names", 1.0),
            Column("Motive, stated or suspected", 3.2),
            Column("Origin", 1.3),
        ),
        tuple(_claim_row(reading, marks, one) for one in claims),
        **reading.held(marks, reading.basis(*claims), actors=[one.actor for one in claims]),
    )
    note = spans("Channel and basis in EuRepoC’s terms. What others suspect is no finding.")
    return Section("grounds", "Where the claims come from", (block,), note, wide=True)


def only_feeds_say_it(reading: IncidentReading) -> bool:
    """Whether nothing was recorded beside what feeds say: then one table holds all of it."""
    return not reading.is_worked and all(one.is_of_feed for one in reading.case.claims)


def _claims_of_feeds(reading: IncidentReading, marks: Marks) -> Section:
    claims, labels = reading.case.claims, reading.labels
    block = Table(
        (
            Column("Claim", 0.6),
            Column("Date", 1.05),
            Column("Who says so", 1.5),
            Column("Names", 2.4),
            Column("How, and on what basis", 2.2),
        ),
        tuple(
            (
                (bold(labels[one.id]), *marks.mark(reading.basis(one))),
                spans(short_date(one.date) or UNKNOWN),
                spans(one.by or sentence_case(CLAIMANTS[one.claimant]) or "not stated"),
                spans(_names(reading, one)),
                spans(_how(one)),
            )
            for one in claims
        ),
        **reading.held(marks, reading.basis(*claims), actors=[one.actor for one in claims]),
    )
    note = spans("As they were made, in the terms of the source; nothing of it was weighed here.")
    return Section("grounds", "The claims", (block,), note, wide=True)


def _how(one: Claim) -> str:
    parts = (inside(short_term(one.type)), inside(_grounds(one) if one.basis else ""))
    return sentence_case("; ".join(part for part in parts if part)) or UNKNOWN


def _claim_row(reading: IncidentReading, marks: Marks, one: Claim) -> tuple[Text, ...]:
    origin = reading.case.origins().get(origin_key(one.origin), "") if one.origin else ""
    return (
        (bold(reading.labels[one.id]), *marks.mark(reading.basis(one))),
        spans(_claimant(one)),
        spans(_grounds(one)),
        spans(_names(reading, one)),
        spans(curly(" ".join(_motives(one))) or UNKNOWN),
        spans(f"{origin}, {one.origin}" if origin else UNKNOWN),
    )


def _claimant(one: Claim) -> str:
    parts = (CLAIMANTS[one.claimant], one.channel, inside(short_term(one.type)))
    return sentence_case("; ".join(dict.fromkeys(part for part in parts if part))) or UNKNOWN


def _grounds(one: Claim) -> str:
    words = one.basis or "not stated"
    if one.confidence is not Confidence.NOT_STATED:
        words += f"; the claimant’s own confidence: {one.confidence.word}"
    return words


def _names(reading: IncidentReading, one: Claim) -> str:
    actor = reading.page.actors.get(one.actor)
    known = actor.name if actor is not None and actor.name not in one.accused else ""
    return f"{one.accused}, in the catalogue {known}" if known else one.accused


def _motives(one: Claim) -> Iterator[str]:
    if one.stated_motive:
        yield f"Stated: {inside(stopped(one.stated_motive))}"
    elif one.is_by_attacker:
        yield "None stated."
    for suspected in one.suspected:
        yield f"Suspected, {stopped(suspected_words(suspected))}"


def evidence(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """Where each piece of evidence starts, on which level it speaks, how far it tells apart."""
    del limits
    case = reading.case
    if not case.evidence:
        return None
    block = Table(
        (
            Column("Evidence", 0.7),
            Column("Observed", 0.9),
            Column("What it is", 1.5),
            Column("Origin", 2.4),
            Column("Bears on", 0.7),
            Column("Tells apart", 0.7, numeric=True),
        ),
        tuple(_evidence_row(reading, marks, one) for one in case.evidence),
        **marks.held(reading.basis(*case.evidence)),
    )
    note = (
        "Kind, vertex of the Diamond Model, level. What goes back to one origin has one vote;"
        " “tells apart” is the spread of its marks over the answers, 0 to 2."
    )
    return Section("evidence", "Where the evidence starts", (block,), spans(note), wide=True)


def _evidence_row(reading: IncidentReading, marks: Marks, one: Evidence) -> tuple[Text, ...]:
    labels = reading.labels
    origin = reading.case.origins().get(origin_key(one.origin), "")
    computed = "; computed here" if one.method else ""
    return (
        (bold(labels[one.id]), *marks.mark(reading.basis(one))),
        spans(short_date(one.observed) or UNKNOWN),
        spans(f"{one.kind.value}, {one.vertex.value}, {one.level.value}{computed}"),
        spans(f"{origin}, {one.origin}" if origin else one.origin),
        spans(", ".join(reading.bears_on(one)) or UNKNOWN),
        spans(f"{reading.page.weighing.diagnosticity.get(one.id, 0.0):.2f}"),
    )


def answers(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """Every hypothesis in full, with what counts against it."""
    del limits
    case = reading.case
    if not case.hypotheses:
        return None
    rows = tuple(
        (f"{reading.labels[one.id]}", _answer(reading, marks, one)) for one in case.hypotheses
    )
    held = reading.held(
        marks,
        reading.basis(*case.hypotheses, *case.evidence),
        actors=[one for row in case.hypotheses for one in row.actors],
    )
    note = spans("Ours: answers to the question who did it that compete with one another.")
    return Section("answers", "The answers", (Facts(rows, **held),), note)


def _answer(reading: IncidentReading, marks: Marks, one: Hypothesis) -> Text:
    column = reading.page.weighing.column(one.id)
    judged = f"Against it: {column.count}, weighted {column.weighted:.1f}." if one.cells else ""
    actors = [
        reading.page.actors[native].name for native in one.actors if native in reading.page.actors
    ]
    who = f" ({listed(dict.fromkeys(actors))})" if actors else ""
    rest = f" {stopped(one.text)} Supposes {SUPPOSES[one.supposes]}{who}. {judged}".rstrip()
    name = f"{stopped(one.short)}" if one.short else ""
    against = [
        piece
        for piece in reading.case.evidence
        if (cell := one.cell(piece.id)) is not None and cell.mark in _AGAINST
    ]
    mark = marks.mark(reading.basis(one, *against), most=_MARKED)
    return (*((bold(name),) if name else ()), *spans(rest if name else rest.lstrip()), *mark)


def reasons(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """Every mark of the matrix with why."""
    del limits
    case = reading.case
    if not case.hypotheses or not case.evidence:
        return None
    blocks = tuple(
        _reasons(reading, marks, case.hypotheses[start : start + _COLUMNS])
        for start in range(0, len(case.hypotheses), _COLUMNS)
    )
    note = (
        "CC strongly consistent, C consistent, N neutral, I inconsistent, II strongly"
        " inconsistent, NA not applicable; – not judged."
    )
    return Section("marks", "Why each mark", blocks, spans(note), wide=True)


def _reasons(reading: IncidentReading, marks: Marks, columns: tuple[Hypothesis, ...]) -> Table:
    case, labels = reading.case, reading.labels
    heads = (f"{labels[one.id]} {short(one)}" for one in columns)
    return Table(
        (Column("Evidence", 0.6), *(Column(head, 1.5) for head in heads)),
        tuple(
            (
                (bold(labels[piece.id]), *marks.mark(reading.basis(piece), most=2)),
                *(_cell(one, piece) for one in columns),
            )
            for piece in case.evidence
        ),
        **marks.held(reading.basis(*case.evidence, *columns)),
    )


def _cell(one: Hypothesis, piece: Evidence) -> Text:
    cell = one.cell(piece.id)
    if cell is None:
        return spans(UNKNOWN)
    why = f" {cell.rationale}" if cell.rationale else ""
    return (bold(cell.mark.value), *spans(why))
