"""What a briefing speaks of, as things that other programs know by their STIX ids."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from briefing.core.actor import SoftwareUse, TechniqueUse
from briefing.core.brief import Brief, BriefObject
from briefing.services.recipes.actor_reading import ActorReading
from briefing.services.recipes.ceiling import held


def with_objects(brief: Brief, reading: ActorReading) -> Brief:
    """The brief with the actor, and with those of its techniques and software that it speaks of.

    A thing is spoken of where a block rests on a statement about it. The actor is marked as the
    brief is: its name stands everywhere in it.
    """
    row = reading.profile.row
    statements = frozenset(brief.statements())
    listed = {source.key for source in brief.sources}
    catalogues = tuple(entry.key for entry in reading.catalogues if entry.key in listed)
    actor = BriefObject(row.id, reading.name, brief.tlp, row.attack_id, catalogues)
    return replace(brief, objects=(actor, *_used(reading, statements, listed)))


def _used(
    reading: ActorReading, statements: frozenset[int], listed: Collection[str]
) -> list[BriefObject]:
    profile = reading.profile
    used: list[TechniqueUse | SoftwareUse] = [
        *reading.techniques,
        *profile.malware,
        *profile.tools,
    ]
    return [
        BriefObject(
            one.id,
            one.name,
            held(one.basis.statements, reading.levels),
            one.attack_id,
            tuple(key for key in one.basis.sources if key in listed),
            one.groups,
        )
        for one in used
        if not statements.isdisjoint(one.basis.statements)
    ]
