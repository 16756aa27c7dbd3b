"""The marking of what stands in no block of a briefing on an actor: titles, and names of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.core.brief import Part
from briefing.core.changes import Predicate
from briefing.core.tlp import Tlp, highest
from briefing.services.recipes.actor_reading import ActorReading, is_named
from briefing.services.recipes.ceiling import Allowed, held
from briefing.store.actors import OWN, Stated

_OURS = ("", "Threat Briefing")
_TITLED = (Predicate.SPONSORED_BY, Predicate.LOCATED_IN)
_AIMS = (Predicate.TARGETS_SECTOR, Predicate.TARGETS_COUNTRY)


def level_of_names(allowed: Allowed, reading: ActorReading, parts: Sequence[Part]) -> Tlp:
    """The highest level of the actor's name, of its title, and of the actors it is told from.

    Args:
        allowed: What the audience may see.
        reading: The actor.
        parts: What was composed; others are named in one section only.
    """
    own = named_at(allowed, reading.profile.row.id, reading.name)
    levels = [own, _coined_at(reading), _titled_at(reading)]
    if any(section.key == "related" for part in parts for section in part.sections):
        levels += _others(allowed, reading)
    return highest(levels)


def _titled_at(reading: ActorReading) -> Tlp:
    """Our own title rests on our whole profile, one made of facts on those that it tells."""
    if reading.profile.headline:
        said = [one for one in reading.stated if one.source == OWN]
    else:
        told = (Predicate.USES_TECHNIQUE,) if reading.techniques else _AIMS
        said = reading.find(*_TITLED, *told)
    return held((one.key for one in said), reading.levels)


def _others(allowed: Allowed, reading: ActorReading) -> Iterator[Tlp]:
    for row in reading.profile.related:
        if row.basis is not None:
            yield row.basis.tlp
        elif row.by not in _OURS:
            # A person's own decision carries no marking.
            yield Tlp.RED
        if row.name:
            yield named_at(allowed, row.id, row.name)


def named_at(allowed: Allowed, actor: str, name: str) -> Tlp:
    """The lowest level at which somebody gives an actor this name: from there on it is known.

    Where nobody does, the name is the title of a record, which is shown only as a whole.
    """
    about = allowed.about(actor)
    levels = allowed.levels(about)
    said = [one for one in about if one.predicate == Predicate.NAMED and is_named(one.value, name)]
    return _lowest(said, levels) if said else held((one.key for one in about), levels)


def _coined_at(reading: ActorReading) -> Tlp:
    """The level of who coined the name, as it stands under the title."""
    row = next((one for one in reading.profile.names if is_named(one.name, reading.name)), None)
    said = [
        one
        for one in reading.find(Predicate.NAMED)
        if row and row.coined_by and one.detail.get("coined_by") == row.coined_by
    ]
    return _lowest(said, reading.levels) if said else Tlp.CLEAR


def _lowest(said: Sequence[Stated], levels: Mapping[int, Tlp]) -> Tlp:
    """The lowest level of statements that say the same; one without a level is RED."""
    return min(levels.get(one.key, Tlp.RED) for one in said)
