"""One actor as the audience may see it, with what several sections ask of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.core.actor import (
    ActorProfile,
    Basis,
    Counted,
    Said,
    SourceEntry,
    TechniqueUse,
)
from briefing.core.changes import Predicate
from briefing.core.errors import BriefingError
from briefing.core.names import normalised
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.services.recipes.ceiling import Allowed
from briefing.store.actors import OWN, Stated, basis
from briefing.store.profiles import open_profile

_SHORT = 100
"""Characters of a sentence that even the fullest page holds."""
_LEANING = re.compile(
    r"^(?:Afterwards|Inside|Little|No|Nothing|Otherwise|Then|There(?! (?:is|are|was|were)))\b"
    r"|\b(?:adds?|also|another|as well|beyond|else|further|others?|second|such|this|too)\b",
    re.IGNORECASE,
)
"""Words of a sentence that leans on one before it, or only rounds off what that one said."""


@dataclass(frozen=True, slots=True)
class ActorReading:
    """What a briefing on an actor is made from.

    Attributes:
        profile: Everything visible about the actor.
        name: Its display name, or the best known one that is visible.
        stated: The statements behind the profile.
        techniques: Every technique once, the most widely shared first.
        levels: Statement key to its level.
        world: Shapes of the map, or None where there is no map to draw.
    """

    profile: ActorProfile
    name: str
    stated: Sequence[Stated]
    techniques: tuple[TechniqueUse, ...]
    levels: Mapping[int, Tlp]
    world: World | None

    def find(self, *predicates: Predicate) -> list[Stated]:
        """Statements with one of these predicates."""
        return [said for said in self.stated if said.predicate in predicates]

    def basis_of(self, *predicates: Predicate) -> Basis:
        """What all statements with one of these predicates rest on."""
        return joined([basis([said]) for said in self.find(*predicates)])

    @property
    def catalogues(self) -> tuple[SourceEntry, ...]:
        """The catalogues that say something visible about the actor."""
        return tuple(entry for entry in self.profile.sources if entry.catalogue)

    @property
    def newest_year(self) -> int:
        """Year of the newest dated document about it; 0 where none is dated."""
        return self.profile.years[-1][0] if self.profile.years else 0

    def catalogues_in(self, *bases: Basis) -> tuple[SourceEntry, ...]:
        """Which catalogues stand behind something."""
        keys = {key for part in bases for key in part.sources}
        return tuple(entry for entry in self.catalogues if entry.key in keys)

    def ours_first(self, rows: Sequence[Counted]) -> list[Counted]:
        """By number of sources; among equals in the order of our own profile, then by name."""
        own = [said.key for said in self.stated if said.source == OWN]
        place = {key: number for number, key in enumerate(own)}
        last = len(own)

        def rank(row: Counted) -> tuple[int, int, str]:
            ours = min((place.get(key, last) for key in row.basis.statements), default=last)
            return -row.count, ours, row.label.casefold()

        return sorted(rows, key=rank)


def read_actor(allowed: Allowed, actor: str, world: World | None) -> ActorReading:
    """Read an actor as the audience may see it.

    Raises:
        NotFoundError: when there is no such actor.
        BriefingError: when the audience may not even see a name of it.
    """
    profile = open_profile(allowed.reader.connection, allowed.labels, actor)
    name = profile.row.name or next((row.name for row in profile.names), "")
    if not name:
        raise BriefingError(
            f"Nothing may be said about this actor up to {allowed.ceiling.label}: "
            "every name of it is marked higher.",
            remedy="Choose a higher ceiling, or another subject.",
        )
    stated = allowed.about(profile.row.id)
    found = {t.id: t for stage in profile.stages for t in stage.techniques}
    techniques = shared_first(found.values())
    return ActorReading(profile, name, stated, techniques, allowed.levels(stated), world)


def joined(bases: Iterable[Basis]) -> Basis:
    """What several things together rest on; of nothing, nothing.

    Whoever stands behind most of them comes first: where a mark has room for one source only, it is
    the one that bears out most of what is said.
    """
    listed = list(bases)
    behind = Counter(key for part in listed for key in dict.fromkeys(part.sources))
    return Basis(
        tuple(sorted(behind, key=lambda key: -behind[key])),
        tuple(dict.fromkeys(key for part in listed for key in part.statements)),
        max((part.tlp for part in listed), default=Tlp.CLEAR),
    )


def shared_first(techniques: Iterable[TechniqueUse]) -> tuple[TechniqueUse, ...]:
    """The most widely shared first, then by number."""
    return tuple(sorted(techniques, key=lambda t: (-t.groups, t.attack_id)))


def bases_of(rows: Iterable[Counted | TechniqueUse]) -> list[Basis]:
    """What each row rests on."""
    return [row.basis for row in rows]


def standing_alone(sentences: Sequence[Said], most: int) -> Said:
    """The sentence that stands in for all of them.

    The first where it is short enough, else the shortest of those that say something without the
    ones before them; where each of these is long, the shortest of all.

    Args:
        sentences: In their order.
        most: Characters that the place holds.

    Raises:
        IndexError: where there is no sentence.
    """
    if len(sentences[0].text) <= most:
        return sentences[0]
    short = [said for said in sentences if len(said.text) <= max(most, _SHORT)]
    alone = [said for said in short if not _LEANING.search(said.text)]
    return min(alone or sentences, key=lambda said: len(said.text))


def is_named(row_name: str, name: str) -> bool:
    """Whether two spellings are the same name."""
    return normalised(row_name) == normalised(name)
