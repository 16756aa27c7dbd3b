"""Whom it is said to attack: countries on a map, sectors as bars, bodies kept apart."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.core.actor import Basis, Counted
from briefing.core.brief import AnyBlock, Bars, Facts, Section, Text, WorldMap, spans
from briefing.core.wording import counted, curly, first_of, listed
from briefing.services.recipes.actor_limits import Limits
from briefing.services.recipes.actor_reading import ActorReading, bases_of
from briefing.services.recipes.marks import Marks
from briefing.store.actors import OWN

_LISTED = 12
UNSPECIFIED = "unspecified"
"""Code of what a source leaves open where others name a sector."""


def targets(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """The section on targets, or nothing where none is stated."""
    stated = reading.profile.targets
    blocks: list[AnyBlock] = []
    if stated.countries:
        blocks.append(_countries(reading, marks))
    shared = tuple(row for row in stated.sectors if row.count > 1)
    if len(shared) > 1:
        bases = bases_of(shared)
        rows = tuple((row.label, row.count) for row in shared)
        words = marks.text("A source counts once for each sector that it names.", *bases)
        blocks.append(Bars(rows, "sources", words, **marks.held(*bases)))
    apart = _kept_apart(reading, marks)
    if apart:
        blocks.append(apart)
    if not blocks:
        return None
    note = f"Number: how many sources state it. {_denominator(reading)}"
    return Section("targets", "Targets, as stated", tuple(blocks), spans(note))


def _denominator(reading: ActorReading) -> str:
    stated = reading.profile.targets
    rows = (*stated.countries, *stated.sectors, *stated.places, *stated.scopes)
    known = {said.key: said.source for said in reading.stated}
    speaking = {known[key] for row in rows for key in row.basis.statements if key in known}
    if not speaking:
        return ""
    if speaking == {OWN}:
        return "Only our own profile names targets."
    verb = "names" if len(speaking) == 1 else "name"
    ours = ", our own profile among them" if OWN in speaking else ""
    return f"{counted(len(speaking), 'source')} {verb} targets{ours}."


def _countries(reading: ActorReading, marks: Marks) -> AnyBlock:
    rows = reading.profile.targets.countries
    bases = bases_of(rows)
    note = marks.text("Countries named as targets, whatever the source means by it.", *bases)
    if reading.world is None:
        shown = tuple((row.label, row.count) for row in rows)
        return Bars(shown, "sources", note, **marks.held(*bases))
    missing = [row.label for row in rows if row.code not in reading.world.shapes]
    if missing:
        note = (*note, *spans(f" Not on the map: {listed(missing)}."))
    return WorldMap(
        tuple((row.code, row.count) for row in rows),
        _alt(reading.name, rows),
        note,
        **marks.held(*bases),
    )


def _alt(name: str, rows: Sequence[Counted]) -> str:
    words = [f"{row.label} by {counted(row.count, 'source')}" for row in rows]
    return (
        f"World map of countries named as targets of {name}: {first_of(words, _LISTED, 'country')}."
    )


def _kept_apart(reading: ActorReading, marks: Marks) -> Facts | None:
    stated = reading.profile.targets
    rows: list[tuple[str, Text]] = []
    bases: list[Basis] = []
    shared = [row for row in stated.sectors if row.count > 1]
    sectors = [row for row in stated.sectors if row not in shared or len(shared) == 1]
    bodies = [row for row in stated.places if not row.code.startswith("region:")]
    regions = [row for row in stated.places if row.code.startswith("region:")]
    for label, found in (
        ("More sectors" if len(shared) > 1 else "Sectors", sectors),
        ("Bodies", bodies),
        ("Regions", regions),
        ("Also stated", [row for row in stated.scopes if row.code != UNSPECIFIED]),
    ):
        if found:
            words = listed((f"{row.label} ({row.count})" for row in found), "; ")
            rows.append((label, marks.text(words, *bases_of(found))))
            bases += bases_of(found)
    if stated.unmapped:
        words = listed(f"“{said.text}”" for said in stated.unmapped)
        unmapped = [said.basis for said in stated.unmapped]
        rows.append((curly("In the source's words"), marks.text(words, *unmapped)))
        bases += unmapped
    return Facts(tuple(rows), **marks.held(*bases)) if rows else None
