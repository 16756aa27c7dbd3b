"""What the words of a briefing may rest on, gathered from the answers of several services."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from briefing.core.actor import Basis, SourceEntry
from briefing.core.brief import MadeFrom, Withheld
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.services.recipes import ceiling
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.evidence import made_from
from briefing.services.recipes.marks import Marks
from briefing.store.actors import OWN, source_entries
from briefing.store.guarded import highest_level
from briefing.store.statement_bases import StatementBasis, read_bases


@dataclass(frozen=True, slots=True)
class Gathered:
    """Statements with their levels, and the sources behind them.

    Attributes:
        entries: Every source that may be cited.
        bases: Statement key to its level and what it rests on.
    """

    entries: tuple[SourceEntry, ...]
    bases: Mapping[int, StatementBasis]

    def marks(self, least: Tlp) -> Marks:
        """A collector of these sources; no block it marks is below a level."""
        return Marks(self.entries, {key: one.level for key, one in self.bases.items()}, least)

    def summed(self, basis: Basis) -> Basis:
        """The basis of a sum: the data sets that hold most of its statements come first."""
        sets = Counter(self.bases[key].source for key in basis.statements)
        return replace(basis, sources=tuple(source for source, _ in sets.most_common()))

    @property
    def sets(self) -> dict[int, tuple[str, ...]]:
        """Statement key to the data set in which it stands, for the evidence trace of sums."""
        return {key: (one.source,) for key, one in self.bases.items()}

    @property
    def behind(self) -> dict[int, tuple[str, ...]]:
        """Statement key to the keys of the sources it rests on, for the evidence trace."""
        return {key: one.rests_on for key, one in self.bases.items()}

    def made_from(self, allowed: Allowed, statements: Iterable[int]) -> tuple[MadeFrom, ...]:
        """The snapshots from which some of the statements were taken."""
        used = {self.bases[key].source for key in statements}
        return made_from(allowed.snapshots, used)


def gather(allowed: Allowed, bases: Iterable[Basis]) -> Gathered:
    """Read how statements are marked and what they rest on.

    Args:
        allowed: What the audience may see; every statement must be in it.
        bases: What the words rest on, as services answered.

    Raises:
        BriefingError: when a statement is not visible: the database was changed meanwhile.
    """
    listed = list(bases)
    wanted = {key for basis in listed for key in basis.statements}
    found = read_bases(allowed.reader.connection, wanted)
    if wanted - found.keys():
        # A service read it a moment ago and it is gone: what it said must not be printed.
        raise BriefingError(
            "The database was changed while the briefing was put together.",
            remedy="Try again: the next briefing is made from what holds now.",
        )
    counts = Counter(source for one in found.values() for source in (one.source, *one.rests_on))
    counts.update(dict.fromkeys((source for basis in listed for source in basis.sources), 0))
    entries = source_entries(allowed.reader.connection, dict(counts))
    entries.pop(OWN, None)
    grades = {entry.publisher: entry.grade for entry in entries.values() if entry.catalogue}
    # What a source of advisories publishes itself is as reliable as that source.
    return Gathered(
        tuple(
            entry
            if entry.catalogue or entry.grade.reliability != "F"
            else replace(entry, grade=grades.get(entry.publisher, entry.grade))
            for entry in entries.values()
        ),
        found,
    )


def kept_out(allowed: Allowed, ask: Callable[[Allowed], Gathered]) -> tuple[Withheld, ...]:
    """What the audience's ceiling kept out of a briefing, the most guarded first.

    Args:
        allowed: What the audience may see.
        ask: Gathers what the briefing may rest on; asked once more as if all might be seen.
    """
    if highest_level(allowed.everything.connection) <= allowed.ceiling:
        return ()
    with ceiling.allowed(allowed.everything, Tlp.RED, allowed.shared) as everything:
        whole = ask(everything).bases
    seen = read_bases(allowed.reader.connection, whole)
    rows = [_withheld(key, one, allowed.ceiling) for key, one in whole.items() if key not in seen]
    return tuple(sorted(rows, key=lambda row: (-row.tlp, row.statement)))


def _withheld(key: int, one: StatementBasis, level: Tlp) -> Withheld:
    if one.marked > level:
        reason = f"It is marked {one.marked.label}; the audience's ceiling is {level.label}."
    else:
        reason = f"Its source is marked above the audience's ceiling, {level.label}."
    return Withheld(key, one.level, reason)
