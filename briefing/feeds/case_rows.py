"""Rows of a case as records: what each states, and the documents that it cites.

A row is kept as the STIX object that it is (``core.case_stix``). Whoever holds rows makes their
records here: the incidents that come with the program, what is recorded in a window, and received
bundles. So a row states the same wherever it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from briefing.core.case import Cited, Claim, Row, Subject
from briefing.core.case_stix import KINDS, to_stix
from briefing.core.changes import (
    DocumentDraft,
    Predicate,
    RecordDraft,
    StatementDraft,
    document_for,
    stable_id,
)
from briefing.feeds.addresses import publisher_of

RECORD_KINDS = {
    "incident": "incident",
    "claim": "claim-row",
    "evidence": "evidence",
    "hypothesis": "hypothesis",
    "assessment": "assessment",
    "opinion": "opinion",
}
"""What our extension calls a row → kind of its record; a ``claim`` is a boast of a leak site."""
WITHDRAWN = "withdrawn"
"""What a version says that takes a row out, so that it has a label like every other version."""


def row_records(rows: Iterable[Row]) -> tuple[tuple[RecordDraft, ...], tuple[DocumentDraft, ...]]:
    """Records of rows, in their order, and everything that they cite.

    Each record makes at least one statement, which bears the row's label and cites its documents.
    A version that takes a row out says that alone.

    Args:
        rows: Versions of rows, each id once.

    Returns:
        The records; the documents, each once, in the words of the row that cites it first.
    """
    listed = list(rows)
    publishers = {
        cited.url: cited.publisher or publisher_of(cited.url)
        for row in listed
        for cited in row.documents
        if cited.url
    }
    drafts: dict[str, DocumentDraft] = {}
    records = []
    for row in listed:
        documents = [_document(cited, publishers) for cited in row.documents]
        for draft in documents:
            drafts.setdefault(draft.id, draft)
        cites = tuple(dict.fromkeys(draft.id for draft in documents))
        records.append(_record(row, cites))
    return tuple(records), tuple(drafts.values())


def _record(row: Row, cites: tuple[str, ...]) -> RecordDraft:
    kind = KINDS[type(row)]
    return RecordDraft.of(
        row.id,
        RECORD_KINDS[kind],
        to_stix(row),
        (
            StatementDraft(tlp=row.tlp.code, documents=cites, **said)
            for said in _statements(row, kind)
        ),
        # Without the Z, as every feed orders its versions.
        edition=row.modified.removesuffix("Z"),
    )


def _document(cited: Cited, publishers: Mapping[str, str]) -> DocumentDraft:
    """A document by its address; one without is told by who published it under which title."""
    draft = document_for(
        cited.url,
        title=" ".join(cited.title.split()),
        publisher=" ".join(cited.publisher.split()) or publisher_of(cited.url),
        published=cited.published,
        rests_on=publishers.get(cited.repeats) or publisher_of(cited.repeats),
    )
    if cited.url:
        return draft
    return replace(draft, id=stable_id("document", cited.publisher, cited.title))


def _statements(row: Row, kind: str) -> Iterator[dict[str, Any]]:
    about = getattr(row, "incident", row.id)
    if row.withdrawn:
        yield _described(row.id, WITHDRAWN, kind, incident=about)
    elif isinstance(row, Subject):
        yield from _of_incident(row)
    elif isinstance(row, Claim):
        yield _claim(row)
    else:
        yield _described(row.id, kind, getattr(row, "text", ""), incident=about)


def _described(subject: str, what: str, value: str, **detail: str) -> dict[str, Any]:
    return {
        "subject": subject,
        "predicate": Predicate.DESCRIBED_AS,
        "object": what,
        "value": value,
        "detail": detail,
    }


def _of_incident(row: Subject) -> Iterator[dict[str, Any]]:
    detail = {"row": row.id, "slug": row.slug, "victim": row.victim}
    yield {
        "subject": row.id,
        "predicate": Predicate.NAMED,
        "value": row.name,
        "detail": {name: text for name, text in detail.items() if text},
    }
    if row.description:
        yield _described(row.id, "description", row.description)
    for kind in row.types:
        yield _described(row.id, "incident-type", kind)
    if row.first_seen or row.last_seen:
        yield _happened(row.id, "incident", row.first_seen, row.last_seen)
    if row.disclosed:
        yield _happened(row.id, "disclosed", row.disclosed, "")
    for predicate, codes in (
        (Predicate.TARGETS_SECTOR, row.sectors),
        (Predicate.TARGETS_COUNTRY, row.countries),
    ):
        for code in codes:
            yield {"subject": row.id, "predicate": predicate, "object": code, "value": code}


def _happened(incident: str, what: str, first: str, last: str) -> dict[str, Any]:
    written = dict.fromkeys(day for day in (first, last) if day)
    return {
        "subject": incident,
        "predicate": Predicate.HAPPENED,
        "object": what,
        "value": " – ".join(written),
        "first_seen": first,
        "last_seen": last,
    }


def _claim(row: Claim) -> dict[str, Any]:
    """Who says it of whom. Only the actor that the row names is meant, and nobody by a name."""
    detail = {
        "row": row.id,
        "by": row.by,
        "claimant": row.claimant.value,
        "basis": row.basis,
        "type": row.type or row.channel,
        "date": row.date,
    }
    return {
        "subject": row.incident,
        "predicate": Predicate.ATTRIBUTED_TO,
        "object": row.actor,
        "value": row.accused,
        "detail": {**{name: text for name, text in detail.items() if text}, "names": []},
        "confidence": row.confidence.word if row.confidence.steps else "",
    }
