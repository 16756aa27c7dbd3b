"""What an author should know of the notes that were typed: found by a worker, told at each note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from briefing.core.errors import BriefingError
from briefing.services.notes import NoteFinding, read_note

MOST_TOLD = 3
"""Findings of one note that are told; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One note.

    Attributes:
        error: Why it cannot be printed, and what to do about it, or "".
        findings: What is printed otherwise than it was meant, a sentence each.
    """

    error: str = ""
    findings: tuple[str, ...] = ()


Remarks: TypeAlias = Mapping[str, Remark]
"""Key of a section to what there is to say of the note under it."""


def read_remarks(notes: Sequence[tuple[str, str]]) -> Remarks:
    """Read every note as it will be printed, and say what does not hold."""
    return {key: _remark(text) for key, text in notes}


def _remark(text: str) -> Remark:
    try:
        found = read_note(text).findings
    except BriefingError as error:
        return Remark(error=f"{error.message} {error.remedy}".strip())
    told = [_words(finding) for finding in found[:MOST_TOLD]]
    rest = len(found) - len(told)
    return Remark(findings=(*told, f"And {rest} more.") if rest else tuple(told))


def _words(finding: NoteFinding) -> str:
    return f"Line {finding.line}: {finding.text}"
