"""The briefing on a sector: its actors, whom they target, how they work, what bears on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from briefing.core.brief import Brief, MadeFrom, Part
from briefing.core.errors import WrongCallError
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.services.recipes import sector_full as full
from briefing.services.recipes import sector_page as page
from briefing.services.recipes import sector_said as said
from briefing.services.recipes.appendix import appendix, brand_of
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.composing import (
    Builder,
    built,
    check_sections,
    one_page,
    short_sources,
    statements_of,
)
from briefing.services.recipes.gathered import kept_out
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.named_objects import Named, objects, techniques
from briefing.services.recipes.named_objects import sector as named_sector
from briefing.services.recipes.ranked_actions import behind, cheapest_first, do_headline
from briefing.services.recipes.request import BriefRequest
from briefing.services.recipes.sector_limits import TIGHTEST, WIDER, SectorLimits
from briefing.services.recipes.sector_reading import SectorReading, read_sector

KIND, KIND_TITLE = "sector", "Sector briefing"

Builders = Mapping[str, Builder[SectorReading, SectorLimits]]

PAGE: Builders = {
    "record": page.record,
    "actors": page.actors,
    "trend": page.trend,
    "stages": page.stages,
    "actions": page.actions,
    "unknown": page.unknown,
}
"""Sections of the executive page, in their usual order."""

WHO: Builders = {
    "map": full.on_map,
    "matrix": full.matrix,
    "all-actors": full.all_actors,
}
"""Sections on countries, origins and actors."""

HOW: Builders = {
    "heat": full.heat,
    "all-years": full.all_years,
    "advisories": full.advisories,
}
"""Sections on how its actors work, and what is published about it."""

DO: Builders = {
    "all-actions": full.all_actions,
    "open-questions": full.open_questions,
}
"""Sections on what to do and what stays open."""

SECTIONS = (*PAGE, *WHO, *HOW, *DO)
"""Keys of its sections that can be left out or moved, in their usual order."""

TRACED: Mapping[str, tuple[str, str]] = {
    "record": ("On record", "standing, origins, countries, incidents"),
    "actors": ("Most reported", "how often each is named, and when"),
    "trend": ("Last years", "dated incidents that hit the sector"),
    "stages": ("Four stages", "what most of its actors do in each"),
    "actions": ("First actions", "the advice, and who uses what it answers"),
    "unknown": ("Not known", ""),
    "map": ("Map", "countries its actors target"),
    "matrix": ("Matrix", "sectors by origin of their actors"),
    "all-actors": ("All actors", "how often each is named, and when"),
    "heat": ("Heat table", "their techniques by stage"),
    "all-years": ("All years", "dated incidents that hit the sector"),
    "advisories": ("Advisories", "products in use, actors named"),
    "all-actions": ("All actions", "the advice, and who uses what it answers"),
    "open-questions": ("Open questions", ""),
}
"""Sections as the evidence trace names them, and what they say; "" takes their first words."""

SUMS = (
    *("record", "actors", "trend", "stages", "map", "matrix", "all-actors", "heat", "all-years"),
    *("actions", "all-actions"),
)
"""Sections that add statements up."""


def compose(allowed: Allowed, request: BriefRequest, world: World | None) -> Brief:
    """Put a briefing on a sector together.

    Args:
        allowed: What the audience may see.
        request: Which sector, as of which day, how long, which sections; for whom, if for somebody.
        world: Shapes of the map; without them countries are listed as bars.

    Raises:
        WrongCallError: when no sector or no day is given, or a section is wanted that there is not.
        NotFoundError: when there is no such sector.
        BriefingError: when the database cannot be read, or is changed meanwhile.
    """
    today = _asked(request)
    check_sections("A sector briefing", request.sections, SECTIONS)
    reading = read_sector(allowed, request.subject, today, world)
    marks, first, limits = _executive_page(allowed, reading, request)
    parts = [first]
    if not request.one_page:
        parts += _behind_it(reading, request, marks, limits)
        parts.append(appendix(parts, reading.gathered, marks, TRACED, SUMS))
    statements = statements_of(parts)
    return Brief(
        kind=KIND,
        kind_title=KIND_TITLE,
        subject=reading.sector.label,
        title=first.title,
        parts=tuple(parts),
        sources=marks.sources(),
        made_from=reading.gathered.made_from(allowed, statements),
        data_as_of=allowed.data_as_of,
        ceiling=request.ceiling,
        tlp=marks.least,
        author=request.author,
        withheld=kept_out(
            allowed,
            lambda everything: read_sector(everything, request.subject, today, None).gathered,
        ),
        client=request.client.name if request.client else "",
        brand=brand_of(request.client, request.author),
        cover=not request.one_page,
        objects=(
            named_sector(reading.sector.code, reading.sector.label, Tlp.CLEAR),
            *objects(
                (*_actors(reading), *techniques(reading.uses)), reading.gathered, marks, statements
            ),
        ),
    )


def _actors(reading: SectorReading) -> list[Named]:
    return [
        Named(one.actor.id, one.actor.name, one.actor.attack_id, one.basis)
        for one in reading.actors
    ]


def _asked(request: BriefRequest) -> date:
    if not request.subject:
        raise WrongCallError(
            "Say which sector the briefing is on, for example: briefing brief sector healthcare."
        )
    if request.today is None:
        raise WrongCallError("Say as of which day the briefing is made.")
    return request.today


def _executive_page(
    allowed: Allowed, reading: SectorReading, request: BriefRequest
) -> tuple[Marks, Part, SectorLimits]:
    least = min(request.client.tlp, allowed.ceiling) if request.client else Tlp.CLEAR
    head = said.headline(reading), said.subtitle(reading)
    told = reading.gathered.marks(least).held(reading.basis, reading.origin_basis)

    def compose_with(limits: SectorLimits) -> tuple[Marks, Part]:
        marks = reading.gathered.marks(least)
        sections = built(PAGE, request.sections, reading, marks, limits)
        return marks, Part(*head, (*sections, short_sources()), one_page=True, **told)

    def printed_under(part: Part) -> tuple[MadeFrom, ...]:
        if not request.one_page:
            return ()
        return reading.gathered.made_from(allowed, statements_of([part]))

    return one_page(compose_with, TIGHTEST, WIDER, printed_under, request.kept_free)


def _behind_it(
    reading: SectorReading, request: BriefRequest, marks: Marks, limits: SectorLimits
) -> list[Part]:
    do, uses = cheapest_first(reading.actions), [use.basis for use in reading.uses]
    heads = (
        (WHO, said.who_headline(reading), said.who_subtitle(reading), [reading.on_map.basis]),
        (HOW, said.how_headline(reading), said.how_subtitle(reading), uses),
        (DO, do_headline(do), said.do_subtitle(reading), [*behind(do), *uses]),
    )
    made = [
        Part(
            head,
            line,
            built(builders, request.sections, reading, marks, limits),
            **marks.held(*bases),
        )
        for builders, head, line, bases in heads
    ]
    return [part for part in made if part.sections]
