"""What an incident's briefing speaks of, for programs that read STIX or ATT&CK's layers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from briefing.analysis.case_origins import sourced
from briefing.core.brief import BriefObject, BriefSource
from briefing.core.case import origin_key
from briefing.core.wording import listed
from briefing.services.recipes.incident_reading import IncidentReading


def objects(reading: IncidentReading, cited: Collection[str]) -> tuple[BriefObject, ...]:
    """The incident, whom its rows name, and what was used, each once.

    Args:
        reading: The incident.
        cited: Keys of the sources that the briefing lists.
    """
    found = {one.id: one for one in reversed(list(_objects(reading, cited)))}
    return tuple(reversed(found.values()))


def _objects(reading: IncidentReading, cited: Collection[str]) -> Iterator[BriefObject]:
    case = reading.case
    incident = case.incident

    def listed(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key for key in keys if key in cited)

    basis = reading.basis(incident)
    level = max(basis.tlp, reading.head.tlp)
    yield BriefObject(incident.id, incident.name, level, sources=listed(basis.sources))
    for native, actor in reading.page.actors.items():
        rows = [
            *(one for one in case.claims if one.actor == native),
            *(one for one in case.hypotheses if native in one.actors),
        ]
        said = reading.basis(*rows)
        level = max(actor.tlp, said.tlp)
        yield BriefObject(actor.id, actor.name, level, actor.attack_id, listed(said.sources))
    for feature in reading.features.values():
        level = max(feature.basis.tlp, basis.tlp)
        yield BriefObject(
            *(feature.id, feature.name, level, feature.attack_id),
            *(listed(feature.basis.sources), feature.groups),
        )


def with_origins(
    reading: IncidentReading, sources: Sequence[BriefSource]
) -> tuple[BriefSource, ...]:
    """The sources, each with the origin that it has in common with others of them.

    A document has an origin where every claim and piece of evidence that cites it has the same.
    """
    starts: defaultdict[str, set[str]] = defaultdict(set)
    for row in sourced(reading.case):
        for document in reading.basis(row).sources:
            starts[document].add(origin_key(row.origin))
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for number, source in enumerate(sources, start=1):
        if len(origins := starts.get(source.key, set())) == 1:
            shared[next(iter(origins))].append(number)
    labels = reading.case.origins()
    words = {origin_key(row.origin): row.origin for row in reversed(sourced(reading.case))}
    told = {
        number: _goes_back(labels[origin], words[origin], [n for n in numbers if n != number])
        for origin, numbers in shared.items()
        if origin in labels and len(numbers) > 1
        for number in numbers
    }
    return tuple(
        replace(source, rests_on=told.get(number, source.rests_on))
        for number, source in enumerate(sources, start=1)
    )


def _goes_back(label: str, origin: str, others: Sequence[int]) -> str:
    do = "does" if len(others) == 1 else "do"
    return f"Goes back to {origin} ({label}), as {listed(f'[{n}]' for n in others)} {do}"
