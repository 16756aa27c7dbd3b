"""Claims in words: what a card of each says, closed and opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from briefing.core.case import Claim, origin_key
from briefing.core.case_page import CasePage
from briefing.core.case_words import ClaimStatus
from briefing.core.dates import short_date
from briefing.core.estimates import Confidence
from briefing.core.wording import inside, listed
from briefing.feeds.eurepoc_terms import short_term
from briefing.services.case_phrases import PURPOSES, claimed_by, suspected_words
from briefing.ui.views.case_terms import STATUSES, documents_words
from briefing.ui.widgets.chips import ChipKind
from briefing.ui.widgets.claim_card import ClaimCard

_LOOKS: Final[dict[ClaimStatus, ChipKind]] = {
    ClaimStatus.UNVERIFIED: "quiet",
    ClaimStatus.CORROBORATED: "done",
    ClaimStatus.CONTESTED: "contested",
    ClaimStatus.RETRACTED: "withdrawn",
    ClaimStatus.REFUTED: "withdrawn",
}


def claims_note(claims: Sequence[Claim]) -> str:
    """How many there are, and where they stand: "2, contested"."""
    if not claims:
        return "none recorded"
    own = sum(claim.is_by_attacker for claim in claims)
    if own == len(claims):
        return f"{len(claims):,}, only the attacker says so"
    states = Counter(claim.status for claim in claims)
    if len(states) == 1:
        return f"{len(claims):,}, {next(iter(states)).value}"
    parts = (f"{number} {state.value}" for state, number in states.most_common())
    return f"{len(claims):,}: {', '.join(parts)}"


def claim_card(
    page: CasePage, claim: Claim, labels: dict[str, str], origins: dict[str, str]
) -> ClaimCard:
    """A claim as its card says it.

    Args:
        page: The incident.
        claim: Which one of its claims.
        labels: Id of a row → its printed label.
        origins: Origin as ``origin_key`` gives it → its printed label.
    """
    return ClaimCard(
        key=claim.id,
        letter=labels[claim.id],
        title=claim.accused,
        date=short_date(claim.date),
        text=claim.text,
        facts=tuple(_facts(claim)),
        details=tuple(_details(page, claim, origins)),
        status=(claim.status.value, _LOOKS[claim.status]),
        basis=f"basis: {inside(claim.basis)}" if claim.basis else "",
        grade=claim.grade,
        tlp=claim.tlp if claim.tlp is not page.case.incident.tlp else None,
        origin=origins.get(origin_key(claim.origin), ""),
        documents=documents_words(claim.documents),
        opens=bool(claim.documents),
        hints=(
            f"{claim.status.value.capitalize()}: {STATUSES[claim.status]}",
            f"Grade {claim.grade.code}: {claim.grade.words}",
            f"Basis: {inside(claim.basis)}." if claim.basis else "",
        ),
    )


def _facts(claim: Claim) -> Iterable[tuple[str, str]]:
    """What a closed card says: the motive without its grounds."""
    yield "Claimant", claimed_by(claim)
    if channel := claim.channel or _how(claim):
        yield "Channel", channel
    yield "Motive", claim.stated_motive or "none stated"
    if claim.suspected:
        purposes = dict.fromkeys(PURPOSES[one.purpose] for one in claim.suspected)
        yield "Suspected", listed(purposes)


def _details(page: CasePage, claim: Claim, origins: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """What an opened card says: everything."""
    yield "Claimant", claimed_by(claim)
    actor = page.actors.get(claim.actor)
    if actor is not None and actor.name and actor.name not in claim.accused:
        yield "Known as", actor.name
    if channel := ", ".join(part for part in (claim.channel, _how(claim)) if part):
        yield "Channel", channel
    yield "Motive", claim.stated_motive or "none stated"
    for number, one in enumerate(claim.suspected):
        yield "" if number else "Suspected", suspected_words(one)
    if claim.basis:
        yield "Basis", inside(claim.basis)
    if claim.confidence is not Confidence.NOT_STATED:
        yield "Confidence", f"{claim.confidence.word}, as the claimant says"
    if claim.origin:
        yield "Origin", f"{origins[origin_key(claim.origin)]}, {claim.origin}"


def _how(claim: Claim) -> str:
    """How it was made, without the examples with which EuRepoC's terms end."""
    return inside(short_term(claim.type))
