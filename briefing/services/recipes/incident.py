"""The briefing on an incident: claims beside evidence, competing answers, judgement, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefing.core.brief import Brief, MadeFrom, Part, spans
from briefing.core.errors import WrongCallError
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.services.recipes import incident_around as around
from briefing.services.recipes import incident_judged as judged
from briefing.services.recipes import incident_matrix as matrix
from briefing.services.recipes import incident_page as page
from briefing.services.recipes import incident_recorded as recorded
from briefing.services.recipes import incident_rows as rows
from briefing.services.recipes import incident_titles as titles
from briefing.services.recipes.appendix import SUBTITLE, brand_of
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.composing import (
    Builder,
    built,
    check_sections,
    one_page,
    short_sources,
    statements_of,
)
from briefing.services.recipes.evidence import source_list, trace
from briefing.services.recipes.gathered import kept_out
from briefing.services.recipes.incident_limits import TIGHTEST, WIDER, IncidentLimits
from briefing.services.recipes.incident_objects import objects, with_origins
from briefing.services.recipes.incident_reading import IncidentReading, read_incident
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.request import BriefRequest

KIND, KIND_TITLE = "incident", "Incident briefing"

Builders = Mapping[str, Builder[IncidentReading, IncidentLimits]]

PAGE: Builders = {
    "happened": page.what_happened,
    "claims": page.claims,
    "hypotheses": matrix.hypotheses,
    "assessment": page.assessment,
}
"""Sections of the executive page, in their usual order."""

RECORDED: Builders = {
    "incident": recorded.incident,
    "told": recorded.told,
    "all-claims": rows.all_claims,
    "grounds": rows.grounds,
    "evidence": rows.evidence,
    "answers": rows.answers,
    "marks": rows.reasons,
}
"""Sections on what was recorded."""

JUDGED: Builders = {
    "judgement": judged.judgement,
    "assessments": judged.assessments,
    "opinions": judged.opinions,
    "change": judged.change,
    "warnings": judged.all_warnings,
    "overlap": around.overlap,
    "timeline": around.timeline,
}
"""Sections on what follows from it."""

SECTIONS = (*PAGE, *RECORDED, *JUDGED)
"""Keys of its sections that can be left out or moved, in their usual order."""

TRACED: Mapping[str, tuple[str, str]] = {
    "happened": ("What happened", ""),
    "claims": ("Claims, evidence", "who says what, what speaks for it"),
    "hypotheses": ("Matrix", "how evidence and answers agree"),
    "assessment": ("Assessment", "the judgement, warnings beside it"),
    "incident": ("The incident", ""),
    "told": ("What sources tell", "in their own terms"),
    "all-claims": ("All claims", "every claim and evidence in full"),
    "grounds": ("Grounds of claims", "channel, basis, motive, origin"),
    "evidence": ("Evidence", "where each piece starts"),
    "answers": ("The answers", "what each supposes, what is against it"),
    "marks": ("Why each mark", "the reason behind every cell"),
    "judgement": ("The judgement", "with basis, gaps, assumptions"),
    "assessments": ("Earlier judgements", "what superseded what"),
    "opinions": ("Other analysts", "who agrees and who does not"),
    "change": ("What would change it", "origins and evidence that decide"),
    "warnings": ("Warnings", "what a reader may object to"),
    "overlap": ("Overlap", "what known groups share with it"),
    "timeline": ("Timeline", ""),
}
"""Sections as the evidence trace names them, and what they say; "" takes their first words."""


_GRADES = (
    "Grade: reliability A–F and credibility 1–6. Claims and evidence bear grades of their own in"
    " the case; F– is a document that nobody graded apart from them."
)


def compose(allowed: Allowed, request: BriefRequest, world: World | None) -> Brief:
    """Put a briefing on an incident together.

    Args:
        allowed: What the audience may see.
        request: Which incident, by its id, its readable id or its name; how long, which sections.
        world: Not drawn here.

    Raises:
        NotFoundError: when there is no such incident.
        BriefingError: when the audience may not even see that there is.
        WrongCallError: when none is named, or a section is wanted that there is not.
    """
    del world
    if not request.subject:
        raise WrongCallError(
            "Say which incident the briefing is on, for example:"
            " briefing brief incident mgm-resorts-2023."
        )
    check_sections("An incident briefing", request.sections, SECTIONS)
    reading = read_incident(allowed, request.subject)
    marks, first, limits = _executive_page(allowed, reading, request)
    parts = [first]
    if not request.one_page:
        parts += _behind_it(reading, request, marks, limits)
        parts.append(_appendix(parts, reading, marks))
    return Brief(
        kind=KIND,
        kind_title=KIND_TITLE,
        subject=reading.case.incident.name,
        title=first.title,
        parts=tuple(parts),
        sources=with_origins(reading, marks.sources()),
        made_from=reading.gathered.made_from(allowed, statements_of(parts)),
        data_as_of=allowed.data_as_of,
        ceiling=request.ceiling,
        tlp=marks.least,
        author=request.author,
        withheld=kept_out(
            allowed, lambda everything: read_incident(everything, reading.case.incident.id).gathered
        ),
        client=request.client.name if request.client else "",
        brand=brand_of(request.client, request.author),
        objects=objects(reading, {source.key for source in marks.sources()}),
    )


def _executive_page(
    allowed: Allowed, reading: IncidentReading, request: BriefRequest
) -> tuple[Marks, Part, IncidentLimits]:
    head = titles.headline(reading), titles.subtitle(reading)
    least = min(request.client.tlp, allowed.ceiling) if request.client else Tlp.CLEAR

    def compose_with(limits: IncidentLimits) -> tuple[Marks, Part]:
        marks = reading.marks(least)
        sections = built(PAGE, request.sections, reading, marks, limits)
        return marks, Part(*head, (*sections, short_sources()), one_page=True)

    def printed_under(part: Part) -> tuple[MadeFrom, ...]:
        if not request.one_page:
            return ()
        return reading.gathered.made_from(allowed, statements_of([part]))

    return one_page(compose_with, TIGHTEST, WIDER, printed_under, request.kept_free)


def _behind_it(
    reading: IncidentReading, request: BriefRequest, marks: Marks, limits: IncidentLimits
) -> list[Part]:
    """What stands behind the page; of an incident nobody worked on, in one part."""
    recorded_head = titles.recorded_headline(reading), titles.recorded_subtitle(reading)
    judged_head = titles.judged_headline(reading), titles.judged_subtitle(reading)
    heads: tuple[tuple[tuple[str, str], Builders], ...] = (
        (recorded_head, RECORDED),
        (judged_head, JUDGED),
    )
    if not reading.is_worked:
        heads = ((recorded_head, {**RECORDED, **JUDGED}),)
    made = [
        Part(*head, built(builders, request.sections, reading, marks, limits))
        for head, builders in heads
    ]
    return [part for part in made if part.sections]


def _appendix(parts: list[Part], reading: IncidentReading, marks: Marks) -> Part:
    traced = trace(parts, reading.behind, marks, TRACED)
    listed = replace(source_list(), note=spans(_GRADES)) if reading.is_worked else source_list()
    return Part(titles.sources_headline(reading, marks), SUBTITLE, (listed, traced))
