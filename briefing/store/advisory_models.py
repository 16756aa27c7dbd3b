"""Read models of what feeds report: advisories, vulnerabilities, what names whom, full text.

Statements of a record that was replaced stay with its former row where they still hold, so all that
is read here starts at the subject of a statement and never at the row of a record. Each statement
is read once: advisories come by the ten thousand, and their lists are made again at every import.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefing.core.mentions import ids_in
from briefing.store.mention_models import Found, fill_mentions, plain
from briefing.store.report_search import fill_report_search
from briefing.store.vulnerability_models import Vulnerabilities


@dataclass(slots=True)
class _Advisory:
    """What is gathered about one advisory."""

    kind: str
    source: str
    record: int
    place: int
    title: str = ""
    issuer: str = ""
    published: str = ""
    updated: str = ""
    url: str = ""
    sectors: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    products: set[str] = field(default_factory=set)
    ranks: dict[str, int] = field(default_factory=dict)


def fill_reports(connection: sqlite3.Connection, order: Sequence[str]) -> None:
    """Make the rows of advisories, vulnerabilities, mentions and their search.

    Names, members of actors and everything of ATT&CK stand already.

    Args:
        connection: The writing connection, in a transaction; the tables are empty.
        order: Every source, in the order in which sources name things.
    """
    advisories = _heads(connection, order)
    found = Found()
    _gather(connection, order, advisories, found)
    _take_documents(connection, advisories)
    fill_mentions(connection, {native: entry.kind for native, entry in advisories.items()}, found)
    vulnerabilities = Vulnerabilities(connection, order)
    vulnerabilities.insert()
    _insert(connection, advisories, vulnerabilities)
    fill_report_search(connection)
    connection.execute("DROP TABLE temp.reported")


def _heads(connection: sqlite3.Connection, order: Sequence[str]) -> dict[str, _Advisory]:
    """One entry an advisory, of the first source in order; what a source has revoked is left out.

    Their ids stand in ``temp.reported`` besides, in the order in which they were taken.
    """
    rank = {source: place for place, source in enumerate(order)}
    # By name of the index: without statistics a scan of all contents is thought to be as good.
    rows = (
        plain(connection)
        .execute(
            "SELECT native_id, kind, source, id FROM record_row INDEXED BY record_kind"
            " WHERE kind IN ('advisory', 'report') AND to_snapshot IS NULL"
            " AND NOT (kind = 'report' AND native_id GLOB 'report--*'"
            " AND (SELECT json_extract(r.content, '$.revoked') FROM record r"
            " WHERE r.id = record_row.id) IS 1)"
        )
        .fetchall()
    )
    rows.sort(key=lambda row: row[3])
    found: dict[str, _Advisory] = {}
    for native, kind, source, record in rows:
        held = found.get(native)
        if held is None or rank[source] < held.place:
            found[native] = _Advisory(kind, source, record, rank[source])
    connection.execute("CREATE TEMP TABLE reported (native TEXT NOT NULL)")
    connection.executemany("INSERT INTO temp.reported VALUES (?)", ((native,) for native in found))
    return found


def _gather(
    connection: sqlite3.Connection,
    order: Sequence[str],
    advisories: dict[str, _Advisory],
    found: Found,
) -> None:
    """Sort every statement about an advisory into what it says."""
    rank = {source: place for place, source in enumerate(order)}
    sources = {
        row: rank[source]
        for row, source in connection.execute(
            "SELECT id, source FROM record WHERE kind IN ('advisory', 'report')"
        )
    }
    for subject, predicate, code, value, first_seen, record, statement, of_sector in _said(
        connection
    ):
        entry = advisories[subject]
        if predicate == "affects":
            entry.products.add(code)
        elif predicate == "deployed-in":
            (entry.sectors if of_sector else entry.countries).add(code)
        elif predicate == "happened":
            _date(entry, code, first_seen)
        elif predicate == "described-as":
            found.numbers += [(subject, number, statement) for number in ids_in(value)]
            if code == "tag":
                found.tags.append((subject, value, statement))
        else:
            _name(entry, predicate, value, sources.get(record, len(rank)))
            if predicate == "named":
                found.titles.append((subject, value, statement))
                found.numbers += [(subject, number, statement) for number in ids_in(value)]


def _said(
    connection: sqlite3.Connection,
) -> Iterable[tuple[str, str, str, str, str, int, int, int]]:
    """Subject, predicate, object, value of texts, date, rows, whether a deployment is a sector."""
    return plain(connection).execute(
        "SELECT s.subject, s.predicate, s.object,"
        " CASE WHEN s.predicate IN ('named', 'issued-by', 'described-as') THEN s.value END,"
        " s.first_seen, s.record, s.id,"
        " s.predicate = 'deployed-in' AND instr(s.detail, '\"sector\"') > 0"
        " FROM temp.reported r CROSS JOIN statement s ON s.subject = r.native"
        " AND s.predicate IN ('affects', 'deployed-in', 'described-as', 'happened', 'issued-by',"
        " 'named') AND s.to_snapshot IS NULL"
        " AND (s.object <> '' OR s.predicate IN ('named', 'issued-by'))"
        " AND (s.predicate <> 'described-as' OR s.object IN ('tag', 'summary'))"
    )


def _date(entry: _Advisory, what: str, day: str) -> None:
    if what == "published" and day:
        entry.published = min(entry.published or day, day)
    elif what == "updated":
        entry.updated = max(entry.updated, day)


def _name(entry: _Advisory, predicate: str, value: str, rank: int) -> None:
    """Title and issuer are those of the first source in order."""
    if rank < entry.ranks.get(predicate, rank + 1):
        entry.ranks[predicate] = rank
        if predicate == "named":
            entry.title = value
        else:
            entry.issuer = value


def _take_documents(connection: sqlite3.Connection, advisories: dict[str, _Advisory]) -> None:
    """The address of the advisory itself, and its date where nothing else gives one."""
    for subject, url, published in plain(connection).execute(
        "SELECT s.subject, d.url, d.published FROM temp.reported r CROSS JOIN statement s"
        " ON s.subject = r.native AND s.predicate = 'named' AND s.to_snapshot IS NULL"
        " JOIN citation c ON c.statement = s.id AND c.place = 0"
        " JOIN document d ON d.id = c.document"
    ):
        entry = advisories[subject]
        entry.url = entry.url or url
        entry.published = entry.published or published


def _insert(
    connection: sqlite3.Connection,
    advisories: dict[str, _Advisory],
    vulnerabilities: Vulnerabilities,
) -> None:
    connection.executemany(
        "INSERT INTO advisory (id, kind, title, issuer, source, published, updated, url, sectors,"
        " countries, products, cves, due, record) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            (
                *(native, entry.kind, entry.title, entry.issuer, entry.source, entry.published),
                *(entry.updated, entry.url, _joined(entry.sectors), _joined(entry.countries)),
                *(_joined(entry.products), len(vulnerabilities.of(native))),
                *(vulnerabilities.earliest_due(native), entry.record),
            )
            for native, entry in sorted(advisories.items())
        ),
    )


def _joined(codes: Iterable[str]) -> str:
    return ",".join(sorted(codes))
