"""The sections of the executive page: what happened, claims beside evidence, matrix, judgement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from briefing.analysis.case_warnings import RULES
from briefing.analysis.warning_rules_sources import culprits
from briefing.core.brief import (
    AnyBlock,
    Assessed,
    ClaimItem,
    ClaimsEvidence,
    EvidenceItem,
    Paragraph,
    Section,
    Text,
    WarningList,
    spans,
)
from briefing.core.case import Assessment, Case, Claim, Evidence, Hypothesis, origin_key
from briefing.core.wording import curly, first_of
from briefing.services.recipes.incident_limits import IncidentLimits
from briefing.services.recipes.incident_questions import (
    on_assessment,
    on_claims,
)
from briefing.services.recipes.incident_reading import IncidentReading
from briefing.services.recipes.incident_words import (
    by,
    claim_words,
    happened,
    how_many,
    judged_otherwise,
    other_assessments,
    said_and_marked,
    views,
)
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import cut, shortened, stopped

R = TypeVar("R", Claim, Evidence, Hypothesis)

TITLES = {rule.number: rule.title for rule in RULES}
"""Number of a rule → what it finds, in a few words."""
_BY = 80
_NAMED = 60
_LABELS = 5
_PAIR = 2
_JUDGEMENT = 400
_NO_EVIDENCE = "No evidence is recorded, so nothing speaks for or against a claim but other claims."
_NO_ASSESSMENT = "Nobody has recorded an assessment, so this page concludes nothing."


def what_happened(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section:
    """What happened, in a few sentences."""
    shown = happened(reading)[: limits.happened]
    text = said_and_marked(marks, shown, most=max(limits.marks, 2))
    held = marks.held(*(basis for _, basis in shown))
    return Section("happened", "What happened", (Paragraph(text, **held),))


def claims(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section:
    """Claims at the left, evidence at the right."""
    shown_claims = first_claims(reading.case, limits.claims)
    shown_evidence = most_telling(reading, limits.evidence)
    block = beside_one_another(reading, marks, limits, shown_claims, shown_evidence)
    note = "Neither is what we conclude."
    if left := left_out(reading.case, len(shown_claims), len(shown_evidence)):
        note = left
    blocks: tuple[AnyBlock, ...] = (block,)
    if not reading.case.evidence:
        blocks = (*blocks, Paragraph(spans(_NO_EVIDENCE), **marks.held()))
    return Section(
        "claims",
        "Claims and evidence",
        blocks,
        spans(note),
        wide=True,
        questions=on_claims(reading, marks),
    )


def beside_one_another(
    reading: IncidentReading,
    marks: Marks,
    limits: IncidentLimits,
    shown_claims: Sequence[Claim],
    shown_evidence: Sequence[Evidence],
) -> ClaimsEvidence:
    """Some claims and some evidence as one block; what is left out is counted under it.

    Args:
        reading: The incident.
        marks: Collects the sources.
        limits: How much of each text is printed.
        shown_claims: In their order.
        shown_evidence: Likewise.
    """
    labels, origins = reading.labels, reading.case.origins()
    items = tuple(
        ClaimItem(
            label=labels[one.id],
            by=cut(by(one), _BY),
            date=one.date,
            text=marks.text(
                shortened(claim_words(one, _NAMED), limits.words, limits.sentence),
                reading.basis(one),
                most=limits.marks,
            ),
            status=one.status.value,
            grade=one.grade,
        )
        for one in shown_claims
    )
    pieces = tuple(
        EvidenceItem(
            label=labels[one.id],
            text=marks.text(
                shortened(one.text, limits.words, limits.sentence),
                reading.basis(one),
                most=limits.marks,
            ),
            kind=one.kind.value,
            relevance=one.relevance.value,
            origin=origins.get(origin_key(one.origin), ""),
            grade=one.grade,
            bears_on=reading.bears_on(one),
        )
        for one in shown_evidence
    )
    return ClaimsEvidence(
        items,
        pieces,
        reading.origins,
        **marks.held(reading.basis(*shown_claims, *shown_evidence)),
    )


def assessment(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section:
    """What we conclude, who sees it otherwise, what is not known; warnings beside it."""
    standing = reading.case.assessment
    warned = warnings(reading, marks, limits)
    concluded: AnyBlock = Paragraph(spans(_NO_ASSESSMENT), **marks.held())
    note = "Nothing is concluded."
    if standing is not None:
        concluded = judged(reading, marks, standing, limits)
        note = "What we conclude, and what a careful reader would object to."
    return Section(
        "assessment",
        "Assessment",
        (concluded, warned) if warned.rows else (concluded,),
        spans(note),
        wide=True,
        questions=on_assessment(reading, marks),
    )


def judged(
    reading: IncidentReading, marks: Marks, one: Assessment, limits: IncidentLimits
) -> Assessed:
    """The assessment that stands, with dissent and gaps."""
    case, labels = reading.case, reading.labels
    # Its later sentences hedge the first, so that only a very long one is shortened.
    text = shortened(one.text, _JUDGEMENT, _JUDGEMENT)
    label = labels.get(one.hypothesis, "")
    if label and len(text) == len(one.text.strip()) and ". " not in text:
        text = f"{text.removesuffix('.')} ({label})."
    facts: list[tuple[str, Text]] = []
    dissent = [
        *((words, reading.basis(view)) for view, words in views(reading, dissenting=True)),
        *((judged_otherwise(case, row), reading.basis(row)) for row in other_assessments(case)),
    ]
    said = dissent[: limits.dissent]
    if said:
        facts.append(("Dissent", marks.texts(said, most=limits.marks)))
    if one.gaps and limits.gaps:
        gaps = " ".join(stopped(gap) for gap in one.gaps[: limits.gaps])
        facts.append(("Gaps" if limits.gaps > 1 and len(one.gaps) > 1 else "Gap", spans(gaps)))
    return Assessed(
        text=marks.text(text, reading.basis(one), most=max(limits.marks, 3)),
        likelihood=one.likelihood,
        confidence=one.confidence,
        by=one.author,
        date=one.date,
        facts=tuple((title, words) for title, words in facts),
        **marks.held(
            reading.basis(one, *(row for row in case.hypotheses if row.id == one.hypothesis)),
            *(basis for _, basis in said),
        ),
    )


def warnings(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> WarningList:
    """What a careful reader would object to, in a few words, with the rows that cause it."""
    found = reading.page.warnings
    shown = found[: limits.warnings]
    left = len(found) - len(shown)
    held = reading.held(
        marks,
        reading.basis(*dict.fromkeys(row for one in shown for row in one.rows)),
        reading.warned,
        actors=reading.named,
    )
    return WarningList(
        tuple(
            (
                curly(f"{one.sentence} {one.why}") if limits.reasons else TITLES[one.rule],
                labelled(reading, one.rows),
            )
            for one in shown
        ),
        spans(f"{how_many(left, 'more warning')} in the full version.") if left else (),
        **held,
    )


def first_claims(case: Case, most: int) -> tuple[Claim, ...]:
    """Some claims in their order: of each culprit one before the second of any."""
    groups = [list(rows) for rows in culprits(case)]
    ranked = [
        row for turn in range(len(case.claims)) for rows in groups for row in rows[turn : turn + 1]
    ]
    return kept(case.claims, ranked[:most])


def most_telling(reading: IncidentReading, most: int) -> tuple[Evidence, ...]:
    """Some evidence in its order: what tells the answers apart most."""
    return kept(reading.case.evidence, reading.telling[:most])


def kept(rows: Sequence[R], chosen: Iterable[R]) -> tuple[R, ...]:
    """The chosen rows in the order of all of them."""
    wanted = {one.id for one in chosen}
    return tuple(one for one in rows if one.id in wanted)


def left_out(case: Case, shown_claims: int, shown_evidence: int) -> str:
    """What the page leaves to the full version, in a few words; "" where it shows all."""
    parts = []
    if shown_claims < len(case.claims):
        parts.append(f"{shown_claims} of {how_many(len(case.claims), 'claim')}")
    if shown_evidence < len(case.evidence):
        pieces = how_many(len(case.evidence), "piece of evidence")
        parts.append(f"{shown_evidence} of {pieces}, what tells the answers apart most")
    return f"{'; '.join(parts)}. All stand in the full version." if parts else ""


def labelled(reading: IncidentReading, rows: Iterable[str]) -> str:
    """Labels of rows; three and more that follow each other as a range: ``A–C, E1``."""
    known = list(reading.labels.items())
    order = {row: place for place, (row, _) in enumerate(known)}
    runs: list[list[int]] = []
    for place in sorted(order[row] for row in rows if row in order):
        if runs and runs[-1][-1] == place - 1 and _alike(known[place - 1][1], known[place][1]):
            runs[-1].append(place)
        else:
            runs.append([place])
    words = [
        word
        for run in runs
        for word in (
            [f"{known[run[0]][1]}\N{EN DASH}{known[run[-1]][1]}"]
            if len(run) > _PAIR
            else [known[place][1] for place in run]
        )
    ]
    return first_of(words, _LABELS)


def _alike(one: str, other: str) -> bool:
    """Whether two labels are of rows of one kind: claims bear no figures."""
    return one[-1].isdigit() == other[-1].isdigit() and (one[0] == other[0] or one.isalpha())
