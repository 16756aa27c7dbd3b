"""APTnotes: a list of public reports about campaigns, as CSV or JSON (https://github.com/aptnotes/data).

Both forms say the same and give equal records. Dates are American (month/day/year). Rows repeat
each other; the README writes ``sha1`` where the file writes ``SHA-1``. The files behind the links
are never fetched.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
from briefing.feeds.json_fields import text_in
from briefing.feeds.json_reading import JsonText, unwritable
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.plain_text import one_line
from briefing.feeds.recognise import Format, Outline
from briefing.feeds.rss_links import whole_address

SOURCE = "aptnotes"
MOST_BYTES = 64 * 1024 * 1024
"""The list of 2024 has 0.2 MiB."""
MOST_ROWS = 100_000
_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"
_OTHER_NAMES: Mapping[str, str] = {"sha1": "SHA-1"}
_NEEDED = frozenset(("Title", "Source", "Link", "Date"))
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d{2}", re.ASCII)
_QUOTED = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list.

    Attributes:
        place: Where it stands, for people ("Line 3", "Entry 2").
        fields: Text by column; other columns than ours are kept too.
        fault: Why it cannot be taken, in a sentence; "" where it can.
    """

    place: str
    fields: dict[str, Any]
    fault: str = ""


def parse_aptnotes(payload: Payload, context: FeedContext) -> ChangeSet:
    """Read the list in either form.

    Raises:
        BriefingError: for a file that is no such list, or breaks off. A row without a title, or
            that repeats another word for word, is quarantined.
    """
    is_json = payload.data.lstrip(_BEFORE_JSON).startswith((b"[", b"{"))
    rows = _json_rows(payload) if is_json else _csv_rows(payload)
    source = context.source(SOURCE)
    records: dict[str, RecordDraft] = {}
    documents: dict[str, DocumentDraft] = {}
    quarantined = []
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            raise _refused(payload, f"it has more than {MOST_ROWS:,} rows")
        fault = row.fault or _fault_of(row)
        native, fault = ("", fault) if fault else _native_id(row, records)
        if fault:
            quarantined.append(Quarantined(native, f"{row.place}: {fault}"))
            continue
        document = _document(row)
        if document:
            documents.setdefault(document.id, document)
        statements = tuple(_statements(native, row, document))
        records[native] = RecordDraft.of(native, "report", row.fields, statements)
    newest = max((day for row in records.values() for day in _days(row)), default="")
    return ChangeSet(
        source=source,
        version=newest,
        sha256=payload.sha256,
        full=True,
        records=tuple(records.values()),
        documents=tuple(documents.values()),
        quarantined=tuple(quarantined),
        edition=newest,
    )


def _fault_of(row: Row) -> str:
    if not one_line(text_in(row.fields, "Title")):
        return "it has no title."
    return unwritable(row.fields)


def _native_id(row: Row, taken: dict[str, RecordDraft]) -> tuple[str, str]:
    """The id of a row, and why it cannot be taken besides another; "" where it can.

    A link that stands in two rows for different documents makes one id with the link alone, and
    one with hash and title besides, so that neither is lost.
    """
    link = text_in(row.fields, "Link")
    known_by = (text_in(row.fields, "SHA-1"), text_in(row.fields, "Title"))
    native = ""
    for parts in ((link,), (link, *known_by)) if link else (known_by,):
        native = stable_id("report", SOURCE, *parts)
        if native not in taken:
            return native, ""
        if taken[native].value() == row.fields:
            return native, f"“{_short(row)}” is in the list twice, word for word."
    return native, f"“{_short(row)}” is told from another row by nothing; the first was taken."


def _document(row: Row) -> DocumentDraft | None:
    link = whole_address(text_in(row.fields, "Link"), "")
    if not link:
        return None
    return document_for(
        link,
        title=one_line(text_in(row.fields, "Title")),
        publisher=one_line(text_in(row.fields, "Source"), 200),
        published=_published(row.fields),
    )


def _statements(native: str, row: Row, document: DocumentDraft | None) -> Iterator[StatementDraft]:
    def state(predicate: Predicate, **fields: Any) -> StatementDraft:
        cited = (document.id,) if document else ()
        return StatementDraft(native, predicate, documents=cited, **fields)

    yield state(Predicate.NAMED, value=one_line(text_in(row.fields, "Title")))
    publisher = one_line(text_in(row.fields, "Source"), 200)
    if publisher:
        yield state(Predicate.ISSUED_BY, value=publisher)
    raw = text_in(row.fields, "Date") or text_in(row.fields, "Year")
    if raw:
        day = _published(row.fields)
        yield state(
            Predicate.HAPPENED, object="published", value=one_line(raw, _QUOTED), first_seen=day
        )


def _published(fields: dict[str, Any]) -> str:
    """ISO 8601 to the day, or to the year where the date cannot be read; "" for neither."""
    found = _AMERICAN.fullmatch(text_in(fields, "Date"))
    if found:
        month, day, year = (int(part) for part in found.groups())
        try:
            return date(year + 2000 if year < 100 else year, month, day).isoformat()
        except ValueError:
            pass
    year_only = text_in(fields, "Year")
    return year_only if _YEAR.fullmatch(year_only) else ""


def _days(record: RecordDraft) -> Iterator[str]:
    return (said.first_seen for said in record.statements if said.first_seen)


def _short(row: Row) -> str:
    return one_line(text_in(row.fields, "Title"), _QUOTED)


def _json_rows(payload: Payload) -> Iterator[Row]:
    elements = JsonText(payload.name, payload.data).top_elements()
    for number, element in enumerate(elements, start=1):
        place = f"Entry {number}"
        if element.fault:
            yield Row(place, {}, f"from {element.place} on {element.fault}")
        elif not isinstance(element.value, dict):
            yield Row(place, {}, "it is no JSON object.")
        else:
            fields: dict[str, Any] = element.value
            yield Row(place, {_OTHER_NAMES.get(key, key): fields[key] for key in fields})


def _csv_rows(payload: Payload) -> Iterator[Row]:
    text = _csv_text(payload)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    cut_short = False
    try:
        heads = [head.strip() for head in next(reader, [])]
        if not _NEEDED.issubset(heads):
            raise _refused(payload, "its first line does not name the columns of APTnotes")
        for values in reader:
            place = f"Line {reader.line_num}"
            cut_short = 0 < len(values) < len(heads)
            if len(values) == len(heads):
                yield Row(place, dict(zip(heads, values, strict=True)))
            elif values:
                said = f"it has {len(values)} columns, and the first line names {len(heads)}."
                yield Row(place, {}, said)
    except csv.Error as error:
        raise _refused(payload, f"line {reader.line_num} cannot be read", str(error)) from error
    if cut_short and not text.endswith("\n"):
        raise _refused(payload, "it breaks off in the middle of its last line")


def _csv_text(payload: Payload) -> str:
    if len(payload.data) > MOST_BYTES:
        raise _refused(payload, f"it is larger than {MOST_BYTES >> 20} MiB")
    try:
        return payload.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = f"it is no UTF-8 text, from byte {error.start + 1} on"
        raise _refused(payload, said, str(error)) from error


def _refused(payload: Payload, reason: str, detail: str = "") -> BriefingError:
    return BriefingError(
        f"{payload.name} was not taken: {reason}.",
        detail=detail,
        remedy="Nothing was changed. Download APTnotes.csv or APTnotes.json again.",
    )


def _matches(outline: Outline) -> bool:
    return outline.kind in ("csv", "json-array") and _NEEDED.issubset(outline.keys)


FORMAT = Format("aptnotes", "List of reports (APTnotes)", _matches, parse_aptnotes)
