"""What a briefing on changes speaks of, for programs that read STIX or ATT&CK's layers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from briefing.core.actor import Basis
from briefing.core.brief import BriefObject
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.changes_reading import ChangesReading, now
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.named_objects import Named
from briefing.services.recipes.named_objects import objects as spoken_of


def objects(
    reading: ChangesReading, marks: Marks, statements: Collection[int]
) -> tuple[BriefObject, ...]:
    """Those of which something is said that changed or is new; whom it is said of first."""
    bases: defaultdict[str, list[Basis]] = defaultdict(list)
    found: dict[str, Named] = {}
    for native, basis in _said(reading):
        if thing := reading.things.get(native):
            bases[thing.id].append(basis)
            found[thing.id] = Named(thing.id, thing.name, thing.attack_id, basis, thing.groups)
    whole = (
        Named(one.id, one.name, one.attack_id, joined(bases[one.id]), one.groups)
        for one in found.values()
    )
    return spoken_of(whole, reading.gathered, marks, statements)


def _said(reading: ChangesReading) -> Iterator[tuple[str, Basis]]:
    behind = reading.gathered.bases
    rows = [(one.subject, one.object, now(one)) for one in reading.of("changed")]
    rows += [
        (one.subject, one.object, Basis(behind[one.key].rests_on, (one.key,)))
        for one in (reading.news.statements if reading.news else ())
    ]
    yield from ((subject, basis) for subject, _, basis in rows)
    yield from ((thing, basis) for _, thing, basis in rows)
