"""The briefing for a client: one page that always holds, reasons with sources, nothing made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from brief_clients import (
    CLIENTS,
    PRACTICE,
    PROVIDER,
    TODAY,
    block_of,
    client_brief,
    has_marks,
    sections,
    texts,
)
from client_samples import png

from briefing.core.brief import (
    Actions,
    ActorReasons,
    Bars,
    Brief,
    HeatTable,
    KeyJudgement,
    Matrix,
    SourceList,
    Table,
    Trace,
    WorldMap,
    plain,
)
from briefing.core.client import Brand, Client
from briefing.core.errors import WrongCallError
from briefing.core.guidance import COSTS
from briefing.core.tlp import Tlp
from briefing.core.wording import in_words
from briefing.core.world import World
from briefing.exports import markdown, pdf
from briefing.paths import data_folder
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes.client import DO, PAGE, WAYS, WHY
from briefing.services.recipes.marks import marks_in
from briefing.services.relevance import RelevanceDesk
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    with closing(KnowledgeFile(bundled_database)) as opened:
        yield opened


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(data_folder().parent / "resources" / "map" / "world.json")


@pytest.fixture(scope="module")
def briefs(knowledge: KnowledgeFile, world: World) -> dict[str, Brief]:
    """One briefing for each client, made once: nothing changes it."""
    return {name: client_brief(knowledge, client, world) for name, client in CLIENTS.items()}


every_client = pytest.mark.parametrize("name", CLIENTS)


@every_client
def test_the_executive_page_holds_on_one_page(
    knowledge: KnowledgeFile, briefs: dict[str, Brief], name: str
) -> None:
    alone = client_brief(knowledge, CLIENTS[name], one_page=True)
    assert pdf.overflow(alone) == ()
    assert pdf.overflow(briefs[name]) == ()
    assert [part.one_page for part in alone.parts] == [True]
    assert not alone.cover
    assert briefs[name].cover


def test_it_holds_with_long_names_many_countries_and_nothing_but_a_name(
    knowledge: KnowledgeFile,
) -> None:
    long = replace(
        PRACTICE,
        name="Association of dental practices and laboratories of the northern harbours, limited",
        countries=("US", "GB", "AE", "BA", "CF"),
        sectors=("healthcare", "security-justice", "civil-society"),
    )
    for client in (long, Client("Nobody"), replace(PRACTICE, countries=("BI",), sectors=())):
        for one_page in (True, False):
            assert pdf.overflow(client_brief(knowledge, client, one_page=one_page)) == ()


@every_client
def test_the_first_five_of_the_ranking_are_in_with_their_points(
    knowledge: KnowledgeFile, briefs: dict[str, Brief], name: str
) -> None:
    ranked = RelevanceDesk(knowledge).rank(CLIENTS[name], today=TODAY).actors[:5]
    block = block_of(sections(briefs[name])["actors"], ActorReasons)
    assert block.signs == ("Country", "Region", "Sector", "Active")
    assert [(row.name, row.points) for row in block.rows] == [
        (one.actor.name, one.score) for one in ranked
    ]
    terms = [{reason.term for reason in one.reasons} for one in ranked]
    assert [row.signs for row in block.rows] == [
        tuple(sign in has for sign in ("country", "region", "sector", "active")) for has in terms
    ]
    assert all(plain(row.why) and has_marks(row.why) for row in block.rows)


@every_client
def test_what_the_order_rests_on_stands_beside_it(briefs: dict[str, Brief], name: str) -> None:
    note = plain(sections(briefs[name])["actors"].note)
    assert note.startswith("Basis: incident history.")
    assert "not how probable an attack is" in note


@every_client
def test_whatever_is_marked_rests_on_statements_and_bears_the_clients_level(
    briefs: dict[str, Brief], name: str
) -> None:
    brief = briefs[name]
    silent = [
        (key, type(block).__name__)
        for key, section in sections(brief).items()
        for block in section.blocks
        if has_marks(block) and not block.statements and not isinstance(block, Trace)
    ]
    # What is not known rests on what is missing: only its denominators are marked.
    assert {key for key, _ in silent} <= {"unknown", "open-questions"}
    assert brief.tlp is CLIENTS[name].tlp
    appendix = (SourceList, Trace)
    assert {block.tlp for block in brief.blocks() if not isinstance(block, appendix)} == {brief.tlp}


@every_client
def test_every_row_of_a_table_and_every_action_is_marked(
    briefs: dict[str, Brief], name: str
) -> None:
    found = sections(briefs[name])
    tables = [
        block
        for key in ("reasons", "next", "supply", "first-steps")
        for block in (found[key].blocks if key in found else ())
        if isinstance(block, Table)
    ]
    assert tables
    assert all(has_marks(row) for table in tables for row in table.rows)
    rows = [
        action
        for block in briefs[name].blocks()
        if isinstance(block, Actions)
        for action in block.actions
    ]
    assert rows
    assert all(has_marks(action.why) and action.stage and action.who for action in rows)


@every_client
def test_what_is_marked_is_listed_and_what_is_listed_is_marked(
    briefs: dict[str, Brief], name: str
) -> None:
    brief = briefs[name]
    cited = list(dict.fromkeys(marks_in(brief.parts)))
    traced = [key for row in block_of(sections(brief)["trace"], Trace).rows for key in row.sources]
    assert {*cited, *traced} == {source.key for source in brief.sources}
    assert "threat-briefing" not in {source.key for source in brief.sources}


@every_client
def test_sources_are_numbered_in_the_order_in_which_a_reader_meets_them(
    briefs: dict[str, Brief], name: str
) -> None:
    brief = briefs[name]
    met = list(dict.fromkeys(marks_in(brief.parts[:4])))
    assert [brief.number(key) for key in met] == list(range(1, len(met) + 1))


@every_client
def test_actions_are_those_that_bear_on_its_actors_the_cheapest_first(
    briefs: dict[str, Brief], name: str
) -> None:
    found = sections(briefs[name])
    whole = block_of(found["all-actions"], Actions).actions
    costs = [COSTS.index(action.cost) for action in whole]
    assert len(whole) == 10
    assert costs == sorted(costs)
    assert all(re.search(r"five uses? what it stands against", plain(a.why)) for a in whole)
    short = block_of(found["actions"], Actions).actions
    assert 2 <= len(short) <= 5
    assert {action.do for action in short} <= {action.do for action in whole}


def test_whoever_has_an_it_provider_is_told_first_what_to_agree_with_it(
    briefs: dict[str, Brief],
) -> None:
    first = block_of(sections(briefs["practice"])["actions"], Actions).actions[0]
    assert first.do == "Agree in writing what your IT provider may do"
    assert "since an IT provider runs your computers" in plain(first.why)
    other = block_of(sections(briefs["law firm"])["actions"], Actions).actions
    assert first.do not in {action.do for action in other}


@every_client
def test_judgements_are_those_of_our_profiles_and_none_is_about_the_client(
    knowledge: KnowledgeFile, briefs: dict[str, Brief], name: str
) -> None:
    section = sections(briefs[name])["judgements"]
    judged = [block for block in section.blocks if isinstance(block, KeyJudgement)]
    known = {
        (value, likelihood, confidence)
        for value, likelihood, confidence in knowledge.connection.execute(
            "SELECT value, object, confidence FROM statement WHERE predicate = 'judged'"
        )
    }
    assert judged
    for block in judged:
        text = plain(block.text).partition(". ")[2].replace("’", "'")
        assert (text, block.likelihood.term, block.confidence.word) in known
    assert plain(section.note) == "Ours, on these actors in general; none of them is about you."


@every_client
def test_likelihood_and_confidence_never_share_a_sentence(
    briefs: dict[str, Brief], name: str
) -> None:
    sentences = [
        sentence.lower()
        for text in texts(briefs[name].parts)
        for sentence in re.split(r"(?<=[.;:])\s", text)
    ]
    terms = ("likely", "almost certain", "roughly even", "almost no chance", "likelihood")
    assert [s for s in sentences if "confidence" in s and any(term in s for term in terms)] == []


def test_titles_are_findings_that_the_ranking_bears_out(briefs: dict[str, Brief]) -> None:
    assert briefs["practice"].title == (
        "Five named actors were seen in the United States and hit health and pharmaceuticals"
    )
    for name, brief in briefs.items():
        rows = block_of(sections(brief)["actors"], ActorReasons).rows
        both = sum(row.signs[0] and row.signs[2] for row in rows)
        seen = sum(row.signs[0] for row in rows)
        numbers = ("no", "one", "two", "three", "four", "five")
        assert brief.title.lower().startswith(numbers[both or seen]), name
        assert brief.title == brief.parts[0].title


def test_the_way_in_through_others_says_what_is_on_record_and_that_it_is_not_measured(
    briefs: dict[str, Brief],
) -> None:
    supply = sections(briefs["practice"])["supply"]
    table = block_of(supply, Table)
    assert len(table.rows) == 5
    assert "not measured" in plain(supply.note)
    assert any("T1199" in plain(row[1]) for row in table.rows)
    # Its supplier is its provider: what is said of both is told once.
    assert not any("sector of managed service providers" in plain(row[1]) for row in table.rows)
    assert "which you serve" in plain(
        block_of(sections(briefs["law firm"])["supply"], Table).rows[0][1]
    )


def test_five_actors_are_shown_by_stage_on_a_map_and_their_sector_by_origin(
    briefs: dict[str, Brief],
) -> None:
    found = sections(briefs["practice"])
    heat = block_of(found["stages"], HeatTable)
    assert found["stages"].title.startswith(f"How {in_words(heat.groups_total)} of them work")
    assert [column.number for column in heat.columns] == [1, 2, 3, 4]
    shared = [cell.groups for column in heat.columns for cell in column.cells]
    assert 2 <= max(shared) <= heat.groups_total
    drawn = block_of(found["map"], WorldMap)
    assert dict(drawn.countries)["US"] == 5
    assert drawn.unit == "actors"
    matrix = block_of(found["matrix"], Matrix)
    assert matrix.own == ("Health and pharmaceuticals",) == tuple(label for label, _ in matrix.rows)
    assert matrix.columns[-1] == "not stated"
    assert matrix.totals[0] <= sum(matrix.rows[0][1])


def test_without_shapes_countries_are_bars(knowledge: KnowledgeFile) -> None:
    section = sections(client_brief(knowledge, PRACTICE))["map"]
    assert block_of(section, Bars).rows[0] == ("United States", 5)


def test_questions_of_an_executive_are_answered_from_the_same_data(
    briefs: dict[str, Brief],
) -> None:
    found = sections(briefs["practice"])
    asked = {q.ask: plain(q.answer) for section in found.values() for q in section.questions}
    first = block_of(found["actors"], ActorReasons).rows[0]
    assert f"{first.points:.2f} points" in asked[f"Why does {first.name} come first?"]
    assert "48 %" in asked["How far can we trust this order?"]
    assert asked["Does our IT provider make us easier to reach?"].startswith("It can be a way in.")
    cited = {key for section in found.values() for key in marks_in(section.questions)}
    assert cited
    assert cited <= {source.key for source in briefs["practice"].sources}


def test_a_brand_dresses_the_briefing_and_a_client_without_one_leaves_the_programs_own(
    knowledge: KnowledgeFile,
) -> None:
    brand = Brand(png(), "#0b3c78", "#4f94c9", "Prepared for Harbour Dental Group")
    brief = client_brief(knowledge, replace(PRACTICE, brand=brand), author="Example Consulting")
    assert brief.brand is not None
    assert (brief.brand.logo, brief.brand.primary) == (brand.logo, brand.primary)
    assert brief.brand.footer == brand.footer
    assert brief.brand.name == brief.author == "Example Consulting"
    assert client_brief(knowledge, PRACTICE).brand is None
    assert brief.client == brief.subject == "Harbour Dental Group"


def test_a_client_that_is_read_by_a_narrower_audience_gets_no_higher_marking(
    knowledge: KnowledgeFile,
) -> None:
    assert client_brief(knowledge, PRACTICE, ceiling=Tlp.GREEN).tlp is Tlp.GREEN
    assert client_brief(knowledge, PRACTICE, ceiling=Tlp.RED).tlp is Tlp.AMBER
    assert client_brief(knowledge, PROVIDER, ceiling=Tlp.RED).tlp is Tlp.GREEN


def test_sections_can_be_chosen_and_come_in_the_order_wanted(knowledge: KnowledgeFile) -> None:
    brief = client_brief(knowledge, PRACTICE, sections=("supply", "actions", "actors", "map"))
    keys = [[section.key for section in part.sections] for part in brief.parts]
    assert keys == [["actions", "actors", "sources"], ["map"], ["supply"], ["source-list", "trace"]]
    with pytest.raises(WrongCallError, match="no section “horoscope”"):
        client_brief(knowledge, PRACTICE, sections=("horoscope",))


def test_every_section_has_a_key_of_its_own() -> None:
    keys = [*PAGE, *WHY, *WAYS, *DO]
    assert len(keys) == len(set(keys))


def test_it_is_made_for_somebody_and_as_of_a_day(knowledge: KnowledgeFile) -> None:
    with pytest.raises(WrongCallError, match="for whom"):
        compose_brief(knowledge, BriefRequest("client", "", today=TODAY))
    with pytest.raises(WrongCallError, match="which day"):
        compose_brief(knowledge, BriefRequest("client", "", client=PRACTICE))


def test_what_it_speaks_of_is_named_for_programs_with_its_own_level(
    briefs: dict[str, Brief],
) -> None:
    brief = briefs["practice"]
    ids = [one.id for one in brief.objects]
    assert len(ids) == len(set(ids))
    first = block_of(sections(brief)["actors"], ActorReasons).rows[0].name
    assert brief.objects[0].name == first
    techniques = [one for one in brief.objects if one.type == "attack-pattern"]
    assert {one.attack_id for one in techniques} >= {"T1059.001"}
    # That the client is AMBER makes no public technique so.
    assert {one.tlp for one in brief.objects} == {Tlp.CLEAR}
    listed = {source.key for source in brief.sources}
    assert all(set(one.sources) <= listed for one in brief.objects)


def test_the_same_client_on_the_same_day_gives_the_same_file(knowledge: KnowledgeFile) -> None:
    one, other = (client_brief(knowledge, PRACTICE) for _ in range(2))
    assert one == other
    assert markdown.render(one) == markdown.render(other)


def test_nothing_of_the_client_is_told_but_what_the_briefing_needs(
    knowledge: KnowledgeFile,
) -> None:
    client = replace(PRACTICE, id="7d1f-secret-id", technology=("canary:canary_product",))
    brief = client_brief(knowledge, client, sections=("actors", "actions", "reasons"))
    assert "7d1f-secret-id" not in repr(brief)
    assert "canary" not in repr(brief)
