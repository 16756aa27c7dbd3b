"""How large one object of a feed may be: what no publisher writes is not kept, whoever wrote it.

Files are bounded where they are read. An object is bounded here, for every format alike: a name of
two hundred megabytes is read in a second, and then takes hours and all memory to be made findable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    Quarantined,
    RecordDraft,
    StatementDraft,
)

MOST_CONTENT = 16 * 1024 * 1024
"""Of one record, in bytes; the largest that was seen, ATT&CK's own list of itself, has four."""
MOST_TEXT = 100_000
"""Of one text that a statement or a document holds, in characters."""
MOST_NAME = 1_000
"""Of one name, in characters: it stands in lists, and every text is searched for it."""
MOST_STATEMENTS = 100_000
"""Of one record."""
_NAME = 500
_SHOWN = 200
_REASON = 1_000
_ID = 2_000
"""How much is kept of the name of a source, of an id in a sentence, of a reason, and of an id."""


def bounded(changes: ChangeSet) -> ChangeSet:
    """A change-set without what is too large, which is quarantined with the reason.

    Raises nothing: too large an object leaves the others alone.
    """
    changes = _titled(changes)
    huge = {document.id for document in changes.documents if _is_huge(document)}
    faults = {place: fault for place, fault in _faults(changes, huge) if fault}
    named_at_length = any(_is_long(item) for item in changes.quarantined)
    if not (huge or faults or named_at_length):
        return changes
    return replace(
        changes,
        records=tuple(r for place, r in enumerate(changes.records) if place not in faults),
        documents=tuple(item for item in changes.documents if item.id not in huge),
        quarantined=(
            *(_shortened(item) for item in changes.quarantined),
            *(
                _shortened(Quarantined(changes.records[place].native_id, fault))
                for place, fault in faults.items()
            ),
        ),
    )


def _titled(changes: ChangeSet) -> ChangeSet:
    """The same with a version and names of its source that fit into a list."""
    source = changes.source
    if max(len(source.title), len(source.publisher), len(changes.version)) <= _NAME:
        return changes
    title, publisher = _cut(source.title, _NAME), _cut(source.publisher, _NAME)
    return replace(
        changes,
        source=replace(source, title=title, publisher=publisher),
        version=_cut(changes.version, _NAME),
    )


def _faults(changes: ChangeSet, huge: set[str]) -> Iterator[tuple[int, str]]:
    for place, draft in enumerate(changes.records):
        yield place, _fault(draft, huge)


def _fault(draft: RecordDraft, huge: set[str]) -> str:
    reason = ""
    if len(draft.content) > MOST_CONTENT:
        reason = f"is larger than {MOST_CONTENT >> 20} MiB, which no object of a feed is."
    elif len(draft.statements) > MOST_STATEMENTS:
        reason = f"says more than {MOST_STATEMENTS:,} things, which no object of a feed does."
    elif len(draft.native_id) > MOST_NAME or _speaks_endlessly(draft.statements):
        reason = (
            f"holds a name of more than {MOST_NAME:,} characters or another text of more than"
            f" {MOST_TEXT:,}, which no object of a feed does."
        )
    elif huge and any(not huge.isdisjoint(said.documents) for said in draft.statements):
        reason = "refers to a document with an address or title longer than any is."
    return reason and f"“{_cut(draft.native_id, _SHOWN)}” {reason}"


def _speaks_endlessly(statements: tuple[StatementDraft, ...]) -> bool:
    for said in statements:
        most = MOST_NAME if said.predicate is Predicate.NAMED else MOST_TEXT
        if len(said.value) > most or len(said.object) > MOST_NAME or len(said.subject) > MOST_NAME:
            return True
    return False


_TEXTS = tuple(item.name for item in fields(DocumentDraft) if item.name != "credibility")


def _is_huge(document: DocumentDraft) -> bool:
    return any(len(getattr(document, name)) > MOST_TEXT for name in _TEXTS)


def _is_long(item: Quarantined) -> bool:
    return len(item.native_id) > _ID or len(item.reason) > _REASON


def _shortened(item: Quarantined) -> Quarantined:
    return Quarantined(_cut(item.native_id, _ID), _cut(item.reason, _REASON))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
