"""The briefing on one actor: an executive page, the full version, sources and evidence trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from briefing.core.brief import Brief, MadeFrom, Part, Section
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.services.recipes import actor_page as page
from briefing.services.recipes import actor_work as work
from briefing.services.recipes.actor_basis import basis, events, open_questions
from briefing.services.recipes.actor_facts import who
from briefing.services.recipes.actor_identity import names, origin, quoted, related
from briefing.services.recipes.actor_limits import TIGHTEST, Limits, widest
from briefing.services.recipes.actor_marking import level_of_names
from briefing.services.recipes.actor_questions import with_questions
from briefing.services.recipes.actor_reading import ActorReading, read_actor
from briefing.services.recipes.actor_targets import targets
from briefing.services.recipes.actor_titles import (
    evidence_title,
    headline,
    how_headline,
    how_subtitle,
    subtitle,
)
from briefing.services.recipes.appendix import brand_of
from briefing.services.recipes.ceiling import Allowed, level_of
from briefing.services.recipes.composing import check_sections, statements_of
from briefing.services.recipes.evidence import made_from, source_list, trace
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.page_fit import TEXT_HEIGHT, height
from briefing.services.recipes.request import BriefRequest
from briefing.services.recipes.spoken_of import with_objects

Builder = Callable[[ActorReading, Marks, Limits], Section | None]

KIND, KIND_TITLE = "actor", "Actor briefing"

PAGE: Mapping[str, Builder] = {
    "judgements": page.judgements,
    "who": who,
    "timeline": page.timeline,
    "stages": page.stages,
    "actions": page.actions,
    "unknown": page.unknown,
}
"""Sections of the executive page, in their usual order."""

FULL: Mapping[str, Builder] = {
    "summary": work.summary,
    "heat": work.heat,
    "names": names,
    "origin": origin,
    "targets": targets,
    "software": work.software,
    "notice": work.notice,
    "helps": work.helps,
    "all-actions": work.all_actions,
    "measures": work.measured,
    "sight": work.sight,
    "events": events,
    "basis": basis,
    "open-questions": open_questions,
    "related": related,
    "quoted": quoted,
}
"""Sections of the full version, in their usual order."""

SECTIONS = (*PAGE, *FULL)
"""Keys of its sections that can be left out or moved, in their usual order."""

TRACED: Mapping[str, tuple[str, str]] = {
    "judgements": ("Sources say", ""),
    "who": ("Who they are", ""),
    "timeline": ("Timeline", ""),
    "stages": ("Four stages", "what is done in each"),
    "actions": ("First actions", ""),
    "unknown": ("Not known", ""),
    "summary": ("In short", ""),
    "heat": ("Heat table", "its techniques by stage"),
    "names": ("Names", "its names and who coined them"),
    "origin": ("Origin", "where it comes from, who differs"),
    "targets": ("Targets", "countries, sectors and bodies"),
    "software": ("Software", "malware and tools"),
    "notice": ("Signs", ""),
    "helps": ("What helps", ""),
    "all-actions": ("All actions", ""),
    "measures": ("Measures", "mitigations of its techniques"),
    "sight": ("Where to look", "records in which techniques show"),
    "events": ("All events", ""),
    "basis": ("Reasons", "what the judgements rest on"),
    "open-questions": ("Open questions", ""),
    "quoted": ("Quotations", "the catalogues in their own words"),
}
"""Sections as the evidence trace names them, and what they say; "" takes their first words."""


def compose(allowed: Allowed, request: BriefRequest, world: World | None) -> Brief:
    """Put a briefing on an actor together.

    Args:
        allowed: What the audience may see.
        request: Which actor, how long, which sections.
        world: Shapes of the map; without them countries are listed as bars.

    Raises:
        NotFoundError: when there is no such actor.
        BriefingError: when the audience may see no name of it.
        WrongCallError: when a section is wanted that there is not.
    """
    check_sections("An actor briefing", request.sections, SECTIONS)
    reading = read_actor(allowed, request.subject, world)
    behind = {said.key: said.rests_on for said in reading.stated}

    def made_of(parts: Sequence[Part]) -> tuple[MadeFrom, ...]:
        printed = set(statements_of(parts))
        used = {said.source for said in reading.stated if said.key in printed}
        return made_from(allowed.snapshots, used)

    def printed_under(part: Part) -> tuple[MadeFrom, ...]:
        return made_of([part]) if request.one_page else ()

    # That it is made for a client is that client's to see.
    least = min(request.client.tlp, allowed.ceiling) if request.client else Tlp.CLEAR
    marks, first, limits = _executive_page(reading, request, printed_under, least)
    parts = [first]
    if not request.one_page:
        full = _sections(FULL, request.sections, reading, marks, limits)
        if full:
            parts.append(Part(how_headline(reading), how_subtitle(reading), full))
        traced = trace(parts, behind, marks, TRACED)
        parts.append(
            Part(
                evidence_title(marks),
                "Sources and evidence trace · which words rest on which source, and which sources "
                "rest on one another",
                (source_list(), traced),
            )
        )
    brief = Brief(
        kind=KIND,
        kind_title=KIND_TITLE,
        subject=reading.name,
        title=first.title,
        parts=tuple(parts),
        sources=marks.sources(),
        made_from=made_of(parts),
        data_as_of=allowed.data_as_of,
        ceiling=request.ceiling,
        tlp=max(level_of(parts), level_of_names(allowed, reading, parts)),
        author=request.author,
        withheld=allowed.withheld(reading.profile.row.id),
        client=request.client.name if request.client else "",
        brand=brand_of(request.client, request.author),
    )
    return with_objects(brief, reading)


def _executive_page(
    reading: ActorReading,
    request: BriefRequest,
    printed_under: Callable[[Part], Sequence[MadeFrom]],
    least: Tlp,
) -> tuple[Marks, Part, Limits]:
    """The first part, with as much as one page holds.

    Where even the least is not sure to fit, what makes it no higher is given all the same.
    """

    def compose_with(limits: Limits) -> tuple[Marks, Part]:
        marks = Marks(reading.profile.sources, reading.levels, least)
        made = _sections(PAGE, request.sections, reading, marks, limits)
        # After the page's own, so that its sources have the first numbers without a gap.
        sections = [with_questions(section, reading, marks) for section in made]
        head = headline(reading), subtitle(reading)
        return marks, Part(*head, (*sections, page.sources()), one_page=True)

    def high(limits: Limits) -> float:
        marks, part = compose_with(limits)
        return height(part, marks.sources(), printed_under(part))

    room = max(TEXT_HEIGHT - request.kept_free, high(TIGHTEST))
    limits = widest(lambda limits: high(limits) <= room)
    return *compose_with(limits), limits


def _sections(
    builders: Mapping[str, Builder],
    wanted: Sequence[str] | None,
    reading: ActorReading,
    marks: Marks,
    limits: Limits,
) -> tuple[Section, ...]:
    keys = builders if wanted is None else [key for key in wanted if key in builders]
    built = (builders[key](reading, marks, limits) for key in keys)
    return tuple(section for section in built if section is not None)
