"""EuRepoC's terms for a claim: how it was made (type) and on what it rests (basis).

What we record ourselves uses the same terms, so that one list can be filtered by them.
Source: the attribution table of EuRepoC's global database, version 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

BASES = (
    "Attacker confirms",
    "Attribution by EU institution/agency",
    "Attribution by international organization",
    "Attribution by receiver government / state entity",
    "Attribution by third-party",
    "Contested attribution",
    "IT-security community attributes attacker",
    "Media-based attribution",
    "Receiver attributes attacker",
)
"""On what a claim rests."""
TYPES = (
    "Anonymous statement in media report (e.g., Reuters article cites the attribution statements"
    " of unnamed officials, or persons with knowledge into the matter etc.)",
    "Attribution given, type unclear",
    "Direct statement in media report (e.g., Reuters article cites the attribution statements by"
    " a person) / self-attribution via social media",
    "Domestic legal action",
    "Media report (e.g., Reuters makes an attribution statement, without naming further sources)",
    "Political statement / report (e.g., on government / state agency websites)",
    "Political statement/report and indictment / sanctions",
    "Self-attribution in the course of the attack (e.g., via defacement statements on websites)",
    "Statement in media report and indictment / sanctions",
    "Statement in media report and political statement/technical report",
    "Technical report (e.g., by IT-companies, Citizen Lab, EFF)",
)
"""How a claim was made."""


def short_term(term: str) -> str:
    """A term without its examples: the words before ``(e.g.``."""
    return term.partition(" (e.g.")[0]


def by_words(terms: Iterable[str]) -> Mapping[str, str]:
    """What a person may write, the term in full or without its examples → the term."""
    return {words: term for term in terms for words in (short_term(term), term)}
