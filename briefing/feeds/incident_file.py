"""Incidents that come with the program, worked through: the TOML files of ``data/incidents``.

One file holds one incident with its claims, its evidence, the competing hypotheses with their
matrix, and what was concluded. In it a row is known by a key of its own, and rows refer to each
other by these keys. The form is strict for the same reason as that of a profile: what a file gets
wrong is refused with its name, the entry in it, and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, cast

from briefing.core.case import Cited, Row
from briefing.core.case_checks import check_row
from briefing.core.case_stix import CLASSES, STIX_TYPES
from briefing.core.changes import ChangeSet, SourceInfo, stable_id
from briefing.core.row_fields import RowError, hints, read
from briefing.core.tlp import Tlp
from briefing.core.vocabulary import Vocabulary
from briefing.core.wording import counted
from briefing.feeds.case_rows import row_records
from briefing.feeds.eurepoc_terms import BASES, TYPES, by_words, short_term
from briefing.feeds.own_changes import whole_source
from briefing.feeds.own_documents import Documents
from briefing.feeds.own_table import TECHNIQUE, Table, read_table
from briefing.feeds.payload import Payload

SOURCE = "threat-briefing-incidents"
AUTHOR = "Threat Briefing"
"""Who recorded every row of these files, but for an opinion, which names its own author."""

NEEDED = {
    "incident": (
        *("slug", "name", "description", "types", "sectors", "countries"),
        *("recorded", "tlp", "documents"),
    ),
    "claim": (
        *("key", "text", "claimant", "by", "accused", "date", "status"),
        *("reliability", "credibility", "origin", "documents"),
    ),
    "evidence": (
        *("key", "text", "kind", "vertex", "level", "reliability", "credibility"),
        *("relevance", "origin", "documents"),
    ),
    "hypothesis": ("key", "text", "short", "supposes", "cells"),
    "assessment": (
        *("key", "hypothesis", "text", "likelihood", "confidence", "basis", "date"),
        *("gaps", "assumptions"),
    ),
    "opinion": ("key", "assessment", "author", "stance", "text", "date"),
}
"""Fields that an entry must have."""
_FOR_US = frozenset(
    ("id", "created", "modified", "author", "tlp", "place", "withdrawn", "source", "incident")
)
"""Fields of a row that nobody writes into an entry."""
_DATED = ("first_seen", "last_seen", "disclosed", "date", "observed")
_ROWS = ("claim", "evidence", "hypothesis", "assessment", "opinion")
_POINTS_AT = {
    ("evidence", "bears_on"): "claim",
    ("assessment", "hypothesis"): "hypothesis",
    ("assessment", "supersedes"): "assessment",
    ("opinion", "assessment"): "assessment",
    ("opinion", "hypothesis"): "hypothesis",
}
"""Entry and field that hold keys of other entries → what those are."""
_TERMS = {("claim", "type"): by_words(TYPES), ("claim", "basis"): by_words(BASES)}
"""Entry and field that hold a term of EuRepoC → the terms by what may be written."""

_SOFTWARE = re.compile(r"S\d{4}", re.ASCII)
_ACTOR = re.compile(
    r"(?:intrusion-set|threat-actor)--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII
)
_MARKED = re.compile(r"\s*:\s*")


def fields_of(kind: str) -> tuple[str, ...]:
    """Fields that an entry may have."""
    own = [f.name for f in fields(CLASSES[kind]) if f.name not in _FOR_US]
    return tuple(dict.fromkeys((*NEEDED[kind], *own)))


def row_id(kind: str, slug: str, *key: str) -> str:
    """STIX id of a row: a key of ``case_stix.CLASSES``, the incident's slug, the row's key."""
    return stable_id(STIX_TYPES[kind], SOURCE, slug, *((kind, *key) if key else ()))


def incident_changes(
    files: Iterable[Payload], source: SourceInfo, vocabulary: Vocabulary
) -> ChangeSet:
    """All files as one full change-set.

    Raises:
        OwnTextError: for the first rule that a file breaks.
    """
    listed = tuple(files)
    rows = (row for payload in listed for row in parse_incident(payload, vocabulary))
    records, documents = row_records(rows)
    return whole_source(
        source,
        counted(len(listed), "worked incident"),
        records,
        documents,
        read=(payload.data for payload in listed),
    )


def parse_incident(payload: Payload, vocabulary: Vocabulary) -> tuple[Row, ...]:
    """The rows of one file, the incident first, then in the order in which they are written.

    Raises:
        OwnTextError: for the first rule that the file breaks.
    """
    return tuple(_File(payload).rows(vocabulary))


class _File:
    """A file being read: its entries by kind and key, and the documents that they cite."""

    def __init__(self, payload: Payload) -> None:
        self._head = read_table(payload.data, payload.name).called("the incident")
        self._entries = {kind: self._keyed(kind) for kind in _ROWS}
        self._documents = Documents(self._head.called(""), "document", _checked_document)

    def rows(self, vocabulary: Vocabulary) -> Iterator[Row]:
        """Every row, each checked."""
        self._check_head(vocabulary)
        self._check_documents()
        yield self._row("incident", self._head, "", 0)
        for kind, entries in self._entries.items():
            for place, (key, entry) in enumerate(entries.items()):
                entry.check(NEEDED[kind], fields_of(kind))
                yield self._row(kind, entry, key, place)
        self._documents.refuse_unused()

    def _keyed(self, kind: str) -> dict[str, Table]:
        found: dict[str, Table] = {}
        for table in self._head.called("").tables(kind):
            key = table.slug("key")
            entry = table.called(f"[[{kind}]] “{key}”")
            if key in found:
                wrong = "this key is there twice."
                raise entry.error("", wrong, "Give each entry a key of its own.")
            found[key] = entry
        return found

    def _check_head(self, vocabulary: Vocabulary) -> None:
        head = self._head
        head.check(NEEDED["incident"], fields_of("incident"))
        slug = head.text("slug")
        if f"{head.slug('slug')}.toml" != head.file:
            wrong = f"“{slug[:80]}” is not the name of the file."
            raise head.error("slug", wrong, "Give both one name.")
        head.day("recorded")
        head.one_of("tlp", [level.code for level in Tlp])
        sectors = {**vocabulary.sectors, **vocabulary.scopes}
        countries = {**vocabulary.countries, **vocabulary.places}
        each: tuple[tuple[str, Callable[[str], object], str], ...] = (
            ("sectors", sectors.__contains__, "Use codes of data/vocabulary."),
            ("countries", countries.__contains__, "Use codes of data/vocabulary."),
            ("techniques", TECHNIQUE.fullmatch, "Write ATT&CK ids such as T1566.001."),
            ("software", _SOFTWARE.fullmatch, "Write ATT&CK ids such as S1068."),
        )
        for field, fits, remedy in each:
            head.many(field, fits, remedy, least=0, optional=True)
        self._documents.cite(head, "documents")

    def _check_documents(self) -> None:
        for key, table in self._documents.by_key.items():
            table.date("published", until=self._head.text("recorded"))
            repeats = table.text("repeats", optional=True)
            if repeats:
                self._documents.use(table, "repeats", (repeats,))
            if repeats == key:
                remedy = "Name the key of the document that it repeats."
                raise table.error("repeats", "it is no other document of this file.", remedy)

    def _row(self, kind: str, entry: Table, key: str, place: int) -> Row:
        made, slug = CLASSES[kind], self._head.text("slug")
        recorded = self._head.text("recorded")
        for field in _DATED:
            entry.date(field, until=recorded)
        moment = f"{recorded}T00:00:00.000Z"
        given: dict[str, Any] = {
            "id": row_id(kind, slug, *((key,) if key else ())),
            "created": moment,
            "modified": moment,
            "author": entry.text("author", optional=True) or AUTHOR,
            "tlp": next(level for level in Tlp if level.code == self._head.text("tlp")),
            "documents": self._cite(entry),
            "place": place,
        }
        if key:
            given["incident"] = row_id("incident", slug)
        types = hints(cast("type", made))
        try:
            for field in sorted(entry.values.keys() & types.keys() - given.keys()):
                given[field] = read(field, types[field], self._value(kind, entry, field))
            row = made(**given)
            check_row(row)
        except RowError as error:
            raise entry.error("", str(error)) from error
        return row

    def _value(self, kind: str, entry: Table, field: str) -> Any:
        """A field as the row has it: ids in place of keys, cells one by one, terms in full."""
        if (other := _POINTS_AT.get((kind, field))) is not None:
            if field == "bears_on":
                return [self._id(entry, field, other, key) for key in entry.listed(field)]
            key = entry.text(field, optional=True)
            return self._id(entry, field, other, key) if key else ""
        if field == "cells":
            return list(self._cells(entry))
        if (terms := _TERMS.get((kind, field))) is not None:
            return _term(entry, field, terms)
        if field in ("actor", "actors"):
            self._check_actors(entry, field)
        return entry.values[field]

    def _check_actors(self, entry: Table, field: str) -> None:
        named = entry.listed(field) if field == "actors" else [entry.text(field, optional=True)]
        for one in filter(None, named):
            if not _ACTOR.fullmatch(one):
                remedy = "Look it up with “briefing lookup NAME --json”."
                raise entry.error(field, f"“{one[:80]}” is no id of an actor’s record.", remedy)

    def _id(self, entry: Table, field: str, kind: str, key: str) -> str:
        if key not in self._entries[kind]:
            known = ", ".join(self._entries[kind])
            wrong = f"“{key[:80]}” is no key of a [[{kind}]]."
            raise entry.error(field, wrong, f"There are: {known}.")
        return row_id(kind, self._head.text("slug"), key)

    def _cells(self, entry: Table) -> Iterator[dict[str, str]]:
        cells = entry.values["cells"]
        if not isinstance(cells, dict):
            remedy = 'Write cells = { evidence = "C: why" }.'
            raise entry.error("cells", "it is no table.", remedy)
        for key, cell in cells.items():
            if not isinstance(cell, str):
                wrong = f"the cell of “{key[:80]}” is no text."
                raise entry.error("cells", wrong, "Write its mark.")
            mark, *why = _MARKED.split(cell, maxsplit=1)
            evidence = self._id(entry, "cells", "evidence", key)
            yield {"evidence": evidence, "mark": mark, "rationale": "".join(why)}

    def _cite(self, entry: Table) -> tuple[Cited, ...]:
        keys = self._documents.cite(entry, "documents", optional=True)
        return tuple(self._document(self._documents.by_key[key]) for key in keys)

    def _document(self, table: Table) -> Cited:
        repeats = table.text("repeats", optional=True)
        return Cited(
            url=table.text("url"),
            title=table.text("title"),
            publisher=table.text("publisher"),
            published=table.text("published", optional=True),
            repeats=self._documents.by_key[repeats].text("url") if repeats else "",
        )


def _checked_document(_key: str, table: Table) -> Table:
    table.check(("title", "publisher", "url"), [f.name for f in fields(Cited)])
    table.address("url")
    return table


def _term(entry: Table, field: str, known: Mapping[str, str]) -> str:
    written = entry.text(field, optional=True)
    if written and written not in known:
        terms = ", ".join(dict.fromkeys(map(short_term, known.values())))
        wrong = f"“{written[:80]}” is no term of EuRepoC."
        raise entry.error(field, wrong, f"The terms are: {terms}.")
    return known[written] if written else ""
