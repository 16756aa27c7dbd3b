"""A headline for a slide that has only a topic: a sentence made of what its block holds.

Nothing is added to what the block says: numbers are counted in it, names and dates are taken from
it. Where no sentence can be made, the topic stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import singledispatch

from briefing.core.brief import (
    AchTable,
    Actions,
    ActorReasons,
    Assessed,
    Bars,
    Brief,
    ClaimsEvidence,
    HeatTable,
    KeyJudgement,
    Matrix,
    Quotation,
    Section,
    SourceList,
    Span,
    Stages,
    Table,
    Text,
    Timeline,
    Trace,
    WarningList,
    WorldMap,
    plain,
)
from briefing.core.dates import long_date
from briefing.core.wording import (
    country_inside,
    first_of,
    in_words,
    inside,
    listed,
    sentence_case,
    worded,
)
from briefing.exports.slide_words import sentences
from briefing.exports.world_svg import named

_SHORT = 80
"""Characters of a headline that stand in two lines."""
_KEYS, _KEY = 3, 40
"""Rows of a table that a headline names, and characters of what can be named."""
_NOT_STATED = ("not stated", "unknown", "–", "")
_NAMED = 2
"""Firsts of equal number that a headline names."""


def finding(blocks: Sequence[object], section: Section, brief: Brief) -> Text:
    """A headline for the slides of these blocks of a section; () where there is none."""
    first = blocks[0]
    if isinstance(first, KeyJudgement):
        return _judged([block for block in blocks if isinstance(block, KeyJudgement)])
    if isinstance(first, SourceList):
        return _sourced(brief)
    if isinstance(first, Quotation):
        count = sum(isinstance(block, Quotation) for block in blocks)
        return _text(f"{section.title}: {worded(count, 'quotation')}")
    return _finding(first, section)


@singledispatch
def _finding(_block: object, _section: Section) -> Text:
    return ()


@_finding.register
def _(block: Table, section: Section) -> Text:
    """What its first rows are about, where they have names; else its topic."""
    keys = [plain(row[0]).strip() if row else "" for row in block.rows]
    if not keys or not all(_is_name(key) for key in keys[:_KEYS]):
        return ()
    return _text(f"{section.title}: {first_of(keys, _KEYS)}")


@_finding.register
def _(block: Timeline, _section: Section) -> Text:
    dates = [event.date for event in block.events if event.date]
    if not dates:
        return ()
    first, last = long_date(dates[0]), long_date(dates[-1])
    if len(dates) == 1 or first == last:
        return _text(f"{sentence_case(worded(len(dates), 'event'))} on record, of {first}")
    return _text(f"The events on record run from {first} to {last}")


@_finding.register
def _(block: Stages, _section: Section) -> Text:
    most = max((stage.techniques for stage in block.stages), default=0)
    whole = sum(stage.techniques for stage in block.stages)
    leading = [stage for stage in block.stages if stage.techniques == most]
    if not most or len(leading) != 1:
        return ()
    stage = leading[0]
    name = f"stage {stage.number}, {inside(stage.name)}"
    if most * 2 > whole:
        return _text(f"Most techniques on record serve {name}: {most:,} of {whole:,}")
    return _text(f"No stage has more techniques on record than {name}: {most:,} of {whole:,}")


@_finding.register
def _(block: HeatTable, _section: Section) -> Text:
    cells = [cell for column in block.columns for cell in column.cells]
    if not cells:
        return ()
    most = max(cells, key=lambda cell: cell.groups)
    return _text(
        f"Most widely shared is {most.name}, which {most.groups:,} of {block.groups_total:,}"
        " groups use"
    )


@_finding.register
def _(block: Bars, _section: Section) -> Text:
    most = max((value for _, value in block.rows), default=0)
    if most <= 0:
        return ()
    firsts = [label for label, value in block.rows if value == most]
    verb = "comes" if len(firsts) == 1 else "come"
    each = "" if len(firsts) == 1 else " each"
    return _text(f"{_firsts(firsts)} {verb} first: {most:,} {block.unit}{each}")


@_finding.register
def _(block: WorldMap, _section: Section) -> Text:
    counts = [(code, number) for code, number in block.countries if number > 0]
    if not counts:
        return ()
    most = max(number for _, number in counts)
    firsts = [_country(code) for code, number in counts if number == most]
    verb = "is" if len(firsts) == 1 else "are"
    each = "" if len(firsts) == 1 else " each"
    figure = f"({most:,} {block.unit}{each})"
    if len(counts) == len(firsts):
        return _text(f"{sentence_case(_firsts(firsts))} {verb} named {figure}")
    of = f"Of {worded(len(counts), 'country')}"
    return _text(f"{of}, {_firsts(firsts)} {verb} named most often {figure}")


@_finding.register
def _(block: Actions, section: Section) -> Text:
    count = len(block.actions)
    stages = Counter(action.stage for action in block.actions if action.stage)
    cheap = sum(action.cost == "low" for action in block.actions)
    number = worded(count, "action")
    if cheap and cheap == count:
        return _text(f"{section.title}: {number}, all at low cost")
    if not stages:
        return _text(f"{section.title}: {number}")
    stage, most = stages.most_common(1)[0]
    share = "all" if most == count else f"{in_words(most)} of them"
    which = share if count > 1 else "which"
    verb = "break" if count > 1 and most > 1 else "breaks"
    return _text(f"{section.title}: {number}, {which} {verb} {staged(stage)}")


@_finding.register
def _(block: Trace, _section: Section) -> Text:
    single = sum(row.origins == 1 for row in block.rows)
    if not block.rows:
        return ()
    count = len(block.rows)
    if single in (0, count):
        which = "Every" if single else "No"
        return _text(f"{which} part of this briefing rests on a single origin")
    verb = "rests" if single == 1 else "rest"
    of = f"{in_words(count)} parts of this briefing"
    return _text(f"{sentence_case(in_words(single))} of the {of} {verb} on a single origin")


@_finding.register
def _(block: ActorReasons, section: Section) -> Text:
    if not block.rows:
        return ()
    first = block.rows[0]
    if len(block.rows) == 1:
        return _text(f"{section.title}: {first.name}")
    return _text(f"{first.name} comes first of {worded(len(block.rows), 'actor')}")


@_finding.register
def _(block: Matrix, _section: Section) -> Text:
    summed = list(zip(block.rows, block.totals, strict=False))
    rows = [row for row in summed if row[0][0] in block.own] or summed
    found = [
        (count, label, column, total)
        for (label, counts), total in rows
        for column, count in zip(block.columns, counts, strict=False)
        if column.strip().lower() not in _NOT_STATED and not column[:1].isdecimal()
    ]
    count, label, column, total = max(found, key=lambda cell: cell[0], default=(0, "", "", 0))
    if count <= 0:
        return ()
    return _text(f"{label}: {column} leads with {count:,} of {total:,} {block.unit}")


@_finding.register
def _(block: ClaimsEvidence, _section: Section) -> Text:
    claims = sentence_case(worded(len(block.claims), "claim"))
    evidence = worded(len(block.evidence), "piece of evidence")
    verb = "stands" if len(block.claims) == 1 else "stand"
    return _text(f"{claims} {verb} beside {evidence} from {worded(block.origins, 'origin')}")


@_finding.register
def _(block: AchTable, _section: Section) -> Text:
    said = sentences(block.sentence)
    return without_stop(said[0]) if said else ()


@_finding.register
def _(block: Assessed, _section: Section) -> Text:
    said = sentences(block.text)
    if not said:
        return ()
    if block.likelihood.term.lower() in plain(said[0]).lower():
        return without_stop(said[0])
    return (Span(f"Assessed as {block.likelihood.term}: "), *without_stop(said[0]))


@_finding.register
def _(block: WarningList, _section: Section) -> Text:
    count = len(block.rows)
    return _text(f"A careful reader would raise {worded(count, 'objection')}") if count else ()


def _judged(blocks: Sequence[KeyJudgement]) -> Text:
    terms = Counter(block.likelihood.term for block in blocks)
    made = f"We make {worded(len(blocks), 'judgement')}"
    if len(terms) == 1:
        them = {1: "it", 2: "both"}.get(len(blocks), "all of them")
        return _text(f"{made} and hold {them} {next(iter(terms))}")
    said = listed(f"{in_words(count)} {term}" for term, count in terms.items())
    return _text(f"{made}: {said}")


def _sourced(brief: Brief) -> Text:
    count = len(brief.sources)
    if not count:
        return ()
    weak = sum(bool(source.rests_on) for source in brief.sources)
    verb = "stands" if count == 1 else "stand"
    said = f"{sentence_case(worded(count, 'source'))} {verb} behind this briefing"
    return _text(f"{said}, {in_words(weak)} with a reservation" if weak else said)


def staged(stage: str) -> str:
    """A stage inside a sentence: ``2 Initial access`` as "stage 2, initial access"."""
    number, _, name = stage.partition(" ")
    return f"stage {number}, {inside(name)}" if number.isdecimal() and name else f"stage {stage}"


def _firsts(found: Sequence[str]) -> str:
    joined = any(" and " in name or "," in name for name in found)
    names = [f"“{name}”" for name in found] if joined and len(found) > 1 else found
    if len(names) <= _NAMED + 1:
        return listed(names)
    return listed([*names[:_NAMED], f"{in_words(len(names) - _NAMED)} more"])


def _country(code: str) -> str:
    """The name of a country as the map lists it, as it stands inside a sentence."""
    name = named(((code, 1),)).rpartition("\N{NO-BREAK SPACE}")[0]
    return country_inside(code.upper(), name)


def _is_name(key: str) -> bool:
    """Whether the key of a row can be named in a headline: no date, no letter, no sentence."""
    return len(key) <= _KEY and not key[:1].isdecimal() and sum(map(str.isalpha, key)) > 2


def _text(words: str) -> Text:
    return (Span(words),)


def without_stop(text: Text) -> Text:
    """A sentence without its full stop, which headlines do not have."""
    parts = list(text)
    for at in range(len(parts) - 1, -1, -1):
        part = parts[at]
        if isinstance(part, Span) and part.text.strip():
            parts[at] = Span(part.text.rstrip().removesuffix("."), part.style, part.href)
            break
    return tuple(parts)


def words_in(text: Text) -> int:
    """How many words a text has."""
    return len(plain(text).split())
