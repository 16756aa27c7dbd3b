"""The words in which cases are recorded: closed lists, each with its origin in the field."""

from __future__ import annotations

from enum import StrEnum


class Claimant(StrEnum):
    """What kind of party says who did it; UNSTATED where a feed does not tell."""

    ACTOR = "actor"
    GOVERNMENT = "government"
    VENDOR = "vendor"
    MEDIA = "media"
    VICTIM = "victim"
    UNSTATED = ""


class ClaimStatus(StrEnum):
    """Where a claim stands, as whoever recorded it sees it."""

    UNVERIFIED = "unverified"
    CORROBORATED = "corroborated"
    CONTESTED = "contested"
    RETRACTED = "retracted"
    REFUTED = "refuted"


class Purpose(StrEnum):
    """Why somebody may claim an attack: to be taken seriously, to please sponsors, to hide who."""

    CREDIBILITY = "credibility"
    SPONSORS = "sponsors"
    CONCEAL_CULPRIT = "conceal-culprit"
    OTHER = "other"


class EvidenceKind(StrEnum):
    """What a piece of evidence is about."""

    TTP = "ttp"
    INFRASTRUCTURE = "infrastructure"
    VICTIMOLOGY = "victimology"
    CAPABILITY = "capability"
    LANGUAGE_TIME = "language-time"
    OFFICIAL = "official"
    CLAIM = "claim"


class Vertex(StrEnum):
    """The vertices of the Diamond Model (Caltagirone, Pendergast and Betz, 2013)."""

    ADVERSARY = "adversary"
    CAPABILITY = "capability"
    INFRASTRUCTURE = "infrastructure"
    VICTIM = "victim"


class Level(StrEnum):
    """On which level a piece of evidence speaks."""

    TACTICAL = "tactical"
    OPERATIONAL = "operational"
    STRATEGIC = "strategic"


class Relevance(StrEnum):
    """How far a piece of evidence bears on the question who did it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Mark(StrEnum):
    """A cell of the matrix: how evidence and hypothesis agree (Heuer; PARC's ACH)."""

    CC = "CC"
    C = "C"
    N = "N"
    I = "I"  # noqa: E741 - the letter that ACH uses
    II = "II"
    NA = "NA"


class Supposes(StrEnum):
    """What a hypothesis supposes: known actors, one nobody knows, a false flag, or several."""

    ACTOR = "actor"
    UNKNOWN = "unknown"
    FALSE_FLAG = "false-flag"
    SEVERAL = "several"


class Stance(StrEnum):
    """How far a second analyst agrees: the vocabulary of STIX 2.1, section 10.17."""

    STRONGLY_DISAGREE = "strongly-disagree"
    DISAGREE = "disagree"
    NEUTRAL = "neutral"
    AGREE = "agree"
    STRONGLY_AGREE = "strongly-agree"
