"""Small rows of a case. A key names a row; the rows of a case refer to each other by keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from briefing.core.case import (
    Assessment,
    Case,
    Cell,
    Cited,
    Claim,
    Evidence,
    Hypothesis,
    Opinion,
    Row,
    Subject,
)
from briefing.core.case_stix import STIX_TYPES
from briefing.core.case_words import (
    Claimant,
    EvidenceKind,
    Level,
    Mark,
    Relevance,
    Stance,
    Supposes,
    Vertex,
)
from briefing.core.changes import stable_id
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp

RECORDED = "2024-03-01T09:00:00.000Z"
"""When every sample row was recorded, unless it says otherwise."""
DAY = RECORDED[:10]

R = TypeVar("R", bound=Row)


def row_id(kind: str, key: str) -> str:
    """Id of the row that a builder makes: ``row_id("evidence", "e1")``."""
    return stable_id(STIX_TYPES[kind], "sample", kind, key)


def actor_id(name: str) -> str:
    """Id of an actor of the catalogue."""
    return stable_id("intrusion-set", "sample", name)


def document(name: str = "report", **more: Any) -> Cited:
    """A document of its own publisher, at an address of its own."""
    given = {
        "url": f"https://{name}.example/{name}",
        "title": f"The {name}",
        "publisher": f"{name.capitalize()} Press",
        "published": "2023-10-01",
        **more,
    }
    return Cited(**given)


def subject(key: str = "raid", **more: Any) -> Subject:
    """The incident to which the other builders' rows belong, unless they say otherwise."""
    given = {
        "slug": f"{key}-2023",
        "name": "Raid on the harbour, September 2023",
        "description": "Screens of the harbour went dark.",
        "first_seen": "2023-09-10",
        "disclosed": "2023-09-12",
        **more,
    }
    return Subject(**{**_common("incident", key), **given})


def claim(key: str = "a", **more: Any) -> Claim:
    """What one party says; a press report unless it says otherwise."""
    given = {
        "text": f"Says that Heron did it ({key}).",
        "claimant": Claimant.MEDIA,
        "by": "Harbour Gazette",
        "accused": "Heron",
        "date": "2023-09-20",
        "reliability": "C",
        "credibility": 3,
        "origin": f"origin of claim {key}",
        "documents": (document(f"claim-{key}"),),
        **more,
    }
    return _of("claim", key, Claim, given)


def evidence(key: str = "e1", *, bears_on: Iterable[str] = (), **more: Any) -> Evidence:
    """Something observed, of an origin of its own; ``bears_on`` are keys of claims."""
    given = {
        "text": f"Observation {key}",
        "kind": EvidenceKind.INFRASTRUCTURE,
        "vertex": Vertex.INFRASTRUCTURE,
        "level": Level.OPERATIONAL,
        "reliability": "B",
        "credibility": 3,
        "relevance": Relevance.MEDIUM,
        "origin": f"origin of {key}",
        "documents": (document(f"evidence-{key}"),),
        **more,
    }
    made = tuple(row_id("claim", one) for one in bears_on)
    return _of("evidence", key, Evidence, {"bears_on": made, **given})


def hypothesis(key: str = "h1", marks: Mapping[str, str] | None = None, **more: Any) -> Hypothesis:
    """One answer; ``marks`` is key of evidence → mark (``{"e1": "II"}``)."""
    cells = tuple(Cell(row_id("evidence", one), Mark(mark)) for one, mark in (marks or {}).items())
    given = {
        "text": f"Answer {key}.",
        "short": f"Answer {key}",
        "supposes": Supposes.ACTOR,
        "cells": cells,
        **more,
    }
    return _of("hypothesis", key, Hypothesis, given)


def assessment(
    key: str = "j1", hypothesis: str = "h1", *, supersedes: str = "", **more: Any
) -> Assessment:
    """What the analyst concludes of a hypothesis; both refer by key."""
    given = {
        "text": "Heron carried out the raid.",
        "likelihood": Likelihood.LIKELY,
        "confidence": Confidence.MEDIUM,
        "date": DAY,
        "hypothesis": row_id("hypothesis", hypothesis),
        "supersedes": row_id("assessment", supersedes) if supersedes else "",
        **more,
    }
    return _of("assessment", key, Assessment, given)


def opinion(
    key: str = "o1", assessment: str = "j1", *, hypothesis: str = "", **more: Any
) -> Opinion:
    """What a second analyst thinks of an assessment; both refer by key."""
    given = {
        "author": "Second analyst",
        "stance": Stance.DISAGREE,
        "text": "The record does not carry it.",
        "date": DAY,
        "assessment": row_id("assessment", assessment),
        "hypothesis": row_id("hypothesis", hypothesis) if hypothesis else "",
        **more,
    }
    return _of("opinion", key, Opinion, given)


def case(*rows: Row, incident: Subject | None = None) -> Case:
    """The case of these rows in any order of kinds; within a kind the order is kept."""

    def those(made: type[R]) -> tuple[R, ...]:
        return tuple(row for row in rows if isinstance(row, made))

    return Case(
        incident=incident or next(iter(those(Subject)), subject()),
        claims=those(Claim),
        evidence=those(Evidence),
        hypotheses=those(Hypothesis),
        assessments=those(Assessment),
        opinions=those(Opinion),
    )


def worked_case() -> Case:
    """A case with something of every kind, in which no rule finds fault."""
    return case(
        subject(),
        claim("a", date="2023-09-12"),
        evidence("e1", bears_on=("a",), credibility=2),
        evidence("e2", bears_on=("a",), relevance=Relevance.HIGH),
        hypothesis("h1", {"e1": "C", "e2": "CC"}, actors=(actor_id("Heron"),)),
        hypothesis("h2", {"e1": "I", "e2": "N"}, actors=(actor_id("Egret"),)),
        hypothesis("h3", {"e1": "N", "e2": "I"}, supposes=Supposes.UNKNOWN),
        assessment("j1", "h1", gaps=("Nobody has seen the machines.",)),
    )


def _common(kind: str, key: str) -> dict[str, Any]:
    return {
        "id": row_id(kind, key),
        "created": RECORDED,
        "modified": RECORDED,
        "author": "Analyst",
        "tlp": Tlp.CLEAR,
    }


def _of(kind: str, key: str, made: type[R], given: Mapping[str, Any]) -> R:
    return made(**{**_common(kind, key), "incident": row_id("incident", "raid"), **given})
