"""What a briefing speaks of, for formats that other programs read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from briefing.core.actor import Basis
from briefing.core.brief import BriefObject
from briefing.core.changes import stable_id
from briefing.core.tlp import Tlp, highest
from briefing.services.recipes.gathered import Gathered
from briefing.services.recipes.marks import Marks
from briefing.store.technique_uses import SharedUse


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that may be spoken of.

    Attributes:
        id: Its STIX id.
        basis: What is said of it.
        groups: Of a technique, how many ATT&CK groups use it.
    """

    id: str
    name: str
    attack_id: str
    basis: Basis
    groups: int = 0


def objects(
    found: Iterable[Named], gathered: Gathered, marks: Marks, statements: Collection[int]
) -> tuple[BriefObject, ...]:
    """Those of which the briefing speaks, in the order given.

    Args:
        found: What may be spoken of, each once.
        gathered: How what is said of them is marked.
        marks: Where the sources are.
        statements: Keys of the statements on which the briefing rests.
    """
    rests_on = set(statements)
    cited = {entry.key for entry in marks.cited}
    return tuple(
        BriefObject(
            id=one.id,
            name=one.name,
            tlp=highest(gathered.bases[key].level for key in one.basis.statements),
            attack_id=one.attack_id,
            sources=tuple(key for key in one.basis.sources if key in cited),
            groups=one.groups,
        )
        for one in found
        if rests_on.intersection(one.basis.statements)
    )


def techniques(uses: Iterable[SharedUse]) -> list[Named]:
    """The techniques that some actors are said to use."""
    return [Named(use.id, use.name, use.attack_id, use.basis, use.groups) for use in uses]


def sector(code: str, name: str, level: Tlp) -> BriefObject:
    """A sector, which is an identity in STIX: a class of organisations."""
    return BriefObject(stable_id("identity", "sector", code), name, level)
