"""Rows of the list of sources, and what is said when work has ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from briefing.core.preview import Preview
from briefing.core.wording import counted
from briefing.feeds.unpack import Refused
from briefing.services.import_feeds import Result
from briefing.services.sources import SourceEntry
from briefing.ui.theme import Theme
from briefing.ui.views.import_words import outcome_words, records_words
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.two_line_list import TwoLineItem

ALL = "all-imports"
IDENTITY = "identity"
PENDING = "waiting:"
_TOLD = 5
"""Files or sources that are told of one by one; the rest is counted."""


def list_rows(
    entries: Iterable[SourceEntry], waiting: Sequence[Preview], imports: int, questions: int
) -> list[TwoLineItem]:
    """What waits, the history, open questions, and every source."""
    rows = [_waiting(number, preview) for number, preview in enumerate(waiting)]
    rows.append(TwoLineItem(ALL, "All imports", "history, with undo", f"{imports:,}"))
    words = counted(questions, "open question") if questions else "nothing to decide"
    rows.append(TwoLineItem(IDENTITY, "Actor identity", words))
    rows += [_item(entry) for entry in entries]
    return rows


def result_notices(theme: Theme, results: Sequence[Result]) -> list[QWidget]:
    """What became of each source."""
    shown: list[QWidget] = [_outcome(theme, result) for result in results[:_TOLD]]
    if len(results) > _TOLD:
        more = counted(len(results) - _TOLD, "more source")
        shown.append(Notice(theme, "info", f"And {more}: see the history."))
    return shown


def refused_notices(theme: Theme, refused: Sequence[Refused]) -> list[QWidget]:
    """Files that could not be read, with reasons."""
    shown: list[QWidget] = [
        Notice(theme, "error", f"{item.name} was not taken.", item.reason)
        for item in refused[:_TOLD]
    ]
    if len(refused) > _TOLD:
        more = counted(len(refused) - _TOLD, "more file")
        shown.append(Notice(theme, "error", f"And {more} could not be read."))
    return shown


def _waiting(number: int, preview: Preview) -> TwoLineItem:
    counts = [preview.count(action) for action in ("added", "changed", "removed")]
    return TwoLineItem(
        f"{PENDING}{number}", preview.source.title, outcome_words(*counts), "waiting", "", "accent"
    )


def _item(entry: SourceEntry) -> TwoLineItem:
    if not entry.records:
        return TwoLineItem(entry.id, entry.title, entry.licence, "", "not taken in yet")
    age = records_words(entry.records)
    if entry.stale_days:
        age = f"{entry.stale_days // 30} months old" if entry.stale_days > 60 else "old"
    return TwoLineItem(
        entry.id,
        entry.title,
        entry.licence,
        f"v{entry.version}" if entry.version.isdecimal() else entry.version,
        age,
        "claim" if entry.stale_days else "ink_3",
    )


def _outcome(theme: Theme, result: Result) -> Notice:
    if result.error is not None:
        return Notice(theme, "error", f"{result.title} was not taken.", str(result.error))
    applied = result.applied
    assert applied is not None  # noqa: S101 - a result has counts or an error
    words = outcome_words(applied.added, applied.changed, applied.removed)
    kept = f" {applied.older:,} left out: you have a later edition." if applied.older else ""
    left = f" {counted(len(result.quarantined), 'object')} not taken." if result.quarantined else ""
    return Notice(theme, "info", f"{result.title}: {words}.", f"{kept}{left}".strip())
