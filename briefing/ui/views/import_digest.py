"""What a preview shows, put together by the worker that read it: showing it costs little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.core.changes import Predicate
from briefing.core.preview import ItemChange, Preview
from briefing.services.feed_reading import Incoming

_BOOKKEEPING = ("modified",)
"""Fields by which a feed dates a change."""
_BRINGS = {Predicate.USES_TECHNIQUE: "techniques", Predicate.USES_SOFTWARE: "software"}
_NOUNS = {"techniques": ("technique", "techniques"), "software": ("software", "software")}


@dataclass(frozen=True, slots=True)
class KindCount:
    """What happens to the records of one kind, or to all of them.

    Attributes:
        kind: Kind of record; "" for all.
        held: How many are held now.
        added: How many are new.
        removed: How many the source no longer has.
        changed: How many say something else.
        older: How many are left out as earlier editions.
    """

    kind: str
    held: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    older: int = 0

    @property
    def then(self) -> int:
        """How many there would be."""
        return self.held + self.added - self.removed

    @property
    def touched(self) -> int:
        """How many are to be looked at."""
        return self.added + self.removed + self.changed + self.older


@dataclass(frozen=True, slots=True)
class Digest:
    """One source's changes, counted and sorted.

    Attributes:
        preview: The changes.
        full: Whether the payload is the whole of the source; False for a window.
        sha256: Hash of the payload.
        total: All kinds together.
        kinds: Each kind, those that change most first.
        items: The objects of each kind that change.
        brings: Of an object that is new, by its native id: what comes with it.
        undated: How many objects change while the date that the feed gives them stays.
        relations: How often each relationship is added and removed: (``detects``, 691, 2116).
    """

    preview: Preview
    full: bool
    sha256: str
    total: KindCount
    kinds: tuple[KindCount, ...]
    items: Mapping[str, tuple[ItemChange, ...]]
    brings: Mapping[str, str]
    undated: int
    relations: tuple[tuple[str, int, int], ...]

    @property
    def tells_nothing(self) -> bool:
        """Whether nothing would be written and nothing was left out."""
        return self.preview.empty and not (self.total.older or self.preview.quarantined)


def digest_of(preview: Preview, incoming: Incoming) -> Digest:
    """Count and sort everything once."""
    items: dict[str, list[ItemChange]] = {}
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in preview.held}
    relations: Counter[tuple[str, str]] = Counter()
    for item in preview.items:
        items.setdefault(item.kind, []).append(item)
        counts.setdefault(item.kind, Counter())[item.action] += 1
        relations[(item.relation, item.action)] += 1
    kinds = [KindCount(kind, preview.held.get(kind, 0), **found) for kind, found in counts.items()]
    kinds.sort(key=lambda one: (-one.touched, -one.held, one.kind))
    return Digest(
        preview=preview,
        full=incoming.changes.full,
        sha256=incoming.changes.sha256,
        total=_total(kinds),
        kinds=tuple(kinds),
        items={kind: tuple(found) for kind, found in items.items()},
        brings=_brought(preview, incoming),
        undated=_undated(preview),
        relations=tuple(
            (verb, relations[(verb, "added")], relations[(verb, "removed")])
            for verb in dict.fromkeys(verb for verb, _ in relations if verb)
        ),
    )


def _total(kinds: list[KindCount]) -> KindCount:
    return KindCount(
        "",
        *(
            sum(getattr(one, name) for one in kinds)
            for name in ("held", "added", "removed", "changed", "older")
        ),
    )


def _undated(preview: Preview) -> int:
    changed = [item for item in preview.items if item.action == "changed"]
    dated = [any(field.name in _BOOKKEEPING for field in item.fields) for item in changed]
    return dated.count(False) if any(dated) else 0


def _brought(preview: Preview, incoming: Incoming) -> dict[str, str]:
    """``49 techniques, 8 software`` for objects that are new."""
    added = {item.native_id for item in preview.items if item.action == "added"}
    counts: dict[str, Counter[str]] = {}
    for record in incoming.changes.records:
        for said in record.statements:
            if said.predicate in _BRINGS and said.subject in added:
                counts.setdefault(said.subject, Counter())[_BRINGS[said.predicate]] += 1
    return {
        native: ", ".join(
            f"{found[what]:,} {nouns[found[what] != 1]}"
            for what, nouns in _NOUNS.items()
            if found[what]
        )
        for native, found in counts.items()
    }
