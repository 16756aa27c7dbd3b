"""What changed, went or is new, as rows: what is said alike of one thing is one row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final

from briefing.core.actor import Basis
from briefing.core.changes import Predicate
from briefing.core.history import subject_words
from briefing.core.tlp import Tlp
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.changes_reading import ChangesReading, now, went
from briefing.store.new_statements import NewStatement
from briefing.store.standing import Standing, State

_WEIGHTIEST: Final = (
    Predicate.JUDGED,
    Predicate.ATTRIBUTED_TO,
    Predicate.SPONSORED_BY,
    Predicate.LOCATED_IN,
    Predicate.OF_KIND,
    Predicate.SAME_AS,
    Predicate.NAMED,
    Predicate.TARGETS_COUNTRY,
    Predicate.TARGETS_SECTOR,
    Predicate.HAPPENED,
    Predicate.EXPLOITS,
    Predicate.AFFECTS,
    Predicate.HAS_GOAL,
    Predicate.MOTIVATED_BY,
    Predicate.USES_SOFTWARE,
    Predicate.USES_TECHNIQUE,
)
"""Kinds of statements, those first that bear most on a judgement."""
_OTHER_WORDS: Final = "before: "
_DIFFERS: Final = {"references": "other references"}
_HEADINGS: Final = {
    Predicate.ATTRIBUTED_TO: "laid to",
    Predicate.DESCRIBED_AS: "what is told",
    Predicate.AFFECTS: "product affected",
    Predicate.CONCERNS: "whom it warns",
    Predicate.DEPLOYED_IN: "where it is in use",
    Predicate.ISSUED_BY: "issued by",
    Predicate.OVERLAPS_WITH: "overlaps with",
}
"""What kind of thing is said, where ``core.history`` has no heading of its own."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row.

    Attributes:
        about: What it is about, or "".
        heading: What kind of thing is said.
        then: What was said; nothing where it is new.
        now: What is said now; nothing where it was withdrawn.
        differs: In what the two differ besides their words.
        day: When it was taken in, ISO 8601; "" where that is not told.
        by: Titles of the sources that say so.
        basis: What it rests on.
        level: The highest level of what it tells, of what was said before too.
    """

    about: str
    heading: str
    then: tuple[str, ...]
    now: tuple[str, ...]
    differs: tuple[str, ...]
    day: str
    by: tuple[str, ...]
    basis: Basis
    level: Tlp

    @property
    def number(self) -> int:
        """How many statements it tells of."""
        return max(len(self.then), len(self.now))


def old_rows(reading: ChangesReading, state: State) -> tuple[ChangeRow, ...]:
    """What changed, or what was withdrawn; the weightiest first."""
    groups: defaultdict[Hashable, list[Standing]] = defaultdict(list)
    for one in sorted(reading.of(state), key=_weight):
        groups[one.about, one.predicate, one.source, _differs(one)].append(one)
    rows = [_old(group) for group in groups.values()]
    # Where only references changed, the words stand.
    return tuple(
        sorted(rows, key=lambda row: row.now == row.then and row.differs == ("other references",))
    )


def new_rows(reading: ChangesReading) -> tuple[ChangeRow, ...]:
    """What is new, the weightiest first."""
    groups: defaultdict[Hashable, list[NewStatement]] = defaultdict(list)
    for one in sorted(reading.news.statements if reading.news else (), key=_weight):
        aimed = one.object in reading.codes and one.predicate in _AIMS
        subject = one.object if aimed else one.about
        groups[aimed, subject, one.predicate, one.source, one.day].append(one)
    return tuple(_new(group, reading) for group in groups.values())


_AIMS: Final = {
    Predicate.TARGETS_COUNTRY: "newly named as a target of",
    Predicate.TARGETS_SECTOR: "newly named as a target of",
    Predicate.AFFECTS: "newly said to be affected by",
}
"""What is said of a country, sector or technology of the client's, by whom it is said."""


def _weight(one: Standing | NewStatement) -> int:
    known = one.predicate in _WEIGHTIEST
    return _WEIGHTIEST.index(Predicate(one.predicate)) if known else len(_WEIGHTIEST)


def _heading(predicate: str) -> str:
    held = _HEADINGS.get(Predicate(predicate)) if predicate else ""
    return held or subject_words(predicate).lower()


def _differs(one: Standing) -> tuple[str, ...]:
    return tuple(
        _DIFFERS.get(words, words) for words in one.differs if not words.startswith(_OTHER_WORDS)
    )


def _old(group: list[Standing]) -> ChangeRow:
    first = group[0]
    bases = [now(one) if one.now else went(one) for one in group]
    words = [one.now for one in group if one.now]
    said = [one.before for one in group if one.before]
    return ChangeRow(
        about=first.about,
        heading=_heading(first.predicate),
        then=_each(one.text for one in said),
        now=_each(one.text for one in words),
        differs=_differs(first),
        day="",
        by=_each(one.title for one in group),
        basis=joined(bases),
        level=max(one.level for one in (*said, *words)),
    )


def _new(group: list[NewStatement], reading: ChangesReading) -> ChangeRow:
    """Alike statements; of a place or product of the client's, by whom or what it is named."""
    first = group[0]
    aimed = first.object in reading.codes and first.predicate in _AIMS
    return ChangeRow(
        about=reading.codes[first.object] if aimed else first.about,
        heading=_AIMS[Predicate(first.predicate)] if aimed else _heading(first.predicate),
        then=(),
        now=_each((one.about or "somebody without a name") if aimed else one.text for one in group),
        differs=(),
        day=first.day,
        by=_each(one.title for one in group),
        basis=_basis(group, reading),
        level=max(one.level for one in group),
    )


def _basis(group: list[NewStatement], reading: ChangesReading) -> Basis:
    behind = reading.gathered.bases
    return joined(Basis(behind[one.key].rests_on, (one.key,)) for one in group)


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words)))
