"""Vulnerabilities as they are read: the list, one of them, those of an advisory."""

from __future__ import annotations

import re
import sqlite3

import orjson

from briefing.core.advisory import AdvisoryRef, LinkBasis, Vulnerability, VulnerabilityRow
from briefing.core.errors import NotFoundError
from briefing.core.tlp import highest, parse_tlp
from briefing.store.advisory_statements import sources, statements_about, texts, values

_CVE = re.compile(r"CVE-\d{0,4}(?:-\d{0,19})?", re.IGNORECASE | re.ASCII)


def list_vulnerabilities(connection: sqlite3.Connection) -> tuple[VulnerabilityRow, ...]:
    """Every vulnerability: those that CISA lists as exploited first, the latest of them first."""
    rows = connection.execute("SELECT * FROM vulnerability ORDER BY listed DESC, id DESC")
    return tuple(_row(row) for row in rows)


def open_vulnerability(connection: sqlite3.Connection, vulnerability: str) -> Vulnerability:
    """Everything known about a vulnerability.

    Raises:
        NotFoundError: when nothing here names it.
    """
    found = connection.execute(
        "SELECT * FROM vulnerability WHERE id = ?", (vulnerability,)
    ).fetchone()
    if found is None:
        raise NotFoundError(f"Nothing in this database names the vulnerability {vulnerability}.")
    said = [s for s in statements_about(connection, vulnerability) if s.kind == "vulnerability"]
    mentions = connection.execute(
        "SELECT a.id, a.kind, a.title, a.issuer, a.published, m.basis, m.words, s.tlp"
        " FROM mention m JOIN advisory a ON a.id = m.advisory JOIN statement s ON s.id ="
        " m.statement WHERE m.entity = ? AND m.kind = 'vulnerability'"
        " ORDER BY a.published DESC, a.id",
        (vulnerability,),
    ).fetchall()
    levels = [s.tlp for s in said] or [row["tlp"] for row in mentions]
    return Vulnerability(
        row=_row(found),
        tlp=highest(map(parse_tlp, levels)),
        summary=texts(said, "summary"),
        action=next((s.value for s in said if (s.predicate, s.object) == ("advised", "kev")), ""),
        products=values(said, "affects"),
        advisories=tuple(_ref(row) for row in mentions),
        sources=sources(connection, said),
    )


def vulnerabilities_of(
    connection: sqlite3.Connection, advisory: str
) -> tuple[tuple[VulnerabilityRow, ...], tuple[str, ...]]:
    """The vulnerabilities an advisory names, with the scores it gives; who lists them besides.

    Those with the earliest due date first, then by score.
    """
    rows = connection.execute(
        "SELECT v.*, s.detail FROM mention m JOIN vulnerability v ON v.id = m.entity"
        " JOIN statement s ON s.id = m.statement"
        " WHERE m.advisory = ? AND m.kind = 'vulnerability'",
        (advisory,),
    ).fetchall()
    found = [_row(row, row["detail"]) for row in rows]
    found.sort(key=lambda v: (not v.due, v.due, -(v.cvss or 0), v.id))
    catalogues = connection.execute(
        "SELECT DISTINCT r.source FROM mention m JOIN statement s ON s.subject = m.entity"
        " AND s.predicate IN ('happened', 'advised') AND s.to_snapshot IS NULL"
        " JOIN record r ON r.id = s.record AND r.kind = 'vulnerability'"
        " WHERE m.advisory = ? AND m.kind = 'vulnerability'",
        (advisory,),
    )
    return tuple(found), tuple(row[0] for row in catalogues)


def find_by_cve(
    connection: sqlite3.Connection, text: str, limit: int = 12
) -> tuple[VulnerabilityRow, ...]:
    """The vulnerability of this CVE id, or those whose id begins so, newest first."""
    code = text.strip().upper()
    if not _CVE.fullmatch(code):
        return ()
    rows = connection.execute(
        "SELECT * FROM vulnerability WHERE id >= ?1 AND id < ?1 || char(1114111)"
        " ORDER BY id = ?1 DESC, id DESC LIMIT ?2",
        (code, limit),
    )
    return tuple(_row(row) for row in rows)


def _row(row: sqlite3.Row, detail: str | None = None) -> VulnerabilityRow:
    """One row; ``detail`` is that of the statement whose score is wanted instead of the highest."""
    cvss, severity = row["cvss"], row["severity"]
    if detail is not None:
        said = orjson.loads(detail) if detail else {}
        score = said.get("cvss")
        cvss = float(score) if isinstance(score, int | float) else None
        severity = str(said.get("severity", ""))
    return VulnerabilityRow(
        id=row["id"],
        name=row["name"],
        vendor=row["vendor"],
        product=row["product"],
        listed=row["listed"],
        due=row["due"],
        ransomware=bool(row["ransomware"]),
        cvss=cvss,
        severity=severity,
        advisories=row["advisories"],
    )


def _ref(row: sqlite3.Row) -> AdvisoryRef:
    return AdvisoryRef(
        *(row["id"], row["kind"], row["title"], row["issuer"], row["published"]),
        LinkBasis(row["basis"]),
        row["words"],
    )
