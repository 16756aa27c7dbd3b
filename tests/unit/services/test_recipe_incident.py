"""The briefing on an incident: a page that holds, claims beside evidence, nothing proved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from endurance_inputs import new_database
from incident_briefs import (
    MGM,
    WORKED,
    block_of,
    brief_on,
    section,
    words_of,
)

from briefing.core.brief import (
    AchTable,
    Assessed,
    ClaimsEvidence,
    SourceList,
    Table,
    Trace,
    WarningList,
    plain,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.exports import pdf
from briefing.services.cases import open_case
from briefing.services.overlap_words import BACKTEST_LINE, NOT_LISTED
from briefing.services.recipes.incident import PAGE
from briefing.services.recipes.marks import marks_in
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    opened = KnowledgeFile(bundled_database)
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty database."""
    return new_database(tmp_path / "knowledge.db")


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_knowledge(path)) as connection:
        yield connection


@pytest.mark.parametrize("slug", WORKED)
def test_every_bundled_incident_fits_its_executive_page(
    knowledge: KnowledgeFile, slug: str
) -> None:
    for one_page in (True, False):
        brief = brief_on(knowledge, slug, one_page=one_page)
        assert pdf.overflow(brief) == ()
    first = brief.parts[0]
    assert [s.key for s in first.sections] == [*PAGE, "sources"]
    assert len(brief.parts) == 4


@pytest.mark.parametrize("slug", WORKED)
def test_every_block_that_asserts_has_statements_and_marks(
    knowledge: KnowledgeFile, slug: str
) -> None:
    brief = brief_on(knowledge, slug)
    # What follows by rule names its rows instead; a refused overlap and a fixed line say nothing
    # of a source.
    unmarked = (WarningList,)
    for s in (s for part in brief.parts for s in part.sections):
        for block in s.blocks:
            if isinstance(block, Trace | SourceList) or s.key == "overlap":
                continue
            assert block.statements, (s.key, type(block).__name__)
            assert isinstance(block, unmarked) or list(marks_in(block)), s.key
    listed = {source.key for source in brief.sources}
    assert set(marks_in(brief.parts)) <= listed


@pytest.mark.parametrize("slug", WORKED)
def test_a_title_never_calls_an_answer_proved_nor_says_how_sure_we_are(
    knowledge: KnowledgeFile, slug: str
) -> None:
    brief = brief_on(knowledge, slug)
    for part in brief.parts:
        assert "confidence" not in part.title
        assert "proved" not in part.title.replace("not proved", "")
        assert len(part.title) < 110


def test_two_groups_that_claim_one_attack_settle_nothing(knowledge: KnowledgeFile) -> None:
    assert brief_on(knowledge, MGM).title == "Two groups claimed MGM Resorts. Neither settles it."


def test_a_judgement_that_hangs_on_one_origin_is_called_fragile_in_the_title(
    knowledge: KnowledgeFile,
) -> None:
    title = brief_on(knowledge, "solarwinds-2020").title
    assert title == "SolarWinds Orion: four names given, “SVR (APT29)” judged likely, but fragile"
    leads = block_of(section(brief_on(knowledge, "solarwinds-2020"), "hypotheses"), AchTable)
    assert "without origin O1" in plain(leads.sentence)


def test_an_even_judgement_says_that_no_answer_stands_out(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, "7-eleven-taiwan-2022")
    assert brief.title.endswith("two names given, no answer stands out")
    matrix = block_of(section(brief, "hypotheses"), AchTable)
    assert matrix.leads == (False, True, True, True)
    assert plain(matrix.sentence).startswith("H2, H3 and H4 are all equally little refuted")


def test_marks_of_each_row_are_the_documents_that_it_cites(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, MGM)
    case = open_case(knowledge.connection, MGM).case
    titles = {source.key: source.title for source in brief.sources}
    block = block_of(section(brief, "all-claims"), ClaimsEvidence)
    for items, rows in ((block.claims, case.claims), (block.evidence, case.evidence)):
        assert len(items) == len(rows)
        for item, row in zip(items, rows, strict=True):
            cited = {titles[key] for key in marks_in(item.text)}
            assert cited == {one.title for one in row.documents}
            assert item.grade == row.grade


def test_the_page_shows_claims_of_each_culprit_and_the_most_telling_evidence(
    knowledge: KnowledgeFile,
) -> None:
    page = open_case(knowledge.connection, MGM)
    found = section(brief_on(knowledge, MGM), "claims")
    block = block_of(found, ClaimsEvidence)
    assert {item.label for item in block.claims} >= {"A", "B"}
    spread = {page.case.labels()[id_]: d for id_, d in page.weighing.diagnosticity.items()}
    shown = {item.label for item in block.evidence}
    hidden = set(spread) - shown - {label for label in spread if label[0] != "E"}
    assert min(spread[one] for one in shown) >= max(spread[one] for one in hidden)
    assert f"{len(block.claims)} of 5 claims" in plain(found.note)
    assert block.origins == 6


def test_likelihood_and_confidence_are_lines_of_their_own(knowledge: KnowledgeFile) -> None:
    block = block_of(section(brief_on(knowledge, MGM), "assessment"), Assessed)
    assert (block.likelihood, block.confidence) == (Likelihood.LIKELY, Confidence.MEDIUM)
    for sentence in plain(block.text).split("."):
        assert "confidence" not in sentence or "likely" not in sentence


def test_the_full_version_gives_every_mark_with_its_reason(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, MGM)
    case = open_case(knowledge.connection, MGM).case
    words = words_of(section(brief, "marks"))
    for one in case.hypotheses:
        for cell in one.cells:
            assert cell.rationale in words
    (table,) = section(brief, "marks").blocks
    assert len(table.rows) == len(case.evidence)


def test_overlap_shows_ranks_and_features_and_the_published_line_never_a_percentage(
    knowledge: KnowledgeFile,
) -> None:
    found = section(brief_on(knowledge, MGM), "overlap")
    table = block_of(found, Table)
    assert [plain(row[0]) for row in table.rows] == ["1", "2", "3", "4", "5", "–"]
    assert plain(table.rows[-1][1]) == NOT_LISTED
    assert BACKTEST_LINE in words_of(found)
    assert "%" not in words_of(found)
    refused = section(brief_on(knowledge, "3cx-2023"), "overlap")
    assert "none is ranked" in words_of(refused)


def test_what_would_change_the_judgement_names_origins_and_evidence(
    knowledge: KnowledgeFile,
) -> None:
    found = section(brief_on(knowledge, "gamaredon-ukraine-2023"), "change")
    without, telling = [block for block in found.blocks if isinstance(block, Table)]
    assert [plain(row[1]) for row in without.rows] == [
        "H1 Gamaredon for the FSB and H4 False flag, level",
        "H1 Gamaredon for the FSB and H2 Gamaredon, not FSB, level",
    ]
    assert plain(telling.rows[0][0]).startswith("E6 ")
    assert "To be found out: " in words_of(found)


def test_documents_of_one_origin_are_told_so_in_the_list_of_sources(
    knowledge: KnowledgeFile,
) -> None:
    brief = brief_on(knowledge, MGM)
    told = {source.publisher: source.rests_on for source in brief.sources}
    assert told["CSO"].startswith("Goes back to ALPHV statement of 14 September 2023 (O2), as [")
    assert told["The Record"].startswith("Goes back to FBI investigations of Scattered Spider")
    assert told["American Banker"] == ""
    many = len(brief.sources)
    assert brief.parts[-1].title == f"{many} sources; the evidence goes back to six origins"


def test_a_brief_names_what_it_speaks_of_for_other_programs(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, MGM)
    first, *rest = brief.objects
    assert (first.type, first.name) == ("incident", "MGM Resorts, September 2023")
    assert {one.type for one in rest} == {
        *("threat-actor", "intrusion-set", "attack-pattern", "malware"),
    }
    assert {one.attack_id for one in rest if one.type == "attack-pattern"} == {
        *("T1593.001", "T1566.004", "T1656", "T1078.004", "T1003", "T1110.002", "T1486"),
    }
    listed = {source.key for source in brief.sources}
    assert all(set(one.sources) <= listed for one in brief.objects)
