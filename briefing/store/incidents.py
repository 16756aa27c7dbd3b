"""The list of incidents, everything said about one of them, and the claims of leak sites."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from briefing.core.actor import Coded, Counted, Said
from briefing.core.changes import Predicate
from briefing.core.errors import NotFoundError
from briefing.core.estimates import parse_confidence
from briefing.core.incident import ClaimRow, Incident, IncidentRow, InitiatorRow, TargetRow
from briefing.store.actors import (
    Stated,
    basis,
    by_predicate,
    documents_about,
    source_entries,
)
from briefing.store.incident_models import LEAK_SITE
from briefing.store.labels import Labels, read_labels

Finder = Callable[[Predicate], list[Stated]]

_ABOUT = "s.subject = ?"
_OF_CLAIMS = "s.id IN (SELECT statement FROM claim WHERE kind = ?)"
_STATED = (
    "SELECT s.id, s.key, s.subject, s.predicate, s.object, s.value, s.detail, s.first_seen,"
    " s.confidence, s.tlp, r.source FROM statement s JOIN record r ON r.id = s.record"
    " WHERE {} AND s.to_snapshot IS NULL ORDER BY s.id"
)
_CITED = (
    "SELECT c.statement, c.document FROM citation c JOIN statement s ON s.id = c.statement"
    " WHERE {} AND s.to_snapshot IS NULL ORDER BY c.statement, c.place"
)
_ORDER = {"sector": 0, "scope": 1, "country": 2, "place": 3}


def list_incidents(connection: sqlite3.Connection) -> tuple[IncidentRow, ...]:
    """Every incident: the newest beginning first, undated ones last, then by name."""
    rows = connection.execute(
        "SELECT * FROM incident ORDER BY started DESC, name COLLATE NOCASE, id"
    )
    return tuple(_row(row) for row in rows)


def list_leak_site_claims(connection: sqlite3.Connection) -> tuple[ClaimRow, ...]:
    """What criminals claim on leak sites, the newest first, undated ones last.

    ``about`` is the victim as the leak site writes it: a statement of a criminal, not a fact.
    """
    victims = dict(
        connection.execute(
            "SELECT subject, min(value) FROM statement WHERE predicate = 'named' AND to_snapshot"
            " IS NULL AND subject IN (SELECT incident FROM claim WHERE kind = ?) GROUP BY subject",
            (LEAK_SITE,),
        ).fetchall()
    )
    rows = connection.execute(
        "SELECT c.*, a.name AS actor_name FROM claim c LEFT JOIN actor a ON a.id = c.actor"
        " WHERE c.kind = ? ORDER BY c.dated DESC, c.by, c.incident, c.id",
        (LEAK_SITE,),
    ).fetchall()
    stated = _stated(connection, _OF_CLAIMS, LEAK_SITE)
    labels = read_labels(connection)
    return tuple(
        _claim(row, stated[row["statement"]], victims.get(row["incident"], ""), labels)
        for row in rows
    )


def open_incident(connection: sqlite3.Connection, incident: str) -> Incident:
    """Everything known about an incident.

    Args:
        connection: A reader.
        incident: The incident's native id.

    Raises:
        NotFoundError: when there is no such incident.
    """
    found = connection.execute("SELECT * FROM incident WHERE id = ?", (incident,)).fetchone()
    if found is None:
        raise NotFoundError(f"There is no incident {incident} in this database.")
    row = _row(found)
    labels = read_labels(connection)
    stated = _stated(connection, _ABOUT, incident)
    # Tables of one source say the same twice; it is shown once.
    statements = list({s.key: s for s in reversed(stated.values())}.values())[::-1]
    find = by_predicate(statements)
    described = _by_object(find(Predicate.DESCRIBED_AS))
    cited = find(Predicate.MENTIONED_IN)
    counts = Counter(key for s in statements for key in s.rests_on)
    return Incident(
        row=row,
        names=_said(find(Predicate.NAMED)),
        periods=_said(s for s in find(Predicate.HAPPENED) if s.object == "incident"),
        descriptions=_said(described["description"]),
        types=_said(described["incident-type"]),
        motives=_motives(find(Predicate.MOTIVATED_BY), labels),
        targets=_targets(find, labels),
        initiators=_initiators(find(Predicate.OF_KIND), labels),
        claims=tuple(_claims(connection, row, stated, labels)),
        sources=tuple(source_entries(connection, dict(counts)).values()),
        documents=documents_about(connection, [s.object for s in cited]),
        attribution_documents=tuple(
            dict.fromkeys(s.object for s in cited if s.detail.get("about") == "attribution")
        ),
    )


def _row(row: sqlite3.Row) -> IncidentRow:
    return IncidentRow(
        id=row["id"],
        name=row["name"],
        started=row["started"],
        ended=row["ended"],
        sectors=_codes(row["sectors"]),
        countries=_codes(row["countries"]),
        source=row["source"],
        claims=row["claims"],
    )


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()


def _stated(connection: sqlite3.Connection, which: str, value: str) -> dict[int, Stated]:
    """Row → statement, for the current statements that ``which`` (ours) selects."""
    documents: defaultdict[int, list[str]] = defaultdict(list)
    for statement, document in connection.execute(_CITED.format(which), (value,)):
        documents[statement].append(document)
    found: dict[int, Stated] = {}
    for row in connection.execute(_STATED.format(which), (value,)):
        found[row["id"]] = Stated(
            key=row["key"],
            subject=row["subject"],
            predicate=row["predicate"],
            object=row["object"],
            value=row["value"],
            detail=orjson.loads(row["detail"]) if row["detail"] else {},
            first_seen=row["first_seen"],
            confidence=row["confidence"],
            tlp=row["tlp"],
            source=row["source"],
            documents=tuple(documents.get(row["id"], ())),
        )
    return found


def _by_object(statements: Iterable[Stated]) -> defaultdict[str, list[Stated]]:
    found: defaultdict[str, list[Stated]] = defaultdict(list)
    for statement in statements:
        found[statement.object].append(statement)
    return found


def _said(statements: Iterable[Stated]) -> tuple[Said, ...]:
    """Each text once, with every statement that says it."""
    found: dict[str, list[Stated]] = defaultdict(list)
    for statement in statements:
        found[statement.value].append(statement)
    return tuple(Said(text, basis(said)) for text, said in found.items())


def _motives(statements: Iterable[Stated], labels: Labels) -> tuple[Counted, ...]:
    rows = [
        Counted(code, labels.label("motive", code), len({s.source for s in said}), basis(said))
        for code, said in _by_object(statements).items()
        if code
    ]
    return tuple(sorted(rows, key=lambda row: row.label.casefold()))


def _targets(find: Finder, labels: Labels) -> tuple[TargetRow, ...]:
    """A row for each statement: where sources disagree, both stand."""
    scopes = {label.code for label in labels.all("scope")}
    rows = []
    for statement in find(Predicate.TARGETS_SECTOR):
        kind = "scope" if statement.object in scopes else "sector"
        rows.append(_target(statement, kind, labels.label(kind, statement.object), labels))
    for statement in find(Predicate.TARGETS_COUNTRY):
        kind = "country" if len(statement.object) in (0, 2) else "place"
        rows.append(_target(statement, kind, labels.target(statement.object), labels))
    return tuple(sorted(rows, key=lambda t: (_ORDER[t.kind], t.target.label.casefold(), t.value)))


def _target(statement: Stated, kind: str, label: str, labels: Labels) -> TargetRow:
    return TargetRow(
        kind=kind,
        target=Coded(statement.object, label if statement.object else statement.value),
        value=statement.value,
        within=tuple(
            Coded(code, labels.target(code)) for code in _texts(statement.detail, "countries")
        ),
        victims=_texts(statement.detail, "names"),
        basis=basis([statement]),
    )


def _initiators(statements: Iterable[Stated], labels: Labels) -> tuple[InitiatorRow, ...]:
    return tuple(
        InitiatorRow(
            labels.coded("kind", s.object), s.value, _text(s.detail, "initiator"), basis([s])
        )
        for s in statements
    )


def _claims(
    connection: sqlite3.Connection,
    incident: IncidentRow,
    stated: Mapping[int, Stated],
    labels: Labels,
) -> Iterator[ClaimRow]:
    for row in connection.execute(
        "SELECT c.*, a.name AS actor_name FROM claim c LEFT JOIN actor a ON a.id = c.actor"
        " WHERE c.incident = ? ORDER BY c.dated = '', c.dated, c.by, c.value, c.id",
        (incident.id,),
    ):
        yield _claim(row, stated[row["statement"]], incident.name, labels)


def _claim(row: sqlite3.Row, statement: Stated, about: str, labels: Labels) -> ClaimRow:
    detail = statement.detail
    return ClaimRow(
        incident=row["incident"],
        about=about,
        kind=row["kind"],
        by=row["by"],
        by_country=_place(detail, "by_country", _text(detail, "by_country"), labels),
        claimant=_text(detail, "claimant"),
        actor=Coded(row["actor"], row["actor_name"] or ""),
        country=_place(detail, "country", row["country"] or _text(detail, "country"), labels),
        state=len(statement.object) == 2,
        body=row["body"],
        value=row["value"],
        category=_text(detail, "category"),
        initiator=labels.coded("kind", _text(detail, "kind")),
        grounds=row["basis"],
        channel=_text(detail, "type"),
        date=row["dated"],
        confidence=parse_confidence(row["confidence"]),
        basis=basis([statement]),
    )


def _place(detail: Mapping[str, Any], key: str, code: str, labels: Labels) -> Coded:
    """A place by its code; one without a code as written."""
    return Coded(code, labels.target(code) if code else _text(detail, f"{key}_as_written"))


def _text(detail: Mapping[str, Any], key: str) -> str:
    found = detail.get(key)
    return found if isinstance(found, str) else ""


def _texts(detail: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = detail.get(key)
    return tuple(item for item in found if isinstance(item, str)) if isinstance(found, list) else ()
