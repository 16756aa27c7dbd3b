"""An invented case by which Help shows how hypotheses are weighed; no figure of it is written down.

Its rows are never kept. They are weighed and warned about by the same code as any case.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from briefing.core.case import Case, Cell, Cited, Evidence, Hypothesis, Subject
from briefing.core.case_stix import STIX_TYPES
from briefing.core.case_words import EvidenceKind, Level, Mark, Relevance, Supposes, Vertex
from briefing.core.changes import stable_id
from briefing.core.tlp import Tlp

_DAY = "2026-01-01T00:00:00.000Z"
_ORIGIN = "What the attackers posted"


@cache
def example_case() -> Case:
    """A port goes dark: five pieces of evidence of four origins, three hypotheses."""
    return Case(
        incident=Subject(**_common("incident", "port"), name="A port goes dark"),
        evidence=(
            _evidence(
                "E1",
                "The attackers’ server is one that Heron used a year before",
                "A2",
                Relevance.HIGH,
                "A vendor",
                kind=EvidenceKind.INFRASTRUCTURE,
            ),
            _evidence(
                "E2",
                "A post on a forum is signed Heron",
                "E4",
                Relevance.MEDIUM,
                "A forum",
                origin=_ORIGIN,
                kind=EvidenceKind.CLAIM,
            ),
            _evidence(
                "E3",
                "A newspaper writes that Heron did it, and cites the post",
                "C3",
                Relevance.MEDIUM,
                "A newspaper",
                origin=_ORIGIN,
                kind=EvidenceKind.CLAIM,
            ),
            _evidence(
                "E4",
                "Nobody has seen the wiping tool before, and Heron has its own",
                "B3",
                Relevance.MEDIUM,
                "The responders",
                kind=EvidenceKind.CAPABILITY,
            ),
            _evidence(
                "E5",
                "All machines that failed ran an old system",
                "A1",
                Relevance.LOW,
                "The port",
                kind=EvidenceKind.VICTIMOLOGY,
            ),
        ),
        hypotheses=(
            _hypothesis("H1", "Heron", Supposes.ACTOR, "C C C I N"),
            _hypothesis("H2", "Somebody posing as Heron", Supposes.FALSE_FLAG, "I CC C N N"),
            _hypothesis("H3", "An actor nobody knows", Supposes.UNKNOWN, "I I I C N"),
        ),
    )


def _evidence(
    key: str,
    text: str,
    grade: str,
    relevance: Relevance,
    publisher: str,
    *,
    kind: EvidenceKind,
    origin: str = "",
) -> Evidence:
    return Evidence(
        **_common("evidence", key),
        incident=_id("incident", "port"),
        text=text,
        kind=kind,
        vertex=Vertex.CAPABILITY,
        level=Level.OPERATIONAL,
        reliability=grade[0],
        credibility=int(grade[1]),
        relevance=relevance,
        origin=origin or publisher,
        documents=(Cited("", text, publisher),),
    )


def _hypothesis(key: str, short: str, supposes: Supposes, marks: str) -> Hypothesis:
    """``marks`` are those of E1, E2, … in order."""
    return Hypothesis(
        **_common("hypothesis", key),
        incident=_id("incident", "port"),
        text=f"{short} did it.",
        short=short,
        supposes=supposes,
        cells=tuple(
            Cell(_id("evidence", f"E{place}"), Mark(mark))
            for place, mark in enumerate(marks.split(), start=1)
        ),
    )


def _common(kind: str, key: str) -> dict[str, Any]:
    return {
        "id": _id(kind, key),
        "created": _DAY,
        "modified": _DAY,
        "author": "Threat Briefing",
        "tlp": Tlp.CLEAR,
    }


def _id(kind: str, key: str) -> str:
    return stable_id(STIX_TYPES[kind], "help", "ach", key)
