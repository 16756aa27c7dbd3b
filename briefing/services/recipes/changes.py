"""What changed since a briefing was delivered, and what that changes in its judgements.

It goes to the audience of its own ceiling: what that audience may not see is neither told nor
counted. A withdrawn statement is no basis any more, so its source is cited and its level kept.
"""

from __future__ import annotations

from briefing.core.brief import Brief, MadeFrom, Part, Section
from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.tlp import Tlp, parse_tlp
from briefing.core.world import World
from briefing.services.recipes import actor, advisories, client, incident, primer, sector
from briefing.services.recipes import changes_words as words
from briefing.services.recipes.actor_marking import named_at
from briefing.services.recipes.appendix import appendix, brand_of
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.changes_objects import objects
from briefing.services.recipes.changes_reading import ChangesReading, read_changes
from briefing.services.recipes.changes_words import Changes, ChangesLimits
from briefing.services.recipes.composing import (
    check_sections,
    one_page,
    short_sources,
    statements_of,
)
from briefing.services.recipes.gathered import kept_out
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.request import BriefRequest
from briefing.services.recipes.since import CHANGES, Since

KIND, KIND_TITLE = CHANGES, "Changes since the last briefing"

SECTIONS = ("judgement", "changed", "withdrawn", "new")
"""Sections of the executive page and of the list behind it, in their usual order."""

_KINDS = {
    module.KIND: module.KIND_TITLE for module in (actor, advisories, client, incident, sector)
} | {primer.KIND: primer.KIND_TITLE}


def compose(allowed: Allowed, request: BriefRequest, world: World | None) -> Brief:
    """Put together what changed since a delivered briefing.

    Args:
        allowed: What the audience may see.
        request: Since which briefing, how long, which sections; for which client, so that its
            actors are ranked again, as of which day.
        world: Not drawn: nothing here is about places.

    Raises:
        WrongCallError: when no delivered briefing is given, or a section is wanted that there
            is not.
        BriefingError: when the database cannot be read, is changed meanwhile, or knows nothing
            of the briefing; when the audience may not see whom that was about.
    """
    del world
    since = request.since
    if since is None:
        raise WrongCallError("A briefing on changes needs the delivered briefing it goes back to.")
    check_sections("A briefing on changes", request.sections, SECTIONS)

    def read(allowed: Allowed) -> ChangesReading:
        return read_changes(allowed, since, request.client, request.today)

    reading = read(allowed)
    least = _least(allowed, reading, request, since)
    kind = _KINDS.get(since.manifest.kind, "briefing")
    changes = Changes(reading, since, kind[:1].lower() + kind[1:])
    marks, first = _executive_page(allowed, changes, request, least)
    parts = [first]
    if not request.one_page:
        sections = _tables(changes, request, marks, words.ALL)
        # What the page holds whole needs no second telling.
        if not set(sections) <= set(first.sections):
            told = reading.told(least)
            parts.append(Part(words.full_title(changes), first.subtitle, sections, **told))
        if marks.cited:
            parts.append(appendix(parts, reading.gathered, marks, words.TRACED_HERE, ("stands",)))
    statements = statements_of(parts)
    return Brief(
        kind=KIND,
        kind_title=KIND_TITLE,
        subject=since.manifest.subject,
        title=first.title,
        parts=tuple(parts),
        sources=marks.sources(),
        made_from=reading.gathered.made_from(allowed, statements),
        data_as_of=allowed.data_as_of,
        ceiling=request.ceiling,
        tlp=marks.least,
        author=request.author,
        withheld=kept_out(allowed, lambda everything: read(everything).gathered),
        client=request.client.name if request.client else "",
        brand=brand_of(request.client, request.author),
        objects=objects(reading, marks, statements),
    )


def _least(allowed: Allowed, reading: ChangesReading, request: BriefRequest, since: Since) -> Tlp:
    """The level of naming whom the briefing was about and for.

    Where nothing that the audience may see bears that name, it is as guarded as the briefing was.
    """
    manifest = since.manifest
    if manifest.statements and not reading.standing and reading.foreign:
        raise BriefingError(
            "Nothing of what the briefing rests on is known to this database.",
            remedy="It was made from another one: compare it there.",
        )
    kinds_of_no_name = (sector.KIND, advisories.KIND)
    bearing = {one.actor for one in reading.standing if one.about == manifest.subject}
    if manifest.kind in kinds_of_no_name or not manifest.subject:
        named = Tlp.CLEAR
    elif bearing - {""}:
        named = min(named_at(allowed, actor, manifest.subject) for actor in bearing - {""})
    elif bearing:
        # Its name may be seen; below which level it may not be is not looked for.
        named = min(parse_tlp(manifest.tlp), allowed.ceiling)
    else:
        named = parse_tlp(manifest.tlp)
    if named > allowed.ceiling:
        raise BriefingError(
            f"The briefing was marked {named.label}, and whom it is about is named nowhere below.",
            remedy=f"Nothing was written. Choose a ceiling above {allowed.ceiling.label}.",
        )
    made_for = min(request.client.tlp, allowed.ceiling) if request.client else Tlp.CLEAR
    return max(named, made_for)


def _executive_page(
    allowed: Allowed, changes: Changes, request: BriefRequest, least: Tlp
) -> tuple[Marks, Part]:
    head, told = (words.headline(changes), words.subtitle(changes)), changes.reading.told(least)

    def compose_with(limits: ChangesLimits) -> tuple[Marks, Part]:
        marks = changes.reading.gathered.marks(least)
        made: list[Section] = [words.stands(changes, marks)]
        if request.sections is None or "judgement" in request.sections:
            made.append(words.judgement(changes, marks, limits))
        made += _tables(changes, request, marks, limits)
        if marks.cited:
            made.append(short_sources())
        return marks, Part(*head, tuple(made), one_page=True, **told)

    def printed_under(part: Part) -> tuple[MadeFrom, ...]:
        if not request.one_page:
            return ()
        return changes.reading.gathered.made_from(allowed, statements_of([part]))

    marks, part, _ = one_page(
        compose_with, words.TIGHTEST, words.WIDER, printed_under, request.kept_free
    )
    return marks, part


def _tables(
    changes: Changes, request: BriefRequest, marks: Marks, limits: ChangesLimits
) -> tuple[Section, ...]:
    wanted = SECTIONS if request.sections is None else request.sections
    made = (words.table_of(key, changes, marks, limits) for key in wanted if key in words.HEADS)
    return tuple(section for section in made if section is not None)
