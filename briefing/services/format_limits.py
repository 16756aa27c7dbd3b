"""What of a briefing a format cannot hold, said before it is written and not after."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.brief import (
    AnyBlock,
    Brief,
    Bullets,
    KeyJudgement,
    Note,
    Paragraph,
    Quotation,
    SourceList,
    Trace,
)
from briefing.core.errors import BriefingError

_NO_TABLE: tuple[type[AnyBlock], ...] = (
    Bullets,
    KeyJudgement,
    Note,
    Paragraph,
    Quotation,
    SourceList,
    Trace,
)
"""What makes no table of its own, or one of what is read better elsewhere."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What there is to say of a format.

    Attributes:
        format: Its name.
        words: A sentence.
        writable: Whether a file can be written all the same.
    """

    format: str
    words: str
    writable: bool


def format_limits(brief: Brief) -> tuple[Limit, ...]:
    """The formats that cannot hold a briefing, or hold next to nothing of it; a few milliseconds.

    Args:
        brief: The briefing.
    """
    # lazy: not before there is a briefing to write.
    from briefing.exports.navigator import render  # noqa: PLC0415 - start time

    found: list[Limit] = []
    if not brief.objects:
        words = "It would hold judgements and sources alone: the briefing names no object of STIX."
        found.append(Limit("stix", words, writable=True))
    try:
        render(brief)
    except BriefingError as error:
        found.append(Limit("navigator", error.message, writable=False))
    if all(isinstance(block, _NO_TABLE) for block in brief.blocks()):
        words = "It would hold sources alone: the briefing has no tables."
        found += [Limit(name, words, writable=True) for name in ("xlsx", "csv")]
    return tuple(found)
