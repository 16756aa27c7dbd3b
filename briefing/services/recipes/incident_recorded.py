"""The incident itself: what happened, whom it hit, what feeds tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from briefing.core.actor import Basis
from briefing.core.brief import (
    AnyBlock,
    Column,
    Facts,
    Paragraph,
    Quotation,
    Section,
    Table,
    Text,
    spans,
)
from briefing.core.case import Subject
from briefing.core.dates import long_date, short_date
from briefing.core.incident import TargetRow
from briefing.core.wording import UNKNOWN, inside, listed
from briefing.services.recipes.incident_limits import IncidentLimits
from briefing.services.recipes.incident_reading import IncidentReading
from briefing.services.recipes.incident_words import (
    happened,
    place,
    said_and_marked,
)
from briefing.services.recipes.marks import Marks

_VICTIMS: Final = 8


def incident(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section:
    """The incident itself: dates, victim, what was used."""
    del limits
    row = reading.case.incident
    basis = reading.basis(row)
    told = happened(reading)
    whole = Paragraph(said_and_marked(marks, told), **marks.held(*(one for _, one in told)))
    # What feeds tell stands in their own terms in the next section.
    if reading.told is not None and not row.description:
        return Section("incident", "The incident", (whole,))
    recorded = ("Recorded", marks.text(_recorded(row), basis))
    facts = (*_facts(reading), *_features(reading, marks), recorded)
    held = marks.held(basis, *(one.basis for one in reading.features.values()))
    return Section("incident", "The incident", (whole, Facts(facts, **held)))


def _recorded(row: Subject) -> str:
    return f"{short_date(row.modified[:10])}, {row.author}"


def _facts(reading: IncidentReading) -> Iterator[tuple[str, Text]]:
    row, labels = reading.case.incident, reading.page.labels
    for label, words in (
        ("Began", long_date(row.first_seen)),
        ("Ended", long_date(row.last_seen if row.last_seen != row.first_seen else "")),
        ("Public since", long_date(row.disclosed)),
        ("Hit", row.victim),
        ("Kind", listed(row.types)),
        ("Sectors", "; ".join(labels.get(code, code) for code in row.sectors)),
        ("Places", listed(place(reading, code) for code in row.countries)),
        ("Servers", ", ".join(row.infrastructure)),
    ):
        if words:
            yield label, spans(words)


def _features(reading: IncidentReading, marks: Marks) -> Iterator[tuple[str, Text]]:
    """Techniques and software by number and name."""
    row = reading.case.incident
    for label, ids in (("Techniques", row.techniques), ("Software", row.software)):
        if ids:
            known = [reading.features[one] for one in ids if one in reading.features]
            names = {one.attack_id: f"{one.attack_id} {one.name}" for one in known}
            words = listed(names.get(one, one) for one in ids)
            yield label, marks.text(words, *(one.basis for one in known), most=1)


def told(reading: IncidentReading, marks: Marks, limits: IncidentLimits) -> Section | None:
    """What feeds say of the incident beside claims, in their own words."""
    del limits
    found = reading.told
    if found is None:
        return None
    titles = {entry.key: entry.title for entry in found.sources}
    own = {entry.key for entry in found.sources if entry.kind == "own-text"}
    quoted = [
        Quotation(
            (*spans(said.text), *marks.mark(reading.rests(said.basis))),
            listed(titles.get(key, key) for key in said.basis.sources),
            **marks.held(said.basis),
        )
        for said in found.descriptions
        if not own.issuperset(said.basis.sources)
    ]
    targets = _targets(reading, marks, found.targets)
    facts: list[tuple[str, Text]] = []
    bases: list[Basis] = []
    for label, rows in (
        ("Kind", [(said.text, said.basis) for said in found.types]),
        ("Motive", [(row.label, row.basis) for row in found.motives]),
        ("Behind it", [(f"{row.value}{_of(row.name)}", row.basis) for row in found.initiators]),
    ):
        if rows:
            words = listed(dict.fromkeys(inside(text) for text, _ in rows))
            facts.append((label, marks.text(words, *(reading.rests(one) for _, one in rows))))
            bases += [one for _, one in rows]
    blocks: tuple[AnyBlock, ...] = (
        *quoted,
        *((Facts(tuple(facts), **marks.held(*bases)),) if facts else ()),
        *((targets,) if targets else ()),
    )
    note = spans("As the sources say it, in their own terms.")
    return Section("told", "What sources tell", blocks, note) if blocks else None


def _of(name: str) -> str:
    return f" ({name})" if name else ""


def _targets(reading: IncidentReading, marks: Marks, rows: Iterable[TargetRow]) -> Table | None:
    listed_ = list(rows)
    if not listed_:
        return None
    return Table(
        (Column("Hit", 1.3), Column("As written", 1.6), Column("Where, and who", 1.6)),
        tuple(
            (
                marks.text(row.target.label or row.value, reading.rests(row.basis), most=1),
                spans(row.value if row.value != row.target.label else UNKNOWN),
                spans(_within(row) or UNKNOWN),
            )
            for row in listed_
        ),
        **marks.held(*(row.basis for row in listed_)),
    )


def _within(row: TargetRow) -> str:
    victims = list(row.victims[:_VICTIMS])
    if len(row.victims) > _VICTIMS:
        victims.append(f"{len(row.victims) - _VICTIMS} more")
    return "; ".join(filter(None, (listed(one.label for one in row.within), listed(victims))))
