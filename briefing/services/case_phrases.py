"""How the words in which claims and opinions are recorded read in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from briefing.core.case import Claim, Suspected
from briefing.core.case_words import Claimant, Purpose, Stance

CLAIMANTS: Final[Mapping[Claimant, str]] = {
    Claimant.ACTOR: "the attacker itself",
    Claimant.GOVERNMENT: "a government",
    Claimant.VENDOR: "a security company",
    Claimant.MEDIA: "media",
    Claimant.VICTIM: "the victim",
    Claimant.UNSTATED: "",
}
"""Who claims; "" where a feed does not tell which."""
PURPOSES: Final[Mapping[Purpose, str]] = {
    Purpose.CREDIBILITY: "to be taken seriously",
    Purpose.SPONSORS: "to please sponsors",
    Purpose.CONCEAL_CULPRIT: "to hide who did it",
    Purpose.OTHER: "for another reason",
}
"""Why somebody may claim an attack."""
STANCES: Final[Mapping[Stance, str]] = {
    Stance.STRONGLY_DISAGREE: "strongly disagrees",
    Stance.DISAGREE: "disagrees",
    Stance.NEUTRAL: "neither agrees nor disagrees",
    Stance.AGREE: "agrees",
    Stance.STRONGLY_AGREE: "strongly agrees",
}
"""What somebody does who holds a stance."""


def claimed_by(claim: Claim) -> str:
    """Who makes a claim, and what they are: "ALPHV, the attacker itself"."""
    what = CLAIMANTS[claim.claimant]
    if not claim.by:
        return what or "not stated"
    # A name that says what it is ("Media outlet") needs no explanation.
    return f"{claim.by}, {what}" if what and what not in claim.by.casefold() else claim.by


def suspected_words(one: Suspected) -> str:
    """A suspected purpose with why: "to be taken seriously: it named no proof"."""
    return f"{PURPOSES[one.purpose]}: {one.why}" if one.why else PURPOSES[one.purpose]
