"""The briefing on an incident of a feed, or of which little or very much was recorded."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

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
from incident_briefs import (
    FEED,
    MGM,
    block_of,
    brief_on,
    composed,
    kept,
    keys_of,
    section,
    words_of,
)
from kept_cases import keep
from store_samples import take

from briefing.core.brief import (
    Assessed,
    ClaimsEvidence,
    Facts,
    Paragraph,
    Quotation,
    Table,
    Timeline,
    WarningList,
    plain,
)
from briefing.core.case_words import Claimant, Stance
from briefing.core.errors import BriefingError, NotFoundError, WrongCallError
from briefing.core.estimates import Likelihood
from briefing.core.tlp import Tlp
from briefing.exports import pdf
from briefing.feeds.eurepoc import incident_id
from briefing.services.cases import list_cases
from briefing.services.recipes.incident import JUDGED, PAGE, RECORDED
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
