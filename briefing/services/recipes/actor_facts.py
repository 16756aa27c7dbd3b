"""Who they are: sponsor, goal, targets, way in, how long, how much is on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from briefing.core.actor import Basis, Counted, OriginRow
from briefing.core.brief import Facts, Inline, Section, Span, Text
from briefing.core.changes import Predicate
from briefing.exports.dates import short_date
from briefing.services.recipes.actor_limits import Limits
from briefing.services.recipes.actor_reading import ActorReading, bases_of, joined, shared_first
from briefing.services.recipes.actor_words import WAYS_IN
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.wording import (
    counted,
    first_of,
    inside,
    listed,
    sentence_case,
    worded,
)

NOT_STATED = "Not stated by any source here"
Row = tuple[str, Text, list[Basis]]


def who(reading: ActorReading, marks: Marks, limits: Limits) -> Section:
    """The section with the facts an executive asks for first."""
    makers: tuple[Callable[[ActorReading, Marks, Limits], Row | None], ...] = (
        _kind,
        _sponsor,
        _goal,
        _targets,
        _way_in,
        _active,
        _size,
    )
    rows = [row for make in makers if (row := make(reading, marks, limits))]
    facts = Facts(
        tuple((label, text) for label, text, _ in rows),
        **marks.held(*(basis for _, _, bases in rows for basis in bases)),
    )
    return Section("who", "Who they are", (facts,))


def by_country(origins: Sequence[OriginRow]) -> list[list[OriginRow]]:
    """Origins grouped by country as first stated; those that name none come last."""
    groups: dict[str, list[OriginRow]] = {}
    for origin in origins:
        groups.setdefault(origin.country.code, []).append(origin)
    return sorted(groups.values(), key=lambda rows: not rows[0].country.code)


def says(reading: ActorReading, rows: Sequence[OriginRow]) -> str:
    """Who states one origin: persons and states by name, catalogues counted where they are two."""
    titles = {entry.title for entry in reading.catalogues}
    names = list(dict.fromkeys(row.by for row in rows if row.by not in titles))
    listed_in = list(dict.fromkeys(row.by for row in rows if row.by in titles))
    if len(listed_in) > 1:
        listed_in = [worded(len(listed_in), "catalogue")]
    return listed([*names, *listed_in], ", ")


def _kind(reading: ActorReading, marks: Marks, _limits: Limits) -> Row | None:
    if not reading.profile.kind.code:
        return None
    basis = reading.basis_of(Predicate.OF_KIND)
    if not basis.statements:
        basis = reading.basis_of(Predicate.SPONSORED_BY)
    return "Kind", marks.text(reading.profile.kind.label, basis, most=3), [basis]


def _sponsor(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    origins = reading.profile.origins
    sponsored = any(row.relation == "sponsored-by" and row.country.code for row in origins)
    label = "Sponsor" if sponsored else "Origin"
    if not origins:
        return label, (Span(NOT_STATED),), []
    text: list[Inline] = []
    for rows in by_country(origins)[: limits.named]:
        if text:
            text.append(Span(" "))
        bases = [row.basis for row in rows]
        text += marks.text(_origin_sentence(reading, rows), *bases, most=limits.marks)
    return label, tuple(text), [row.basis for row in origins]


def _origin_sentence(reading: ActorReading, rows: Sequence[OriginRow]) -> str:
    first = rows[0]
    if not first.country.code:
        return f"No country is named by {says(reading, rows)}."
    where = f"{first.country.label} ({first.body})" if first.body else first.country.label
    if first.relation == "located-in":
        where = f"Placed in {where}"
    if first.by in {entry.title for entry in reading.catalogues}:
        return f"{where}, according to {says(reading, rows)}."
    date = f" in {short_date(first.date)}" if len(first.date) in (4, 7) else ""
    if len(first.date) == 10:
        date = f" on {short_date(first.date)}"
    rest = [row for row in rows if row.by != first.by]
    sentence = f"{where}, according to {first.by}{date}."
    if rest:
        sentence += f" So also {says(reading, rest)}."
    return sentence


def _goal(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    goals, motives = reading.profile.goals, reading.profile.motives
    if not goals and not motives:
        return "Goal", (Span(NOT_STATED),), []
    pieces = []
    if goals:
        pieces.append(sentence_case(listed(inside(goal.label) for goal in goals)))
    if motives:
        pieces.append(f"motive: {listed(inside(motive.label) for motive in motives)}")
    bases = bases_of([*goals, *motives])
    words = sentence_case("; ".join(pieces))
    return "Goal", marks.text(words, *bases, most=limits.marks), bases


def _targets(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    targets = reading.profile.targets
    pieces: list[Text] = []
    shown: list[Basis] = []
    kinds: tuple[tuple[str, tuple[Counted, ...], str, str], ...] = (
        ("", targets.sectors, "sector", "; "),
        ("", targets.countries, "country", ", "),
        ("", targets.places, "body or region", ", "),
        ("", targets.scopes, "group", "; "),
    )
    for _, rows, noun, joiner in kinds:
        if rows:
            words = sentence_case(
                first_of([_label(row) for row in rows], _most(limits, noun), noun, joiner)
            )
            named = bases_of(rows[: _most(limits, noun)])
            pieces.append(marks.text(f"{words}.", *named, most=limits.marks))
            shown += bases_of(rows)
    if targets.unmapped and not pieces:
        words = first_of([said.text for said in targets.unmapped], limits.named, "group")
        shown = [said.basis for said in targets.unmapped]
        pieces.append(marks.text(f"{words}.", *shown, most=limits.marks))
    if not pieces:
        return "Targets", (Span(NOT_STATED),), []
    return "Targets", tuple(_spaced(pieces)), shown


def _label(row: Counted) -> str:
    is_place = len(row.code) == 2 or ":" in row.code
    return row.label if is_place else inside(row.label)


def _most(limits: Limits, noun: str) -> int:
    """Sectors have long names; countries are short."""
    return {"country": limits.named + 2, "sector": max(limits.named - 1, 1)}.get(noun, 2)


def _spaced(pieces: Sequence[Text]) -> Iterator[Inline]:
    for place, piece in enumerate(pieces):
        if place:
            yield Span(" ")
        yield from piece


def _way_in(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    stage = next((s for s in reading.profile.stages if s.code == "initial-access"), None)
    techniques = shared_first(stage.techniques) if stage else ()
    if techniques:
        ways = list(dict.fromkeys(WAYS_IN.get(t.attack_id, t.name) for t in techniques))
        words = sentence_case(first_of(ways, limits.named, "way"))
        bases = bases_of(techniques)
        return "Way in", marks.text(words, *bases, most=limits.marks), bases
    if stage and stage.sentences:
        said = min(stage.sentences, key=lambda sentence: len(sentence.text))
        return "Way in", marks.text(said.text, said.basis, most=limits.marks), [said.basis]
    return "Way in", (Span(NOT_STATED),), []


def _active(reading: ActorReading, marks: Marks, _limits: Limits) -> Row:
    since = reading.profile.active_since
    newest = reading.newest_year
    newest_words = f"Newest dated document here: {newest}" if newest else "No dated document here"
    mentions = reading.basis_of(Predicate.MENTIONED_IN)
    if since is None:
        words = f"Start not stated. {newest_words}"
        return "Active", marks.text(words, *([mentions] if newest else []), most=3), [mentions]
    start = marks.text(f"Since at least {short_date(since.text)}", since.basis, most=3)
    return "Active", (*start, Span(f". {newest_words}")), [since.basis]


def _size(reading: ActorReading, marks: Marks, _limits: Limits) -> Row:
    techniques = bases_of(reading.techniques)
    software = [row.basis for row in (*reading.profile.malware, *reading.profile.tools)]
    names = [row.basis for row in reading.profile.names]
    known = len({key for basis in names for key in basis.sources})
    text: Text = marks.text(
        f"{counted(len(names), 'name')} in {counted(known, 'source')}",
        joined(names),
        most=3,
    )
    if techniques or software:
        words = [counted(len(techniques), "technique")] if techniques else []
        words += [counted(len(software), "piece of software")] if software else []
        work = marks.text(
            f"{sentence_case(listed(words))} on record", *techniques, *software, most=3
        )
        text = (*work, Span(". "), *text)
    else:
        text = (Span("No technique and no software on record. "), *text)
    return "Size", text, [*techniques, *software, *names]
