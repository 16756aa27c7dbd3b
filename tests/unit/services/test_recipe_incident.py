"""The briefing on an incident: a page that holds, claims beside evidence, nothing proved."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from case_samples import (
    assessment,
    claim,
    document,
    evidence,
    hypothesis,
    opinion,
    subject,
    worked_case,
)
from endurance_inputs import new_database
from eurepoc_samples import incidents
from kept_cases import keep
from store_samples import take

from briefing.core.brief import (
    AchTable,
    AnyBlock,
    Assessed,
    Brief,
    ClaimsEvidence,
    Facts,
    Paragraph,
    Quotation,
    Section,
    SourceList,
    Table,
    Timeline,
    Trace,
    WarningList,
    plain,
)
from briefing.core.case import Row
from briefing.core.case_words import Claimant, Stance
from briefing.core.errors import BriefingError, NotFoundError, WrongCallError
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp
from briefing.exports import pdf
from briefing.feeds.eurepoc import incident_id
from briefing.services.cases import list_cases, open_case
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.overlap_words import BACKTEST_LINE, NOT_LISTED
from briefing.services.recipes.incident import JUDGED, PAGE, RECORDED
from briefing.services.recipes.marks import marks_in
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge

WORKED = (
    "3cx-2023",
    "7-eleven-taiwan-2022",
    "dark-pink-asean-2023",
    "deadglyph-2023",
    "gamaredon-ukraine-2023",
    "helix-kitten-decoys-2023",
    "mgm-resorts-2023",
    "olympic-destroyer-2018",
    "solarwinds-2020",
)
MGM = "mgm-resorts-2023"
FEED = {
    "name": "Fox raid",
    "start_date": "2021-03-04",
    "receiver_country": "['Germany']",
    "attributed_initiator": "Fox/Vulpes/Renard/Zorro",
    "attribution_basis": "Attacker confirms",
    "description": "A fox was seen.",
}


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


def brief_on(knowledge: KnowledgeFile, wanted: str, **more: Any) -> Brief:
    return compose_brief(knowledge, BriefRequest("incident", wanted, **more))


def kept(writer: sqlite3.Connection, path: Path, *rows: Row, **more: Any) -> Brief:
    """Keep rows of one case and compose the briefing on it."""
    keep(writer, path, rows)
    return composed(path, "raid-2023", **more)


def composed(path: Path, wanted: str, **more: Any) -> Brief:
    with closing(KnowledgeFile(path)) as knowledge:
        return brief_on(knowledge, wanted, **more)


def section(brief: Brief, key: str) -> Section:
    return next(s for part in brief.parts for s in part.sections if s.key == key)


def keys_of(brief: Brief) -> set[str]:
    return {s.key for part in brief.parts for s in part.sections}


def block_of(found: Section, kind: type[Any]) -> Any:
    return next(block for block in found.blocks if isinstance(block, kind))


def words_of(found: Section) -> str:
    """Everything a section says, as its reader gets it."""
    return repr(found)


def asserting(brief: Brief) -> list[AnyBlock]:
    return [block for block in brief.blocks() if not isinstance(block, Trace | SourceList)]


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
    assert brief.parts[-1].title == "18 sources; the evidence goes back to six origins"


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


def test_a_dated_incident_is_told_as_claimed_and_nothing_is_weighed(
    knowledge: KnowledgeFile,
) -> None:
    rows = list_cases(knowledge.connection)
    row = next(row for row in rows if row.source == "threat-briefing-history")
    brief = brief_on(knowledge, row.id)
    assert brief.title.endswith(", nothing weighed")
    assert "Nothing was weighed" in words_of(section(brief, "hypotheses"))
    assert "concludes nothing" in words_of(section(brief, "assessment"))
    assert not keys_of(brief) & {"all-claims", "answers", "marks", "judgement", "change"}
    assert pdf.overflow(brief) == ()
    claims = block_of(section(brief, "claims"), ClaimsEvidence)
    assert claims.statements
    assert list(marks_in(claims))


def test_an_incident_of_a_feed_is_told_in_the_feeds_words(
    writer: sqlite3.Connection, path: Path
) -> None:
    take(writer, path, incidents(FEED))
    brief = composed(path, incident_id("1"))
    assert brief.title == "Fox raid: claimed by Fox/…, nothing weighed"
    quoted = block_of(section(brief, "told"), Quotation)
    assert (plain(quoted.text), quoted.by) == ("A fox was seen.", "Eurepoc")
    claims = block_of(section(brief, "claims"), ClaimsEvidence)
    assert [plain(item.text) for item in claims.claims] == ["Names “Fox/…”."]
    table = block_of(section(brief, "grounds"), Table)
    assert plain(table.rows[0][3]) == "Fox/Vulpes/Renard/Zorro"
    assert {source.key for source in brief.sources} == {"eurepoc"}
    assert {type(block) for block in section(brief, "hypotheses").blocks} == {Paragraph}


def test_an_incident_of_which_nothing_is_claimed_says_so(
    writer: sqlite3.Connection, path: Path
) -> None:
    brief = kept(writer, path, subject(description="", first_seen="", disclosed=""))
    assert brief.parts[0].title == "Raid on the harbour: no claim on record, nothing weighed"
    assert brief.parts[1].title == "Neither a claim nor evidence is on record"
    assert "No source here says when it was" in words_of(section(brief, "happened"))


def test_dissent_stands_inside_the_assessment(writer: sqlite3.Connection, path: Path) -> None:
    brief = kept(
        writer,
        path,
        *worked_case().rows(),
        opinion("o1", "j1", hypothesis="h2", text="The dates speak against it."),
        opinion("o2", "j1", stance=Stance.AGREE, text="So do I.", author="Third analyst"),
    )
    facts = dict(block_of(section(brief, "assessment"), Assessed).facts)
    assert re.fullmatch(
        r"Second analyst disagrees: The dates speak against it\. Holds H\d Answer h2 instead\.",
        plain(facts["Dissent"]),
    )
    whole = dict(block_of(section(brief, "judgement"), Assessed).facts)
    assert plain(whole["Second opinion"]) == "Third analyst agrees: So do I."
    edges = [
        block.edge for block in section(brief, "opinions").blocks if isinstance(block, Paragraph)
    ]
    assert edges == ["dissent", "said"]


def test_a_second_judgement_that_stands_is_dissent_too(
    writer: sqlite3.Connection, path: Path
) -> None:
    other = assessment(
        "j2",
        "h2",
        date="2024-02-01",
        author="Other desk",
        text="Egret did it.",
        likelihood=Likelihood.UNLIKELY,
    )
    brief = kept(writer, path, *worked_case().rows(), other)
    facts = dict(block_of(section(brief, "assessment"), Assessed).facts)
    assert re.fullmatch(
        r"Other desk judges otherwise, of H\d Answer h2: Egret did it\. Likelihood: unlikely\.",
        plain(facts["Dissent"]),
    )


def test_every_earlier_judgement_stands_in_the_history(
    writer: sqlite3.Connection, path: Path
) -> None:
    later = assessment(
        "j2", "h1", supersedes="j1", date="2024-05-06", likelihood=Likelihood.VERY_LIKELY
    )
    brief = kept(writer, path, *worked_case().rows(), later)
    table = block_of(section(brief, "assessments"), Table)
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["6 May 2024", "H1 Answer h1", "very likely", "medium", "Analyst", "stands"],
        ["1 Mar 2024", "H1 Answer h1", "likely", "medium", "Analyst", "superseded on 6 May 2024"],
    ]


def test_a_leader_that_is_not_the_one_judged_is_told_beside_it(
    writer: sqlite3.Connection, path: Path
) -> None:
    rows = [
        subject(),
        evidence("e1"),
        hypothesis("h1", {"e1": "II"}),
        hypothesis("h2", {"e1": "C"}),
        assessment("j1", "h1"),
    ]
    brief = kept(writer, path, *rows)
    facts = dict(block_of(section(brief, "judgement"), Assessed).facts)
    assert plain(facts["Matrix"]) == "H2 is less refuted than H1 there."


def test_warnings_name_their_rows_as_ranges(writer: sqlite3.Connection, path: Path) -> None:
    claims = [claim(key, accused=f"Bird {key}") for key in "abcd"]
    brief = kept(writer, path, subject(), *claims, evidence("e1", bears_on=("b",)))
    listed = block_of(section(brief, "assessment"), WarningList)
    assert ("Several culprits named", "A–D") in listed.rows
    full = block_of(section(brief, "warnings"), WarningList)
    assert any("Not all of them need be right." in words for words, _ in full.rows)


def test_a_case_of_many_rows_still_fits_its_page_and_counts_what_it_leaves_out(
    writer: sqlite3.Connection, path: Path
) -> None:
    long = "Somebody saw a lamp go out behind the third crane, and nobody knows who put it out. "
    claims = [claim(f"c{n}", accused=f"Bird {n}", text=long * 4) for n in range(30)]
    pieces = [evidence(f"e{n}", text=long * 5, bears_on=("c1",)) for n in range(40)]
    marks = {f"e{n}": "I" if n % 3 else "CC" for n in range(40)}
    answers = [
        hypothesis(f"h{n}", marks if n % 2 else {"e1": "N"}, text=long, short=f"Answer {n}")
        for n in range(9)
    ]
    brief = kept(
        writer,
        path,
        subject(description=long * 6),
        *claims,
        *pieces,
        *answers,
        assessment("j1", "h2", text=long * 3, gaps=tuple(long for _ in range(5))),
    )
    assert pdf.overflow(brief) == ()
    assert "of 40 pieces of evidence" in plain(section(brief, "claims").note)
    note = plain(section(brief, "hypotheses").note)
    assert "6 of 9 answers" in note
    assert len(section(brief, "marks").blocks) == 3
    full = block_of(section(brief, "all-claims"), ClaimsEvidence)
    assert (len(full.claims), len(full.evidence)) == (30, 40)


def test_the_timeline_runs_from_the_first_day_to_the_judgement(
    writer: sqlite3.Connection, path: Path
) -> None:
    brief = kept(writer, path, *worked_case().rows())
    events = block_of(section(brief, "timeline"), Timeline).events
    assert [event.date for event in events] == [
        "2023-09-10",
        "2023-09-12",
        "2023-09-12",
        "2024-03-01",
    ]
    assert plain(events[0].text) == "It began."


def test_sections_are_chosen_and_ordered_and_others_are_refused(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, MGM, sections=("assessment", "timeline", "happened"))
    assert [s.key for s in brief.parts[0].sections] == ["assessment", "happened", "sources"]
    assert [s.key for s in brief.parts[1].sections] == ["timeline"]
    with pytest.raises(WrongCallError, match="no section “map”") as refused:
        brief_on(knowledge, MGM, sections=("map",))
    for key in (*PAGE, *RECORDED, *JUDGED):
        assert key in refused.value.remedy


def test_a_briefing_on_nothing_or_on_what_is_not_there_is_refused(
    knowledge: KnowledgeFile,
) -> None:
    with pytest.raises(WrongCallError, match="Say which incident"):
        brief_on(knowledge, "")
    with pytest.raises(NotFoundError, match="no incident “mgm-resort”") as refused:
        brief_on(knowledge, "mgm-resort")
    assert MGM in refused.value.near


def test_an_incident_above_the_ceiling_is_refused_without_naming_it(
    writer: sqlite3.Connection, path: Path
) -> None:
    keep(writer, path, [subject(tlp=Tlp.AMBER), claim("a")])
    with pytest.raises(BriefingError, match="up to TLP:GREEN") as refused:
        composed(path, "raid-2023", ceiling=Tlp.GREEN)
    assert "harbour" not in f"{refused.value} {refused.value.detail}"
    assert composed(path, "raid-2023", ceiling=Tlp.AMBER).tlp is Tlp.AMBER


def test_an_answer_without_a_document_rests_on_whoever_recorded_it(
    writer: sqlite3.Connection, path: Path
) -> None:
    brief = kept(writer, path, *worked_case().rows())
    block = block_of(section(brief, "judgement"), Assessed)
    titles = {source.key: source.title for source in brief.sources}
    assert {titles[key] for key in marks_in(block)} == {"Recorded here"}


def test_an_assessment_with_documents_rests_on_them(writer: sqlite3.Connection, path: Path) -> None:
    rows = [row for row in worked_case().rows() if row.id != assessment("j1").id]
    brief = kept(writer, path, *rows, assessment("j1", documents=(document("paper"),)))
    block = block_of(section(brief, "judgement"), Assessed)
    titles = {source.key: source.title for source in brief.sources}
    assert {titles[key] for key in marks_in(block)} == {"The paper"}


def test_what_to_ask_and_answer_comes_with_the_sections(knowledge: KnowledgeFile) -> None:
    brief = brief_on(knowledge, MGM)
    asked = {
        key: [question.ask for question in section(brief, key).questions]
        for key in ("claims", "hypotheses", "assessment")
    }
    assert "They say themselves that they did it. Is that not enough?" in asked["claims"]
    assert "What would change this?" in asked["hypotheses"]
    assert "What do we not know?" in asked["assessment"]
    for key in asked:
        for question in section(brief, key).questions:
            assert plain(question.answer)


def test_the_same_incident_gives_the_same_brief(knowledge: KnowledgeFile) -> None:
    assert brief_on(knowledge, MGM) == brief_on(knowledge, MGM)


def test_a_boast_of_the_attackers_is_weighed_by_what_others_suspect(
    writer: sqlite3.Connection, path: Path
) -> None:
    boast = claim(
        "b", claimant=Claimant.ACTOR, by="Heron", accused="Heron", stated_motive="For the fish."
    )
    brief = kept(writer, path, *worked_case().rows(), boast)
    rows = block_of(section(brief, "grounds"), Table).rows
    assert ["The attacker itself", "Stated: for the fish."] in [
        [plain(row[1]), plain(row[4])] for row in rows
    ]


def test_facts_of_the_incident_are_told_as_recorded(writer: sqlite3.Connection, path: Path) -> None:
    row = subject(
        last_seen="2023-09-30",
        victim="Harbour authority",
        infrastructure=("203.0.113.5",),
        types=("sabotage",),
    )
    brief = kept(writer, path, row, claim("a"), evidence("e1"))
    facts = dict(block_of(section(brief, "incident"), Facts).rows)
    assert {label: plain(text) for label, text in facts.items()} == {
        "Began": "10 September 2023",
        "Ended": "30 September 2023",
        "Public since": "12 September 2023",
        "Hit": "Harbour authority",
        "Kind": "sabotage",
        "Servers": "203.0.113.5",
        "Recorded": "1 Mar 2024, Analyst",
    }
