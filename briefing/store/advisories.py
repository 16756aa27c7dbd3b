"""Advisories as they are read: the list, one of them, and those that name something."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import orjson

from briefing.core.advisory import Advisory, AdvisoryRef, AdvisoryRow, LinkBasis
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp, highest, parse_tlp
from briefing.store.advisory_links import bearers, links_of, unclear_names
from briefing.store.advisory_statements import (
    advice,
    codes,
    deployments,
    sources,
    statements_about,
    texts,
    values,
)
from briefing.store.labels import Labels
from briefing.store.vulnerabilities import vulnerabilities_of

_ROW = (
    "SELECT a.id, a.kind, a.title, a.issuer, a.source, a.published, a.updated, a.url, a.sectors,"
    " a.countries, a.products, a.due, substr(hex(r.sha256), 1, 16) AS content_key,"
    " ifnull((SELECT json_extract(s.detail, '$.id') FROM statement s WHERE s.subject = a.id"
    " AND s.predicate = 'named' AND s.detail <> '' AND s.to_snapshot IS NULL LIMIT 1), '')"
    " AS number FROM advisory a JOIN record r ON r.id = a.record"
)


_WRITTEN = (
    "SELECT s.id, s.value, s.detail, s.tlp, o.tlp AS of_source FROM statement s"
    " JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source WHERE s.object = ?"
    " AND s.object <> '' AND s.predicate = 'affects' AND s.to_snapshot IS NULL"
)
_SCOPES = ("sector", "country")
_CONCERNED = (
    "SELECT s.subject, s.object, instr(s.detail, '\"sector\"') > 0"
    " FROM advisory a CROSS JOIN statement s ON s.subject = a.id AND s.predicate = 'concerns'"
    " AND s.object <> '' AND s.to_snapshot IS NULL ORDER BY s.id"
)


def list_advisories(connection: sqlite3.Connection) -> tuple[AdvisoryRow, ...]:
    """Every advisory and report, newest first; undated ones last."""
    named: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for advisory, kind, entity in connection.execute("SELECT advisory, kind, entity FROM mention"):
        named[advisory][kind].append(entity)
    about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for advisory, code, is_sector in connection.execute(_CONCERNED):
        about[advisory][_SCOPES[not is_sector]].append(code)
    rows = connection.execute(f"{_ROW} ORDER BY a.published DESC, a.updated DESC, a.id")
    return tuple(_row(row, named[row["id"]], about[row["id"]]) for row in rows)


def open_advisory(connection: sqlite3.Connection, labels: Labels, advisory: str) -> Advisory:
    """Everything an advisory says.

    Raises:
        NotFoundError: when there is no such advisory.
    """
    found = connection.execute(f"{_ROW} WHERE a.id = ?", (advisory,)).fetchone()
    if found is None:
        raise NotFoundError(f"There is no advisory {advisory} in this database.")
    said = statements_about(connection, advisory)
    concerned = deployments(said, labels, "concerns")
    vulnerabilities, catalogues = vulnerabilities_of(connection, advisory)
    mentions = connection.execute(
        "SELECT kind, entity, basis, words FROM mention WHERE advisory = ?", (advisory,)
    ).fetchall()
    named: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        named[mention["kind"]].append(mention["entity"])
    return Advisory(
        row=_row(found, named, {scope: codes(concerned, scope) for scope in _SCOPES}),
        tlp=highest(parse_tlp(s.tlp) for s in said),
        summary=texts(said, "summary"),
        audience=texts(said, "audience"),
        in_our_words=any(s.own and s.object == "summary" for s in said),
        issuers=values(said, "issued-by"),
        concerned=concerned,
        details=texts(said, "details"),
        advice=advice(connection, said),
        products=values(said, "affects"),
        deployments=deployments(said, labels),
        vulnerabilities=vulnerabilities,
        links=links_of(connection, mentions),
        unclear=unclear_names(connection, mentions),
        tags=texts(said, "tag"),
        references=texts(said, "reference"),
        sources=sources(connection, said, catalogues),
    )


def advisories_of(connection: sqlite3.Connection, entity: str) -> tuple[AdvisoryRef, ...]:
    """The advisories and reports that name something, newest first.

    Args:
        connection: A reader.
        entity: Id of an actor, technique, program or campaign, or a CVE id. Of an actor there are
            also those in whose title a name stands that other actors bear as well.
    """
    rows = connection.execute(
        "SELECT a.id, a.kind, a.title, a.issuer, a.published, m.basis, m.words, '' AS shared"
        " FROM mention m JOIN advisory a ON a.id = m.advisory WHERE m.entity = ?1"
        " UNION SELECT a.id, a.kind, a.title, a.issuer, a.published, m.basis, m.words, m.entity"
        " FROM name n JOIN mention m ON m.entity = n.norm AND m.kind = 'name'"
        " JOIN advisory a ON a.id = m.advisory WHERE n.entity = ?1 AND n.kind = 'actor'",
        (entity,),
    ).fetchall()
    # An advisory that names it plainly as well needs no doubtful entry.
    first = {row["id"]: row for row in sorted(rows, key=lambda row: row["shared"], reverse=True)}
    found = sorted(first.values(), key=lambda row: (row["published"], row["id"]), reverse=True)
    others = bearers(connection, {row["shared"] for row in found if row["shared"]}, ("actor",))
    return tuple(
        AdvisoryRef(
            *(row["id"], row["kind"], row["title"], row["issuer"], row["published"]),
            LinkBasis(row["basis"]),
            row["words"],
            tuple(other for other in others.get(row["shared"], ()) if other.code != entity),
        )
        for row in found
    )


def product_words(connection: sqlite3.Connection, codes: Iterable[str]) -> dict[str, str]:
    """Code of a product (``vendor:product``) and of its maker → as a source writes them."""
    return {code: words for code, (words, _) in product_wordings(connection, codes).items()}


def product_wordings(
    connection: sqlite3.Connection, codes: Iterable[str]
) -> dict[str, tuple[str, Tlp]]:
    """The same, each with the level of the words: those of the least guarded statement."""
    found: dict[str, tuple[str, Tlp]] = {}
    for code in codes:
        written = [
            (max(parse_tlp(row["tlp"]), parse_tlp(row["of_source"])), row["id"], row)
            for row in connection.execute(_WRITTEN, (code,))
        ]
        maker = code.partition(":")[0]
        if not written:
            plain = code.replace(":", " ").replace("_", " ")
            found[code] = plain, Tlp.CLEAR
            found.setdefault(maker, (maker.replace("_", " "), Tlp.CLEAR))
        else:
            level, _, row = min(written, key=lambda one: one[:2])
            found[code] = row["value"], level
            vendor = orjson.loads(row["detail"]).get("vendor") if row["detail"] else ""
            found.setdefault(maker, (str(vendor or maker), level))
    return found


def _row(
    row: sqlite3.Row, named: Mapping[str, Sequence[str]], about: Mapping[str, Sequence[str]]
) -> AdvisoryRow:
    return AdvisoryRow(
        id=row["id"],
        kind=row["kind"],
        number=str(row["number"]),
        title=row["title"] or str(row["number"]) or row["id"],
        issuer=row["issuer"],
        source=row["source"],
        published=row["published"],
        updated=row["updated"],
        url=row["url"],
        sectors=_codes(row["sectors"]),
        countries=_codes(row["countries"]),
        products=_codes(row["products"]),
        cves=tuple(named["vulnerability"]),
        due=row["due"],
        actors=tuple(named["actor"]),
        software=len(named["software"]),
        techniques=len(named["technique"]),
        content_key=row["content_key"],
        about_sectors=tuple(about["sector"]),
        about_countries=tuple(about["country"]),
    )


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()
