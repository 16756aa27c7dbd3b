"""How single statements are marked and what they rest on, by their keys."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import orjson

from briefing.core.actor import Basis
from briefing.core.tlp import Tlp, highest, parse_tlp
from briefing.store.actors import json_list

_STATED: Final = (
    "SELECT s.id, s.key, s.tlp, o.tlp, o.id, o.kind FROM statement s"
    " JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source"
    " WHERE s.key IN (SELECT value FROM json_each(?)) AND s.to_snapshot IS NULL ORDER BY s.id"
)
_CITED: Final = (
    "SELECT c.statement, c.document FROM citation c JOIN statement s ON s.id = c.statement"
    " WHERE s.key IN (SELECT value FROM json_each(?)) AND s.to_snapshot IS NULL"
    " ORDER BY c.statement, c.place"
)
_ABOUT: Final = (
    "SELECT s.subject, s.key, s.tlp, r.source, c.document FROM statement s"
    " JOIN record r ON r.id = s.record LEFT JOIN citation c ON c.statement = s.id AND c.place = 0"
    " WHERE s.subject IN (SELECT value FROM json_each(?1)) AND s.to_snapshot IS NULL"
    " AND s.predicate IN (SELECT value FROM json_each(?2)) ORDER BY s.subject, s.id"
)


@dataclass(frozen=True, slots=True)
class StatementBasis:
    """One current statement.

    Attributes:
        marked: Its own level.
        of_source: The level of its source.
        source: Id of the source that makes it.
        rests_on: Keys of sources: the source itself, or the documents that a text of ours cites.
            A text of ours is no source, so where it cites none there is nothing.
    """

    marked: Tlp
    of_source: Tlp
    source: str
    rests_on: tuple[str, ...]

    @property
    def level(self) -> Tlp:
        """The higher of the two."""
        return max(self.marked, self.of_source)


def read_bases(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, StatementBasis]:
    """Key → the statement's level and basis; a key that no visible statement bears is not there.

    Args:
        connection: A reader; below a ceiling it knows what that audience may see.
        keys: Keys of statements, as ``Basis.statements`` holds them.
    """
    wanted = (orjson.dumps(sorted(set(keys))).decode(),)
    cited: defaultdict[int, list[str]] = defaultdict(list)
    for statement, document in connection.execute(_CITED, wanted):
        cited[statement].append(document)
    found: dict[int, StatementBasis] = {}
    for row, key, tlp, of_source, source, kind in connection.execute(_STATED, wanted):
        behind = tuple(cited[row]) if kind == "own-text" else (source,)
        one = StatementBasis(parse_tlp(tlp), parse_tlp(of_source), source, behind)
        other = found.get(key)
        # Tables of one source may say the same twice: the higher marking holds.
        found[key] = one if other is None or one.level > other.level else other
    return found


def bases_about(
    connection: sqlite3.Connection, subjects: Iterable[str], predicates: Iterable[str]
) -> dict[str, Basis]:
    """Subject → what some predicates about it rest on; the document where there is one.

    Args:
        connection: A reader.
        subjects: Ids of advisories or vulnerabilities.
        predicates: Which statements about them count.
    """
    said: defaultdict[str, dict[int, Tlp]] = defaultdict(dict)
    sources: defaultdict[str, dict[str, None]] = defaultdict(dict)
    asked = (json_list(subjects), json_list(predicates))
    for subject, key, tlp, source, document in connection.execute(_ABOUT, asked):
        said[subject][key] = parse_tlp(tlp)
        sources[subject][document or source] = None
    return {
        subject: Basis(tuple(sources[subject]), tuple(keys), highest(keys.values()))
        for subject, keys in said.items()
    }
