"""Primer pages as records of our own source: every sentence a statement with its documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from briefing.core.changes import (
    ChangeSet,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    stable_id,
)
from briefing.core.profile import PrimerPage, Sentence
from briefing.feeds.profile_changes import document_of, plain_values

KIND = "primer-page"
"""Kind of record of a primer page."""


def primer_changes(pages: Iterable[PrimerPage], source: SourceInfo) -> ChangeSet:
    """All primer pages as one change-set, in the order of their numbers."""
    ordered = sorted(pages, key=lambda page: page.number)
    documents = {d.id: d for page in ordered for d in map(document_of, page.sources)}
    records = tuple(_record(page) for page in ordered)
    digest = hashlib.sha256(b"".join(record.content for record in records))
    return ChangeSet(
        source=source,
        version="1 primer page" if len(records) == 1 else f"{len(records)} primer pages",
        sha256=digest.hexdigest(),
        full=True,
        records=records,
        documents=tuple(documents.values()),
    )


def _record(page: PrimerPage) -> RecordDraft:
    native = stable_id(KIND, page.slug)
    documents = {source.key: document_of(source).id for source in page.sources}
    statements = tuple(
        StatementDraft(
            native,
            Predicate.DESCRIBED_AS,
            object=heading,
            value=sentence.text,
            detail={"place": place},
            documents=tuple(documents[key] for key in sentence.sources),
        )
        for place, (heading, sentence) in enumerate(_sentences(page))
    )
    return RecordDraft.of(native, KIND, plain_values(page), statements)


def _sentences(page: PrimerPage) -> Iterator[tuple[str, Sentence]]:
    for sentence in page.lead:
        yield "", sentence
    for section in page.sections:
        for block in section.blocks:
            for sentence in block.sentences:
                yield section.heading, sentence
