"""The briefing for a client: who would attack it, why each is in, the ways in, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from briefing.core.brief import Brief, MadeFrom, Part, Table
from briefing.core.client import Client
from briefing.core.errors import WrongCallError
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.services.recipes import client_page as page
from briefing.services.recipes import client_titles as titles
from briefing.services.recipes import client_ways as ways
from briefing.services.recipes import client_why as why
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.appendix import appendix, brand_of
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.client_actions import actions, all_actions, chosen, first_steps
from briefing.services.recipes.client_limits import TIGHTEST, WIDER, ClientLimits
from briefing.services.recipes.client_reading import ClientReading, read_client, reasons
from briefing.services.recipes.client_unknown import open_questions, unknown
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
from briefing.services.recipes.named_objects import Named, objects, sector, techniques
from briefing.services.recipes.ranked_actions import behind, do_headline
from briefing.services.recipes.request import BriefRequest
from briefing.store.named_things import flaw

KIND, KIND_TITLE = "client", "Client briefing"

Builders = Mapping[str, Builder[ClientReading, ClientLimits]]

PAGE: Builders = {
    "judgements": page.judgements,
    "actors": page.actors,
    "actions": actions,
    "unknown": unknown,
}
"""Sections of the executive page, in their usual order."""

WHY: Builders = {
    "reasons": why.all_reasons,
    "next": why.next_in_line,
    "worth": why.worth,
    "map": why.on_map,
    "matrix": why.matrix,
    "stages": why.stages,
}
"""Sections on the actors."""

WAYS: Builders = {
    "supply": ways.supply,
    "technology": ways.technology,
    "advisories": ways.advisories,
}
"""Sections on ways in that lead past the client's own door."""

DO: Builders = {
    "all-actions": all_actions,
    "first-steps": first_steps,
    "open-questions": open_questions,
}
"""Sections on what to do and what stays open."""

SECTIONS = (*PAGE, *WHY, *WAYS, *DO)
"""Keys of its sections that can be left out or moved, in their usual order."""

TRACED: Mapping[str, tuple[str, str]] = {
    "judgements": ("What is on record", "where the first were seen, what they hit"),
    "actors": ("The first actors", "country, region, sector, activity of each"),
    "actions": ("First actions", "the advice, and who uses what it answers"),
    "unknown": ("Not known", ""),
    "reasons": ("Reasons", "every term of the first actors"),
    "next": ("Next in line", "the weightiest reason of each"),
    "map": ("Map", "countries the first actors target"),
    "matrix": ("Matrix", "sectors by origin of their actors"),
    "stages": ("Four stages", "techniques of the first by stage"),
    "supply": ("Suppliers", "who hits those around the client"),
    "technology": ("Technology", "exploited flaws in what it runs"),
    "advisories": ("Advisories", "what may concern it"),
    "all-actions": ("All actions", "the advice, and who uses what it answers"),
    "first-steps": ("First steps", ""),
    "open-questions": ("Open questions", ""),
}
"""Sections as the evidence trace names them, and what they say; "" takes their first words."""

SUMS = ("map", "matrix")
"""Sections that add statements up."""
BY_DATA_SET = tuple(TRACED)
"""Sections of which the trace names the data sets behind what they do not mark: every incident
has a document of its own, and a list of all of them is one that nobody reads. The manifest holds
the keys of all statements."""


def compose(allowed: Allowed, request: BriefRequest, world: World | None) -> Brief:
    """Put a briefing for a client together.

    Args:
        allowed: What the audience may see.
        request: For which client, as of which day, how long, which sections.
        world: Shapes of the map; without them countries are listed as bars.

    Raises:
        WrongCallError: when no client or no day is given, or a section is wanted that there is not.
        BriefingError: when the database cannot be read, or is changed meanwhile.
    """
    client, today = _asked(request)
    check_sections("A client briefing", request.sections, SECTIONS)
    reading = read_client(allowed, client, today, world)
    marks, first, limits = _executive_page(allowed, reading, client, request)
    parts = [first]
    if not request.one_page:
        parts += _behind_it(reading, request, marks, limits)
        parts.append(appendix(parts, reading.gathered, marks, TRACED, BY_DATA_SET))
    statements = statements_of(parts)
    return Brief(
        kind=KIND,
        kind_title=KIND_TITLE,
        subject=client.name,
        title=first.title,
        parts=tuple(parts),
        sources=marks.sources(),
        made_from=reading.gathered.made_from(allowed, statements),
        data_as_of=allowed.data_as_of,
        ceiling=request.ceiling,
        tlp=marks.least,
        author=request.author,
        withheld=kept_out(
            allowed, lambda everything: read_client(everything, client, today, None).gathered
        ),
        client=client.name,
        brand=brand_of(client, request.author),
        cover=not request.one_page,
        objects=(
            *objects(
                (*_actors(reading), *techniques(reading.uses), *_flaws(reading)),
                reading.gathered,
                marks,
                statements,
            ),
            # That the client is in it is the report's to guard; that there is a sector is not.
            *(
                sector(one.code, one.label, Tlp.CLEAR)
                for one in reading.sectors
                if one.code in {row.code for row in reading.grid.grid.rows}
            ),
        ),
    )


def _actors(reading: ClientReading) -> list[Named]:
    found = {
        one.actor.id: one for one in (*reading.relevance.actors, *reading.relevance.supply_chain)
    }
    return [
        Named(
            one.actor.id,
            one.actor.name,
            one.actor.attack_id,
            joined(reason.basis for reason in one.reasons),
        )
        for one in found.values()
    ]


def _flaws(reading: ClientReading) -> list[Named]:
    shown = {one.id: one for one in reading.relevance.technology[: ways.FLAWS]}
    return [Named(flaw(cve).id, cve, "", one.basis) for cve, one in shown.items()]


def _asked(request: BriefRequest) -> tuple[Client, date]:
    if request.client is None:
        raise WrongCallError(
            "Say for whom the briefing is.",
            remedy="Name a client of your workspace, or give a client file.",
        )
    if request.today is None:
        raise WrongCallError("Say as of which day the briefing is made.")
    return request.client, request.today


def _executive_page(
    allowed: Allowed, reading: ClientReading, client: Client, request: BriefRequest
) -> tuple[Marks, Part, ClientLimits]:
    # What it told about itself is its audience's, wherever the rest of it may go.
    least = min(client.tlp, allowed.ceiling)
    head = titles.headline(reading), titles.subtitle(reading)
    told = reading.gathered.marks(least).held(*reasons(reading.first))

    def compose_with(limits: ClientLimits) -> tuple[Marks, Part]:
        marks = reading.gathered.marks(least)
        sections = built(PAGE, request.sections, reading, marks, limits)
        return marks, Part(*head, (*sections, short_sources()), one_page=True, **told)

    def printed_under(part: Part) -> tuple[MadeFrom, ...]:
        if not request.one_page:
            return ()
        return reading.gathered.made_from(allowed, statements_of([part]))

    return one_page(compose_with, TIGHTEST, WIDER, printed_under, request.kept_free)


def _behind_it(
    reading: ClientReading, request: BriefRequest, marks: Marks, limits: ClientLimits
) -> list[Part]:
    actors, past, do = (
        built(builders, request.sections, reading, marks, limits) for builders in (WHY, WAYS, DO)
    )
    if not any(isinstance(block, Table) for section in past for block in section.blocks):
        # A sentence or two need no page of their own.
        past, do = (), (*past, *do)
    found, steps = reading.relevance, chosen(reading)
    why = marks.held(*reasons(found.actors))
    around = marks.held(
        *reasons(found.supply_chain),
        *(one.basis for one in found.technology),
        *(row.basis for row in reading.advised.rows),
    )
    first = marks.held(*behind(steps), *(use.basis for use in reading.uses))
    parts = (
        Part(titles.why_headline(reading), titles.why_subtitle(reading), actors, **why),
        Part(titles.ways_headline(reading), titles.ways_subtitle(reading), past, **around),
        Part(do_headline(steps), titles.do_subtitle(reading), do, **first),
    )
    return [part for part in parts if part.sections]
