"""Nothing of an incident that is above the audience's ceiling reaches its briefing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from case_samples import (
    actor_id,
    assessment,
    case,
    claim,
    document,
    evidence,
    hypothesis,
    opinion,
    subject,
)
from client_samples import PRACTICE
from drawn_cases import cases
from endurance_inputs import new_database
from eurepoc_samples import incidents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_cases import keep
from store_samples import actor, changes, source, take

from briefing.core.brief import Brief
from briefing.core.case import Case, Row
from briefing.core.case_words import Claimant, Stance
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes.marks import marks_in
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge

CANARY = "canary"
LEVELS = st.sampled_from(list(Tlp))
CEILINGS = st.sampled_from([Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT])


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database; each example takes a copy."""
    return new_database(tmp_path_factory.mktemp("empty") / "knowledge.db")


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "knowledge.db"))


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_knowledge(path)) as connection:
        yield connection


def words(brief: Brief) -> str:
    """Everything a file can hold of a briefing: the summary for the author is not part of it."""
    return repr(replace(brief, withheld=()))


def composed(path: Path, wanted: str, ceiling: Tlp) -> Brief:
    with closing(KnowledgeFile(path)) as knowledge:
        return compose_brief(knowledge, BriefRequest("incident", wanted, ceiling))


def spoiled(row: Row, number: int) -> Row:
    """The row with words in every text that are easy to find again."""
    marked = f"{CANARY}-{number}"
    texts = {
        name: marked
        for name in ("text", "by", "accused", "origin", "channel", "stated_motive", "basis")
        if isinstance(getattr(row, name, None), str)
    }
    lists = {name: (marked,) for name in ("gaps", "assumptions") if hasattr(row, name)}
    return replace(
        row,
        author=marked,
        documents=(document(f"canary{number}", title=marked, publisher=marked),),
        **texts,
        **lists,
    )


def full_case() -> Case:
    """Something of every kind, each referring to others."""
    return case(
        subject(sectors=(), description="Lamps went out. Nobody was hurt."),
        claim("a", claimant=Claimant.ACTOR, by="Heron", accused="Heron"),
        claim("b", accused="Egret"),
        evidence("e1", bears_on=("a",)),
        evidence("e2", bears_on=("a", "b")),
        evidence("e3"),
        hypothesis("h1", {"e1": "CC", "e2": "C", "e3": "I"}),
        hypothesis("h2", {"e1": "I", "e2": "II", "e3": "C"}),
        assessment("j1", "h1", gaps=("Nobody has seen the machines.",)),
        assessment("j2", "h2", supersedes="j1", date="2024-05-01"),
        opinion("o1", "j1", stance=Stance.DISAGREE, hypothesis="h2"),
        opinion("o2", "j2"),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(levels=st.lists(LEVELS, min_size=11, max_size=11), ceiling=CEILINGS)
def test_no_word_of_a_row_above_the_ceiling_is_in_the_briefing(
    template: Path, tmp_path_factory: pytest.TempPathFactory, levels: list[Tlp], ceiling: Tlp
) -> None:
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("drawn") / "knowledge.db"))
    head, *rest = full_case().rows()
    rows: list[Row] = [head]
    above = 0
    for number, (row, level) in enumerate(zip(rest, levels, strict=True)):
        hidden = level > ceiling
        above += hidden
        rows.append(replace(spoiled(row, number) if hidden else row, tlp=level))
    with closing(open_knowledge(path)) as connection:
        keep(connection, path, rows)
    brief = composed(path, "raid-2023", ceiling)
    assert CANARY not in words(brief)
    assert brief.tlp <= ceiling
    assert all(block.tlp <= ceiling for block in brief.blocks())
    assert len(brief.withheld) == above
    assert not {row.statement for row in brief.withheld} & set(brief.statements())
    assert all(row.tlp > ceiling for row in brief.withheld)
    # A control: the same rows do reach those who may see them.
    everything = composed(path, "raid-2023", Tlp.RED)
    assert (CANARY in words(everything)) == (above > 0)
    assert everything.withheld == ()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=cases(), ceiling=st.sampled_from(list(Tlp)))
def test_any_case_that_can_be_recorded_makes_a_briefing_or_is_refused_with_its_incident(
    template: Path, tmp_path_factory: pytest.TempPathFactory, drawn: Case, ceiling: Tlp
) -> None:
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("any") / "knowledge.db"))
    with closing(open_knowledge(path)) as connection:
        keep(connection, path, drawn.rows())
    if drawn.incident.tlp > ceiling:
        with pytest.raises(BriefingError):
            composed(path, drawn.incident.id, ceiling)
        return
    brief = composed(path, drawn.incident.id, ceiling)
    assert brief.tlp <= ceiling
    assert set(marks_in(brief.parts)) <= {source.key for source in brief.sources}
    hidden = [row for row in drawn.rows() if row.tlp > ceiling]
    assert bool(brief.withheld) == bool(hidden)


def test_a_mark_of_hidden_evidence_neither_counts_nor_shows(
    writer: sqlite3.Connection, path: Path
) -> None:
    rows = [
        subject(),
        evidence("e1"),
        replace(evidence("x", text=CANARY), tlp=Tlp.RED),
        hypothesis("h1", {"e1": "I", "x": "CC"}),
        hypothesis("h2", {"e1": "N", "x": "II"}),
    ]
    keep(writer, path, rows)
    below = composed(path, "raid-2023", Tlp.AMBER)
    assert (
        below.parts[0].title
        == "Raid on the harbour: no claim on record, “Answer h2” least refuted, not proved"
    )
    assert "“Answer h1”" in composed(path, "raid-2023", Tlp.RED).title
    assert CANARY not in words(below)


def test_the_marking_is_never_below_what_the_title_rests_on(
    writer: sqlite3.Connection, path: Path
) -> None:
    rows = [subject(), claim("a"), replace(claim("b", accused="Egret"), tlp=Tlp.AMBER)]
    keep(writer, path, rows)
    with closing(KnowledgeFile(path)) as knowledge:
        request = BriefRequest("incident", "raid-2023", Tlp.AMBER, sections=("happened",))
        brief = compose_brief(knowledge, request)
    assert "two names given" in brief.title
    assert brief.tlp is Tlp.AMBER
    assert composed(path, "raid-2023", Tlp.GREEN).tlp is Tlp.CLEAR


def test_a_name_of_the_catalogue_raises_the_marking_of_what_prints_it(
    writer: sqlite3.Connection, path: Path
) -> None:
    guarded = source("guarded", tlp="AMBER")
    take(writer, path, changes(actor(1, "Ardea secreta"), of=guarded))
    keep(writer, path, [subject(), claim("a", accused="Heron", actor=actor(1).native_id)])
    below = composed(path, "raid-2023", Tlp.GREEN)
    assert "Ardea" not in words(below)
    assert below.tlp is Tlp.CLEAR
    above = composed(path, "raid-2023", Tlp.AMBER)
    assert "Ardea secreta" in words(above)
    assert above.tlp is Tlp.AMBER


def test_what_a_guarded_feed_says_of_an_incident_is_left_out_with_the_incident(
    writer: sqlite3.Connection, path: Path
) -> None:
    take(writer, path, incidents({"name": "Fox raid", "attributed_initiator": "Fox"}))
    assert "Fox" in words(composed(path, incident_id("1"), Tlp.CLEAR))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE statement SET tlp = 'RED', value = ? WHERE predicate = 'attributed-to'",
            (CANARY,),
        )
    brief = composed(path, incident_id("1"), Tlp.AMBER)
    assert CANARY not in words(brief)
    assert "no claim on record" in brief.title
    assert [row.tlp for row in brief.withheld] == [Tlp.RED]


def test_a_document_that_a_hidden_row_cites_too_keeps_the_words_of_the_visible_one(
    writer: sqlite3.Connection, path: Path
) -> None:
    shared = document("paper")
    rows = [
        subject(),
        claim("a", documents=(shared,)),
        replace(claim("b", documents=(shared,), accused=CANARY), tlp=Tlp.RED),
    ]
    keep(writer, path, rows)
    brief = composed(path, "raid-2023", Tlp.GREEN)
    assert {source.title for source in brief.sources} >= {"The paper"}
    assert CANARY not in words(brief)


def test_actors_that_no_source_knows_are_no_objects_of_the_brief(
    writer: sqlite3.Connection, path: Path
) -> None:
    keep(writer, path, [subject(), claim("a", actor=actor_id("Nobody"))])
    assert [one.type for one in composed(path, "raid-2023", Tlp.CLEAR).objects] == ["incident"]


def test_what_is_made_for_a_client_bears_the_clients_label(
    writer: sqlite3.Connection, path: Path
) -> None:
    keep(writer, path, [subject(), claim("a")])
    with closing(KnowledgeFile(path)) as knowledge:
        request = BriefRequest("incident", "raid-2023", Tlp.AMBER, client=PRACTICE)
        brief = compose_brief(knowledge, request)
    assert (brief.client, brief.tlp) == (PRACTICE.name, PRACTICE.tlp)
