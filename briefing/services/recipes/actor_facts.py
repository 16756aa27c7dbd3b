"""Who they are: sponsor, goal, targets, way in, how long, how much is on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.core.actor import Basis, Counted, OriginRow
from briefing.core.brief import Facts, Section, Span, Text
from briefing.core.changes import Predicate
from briefing.core.dates import short_date
from briefing.core.wording import (
    counted,
    first_of,
    inside,
    listed,
    sentence_case,
    worded,
)
from briefing.services.recipes.actor_limits import ALL_FACTS, WITH_SIZE, WITH_WAY_IN, Limits
from briefing.services.recipes.actor_reading import (
    ActorReading,
    bases_of,
    joined,
    shared_first,
    standing_alone,
)
from briefing.services.recipes.actor_targets import UNSPECIFIED
from briefing.services.recipes.actor_words import WAYS_IN, named
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.origins import origin_of

_WAY_IN = 140
"""Characters of a sentence on the way in: two lines of its row."""
NOT_STATED = "Not recorded by any source here."
Row = tuple[str, Text, list[Basis]]
Maker = Callable[[ActorReading, Marks, Limits], Row]


def who(reading: ActorReading, marks: Marks, limits: Limits) -> Section:
    """The section with the facts an executive asks for first."""
    makers: tuple[tuple[int, Maker], ...] = (
        (0, _sponsor),
        (0, _goal),
        (0, _targets),
        (WITH_WAY_IN, _way_in),
        *(
            [(WITH_SIZE, _active_and_size)]
            if limits.compact
            else [(ALL_FACTS, _active), (ALL_FACTS, _size)]
        ),
    )
    rows = [make(reading, marks, limits) for least, make in makers if limits.facts >= least]
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


def says(reading: ActorReading, rows: Sequence[OriginRow], most: int) -> str:
    """Who states one origin: persons and states by name, catalogues counted where they are two."""
    titles = {entry.title for entry in reading.catalogues}
    everybody = list(dict.fromkeys(row.by for row in rows))
    names = [by for by in everybody if by not in titles]
    listed_in = [by for by in everybody if by in titles]
    if len(names) > most:
        everybody = [*names, *listed_in]
        rest = len(everybody) - most
        shown = everybody if rest == 1 else [*everybody[:most], f"{rest} more sources"]
    else:
        two = len(listed_in) > 1
        shown = [*names, *([worded(len(listed_in), "catalogue")] if two else listed_in)]
    if len(shown) > 1 and any(" and " in by or ", " in by for by in shown):
        return f"{'; '.join(shown[:-1])}, and by {shown[-1]}"
    return listed(shown)


def _others(reading: ActorReading, rows: Sequence[OriginRow]) -> list[OriginRow]:
    """Those who say it beside the first; whoever has spoken already is no other for its catalogue.

    Our own profile names a publisher for what its catalogue says: it is one source of them.
    """
    publisher = {entry.title: origin_of(entry) for entry in reading.catalogues}
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(publisher.get(row.by, row.by).casefold(), row.by)
    speaking = set(first.values()) - {rows[0].by}
    return [row for row in rows if row.by in speaking]


def _sponsor(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    origins = reading.profile.origins
    sponsored = any(row.relation == "sponsored-by" and row.country.code for row in origins)
    label = "Sponsor" if sponsored else "Origin"
    if not origins:
        return label, (Span(NOT_STATED),), []
    pieces: list[tuple[str, Basis]] = []
    for rows in by_country(origins)[: max(limits.named, 2)]:
        pieces += _origin_sentences(reading, rows, limits.others)
    return label, marks.texts(pieces, most=limits.marks), [row.basis for row in origins]


def _origin_sentences(
    reading: ActorReading, rows: Sequence[OriginRow], most: int
) -> list[tuple[str, Basis]]:
    """Who says it first or most exactly, then who says so too: each with its own mark."""
    first = rows[0]
    everybody = joined(row.basis for row in rows)
    if not first.country.code:
        return [(f"No country is named by {says(reading, rows, max(most, 1))}.", everybody)]
    placed = first.relation == "located-in" and not first.wording
    where = f"Placed in {named(first.country)}" if placed else sentence_case(named(first.country))
    if first.body:
        where += f" ({first.body})"
    if first.by in {entry.title for entry in reading.catalogues}:
        return [(f"{where}, according to {says(reading, rows, max(most, 1))}.", everybody)]
    date = f" ({short_date(first.date[:7])})" if first.date else ""
    pieces = [(f"{where}, according to {first.by}{date}.", first.basis)]
    if first.wording:
        # Its own words: a suspicion must not read as a finding.
        pieces = [(f"{where}. {sentence_case(first.by)}{date}: {first.wording}.", first.basis)]
    rest = _others(reading, rows)
    if rest:
        others = len({row.by for row in rest})
        by = says(reading, rest, most) if most or others == 1 else worded(others, "other source")
        pieces.append((f"Also named by {by}.", joined(row.basis for row in rest)))
    return pieces


def _goal(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    goals, motives = reading.profile.goals, reading.profile.motives
    pieces: list[tuple[str, Basis]] = []
    if reading.profile.kind.code:
        kind = reading.profile.kind
        words = "Kind unknown" if kind.code == "unknown" else kind.label
        pieces.append((f"{words}.", _kind_basis(reading)))
    if goals:
        words = sentence_case(listed(inside(goal.label) for goal in goals))
        pieces.append((f"{words}.", joined(bases_of(goals))))
    if motives and not (limits.compact and goals):
        words = listed(inside(motive.label) for motive in motives)
        pieces.append((f"Motive: {words}.", joined(bases_of(motives))))
    if not goals and not motives:
        pieces.append((NOT_STATED if not pieces else "Goal not recorded.", Basis((), ())))
    if limits.facts < WITH_SIZE:
        pieces.append(_since(reading, "Active since"))
    text = marks.texts(pieces, most=max(limits.marks - 1, 1))
    return "Kind, goal" if reading.profile.kind.code else "Goal", text, [b for _, b in pieces]


def _kind_basis(reading: ActorReading) -> Basis:
    """Who states the kind; a stated sponsor makes an actor state-linked."""
    stated = reading.basis_of(Predicate.OF_KIND)
    return stated if stated.statements else reading.basis_of(Predicate.SPONSORED_BY)


def _targets(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    targets = reading.profile.targets
    named_scopes = tuple(row for row in targets.scopes if row.code != UNSPECIFIED)
    pieces: list[tuple[str, Basis]] = []
    kinds: tuple[tuple[tuple[Counted, ...], int, str, str], ...] = (
        (targets.sectors, max(limits.named - 1, 1), "sector", "; "),
        (targets.countries, limits.named + 2, "country", ", "),
        (targets.places, 2, "body or region", ", "),
        (named_scopes, 2, "group", "; "),
    )
    for stated, most, noun, joiner in kinds:
        if stated and not (limits.compact and len(pieces) > 1):
            rows = reading.ours_first(stated)
            words = first_of([_label(row) for row in rows], most, noun, joiner)
            pieces.append((f"{sentence_case(words)}.", joined(bases_of(rows[:most]))))
    if targets.unmapped and not pieces:
        words = first_of([f"“{said.text}”" for said in targets.unmapped], 3, "group")
        pieces.append((f"{words}.", joined(said.basis for said in targets.unmapped)))
    if not pieces:
        return "Targets", (Span(NOT_STATED),), []
    every = (*targets.sectors, *targets.countries, *targets.places, *targets.scopes)
    bases = [*bases_of(every), *(said.basis for said in targets.unmapped)]
    return "Targets", marks.texts(pieces, most=limits.marks), bases


def _label(row: Counted) -> str:
    is_place = len(row.code) == 2 or ":" in row.code
    return row.label if is_place else inside(row.label)


def _way_in(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    stage = next((s for s in reading.profile.stages if s.code == "initial-access"), None)
    techniques = shared_first(stage.techniques) if stage else ()
    ways = {WAYS_IN.get(t.attack_id, t.name): t.basis for t in techniques}
    for action in reading.profile.actions:
        if action.stage.code == "initial-access":
            for code in action.techniques:
                if code in WAYS_IN:
                    ways.setdefault(WAYS_IN[code], action.basis)
    if ways:
        words = sentence_case(first_of(list(ways), max(limits.named, 1), "way", "; "))
        bases = [*bases_of(techniques), *ways.values()]
        return "Way in", marks.text(f"{words}.", *ways.values(), most=limits.marks), bases
    if stage and stage.sentences:
        said = standing_alone(stage.sentences, _WAY_IN)
        return "Way in", marks.text(said.text, said.basis, most=limits.marks), [said.basis]
    return "Way in", (Span(NOT_STATED),), []


def _active(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    pieces = [_since(reading)]
    if reading.newest_year:
        words = f"Newest dated document here: {reading.newest_year}."
        pieces.append((words, Basis((), ())))
    elif reading.profile.active_since is None:
        pieces.append(("No document here is dated.", Basis((), ())))
    return "Active", marks.texts(pieces, most=limits.marks), [basis for _, basis in pieces]


def _since(reading: ActorReading, words: str = "Since") -> tuple[str, Basis]:
    since = reading.profile.active_since
    if since is None:
        return "When it began is not recorded.", Basis((), ())
    return f"{words} at least {short_date(since.text)}.", since.basis


def _active_and_size(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    _, size, bases = _size(reading, marks, limits)
    since, basis = _since(reading)
    text = (*marks.text(since, basis, most=1), Span(" "), *size)
    return "Active, size", text, [basis, *bases]


def _size(reading: ActorReading, marks: Marks, limits: Limits) -> Row:
    techniques = bases_of(reading.techniques)
    software = [row.basis for row in (*reading.profile.malware, *reading.profile.tools)]
    names = [row.basis for row in reading.profile.names]
    words = [counted(len(techniques), "technique")] if techniques else []
    words += [counted(len(software), "piece of software")] if software else []
    most = max(limits.marks - 1, 1)
    behind = joined([*techniques, *software])
    # A mark for each would be a page of marks; that there are more must be said.
    sources = f", from {len(behind.sources)} sources" if len(behind.sources) > most else ""
    pieces = [(f"{listed(words)} on record{sources}.", behind)]
    if not words:
        pieces = [("No technique and no software on record.", Basis((), ()))]
    if not limits.compact:
        pieces.append((f"{sentence_case(counted(len(names), 'name'))}.", joined(names)))
    text = marks.texts(pieces, most=most)
    return "Size", text, [*techniques, *software, *names]
