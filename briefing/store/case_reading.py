"""What was recorded about one incident, with the claims that feeds hold about it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import orjson

from briefing.core.case import (
    Assessment,
    Case,
    Cited,
    Claim,
    Evidence,
    Hypothesis,
    Opinion,
    Row,
    Subject,
)
from briefing.core.case_stix import EXTENSION, from_stix, is_ours
from briefing.core.case_words import Claimant
from briefing.core.changes import stable_id
from briefing.core.estimates import parse_confidence
from briefing.core.moments import moment
from briefing.core.tlp import highest, parse_tlp
from briefing.store.actors import json_list
from briefing.store.row_versions import held_rows

R = TypeVar("R", bound=Row)

_FEED_INCIDENT = (
    "SELECT i.name, i.started, i.ended, i.sectors, i.countries, i.source,"
    " ifnull(o.title, '') AS title, o.tlp, ifnull(n.taken_at, '') AS taken_at FROM incident i"
    " LEFT JOIN source o ON o.id = i.source LEFT JOIN record r ON r.id = i.record"
    " LEFT JOIN snapshot n ON n.id = r.from_snapshot WHERE i.id = ?"
)
_LEVELS = "SELECT DISTINCT tlp FROM statement WHERE subject = ? AND to_snapshot IS NULL"
_FEED_CLAIMS = (
    "SELECT c.by, c.actor, c.value, c.basis, c.dated, c.confidence, s.id, s.key, s.tlp, s.detail,"
    " r.source, o.title, o.url, o.publisher, o.reliability, o.tlp AS source_tlp,"
    " ifnull(n.taken_at, '') AS taken_at FROM claim c JOIN statement s ON s.id = c.statement"
    " JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source"
    " LEFT JOIN snapshot n ON n.id = s.from_snapshot"
    " WHERE c.incident = ? AND c.kind = 'attribution' AND r.kind <> 'claim-row'"
    " ORDER BY c.dated = '', c.dated, c.by, c.value, c.id"
)
_CITED = (
    "SELECT c.statement, d.url, d.title, d.publisher, d.published FROM citation c"
    " JOIN document d ON d.id = c.document WHERE c.statement IN (SELECT value FROM json_each(?))"
    " ORDER BY c.statement, c.place"
)
_VERSIONS = (
    "SELECT source, content FROM record WHERE native_id = ? ORDER BY edition DESC, source, id DESC"
)
_FEED_SOURCES = (
    "SELECT DISTINCT r.source FROM statement s JOIN record r ON r.id = s.record"
    " WHERE s.subject = ? AND s.to_snapshot IS NULL AND r.kind <> 'claim-row'"
    " AND (SELECT instr(m.content, ?) FROM main.record m WHERE m.id = r.id) = 0 ORDER BY r.source"
)
# Of what is above the ceiling nothing is read but which incident it belongs to, to be counted.
_OF_INCIDENT = (
    "SELECT count(DISTINCT r.native_id) FROM main.record r JOIN main.statement s"
    " ON s.record = r.id WHERE r.native_id IN (SELECT value FROM json_each(?1))"
    " AND s.to_snapshot IS NULL AND s.object <> 'withdrawn'"
    " AND (s.subject = ?2 OR json_extract(nullif(s.detail, ''), '$.incident') = ?2)"
)


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case as an audience may see it.

    Attributes:
        case: What was recorded, and claims of feeds.
        own: Ids of the rows that were recorded; all others are what feeds say.
        withheld: How many rows are above the ceiling of the reader.
    """

    case: Case
    own: frozenset[str]
    withheld: int


def read_case(connection: sqlite3.Connection, incident: str) -> ReadCase:
    """Everything recorded about an incident that is there.

    What refers to rows that are not there loses the reference, or is left out where it is about
    nothing else: below a ceiling nothing tells of what is above it.
    """
    held = held_rows(connection)
    hidden = [row.id for row in held if not row.value]
    rows = [
        from_stix(row.value, row.source)
        for row in held
        if row.incident == incident and not row.withdrawn
    ]
    rows.sort(key=lambda row: (row.place, row.created, row.id))
    subject = next((row for row in rows if isinstance(row, Subject)), None)
    own = frozenset(row.id for row in rows)
    case = Case(
        incident=subject or _feed_incident(connection, incident),
        claims=(*_those(rows, Claim), *_feed_claims(connection, incident, own)),
        evidence=_those(rows, Evidence),
        hypotheses=_those(rows, Hypothesis),
        assessments=_those(rows, Assessment),
        opinions=_those(rows, Opinion),
    )
    return ReadCase(whole(case), own, _withheld(connection, incident, hidden))


def feed_sources(connection: sqlite3.Connection, incident: str) -> tuple[str, ...]:
    """Ids of the sources that tell of an incident otherwise than by rows."""
    return tuple(source for (source,) in connection.execute(_FEED_SOURCES, (incident, EXTENSION)))


def row_versions(connection: sqlite3.Connection, row: str) -> tuple[Row, ...]:
    """Every version of a row that the reader may see, the newest first, whoever holds it."""
    found: dict[str, Row] = {}
    for source, content in connection.execute(_VERSIONS, (row,)):
        value = orjson.loads(content)
        if value and is_ours(value):
            read = from_stix(value, source)
            found.setdefault(f"{read.modified} {read!r}", read)
    return tuple(found.values())


def whole(case: Case) -> Case:
    """A case in which nothing refers to rows that are not in it."""
    claims = {one.id for one in case.claims}
    evidence = {one.id for one in case.evidence}
    hypotheses = {one.id for one in case.hypotheses}
    assessments = {one.id for one in case.assessments if one.hypothesis in hypotheses}
    return replace(
        case,
        evidence=tuple(
            replace(one, bears_on=tuple(id_ for id_ in one.bears_on if id_ in claims))
            for one in case.evidence
        ),
        hypotheses=tuple(
            replace(one, cells=tuple(cell for cell in one.cells if cell.evidence in evidence))
            for one in case.hypotheses
        ),
        assessments=tuple(
            one if one.supersedes in assessments else replace(one, supersedes="")
            for one in case.assessments
            if one.id in assessments
        ),
        opinions=tuple(
            one if one.hypothesis in hypotheses else replace(one, hypothesis="")
            for one in case.opinions
            if one.assessment in assessments
        ),
    )


def _those(rows: Iterable[Row], made: type[R]) -> tuple[R, ...]:
    return tuple(row for row in rows if isinstance(row, made))


def _withheld(connection: sqlite3.Connection, incident: str, hidden: list[str]) -> int:
    if not hidden:
        return 0
    found = connection.execute(_OF_INCIDENT, (json_list(hidden), incident)).fetchone()
    return int(found[0])


def _feed_incident(connection: sqlite3.Connection, incident: str) -> Subject:
    """An incident of a feed in the form of a row: its name, dates and targets."""
    row = connection.execute(_FEED_INCIDENT, (incident,)).fetchone()
    levels = [tlp for (tlp,) in connection.execute(_LEVELS, (incident,))]
    recorded = moment(row["taken_at"])
    return Subject(
        id=incident,
        created=recorded,
        modified=recorded,
        author=row["title"] or row["source"],
        tlp=highest(map(parse_tlp, (row["tlp"], *levels))),
        source=row["source"],
        name=row["name"],
        first_seen=row["started"],
        last_seen=row["ended"],
        sectors=_codes(row["sectors"]),
        countries=_codes(row["countries"]),
    )


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()


def _feed_claims(
    connection: sqlite3.Connection, incident: str, own: frozenset[str]
) -> Iterator[Claim]:
    """Claims of feeds, by date, in the form of rows; one that was taken over is a row already."""
    rows = connection.execute(_FEED_CLAIMS, (incident,)).fetchall()
    cited: defaultdict[int, list[Cited]] = defaultdict(list)
    for statement, *document in connection.execute(
        _CITED, (json_list(str(row["id"]) for row in rows),)
    ):
        cited[statement].append(Cited(*document))
    for row in rows:
        claim = _feed_claim(incident, row, cited[row["id"]])
        if claim.id not in own:
            yield claim


def _feed_claim(incident: str, row: sqlite3.Row, cited: list[Cited]) -> Claim:
    detail = orjson.loads(row["detail"]) if row["detail"] else {}
    recorded = moment(row["taken_at"])
    feed = Cited(row["url"], row["title"], row["publisher"])
    return Claim(
        id=feed_claim_id(row["key"]),
        created=recorded,
        modified=recorded,
        author=row["title"],
        tlp=highest(map(parse_tlp, (row["tlp"], row["source_tlp"]))),
        documents=tuple(document for document in cited if document.title) or (feed,),
        source=row["source"],
        incident=incident,
        claimant=Claimant(_text(detail, "claimant")),
        by=row["by"],
        actor=row["actor"],
        accused=row["value"],
        date=row["dated"],
        type=_text(detail, "type"),
        basis=row["basis"],
        reliability=row["reliability"],
        # Whoever repeats what one party said has it from that party.
        origin=row["by"],
        confidence=parse_confidence(row["confidence"]),
    )


def feed_claim_id(statement: int) -> str:
    """Id of a feed's claim by the key of its statement: the same in every database."""
    return stable_id("note", "claim", str(statement))


def _text(detail: Mapping[str, Any], key: str) -> str:
    found = detail.get(key)
    return found if isinstance(found, str) else ""
