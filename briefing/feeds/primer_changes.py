"""Primer pages as records of our own source: every sentence a statement with its documents."""

from __future__ import annotations

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
from briefing.core.wording import counted
from briefing.feeds.own_changes import document_of, whole_source
from briefing.feeds.profile_changes import plain_values

KIND = "primer-page"
"""Kind of record of a primer page."""


def primer_changes(pages: Iterable[PrimerPage], source: SourceInfo) -> ChangeSet:
    """All primer pages as one change-set, in the order of their numbers."""
    ordered = sorted(pages, key=lambda page: page.number)
    return whole_source(
        source,
        counted(len(ordered), "primer page"),
        map(_record, ordered),
        (document_of(one) for page in ordered for one in page.sources),
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
