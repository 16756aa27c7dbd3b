"""Headlines made from blocks: each reads as somebody would say it."""

from __future__ import annotations

from typing import Any

import pytest
from sample_brief import gamaredon

from briefing.core.brief import (
    ActorReason,
    ActorReasons,
    Assessed,
    Column,
    Facts,
    KeyJudgement,
    Matrix,
    Section,
    Table,
    Trace,
    TraceRow,
    WorldMap,
    plain,
    spans,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.exports.slide_findings import finding

LIKELY, UNLIKELY = Likelihood.LIKELY, Likelihood.UNLIKELY


def headline(*blocks: Any, title: str = "Topic") -> str:
    return plain(finding(blocks, Section("s", title, blocks), gamaredon()))


def traced(*origins: int) -> Trace:
    return Trace(tuple(TraceRow("Block", "says", (), count, "", 1) for count in origins))


@pytest.mark.parametrize(
    ("origins", "said"),
    [
        ((2, 3), "No part of this briefing rests on a single origin"),
        ((1, 1), "Every part of this briefing rests on a single origin"),
        ((1, 2, 2), "One of the three parts of this briefing rests on a single origin"),
        ((1, 1, 2), "Two of the three parts of this briefing rest on a single origin"),
    ],
)
def test_a_trace_says_how_many_parts_have_one_origin(origins: tuple[int, ...], said: str) -> None:
    assert headline(traced(*origins)) == said


def judged(*terms: Likelihood) -> list[KeyJudgement]:
    return [KeyJudgement(spans("It was them."), term, Confidence.LOW) for term in terms]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ((LIKELY,), "We make one judgement and hold it likely"),
        ((LIKELY, LIKELY), "We make two judgements and hold both likely"),
        ((LIKELY,) * 3, "We make three judgements and hold all of them likely"),
        ((LIKELY, UNLIKELY), "We make two judgements: one likely and one unlikely"),
    ],
)
def test_judgements_are_counted_by_their_terms(terms: tuple[Likelihood, ...], said: str) -> None:
    assert headline(*judged(*terms)) == said


@pytest.mark.parametrize(
    ("countries", "said"),
    [
        (
            (("US", 5), ("DE", 1)),
            "Of two countries, the United States is named most often (5 actors)",
        ),
        ((("NL", 2),), "The Netherlands is named (2 actors)"),
        (
            (("DE", 3), ("US", 3), ("UA", 1)),
            "Of three countries, Germany and the United States are named most often"
            " (3 actors each)",
        ),
    ],
)
def test_countries_stand_in_a_sentence(countries: tuple[tuple[str, int], ...], said: str) -> None:
    assert headline(WorldMap(countries, "Map", unit="actors")) == said


def test_what_is_not_stated_leads_no_matrix() -> None:
    columns = ("China", "Iran", "19 others", "not stated")
    block = Matrix("Sector", columns, (("Health", (17, 7, 30, 68)),), (112,), "actors")
    assert headline(block) == "Health: China leads with 17 of 112 actors"
    unknown = Matrix("Sector", ("not stated",), (("Health", (68,)),), (68,), "actors")
    assert headline(unknown) == ""


def test_a_table_names_its_first_rows_and_no_dates_or_letters() -> None:
    def keyed(*keys: str) -> Table:
        return Table((Column("Key"), Column("B")), tuple((spans(key), spans("x")) for key in keys))

    many = ("Akira", "Medusa", "Play", "Clop", "Ghost")
    assert headline(keyed(*many)) == "Topic: Akira, Medusa, Play and 2 more"
    assert headline(keyed("A", "B", "C")) == ""
    assert headline(keyed("10 Aug 2026")) == ""
    assert headline(keyed("word " * 20)) == ""


def test_facts_keep_their_topic() -> None:
    assert headline(Facts((("It rests on", spans("226 incidents.")),))) == ""


def test_actors_are_led_by_the_first() -> None:
    rows = tuple(ActorReason(name, "", spans("Seen."), (), 1.0) for name in ("Heron", "Tern"))
    assert headline(ActorReasons((), rows)) == "Heron comes first of two actors"
    assert headline(ActorReasons((), rows[:1])) == "Topic: Heron"


def test_an_assessment_says_its_term_once() -> None:
    def assessed(text: str) -> Assessed:
        return Assessed(
            text=spans(text), likelihood=LIKELY, confidence=Confidence.LOW, by="", date="", facts=()
        )

    assert headline(assessed("It is likely that they did it.")) == "It is likely that they did it"
    assert headline(assessed("They did it.")) == "Assessed as likely: They did it"
