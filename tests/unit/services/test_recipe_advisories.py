"""The digest of a period: what is due stands first, and what the list cannot know is said."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from advisory_samples import (
    CISA,
    FOX,
    KEV,
    NEW_CVE,
    OLD_CVE,
    advisory,
    exploited,
    of,
)
from advisory_samples import database as sample_database
from digest_briefs import EVER, add, digest, digest_of, keys_of, section, table_of, words_of
from store_samples import changes, take

from briefing.core.brief import (
    Bars,
    Paragraph,
    SourceList,
    Table,
    Trace,
    plain,
)
from briefing.core.brief_filter import BriefFilter
from briefing.core.errors import NotFoundError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.exports import pdf
from briefing.services.recipes.advisories import LISTED, PAGE, URGENT
from briefing.services.recipes.advisories_reading import places_of
from briefing.services.recipes.marks import marks_in
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels
from briefing.store.migrate import open_knowledge


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_database(tmp_path_factory.mktemp("advisories") / "knowledge.db")


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "knowledge.db"))


def test_the_title_says_how_many_there_are_and_what_is_due_next(path: Path) -> None:
    brief = digest(path)
    assert brief.title == "Five advisories; two exploited flaws are due, the next on 20 Mar 2024"
    assert digest(path, today=date(2031, 1, 1)).title == (
        "Five advisories; two exploited flaws have passed CISA’s due date"
    )
    assert digest(path, ("2025-01-01", "2025-01-01")).title == (
        "One advisory, none on a flaw that CISA lists as exploited"
    )


def test_what_is_due_first_is_to_be_done_first(path: Path) -> None:
    steps = table_of(digest(path), "first")
    assert [step[0] for step in steps[:1]] == [
        f"Pumpworks Controller: close {OLD_CVE} and {NEW_CVE}"
    ]
    assert steps[0][1:] == [
        "Exploited: Pumpworks Overflow and Panel Bypass. Known to be used by ransomware.",
        "20 Mar 2024",
    ]
    later = table_of(digest(path, today=date(2025, 1, 1)), "first")
    assert later[0][2] == "15 Jan 2030; 1 passed"
    note = next(b for b in section(digest(path), "first").blocks if isinstance(b, Table)).note
    assert plain(note) == "Of what is exploited CISA requires: “Install the update.”"


def test_an_advisory_without_an_exploited_flaw_is_told_in_its_issuers_words(path: Path) -> None:
    with closing(open_knowledge(path)) as connection:
        take(
            connection,
            path,
            of(
                CISA,
                advisory(
                    "advisory--00000000-0000-5000-8000-000000000009",
                    "Valves",
                    issuer="Agency",
                    published="2024-03-09",
                    advice=[
                        ("The maker recommends the following:", {"category": "vendor_fix"}),
                        ("Keep it off the internet.", {"category": "mitigation"}),
                        ("Update to 9. Then restart.", {"category": "vendor_fix"}),
                    ],
                    products=[("Valvers", "V9")],
                    names=[("CVE-2024-77777", {"cvss": 7.5, "severity": "HIGH"})],
                ),
            ),
        )
    step = next(step for step in table_of(digest(path), "first") if step[0] == "Valvers V9")
    assert step == ["Valvers V9", "Agency: “Update to 9. Then restart.”", "CVSS 7.5"]


def test_the_most_urgent_advisories_stand_first_with_the_reason(path: Path) -> None:
    rows = table_of(digest(path), "new")
    assert rows[0] == [
        *("1 Mar 2024", "Pumpworks Controller (AG-24-061)", "Agency"),
        "Exploited, due 20 Mar 2024; CVSS 9.8",
    ]
    assert rows[1][1] == "Alert: Night Heron scans mail servers"
    assert rows[1][3] == "Exploited, due 15 Jan 2030; used by ransomware; names Night Heron"


def test_an_advisory_that_was_only_changed_is_counted_apart(path: Path) -> None:
    brief = digest(path, ("2024-04-01", "2024-04-30"))
    assert words_of(brief, "new").startswith("Nothing published, 1 earlier one changed, by Agency.")
    assert table_of(brief, "by-issuer")[0][0] == "1 Mar 2024, changed 2 Apr 2024"


def test_every_advisory_stands_by_issuer_with_flaws_dates_and_advice(path: Path) -> None:
    brief = digest(path)
    blocks = section(brief, "by-issuer").blocks
    heads = [plain(block.text) for block in blocks if isinstance(block, Paragraph)]
    assert heads == [
        "Vendor, 2 advisories",
        "Issuer not stated, 1 advisory",
        "Agency, 1 advisory",
        "CERT of Somewhere, 1 advisory",
    ]
    rows = [
        [plain(cell) for cell in row]
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    pumps = next(row for row in rows if row[1].startswith("Pumpworks"))
    assert pumps[2] == f"{OLD_CVE} and CVE-2024-33333"
    assert pumps[3:] == ["9.8", "20 Mar 2024", "“Update to version 5.”"]
    named = next(row for row in rows if row[1].startswith("Alert"))
    assert named[1].endswith(" Names Night Heron.")


def test_who_is_named_is_told_with_the_ground_for_it(path: Path) -> None:
    rows = table_of(digest(path), "actors")
    assert [
        "Night Heron",
        "Alert: Night Heron scans mail servers and Empire: what Amber Fox left behind",
        "named in the title",
    ] in rows
    assert "Slow Badger" not in {row[0] for row in rows}
    assert FOX in {one.id for one in digest(path).objects}


def test_what_cisa_lists_in_the_period_is_in_though_no_advisory_names_it(path: Path) -> None:
    add(path, exploited("CVE-2024-55555", "Lonely Flaw", due="2024-03-25", listed="2024-03-04"))
    brief = digest(path, ("2024-03-01", "2024-03-31"))
    assert "They name one flaw that CISA lists as exploited." in words_of(brief, "new")
    assert "CISA listed one other flaw as exploited in this period." in words_of(brief, "new")
    due = table_of(brief, "due")
    assert [row[1] for row in due] == [
        f"{OLD_CVE}, Pumpworks Overflow",
        "CVE-2024-55555, Lonely Flaw",
    ]
    assert [row[3] for row in due] == ["AG-24-061", "–"]


def test_narrowed_to_a_sector_what_states_none_is_counted_and_left_out(path: Path) -> None:
    add(path, exploited("CVE-2024-55555", "Lonely Flaw", due="2024-03-25", listed="2024-03-04"))
    brief = digest(path, filter=BriefFilter(sectors=("water",)))
    assert [row[1] for row in table_of(brief, "new")] == ["Pumpworks Controller (AG-24-061)"]
    assert "Lonely Flaw" not in repr(brief)
    said = words_of(brief, "open")
    assert (
        "Four of the 5 advisories of the period state no sector by name and are not in here."
        in said
    )
    assert "CISA’s list of exploited flaws states neither sector nor country" in said
    assert "concerning water" in brief.parts[0].subtitle


def test_several_sectors_name_none(path: Path) -> None:
    with pytest.raises(NotFoundError, match="“multiple” is no code of a sector"):
        digest(path, filter=BriefFilter(sectors=("multiple",)))


def test_narrowed_to_a_country_its_regions_and_the_world_count(bundled_database: Path) -> None:
    with closing(KnowledgeFile(bundled_database)) as knowledge:
        labels = read_labels(knowledge.connection)
    assert places_of(labels, "DE") == (
        "DE",
        "region:world",
        "region:western-europe",
        "region:europe",
    )
    assert places_of(labels, "TW")[2:] == ("region:eastern-asia", "region:asia")


def test_narrowed_to_technology_other_products_and_other_flaws_are_left_out(path: Path) -> None:
    other = exploited("CVE-2024-55555", "Lonely Flaw", due="2024-03-25", listed="2024-03-04")
    add(path, other)
    chosen = BriefFilter(technology=("pumpworks:panel",))
    brief = digest(path, ("2024-03-01", "2024-03-31"), filter=chosen)
    assert [row[1] for row in table_of(brief, "new")] == ["Pumpworks Controller (AG-24-061)"]
    assert "Lonely Flaw" not in repr(brief)
    assert "on Pumpworks Panel" in brief.parts[0].subtitle
    whole = digest(
        path, ("2024-03-01", "2024-03-31"), filter=BriefFilter(technology=("pumpworks",))
    )
    assert "Lonely Flaw" in repr(whole)


def test_a_period_without_advisories_says_what_is_here_instead(path: Path) -> None:
    brief = digest(path, ("2019-01-01", "2019-01-31"))
    assert brief.title == "No advisory from 1 January to 31 January 2019"
    assert words_of(brief, "new") == (
        "None of the 5 advisories on record here was published or changed in this period."
        " The newest here is of 6 May 2025."
    )
    assert not set(keys_of(brief)) & {"first", "due", "by-issuer", "exploited"}


def test_a_database_without_advisories_says_so_and_what_to_do(without_advisories: Path) -> None:
    brief = digest(without_advisories)
    assert brief.title == "No advisory is on record here, so there is nothing to digest"
    assert "import advisories" in words_of(brief, "new")
    assert keys_of(brief) == ["new"]
    assert (brief.tlp, brief.sources, len(brief.parts)) == (Tlp.CLEAR, (), 1)
    assert pdf.overflow(brief) == ()


def test_every_block_that_asserts_has_statements_and_marks(path: Path) -> None:
    brief = digest(path)
    for s in (s for part in brief.parts for s in part.sections):
        for block in s.blocks:
            is_head = s.key == "by-issuer" and isinstance(block, Paragraph)
            if isinstance(block, Trace | SourceList) or is_head or s.key == "open":
                continue
            assert block.statements, (s.key, type(block).__name__)
            assert isinstance(block, Bars) or list(marks_in(block)), s.key
    assert set(marks_in(brief.parts)) <= {source.key for source in brief.sources}


def test_the_source_of_an_advisory_is_its_own_document_under_its_number(path: Path) -> None:
    brief = digest(path)
    pumps = next(source for source in brief.sources if source.title == "Pumpworks Controller")
    assert (pumps.short, pumps.grade.reliability) == ("AG-24-061", "A")


def test_above_the_ceiling_neither_advisories_nor_flaws_nor_names_are_told(path: Path) -> None:
    with closing(open_knowledge(path)) as connection:
        secret = advisory(
            "advisory--00000000-0000-5000-8000-00000000000a",
            "canary title",
            issuer="canary issuer",
            published="2024-03-10",
            summary="canary summary",
            advice=[("canary advice", {"category": "vendor_fix"})],
            products=[("canary", "product")],
            used_in=[("sector", "water", "canary sector")],
            names=[(OLD_CVE, {"cvss": 9.9}), ("CVE-2024-66666", {"cvss": 9.1})],
            tlp="AMBER",
        )
        take(connection, path, of(CISA, secret))
        flaw = exploited(
            "CVE-2024-66666", "canary flaw", due="2024-03-16", listed="2024-03-02", tlp="RED"
        )
        take(connection, path, changes(flaw, of=KEV, full=False))
    below = digest(path)
    assert "canary" not in repr(below.parts) + repr(below.sources) + repr(below.objects)
    assert "CVE-2024-66666" not in repr(below.parts)
    assert below.tlp is Tlp.CLEAR
    assert {row.tlp for row in below.withheld} == {Tlp.AMBER, Tlp.RED}
    assert not {row.statement for row in below.withheld} & set(below.statements())
    amber = digest(path, ceiling=Tlp.AMBER)
    assert "canary advice" in repr(amber.parts)
    assert "canary flaw" not in repr(amber.parts)
    assert amber.tlp is Tlp.AMBER
    assert "canary flaw" in repr(digest(path, ceiling=Tlp.RED).parts)


def test_a_call_that_cannot_be_answered_is_refused(path: Path) -> None:
    with closing(KnowledgeFile(path)) as knowledge:
        with pytest.raises(WrongCallError, match="--since"):
            digest_of(knowledge, None)
        with pytest.raises(WrongCallError, match="“yesterday” is no day"):
            digest_of(knowledge, ("yesterday", "2024-01-01"))
        with pytest.raises(WrongCallError, match="before it begins"):
            digest_of(knowledge, ("2024-02-01", "2024-01-01"))
        with pytest.raises(WrongCallError, match="as of which day"):
            digest_of(knowledge, EVER, today=None)
        with pytest.raises(NotFoundError, match="“XX” is no code of a country"):
            digest_of(knowledge, EVER, filter=BriefFilter(countries=("XX",)))
        with pytest.raises(WrongCallError, match="no section “map”") as refused:
            digest_of(knowledge, EVER, sections=("map",))
    for key in (*PAGE, *LISTED, *URGENT):
        assert key in refused.value.remedy


def test_sections_are_chosen_and_ordered(path: Path) -> None:
    brief = digest(path, sections=("new", "actors", "first"))
    assert keys_of(brief)[:3] == ["new", "first", "sources"]
    assert "actors" in keys_of(brief)
    assert "by-issuer" not in keys_of(brief)


def test_what_to_ask_and_answer_comes_with_the_sections(path: Path) -> None:
    brief = digest(path)
    asked = [q for key in ("first", "new", "due") for q in section(brief, key).questions]
    assert {question.ask for question in asked} == {
        *("Why in this order?", "Is that all there was?", "Do these dates bind us?"),
        "Which is next?",
    }
    assert all(plain(question.answer) for question in asked)


def test_reports_count_as_well_as_advisories(path: Path) -> None:
    rows = [
        plain(row[1])
        for block in section(digest(path, ("2022-01-01", "2023-12-31")), "by-issuer").blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    assert len(rows) == 2
