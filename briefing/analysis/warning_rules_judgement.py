"""Rules about the judgement: hypotheses, what supports the leader, and how it is worded."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.analysis.case_origins import Origins, Sourced, sourced
from briefing.analysis.estimative_words import mixed_words
from briefing.analysis.warning_facts import Found, Known, is_later, named, supporting
from briefing.core.case import Case, Claim
from briefing.core.case_words import EvidenceKind, Supposes
from briefing.core.dates import short_date
from briefing.core.estimates import Confidence
from briefing.core.weighing import Weighing
from briefing.core.wording import listed

FEWEST_HYPOTHESES = 3
_OPEN = frozenset((Supposes.UNKNOWN, Supposes.FALSE_FLAG))
_GOOD = frozenset("AB")
"""Admiralty: completely and usually reliable."""


def older_than_what_is_known(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 6: evidence or claims came after the assessment that stands.

    Recorded or changed after it was recorded, or dated after its day.
    """
    standing = case.assessment
    if standing is None:
        return None
    newer = [
        row.id
        for row in sourced(case)
        if row.modified > standing.created or is_later(_date(row), standing.date)
    ]
    if not newer:
        return None
    return Found(
        f"The assessment of {short_date(standing.date)} is older than {named(case, newer)}.",
        (standing.id, *newer),
    )


def leader_left_over(case: Case, weighing: Weighing, _known: Known) -> Found | None:
    """Rule 7: a leader with which no evidence agrees that tells hypotheses apart.

    It leads because others are refuted, or because nothing was weighed at all.
    """
    left = [
        leader
        for leader in weighing.leaders
        if not any(weighing.diagnosticity[one.id] > 0 for one in supporting(case, leader))
    ]
    if not left:
        return None
    agreeing = {one.id: None for leader in left for one in supporting(case, leader)}
    verb, them = ("leads", "it") if len(left) == 1 else ("lead", "them")
    return Found(
        f"{named(case, left)} {verb}, and no evidence that agrees tells {them} apart from others.",
        (*left, *agreeing),
    )


def too_few_hypotheses(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 8: fewer than three hypotheses, or none that leaves room for somebody unexpected."""
    few = len(case.hypotheses) < FEWEST_HYPOTHESES
    closed = not any(one.supposes in _OPEN for one in case.hypotheses)
    if not few and not closed:
        return None
    rows = tuple(one.id for one in case.hypotheses)
    if not rows:
        return Found("No hypothesis is recorded.", (case.incident.id,))
    parts = [f"Only {named(case, rows)} {'is' if len(rows) == 1 else 'are'} weighed"] if few else []
    if closed:
        parts.append("none supposes an unknown actor or a false flag")
    sentence = ", and ".join(parts)
    return Found(f"{sentence[:1].upper()}{sentence[1:]}.", rows)


def high_confidence_on_little(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 9: high confidence where nothing better than C agrees, or only one origin does."""
    standing = case.assessment
    if standing is None or standing.confidence is not Confidence.HIGH:
        return None
    if standing.hypothesis not in {one.id for one in case.hypotheses}:
        return None
    support = supporting(case, standing.hypothesis)
    rows = tuple(one.id for one in support)
    parts = []
    if Origins(case).count(support) == 1:
        parts.append("one origin")
    if not any(one.reliability in _GOOD for one in support):
        parts.append("no source better than C")
    if not parts:
        return None
    grounds = f"{listed(parts)}: {named(case, rows)}" if rows else "no evidence that agrees"
    return Found(f"High confidence rests on {grounds}.", (standing.id, *rows))


def estimates_mixed(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 11: a word of likelihood and a word of confidence in one sentence.

    Read are the assessment that stands and the opinions about it; what was superseded is history.
    """
    places: list[str] = []
    rows: list[str] = []
    for row, place, text in _worded(case):
        words = mixed_words(text)
        if words:
            places.append(f"“{words[0]}” and “{words[1]}” in {place}")
            rows.append(row)
    if not rows:
        return None
    return Found(f"One sentence holds {'; '.join(places)}.", tuple(dict.fromkeys(rows)))


def only_ttps_support(case: Case, weighing: Weighing, _known: Known) -> Found | None:
    """Rule 12: a leader with which only techniques, tools and procedures agree."""
    found = {}
    for leader in weighing.leaders:
        support = supporting(case, leader)
        if support and all(one.kind is EvidenceKind.TTP for one in support):
            found[leader] = [one.id for one in support]
    if not found:
        return None
    words = "; ".join(f"{named(case, [one])}: {named(case, e)}" for one, e in found.items())
    support_rows = dict.fromkeys(row for rows in found.values() for row in rows)
    return Found(f"Only TTP evidence agrees with {words}.", (*found, *support_rows))


def _worded(case: Case) -> Iterator[tuple[str, str, str]]:
    """Id, place in words and text of everything that judges."""
    standing = case.assessment
    if standing is None:
        return
    yield standing.id, "the assessment", standing.text
    yield standing.id, "the basis of the assessment", standing.basis
    for opinion in case.opinions:
        if opinion.assessment == standing.id:
            yield opinion.id, f"the opinion of {opinion.author}", opinion.text


def _date(row: Sourced) -> str:
    return row.date if isinstance(row, Claim) else row.observed
