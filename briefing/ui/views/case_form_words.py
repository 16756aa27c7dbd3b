"""What the forms of a case offer to choose from, and what each choice means, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.core.case_words import (
    Claimant,
    ClaimStatus,
    EvidenceKind,
    Level,
    Purpose,
    Relevance,
    Stance,
    Supposes,
    Vertex,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import CREDIBILITY, RELIABILITY
from briefing.feeds import eurepoc_terms
from briefing.ui.views import case_terms
from briefing.ui.widgets.choice_box import Choice

CLAIMANTS = (
    Choice(
        Claimant.ACTOR,
        "The attackers themselves",
        "They gain by being believed: their word alone proves nothing.",
    ),
    Choice(Claimant.GOVERNMENT, "A government or a court", "Ministries, agencies, prosecutors."),
    Choice(Claimant.VENDOR, "A security company", "Companies and researchers who looked into it."),
    Choice(Claimant.MEDIA, "The press", "Journalists, with or without named sources."),
    Choice(Claimant.VICTIM, "The victim", "Whoever was hit, or speaks for them."),
)
CHANNELS = (
    "leak site",
    "press",
    "social media",
    "press release",
    "technical report",
    "regulatory filing",
    "indictment",
    "defacement",
)
"""How claims come out; anything else may be typed."""
_BASES: Mapping[Claimant, str] = {
    Claimant.ACTOR: "Attacker confirms",
    Claimant.GOVERNMENT: "Attribution by receiver government / state entity",
    Claimant.VENDOR: "IT-security community attributes attacker",
    Claimant.MEDIA: "Media-based attribution",
    Claimant.VICTIM: "Receiver attributes attacker",
}
BASES = (Choice("", "not stated"), *(Choice(term, term) for term in eurepoc_terms.BASES))
"""On what a claim rests, in EuRepoC's terms."""
TYPES = (
    Choice("", "not stated"),
    *(Choice(term, eurepoc_terms.short_term(term)) for term in eurepoc_terms.TYPES),
)
"""How a claim was made, in EuRepoC's terms; the examples that a term ends with are left out."""
STATUSES = tuple(
    Choice(one, one.value.capitalize(), case_terms.STATUSES[one]) for one in ClaimStatus
)
PURPOSES = (
    Choice(Purpose.CREDIBILITY, "Credibility", "To be feared, taken seriously, or paid."),
    Choice(Purpose.SPONSORS, "Sponsors", "To show whoever pays or commands that they deliver."),
    Choice(
        Purpose.CONCEAL_CULPRIT,
        "Hide the culprit",
        "To draw suspicion away from whoever really did it.",
    ),
    Choice(Purpose.OTHER, "Something else", "Say what."),
)
EVIDENCE_KINDS = (
    Choice(
        EvidenceKind.TTP,
        "TTPs",
        "Tactics, techniques and procedures: how they worked. Others can work the same way.",
    ),
    Choice(
        EvidenceKind.INFRASTRUCTURE,
        "Infrastructure",
        "Servers, domains, addresses. They can be rented, shared or taken over.",
    ),
    Choice(
        EvidenceKind.VICTIMOLOGY,
        "Victimology",
        "Who was hit, and who gains by it. Many actors hit the same kind of victim.",
    ),
    Choice(
        EvidenceKind.CAPABILITY,
        "Capability",
        "Malware, exploits and skill. What only one actor has tells most; code leaks.",
    ),
    Choice(
        EvidenceKind.LANGUAGE_TIME,
        "Language and time",
        "Words, keyboards, working hours. The easiest to fake.",
    ),
    Choice(
        EvidenceKind.OFFICIAL,
        "Official finding",
        "What an authority, a court or a filing states, with or without its grounds.",
    ),
    Choice(
        EvidenceKind.CLAIM,
        "A statement about it",
        "What somebody says, used as evidence. A claim is no proof of itself.",
    ),
)
VERTEX_OF: Mapping[EvidenceKind, Vertex] = {
    EvidenceKind.TTP: Vertex.CAPABILITY,
    EvidenceKind.INFRASTRUCTURE: Vertex.INFRASTRUCTURE,
    EvidenceKind.VICTIMOLOGY: Vertex.VICTIM,
    EvidenceKind.CAPABILITY: Vertex.CAPABILITY,
    EvidenceKind.LANGUAGE_TIME: Vertex.ADVERSARY,
    EvidenceKind.OFFICIAL: Vertex.ADVERSARY,
    EvidenceKind.CLAIM: Vertex.ADVERSARY,
}
"""The vertex that a kind of evidence mostly belongs to: proposed, never forced."""
VERTICES = (
    Choice(Vertex.ADVERSARY, "Adversary", "It is about the people who did it."),
    Choice(Vertex.CAPABILITY, "Capability", "It is about their tools and techniques."),
    Choice(Vertex.INFRASTRUCTURE, "Infrastructure", "It is about the machines they used."),
    Choice(Vertex.VICTIM, "Victim", "It is about whoever was hit."),
)
LEVELS = (
    Choice(Level.TACTICAL, "Tactical", "Single traces: files, commands, addresses."),
    Choice(Level.OPERATIONAL, "Operational", "How the campaign was run from start to end."),
    Choice(Level.STRATEGIC, "Strategic", "Why, for whom, and at what moment."),
)
RELEVANCES = (
    (Relevance.LOW, "low"),
    (Relevance.MEDIUM, "medium"),
    (Relevance.HIGH, "high"),
)
RELIABILITIES = tuple(Choice(code, f"{code} – {words}") for code, words in RELIABILITY.items())
NOT_JUDGED = "-"
"""Stands for a credibility that nobody has judged."""
CREDIBILITIES = tuple(
    Choice(str(number), f"{number} – {words}") for number, words in CREDIBILITY.items()
)
HYPOTHESIS_KINDS = (
    Choice(
        Supposes.ACTOR,
        "A known actor",
        "Somebody who has a name did it, as claimed or not.",
    ),
    Choice(
        Supposes.SEVERAL,
        "Several together",
        "More than one did it: an affiliate and the owner of the malware, say.",
    ),
    Choice(
        Supposes.UNKNOWN,
        "An actor nobody has named",
        "Always possible. Without it the rest only compete with each other.",
    ),
    Choice(
        Supposes.FALSE_FLAG,
        "A false flag",
        "Somebody wanted it to look like another. It asks what was planted, and who gains.",
    ),
)
LIKELIHOODS = tuple(Choice(one.term, one.term, one.range) for one in Likelihood)
CONFIDENCES = (
    Choice(
        Confidence.LOW.word,
        "low",
        "Few, doubtful or second-hand reports. More of them may well change the judgement.",
    ),
    Choice(
        Confidence.MEDIUM.word,
        "medium",
        "Credible reports that fit together, but too few, or not independent of each other.",
    ),
    Choice(
        Confidence.HIGH.word,
        "high",
        "Good reports of several origins that agree. It may still be wrong.",
    ),
)
STATED = tuple((one.word, one.word) for one in Confidence)
"""How sure a claimant says to be."""
STANCES = (
    Choice(Stance.STRONGLY_AGREE, "Strongly agree"),
    Choice(Stance.AGREE, "Agree"),
    Choice(Stance.NEUTRAL, "Neither"),
    Choice(Stance.DISAGREE, "Disagree"),
    Choice(Stance.STRONGLY_DISAGREE, "Strongly disagree"),
)


def basis_of(claimant: Claimant) -> str:
    """The basis that a kind of claimant mostly has, in EuRepoC's terms; proposed, never forced."""
    return _BASES.get(claimant, "")
