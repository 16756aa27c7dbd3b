"""What two to four actors have in common, what only some of them have, and who has what.

Only what is stated can be compared: that nobody states a technique of an actor does not mean that
it does not use it. Common techniques alone are weak evidence of a common author.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from briefing.core.actor import ActorProfile, ActorRow, Counted, OriginRow, SoftwareUse
from briefing.core.names import normalised

FEWEST: Final = 2
MOST: Final = 4
"""How many actors stand side by side: more cannot be read."""

FactKind = Literal["kind", "origin", "goals", "motives", "active since", "names"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the comparison.

    Attributes:
        values: Of each actor, what is stated; empty where nothing is.
        common: The values that all of them have.
    """

    kind: FactKind
    values: tuple[tuple[str, ...], ...]
    common: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A technique, a piece of software, a sector or a country that at least one actor has.

    Attributes:
        id: Of its page; "" where it has none.
        code: As printed beside it ("T1059.001"), or "".
        detail: The stages of a technique, the kind of software; "" otherwise.
        groups: How many ATT&CK groups use it; 0 where nobody counts.
        has: Which of the actors have it, in their order.
    """

    id: str
    code: str
    label: str
    detail: str
    groups: int
    has: tuple[bool, ...]

    @property
    def actors(self) -> int:
        """How many of the actors have it."""
        return sum(self.has)


@dataclass(frozen=True, slots=True)
class Aspect:
    """All things of one kind: common ones first, the rarest of them first.

    Attributes:
        counts: How many each actor has.
    """

    name: str
    things: tuple[Thing, ...]
    counts: tuple[int, ...]

    def shared_by(self, actors: int) -> int:
        """How many things exactly so many actors have."""
        return sum(thing.actors == actors for thing in self.things)

    @property
    def in_all(self) -> int:
        """How many things all of them have."""
        return self.shared_by(len(self.counts))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Actors side by side.

    Attributes:
        origins: Of each actor, who says where it comes from: strongest wording first.
        facts: Those with something in common first.
        stages: Techniques of each of the four stages.
        places: Regions, organisations and companies, kept apart from countries.
        groups_total: How many ATT&CK groups there are: the denominator of ``Thing.groups``.
    """

    actors: tuple[ActorRow, ...]
    origins: tuple[tuple[OriginRow, ...], ...]
    facts: tuple[Fact, ...]
    stages: tuple[Aspect, ...]
    techniques: Aspect
    software: Aspect
    sectors: Aspect
    countries: Aspect
    places: Aspect
    groups_total: int


def compare(profiles: Sequence[ActorProfile]) -> Comparison:
    """Put actors side by side, in the order given.

    Args:
        profiles: One to four; one alone has nothing in common with anybody yet.
    """
    facts = sorted(_facts(profiles), key=lambda fact: not fact.common)
    return Comparison(
        actors=tuple(profile.row for profile in profiles),
        origins=tuple(profile.origins for profile in profiles),
        facts=tuple(facts),
        stages=_stages(profiles),
        techniques=_aspect("Techniques", [_techniques(profile) for profile in profiles]),
        software=_aspect("Software", [_software(profile) for profile in profiles]),
        sectors=_targets("Sectors", profiles, lambda profile: profile.targets.sectors),
        countries=_targets("Countries", profiles, lambda profile: profile.targets.countries),
        places=_targets("Regions and bodies", profiles, lambda profile: profile.targets.places),
        groups_total=max((profile.groups_total for profile in profiles), default=0),
    )


def _facts(profiles: Sequence[ActorProfile]) -> Iterable[Fact]:
    readers: dict[FactKind, Callable[[ActorProfile], Iterable[str]]] = {
        "kind": lambda profile: [profile.kind.label] if profile.kind.code else [],
        "origin": lambda profile: [o.country.label for o in profile.origins if o.country.code],
        "goals": lambda profile: [goal.label for goal in profile.goals],
        "motives": lambda profile: [motive.label for motive in profile.motives],
        "active since": lambda p: [p.active_since.text] if p.active_since else [],
        "names": lambda profile: [name.name for name in profile.names],
    }
    for kind, read in readers.items():
        values = tuple(tuple(dict.fromkeys(read(profile))) for profile in profiles)
        yield Fact(kind, values, _common(values))


def _common(values: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What stands in every list, as the first writes it; spelling does not matter."""
    if len(values) < FEWEST:
        return ()
    others = [{normalised(value) for value in listed} for listed in values[1:]]
    return tuple(
        value for value in values[0] if all(normalised(value) in other for other in others)
    )


@dataclass(frozen=True, slots=True)
class _Item:
    id: str
    code: str
    label: str
    detail: str = ""
    groups: int = 0


def _aspect(name: str, items: Sequence[Mapping[str, _Item]]) -> Aspect:
    """Join what the actors have by key."""
    known: dict[str, _Item] = {}
    for mine in items:
        for key, item in mine.items():
            known.setdefault(key, item)
    things = (
        Thing(
            id=item.id,
            code=item.code,
            label=item.label,
            detail=item.detail,
            groups=item.groups,
            has=tuple(key in mine for mine in items),
        )
        for key, item in known.items()
    )
    return Aspect(
        name,
        tuple(sorted(things, key=lambda t: (-t.actors, t.groups, t.label.casefold(), t.code))),
        tuple(len(mine) for mine in items),
    )


def _techniques(profile: ActorProfile, stage: str = "") -> dict[str, _Item]:
    stages: dict[str, list[str]] = {}
    found: dict[str, _Item] = {}
    for part in profile.stages:
        for use in part.techniques if stage in ("", part.code) else ():
            stages.setdefault(use.id, []).append(part.name)
            detail = ", ".join(stages[use.id])
            found[use.id] = _Item(use.id, use.attack_id, use.name, detail, use.groups)
    return found


def _stages(profiles: Sequence[ActorProfile]) -> tuple[Aspect, ...]:
    names = {part.code: part.name for profile in profiles for part in profile.stages}
    return tuple(
        _aspect(name, [_techniques(profile, code) for profile in profiles])
        for code, name in names.items()
    )


def _software(profile: ActorProfile) -> dict[str, _Item]:
    uses: Iterable[SoftwareUse] = (*profile.malware, *profile.tools)
    return {use.id: _Item(use.id, use.attack_id, use.name, use.kind, use.groups) for use in uses}


def _targets(
    name: str,
    profiles: Sequence[ActorProfile],
    read: Callable[[ActorProfile], Sequence[Counted]],
) -> Aspect:
    return _aspect(
        name,
        [{one.code: _Item("", "", one.label) for one in read(profile)} for profile in profiles],
    )
