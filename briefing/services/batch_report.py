"""What came of a batch, in lines: for a terminal, and to be copied out of the window."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.core.wording import counted
from briefing.services.batch import Batched, Outcome


def report_text(batched: Batched) -> str:
    """What was written for whom, what was not and why, and the sum of it at the end."""
    lines = [line for outcome in batched.outcomes for line in _lines(outcome)]
    return "\n".join((*lines, f"{batched.folder}: {summary(batched)}"))


def summary(batched: Batched) -> str:
    """The sum in a sentence or three."""
    whole = len(batched.outcomes) - len(batched.failed)
    words = [f"{counted(len(batched.files), 'file')}, {counted(whole, 'client')} done."]
    if batched.failed:
        words.append(f"{counted(len(batched.failed), 'client')} not done, or not whole.")
    if batched.not_begun:
        words.append(f"Stopped before {counted(len(batched.not_begun), 'client')}.")
    return " ".join(words)


def failure_lines(outcome: Outcome) -> Iterator[str]:
    """Each thing that could not be done for a client, with its format and its reason."""
    for failure in outcome.failures:
        what = f"{outcome.name} ({failure.format})" if failure.format else outcome.name
        yield f"{what}: not written. {failure.error}"


def _lines(outcome: Outcome) -> Iterator[str]:
    for file in outcome.files:
        yield f"{file.path}: {file.words}"
    if outcome.withheld:
        left_out = counted(outcome.withheld, "statement")
        yield f"  {outcome.name}: {left_out} above its ceiling left out (for the author only)."
    yield from failure_lines(outcome)
