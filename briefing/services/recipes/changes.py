"""What changed since a briefing was delivered: new, changed and withdrawn statements.

It goes to the audience of its own ceiling: what that audience may not see is neither told nor
counted. A withdrawn statement is no basis any more, so its source is cited and its level kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.core.actor import Basis
from briefing.core.brief import Brief, Column, MadeFrom, Paragraph, Part, Section, Table, spans
from briefing.core.dates import long_date
from briefing.core.errors import WrongCallError
from briefing.core.history import StatementChange, subject_words
from briefing.core.tlp import Tlp
from briefing.core.wording import counted, curly
from briefing.core.world import World
from briefing.services.recipes.appendix import appendix, brand_of, marking
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.composing import (
    check_sections,
    one_page,
    short_sources,
    statements_of,
)
from briefing.services.recipes.gathered import Gathered, gather, kept_out
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.request import BriefRequest
from briefing.services.recipes.since import CHANGES, Since
from briefing.store.actor_changes import changes_since
from briefing.store.standing import Standing, read_standing

KIND, KIND_TITLE = CHANGES, "Changes since the last briefing"

SECTIONS = ("changed", "withdrawn", "new")
"""Sections of the executive page and of the list behind it, in their usual order."""

_HEADS = {"changed": "Changed", "withdrawn": "Withdrawn", "new": "New"}


@dataclass(frozen=True, slots=True)
class ChangesLimits:
    """Rows of each table on the executive page."""

    rows: int = 1


TIGHTEST = ChangesLimits()
WIDER: tuple[Mapping[str, Any], ...] = tuple({"rows": most} for most in (2, 3, 4, 5, 6, 8, 10))
ALL = ChangesLimits(1_000_000)


@dataclass(frozen=True, slots=True)
class ChangesReading:
    """What became of a briefing's statements, and what is said besides since then."""

    standing: tuple[Standing, ...]
    added: tuple[tuple[str, StatementChange], ...]
    gathered: Gathered

    def of(self, state: str) -> tuple[Standing, ...]:
        """The statements that became this."""
        return tuple(one for one in self.standing if one.state == state)


def read_changes(allowed: Allowed, since: Since) -> ChangesReading:
    """Compare a delivered briefing with what the audience may see now.

    Raises:
        BriefingError: when the database is changed meanwhile.
    """
    connection = allowed.reader.connection
    standing = read_standing(connection, allowed.labels, since.manifest.statements)
    told = {key for one in standing for key in (one.key, one.now.key if one.now else one.key)}
    actors = dict.fromkeys((one.actor, one.about) for one in standing if one.actor)
    added = tuple(
        (about, change)
        for actor, about in actors
        for change in changes_since(connection, allowed.labels, actor, since.delivered_at)
        if change.change == "added" and change.statement not in told
    )
    held = [_now(one) for one in standing] + [_went(one) for one in standing]
    standing_now = _current(allowed, [change.statement for _, change in added])
    added = tuple(row for row in added if row[1].statement in standing_now)
    held += [Basis((), (change.statement,)) for _, change in added]
    return ChangesReading(standing, added, gather(allowed, held))


def compose(allowed: Allowed, request: BriefRequest, world: World | None) -> Brief:
    """Put together what changed since a delivered briefing.

    Args:
        allowed: What the audience may see.
        request: Since which briefing, how long, which sections, for whom.
        world: Not drawn: nothing here is about places.

    Raises:
        WrongCallError: when no delivered briefing is given, or a section is wanted that there
            is not.
        BriefingError: when the database cannot be read, or is changed meanwhile.
    """
    since = request.since
    if since is None:
        raise WrongCallError("A briefing on changes needs the delivered briefing it goes back to.")
    check_sections("A briefing on changes", request.sections, SECTIONS)
    reading = read_changes(allowed, since)
    marks, first = _executive_page(allowed, reading, request, since)
    parts = [first]
    if not request.one_page:
        sections = _sections(reading, request, marks, ALL)
        if sections:
            parts.append(Part("Every change, with who says so", first.subtitle, sections))
        parts.append(appendix(parts, reading.gathered, marks, {}, ()))
    return Brief(
        kind=KIND,
        kind_title=KIND_TITLE,
        subject=since.manifest.subject,
        title=first.title,
        parts=tuple(parts),
        sources=marks.sources(),
        made_from=reading.gathered.made_from(allowed, statements_of(parts)),
        data_as_of=allowed.data_as_of,
        ceiling=request.ceiling,
        tlp=marking(parts, allowed.ceiling),
        author=request.author,
        withheld=kept_out(allowed, lambda everything: read_changes(everything, since).gathered),
        client=request.client.name if request.client else "",
        brand=brand_of(request.client, request.author),
        cover=not request.one_page,
    )


def _executive_page(
    allowed: Allowed, reading: ChangesReading, request: BriefRequest, since: Since
) -> tuple[Marks, Part]:
    counts = [len(reading.of("changed")), len(reading.of("withdrawn")), len(reading.added)]
    if any(counts):
        title = f"{counts[0]} changed, {counts[1]} withdrawn, {counts[2]} new statements"
    else:
        title = "Nothing changed in what the briefing rests on"
    about = since.manifest.subject
    subtitle = curly(f"{about} · since the briefing of {long_date(since.delivered_at[:10])}")
    least = min(request.client.tlp, allowed.ceiling) if request.client else Tlp.CLEAR

    def compose_with(limits: ChangesLimits) -> tuple[Marks, Part]:
        marks = reading.gathered.marks(least)
        stands = Section("stands", "Still stands", (_stands(reading, marks, any(counts)),))
        made = (stands, *_sections(reading, request, marks, limits), short_sources())
        return marks, Part(title, subtitle, made, one_page=True)

    def printed_under(part: Part) -> tuple[MadeFrom, ...]:
        if not request.one_page:
            return ()
        return reading.gathered.made_from(allowed, statements_of([part]))

    marks, part, _ = one_page(compose_with, TIGHTEST, WIDER, printed_under)
    return marks, part


def _stands(reading: ChangesReading, marks: Marks, changed: bool) -> Paragraph:
    held = [_now(one) for one in reading.of("stands")]
    words = f"{counted(len(held), 'statement')} of the briefing still stand as they were."
    words += (
        " Whether a judgement holds that rests on what changed is for its author to say."
        if changed
        else " Nothing here calls for another judgement."
    )
    return Paragraph(spans(words), **marks.held(*held))


def _sections(
    reading: ChangesReading, request: BriefRequest, marks: Marks, limits: ChangesLimits
) -> tuple[Section, ...]:
    keys = SECTIONS if request.sections is None else request.sections
    made = []
    for key in keys:
        rows = reading.added if key == "new" else reading.of(key)
        if rows:
            table = (
                _new(reading, marks, limits) if key == "new" else _old(reading, key, marks, limits)
            )
            made.append(Section(f"{key}", _HEADS[key], (table,), wide=True))
    return tuple(made)


def _old(reading: ChangesReading, state: str, marks: Marks, limits: ChangesLimits) -> Table:
    found = reading.of(state)
    shown = found[: limits.rows]
    heads = ("About", "Said then", "Said now" if state == "changed" else "Withdrawn by")
    rows = tuple(
        (
            spans(curly(f"{one.about}, {one.heading.lower()}".strip(", "))),
            spans(curly(one.before.text if one.before else "")),
            marks.text(_then(one), _now(one) if one.now else _went(one)),
        )
        for one in shown
    )
    held = marks.held(*(_now(one) for one in shown))
    level = max(one.before.level for one in shown if one.before)
    held["tlp"] = max(held["tlp"], level)
    return Table(tuple(Column(head) for head in heads), rows, _rest(found, shown), **held)


def _then(one: Standing) -> str:
    if one.now is None:
        return one.title
    differs = [words for words in one.differs if not words.startswith("before: ")]
    return f"{one.now.text} ({'; '.join(differs)})" if differs else one.now.text


def _new(reading: ChangesReading, marks: Marks, limits: ChangesLimits) -> Table:
    shown = reading.added[: limits.rows]
    rows = tuple(
        (
            spans(curly(f"{about}, {subject_words(one.predicate).lower()}")),
            marks.text(one.text, _added(one, reading)),
            spans(long_date(one.day)),
        )
        for about, one in shown
    )
    columns = (Column("About"), Column("Says now", 2.0), Column("Since"))
    held = marks.held(*(_added(one, reading) for _, one in shown))
    return Table(columns, rows, _rest(reading.added, shown), **held)


def _rest(found: Sequence[object], shown: Sequence[object]) -> tuple[Any, ...]:
    left = len(found) - len(shown)
    return spans(f"{counted(left, 'more row')} in the full briefing.") if left else ()


def _now(one: Standing) -> Basis:
    """What a standing or changed statement rests on now; nothing where it was withdrawn."""
    said = one.before if one.state == "stands" else one.now
    return Basis(said.rests_on, (said.key,), said.level) if said else Basis((), ())


def _went(one: Standing) -> Basis:
    """What a withdrawn statement rested on: sources, and no statement that stands."""
    return Basis(one.before.rests_on if one.before else (), ())


def _added(change: StatementChange, reading: ChangesReading) -> Basis:
    return Basis(reading.gathered.bases[change.statement].rests_on, (change.statement,))


def _current(allowed: Allowed, keys: Sequence[int]) -> set[int]:
    """Those of some keys that stand: what came since may have gone again."""
    found = read_standing(allowed.reader.connection, allowed.labels, keys)
    return {one.key for one in found if one.state == "stands"}
