"""The list of incidents with what was recorded about each, and finding one by id, slug or name."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rapidfuzz import fuzz, process

from briefing.core.case import Subject
from briefing.core.case_page import CaseRow
from briefing.core.case_stix import from_stix
from briefing.core.errors import NotFoundError
from briefing.core.names import normalised
from briefing.core.tlp import Tlp, highest, parse_tlp
from briefing.store.row_versions import HeldRow, held_rows

# Below a ceiling a read model may blank what a list needs, so what was claimed is read from the
# statements behind it.
_CLAIMS = (
    "SELECT c.incident, ifnull(json_extract(nullif(s.detail, ''), '$.claimant'), '') AS claimant,"
    " c.basis, c.value FROM claim c JOIN statement s ON s.id = c.statement"
    " WHERE c.kind = 'attribution' ORDER BY c.incident, c.dated = '', c.dated, c.by, c.value, c.id"
)
_INCIDENTS = (
    "SELECT i.id, i.name, i.started, i.sectors, i.countries, i.source, o.title, o.tlp"
    " FROM incident i LEFT JOIN source o ON o.id = i.source"
)
_GUARDED = (
    "SELECT DISTINCT s.subject, s.tlp FROM statement s JOIN incident i ON i.id = s.subject"
    " WHERE s.tlp <> 'CLEAR' AND s.to_snapshot IS NULL"
)
_NEAR = 5


class _Claimed(NamedTuple):
    claimant: str
    basis: str
    accused: str


@dataclass(slots=True)
class _Work:
    """What was recorded about one incident."""

    subject: HeldRow | None = None
    kinds: Counter[str] = field(default_factory=Counter)
    levels: list[Tlp] = field(default_factory=list)


def list_cases(connection: sqlite3.Connection) -> tuple[CaseRow, ...]:
    """Every incident: the worked ones first, then the newest beginning, undated ones last.

    Args:
        connection: A reader; below a ceiling it gives what that audience may see.
    """
    work = _work(connection)
    claims: defaultdict[str, list[_Claimed]] = defaultdict(list)
    for incident, *claimed in connection.execute(_CLAIMS):
        claims[incident].append(_Claimed(*claimed))
    guarded: defaultdict[str, list[Tlp]] = defaultdict(list)
    for incident, tlp in connection.execute(_GUARDED):
        guarded[incident].append(parse_tlp(tlp))
    rows = [
        _row(row, claims.get(row[0], ()), work.get(row[0], _Work()), guarded.get(row[0], ()))
        for row in connection.execute(_INCIDENTS)
    ]
    # Sorted by each key apart: the newest first, and names in their order among the same day.
    rows.sort(key=lambda row: (row.name.casefold(), row.id))
    rows.sort(key=lambda row: row.started, reverse=True)
    rows.sort(key=lambda row: not row.is_worked)
    return tuple(rows)


def find_incident(connection: sqlite3.Connection, wanted: str) -> str:
    """Id of the incident that is meant by an id, a readable id or a name.

    Raises:
        NotFoundError: where none is, with the names that are near; or where several bear the name.
    """
    if connection.execute("SELECT 1 FROM incident WHERE id = ?", (wanted,)).fetchone():
        return wanted
    rows = list_cases(connection)
    key = normalised(wanted)
    for meant in (
        [row for row in rows if row.slug and row.slug == wanted.strip().casefold()],
        [row for row in rows if key and normalised(row.name) == key],
    ):
        if len(meant) > 1:
            raise NotFoundError(
                f"{len(meant)} incidents are called “{wanted}”.",
                near=tuple(row.slug or row.id for row in meant),
                remedy="Name one of them by its id.",
            )
        if meant:
            return meant[0].id
    raise NotFoundError(
        f"There is no incident “{wanted}” in this database.", near=_near(wanted, rows)
    )


def _near(wanted: str, rows: Iterable[CaseRow]) -> tuple[str, ...]:
    """Readable ids and names that resemble what was typed, best first."""
    names: dict[str, str] = {}
    for row in rows:
        for name in (row.slug, row.name):
            names.setdefault(normalised(name), name)
    best = process.extract(
        normalised(wanted), names.keys(), scorer=fuzz.WRatio, limit=_NEAR, score_cutoff=70
    )
    return tuple(names[key] for key, _score, _place in best if key)


def _work(connection: sqlite3.Connection) -> Mapping[str, _Work]:
    found: defaultdict[str, _Work] = defaultdict(_Work)
    for row in held_rows(connection):
        if row.withdrawn or not row.value:
            continue
        work = found[row.incident]
        work.kinds[row.kind] += 1
        work.levels.append(row.tlp)
        if row.kind == "incident":
            work.subject = row
    return found


def _row(
    row: sqlite3.Row, claims: Iterable[_Claimed], work: _Work, guarded: Iterable[Tlp]
) -> CaseRow:
    listed = list(claims)
    incident, name, started, sectors, countries, source, title, tlp = row
    made = CaseRow(
        id=incident,
        slug="",
        name=name,
        started=started,
        sectors=_codes(sectors),
        countries=_codes(countries),
        source=source,
        source_title=title or "",
        claims=len(listed),
        claimants=_each_once(claim.claimant for claim in listed),
        bases=_each_once(claim.basis for claim in listed if claim.basis),
        evidence=work.kinds["evidence"],
        hypotheses=work.kinds["hypothesis"],
        assessed=bool(work.kinds["assessment"]),
        accused=_each_once(claim.accused for claim in listed),
        tlp=highest((parse_tlp(tlp), *guarded, *work.levels)),
    )
    return made if work.subject is None else _by_row(made, work.subject)


def _by_row(made: CaseRow, held: HeldRow) -> CaseRow:
    """What the incident's own row says of it, where there is one."""
    subject = from_stix(held.value, held.source)
    assert isinstance(subject, Subject)  # noqa: S101 - its kind is that of an incident
    return replace(
        made,
        slug=subject.slug,
        name=subject.name,
        started=subject.first_seen or subject.disclosed,
        sectors=subject.sectors,
        countries=subject.countries,
    )


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def incident_ids(connection: sqlite3.Connection) -> frozenset[str]:
    """Ids of every incident, of feeds too."""
    return frozenset(native for (native,) in connection.execute("SELECT id FROM incident"))
