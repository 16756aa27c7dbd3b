"""The actor briefing: one page that always holds, words with sources, and nothing made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from actor_briefs import (
    CATALOGUED,
    HARDLY_KNOWN,
    actor_called,
    best_described,
    block_of,
    brief_on,
    facts_of,
    of_ours,
    section,
)

from briefing.core.actor import Basis, SourceEntry
from briefing.core.brief import (
    Actions,
    AnyBlock,
    Bars,
    Brief,
    Facts,
    HeatTable,
    KeyJudgement,
    Quotation,
    Trace,
    WorldMap,
    plain,
)
from briefing.core.errors import NotFoundError, WrongCallError
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.paths import data_folder
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes.actor import FULL, PAGE
from briefing.services.recipes.actor_work import bounds
from briefing.services.recipes.marks import Marks, marks_in
from briefing.services.recipes.origins import origins, short_name, what_it_rests_on
from briefing.services.recipes.registry import RECIPES
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile

RESOURCES = data_folder().parent / "resources"


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    opened = KnowledgeFile(bundled_database)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(RESOURCES / "map" / "world.json")


def texts_in(value: object) -> Iterator[str]:
    """Every text of a brief as its reader gets it."""
    if (
        isinstance(value, tuple)
        and value
        and all(hasattr(v, "__dataclass_fields__") for v in value)
    ):
        yield plain(value) if all(type(v).__name__ in ("Span", "Mark") for v in value) else ""
    if isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts_in(getattr(value, name))


def asserting(brief: Brief) -> list[AnyBlock]:
    return [block for block in brief.blocks() if block.statements]


def entry(key: str, publisher: str, rests_on: str = "", *, catalogue: bool = False) -> SourceEntry:
    return SourceEntry(
        *(key, f"Title of {key}", publisher, "https://example.org", "2024-05-01", "vendor"),
        *(Grade("B", 2), rests_on, "", catalogue, 1),
    )


@pytest.mark.parametrize("name", ["Gamaredon Group", CATALOGUED, "Dark Pink", HARDLY_KNOWN])
def test_what_is_marked_is_listed_and_what_is_listed_is_marked(
    knowledge: KnowledgeFile, name: str
) -> None:
    brief = brief_on(knowledge, name)
    traced = [key for row in block_of(section(brief, "trace"), Trace).rows for key in row.sources]
    cited = list(dict.fromkeys([*marks_in(brief.parts), *traced]))
    assert set(cited) == {source.key for source in brief.sources}
    assert cited[0] == brief.sources[0].key


@pytest.mark.parametrize("name", ["Gamaredon Group", CATALOGUED])
def test_sources_are_numbered_in_the_order_in_which_a_reader_meets_them(
    knowledge: KnowledgeFile, name: str
) -> None:
    brief = brief_on(knowledge, name)
    met = list(dict.fromkeys(marks_in(brief.parts[:2])))
    assert [brief.number(key) for key in met] == list(range(1, len(met) + 1))


def test_likelihood_and_confidence_never_share_a_sentence(knowledge: KnowledgeFile) -> None:
    names = [row.name for row in of_ours(knowledge)]
    sentences = [
        sentence.lower()
        for name in (*names, CATALOGUED)
        for text in texts_in(brief_on(knowledge, name).parts)
        for sentence in re.split(r"(?<=[.;:])\s", text)
    ]
    terms = ("likely", "almost certain", "roughly even", "almost no chance", "likelihood")
    assert [s for s in sentences if "confidence" in s and any(term in s for term in terms)] == []


def test_a_profile_of_ours_gives_its_judgements_and_titles(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, "Gamaredon Group")
    assert brief.title == "Gamaredon takes documents by volume, not stealth, and aims at Ukraine"
    assert brief.parts[1].title == "Two ways in, many ways to stay"
    assert "Gamaredon Group (Palo Alto Networks, 2017), ATT&CK G0047" in brief.parts[0].subtitle
    judged = [block for block in brief.blocks() if isinstance(block, KeyJudgement)]
    assert [len(block.statements) for block in judged] == [1, 1, 1]
    assert facts_of(brief)["Sponsor"].startswith(
        "Russia (FSB, Centre 18). Ukraine’s SBU (Nov 2021): named"
    )


def test_without_judgements_the_facts_stand_and_it_is_said_that_there_are_none(
    knowledge: KnowledgeFile,
) -> None:
    row = best_described(knowledge.connection, lambda row: len(row.origins) == 1)
    brief = brief_on(knowledge, row.name)
    said = section(brief, "judgements")
    assert said.title == "What the sources say"
    words = " ".join(plain(block.text) for block in said.blocks)  # type: ignore[union-attr]  # paragraphs
    assert "No judgement of ours exists on this actor" in words
    assert re.fullmatch(
        rf"{re.escape(row.name)}: {row.techniques} techniques stated,"
        r" origin given as [\w ]+ by (?:one|two|three) catalogues?",
        brief.title,
    )
    assert not any(isinstance(block, KeyJudgement) for block in brief.blocks())


def test_what_nobody_states_is_said_to_be_unstated(knowledge: KnowledgeFile) -> None:
    name = actor_called(knowledge, HARDLY_KNOWN).name
    brief = brief_on(knowledge, name)
    assert brief.title == f"{name}: little more than a name, origin not recorded"
    facts = facts_of(brief)
    assert {facts[label] for label in ("Origin", "Goal", "Targets", "Way in")} == {
        "Not recorded by any source here."
    }
    assert "No source here states a technique" in plain(section(brief, "stages").blocks[0].text)  # type: ignore[union-attr]  # a paragraph
    assert brief.parts[1].title == f"How {name} works is not on record"


def test_measures_of_a_catalogue_actor_are_counted_over_its_techniques(
    knowledge: KnowledgeFile,
) -> None:
    total = actor_called(knowledge, CATALOGUED).techniques
    brief = brief_on(knowledge, CATALOGUED)
    found = section(brief, "actions")
    actions = block_of(found, Actions).actions
    assert len(actions) == 3
    answers = re.compile(rf"answers \d+ of its {total} techniques")
    assert all(answers.fullmatch(plain(action.why)) for action in actions)
    assert len({code for action in actions for code in action.mitigations}) == 3
    together = int(re.findall(rf"answer (\d+) of its {total}", plain(found.note))[0])
    assert together == len(block_of(found, Actions).statements)


def test_every_asserting_block_rests_on_statements_of_the_database(
    knowledge: KnowledgeFile,
) -> None:
    brief = brief_on(knowledge, "Gamaredon Group")
    keys = {key for (key,) in knowledge.connection.execute("SELECT key FROM statement")}
    assert set(brief.statements()) <= keys
    assert len(asserting(brief)) > 20
    assert brief.tlp is Tlp.CLEAR


def test_the_heat_table_puts_the_most_widely_shared_first_in_ten_rows_at_most(
    knowledge: KnowledgeFile,
) -> None:
    heat = block_of(section(brief_on(knowledge, "APT28"), "heat"), HeatTable)
    assert heat.groups_total == 177
    for column in heat.columns:
        shared = [cell.groups for cell in column.cells]
        assert shared == sorted(shared, reverse=True)
        assert len(shared) == min(column.total, 10)


def test_the_classes_of_the_heat_table_are_round_numbers_that_rise() -> None:
    assert bounds(172) == (1, 10, 30, 50, 70)
    assert bounds(177) == (1, 10, 30, 50, 70)
    for total in range(400):
        classes = bounds(total)
        assert list(classes) == sorted(set(classes))


def test_countries_stand_on_the_map_and_bodies_beside_it(
    knowledge: KnowledgeFile, world: World
) -> None:
    found = section(brief_on(knowledge, "Gamaredon Group", world), "targets")
    countries = dict(block_of(found, WorldMap).countries)
    assert countries["UA"] == max(countries.values())
    assert all(len(code) == 2 for code in countries)
    apart = {label: plain(text) for label, text in block_of(found, Facts).rows}
    assert apart["Bodies"] == "European Union (1)"
    assert "sources name targets, our own profile among them" in plain(found.note)


def test_without_a_map_the_countries_are_bars(knowledge: KnowledgeFile) -> None:
    found = section(brief_on(knowledge, "Gamaredon Group"), "targets")
    assert ("Ukraine", 3) in block_of(found, Bars).rows
    assert not any(isinstance(block, WorldMap) for block in found.blocks)


def test_catalogues_are_quoted_in_two_sentences_without_their_markup(
    knowledge: KnowledgeFile,
) -> None:
    quotations = section(brief_on(knowledge, "APT28"), "quoted").blocks
    assert quotations
    for block in quotations:
        assert isinstance(block, Quotation)
        assert block.by
        assert not re.search(r"\(Citation|\]\(|<\w+>|https?://", plain(block.text))
        assert len(plain(block.text)) <= 430


def test_one_publisher_is_one_origin_in_the_trace(knowledge: KnowledgeFile) -> None:
    rows = block_of(section(brief_on(knowledge, "Gamaredon Group"), "trace"), Trace).rows
    heat = next(row for row in rows if row.block == "Heat table")
    assert (heat.origins, heat.origin_names, heat.statements) == (1, "MITRE", 55)
    judged = [row for row in rows if row.block.startswith("Judgement")]
    assert [row.block for row in judged] == ["Judgement 1", "Judgement 2", "Judgement 3"]
    assert all(row.says and row.sources for row in rows)


def test_the_briefing_says_what_it_was_made_from(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, CATALOGUED)
    made = {snapshot.title: snapshot for snapshot in brief.made_from}
    assert "The MITRE Corporation" in made["MITRE ATT&CK"].notice
    assert made["MITRE ATT&CK"].records > 1000
    assert all(re.fullmatch("[0-9a-f]{64}", snapshot.sha256) for snapshot in brief.made_from)
    assert brief.data_as_of == "2025-11-26"


def test_sections_can_be_chosen_and_put_in_order(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, "APT28", sections=("origin", "unknown", "judgements", "heat"))
    keys = [[s.key for s in part.sections] for part in brief.parts]
    assert keys == [
        ["unknown", "judgements", "sources"],
        ["origin", "heat"],
        ["source-list", "trace"],
    ]
    assert brief.number(next(marks_in(brief.parts[0]))) == 1


def test_an_unknown_section_or_recipe_is_refused_with_the_ones_there_are(
    knowledge: KnowledgeFile,
) -> None:
    with pytest.raises(WrongCallError, match="judgements, who, timeline"):
        brief_on(knowledge, "APT28", sections=("judgements", "horoscope"))
    with pytest.raises(WrongCallError, match="actor"):
        compose_brief(knowledge, BriefRequest("horoscope", "APT28"))
    with pytest.raises(NotFoundError):
        compose_brief(knowledge, BriefRequest("actor", "intrusion-set--none"))


def test_one_page_is_the_executive_page_alone(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, CATALOGUED, one_page=True)
    (part,) = brief.parts
    assert part.one_page
    assert [s.key for s in part.sections] == [*PAGE, "sources"]


def test_the_same_request_gives_the_same_brief(knowledge: KnowledgeFile, world: World) -> None:
    assert brief_on(knowledge, "APT28", world) == brief_on(knowledge, "APT28", world)


def test_a_suspicion_keeps_the_words_of_whoever_voices_it(knowledge: KnowledgeFile) -> None:
    said = facts_of(brief_on(knowledge, "Stealth Falcon"))["Sponsor"]
    assert said.startswith(
        "The United Arab Emirates. Citizen Lab (May 2016): strong circumstantial"
    )
    assert "according to" not in said


def test_what_one_source_claims_does_not_head_what_the_others_say(
    knowledge: KnowledgeFile,
) -> None:
    brief = brief_on(knowledge, "OilRig")
    said = [plain(block.text) for block in section(brief, "origin").blocks]  # type: ignore[union-attr]  # paragraphs
    assert said[0].startswith("Iran. FireEye")
    apart = block_of(section(brief, "targets"), Facts)
    assert all("Not stated" not in plain(text) for _, text in apart.rows)


def test_the_trace_promises_nothing_that_the_program_cannot_do(knowledge: KnowledgeFile) -> None:
    note = plain(block_of(section(brief_on(knowledge, "APT28"), "trace"), Trace).note)
    assert "brief.json" in note
    assert "verify" not in note


def test_every_recipe_has_a_name_a_title_and_its_own_keys() -> None:
    names = [recipe.name for recipe in RECIPES]
    assert len(set(names)) == len(names)
    assert all(recipe.title for recipe in RECIPES)
    assert not PAGE.keys() & FULL.keys()


def test_a_mark_cites_known_sources_in_the_order_of_their_numbers() -> None:
    marks = Marks([entry("a", "A"), entry("b", "B"), entry("c", "C")], {})
    marks.mark(Basis(("b",), ()))
    (mark,) = marks.mark(Basis(("c", "unknown", "b"), ()))
    assert mark.sources == ("b", "c")
    assert marks.mark(Basis(("unknown",), ())) == ()
    assert [source.key for source in marks.sources()] == ["b", "c"]


def test_sources_that_rest_on_one_another_are_one_origin() -> None:
    one = entry("1", "The MITRE Corporation", catalogue=True)
    two = entry("2", "MITRE")
    three = entry("3", "The Record", rests_on="mitre")
    four = entry("4", "MISP Project, after Microsoft", catalogue=True)
    assert origins([one, two, three, four]) == ("MITRE", "Microsoft")
    assert what_it_rests_on(three) == "Rests on mitre: not independent of it"
    assert what_it_rests_on(four) == "Restates Microsoft: not independent of it"
    assert what_it_rests_on(two) == ""
    assert short_name(three) == "mitre via The Record"
    assert short_name(two) == "MITRE, 2024"
