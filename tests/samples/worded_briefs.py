"""Small briefings whose wording is looked at: one judgement, one note, one incident."""

from __future__ import annotations

from typing import Any

from briefing.core.brief import (
    AnyBlock,
    Assessed,
    Brief,
    BriefObject,
    BriefSource,
    ClaimItem,
    ClaimsEvidence,
    EvidenceItem,
    Facts,
    KeyJudgement,
    Mark,
    Note,
    NoteText,
    Part,
    Section,
    spans,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp

ACTORS = (
    BriefObject("intrusion-set--1", "Red Fox", Tlp.CLEAR),
    BriefObject("threat-actor--2", "Vulpes Group (RENARD)", Tlp.CLEAR),
    BriefObject("malware--3", "Burrow", Tlp.CLEAR),
)


def source(key: str, publisher: str = "", title: str = "") -> BriefSource:
    return BriefSource(
        key, title or f"Title of {key}", publisher or f"Publisher of {key}", "", "", Grade("B", 2)
    )


def brief(*blocks: AnyBlock, **more: Any) -> Brief:
    """A briefing of one section of these blocks, on Red Fox."""
    section = Section("said", "What is said", blocks)
    fields: dict[str, Any] = {
        "kind": "actor",
        "kind_title": "Actor briefing",
        "subject": "Red Fox",
        "title": "Red Fox",
        "parts": (Part("Red Fox", "Full version", (section,)),),
        "sources": (source("one"), source("two")),
        "made_from": (),
        "data_as_of": "2026-01-01",
        "ceiling": Tlp.CLEAR,
        "tlp": Tlp.CLEAR,
    }
    return Brief(**{**fields, **more})


def judgement(
    text: str, likelihood: Likelihood = Likelihood.LIKELY, cited: tuple[str, ...] = ("one", "two")
) -> KeyJudgement:
    return KeyJudgement(spans(text, Mark(cited)), likelihood, Confidence.MEDIUM)


def note(*texts: str) -> Note:
    return Note(tuple(NoteText(spans(text)) for text in texts))


def assessed(text: str, likelihood: Likelihood = Likelihood.LIKELY, **facts: str) -> Assessed:
    return Assessed(
        spans(text, Mark(("one", "two"))),
        *(likelihood, Confidence.MEDIUM, "An analyst", "2026-01-01"),
        facts=tuple((label.replace("_", " "), spans(words)) for label, words in facts.items()),
    )


def claims(*, evidence: int = 2, origins: int = 2) -> ClaimsEvidence:
    """Two claims, and as many pieces of evidence."""
    return ClaimsEvidence(
        tuple(
            ClaimItem(label, "Red Fox", "2026", spans("It did it."), "contested", Grade("E", 3))
            for label in "AB"
        ),
        tuple(
            EvidenceItem(f"E{n}", spans("A tool."), "ttp", "high", "O1", Grade("B", 2))
            for n in range(evidence)
        ),
        origins if evidence else 0,
    )


def incident(*blocks: AnyBlock, **more: Any) -> Brief:
    """A briefing on a raid on Harbour Bank of which Red Fox and Vulpes are named culprits."""
    fields = {"kind": "incident", "subject": "Harbour Bank, 2026", "objects": ACTORS, **more}
    return brief(*blocks, **fields)


def sponsor(words: str) -> Facts:
    return Facts((("Sponsor", spans(words, Mark(("one",)))),))
