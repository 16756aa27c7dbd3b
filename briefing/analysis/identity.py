"""Which catalogue records are the same actor: automatic only where exactly one to one.

Sources are taken one after another. Each record of the next source is compared with the actors
formed so far, by stated ATT&CK id first, then by name. Where a record and an actor match each other
and nothing else, they are linked. Everything else goes to the review queue with its reason. What
people joined is compared as one; what they keep apart is never joined, not even in a chain. Because
no rule joins two groups that hold records of one source, links never become transitive: chaining
shared names fuses Lazarus, APT38 and Andariel, and even joins APT28 to APT29.
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
"""Who decided a link that no person made."""

_BASES = ("attack-id", "name")
"""Kinds of evidence, the stronger first; equal native ids are the same record and outrank both."""


def resolve(
    records: Sequence[ActorRecord], order: Sequence[str], decisions: Iterable[Decision] = ()
) -> Resolution:
    """Form actors from records.

    Args:
        records: All current actor records, in any order; two sources may hold the same native id.
        order: Source ids in the order in which they are taken; an actor's id is the native id of
            its record from the earliest source.
        decisions: What people decided, oldest first.
    """
    state = _State(records, order)
    listed = list(decisions)
    for decision in listed:
        state.keep_apart(decision)
    for decision in listed:
        state.join(decision)
    for source in order:
        state.take(source)
    return state.resolution()


@dataclass(frozen=True, slots=True)
class _Match:
    """One record answering to an actor: the record, the kind of evidence, and its words."""

    native: str
    basis: str
    words: str

    @property
    def reason(self) -> str:
        """The evidence as a sentence."""
        if self.basis == "attack-id":
            return f"It states the ATT&CK id {self.words}."
        return f"Both use the name “{self.words}”."


_Edges = dict[str, dict[str, _Match]]
"""Group → {earlier group it matches: the strongest evidence}."""


class _State:
    """Groups of records that are one actor so far, with links and queue gathered on the way.

    A group is known by its root, the native id of one of its records.
    """

    def __init__(self, records: Sequence[ActorRecord], order: Sequence[str]) -> None:
        self._rank = {source: place for place, source in enumerate(order)}
        self._records = sorted(records, key=lambda r: (self._rank[r.source], r.native))
        self._first: dict[str, ActorRecord] = {}
        self._sources: dict[str, set[str]] = defaultdict(set)
        for record in self._records:
            self._first.setdefault(record.native, record)
            self._sources[record.native].add(record.source)
        self._root = {native: native for native in self._first}
        self._members = {native: {native} for native in self._first}
        self._apart: set[frozenset[str]] = set()
        self._links: list[Link] = []
        self._queue: list[Link] = []

    def keep_apart(self, decision: Decision) -> None:
        """Note a pair that no rule, and no chain of other decisions, may join."""
        if decision.relation != "same-as":
            self._apart.add(frozenset((decision.one, decision.other)))

    def join(self, decision: Decision) -> None:
        """Apply a ``same-as``; one about a record that is gone waits until it comes back."""
        one, other = decision.one, decision.other
        if decision.relation != "same-as" or not {one, other} <= self._first.keys():
            return
        against = self._kept_apart(self._root[one], self._root[other])
        if against:
            names = " and ".join(sorted(self._first[native].label for native in against))
            reason = f"{decision.reason} Another decision keeps {names} apart."
            self._queue.append(Link(one, other, "decision", reason, decision.decided_by))
            return
        self._unite(one, other)
        self._links.append(Link(one, other, "decision", decision.reason, decision.decided_by))

    def take(self, source: str) -> None:
        """Compare the groups with a record of a source with what was formed from earlier ones."""
        by_id = self._edges(source, _BASES[:1])
        self._link_one_to_one(source, by_id, {})
        self._link_one_to_one(source, self._edges(source, _BASES[1:]), by_id)
        self._queue_rest(source)

    def resolution(self) -> Resolution:
        """Name each actor after its record from the earliest source."""
        lead = {root: self._lead(root) for root in self._members}
        actor_of = {native: lead[root] for native, root in self._root.items()}
        return Resolution(actor_of, tuple(self._links), tuple(self._queue))

    def _edges(self, source: str, bases: Sequence[str]) -> _Edges:
        """What the source's records match among the groups of earlier sources."""
        rank = self._rank[source]
        edges: _Edges = defaultdict(dict)
        for basis in bases:
            holders: dict[str, set[str]] = defaultdict(set)
            for record in self._records:
                if self._rank[record.source] < rank:
                    for key in _answers_to(record, basis):
                        holders[key].add(self._root[record.native])
            for record in self._records:
                if record.source != source:
                    continue
                mine = self._root[record.native]
                for key, words in _evidence(record, basis).items():
                    for root in holders.get(key, set()) - {mine}:
                        if not self._kept_apart(mine, root):
                            edges[mine].setdefault(root, _Match(record.native, basis, words))
        return edges

    def _link_one_to_one(self, source: str, edges: _Edges, stronger: _Edges) -> None:
        """Link what matches each other and nothing else, and no other group by stronger evidence.

        Where an ATT&CK id leads to several groups, the name may choose among them and no further.
        """
        claimants: dict[str, set[str]] = defaultdict(set)
        for mine, found in edges.items():
            for root in found:
                claimants[root].add(mine)
        for mine in self._free(source, edges):
            if len(edges[mine]) != 1:
                continue
            (root, match), *_ = edges[mine].items()
            elsewhere = mine in stronger and root not in stronger[mine]
            if elsewhere or claimants[root] != {mine} or self._share_a_source(mine, root):
                continue
            lead = self._lead(root)
            self._links.append(Link(lead, match.native, match.basis, match.reason, BY_RULE))
            self._unite(lead, match.native)

    def _queue_rest(self, source: str) -> None:
        edges = self._edges(source, _BASES)
        for mine in self._free(source, edges):
            for root, match in sorted(edges[mine].items()):
                why = self._why_not(match, mine, root, len(edges[mine]))
                self._queue.append(
                    Link(
                        self._lead(root),
                        match.native,
                        match.basis,
                        f"{match.reason} {why}",
                        BY_RULE,
                    )
                )

    def _why_not(self, match: _Match, mine: str, root: str, candidates: int) -> str:
        if candidates > 1:
            label = self._first[match.native].label
            return f"{label} matches {candidates} actors, so a person decides."
        if self._share_a_source(mine, root):
            return "That actor already has a record of the same source."
        return f"Several records match {self._first[self._lead(root)].label}."

    def _free(self, source: str, edges: _Edges) -> list[str]:
        """Those of the groups that hold no record of an earlier source yet."""
        rank = self._rank[source]
        return [
            mine
            for mine in edges
            if all(self._rank[held] >= rank for held in self._sources_of(mine))
        ]

    def _sources_of(self, root: str) -> set[str]:
        return {source for native in self._members[root] for source in self._sources[native]}

    def _share_a_source(self, one: str, other: str) -> bool:
        return not self._sources_of(one).isdisjoint(self._sources_of(other))

    def _lead(self, root: str) -> str:
        return min(self._members[root], key=lambda n: (self._rank[self._first[n].source], n))

    def _kept_apart(self, one: str, other: str) -> frozenset[str]:
        """The pair a decision keeps apart, one of each group; empty where there is none."""
        if not self._apart:
            return frozenset()
        pairs = {frozenset((a, b)) for a in self._members[one] for b in self._members[other]}
        return min(pairs & self._apart, key=sorted, default=frozenset())

    def _unite(self, one: str, other: str) -> None:
        keep, gone = self._root[one], self._root[other]
        if keep != gone:
            self._members[keep] |= self._members.pop(gone)
            self._root.update(dict.fromkeys(self._members[keep], keep))


def _evidence(record: ActorRecord, basis: str) -> Mapping[str, str]:
    """What the record can be matched by: key → words for the reason."""
    if basis == "attack-id":
        return {attack_id: attack_id for attack_id in sorted(record.attack_ids)}
    return record.names


def _answers_to(record: ActorRecord, basis: str) -> Iterable[str]:
    """What leads to the record: an ATT&CK id leads only to ATT&CK's own record of the group."""
    if basis == "attack-id":
        return (record.own_id,) if record.own_id else ()
    return record.names
