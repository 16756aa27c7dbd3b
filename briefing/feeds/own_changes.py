"""What our own texts have in common as change-sets: whole sources, and the documents they cite."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Quarantined,
    RecordDraft,
    SourceInfo,
    canonical,
    document_for,
    stable_id,
)
from briefing.core.profile import ProfileSource


def whole_source(
    source: SourceInfo,
    version: str,
    records: Iterable[RecordDraft],
    documents: Iterable[DocumentDraft],
    *,
    read: Iterable[bytes] | None = None,
    quarantined: Iterable[Quarantined] = (),
) -> ChangeSet:
    """All that a source of ours says, as one full change-set.

    Args:
        source: The source.
        version: How much it is, in words.
        records: Its records in order.
        documents: What they cite; the same one may come more than once.
        read: What was read, for the hash; None takes the contents of the records.
        quarantined: What was put aside.
    """
    listed = tuple(records)
    contents = (record.content for record in listed) if read is None else read
    return ChangeSet(
        source=source,
        version=version,
        sha256=hashlib.sha256(b"".join(contents)).hexdigest(),
        full=True,
        records=listed,
        documents=tuple({document.id: document for document in documents}.values()),
        quarantined=tuple(quarantined),
    )


def document_of(source: ProfileSource) -> DocumentDraft:
    """The document behind an entry of a list of sources."""
    fields: dict[str, Any] = {
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "kind": source.kind,
        "credibility": source.credibility,
        "rests_on": source.rests_on,
    }
    # Two entries may share an address and a title and still say something else of the document;
    # and a correction is another document, so that what was cited before stays as it was.
    draft = document_for(source.url, **fields)
    key = canonical([source.url, *fields.values()]).decode()
    return replace(draft, id=stable_id("document", key))


def documents_of(sources: Iterable[ProfileSource]) -> tuple[str, ...]:
    """Ids of the documents behind sources, none twice."""
    return tuple(dict.fromkeys(document_of(source).id for source in sources))
