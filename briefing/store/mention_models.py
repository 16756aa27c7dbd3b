"""The read model of mentions: which actors, programs and vulnerabilities an advisory names.

Six ways, the surest first: the source states it by an exact id; MITRE ATT&CK cites it for that; an
id of ATT&CK or a CVE stands in the title, a tag or the summary; a name stands in the title; a name
stands in a tag; we read it so. Names in running text are not looked for: there a short name is too
often another word.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import orjson

from briefing.core.advisory import LinkBasis
from briefing.core.mentions import KnownName, Named, NameMatcher
from briefing.core.names import normalised

_Text = tuple[str, str, int]
"""Advisory, text, row of its statement."""
_Mention = tuple[str, str, str, str, str, int]
"""Advisory, kind, entity, basis, words, row of the statement."""


@dataclass(slots=True)
class Found:
    """What may name something: titles, tags, and ids that stand in either or in a summary."""

    titles: list[_Text] = field(default_factory=list)
    tags: list[_Text] = field(default_factory=list)
    numbers: list[_Text] = field(default_factory=list)


def fill_mentions(connection: sqlite3.Connection, kinds: Mapping[str, str], found: Found) -> None:
    """Make one row for each thing that an advisory names, with the surest basis.

    Args:
        connection: The writing connection; names and members of actors stand already, and the ids
            of advisories in ``temp.reported``.
        kinds: Native id of every advisory → ``advisory`` or ``report``.
        found: What they say that may name something.
    """
    known = _Known(connection)
    stated = _stated(connection, known)
    for rows in (
        stated[LinkBasis.STATED],
        stated[LinkBasis.CITED],
        _by_numbers(known, found.numbers),
        _by_names(connection, kinds, found),
        stated[LinkBasis.READING],
    ):
        connection.executemany(
            "INSERT OR IGNORE INTO mention (advisory, kind, entity, basis, words, statement)"
            " VALUES (?,?,?,?,?,?)",
            sorted(rows, key=itemgetter(0)),
        )


def plain(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """A cursor whose rows are tuples: a hundred thousand of them are read."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor


class _Known:
    """Everything that can be named by an exact id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_native: dict[str, tuple[str, str]] = {}
        self._by_number: dict[str, tuple[str, str]] = {}
        for kind, query in (
            ("technique", "SELECT id, attack_id FROM technique WHERE revoked = 0"),
            ("software", "SELECT id, attack_id FROM software WHERE revoked = 0"),
            ("campaign", "SELECT id, '' FROM campaign WHERE revoked = 0"),
            ("actor", "SELECT id, attack_id FROM actor"),
        ):
            for native, number in connection.execute(query):
                self._by_native[native] = (kind, native)
                if number:
                    self._by_number[number] = (kind, native)
        for native, actor in connection.execute("SELECT native, actor FROM actor_member"):
            self._by_native[native] = ("actor", actor)
        # MISP writes one object under the prefixes of several galaxies; the UUID is the same.
        self._by_uuid = {
            native.partition("--")[2]: entity for native, entity in self._by_native.items()
        }

    def by_native(self, native: str) -> tuple[str, str] | None:
        """Kind and id of what a native id names; None where it is not held."""
        if native.startswith(("CVE-", "vulnerability--")):
            return "vulnerability", native
        return self._by_native.get(native) or self._by_uuid.get(native.partition("--")[2])

    def by_number(self, number: str) -> tuple[str, str] | None:
        """The same for a CVE id or an id of ATT&CK."""
        return ("vulnerability", number) if number[0] == "C" else self._by_number.get(number)


def _stated(
    connection: sqlite3.Connection, known: _Known
) -> Mapping[LinkBasis, Sequence[_Mention]]:
    """What statements link by an exact id, by what they say of the link."""
    found: defaultdict[LinkBasis, list[_Mention]] = defaultdict(list)
    for native, advisory, statement, detail in plain(connection).execute(
        "SELECT s.subject, s.object, s.id, s.detail FROM temp.reported r CROSS JOIN statement s"
        " ON s.object = r.native AND s.object <> '' AND s.predicate = 'mentioned-in'"
        " AND s.to_snapshot IS NULL"
    ):
        entity = known.by_native(native)
        if entity is not None:
            basis = _basis(detail)
            found[basis].append((advisory, *entity, basis.value, native, statement))
    return found


def _basis(detail: str) -> LinkBasis:
    """How a statement says that it links; most say nothing, and state it themselves."""
    said = orjson.loads(detail).get("basis", "") if '"basis"' in detail else ""
    return LinkBasis(said) if said in (LinkBasis.CITED, LinkBasis.READING) else LinkBasis.STATED


def _by_numbers(known: _Known, numbers: Iterable[_Text]) -> Iterator[_Mention]:
    for advisory, number, statement in numbers:
        entity = known.by_number(number)
        if entity is not None:
            yield (advisory, *entity, LinkBasis.ID.value, number, statement)


def _by_names(
    connection: sqlite3.Connection, kinds: Mapping[str, str], found: Found
) -> Iterator[_Mention]:
    matcher = NameMatcher(_known_names(connection))
    for advisory, title, statement in found.titles:
        named = matcher.in_title(title, of_report=kinds[advisory] == "report")
        yield from _mentions(advisory, named, LinkBasis.TITLE, statement)
    for advisory, tag, statement in found.tags:
        yield from _mentions(advisory, matcher.in_tag(tag), LinkBasis.TAG, statement)


def _mentions(
    advisory: str, found: Iterable[Named], basis: LinkBasis, statement: int
) -> Iterator[_Mention]:
    for named in found:
        yield advisory, named.kind, named.entity, basis.value, named.name, statement


def _known_names(connection: sqlite3.Connection) -> Iterator[KnownName]:
    # In the order of names: of several spellings the first is the one that is printed.
    for key, display, kind, entity, title, _ in connection.execute(
        "SELECT n.norm, n.display, n.kind, n.entity, a.name, n.id AS place FROM name n"
        " JOIN actor a ON a.id = n.entity WHERE n.kind = 'actor' UNION ALL"
        " SELECT n.norm, n.display, n.kind, n.entity, w.name, n.id FROM name n"
        " JOIN software w ON w.id = n.entity WHERE n.kind = 'software' AND w.revoked = 0"
        " ORDER BY place"
    ):
        yield KnownName(key, display, kind, entity, normalised(title) == key)
