"""The matrix of competing hypotheses on the executive page, or that nothing was weighed."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.core.brief import (
    AchRow,
    AchTable,
    Paragraph,
    Section,
    Text,
    spans,
)
from briefing.core.case import Case, Evidence, Hypothesis, origin_key
from briefing.core.wording import curly
from briefing.services import matrix_words
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.incident_limits import IncidentLimits
from briefing.services.recipes.incident_page import kept, most_telling
from briefing.services.recipes.incident_questions import (
    on_hypotheses,
)
from briefing.services.recipes.incident_reading import IncidentReading
from briefing.services.recipes.incident_words import (
    short,
)
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import bold

_ACH = (
    "ACH: which answer do the facts speak against least? “Tells apart” is the spread of a row;"
    " 0 separates nothing."
)
_NOTHING_WEIGHED = (
    "Nothing was weighed: no answers to the question who did it are recorded that compete with"
    " one another."
)


def hypotheses(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section:
    """The matrix, or that nothing was weighed."""
    case = reading.case
    if not case.hypotheses:
        block = Paragraph(
            _nothing_weighed(reading, marks), **marks.held(reading.basis(*case.claims))
        )
        return Section("hypotheses", "Competing hypotheses", (block,))
    rows = most_telling(reading, limits.rows)
    answers = least_refuted(reading, limits.answers)
    note = _ACH
    if len(rows) < len(case.evidence):
        note += f" {len(rows)} of {len(case.evidence)} rows, those that tell most."
    if len(answers) < len(case.hypotheses):
        note += f" {len(answers)} of {len(case.hypotheses)} answers, the least refuted."
    return Section(
        "hypotheses",
        "Competing hypotheses",
        (ach(reading, marks, limits, answers, rows),),
        spans(note),
        questions=on_hypotheses(reading, marks),
    )


def ach(
    reading: IncidentReading,
    marks: Marks,
    limits: IncidentLimits,
    answers: Sequence[Hypothesis],
    rows: Sequence[Evidence],
) -> AchTable:
    """The matrix over some answers and some evidence; what it counts is counted over all."""
    page, case, labels = reading.page, reading.case, reading.labels
    columns = [page.weighing.column(one.id) for one in answers]
    judged = any(one.cells for one in case.hypotheses)
    settled = all(one.cells for one in case.hypotheses)
    return AchTable(
        hypotheses=tuple((labels[one.id], short(one)) for one in answers),
        rows=tuple(
            AchRow(
                label=labels[one.id],
                short=_row_name(one, case),
                marks=tuple(_mark(answer, one) for answer in answers),
                tells_apart=page.weighing.diagnosticity.get(one.id, 0.0),
            )
            for one in rows
        ),
        count=tuple(column.count for column in columns),
        weighted=tuple(column.weighted for column in columns),
        leads=tuple(judged and settled and column.leads for column in columns),
        sentence=_sentence(reading, marks, limits),
        **marks.held(reading.basis(*case.hypotheses, *case.evidence)),
    )


def _row_name(one: Evidence, case: Case) -> str:
    """What kind of evidence it is and where it starts: its words stand beside its label."""
    origin = case.origins().get(origin_key(one.origin), "")
    return f"{one.kind.value}, {origin}" if origin else one.kind.value


def _mark(one: Hypothesis, piece: Evidence) -> str:
    cell = one.cell(piece.id)
    return cell.mark.value if cell else ""


def _sentence(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Text:
    """Which answer leads, in strong type; then how firm that is, with what decides it."""
    page = reading.page
    deciding = {change.origin for change in page.weighing.changes}
    decides = [one for one in reading.case.evidence if origin_key(one.origin) in deciding]
    telling = [one for one in reading.telling if page.weighing.diagnosticity.get(one.id)]
    rest = matrix_words.firmness(page)
    behind = joined([reading.basis(*(decides or telling[:3]))])
    mark = marks.mark(behind, most=max(limits.marks, 2))
    if not rest:
        return (bold(matrix_words.leading(page)), *mark)
    return (bold(matrix_words.leading(page)), *spans(curly(f" {rest}")), *mark)


def _nothing_weighed(reading: IncidentReading, marks: Marks) -> Text:
    titles = [f"“{entry.title}”" for entry in reading.page.sources.values()]
    if reading.is_worked or not titles:
        return spans(_NOTHING_WEIGHED)
    held = (
        f"What is printed here is what {' and '.join(titles)} holds on record. {_NOTHING_WEIGHED}"
    )
    return marks.text(held, reading.basis(*reading.case.claims[:1]), most=1)


def least_refuted(reading: IncidentReading, most: int) -> tuple[Hypothesis, ...]:
    """Some answers in their order: those against which the evidence speaks least."""
    weighing = reading.page.weighing
    ranked = sorted(reading.case.hypotheses, key=lambda one: weighing.column(one.id).weighted)
    return kept(reading.case.hypotheses, ranked[:most])
