"""What one advisory or vulnerability states, sorted into the parts of its page."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import orjson

from briefing.core.actor import Coded, SourceEntry
from briefing.core.advisory import IN_OUR_WORDS, AdviceRow, Deployment
from briefing.store.actors import json_list, source_entries
from briefing.store.labels import Labels


@dataclass(frozen=True, slots=True)
class Said:
    """One current statement about an advisory or a vulnerability.

    Attributes:
        own: Whether it is worded by this program.
    """

    predicate: str
    object: str
    value: str
    detail: dict[str, Any]
    tlp: str
    source: str
    kind: str
    document: str
    own: bool = False


def statements_about(connection: sqlite3.Connection, subject: str) -> list[Said]:
    """Everything said about a subject, in the order in which it was written."""
    rows = connection.execute(
        "SELECT s.predicate, s.object, s.value, s.detail, s.tlp, r.source, r.kind, c.document,"
        " o.kind = 'own-text' FROM statement s JOIN record r ON r.id = s.record"
        " JOIN source o ON o.id = r.source LEFT JOIN citation c"
        " ON c.statement = s.id AND c.place = 0 WHERE s.subject = ? AND s.to_snapshot IS NULL"
        " ORDER BY s.id",
        (subject,),
    )
    said = [
        Said(predicate, code, value, _read(detail), tlp, source, kind, document or "", bool(own))
        for predicate, code, value, detail, tlp, source, kind, document, own in rows
    ]
    return sorted(said, key=lambda s: _place(s.detail))


def texts(said: Iterable[Said], what: str) -> tuple[str, ...]:
    """Texts of a kind (``summary``, ``tag``), each once."""
    found = (s.value for s in said if s.predicate == "described-as" and s.object == what)
    return tuple(dict.fromkeys(found))


def values(said: Iterable[Said], predicate: str) -> tuple[str, ...]:
    """Values of a predicate as written, each once."""
    return tuple(dict.fromkeys(s.value for s in said if s.predicate == predicate and s.value))


def advice(connection: sqlite3.Connection, said: Iterable[Said]) -> tuple[AdviceRow, ...]:
    """What to do, in the order in which it is advised."""
    steps = [s for s in said if s.predicate == "advised"]
    titles = _action_titles(connection, {_text(s.detail, "action") for s in steps} - {""})
    return tuple(
        AdviceRow(
            s.value,
            IN_OUR_WORDS if s.own else _text(s.detail, "category"),
            _text(s.detail, "url"),
            titles.get(_text(s.detail, "action"), ""),
        )
        for s in steps
    )


def _action_titles(connection: sqlite3.Connection, actions: Iterable[str]) -> dict[str, str]:
    """Native id of a protective action → its title."""
    listed = json_list(actions)
    rows = connection.execute(
        "SELECT s.subject, s.value FROM statement s JOIN record r ON r.id = s.record"
        " AND r.kind = 'action' WHERE s.subject IN (SELECT value FROM json_each(?))"
        " AND s.predicate = 'advised' AND s.to_snapshot IS NULL",
        (listed,),
    )
    return dict(rows.fetchall())


def deployments(
    said: Iterable[Said], labels: Labels, predicate: str = "deployed-in"
) -> tuple[Deployment, ...]:
    """Sectors and countries, of use or concerned; what leads to no code stands as written."""
    found: dict[tuple[str, str], Deployment] = {}
    for s in said:
        if s.predicate == predicate:
            scope = _text(s.detail, "scope")
            place = Coded(s.object, _words(s, scope, labels))
            found.setdefault((scope, s.object or s.value), Deployment(scope, place))
    return tuple(found.values())


def codes(places: Iterable[Deployment], scope: str) -> tuple[str, ...]:
    """Codes of a scope (``sector``, ``country``); what leads to none is left out."""
    return tuple(d.place.code for d in places if d.scope == scope and d.place.code)


def sources(
    connection: sqlite3.Connection, said: Iterable[Said], others: Iterable[str] = ()
) -> tuple[SourceEntry, ...]:
    """The sources of statements, and some more; then the documents that the statements cite.

    A document of the source's own publisher is as reliable as that source.
    """
    listed = list(said)
    counts = Counter(s.source for s in listed)
    counts.update(dict.fromkeys(others, 0))
    counts.update(s.document for s in listed if s.document)
    entries = tuple(source_entries(connection, dict(counts)).values())
    grades = {entry.publisher: entry.grade for entry in entries if entry.catalogue}
    return tuple(
        entry if entry.catalogue else replace(entry, grade=grades.get(entry.publisher, entry.grade))
        for entry in entries
    )


def sector_words(labels: Labels, code: str) -> str:
    """The words of a sector, or of a scope that is none, such as "multiple sectors"."""
    words = labels.label("sector", code)
    return words if words != code else labels.label("scope", code)


def _words(said: Said, scope: str, labels: Labels) -> str:
    if not said.object:
        return said.value
    return sector_words(labels, said.object) if scope == "sector" else labels.target(said.object)


def _read(detail: str) -> dict[str, Any]:
    return dict(orjson.loads(detail)) if detail else {}


def _place(detail: dict[str, Any]) -> int:
    place = detail.get("place")
    return place if isinstance(place, int) else 0


def _text(detail: dict[str, Any], name: str) -> str:
    found = detail.get(name)
    return found if isinstance(found, str) else ""
