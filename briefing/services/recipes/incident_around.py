"""What stands around an incident: overlap with known groups, and what happened when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.core.actor import Basis
from briefing.core.brief import (
    AnyBlock,
    Column,
    Event,
    Paragraph,
    Section,
    Table,
    Text,
    Timeline,
    spans,
)
from briefing.core.case import Claim
from briefing.core.dates import short_date
from briefing.core.weighing import Ranked
from briefing.core.wording import UNKNOWN, counted, curly, first_of, inside, listed, sentence_case
from briefing.services.overlap_beside import BesideOverlap, SharedVictims
from briefing.services.overlap_words import (
    ALWAYS_POSSIBLE,
    BACKTEST_LINE,
    NO_PROBABILITY,
    NOT_LISTED,
    margin_line,
    shares,
)
from briefing.services.recipes.incident_limits import IncidentLimits
from briefing.services.recipes.incident_reading import RANKED, IncidentReading
from briefing.services.recipes.incident_words import answer, by, claim_words, place
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import bold, shortened, stopped

_SHARED: Final = 4
_EVENT: Final = 120
_CUT: Final = 200


def overlap(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """Known groups by what they share with the incident: ranks and features, never a percentage."""
    del limits
    found = reading.overlap
    if not reading.case.incident.features:
        return None
    if not found.ranked:
        words = found.refused or "No known group shares a feature with it."
        block = Paragraph(spans(curly(words)), **marks.held(reading.basis(reading.case.incident)))
        return Section("overlap", "Overlap with known groups", (block,))
    table = Table(
        (
            Column("Rank", 0.5, numeric=True),
            Column("Group", 1.5),
            Column("Shares", 0.8),
            Column("What weighs most", 3.0),
        ),
        (
            *(_group(reading, marks, group) for group in reading.ranked),
            (spans(UNKNOWN), spans(NOT_LISTED), spans(UNKNOWN), spans(ALWAYS_POSSIBLE)),
        ),
        spans(_under(reading)),
        **reading.held(
            marks,
            reading.basis(reading.case.incident),
            *(feature.basis for feature in reading.features.values()),
            *reading.uses.values(),
            actors=[group.actor for group in reading.ranked],
        ),
    )
    lines = f"{BACKTEST_LINE} {margin_line(found)}".strip()
    worth = Paragraph((bold(lines), *spans(f" {NO_PROBABILITY}")), **marks.held())
    blocks: tuple[AnyBlock, ...] = (table, worth)
    beside = _beside(reading, marks)
    note = (
        f"{counted(found.groups, 'group')} of ATT&CK compared by"
        f" {counted(len(found.features), 'feature')}."
    )
    return Section("overlap", "Overlap with known groups", (*blocks, *beside), spans(note))


def _group(reading: IncidentReading, marks: Marks, group: Ranked) -> tuple[Text, ...]:
    first = group.matched[:_SHARED]
    words = [
        f"{one.name} ({counted(one.groups, 'group') if place == 0 else f'{one.groups:,}'})"
        for place, one in enumerate(first)
    ]
    rest = len(group.matched) - len(first)
    name = f"{group.name}, {group.attack_id}" if group.attack_id else group.name
    return (
        spans(f"{group.rank:,}"),
        (bold(name), *marks.mark(reading.uses.get(group.actor, Basis((), ())), most=2)),
        spans(shares(reading.overlap, group)),
        spans(f"{', '.join(words)}{f' and {rest} more' if rest else ''}"),
    )


def _under(reading: IncidentReading) -> str:
    found = reading.overlap
    parts = [
        f"In brackets: groups known to use it. {counted(len(found.ranked), 'group')}"
        f" share anything{f', {RANKED} are shown' if len(found.ranked) > RANKED else ''}."
    ]
    if found.absent:
        parts.append(f"Not compared, since no catalogue here holds it: {listed(found.absent)}.")
    if found.unknown:
        parts.append(f"No known group uses {listed(found.unknown, last='or')}.")
    parts += [f"{old} was withdrawn and compared as {new}." for old, new in found.replaced]
    entered = [reading.labels[one.id] for one in reading.case.evidence if one.method == "overlap"]
    if entered:
        parts.append(f"It enters the matrix as {listed(entered)}.")
    if found.as_of:
        parts.append(f"ATT&CK as of {short_date(found.as_of)}.")
    return " ".join(parts)


def _beside(reading: IncidentReading, marks: Marks) -> Iterator[Paragraph]:
    """Victims in common and where those who are named stand: beside the ranking, not mixed in."""
    beside = reading.beside
    if beside is None:
        return
    groups = [group for group in beside.groups if group.shared]
    said = [
        (_targeted(reading, group), reading.rests(*(one.basis for one in group.shared)))
        for group in groups
    ]
    if beside.named:
        case = reading.case
        naming = [
            *(one for one in case.claims if one.actor),
            *(one for one in case.hypotheses if one.actors),
        ]
        said.append((_placed(beside), reading.basis(*naming)))
    if said:
        held = reading.held(marks, *(basis for _, basis in said), actors=reading.named)
        yield Paragraph((bold("Beside it: "), *marks.texts(said, most=2)), **held)


def _targeted(reading: IncidentReading, group: SharedVictims) -> str:
    sectors = reading.case.incident.sectors
    words = [
        inside(one.label) if one.code in sectors else place(reading, one.code)
        for one in group.shared
    ]
    verb = "is named as a target" if len(words) == 1 else "are named as targets"
    return f"{sentence_case(first_of(words, _SHARED))} {verb} of {group.name} too."


def _placed(beside: BesideOverlap) -> str:
    """Where the ranking has those whom claims and answers name."""
    words = {
        "shares nothing": "shares nothing with it",
        "no profile": "has no profile in ATT&CK to compare",
    }
    said = [
        f"{one.name} {f'stands at rank {one.rank:,}' if one.rank else words[one.standing]}"
        for one in beside.named
    ]
    return stopped(f"Of those named here, {'; '.join(said)}")


def timeline(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """What happened, what was said and what was recorded, by date."""
    del limits
    dated = sorted(_events(reading), key=lambda event: event[0])
    # Where nothing was recorded beside claims, their table has all the dates there are.
    if not dated or not reading.is_worked:
        return None
    block = Timeline(
        tuple(Event(date, marks.text(words, basis, most=2)) for date, words, basis in dated),
        **marks.held(*(basis for _, _, basis in dated)),
    )
    note = spans("Dates of events, claims and findings, as far as they are stated.")
    return Section("timeline", "What happened when", (block,), note)


def _events(reading: IncidentReading) -> Iterator[tuple[str, str, Basis]]:
    case, labels = reading.case, reading.labels
    row = case.incident
    basis = reading.basis(row)
    ended = row.last_seen if row.last_seen != row.first_seen else ""
    for date, words in (
        (row.first_seen, "It began."),
        (ended, "It ended."),
        (row.disclosed, "It became public."),
    ):
        if date:
            yield date, words, basis
    for claim in case.claims:
        if claim.date:
            yield claim.date, f"Claim {labels[claim.id]}: {_said(claim)}", reading.basis(claim)
    for piece in case.evidence:
        if piece.observed:
            words = f"{labels[piece.id]}: {shortened(piece.text, _EVENT, _CUT)}"
            yield piece.observed, words, reading.basis(piece)
    for one in case.assessments:
        words = f"Judged by {one.author}: {answer(case, one.hypothesis)}."
        yield one.date, words, reading.basis(one)


def _said(claim: Claim) -> str:
    words = shortened(claim_words(claim, _EVENT), _EVENT, _CUT)
    return f"{by(claim)}. {words}" if claim.text else f"{by(claim)} {inside(words)}"
