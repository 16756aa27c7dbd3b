"""What follows from what was recorded: judgement, earlier ones, other views, what decides."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.core.actor import Basis
from briefing.core.brief import (
    AnyBlock,
    Assessed,
    Column,
    Paragraph,
    Section,
    Table,
    Text,
    spans,
)
from briefing.core.case import Assessment, origin_key
from briefing.core.dates import short_date
from briefing.core.weighing import LeftOut
from briefing.core.wording import UNKNOWN, counted, curly, listed
from briefing.services import matrix_words
from briefing.services.case_phrases import STANCES
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.incident_limits import WHOLE, IncidentLimits
from briefing.services.recipes.incident_page import warnings
from briefing.services.recipes.incident_reading import IncidentReading
from briefing.services.recipes.incident_words import (
    DISSENTING,
    answer,
    judged_otherwise,
    opinion_words,
    other_assessments,
    views,
)
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import bold, stopped

_TELLING = 5


def judgement(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """The assessment that stands, with everything on which it rests."""
    del limits
    one = reading.case.assessment
    if one is None:
        return None
    facts = tuple(_facts(reading, marks, one))
    held = marks.held(
        reading.basis(one, *(row for row in reading.case.hypotheses if row.id == one.hypothesis)),
        *(reading.basis(view) for view in reading.case.opinions if view.assessment == one.id),
        *(reading.basis(row) for row in other_assessments(reading.case)),
    )
    block = Assessed(
        text=marks.text(one.text, reading.basis(one)),
        likelihood=one.likelihood,
        confidence=one.confidence,
        by=one.author,
        date=one.date,
        facts=facts,
        **held,
    )
    note = spans("How likely it is and how far the basis carries are two questions.")
    return Section("judgement", "The judgement in full", (block,), note)


def _facts(reading: IncidentReading, marks: Marks, one: Assessment) -> Iterator[tuple[str, Text]]:
    case = reading.case
    yield "Judges", spans(answer(case, one.hypothesis))
    if beside := matrix_words.beside(reading.page, one):
        yield "Matrix", spans(beside)
    if one.basis:
        yield "Basis", spans(curly(one.basis))
    for label, rows in (("Assumes", one.assumptions), ("Gaps", one.gaps)):
        if rows:
            yield label, spans(curly(" ".join(stopped(row) for row in rows)))
    for label, dissenting in (("Dissent", True), ("Second opinion", False)):
        said = [
            (words, reading.basis(view)) for view, words in views(reading, dissenting=dissenting)
        ]
        if dissenting:
            said += [
                (judged_otherwise(case, row), reading.basis(row)) for row in other_assessments(case)
            ]
        if said:
            yield label, marks.texts(said)


def assessments(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """Every assessment, the newest first: none is ever edited, a later one supersedes it."""
    del limits
    case = reading.case
    if len(case.assessments) < 2:
        return None
    followed = {one.supersedes: one for one in case.assessments if one.supersedes}
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            (bold(short_date(one.date)), *marks.mark(reading.basis(one), most=3)),
            spans(answer(case, one.hypothesis)),
            spans(one.likelihood.term),
            spans(one.confidence.word),
            spans(one.author),
            spans(_standing(one, followed.get(one.id), stands=one is case.assessment)),
        )
        for one in sorted(case.assessments, key=lambda one: (one.date, one.created), reverse=True)
    )
    block = Table(
        (
            Column("Date", 0.9),
            Column("Judges", 1.8),
            Column("Likelihood", 1.0),
            Column("Confidence", 0.9),
            Column("By", 1.2),
            Column("", 1.2),
        ),
        rows,
        **marks.held(reading.basis(*case.assessments, *case.hypotheses)),
    )
    note = spans("An assessment is never edited; a later one supersedes it.")
    return Section("assessments", "Earlier judgements", (block,), note, wide=True)


def _standing(one: Assessment, later: Assessment | None, *, stands: bool) -> str:
    del one
    if stands:
        return "stands"
    return f"superseded on {short_date(later.date)}" if later else "stands beside it"


def opinions(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """What other analysts think, of every assessment."""
    del limits
    case = reading.case
    if not case.opinions:
        return None
    dates = {one.id: one.date for one in case.assessments}
    blocks = tuple(
        Paragraph(
            (
                bold(f"{one.author} {STANCES[one.stance]}. "),
                *marks.text(_after(opinion_words(case, one)), reading.basis(one)),
                *spans(
                    f" On the judgement of {short_date(dates.get(one.assessment, ''))},"
                    f" {short_date(one.date)}."
                ),
            ),
            "dissent" if one.stance in DISSENTING else "said",
            **marks.held(reading.basis(one)),
        )
        for one in case.opinions
    )
    note = spans(counted(len(case.opinions), "opinion"))
    return Section("opinions", "Other analysts", blocks, note)


def _after(words: str) -> str:
    """What follows who says it."""
    return words.partition(": ")[2]


def change(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """What the lead hangs on, and what would have to be known to judge otherwise."""
    del limits
    page = reading.page
    if not any(one.cells for one in page.case.hypotheses):
        return None
    blocks: list[AnyBlock] = [_lead(reading, marks)]
    if page.weighing.changes:
        blocks.append(_without(reading, marks))
    telling = _telling(reading, marks)
    if telling is not None:
        blocks.append(telling)
    standing = page.case.assessment
    if standing is not None and standing.gaps:
        words = " ".join(stopped(gap) for gap in standing.gaps)
        blocks.append(
            Paragraph(
                (bold("To be found out: "), *marks.text(words, reading.basis(standing), most=3)),
                **marks.held(reading.basis(standing)),
            )
        )
    note = spans("Each origin is left out in turn. What tells most apart is worth checking first.")
    return Section("change", "What would change this", tuple(blocks), note)


def _lead(reading: IncidentReading, marks: Marks) -> Paragraph:
    case = reading.case
    rest = " ".join(matrix_words.sentences(reading.page))
    judged = {cell.evidence for one in case.hypotheses for cell in one.cells}
    basis = reading.basis(*(one for one in case.evidence if one.id in judged))
    text = (
        bold(matrix_words.leading(reading.page)),
        *spans(curly(f" {rest}" if rest else "")),
        *marks.mark(basis, most=5),
    )
    return Paragraph(text, **marks.held(reading.basis(*case.hypotheses, *case.evidence)))


def _without(reading: IncidentReading, marks: Marks) -> Table:
    """Each origin without which another answer would lead."""
    changes = reading.page.weighing.changes
    return Table(
        (Column("Without", 2.4), Column("would lead", 1.6)),
        tuple(_change_row(reading, marks, one) for one in changes),
        **marks.held(*(_of_origin(reading, one.origin) for one in changes)),
    )


def _change_row(reading: IncidentReading, marks: Marks, one: LeftOut) -> tuple[Text, ...]:
    case = reading.case
    rows = [row for row in case.evidence if origin_key(row.origin) == one.origin]
    label = case.origins().get(one.origin, "")
    name = rows[0].origin if rows and rows[0].origin else "Evidence whose origin is not stated"
    pieces = listed(reading.labels[row.id] for row in rows)
    words = f"{f'{label}, ' if label else ''}{name} ({pieces})"
    leaders = "no answer is left" if not one.leaders else ""
    if one.leaders:
        leaders = listed(answer(case, leader) for leader in one.leaders)
        leaders += ", level" if len(one.leaders) > 1 else ""
    return (marks.text(words, _of_origin(reading, one.origin)), spans(leaders))


def _of_origin(reading: IncidentReading, origin: str) -> Basis:
    rows = [row for row in reading.case.evidence if origin_key(row.origin) == origin]
    return joined([reading.basis(*rows)])


def _telling(reading: IncidentReading, marks: Marks) -> Table | None:
    """The evidence that tells the answers apart most, with what speaks against which."""
    found = reading.page.weighing.diagnosticity
    rows = [one for one in reading.telling if found.get(one.id)][:_TELLING]
    if not rows:
        return None
    hypotheses = reading.case.hypotheses
    labels = reading.labels

    def against(piece: str) -> str:
        marked = [
            labels[one.id]
            for one in hypotheses
            if (cell := one.cell(piece)) is not None and cell.mark.value in ("I", "II")
        ]
        return listed(marked) or UNKNOWN

    return Table(
        (
            Column("Tells apart most", 3.2),
            Column("Against", 0.8),
            Column("Spread", 0.6, numeric=True),
        ),
        tuple(
            (
                (
                    bold(f"{labels[one.id]} "),
                    *marks.text(one.text, reading.basis(one)),
                ),
                spans(against(one.id)),
                spans(f"{found[one.id]:.2f}"),
            )
            for one in rows
        ),
        **marks.held(reading.basis(*rows, *hypotheses)),
    )


def all_warnings(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """Every warning with why it matters."""
    del limits
    if not reading.page.warnings:
        return None
    note = spans("Computed from the rows named; none of them says that the judgement is wrong.")
    return Section(
        "warnings",
        "What a careful reader would object to",
        (warnings(reading, marks, WHOLE),),
        note,
    )
