"""Which catalogue records are the same actor: automatic only where exactly one to one.

Sources are taken one after another. Each record of the next source is compared with the actors
formed so far, by stated ATT&CK id first, then by name. Where a record and an actor match each other
and nothing else, they are linked. Everything else goes to the review queue with its reason. Because
an actor that already holds a record of a source takes no second one, links never become transitive:
chaining shared names fuses Lazarus, APT38 and Andariel, and even joins APT28 to APT29.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """One source's record of an actor, as far as identity is concerned.

    Attributes:
        native: Native id.
        source: Source id.
        label: Main name, for reasons.
        names: Normalised name → as written.
        own_id: The ATT&CK id that is the record's own: it is ATT&CK's record of that group.
        attack_ids: ATT&CK group ids the record states (its own, or among its synonyms).
    """

    native: str
    source: str
    label: str
    names: Mapping[str, str]
    own_id: str = ""
    attack_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about two records; it outranks every rule and survives imports.

    Attributes:
        relation: ``same-as``, ``apart``, ``overlaps-with`` or ``disputed-with``.
    """

    one: str
    other: str
    relation: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two records that are one actor, and why."""

    one: str
    other: str
    basis: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome: record → actor id, the links behind it, and what waits for a person."""

    actor_of: Mapping[str, str]
    links: tuple[Link, ...]
    queue: tuple[Link, ...]


BY_RULE = "rule"


def resolve(
    records: Sequence[ActorRecord], order: Sequence[str], decisions: Iterable[Decision] = ()
) -> Resolution:
    """Form actors from records.

    Args:
        records: All current actor records.
        order: Source ids in the order in which they are taken; an actor's id is the native id of
            its record from the earliest source.
        decisions: What people decided, oldest first.
    """
    state = _State(records, order)
    for decision in decisions:
        state.decide(decision)
    for source in order:
        state.take(source)
    return state.resolution()


class _State:
    """Union-find over records, with the blocked pairs, links and queue gathered on the way."""

    def __init__(self, records: Sequence[ActorRecord], order: Sequence[str]) -> None:
        self._records = {record.native: record for record in records}
        self._rank = {source: place for place, source in enumerate(order)}
        self._members: dict[str, set[str]] = {r.native: {r.native} for r in records}
        self._root = {record.native: record.native for record in records}
        self._blocked: set[frozenset[str]] = set()
        self._links: list[Link] = []
        self._queue: list[Link] = []

    def decide(self, decision: Decision) -> None:
        """Apply a decision; one about a record that is gone waits until it comes back."""
        if decision.one not in self._records or decision.other not in self._records:
            return
        if decision.relation != "same-as":
            self._blocked.add(frozenset((decision.one, decision.other)))
            return
        self._unite(decision.one, decision.other)
        self._links.append(
            Link(decision.one, decision.other, "decision", decision.reason, decision.decided_by)
        )

    def take(self, source: str) -> None:
        """Compare the records of a source with the actors formed from earlier sources."""
        mine = [r for r in self._records.values() if r.source == source]
        free = [r for r in mine if not self._earlier(r)]
        for basis in ("attack-id", "name"):
            edges = self._edges(mine, basis)
            linked = self._link_one_to_one(free, edges, basis)
            free = [record for record in free if record.native not in linked]
        self._queue_rest(free)

    def resolution(self) -> Resolution:
        """Name each actor after its record from the earliest source."""
        actor_of = {}
        for members in {id(m): m for m in self._members.values()}.values():
            lead = min(members, key=lambda n: (self._rank[self._records[n].source], n))
            actor_of.update(dict.fromkeys(members, lead))
        return Resolution(actor_of, tuple(self._links), tuple(self._queue))

    def _earlier(self, record: ActorRecord) -> bool:
        """Whether the record's actor already holds a record of an earlier source."""
        rank = self._rank[record.source]
        members = self._members[self._root[record.native]]
        return any(self._rank[self._records[native].source] < rank for native in members)

    def _edges(self, mine: Sequence[ActorRecord], basis: str) -> dict[str, dict[str, str]]:
        """Record → {root of an earlier actor: reason}, by one kind of evidence."""
        if not mine:
            return {}
        rank = self._rank[mine[0].source]
        holders: dict[str, set[str]] = defaultdict(set)
        for record in self._records.values():
            if self._rank[record.source] < rank:
                for key in _answers_to(record, basis):
                    holders[key].add(self._root[record.native])
        edges: dict[str, dict[str, str]] = defaultdict(dict)
        for record in mine:
            for key, words in _evidence(record, basis).items():
                for root in holders.get(key, ()):
                    if not self._is_blocked(record.native, root):
                        edges[record.native].setdefault(root, words)
        return edges

    def _link_one_to_one(
        self, free: Sequence[ActorRecord], edges: dict[str, dict[str, str]], basis: str
    ) -> set[str]:
        claimants: dict[str, set[str]] = defaultdict(set)
        for native, roots in edges.items():
            for root in roots:
                claimants[root].add(native)
        linked = set()
        for record in free:
            roots = edges.get(record.native, {})
            if len(roots) != 1:
                continue
            (root, words), *_ = roots.items()
            if claimants[root] != {record.native} or self._holds(root, record.source):
                continue
            lead = self._lead(root)
            self._links.append(Link(lead, record.native, basis, _reason(basis, words), BY_RULE))
            self._unite(lead, record.native)
            linked.add(record.native)
        return linked

    def _queue_rest(self, free: Sequence[ActorRecord]) -> None:
        for record in free:
            found: dict[str, tuple[str, str]] = {}
            for basis in ("attack-id", "name"):
                for root, words in self._edges([record], basis).get(record.native, {}).items():
                    found.setdefault(root, (basis, words))
            for root, (basis, words) in sorted(found.items()):
                why = self._why_not(record, root, len(found))
                reason = f"{_reason(basis, words)} {why}"
                self._queue.append(Link(self._lead(root), record.native, basis, reason, BY_RULE))

    def _why_not(self, record: ActorRecord, root: str, candidates: int) -> str:
        if candidates > 1:
            return f"{record.label} matches {candidates} actors, so a person decides."
        if self._holds(root, record.source):
            return "That actor already has a record of the same source."
        return f"Several records match {self._records[self._lead(root)].label}."

    def _holds(self, root: str, source: str) -> bool:
        return any(self._records[n].source == source for n in self._members[self._root[root]])

    def _lead(self, root: str) -> str:
        members = self._members[self._root[root]]
        return min(members, key=lambda n: (self._rank[self._records[n].source], n))

    def _is_blocked(self, native: str, root: str) -> bool:
        return any(frozenset((native, member)) in self._blocked for member in self._members[root])

    def _unite(self, one: str, other: str) -> None:
        keep, gone = self._root[one], self._root[other]
        if keep == gone:
            return
        self._members[keep] |= self._members.pop(gone)
        for native in self._members[keep]:
            self._root[native] = keep


def _evidence(record: ActorRecord, basis: str) -> Mapping[str, str]:
    """What the record can be matched by: key → words for the reason."""
    if basis == "attack-id":
        return {attack_id: attack_id for attack_id in record.attack_ids}
    return record.names


def _answers_to(record: ActorRecord, basis: str) -> Iterable[str]:
    """What leads to the record: an ATT&CK id leads only to ATT&CK's own record of the group."""
    if basis == "attack-id":
        return (record.own_id,) if record.own_id else ()
    return record.names


def _reason(basis: str, words: str) -> str:
    if basis == "attack-id":
        return f"It states the ATT&CK id {words}."
    return f"Both use the name “{words}”."
