"""Which claims and evidence go back to one origin, by the words for it and by what they cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from briefing.core.case import Case, Cited, Claim, Evidence, origin_key

Sourced: TypeAlias = Claim | Evidence
"""A row that has an origin."""


def sourced(case: Case) -> tuple[Sourced, ...]:
    """Every row of a case that has an origin, the evidence first."""
    return (*case.evidence, *case.claims)


class Origins:
    """What the rows of a case go back to.

    Documents are followed to the one that they repeat, as often as one repeats another. Whichever
    row says that a document repeats another, it holds for every row that cites it.
    """

    def __init__(self, case: Case) -> None:
        """Read who repeats whom from every document that the case cites."""
        self._repeats = {
            address(cited.url): address(cited.repeats)
            for row in case.rows()
            for cited in row.documents
            if cited.url and cited.repeats
        }

    def roots(self, documents: Iterable[Cited]) -> frozenset[str]:
        """Addresses of the documents that these go back to; one without an address has none."""
        first = (address(cited.url or cited.repeats) for cited in documents)
        return frozenset(self._root(one) for one in first if one)

    def meet(self, one: Sourced, other: Sourced) -> bool:
        """Whether two rows have an origin in common, by its words or by anything they cite."""
        return _one_in_words(one, other) or not self.roots(one.documents).isdisjoint(
            self.roots(other.documents)
        )

    def are_one(self, one: Sourced, other: Sourced) -> bool:
        """Whether two rows have no origin but one.

        So they do where the words for it are the same, or where they cite different documents
        that all go back to the same. Two rows that read one document are not one for that: the
        document may tell of two things that were seen apart.
        """
        if _one_in_words(one, other):
            return True
        roots = self.roots(one.documents)
        return (
            bool(roots)
            and roots == self.roots(other.documents)
            and _addresses(one) != _addresses(other)
        )

    def count(self, rows: Iterable[Sourced]) -> int:
        """How many origins rows have."""
        return len(grouped(rows, self.are_one))

    def _root(self, document: str) -> str:
        passed: list[str] = []
        while document in self._repeats and document not in passed:
            passed.append(document)
            document = self._repeats[document]
        # Documents that repeat each other in a ring have one root, wherever the ring is entered.
        return min(passed[passed.index(document) :]) if document in passed else document


def grouped(
    rows: Iterable[Sourced], joined: Callable[[Sourced, Sourced], bool]
) -> list[list[Sourced]]:
    """Rows in groups: two are in one where a chain of joined rows leads from one to the other.

    Groups are in the order of their first row.
    """
    groups: list[list[Sourced]] = []
    for row in rows:
        touched = [group for group in groups if any(joined(row, one) for one in group)]
        if not touched:
            groups.append([row])
            continue
        first, *others = touched
        for other in others:
            first.extend(other)
            groups.remove(other)
        first.append(row)
    return groups


def address(url: str) -> str:
    """A web address without the differences that lead to no other document."""
    return url.partition("#")[0].rstrip("/")


def _addresses(row: Sourced) -> frozenset[str]:
    return frozenset(address(cited.url) for cited in row.documents)


def _one_in_words(one: Sourced, other: Sourced) -> bool:
    key = origin_key(one.origin)
    return bool(key) and key == origin_key(other.origin)
