"""The sections of a sector's executive page."""

from __future__ import annotations

from briefing.core.actor import Basis
from briefing.core.brief import (
    Bars,
    Column,
    Facts,
    Paragraph,
    Question,
    Section,
    Table,
    Text,
    spans,
)
from briefing.core.wording import UNKNOWN, counted, curly, in_words, listed, sentence_case
from briefing.services.recipes import sector_said as said
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.ranked_actions import ActionWords, cheapest_first
from briefing.services.recipes.sector_limits import SectorLimits
from briefing.services.recipes.sector_reading import SectorReading
from briefing.services.recipes.stage_words import shared_stages
from briefing.services.recipes.target_pictures import origin_of

NOT_RECORDED = "Not recorded by any source here."
MOST_ACTORS = 40
"""Actors in the table of the full version."""
_FIRST = 3


def record(reading: SectorReading, marks: Marks, limits: SectorLimits) -> Section:
    """What is on record, in a few facts."""
    basis, most = reading.summed(reading.basis), limits.marks
    origins = reading.summed(reading.origin_basis)
    if not reading.actors:
        words = (
            "No source here names an actor that targets this sector. That is a gap of the sources"
            " and no sign of safety."
        )
        block = Paragraph(spans(words), **marks.held())
        return Section("record", "What is on record", (block,))
    rows: list[tuple[str, Text]] = [
        ("Standing", marks.text(said.standing(reading), basis, most=most)),
        ("Placed", _or_nothing(said.origins(reading, limits.named), origins, marks, most)),
        (
            "Targets",
            _or_nothing(said.countries(reading, limits.named), reading.on_map.basis, marks, most),
        ),
        ("Incidents", marks.text(said.incidents(reading), reading.trend.basis, most=most)),
    ]
    block_ = Facts(
        tuple(rows),
        **marks.held(basis, origins, reading.on_map.basis, reading.trend.basis),
    )
    return Section("record", "What is on record", (block_,), questions=_on_standing(reading))


def actors(reading: SectorReading, marks: Marks, limits: SectorLimits) -> Section | None:
    """Those of whom most is said."""
    if not reading.actors:
        return None
    shown = min(limits.actors, len(reading.actors))
    total = len(reading.actors)
    title = "The actors" if shown == total else "Most reported"
    note = "" if shown == total else f"{sentence_case(in_words(shown))} of {total:,}. "
    return Section(
        "actors",
        title,
        (actor_table(reading, marks, shown),),
        spans(f"{note}Order is how much is said, not how dangerous an actor is."),
        questions=_on_first(reading, marks),
    )


def trend(reading: SectorReading, marks: Marks, limits: SectorLimits) -> Section | None:
    """Dated incidents of the last years."""
    found = reading.trend
    if not found.years:
        return None
    years = found.years[-limits.years :]
    return Section(
        "trend",
        "Incidents by year",
        (
            Bars(
                tuple((str(year), number) for year, number in years),
                "incidents",
                _trend_note(reading, marks),
                **marks.held(found.basis),
            ),
        ),
        spans("Reported ones, laid to an actor or a country."),
        questions=_on_trend(reading),
    )


def stages(reading: SectorReading, marks: Marks, limits: SectorLimits) -> Section | None:
    """What most of its actors do in each stage."""
    if not reading.uses:
        return None
    block = shared_stages(
        reading.uses, reading.labels, marks, named=limits.named, most=min(limits.marks, 1)
    )
    of = len(reading.techniques)
    note = (
        f"Techniques that any of {counted(of, 'actor')} is said to use; what most of them use is"
        " named."
    )
    return Section("stages", "How they work", (block,), spans(note))


def actions(reading: SectorReading, marks: Marks, limits: SectorLimits) -> Section:
    """The first few things to do."""
    found = cheapest_first(reading.actions, limits.actions)
    if not found:
        words = "Nothing that is on record here points to a measure of its own."
        return Section("actions", "Do these first", (Paragraph(spans(words), **marks.held()),))
    words_ = ActionWords(reading.labels, reading.basis_of_uses, marks)
    block = words_.short(found, why=limits.why or not reading.uses, most=min(limits.marks, 2))
    note = "What bears on most of its actors, the cheapest first."
    if of := len(reading.techniques):
        note = f"Counted over the {counted(of, 'actor')} with a stated technique; cheapest first."
    return Section("actions", "Do these first", (block,), spans(note))


def unknown(reading: SectorReading, marks: Marks, limits: SectorLimits) -> Section:
    """The gaps that matter most."""
    sentences = said.not_known(reading)[: limits.unknown]
    block = Paragraph(marks.texts(sentences), **marks.held(*(basis for _, basis in sentences)))
    return Section("unknown", "What we do not know", (block,))


def actor_table(reading: SectorReading, marks: Marks, shown: int) -> Table:
    """Actors with their origin, how much is said, when, and how many techniques are stated."""
    techniques = reading.techniques
    rows = []
    for one in reading.actors[:shown]:
        years = UNKNOWN
        if one.years:
            first, last = one.years
            years = str(last) if first == last else f"{first}\N{EN DASH}{last}"
        known = techniques.get(one.actor.id, frozenset())
        rows.append(
            (
                spans(curly(one.actor.name)),
                spans(origin_of(reading.origins[one.actor.id]) or "not stated"),
                spans(f"{one.statements:,}"),
                spans(years),
                spans(f"{len(known):,}" if known else UNKNOWN),
            )
        )
    bases = [one.basis for one in reading.actors[:shown]]
    return Table(
        (
            Column("Actor", 1.8),
            Column("Origin", 1.4),
            Column("Statements", 1, numeric=True),
            Column("Years", 1, numeric=True),
            Column("Techniques", 1, numeric=True),
        ),
        tuple(rows),
        note=marks.text(
            "Statements: how often sources say that it targets the sector, or hit it.",
            reading.summed(*bases),
            most=3,
        ),
        **marks.held(*bases),
    )


def _trend_note(reading: SectorReading, marks: Marks) -> Text:
    newest = reading.trend.newest
    last = reading.trend.years[-1][0]
    words = "More reports do not mean more attacks."
    if newest and last == reading.today.year:
        words = f"{last} is not over. {words}"
    return marks.text(words, reading.trend.basis, most=2)


def _or_nothing(words: str, basis: Basis, marks: Marks, most: int) -> Text:
    return marks.text(words, basis, most=most) if words else spans(NOT_RECORDED)


def _on_standing(reading: SectorReading) -> tuple[Question, ...]:
    answer = (
        f"{said.standing(reading)} That counts named actors in reports, not attacks: sectors that"
        " are watched closely are named more often."
    )
    return (Question("Is our sector hit more than others?", spans(answer)),)


def _on_first(reading: SectorReading, marks: Marks) -> tuple[Question, ...]:
    first = reading.actors[:_FIRST]
    said_most = f"Of {listed(one.actor.name for one in first)} most is said here."
    basis = reading.gathered.summed(joined(one.basis for one in first))
    answer = (
        " Whether one of them looks at you, a list of a whole sector cannot tell; a briefing for"
        " your own organisation ranks them."
    )
    text = (*marks.text(said_most, basis, most=2), *spans(answer))
    return (Question("Which of these should worry us most?", text),)


def _on_trend(reading: SectorReading) -> tuple[Question, ...]:
    full = [row for row in reading.trend.years if row[0] < reading.today.year]
    if len(full) < 2:
        return ()
    (before, less), (last, more) = full[-2:]
    answer = (
        f"{counted(more, 'incident')} of {last} {'is' if more == 1 else 'are'} on record here,"
        f" after {less:,} of {before}. That counts reports: how many attacks there were, it does"
        " not say."
    )
    return (Question("Is it getting worse?", spans(answer)),)
