"""Cases drawn at random for hypothesis: everything that a row may hold, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from hypothesis import assume
from hypothesis import strategies as st

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
    Suspected,
)
from briefing.core.case_stix import STIX_TYPES
from briefing.core.case_words import (
    Claimant,
    ClaimStatus,
    EvidenceKind,
    Level,
    Mark,
    Purpose,
    Relevance,
    Stance,
    Supposes,
    Vertex,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp

T = TypeVar("T")

_SIGNS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")
TEXT = st.text(_SIGNS, max_size=40)
SAID = TEXT.filter(lambda text: text.strip() != "")
"""A text that is there."""
_DAYS = st.dates().map(lambda day: day.isoformat())
_DATES = st.one_of(
    st.just(""), _DAYS, _DAYS.map(lambda day: day[:7]), _DAYS.map(lambda day: day[:4])
)
_SOME_DATE = _DATES.filter(bool)
_MOMENTS = st.tuples(
    st.sampled_from(["2023-02-03T04:05:06.007Z", "2024-01-01T00:00:00.000Z"]),
    st.sampled_from(["2024-01-01T00:00:00.000Z", "2025-12-31T23:59:59.999Z"]),
)
_ADDRESSES = st.sampled_from(
    ["https://heron.example/2023/10/raid", "http://egret.example/", "https://ibis.example/a?b=c#d"]
)
_DOCUMENTS = st.builds(
    Cited,
    url=st.one_of(st.just(""), _ADDRESSES),
    title=SAID,
    publisher=TEXT,
    published=_DATES,
    repeats=st.one_of(st.just(""), _ADDRESSES),
)
_RELIABILITY = st.sampled_from("ABCDEF")


def _some(of: st.SearchStrategy[T], least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(of, min_size=least, max_size=3).map(tuple)


def _id(kind: str) -> st.SearchStrategy[str]:
    return st.uuids(version=4).map(lambda drawn: f"{STIX_TYPES[kind]}--{drawn}")


_ACTORS = st.builds(
    lambda kind, drawn: f"{kind}--{drawn}",
    st.sampled_from(["intrusion-set", "threat-actor"]),
    st.uuids(version=4),
)


def _common(draw: st.DrawFn, kind: str, least_documents: int = 0) -> dict[str, Any]:
    created, modified = draw(_MOMENTS)
    return {
        "id": draw(_id(kind)),
        "created": created,
        "modified": modified,
        "author": draw(SAID),
        "tlp": draw(st.sampled_from(Tlp)),
        "documents": draw(_some(_DOCUMENTS, least_documents)),
        "place": draw(st.integers(0, 3)),
    }


@st.composite
def subjects(draw: st.DrawFn) -> Subject:
    return Subject(
        **_common(draw, "incident"),
        slug=draw(st.sampled_from(["", "raid-2023"])),
        name=draw(SAID),
        description=draw(TEXT),
        first_seen=draw(_DATES),
        last_seen=draw(_DATES),
        disclosed=draw(_DATES),
        victim=draw(TEXT),
        types=draw(_some(SAID)),
        sectors=draw(_some(st.sampled_from(["energy", "healthcare"]))),
        countries=draw(_some(st.sampled_from(["US", "place:eu"]))),
        techniques=draw(_some(st.sampled_from(["T1059", "T1566.004"]))),
        software=draw(_some(st.sampled_from(["S0002", "S1068"]))),
        infrastructure=draw(_some(TEXT)),
    )


@st.composite
def claims(draw: st.DrawFn, incident: str) -> Claim:
    return Claim(
        **_common(draw, "claim", 1),
        incident=incident,
        text=draw(SAID),
        claimant=draw(st.sampled_from([one for one in Claimant if one])),
        by=draw(SAID),
        actor=draw(st.one_of(st.just(""), _ACTORS)),
        accused=draw(SAID),
        date=draw(_SOME_DATE),
        channel=draw(TEXT),
        type=draw(TEXT),
        basis=draw(TEXT),
        stated_motive=draw(TEXT),
        suspected=draw(_some(st.builds(Suspected, st.sampled_from(Purpose), TEXT))),
        status=draw(st.sampled_from(ClaimStatus)),
        reliability=draw(_RELIABILITY),
        credibility=draw(st.one_of(st.none(), st.integers(1, 6))),
        origin=draw(TEXT),
        confidence=draw(st.sampled_from(Confidence)),
    )


@st.composite
def pieces(draw: st.DrawFn, incident: str, bears_on: Sequence[str]) -> Evidence:
    return Evidence(
        **_common(draw, "evidence", 1),
        incident=incident,
        text=draw(SAID),
        kind=draw(st.sampled_from(EvidenceKind)),
        vertex=draw(st.sampled_from(Vertex)),
        level=draw(st.sampled_from(Level)),
        reliability=draw(_RELIABILITY),
        credibility=draw(st.integers(1, 6)),
        relevance=draw(st.sampled_from(Relevance)),
        observed=draw(_DATES),
        bears_on=draw(_chosen(bears_on)),
        origin=draw(SAID),
        method=draw(st.sampled_from(["", "overlap"])),
    )


@st.composite
def hypotheses(draw: st.DrawFn, incident: str, evidence: Sequence[str]) -> Hypothesis:
    judged = draw(_chosen(evidence))
    return Hypothesis(
        **_common(draw, "hypothesis"),
        incident=incident,
        text=draw(SAID),
        short=draw(TEXT),
        supposes=draw(st.sampled_from(Supposes)),
        actors=draw(_some(_ACTORS)),
        cells=tuple(Cell(one, draw(st.sampled_from(Mark)), draw(TEXT)) for one in judged),
    )


@st.composite
def assessments(draw: st.DrawFn, incident: str, judged: Sequence[str]) -> Assessment:
    return Assessment(
        **_common(draw, "assessment"),
        incident=incident,
        hypothesis=draw(st.sampled_from(judged)),
        text=draw(SAID),
        likelihood=draw(st.sampled_from(Likelihood)),
        confidence=draw(st.sampled_from([one for one in Confidence if one.steps])),
        basis=draw(TEXT),
        date=draw(_DAYS),
        gaps=draw(_some(TEXT)),
        assumptions=draw(_some(TEXT)),
    )


@st.composite
def opinions(
    draw: st.DrawFn, incident: str, about: Sequence[str], instead: Sequence[str]
) -> Opinion:
    return Opinion(
        **_common(draw, "opinion"),
        incident=incident,
        assessment=draw(st.sampled_from(about)),
        stance=draw(st.sampled_from(Stance)),
        text=draw(SAID),
        hypothesis=draw(st.sampled_from(["", *instead])),
        date=draw(_DAYS),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case in which every reference leads to a row of it, in the order in which it is read."""
    subject = draw(subjects())
    several = partial(_drawn, draw)
    said = several(lambda: claims(subject.id))
    shown = several(lambda: pieces(subject.id, _ids(said)))
    answers = several(lambda: hypotheses(subject.id, _ids(shown)))
    judged = several(lambda: assessments(subject.id, _ids(answers))) if answers else ()
    if len(judged) > 1:
        judged = (judged[0], replace(judged[1], supersedes=judged[0].id), *judged[2:])
    views = several(lambda: opinions(subject.id, _ids(judged), _ids(answers))) if judged else ()
    kinds = (said, shown, answers, judged, views)
    ids = [subject.id, *(row.id for rows_ in kinds for row in rows_)]
    assume(len(set(ids)) == len(ids))
    return Case(subject, *map(_in_order, kinds))  # type: ignore[arg-type]  # each is of its own kind


def rows() -> st.SearchStrategy[Row]:
    """Any row at all."""
    return cases().flatmap(lambda case: st.sampled_from(list(case.rows())))


def _drawn(draw: st.DrawFn, made: Callable[[], st.SearchStrategy[T]]) -> tuple[T, ...]:
    return draw(st.lists(made(), max_size=3).map(tuple))


def _chosen(ids: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    if not ids:
        return st.just(())
    return st.lists(st.sampled_from(list(ids)), unique=True, max_size=3).map(tuple)


def _ids(rows_: Sequence[Row]) -> list[str]:
    return [row.id for row in rows_]


def _in_order(rows_: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows_, key=lambda row: (row.place, row.created, row.id)))
