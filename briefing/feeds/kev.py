"""CISA's catalogue of known exploited vulnerabilities (KEV), as JSON or CSV.

Format: the JSON Schema beside the catalogue. Content changes under one ``catalogVersion``, so the
hash of each entry decides. Both forms give equal records: CSV lacks only version, date and count,
and writes the list of weaknesses as one text. A truncated catalogue was once published, which is
why ``count`` is held against the entries.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.core.changes import (
    ChangeSet,
    Predicate,
    Quarantined,
    RecordDraft,
    StatementDraft,
    document_for,
)
from briefing.core.errors import BriefingError
from briefing.core.profile import parse_partial_date
from briefing.feeds.json_fields import text_in
from briefing.feeds.json_reading import Element, JsonText, unwritable
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.plain_text import one_line, plain_text
from briefing.feeds.products import affects
from briefing.feeds.recognise import Format, Outline

SOURCE = "cisa-kev"
CATALOGUE = "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_COLUMNS = ("cveID", "vendorProject", "product", "vulnerabilityName", "dateAdded")
_WEAKNESSES = "cwes"
_KNOWN = "known"
"""What the catalogue writes where ransomware is known to use a vulnerability."""
_QUOTED = 80


@dataclass(slots=True)
class _Catalogue:
    """What was read, of either form.

    Attributes:
        version: As printed.
        count: How many entries the catalogue says it has; None where it says nothing.
        entries: Each entry as JSON writes it, or why it cannot be taken.
    """

    version: str = ""
    count: int | None = None
    entries: list[Element] = field(default_factory=list)


def parse_kev(payload: Payload, context: FeedContext) -> ChangeSet:
    """Read the whole catalogue.

    Raises:
        BriefingError: where the file is no such catalogue, is the description of its format, or
            holds another number of entries than it says.
    """
    catalogue = _from_json(payload) if _is_json(payload) else _from_csv(payload)
    entries = catalogue.entries
    if catalogue.count is not None and catalogue.count != len(entries):
        raise _refused(
            payload,
            f"it says that it holds {catalogue.count:,} vulnerabilities and holds"
            f" {len(entries):,}, so it is not whole.",
        )
    document = document_for(
        CATALOGUE, title="Known Exploited Vulnerabilities Catalog", publisher="CISA"
    )
    records, quarantined = _taken(entries, document.id)
    if not records:
        reason = quarantined[0].reason if quarantined else "it lists nothing."
        raise _refused(payload, f"it holds no vulnerability that can be read. {reason}")
    return ChangeSet(
        source=context.source(SOURCE),
        version=catalogue.version,
        sha256=payload.sha256,
        full=True,
        records=records,
        documents=(document,),
        quarantined=quarantined,
        edition=_newest(records),
    )


def _newest(records: Iterable[RecordDraft]) -> str:
    """The day on which an entry was added last: what JSON and CSV both tell of their release."""
    return max((s.first_seen for record in records for s in record.statements), default="")


def _is_json(payload: Payload) -> bool:
    return payload.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def _refused(payload: Payload, reason: str, detail: str = "") -> BriefingError:
    return BriefingError(
        f"{payload.name} was not taken: {reason}",
        detail=detail,
        remedy="Nothing was changed. Download the catalogue again.",
    )


def _from_json(payload: Payload) -> _Catalogue:
    text = JsonText(payload.name, payload.data)
    catalogue = _Catalogue()
    head: dict[str, Any] = {}
    for key, at in text.members():
        if key == "vulnerabilities" and text.text.startswith("[", at):
            catalogue.entries = list(text.elements())
            head[key] = True
        else:
            head[key] = text.read().value
    if head.get("vulnerabilities") is not True:
        if "$schema" in head and "properties" in head:
            raise _refused(
                payload,
                "it is the JSON Schema that describes the format of the catalogue, and not the"
                " catalogue itself.",
            )
        raise _refused(payload, "it has no list named “vulnerabilities”.")
    count = head.get("count")
    catalogue.version = one_line(text_in(head, "catalogVersion"), _QUOTED)
    catalogue.count = count if isinstance(count, int) and not isinstance(count, bool) else None
    return catalogue


def _from_csv(payload: Payload) -> _Catalogue:
    try:
        text = payload.data.decode("utf-8-sig")
        # Strict, so that a quotation that is never closed is an error and not the last field.
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise _refused(payload, f"byte {error.start + 1} is no UTF-8.", str(error)) from error
    except csv.Error as error:
        raise _refused(payload, "it is no valid CSV, or breaks off.", str(error)) from error
    heads = [head.strip() for head in rows[0]] if rows else []
    if not set(_COLUMNS) <= set(heads) or len(set(heads)) != len(heads):
        raise _refused(payload, f"it lacks one of the columns {', '.join(_COLUMNS)}.")
    if not text.endswith("\n") or (len(rows) > 1 and len(rows[-1]) < len(heads)):
        # CSV has no count of its own: only its last line tells that some are missing.
        raise _refused(payload, "its last line is not whole, so it breaks off.")
    entries = [_entry(heads, row, number) for number, row in enumerate(rows[1:], start=2) if row]
    return _Catalogue(entries=entries)


def _entry(heads: list[str], row: list[str], number: int) -> Element:
    """One row in the form of JSON, where only the weaknesses are a list."""
    place = f"row {number}"
    if len(row) != len(heads):
        return Element(None, f"it has {len(row)} fields and should have {len(heads)}.", place)
    value: dict[str, Any] = dict(zip(heads, row, strict=True))
    if _WEAKNESSES in value:
        parts = value[_WEAKNESSES].split(",")
        value[_WEAKNESSES] = [part.strip() for part in parts if part.strip()]
    return Element(value, "", place)


def _taken(
    entries: list[Element], document: str
) -> tuple[tuple[RecordDraft, ...], tuple[Quarantined, ...]]:
    records: dict[str, RecordDraft] = {}
    quarantined: list[Quarantined] = []
    for number, entry in enumerate(entries, start=1):
        cve, fault = _cve_of(entry), _fault_of(entry)
        if not fault and cve in records:
            # The catalogue has no edition of an entry: of two the last one written stands.
            quarantined.append(Quarantined(cve, f"{cve} stands twice; the last one was taken."))
        if fault:
            where = f"Entry {number}" + (f" ({entry.place})" if entry.place else "")
            quarantined.append(Quarantined(cve, f"{where}: {fault}"))
        else:
            records[cve] = RecordDraft.of(
                cve, "vulnerability", entry.value, _statements(cve, entry.value, document)
            )
    return tuple(records.values()), tuple(quarantined)


def _cve_of(entry: Element) -> str:
    found = text_in(entry.value, "cveID") if isinstance(entry.value, dict) else ""
    return found if _CVE.fullmatch(found) else ""


def _fault_of(entry: Element) -> str:
    """Why an entry cannot be taken, in a sentence; "" where it can."""
    if entry.fault:
        return entry.fault
    if not isinstance(entry.value, dict):
        return "it is no JSON object."
    fault = unwritable(entry.value)
    if not fault and not _cve_of(entry):
        written = one_line(text_in(entry.value, "cveID"), _QUOTED)
        return f"“{written}” is no CVE id." if written else "it has no CVE id."
    return fault


def _statements(cve: str, value: dict[str, Any], document: str) -> Iterator[StatementDraft]:
    cited: dict[str, Any] = {"documents": (document,)}
    name = one_line(text_in(value, "vulnerabilityName"))
    if name:
        yield StatementDraft(cve, Predicate.NAMED, value=name, **cited)
    summary = plain_text(text_in(value, "shortDescription"))
    if summary:
        yield StatementDraft(cve, Predicate.DESCRIBED_AS, "summary", summary, {"place": 1}, **cited)
    vendor, product = text_in(value, "vendorProject"), text_in(value, "product")
    if vendor or product:
        yield affects(cve, vendor, product, **cited)
    action = plain_text(text_in(value, "requiredAction"))
    if action:
        due = _day(text_in(value, "dueDate"))
        detail = {"due": due} if due else {}
        yield StatementDraft(cve, Predicate.ADVISED, "kev", action, detail, **cited)
    ransomware = one_line(text_in(value, "knownRansomwareCampaignUse"), _QUOTED)
    yield StatementDraft(
        cve,
        Predicate.HAPPENED,
        "kev-listed",
        ransomware,
        {"ransomware": ransomware.casefold() == _KNOWN},
        first_seen=_day(text_in(value, "dateAdded")),
        **cited,
    )


def _day(written: str) -> str:
    """The date in ISO 8601, or "" where it is none."""
    try:
        return parse_partial_date(written)
    except ValueError:
        return ""


def _matches(outline: Outline) -> bool:
    if outline.kind == "csv":
        return set(_COLUMNS) <= set(outline.keys)
    if outline.kind != "json-object":
        return False
    return "catalogVersion" in outline.keys or "cveID" in outline.inner or _is_schema(outline)


def _is_schema(outline: Outline) -> bool:
    described = outline.first.get("properties")
    return isinstance(described, dict) and "catalogVersion" in described


FORMAT = Format("kev", "CISA’s known exploited vulnerabilities (JSON or CSV)", _matches, parse_kev)
