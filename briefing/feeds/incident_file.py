"""Incidents that come with the program, worked through: the TOML files of ``data/incidents``.

One file holds one incident with its claims, its evidence, the competing hypotheses with their
matrix, and what was concluded. In it a row is known by a key of its own, and rows refer to each
other by these keys. The form is strict for the same reason as that of a profile: what a file gets
wrong is refused with its name, the entry in it, and what to write instead.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import PurePath
from typing import Any, cast

from briefing.core.case import Cited, Row
from briefing.core.case_checks import check_row
from briefing.core.case_stix import CLASSES, STIX_TYPES
from briefing.core.changes import ChangeSet, SourceInfo, stable_id
from briefing.core.profile import parse_partial_date
from briefing.core.row_fields import RowError, hints, read
from briefing.core.tlp import Tlp
from briefing.core.vocabulary import Vocabulary
from briefing.core.wording import counted
from briefing.feeds.case_rows import row_records
from briefing.feeds.eurepoc_terms import BASES, TYPES, by_words, short_term
from briefing.feeds.incident_entry import Entry, IncidentFileError, fields_of
from briefing.feeds.payload import Payload

SOURCE = "threat-briefing-incidents"
AUTHOR = "Threat Briefing"
"""Who recorded every row of these files, but for an opinion, which names its own author."""

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

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?", re.ASCII)
_SOFTWARE = re.compile(r"S\d{4}", re.ASCII)
_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")
_ACTOR = re.compile(
    r"(?:intrusion-set|threat-actor)--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII
)
_MARKED = re.compile(r"\s*:\s*")


def row_id(kind: str, slug: str, *key: str) -> str:
    """STIX id of a row: a key of ``case_stix.CLASSES``, the incident's slug, the row's key."""
    return stable_id(STIX_TYPES[kind], SOURCE, slug, *((kind, *key) if key else ()))


def incident_changes(
    files: Iterable[Payload], source: SourceInfo, vocabulary: Vocabulary
) -> ChangeSet:
    """All files as one full change-set.

    Raises:
        IncidentFileError: for the first rule that a file breaks.
    """
    digest = hashlib.sha256()
    rows: list[Row] = []
    incidents = 0
    for payload in files:
        digest.update(payload.data)
        rows += parse_incident(payload, vocabulary)
        incidents += 1
    records, documents = row_records(rows)
    return ChangeSet(
        source=source,
        version=counted(incidents, "worked incident"),
        sha256=digest.hexdigest(),
        full=True,
        records=records,
        documents=documents,
    )


def parse_incident(payload: Payload, vocabulary: Vocabulary) -> tuple[Row, ...]:
    """The rows of one file, the incident first, then in the order in which they are written.

    Raises:
        IncidentFileError: for the first rule that the file breaks.
    """
    return tuple(_File(PurePath(payload.name).name, payload.data).rows(vocabulary))


class _File:
    """A file being read: its entries by kind and key, and which documents were cited."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        values = _values(name, data)
        documents = values.pop("document", {})
        listed = {kind: values.pop(kind, []) for kind in _ROWS}
        self._head = Entry(name, "incident", "the incident", values)
        self._entries = {kind: self._keyed(kind, listed[kind]) for kind in _ROWS}
        self._cited: set[str] = set()
        self._documents = self._all_documents(documents)

    def rows(self, vocabulary: Vocabulary) -> Iterator[Row]:
        """Every row, each checked."""
        self._check_head(vocabulary)
        yield self._row(self._head, "", 0)
        for entries in self._entries.values():
            for place, (key, entry) in enumerate(entries.items()):
                yield self._row(entry, key, place)
        for key, entry in self._documents.items():
            if key not in self._cited:
                raise entry.error("nothing cites this document.", "Cite it, or remove the table.")

    def _keyed(self, kind: str, tables: Any) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        listed = tables if isinstance(tables, list) else [tables]
        for number, values in enumerate(listed, start=1):
            entry = Entry(self._name, kind, f"[[{kind}]] {number}", values)
            if not isinstance(values, dict):
                raise entry.error("it is no table.", f"Write a table [[{kind}]] for each.")
            key = entry.text("key")
            if not _SLUG.fullmatch(key):
                remedy = "Give it one of small letters, figures and hyphens."
                raise entry.error(f"“{key[:80]}” is no key.", remedy)
            entry = Entry(self._name, kind, f"[[{kind}]] “{key}”", values)
            if key in found:
                raise entry.error("this key is there twice.", "Give each entry a key of its own.")
            found[key] = entry
        return found

    def _all_documents(self, tables: Any) -> dict[str, Entry]:
        if not isinstance(tables, dict) or not tables:
            remedy = "Write a table [document.<key>] for each."
            raise self._head.error("there are no documents.", remedy)
        found: dict[str, Entry] = {}
        for key, values in tables.items():
            entry = found[key] = Entry(self._name, "document", f"[document.{key}]", values)
            if not isinstance(values, dict):
                raise entry.error("it is no table.", "Write title, publisher, url and published.")
            entry.check([f.name for f in fields(Cited)])
            if not _ADDRESS.fullmatch(entry.text("url")):
                wrong = f"“{entry.text('url')[:80]}” is no https address."
                raise entry.error(wrong, "Give the document's own, with https.")
        for key, entry in found.items():
            repeats = entry.text("repeats")
            if repeats == key or (repeats and repeats not in found):
                raise entry.error(
                    f"“{repeats[:80]}” under “repeats” is no other document of this file.",
                    "Name the key of the document that it repeats.",
                )
            self._cited.add(repeats)
        return found

    def _check_head(self, vocabulary: Vocabulary) -> None:
        head = self._head
        head.check(fields_of(head.kind))
        if not _SLUG.fullmatch(head.text("slug")) or f"{head.text('slug')}.toml" != self._name:
            wrong = f"“{head.text('slug')[:80]}” is not the name of the file."
            raise head.error(wrong, "Give both one name.")
        if not _DAY.fullmatch(head.text("recorded")) or not _is_date(head.text("recorded")):
            raise head.error("“recorded” is no day.", "Write it as 2026-11-24.")
        if head.text("tlp") not in [level.code for level in Tlp]:
            known = ", ".join(level.code for level in Tlp)
            raise head.error(f"“{head.text('tlp')[:80]}” is no TLP label.", f"Use: {known}.")
        sectors = {**vocabulary.sectors, **vocabulary.scopes}
        countries = {**vocabulary.countries, **vocabulary.places}
        head.each("sectors", sectors.__contains__, "Use codes of data/vocabulary.")
        head.each("countries", countries.__contains__, "Use codes of data/vocabulary.")
        head.each("techniques", _TECHNIQUE.fullmatch, "Write ATT&CK ids such as T1566.001.")
        head.each("software", _SOFTWARE.fullmatch, "Write ATT&CK ids such as S1068.")
        if not head.listed("documents"):
            raise head.error("it cites nothing.", 'Write documents = ["…"].')
        for entry in self._documents.values():
            entry.check_dates(head.text("recorded"))

    def _row(self, entry: Entry, key: str, place: int) -> Row:
        made, slug = CLASSES[entry.kind], self._head.text("slug")
        if key:
            entry.check(fields_of(entry.kind))
        entry.check_dates(self._head.text("recorded"))
        moment = f"{self._head.text('recorded')}T00:00:00.000Z"
        given: dict[str, Any] = {
            "id": row_id(entry.kind, slug, *((key,) if key else ())),
            "created": moment,
            "modified": moment,
            "author": entry.text("author") or AUTHOR,
            "tlp": next(level for level in Tlp if level.code == self._head.text("tlp")),
            "documents": self._cite(entry),
            "place": place,
        }
        if key:
            given["incident"] = row_id("incident", slug)
        types = hints(cast("type", made))
        try:
            for field in sorted(entry.values.keys() & types.keys() - given.keys()):
                given[field] = read(field, types[field], self._value(entry, field))
            row = made(**given)
            check_row(row)
        except RowError as error:
            raise entry.error(str(error)) from error
        return row

    def _value(self, entry: Entry, field: str) -> Any:
        """A field as the row has it: ids in place of keys, cells one by one, terms in full."""
        if (kind := _POINTS_AT.get((entry.kind, field))) is not None:
            if field == "bears_on":
                return [self._id(entry, field, kind, key) for key in entry.listed(field)]
            key = entry.text(field)
            return self._id(entry, field, kind, key) if key else ""
        if field == "cells":
            return list(self._cells(entry))
        if (terms := _TERMS.get((entry.kind, field))) is not None:
            return _term(entry, field, terms)
        if field in ("actor", "actors"):
            named = entry.listed(field) if field == "actors" else [entry.text(field)]
            for one in filter(None, named):
                if not _ACTOR.fullmatch(one):
                    remedy = "Look it up with “briefing lookup NAME --json”."
                    raise entry.error(f"“{one[:80]}” is no id of an actor’s record.", remedy)
        return entry.values[field]

    def _id(self, entry: Entry, field: str, kind: str, key: str) -> str:
        if key not in self._entries[kind]:
            known = ", ".join(self._entries[kind])
            raise entry.error(
                f"“{key[:80]}” in “{field}” is no key of a [[{kind}]].", f"There are: {known}."
            )
        return row_id(kind, self._head.text("slug"), key)

    def _cells(self, entry: Entry) -> Iterator[dict[str, str]]:
        cells = entry.values["cells"]
        if not isinstance(cells, dict):
            raise entry.error("“cells” is no table.", 'Write cells = { evidence = "C: why" }.')
        for key, cell in cells.items():
            if not isinstance(cell, str):
                raise entry.error(f"the cell of “{key[:80]}” is no text.", "Write its mark.")
            mark, *why = _MARKED.split(cell, maxsplit=1)
            evidence = self._id(entry, "cells", "evidence", key)
            yield {"evidence": evidence, "mark": mark, "rationale": "".join(why)}

    def _cite(self, entry: Entry) -> tuple[Cited, ...]:
        keys = entry.listed("documents")
        for key in keys:
            if key not in self._documents:
                known = ", ".join(self._documents)
                raise entry.error(f"no document is called “{key[:80]}”.", f"There are: {known}.")
        self._cited.update(keys)
        return tuple(self._document(self._documents[key]) for key in keys)

    def _document(self, entry: Entry) -> Cited:
        repeats = entry.text("repeats")
        return Cited(
            url=entry.text("url"),
            title=entry.text("title"),
            publisher=entry.text("publisher"),
            published=entry.text("published"),
            repeats=self._documents[repeats].text("url") if repeats else "",
        )


def _values(name: str, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode())
    except ValueError as error:
        raise IncidentFileError(name, "the file", f"it is not TOML in UTF-8: {error}.") from error


def _term(entry: Entry, field: str, known: Mapping[str, str]) -> str:
    written = entry.text(field)
    if written and written not in known:
        terms = ", ".join(dict.fromkeys(map(short_term, known.values())))
        wrong = f"“{written[:80]}” under “{field}” is no term of EuRepoC."
        raise entry.error(wrong, f"The terms are: {terms}.")
    return known[written] if written else ""


def _is_date(text: str) -> bool:
    try:
        return parse_partial_date(text) == text
    except ValueError:
        return False
