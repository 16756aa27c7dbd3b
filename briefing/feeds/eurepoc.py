"""EuRepoC, the European Repository of Cyber Incidents, in its three CSV tables.

The tables of release 1.1, measured: *Global* has a row for each of 1,643 incidents; *Attribution*
and *Receiver* spell out two groups of its columns, a row for each attribution and initiator (2,643)
and for each country and category (6,333). All three name incidents by one number. What the last two
say stands in Global as well, so each table can be taken alone, and of all three nothing is said
twice: records of three kinds state the same of the same incident where the tables agree, and where
they do not, both stay.

Dates are as coded: EuRepoC writes 1 January where only the year is known, and nothing tells that
from the day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    Quarantined,
    RecordDraft,
    StatementDraft,
    document_for,
    stable_id,
)
from briefing.core.errors import BriefingError
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.addresses import published_in, publisher_of
from briefing.feeds.eurepoc_cells import iso_date, joined, texts
from briefing.feeds.eurepoc_claims import attribution_of, attributions_in, claims, initiator_kinds
from briefing.feeds.eurepoc_receivers import receiver_of, receivers_in, targets
from briefing.feeds.eurepoc_rows import Row, Table
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.plain_text import one_line, plain_text, without_controls
from briefing.feeds.recognise import Format, Outline

SOURCE = "eurepoc"
_NUMBER = re.compile(r"(\d{1,9})(?:\.0)?", re.ASCII)
_RELEASE = re.compile(r"_(\d{1,4}(?:\.\d{1,4}){1,3})(?: ?\(\d+\))?\.csv$", re.ASCII | re.IGNORECASE)
"""The release in a file's name, which a browser may have given a number."""
_ADDRESS = re.compile(r"https?://\S{1,2000}")
_URL_COLUMNS = {"sources_url": "incident", "sources_attribution": "attribution"}

Reader = Callable[[str, list[Row], Vocabulary], Iterator[StatementDraft]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of the three tables.

    Attributes:
        name: Kind of its records.
        needs: Heads by which it is known.
        keys: Heads whose cells together name one record; the first is the incident's number.
        reader: Rows of one record to statements.
        single: Whether a record has one row only.
    """

    name: str
    needs: frozenset[str]
    keys: tuple[str, ...]
    reader: Reader
    single: bool = False

    @property
    def number(self) -> str:
        """The head of the column that holds the incident's number."""
        return self.keys[0]


def incident_id(number: str) -> str:
    """The native id of an incident, the subject of all that is said about it."""
    return stable_id("incident", SOURCE, number)


def parse_eurepoc(payload: Payload, context: FeedContext) -> ChangeSet:
    """Read one of the three tables.

    Each is the whole of its own kind of record (``incident``, ``attribution``, ``receiver``), so
    that none removes what another brought. A bad row is quarantined with its line.

    Raises:
        BriefingError: for a file that is none of the three, or of which no row could be taken.
    """
    table = Table(payload)
    kind = _kind_of(table.heads)
    if kind is None:
        raise BriefingError(
            f"{payload.name} is none of EuRepoC’s tables: columns that they have are missing.",
            detail="columns: " + ", ".join(table.heads)[:500],
            remedy="Nothing was changed. Take the files as EuRepoC publishes them.",
        )
    groups, quarantined = _grouped(table, kind)
    records = tuple(_record(kind, key, rows, context.vocabulary) for key, rows in groups.items())
    if not records:
        reason = quarantined[0].reason if quarantined else "It has no rows."
        raise BriefingError(
            f"{payload.name} was not taken: none of its rows can be read. {reason}",
            remedy="Nothing was changed. Download or export the file again.",
        )
    version = _version(payload.name)
    return ChangeSet(
        source=context.source(SOURCE),
        version=version,
        sha256=payload.sha256,
        full=True,
        records=records,
        documents=_documents(groups),
        quarantined=tuple(quarantined),
        edition=".".join(part.zfill(4) for part in version.split(".")) if version else "",
        kinds=frozenset((kind.name,)),
    )


def _grouped(
    table: Table, kind: _Kind
) -> tuple[dict[tuple[str, ...], list[Row]], list[Quarantined]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    quarantined: list[Quarantined] = []
    for row in table.rows():
        number = _number(row.text(kind.number))
        key = (number, *(row.text(head) for head in kind.keys[1:]))
        fault = row.fault
        if not fault and not number:
            fault = f"“{row.text(kind.number)[:80]}” is no number of an incident."
        elif not fault and kind.single and key in groups:
            fault = f"it repeats incident {number} of line {groups[key][0].line}."
        if fault:
            quarantined.append(Quarantined(_native(kind, row, key), f"Line {row.line}: {fault}"))
        else:
            groups.setdefault(key, []).append(row)
    return groups, quarantined


def _native(kind: _Kind, row: Row, key: tuple[str, ...]) -> str:
    """The id of the record a bad row belongs to, or "" where that was not read."""
    known = key[0] and not (row.fault and len(key) > 1)
    return stable_id(kind.name, SOURCE, *key) if known else ""


def _record(
    kind: _Kind, key: tuple[str, ...], rows: list[Row], vocabulary: Vocabulary
) -> RecordDraft:
    """Cells that are empty are left out of the content, all others are kept as received."""
    content: dict[str, Any] = dict(rows[0].cells)
    if not kind.single:
        content = {"name": f"Incident {key[0]}", "rows": [row.cells for row in rows]}
    statements = kind.reader(incident_id(key[0]), rows, vocabulary)
    return RecordDraft.of(stable_id(kind.name, SOURCE, *key), kind.name, content, statements)


def _incident(incident: str, rows: list[Row], vocabulary: Vocabulary) -> Iterator[StatementDraft]:
    cells = rows[0].cells
    for predicate, what, text in (
        (Predicate.NAMED, "", one_line(cells.get("name", ""))),
        (Predicate.DESCRIBED_AS, "description", plain_text(cells.get("description", ""))),
    ):
        if not vocabulary.is_unstated(text):
            yield StatementDraft(incident, predicate, object=what, value=text)
    yield from _happened(incident, cells, vocabulary)
    for kind in dict.fromkeys(one_line(part) for part in joined(cells.get("incident_type", ""))):
        if not vocabulary.is_unstated(kind):
            yield StatementDraft(
                incident, Predicate.DESCRIBED_AS, object="incident-type", value=kind
            )
            for motive in vocabulary.motives_of(kind):
                yield StatementDraft(
                    incident, Predicate.MOTIVATED_BY, object=motive.code, value=kind
                )
    yield from targets(incident, receivers_in(cells), vocabulary)
    yield from claims(incident, attributions_in(cells), vocabulary)
    yield from initiator_kinds(incident, cells, vocabulary)
    for document, about in _cited(cells).items():
        yield StatementDraft(
            incident,
            Predicate.MENTIONED_IN,
            object=document.id,
            value=document.url,
            detail={"about": about},
            documents=(document.id,),
        )


def _happened(
    incident: str, cells: Mapping[str, str], vocabulary: Vocabulary
) -> Iterator[StatementDraft]:
    """When it began and ended; an end before the beginning is kept as written and dates nothing.

    In 83 incidents of release 1.1 the end is a filler (2000-01-01) or a year or month alone.
    """
    written = [one_line(cells.get(column, ""), 40) for column in ("start_date", "end_date")]
    first, last = (iso_date(text) for text in written)
    stated = [text for text in dict.fromkeys(written) if not vocabulary.is_unstated(text)]
    if stated:
        yield StatementDraft(
            incident,
            Predicate.HAPPENED,
            object="incident",
            value=" – ".join(stated),
            first_seen=first,
            last_seen=last if last >= first else "",
        )


def _attribution(
    incident: str, rows: list[Row], vocabulary: Vocabulary
) -> Iterator[StatementDraft]:
    return claims(incident, [attribution_of(row.cells) for row in rows], vocabulary)


def _receiver(incident: str, rows: list[Row], vocabulary: Vocabulary) -> Iterator[StatementDraft]:
    return targets(incident, [receiver_of(row.cells) for row in rows], vocabulary)


def _cited(cells: Mapping[str, str]) -> dict[DocumentDraft, str]:
    """Documents of a row → what they are cited for; "attribution" says more and wins."""
    found: dict[DocumentDraft, str] = {}
    for column, about in _URL_COLUMNS.items():
        for url in texts(cells.get(column, "")):
            address = without_controls(url).strip()
            if _ADDRESS.fullmatch(address):
                found[_document(address)] = about
    return found


def _document(address: str) -> DocumentDraft:
    return document_for(address, publisher=publisher_of(address), published=published_in(address))


def _documents(groups: Mapping[tuple[str, ...], list[Row]]) -> tuple[DocumentDraft, ...]:
    cited = (document for rows in groups.values() for row in rows for document in _cited(row.cells))
    return tuple(dict.fromkeys(cited))


def _number(cell: str) -> str:
    """The number of an incident, which pandas may have written as a fraction; "" for another."""
    found = _NUMBER.fullmatch(cell)
    return str(int(found[1])) if found else ""


def _version(name: str) -> str:
    found = _RELEASE.search(name)
    return found[1] if found else ""


def _kind_of(heads: tuple[str, ...]) -> _Kind | None:
    return next((kind for kind in _KINDS if kind.needs <= set(heads)), None)


def _matches(outline: Outline) -> bool:
    return outline.kind == "csv" and _kind_of(outline.keys) is not None


_KINDS = (
    _Kind(
        "incident",
        frozenset(
            ("ID", "name", "description", "start_date", "receiver_country", "initiator_country")
        ),
        ("ID",),
        _incident,
        single=True,
    ),
    _Kind(
        "attribution",
        frozenset(("incident_ID", "attribution_ID", "attribution_basis", "attributed_initiator")),
        ("incident_ID", "attribution_ID"),
        _attribution,
    ),
    _Kind(
        "receiver",
        frozenset(("ID", "receiver_country", "receiver_category", "receiver_category_subcode")),
        ("ID",),
        _receiver,
    ),
)

FORMAT = Format(
    "eurepoc", "EuRepoC incidents, attributions or receivers (CSV)", _matches, parse_eurepoc
)
