"""What feeds, an analyst and a client's desk would add to the bundle, before it is planted.

Everything here is a placeholder: every text is replaced by canaries afterwards.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from advisory_samples import advisory, exploited
from canary_mint import MARKED, PRIVATE, Mint, effective, on_its_day
from case_samples import (
    RECORDED,
    assessment,
    claim,
    evidence,
    hypothesis,
    opinion,
    subject,
)
from incident_samples import incident, says
from kept_cases import BUNDLED, HERE
from store_samples import changes, document, source

from briefing.core.case import Cited, Row, Subject
from briefing.core.case_stix import from_stix
from briefing.core.case_words import Claimant, Stance
from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    RecordDraft,
    StatementDraft,
    stable_id,
)
from briefing.core.tlp import Tlp
from briefing.feeds.case_rows import row_records
from briefing.store.apply import apply_changes
from briefing.store.connection import immediate

P = Predicate
TAKEN = "2025-10-08T06:00:00+00:00"
OF_CASES = ("threat-briefing-incidents", "local-analyst")
"""Sources of rows of cases."""
NUMBER = re.compile(r"\"([TMS]\d{4}(?:\.\d{3})?)\"")
"""A number of ATT&CK as JSON holds it."""
PER_FEED = 14
"""Actors of whom each feed speaks."""
_ROW_TEXTS = frozenset(
    (
        *("author", "name", "description", "victim", "text", "by", "accused", "channel"),
        *("basis", "stated_motive", "origin", "short", "gaps", "assumptions", "infrastructure"),
    )
)
_PRODUCTS = (("Microsoft", "Exchange Server"), ("Fortinet", "FortiOS"), ("Pumpworks", "Panel"))


def known_ids(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Native ids of what the bundle is about, the best documented first."""

    def first(query: str) -> list[str]:
        return [str(row[0]) for row in connection.execute(query)]

    return {
        "actors": first(
            "SELECT m.native FROM actor a JOIN actor_member m ON m.actor = a.id GROUP BY a.id"
            " ORDER BY a.own_profile DESC, a.documents DESC, a.id LIMIT 60"
        ),
        "techniques": first("SELECT id FROM technique WHERE NOT revoked ORDER BY groups DESC, id"),
        "software": first("SELECT id FROM software WHERE NOT revoked ORDER BY groups DESC, id"),
        "countries": first("SELECT code FROM label WHERE kind = 'country' ORDER BY code"),
        "sectors": first("SELECT code FROM label WHERE kind = 'sector' ORDER BY code"),
    }


def stated_by_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Numbers of ATT&CK that a row of a case gives itself, which are as guarded as the row."""
    found: dict[str, int] = {}
    for content, own, of in connection.execute(
        "SELECT r.content, s.tlp, o.tlp FROM record r JOIN statement s ON s.record = r.id"
        " JOIN source o ON o.id = r.source WHERE r.source IN (?, ?)",
        OF_CASES,
    ):
        level = effective(own, of)
        for number in NUMBER.findall(content):
            found[number] = min(level, found.get(number, PRIVATE))
    return found


def add_feeds(connection: sqlite3.Connection, path: Path, known: dict[str, list[str]]) -> None:
    """One feed of every marking: actors, incidents, advisories, exploited vulnerabilities.

    Args:
        connection: The writing connection.
        path: Its file.
        known: Native ids of the catalogue by kind of record.
    """
    for number, (letter, marking) in enumerate(MARKED.items()):
        _take(connection, path, _feed(number, letter, marking, known))


def add_cases(connection: sqlite3.Connection, path: Path, mint: Mint, rows: list[Row]) -> int:
    """Worked incidents and a case recorded here, planted row by row; returns how many rows."""
    added = 0
    for info, told in ((BUNDLED, rows), (HERE, _recorded())):
        records, documents = row_records([_planted(row, mint) for row in told])
        _take(connection, path, changes(*records, of=info, full=False, documents=documents))
        added += len(records)
    return added


def worked_rows(connection: sqlite3.Connection) -> list[Row]:
    """The rows of the bundled incidents, which are taken out for planted ones to come in."""
    found = [from_stix(content) for content in _contents(connection, "threat-briefing-incidents")]
    of_source = "SELECT id FROM record WHERE source = 'threat-briefing-incidents'"
    connection.execute(
        "DELETE FROM citation WHERE statement IN"  # noqa: S608 - our own words
        f" (SELECT id FROM statement WHERE record IN ({of_source}))"
    )
    connection.execute(f"DELETE FROM statement WHERE record IN ({of_source})")  # noqa: S608 - as above
    connection.execute("DELETE FROM record_row WHERE source = 'threat-briefing-incidents'")
    return found


def _contents(connection: sqlite3.Connection, name: str) -> Iterator[dict[str, Any]]:
    query = "SELECT native_id, kind, content FROM record WHERE source = ? AND to_snapshot IS NULL"
    for native, kind, content in connection.execute(query, (name,)).fetchall():
        yield RecordDraft(native, kind, content.encode()).value()


def _take(connection: sqlite3.Connection, path: Path, change_set: ChangeSet) -> None:
    with immediate(connection, path):
        apply_changes(connection, change_set, taken_at=TAKEN, applied_at=TAKEN)


def _feed(number: int, letter: str, marking: str, known: dict[str, list[str]]) -> ChangeSet:
    info = source(f"feed-{letter}", title="A feed", publisher="Its publisher", tlp=marking)
    actors = known["actors"][number % 2 :: 2][:PER_FEED]
    pages = [
        document(f"https://example.org/{letter}/{place}", title="A page", publisher="A publisher")
        for place in range(60)
    ]
    records = [
        *(_actor(place, native, pages[place], known) for place, native in enumerate(actors)),
        *(_raid(number * 20 + place, actors[place % len(actors)], pages) for place in range(12)),
    ]
    reports = [_report(letter, place, actors) for place in range(8)]
    pages += [page for _, page in reports]
    records += [record for record, _ in reports]
    records += [
        exploited(
            f"CVE-2025-{number + 1}{place:04d}", "A flaw", due="2025-11-20", listed="2025-10-01"
        )
        for place in range(4)
    ]
    return changes(*records, of=info, full=False, documents=pages)


def _actor(
    place: int, native: str, page: DocumentDraft, known: dict[str, list[str]]
) -> RecordDraft:
    said = [
        *(
            StatementDraft(native, P.NAMED, value=f"Name {n}", detail={"coined_by": "Somebody"})
            for n in "ab"
        ),
        StatementDraft(native, P.DESCRIBED_AS, "description", "It is at work. It goes on."),
        StatementDraft(native, P.TARGETS_COUNTRY, known["countries"][place], "A country"),
        StatementDraft(native, P.TARGETS_SECTOR, known["sectors"][place], "A sector"),
        StatementDraft(
            native,
            P.SPONSORED_BY,
            "IR",
            "Iran",
            {"by": "A court", "body": "A unit", "wording": "says so"},
        ),
        StatementDraft(
            native, P.LOCATED_IN, "IR", "Iran", {"by": "A vendor", "wording": "says so"}
        ),
        StatementDraft(native, P.MOTIVATED_BY, "espionage", "For knowledge"),
        StatementDraft(native, P.HAS_GOAL, "exfiltration", "To take things"),
        StatementDraft(native, P.HAPPENED, "", "It broke in somewhere", {}, "2025-06-14"),
        StatementDraft(native, P.ACTIVE_SINCE, "", "2019", {}, "2019"),
        *(
            StatementDraft(native, P.USES_TECHNIQUE, one, "uses")
            for one in known["techniques"][place::40][:6]
        ),
        *(
            StatementDraft(native, P.USES_SOFTWARE, one, "uses")
            for one in known["software"][place::40][:3]
        ),
        StatementDraft(native, P.MENTIONED_IN, page.id, page.url),
    ]
    cited = [replace(one, documents=(page.id,)) for one in said]
    return RecordDraft.of(native, native.partition("--")[0], {"value": "Name a"}, cited)


def _raid(number: int, by: str, pages: list[DocumentDraft]) -> RecordDraft:
    page = pages[40 + number % 20]
    said = [
        says(P.NAMED, value="A raid"),
        says(P.DESCRIBED_AS, "description", "Files were taken. Nobody paid."),
        says(P.HAPPENED, "incident", "2025-06-11", first_seen="2025-06-11"),
        says(P.TARGETS_COUNTRY, "US", "United States"),
        says(P.TARGETS_SECTOR, "healthcare", "Hospitals"),
        says(P.ATTRIBUTED_TO, by, "Somebody", detail={"by": "A vendor", "basis": "Its word"}),
        says(P.MENTIONED_IN, page.id, page.url),
    ]
    return incident(
        7000 + number, *(replace(one, documents=(page.id,)) for one in said), name="A raid"
    )


def _report(letter: str, place: int, actors: list[str]) -> tuple[RecordDraft, DocumentDraft]:
    native = stable_id(("advisory", "report")[place % 2], "canaries", letter, str(place))
    return advisory(
        native,
        "A warning",
        issuer="An agency",
        published=f"2025-09-{place + 1:02d}",
        updated="2025-09-20",
        url=f"https://example.org/{letter}/report-{place}",
        number="AG-1",
        summary="Doors stand open. Close them soon.",
        tags=("mail", "doors"),
        advice=(
            ("Close the doors.", {"category": "mitigation", "url": "https://example.org/fix"}),
        ),
        products=(_PRODUCTS[place % 3], ("Maker", "Thing")),
        used_in=(("sector", "healthcare", "Hospitals"), ("country", "US", "States")),
        names=((actors[place % len(actors)], {}), (f"CVE-2025-1000{place % 4}", {"cvss": 9.1})),
    )


def _recorded() -> list[Row]:
    """A case with something of every kind, as an analyst records it."""
    return [
        subject(description="Screens went dark. Nobody was hurt.", victim="A harbour"),
        *(
            claim(key, claimant=Claimant.MEDIA, channel="A paper", basis="Its word")
            for key in "abcdef"
        ),
        *(evidence(f"e{n}", bears_on=("abcdef"[n % 6],)) for n in range(8)),
        hypothesis("h1", {"e1": "C", "e2": "I", "e3": "CC"}),
        hypothesis("h2", {"e1": "I", "e2": "C", "e4": "II"}),
        hypothesis("h3", {"e5": "I", "e6": "C"}),
        assessment("j1", "h1", gaps=("Nobody saw it.",), assumptions=("It is as told.",)),
        assessment("j2", "h2", basis="What is on record."),
        opinion("o1", "j1", stance=Stance.DISAGREE, hypothesis="h2"),
        opinion("o2", "j2"),
        opinion("o3", "j1"),
    ]


def _planted(row: Row, mint: Mint) -> Row:
    """A row of another marking, every text of it a canary."""
    weights = (60, 12, 10, 9, 9) if isinstance(row, Subject) else (40, 15, 15, 15, 15)
    tlp = mint.rng.choices(list(Tlp), weights)[0]
    where = f"row {type(row).__name__}"
    level = effective(tlp.code, "CLEAR")
    texts: dict[str, Any] = {}
    for one in fields(row):
        value = getattr(row, one.name)
        if one.name in _ROW_TEXTS and value:
            texts[one.name] = (
                mint.text(level, f"{where}.{one.name}", value)
                if isinstance(value, str)
                else tuple(mint.text(level, f"{where}.{one.name}", text) for text in value)
            )
        elif one.name in ("observed",) or (one.name == "date" and isinstance(value, str)):
            texts[one.name] = on_its_day(level, _earlier(value))
    if getattr(row, "cells", ()):
        texts["cells"] = tuple(
            replace(cell, rationale=mint.text(level, f"{where}.rationale", "for a reason"))
            for cell in row.cells  # type: ignore[attr-defined] # a hypothesis has them
        )
    documents = tuple(_cited(one, level, mint, where) for one in row.documents)
    return replace(
        row, tlp=tlp, created=RECORDED, modified=RECORDED, documents=documents, source="", **texts
    )


def _cited(one: Cited, level: int, mint: Mint, where: str) -> Cited:
    return replace(
        one,
        url=mint.address(level, f"{where} document.url"),
        title=mint.text(level, f"{where} document.title", one.title),
        publisher=mint.name(level, f"{where} document.publisher"),
        published=on_its_day(level, one.published),
        repeats="",
    )


def _earlier(date: str) -> str:
    """A day before this program was written, so that no date of a file is mistaken for today's."""
    return date.replace("2026", "2024")
