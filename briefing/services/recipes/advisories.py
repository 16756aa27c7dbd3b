"""The digest of a period: what was issued, what is due, who is named, what to do first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from briefing.core.brief import Brief, BriefObject, BriefSource, MadeFrom, Part
from briefing.core.errors import WrongCallError
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.services.recipes import advisories_full as full
from briefing.services.recipes import advisories_page as page
from briefing.services.recipes import advisories_words as words
from briefing.services.recipes.advisories_limits import TIGHTEST, WIDER, DigestLimits
from briefing.services.recipes.advisories_reading import (
    DigestReading,
    DigestRow,
    Exploited,
    read_digest,
)
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
from briefing.services.recipes.request import BriefRequest
from briefing.store.named_things import Thing, flaw

KIND, KIND_TITLE = "advisories", "Advisory digest"

Builders = Mapping[str, Builder[DigestReading, DigestLimits]]

PAGE: Builders = {
    "first": page.first,
    "new": page.new,
    "due": page.due,
    "open": page.leaves_open,
}
"""Sections of the executive page, in their usual order."""

LISTED: Builders = {"by-issuer": full.by_issuer}
"""Sections with every advisory."""

URGENT: Builders = {
    "exploited": full.exploited,
    "actors": full.actors,
    "sectors": full.sectors,
    "all-open": full.everything_open,
}
"""Sections on what is exploited, who is named and where products are in use."""

SECTIONS = (*PAGE, *LISTED, *URGENT)
"""Keys of its sections that can be left out or moved, in their usual order."""

TRACED: Mapping[str, tuple[str, str]] = {
    "first": ("First steps", "what is exploited, what sources advise"),
    "new": ("What is new", "advisories of the period"),
    "due": ("What is due", "CISA’s dates"),
    "open": ("Left open", ""),
    "by-issuer": ("All advisories", "each with what it says to do"),
    "exploited": ("Exploited", "CISA’s list, with dates"),
    "actors": ("Who is named", "actors, and by which advisory"),
    "sectors": ("Sectors", "in use there, or warned"),
    "all-open": ("All left open", ""),
}
"""Sections as the evidence trace names them, and what they say; "" takes their first words."""

SUMS = ("new", "open", "sectors", "all-open")
"""Sections that add statements up."""


def compose(allowed: Allowed, request: BriefRequest, world: World | None) -> Brief:
    """Put a digest of advisories together.

    Args:
        allowed: What the audience may see.
        request: Which period, narrowed to what, as of which day, how long, which sections.
        world: Not drawn here.

    Raises:
        WrongCallError: when no period or no day is given, the period ends before it begins, or a
            section is wanted that there is not.
        NotFoundError: when a sector or country that was chosen is none.
        BriefingError: when the database cannot be read, or is changed meanwhile.
    """
    del world
    period, today = _asked(request)
    check_sections("A digest", request.sections, SECTIONS)
    reading = read_digest(allowed, period, request.filter, today)
    marks, first, limits = _executive_page(allowed, reading, request)
    parts = [first]
    if not request.one_page:
        parts += _behind_it(reading, request, marks, limits)
        if marks.cited:
            parts.append(appendix(parts, reading.gathered, marks, TRACED, SUMS))
    return Brief(
        kind=KIND,
        kind_title=KIND_TITLE,
        subject=words.period(reading),
        title=first.title,
        parts=tuple(parts),
        sources=_numbered(reading, marks),
        made_from=reading.gathered.made_from(allowed, statements_of(parts)),
        data_as_of=allowed.data_as_of,
        ceiling=request.ceiling,
        tlp=marks.least,
        author=request.author,
        withheld=kept_out(
            allowed,
            lambda everything: read_digest(everything, period, request.filter, today).gathered,
        ),
        client=request.client.name if request.client else "",
        brand=brand_of(request.client, request.author),
        objects=_objects(reading, marks),
    )


def _asked(request: BriefRequest) -> tuple[tuple[str, str], date]:
    if request.period is None:
        raise WrongCallError(
            "Say which period the digest is of, for example: briefing brief advisories"
            " --since 2025-08-01 --until 2025-08-31."
        )
    for day in request.period:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise WrongCallError(f"“{day[:40]}” is no day such as 2025-08-31.") from None
    since, until = request.period
    if since > until:
        raise WrongCallError(f"The period ends on {until}, before it begins on {since}.")
    if request.today is None:
        raise WrongCallError("Say as of which day the briefing is made.")
    return (since, until), request.today


def _executive_page(
    allowed: Allowed, reading: DigestReading, request: BriefRequest
) -> tuple[Marks, Part, DigestLimits]:
    made_for = min(request.client.tlp, allowed.ceiling) if request.client else Tlp.CLEAR
    least = max(made_for, reading.chosen_at)
    head = words.headline(reading), words.subtitle(reading)
    told = reading.gathered.marks(least).held(reading.basis((*reading.rows, *reading.exploited)))

    def compose_with(limits: DigestLimits) -> tuple[Marks, Part]:
        marks = reading.gathered.marks(least)
        sections = built(PAGE, request.sections, reading, marks, limits)
        listed = (short_sources(),) if marks.cited else ()
        return marks, Part(*head, (*sections, *listed), one_page=True, **told)

    def printed_under(part: Part) -> tuple[MadeFrom, ...]:
        if not request.one_page:
            return ()
        return reading.gathered.made_from(allowed, statements_of([part]))

    return one_page(compose_with, TIGHTEST, WIDER, printed_under, request.kept_free)


def _behind_it(
    reading: DigestReading, request: BriefRequest, marks: Marks, limits: DigestLimits
) -> list[Part]:
    heads = (
        (LISTED, words.listed_headline(reading), words.listed_subtitle(reading)),
        (URGENT, words.urgent_headline(reading), words.urgent_subtitle(reading)),
    )
    told = marks.held(reading.basis((*reading.rows, *reading.exploited)))
    made = [
        Part(head, line, built(builders, request.sections, reading, marks, limits), **told)
        for builders, head, line in heads
    ]
    return [part for part in made if part.sections]


def _numbered(reading: DigestReading, marks: Marks) -> tuple[BriefSource, ...]:
    """The sources; in the short list an advisory goes by its issuer's own number."""
    numbers = {
        document: one.row.number
        for one in reading.rows
        if one.row.number
        for document in one.basis.sources
    }
    return tuple(
        replace(source, short=numbers.get(source.key, source.short)) for source in marks.sources()
    )


def _objects(reading: DigestReading, marks: Marks) -> tuple[BriefObject, ...]:
    """The actors that are named, the flaws, and what else of ATT&CK advisories name."""
    found: dict[str, BriefObject] = {}
    cited = {entry.key for entry in marks.cited}
    for link, rows in reading.actors:
        basis = reading.basis(rows)
        level = max(reading.level_of(rows), basis.tlp)
        found[link.id] = BriefObject(link.id, link.name, level, link.attack_id, basis.sources)
    rows_of: defaultdict[Thing, list[DigestRow | Exploited]] = defaultdict(list)
    for one in reading.exploited:
        rows_of[flaw(one.row.id)].append(one)
    for row in reading.rows:
        for cve in row.row.cves:
            rows_of[flaw(cve)].append(row)
        for link in (*row.advisory.linked("technique"), *row.advisory.linked("software")):
            rows_of[Thing(link.id, link.name, link.attack_id)].append(row)
    for thing, behind in rows_of.items():
        basis = reading.basis(behind)
        found.setdefault(
            thing.id,
            BriefObject(thing.id, thing.name, basis.tlp, thing.attack_id, basis.sources),
        )
    return tuple(
        replace(one, sources=tuple(key for key in one.sources if key in cited))
        for one in found.values()
    )
