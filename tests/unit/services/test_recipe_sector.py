"""The briefing on a sector: counts with their denominators, and one page that always holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from brief_clients import (
    PRACTICE,
    TODAY,
    block_of,
    has_marks,
    sections,
    sector_brief,
    sector_of_file,
    texts,
)
from relevance_samples import BEAR, PANDA, add, bear, panda, raid, sponsored_by, targets

from briefing.core.brief import (
    Actions,
    Bars,
    Brief,
    Facts,
    HeatTable,
    Matrix,
    Paragraph,
    SourceList,
    Stages,
    Table,
    Trace,
    WorldMap,
    plain,
)
from briefing.core.errors import NotFoundError, WrongCallError
from briefing.core.guidance import COSTS
from briefing.core.targeting import TargetingFilter
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.exports import markdown, pdf
from briefing.paths import data_folder
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes.marks import marks_in
from briefing.services.recipes.sector import DO, HOW, PAGE, WHO
from briefing.services.targeting import TargetingIndex
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels

HEALTH = TargetingFilter(sectors=frozenset(("healthcare",)))


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    with closing(KnowledgeFile(bundled_database)) as opened:
        yield opened


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(data_folder().parent / "resources" / "map" / "world.json")


@pytest.fixture(scope="module")
def health(knowledge: KnowledgeFile, world: World) -> Brief:
    """Made once: nothing changes it."""
    return sector_brief(knowledge, "healthcare", world)


@pytest.fixture(scope="module")
def index(knowledge: KnowledgeFile) -> TargetingIndex:
    return TargetingIndex.read(knowledge)


def facts(brief: Brief) -> dict[str, str]:
    """What is on record."""
    rows = block_of(sections(brief)["record"], Facts).rows
    return {label: plain(text) for label, text in rows}


def test_every_sectors_executive_page_holds_on_one_page(knowledge: KnowledgeFile) -> None:
    too_long = {}
    for sector in read_labels(knowledge.connection).all("sector"):
        longest = pdf.overflow(sector_brief(knowledge, sector.code, one_page=True))
        if longest:
            too_long[sector.code] = longest
    assert too_long == {}


def test_the_executive_page_holds_before_the_full_version_too(health: Brief) -> None:
    assert pdf.overflow(health) == ()
    assert health.parts[0].one_page
    assert health.cover


def test_a_sector_is_known_by_its_code_and_by_its_name(knowledge: KnowledgeFile) -> None:
    by_code = sector_brief(knowledge, "healthcare", one_page=True)
    by_name = sector_brief(knowledge, "health and Pharmaceuticals", one_page=True)
    assert by_code == by_name
    assert by_code.subject == "Health and pharmaceuticals"


def test_an_unknown_sector_is_refused_with_the_nearest(knowledge: KnowledgeFile) -> None:
    with pytest.raises(NotFoundError, match="the nearest is “healthcare”"):
        sector_brief(knowledge, "helthcare")
    with pytest.raises(WrongCallError, match="which sector"):
        sector_brief(knowledge, "")
    with pytest.raises(WrongCallError, match="which day"):
        compose_brief(knowledge, BriefRequest("sector", "healthcare"))


def test_the_title_counts_its_actors_and_where_most_are_placed(
    health: Brief, index: TargetingIndex
) -> None:
    actors = index.actors_of(HEALTH, sector="healthcare")
    origins = Counter(code for one in actors for code in one.actor.origins)
    assert health.title == (
        f"Health and pharmaceuticals: {len(actors)} named actors, {origins['CN']} placed in China"
    )
    assert max(origins.values()) == origins["CN"]


def test_every_count_says_of_how_many(health: Brief, index: TargetingIndex) -> None:
    found = sections(health)
    known = index.count(TargetingFilter()).known
    actors = index.actors_of(HEALTH, sector="healthcare")
    assert f"of {known.with_sector} actors with a stated sector" in plain(found["matrix"].note)
    assert f"Sectors are stated for {known.with_sector} of {known.actors} actors" in plain(
        block_of(found["unknown"], Paragraph).text
    )
    assert f"its {len(actors)} actors" in plain(found["map"].note)
    heat = block_of(found["heat"], HeatTable)
    assert f"of the {heat.groups_total} actors with a stated technique" in plain(found["heat"].note)
    assert re.search(r"\d+ of 228 dated incidents hit it", facts(health)["Incidents"])


def test_the_map_counts_actors_by_country_as_the_map_screen_does(
    health: Brief, index: TargetingIndex
) -> None:
    drawn = block_of(sections(health)["map"], WorldMap)
    assert drawn.unit == "actors"
    assert dict(drawn.countries) == {one.code: one.actors for one in index.count(HEALTH).countries}


def test_the_matrix_shows_the_largest_sectors_and_its_own_row_stands_out(
    knowledge: KnowledgeFile, health: Brief, index: TargetingIndex
) -> None:
    whole = index.matrix_by_origin(TargetingFilter())
    matrix = block_of(sections(health)["matrix"], Matrix)
    assert [label for label, _ in matrix.rows] == [head.label for head in whole.rows[:9]]
    assert matrix.own == ("Health and pharmaceuticals",)
    assert list(matrix.totals) == [whole.row_totals[head.code] for head in whole.rows[:9]]
    small = block_of(sections(sector_brief(knowledge, "mining"))["matrix"], Matrix)
    assert small.rows[-1][0] == "Mining and metals"
    assert len(small.rows) == 10


def test_actors_are_listed_with_what_is_known_of_each_and_no_dash_is_a_zero(
    health: Brief, index: TargetingIndex
) -> None:
    table = block_of(sections(health)["all-actors"], Table)
    by_name = {one.actor.name: one for one in index.actors_of(HEALTH, sector="healthcare")}
    numbers = [int(plain(row[2])) for row in table.rows]
    assert len(table.rows) == 40
    assert numbers == sorted(numbers, reverse=True)
    for row in table.rows:
        name, origin, statements, years, techniques = map(plain, row)
        one = by_name[name.replace("’", "'")]
        assert int(statements) == one.statements
        assert (years == "–") is (one.years is None)
        assert origin == "not stated" or one.actor.origins
        assert techniques == (str(one.actor.techniques) if one.actor.techniques else "–")


def test_the_trend_counts_dated_incidents_by_year_without_gaps(
    knowledge: KnowledgeFile, health: Brief
) -> None:
    rows = block_of(sections(health)["all-years"], Bars).rows
    years = [int(year) for year, _ in rows]
    assert years == list(range(years[0], years[-1] + 1))
    assert sum(number for _, number in rows) == int(facts(health)["Incidents"].split(" ")[0])
    short = block_of(sections(health)["trend"], Bars).rows
    assert short == rows[-len(short) :]
    note = plain(block_of(sections(health)["trend"], Bars).note)
    assert note == "2026 is not over. More reports do not mean more attacks."


def test_techniques_are_counted_over_its_own_actors(
    knowledge: KnowledgeFile, health: Brief, index: TargetingIndex
) -> None:
    heat = block_of(sections(health)["heat"], HeatTable)
    ids = [one.actor.id for one in index.actors_of(HEALTH, sector="healthcare")]
    (expected,) = knowledge.connection.execute(
        "SELECT count(DISTINCT m.actor) FROM actor_member m JOIN statement s"
        " ON s.subject = m.native JOIN technique t ON t.id = s.object"
        " WHERE t.attack_id = 'T1566.001' AND m.actor IN (SELECT value FROM json_each(?))"
        " AND s.predicate = 'uses-technique' AND s.to_snapshot IS NULL",
        (json.dumps(ids),),
    ).fetchone()
    cells = {cell.attack_id: cell.groups for column in heat.columns for cell in column.cells}
    assert cells["T1566.001"] == expected
    assert list(heat.bounds) == sorted(set(heat.bounds))
    stages = block_of(sections(health)["stages"], Stages)
    assert [stage.techniques for stage in stages.stages] == [c.total for c in heat.columns]


def test_actions_bear_on_its_actors_and_it_is_said_that_peers_are_not_known(health: Brief) -> None:
    found = sections(health)
    actions = block_of(found["all-actions"], Actions).actions
    costs = [COSTS.index(action.cost) for action in actions]
    assert costs == sorted(costs)
    assert all("what it stands against" in plain(action.why) for action in actions)
    told = " ".join(texts(found["open-questions"]))
    assert "What others in the sector do about it, no source here says" in told


def test_whatever_is_marked_rests_on_statements(health: Brief) -> None:
    silent = {
        key
        for key, section in sections(health).items()
        for block in section.blocks
        if has_marks(block) and not block.statements and not isinstance(block, (Trace, SourceList))
    }
    assert silent <= {"unknown", "open-questions"}
    assert health.tlp is Tlp.CLEAR


def test_sums_name_their_data_sets_and_actions_their_documents(health: Brief) -> None:
    rows = {row.block: row for row in block_of(sections(health)["trace"], Trace).rows}
    titles = {source.key: source.title for source in health.sources}
    assert {titles[key] for key in rows["Last years"].sources} == {
        "Threat Briefing, dated incidents"
    }
    assert {titles[key] for key in rows["Four stages"].sources} == {"MITRE ATT&CK"}
    assert len(rows["All actions"].sources) > 10
    assert rows["Matrix"].statements > 1000


def test_what_is_marked_is_listed_in_the_order_in_which_a_reader_meets_it(health: Brief) -> None:
    met = list(dict.fromkeys(marks_in(health.parts[:4])))
    assert [health.number(key) for key in met] == list(range(1, len(met) + 1))
    traced = [key for row in block_of(sections(health)["trace"], Trace).rows for key in row.sources]
    assert {*met, *traced} == {source.key for source in health.sources}


def test_questions_are_answered_from_the_same_data(health: Brief) -> None:
    asked = {
        question.ask: plain(question.answer)
        for section in sections(health).values()
        for question in section.questions
    }
    assert asked["Is our sector hit more than others?"].startswith(facts(health)["Standing"])
    full = dict(block_of(sections(health)["all-years"], Bars).rows)
    assert asked["Is it getting worse?"].startswith(f"{full['2025']} incidents of 2025")
    assert f"after {full['2024']} of 2024" in asked["Is it getting worse?"]


def test_sections_can_be_chosen_and_come_in_the_order_wanted(knowledge: KnowledgeFile) -> None:
    brief = sector_brief(knowledge, "mining", sections=("heat", "unknown", "record"))
    keys = [[section.key for section in part.sections] for part in brief.parts]
    assert keys == [["unknown", "record", "sources"], ["heat"], ["source-list", "trace"]]
    with pytest.raises(WrongCallError, match="no section “stars”"):
        sector_brief(knowledge, "mining", sections=("stars",))
    every = [*PAGE, *WHO, *HOW, *DO]
    assert len(every) == len(set(every))


def test_for_a_client_it_bears_its_name_its_brand_and_its_level(knowledge: KnowledgeFile) -> None:
    brief = sector_brief(
        knowledge, "healthcare", client=PRACTICE, ceiling=PRACTICE.tlp, one_page=True
    )
    assert brief.client == PRACTICE.name
    assert brief.tlp is Tlp.AMBER
    assert sector_brief(knowledge, "healthcare", one_page=True).client == ""


def test_the_same_sector_on_the_same_day_gives_the_same_file(knowledge: KnowledgeFile) -> None:
    one, other = (markdown.render(sector_brief(knowledge, "mining")) for _ in range(2))
    assert one == other


def test_a_sector_of_which_nothing_is_on_record_says_so_and_judges_nothing(path: Path) -> None:
    brief = sector_of_file(path, "mining")
    found = sections(brief)
    assert brief.title == "Mining and metals: no named actor is on record"
    assert "no sign of safety" in plain(block_of(found["record"], Paragraph).text)
    assert plain(block_of(found["actions"], Paragraph).text).startswith("Nothing that is on record")
    assert "trend" not in found
    assert "map" not in found
    assert pdf.overflow(brief) == ()
    assert pdf.render(brief).startswith(b"%PDF")


def test_one_actor_of_a_sector_is_told_in_the_singular(path: Path) -> None:
    add(path, bear(*targets(BEAR, "mining", "US"), *sponsored_by("RU")))
    brief = sector_of_file(path, "mining")
    assert brief.title == "Mining and metals: one named actor, placed in Russia"
    assert brief.parts[1].title == "The United States is the one country named as a target"
    assert facts(brief)["Incidents"] == "No dated incident here hit it."
    assert "For the one actor no source here states a technique." in " ".join(texts(brief.parts))


def test_incidents_of_the_day_and_later_do_not_count(path: Path) -> None:
    add(path, bear(), raid(1, began="2025-05-01"), raid(2, began=TODAY.isoformat()))
    brief = sector_of_file(path, "healthcare")
    assert facts(brief)["Incidents"] == "One dated incident hit it, of May 2025."


def test_of_those_of_whom_as_much_is_said_the_latest_comes_first(path: Path) -> None:
    add(path, bear(), raid(1, began="2021-05-01"), panda(), raid(2, by=PANDA, began="2024-05-01"))
    table = block_of(sections(sector_of_file(path, "healthcare"))["actors"], Table)
    assert [(plain(row[0]), plain(row[3])) for row in table.rows] == [
        ("Panda", "2024"),
        ("Bear", "2021"),
    ]
