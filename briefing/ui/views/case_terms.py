"""How the words in which cases are recorded read on a screen, and what they mean on hover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from briefing.core.case import Cited
from briefing.core.case_words import (
    ClaimStatus,
    EvidenceKind,
    Level,
    Relevance,
    Vertex,
)
from briefing.core.dates import short_date

STATUSES: Final[Mapping[ClaimStatus, str]] = {
    ClaimStatus.UNVERIFIED: "Nobody has checked it, as far as is recorded.",
    ClaimStatus.CORROBORATED: "Something of another origin speaks for it.",
    ClaimStatus.CONTESTED: "Somebody says otherwise.",
    ClaimStatus.RETRACTED: "Whoever made it has taken it back.",
    ClaimStatus.REFUTED: "It was shown to be wrong.",
}
"""What a status means."""
KINDS: Final[Mapping[EvidenceKind, str]] = {
    EvidenceKind.TTP: "TTP",
    EvidenceKind.INFRASTRUCTURE: "infrastructure",
    EvidenceKind.VICTIMOLOGY: "victimology",
    EvidenceKind.CAPABILITY: "capability",
    EvidenceKind.LANGUAGE_TIME: "language, time",
    EvidenceKind.OFFICIAL: "official",
    EvidenceKind.CLAIM: "claim",
}
"""Kinds of evidence as they stand in a column."""
KIND_MEANINGS: Final[Mapping[EvidenceKind, str]] = {
    EvidenceKind.TTP: "Tactics, techniques and procedures: how they worked.",
    EvidenceKind.INFRASTRUCTURE: "Servers, domains and addresses they used.",
    EvidenceKind.VICTIMOLOGY: "Whom they chose, which others chose too.",
    EvidenceKind.CAPABILITY: "What they could do: tools, money, skill.",
    EvidenceKind.LANGUAGE_TIME: "Language, working hours, time zones: easy to fake.",
    EvidenceKind.OFFICIAL: "What an authority, a court or the victim puts on record.",
    EvidenceKind.CLAIM: "What somebody claims, taken as something that was observed.",
}
"""What a kind of evidence is about."""
VERTICES: Final[Mapping[Vertex, str]] = {one: one.value.capitalize() for one in Vertex}
"""Vertices of the Diamond Model as they stand in a column."""
LEVELS: Final[Mapping[Level, str]] = {
    Level.TACTICAL: "Tactical level: what happened on machines.",
    Level.OPERATIONAL: "Operational level: how the campaign was run.",
    Level.STRATEGIC: "Strategic level: who gains, and why.",
}
"""On which level a piece of evidence speaks."""
RELEVANCES: Final[Mapping[Relevance, str]] = {
    Relevance.LOW: "Bears little on the question who did it.",
    Relevance.MEDIUM: "Bears on the question who did it.",
    Relevance.HIGH: "Bears closely on the question who did it.",
}
"""How far a piece of evidence bears on the question."""


def cited_words(document: Cited) -> str:
    """A document in one line: title, publisher, date."""
    publisher = document.publisher if document.publisher not in document.title else ""
    parts = (document.title or document.url, publisher, short_date(document.published))
    return " · ".join(part for part in parts if part)


def documents_words(documents: Sequence[Cited]) -> tuple[str, str]:
    """What a row rests on: its first document, and what is never cut: its date, how many more.

    Both parts put together make one line: "The report · Press" and " · 4 Oct 2023 and 1 more".
    """
    if not documents:
        return "no document", ""
    first = documents[0]
    publisher = first.publisher if first.publisher not in first.title else ""
    name = " · ".join(part for part in (first.title or first.url, publisher) if part)
    date = f" · {short_date(first.published)}" if first.published else ""
    more = f" and {len(documents) - 1} more" if len(documents) > 1 else ""
    return name, f"{date}{more}"
