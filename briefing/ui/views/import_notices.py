"""What is said when work at the sources has ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from briefing.core.wording import counted, listed
from briefing.feeds.unpack import Refused
from briefing.services.import_feeds import Result
from briefing.ui.theme import Theme
from briefing.ui.views.import_words import outcome_words
from briefing.ui.views.import_work import Missed, Pending
from briefing.ui.widgets.notice import Notice, NoticeAction

_TOLD = 6
"""Files or sources that are told of one by one; the rest is counted, and copied."""


def reading_notices(theme: Theme, pending: Pending) -> list[QWidget]:
    """What of a reading does not wait: nothing new, refused, not reached."""
    shown: list[QWidget] = []
    if pending.nothing_new:
        words = listed(pending.nothing_new[:_TOLD])
        more = len(pending.nothing_new) - _TOLD
        rest = f"{words} and {counted(more, 'more source')}" if more > 0 else words
        shown.append(Notice(theme, "info", "Nothing new.", f"{rest} stands as it is."))
    if pending.missed:
        shown.append(_missed(theme, pending.missed))
    if pending.refused:
        shown.append(_refused(theme, pending.refused))
    return shown


def result_notices(theme: Theme, results: Sequence[Result]) -> list[QWidget]:
    """What became of each source that was applied."""
    shown: list[QWidget] = []
    taken = [result for result in results if result.error is None]
    lines = [_taken_words(result) for result in taken]
    if lines:
        more = len(lines) - _TOLD
        rest = [*lines[1:_TOLD], *([f"And {counted(more, 'more source')}."] if more > 0 else ())]
        shown.append(Notice(theme, "info", lines[0], "\n".join(rest)))
    failed = [(result.title, str(result.error)) for result in results if result.error is not None]
    if failed:
        lead = f"{counted(len(failed), 'source')} not taken."
        shown.append(_lines(theme, lead, failed))
    return shown


def _taken_words(result: Result) -> str:
    applied = result.applied
    assert applied is not None  # noqa: S101 - a result has counts or an error
    words = outcome_words(applied.added, applied.changed, applied.removed)
    older = f"; {applied.older:,} left out, you have a later edition" if applied.older else ""
    left = f"; {counted(len(result.quarantined), 'object')} not taken" if result.quarantined else ""
    return f"{result.title}: {words}{older}{left}."


def _refused(theme: Theme, refused: Sequence[Refused]) -> Notice:
    if len(refused) == 1:
        return Notice(theme, "error", f"{refused[0].name} was not taken.", refused[0].reason)
    lead = f"{counted(len(refused), 'file')} were not taken."
    return _lines(theme, lead, [(item.name, item.reason) for item in refused])


def _missed(theme: Theme, missed: Sequence[Missed]) -> Notice:
    verb = "was" if len(missed) == 1 else "were"
    lead = f"{counted(len(missed), 'source')} {verb} not updated. What you have of it stays."
    return _lines(theme, lead, [(one.title, str(one.error)) for one in missed])


def _lines(theme: Theme, lead: str, told: Sequence[tuple[str, str]]) -> Notice:
    """A line each for the first, and all of them to copy."""
    lines = [f"{name}: {reason}" for name, reason in told]
    whole = "\n".join((lead, *lines))

    def copy() -> None:
        QApplication.clipboard().setText(whole)

    more = len(lines) - _TOLD
    shown = [*lines[:_TOLD], *([f"And {more:,} more."] if more > 0 else ())]
    actions = (NoticeAction("Copy all", copy, "copy"),)
    return Notice(theme, "error", lead, "\n".join(shown), actions)
