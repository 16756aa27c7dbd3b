"""Single statements as their sources put them: what stands behind a number."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.actor import SourceEntry
from briefing.core.tlp import Tlp


@dataclass(frozen=True, slots=True)
class QuotedStatement:
    """One current statement.

    Attributes:
        key: Its key.
        code: Code of what it names, or "" where its words map to none.
        words: As the source writes it; "" where our own text says it in codes only.
        first: First date of which it speaks, or on which its incident began, ISO 8601 to the year,
            month or day, or "".
        last: Last date, likewise.
        confidence: As the source states it, or "".
        tlp: Its level.
        sources: Keys of what it rests on: documents, or the source that says it.
        incident: Name of the incident of which it is said; "" where it is said of an actor.
    """

    key: int
    code: str
    words: str
    first: str
    last: str
    confidence: str
    tlp: Tlp
    sources: tuple[str, ...]
    incident: str = ""


@dataclass(frozen=True, slots=True)
class QuotedStatements:
    """Statements with the sources that they rest on.

    Attributes:
        statements: Newest first, undated last.
        sources: Catalogues first, then documents in the order of their citation.
    """

    statements: tuple[QuotedStatement, ...]
    sources: tuple[SourceEntry, ...]
