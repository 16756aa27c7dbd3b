"""Advisories, vulnerabilities and what they name: made from statements, and read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from advisory_samples import (
    BADGER,
    CISA,
    FOX,
    FOX_REPORT,
    GRAVEL,
    HERON,
    HERON_NEWS,
    LOOSE_CVE,
    LURE,
    NEW_CVE,
    NEWS,
    NOTES,
    OLD_CVE,
    PLAIN_NEWS,
    PUMPS,
    SHARED_REPORT,
    advisory,
    database,
    of,
)
from store_samples import changes, read_models, rows, take, whole

from briefing.core.advisory import Advisory, LinkBasis
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.store.advisories import (
    advisories_of,
    list_advisories,
    open_advisory,
    product_words,
)
from briefing.store.apply import undo
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.labels import read_labels
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild
from briefing.store.report_search import find_reports
from briefing.store.schema import REPORT_MODELS
from briefing.store.vulnerabilities import (
    find_by_cve,
    list_vulnerabilities,
    open_vulnerability,
)


@pytest.fixture
def full(path: Path) -> Path:
    return database(path)


@pytest.fixture
def reader(full: Path) -> Iterator[sqlite3.Connection]:
    knowledge = KnowledgeFile(full)
    yield knowledge.connection
    knowledge.close()


@pytest.fixture
def writer(full: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_knowledge(full)) as connection:
        yield connection


def opened(connection: sqlite3.Connection, native: str) -> Advisory:
    return open_advisory(connection, read_labels(connection), native)


def named(connection: sqlite3.Connection, native: str) -> dict[str, str]:
    """Entity → basis of everything an advisory names."""
    found = rows(connection, "SELECT entity, basis FROM mention WHERE advisory = ?", native)
    return dict(found)


def test_the_list_begins_with_the_newest_and_knows_dates_of_every_precision(
    reader: sqlite3.Connection,
) -> None:
    assert [row.id for row in list_advisories(reader)] == [
        HERON_NEWS,
        PLAIN_NEWS,
        PUMPS,
        FOX_REPORT,
        SHARED_REPORT,
    ]


def test_a_row_sums_up_what_its_source_states(reader: sqlite3.Connection) -> None:
    row = next(row for row in list_advisories(reader) if row.id == PUMPS)
    assert (row.kind, row.title, row.number) == ("advisory", "Pumpworks Controller", "AG-24-061")
    assert (row.issuer, row.source) == ("Agency", "cisa-csaf")
    assert (row.published, row.updated) == ("2024-03-01", "2024-04-02")
    assert row.url == "https://example.org/0001"
    assert (row.sectors, row.countries) == (("multiple", "water"), ("DE",))
    assert row.products == ("pumpworks:controller", "pumpworks:panel")
    assert set(row.cves) == {OLD_CVE, LOOSE_CVE}
    assert row.due == "2024-03-20"
    assert (row.actors, row.software, row.techniques) == ((), 0, 1)


def test_an_exact_id_goes_before_a_name_and_each_link_keeps_its_reason(
    reader: sqlite3.Connection,
) -> None:
    assert named(reader, PUMPS) == {OLD_CVE: "stated", LOOSE_CVE: "stated", LURE: "id"}
    assert named(reader, HERON_NEWS) == {HERON: "title", GRAVEL: "tag", NEW_CVE: "id"}
    assert named(reader, FOX_REPORT) == {HERON: "stated", FOX: "title"}


def test_names_in_running_text_and_ordinary_words_link_nothing(reader: sqlite3.Connection) -> None:
    assert FOX not in named(reader, HERON_NEWS)
    assert named(reader, PLAIN_NEWS) == {}


def test_a_name_that_actors_share_is_told_and_linked_to_none(reader: sqlite3.Connection) -> None:
    shared = opened(reader, SHARED_REPORT)
    assert shared.links == ()
    [unclear] = shared.unclear
    assert (unclear.name, unclear.basis) == ("Copper Vixen", LinkBasis.TITLE)
    assert {bearer.code for bearer in unclear.bearers} == {FOX, BADGER}


def test_an_actor_gets_its_advisories_and_apart_from_them_the_doubtful(
    reader: sqlite3.Connection,
) -> None:
    about = advisories_of(reader, FOX)
    assert [(ref.id, ref.basis) for ref in about] == [
        (FOX_REPORT, LinkBasis.TITLE),
        (SHARED_REPORT, LinkBasis.TITLE),
    ]
    assert [other.label for other in about[1].shared_with] == ["Slow Badger"]
    assert about[0].shared_with == ()
    assert [ref.id for ref in advisories_of(reader, HERON)] == [HERON_NEWS, FOX_REPORT]
    assert [ref.id for ref in advisories_of(reader, GRAVEL)] == [HERON_NEWS]
    assert [ref.id for ref in advisories_of(reader, OLD_CVE)] == [PUMPS]


def test_an_advisory_is_read_with_everything_it_says(reader: sqlite3.Connection) -> None:
    pumps = opened(reader, PUMPS)
    assert pumps.summary == ("A stranger on the network may stop pumps. See T9059.",)
    assert [(one.text, one.kind, one.url) for one in pumps.advice] == [
        ("Update to version 5.", "vendor_fix", "https://example.org/5"),
        ("Put controllers behind a firewall.", "mitigation", ""),
    ]
    assert pumps.products == ("Pumpworks Controller", "Pumpworks Panel")
    assert [(d.scope, d.place.code, d.place.label) for d in pumps.deployments] == [
        ("sector", "water", "Water"),
        ("sector", "multiple", "several sectors"),
        ("country", "DE", "Germany"),
        ("country", "", "Atlantis"),
    ]
    [technique] = pumps.linked("technique")
    assert (technique.attack_id, technique.name, technique.basis) == ("T9059", "Lure", "id")


def test_a_link_by_name_says_what_else_bears_the_name(reader: sqlite3.Connection) -> None:
    news = opened(reader, HERON_NEWS)
    [program] = news.linked("software")
    assert (program.name, program.basis, program.words) == ("Gravel", LinkBasis.TAG, "Gravel")
    assert [other.label for other in program.also] == ["Night Heron"]
    assert news.tags == ("mail", 'misp-galaxy:tool="Gravel"')


def test_vulnerabilities_stand_with_the_advisorys_own_score_and_the_earliest_date_first(
    reader: sqlite3.Connection,
) -> None:
    found = opened(reader, PUMPS).vulnerabilities
    assert [(v.id, v.cvss, v.severity, v.due) for v in found] == [
        (OLD_CVE, 9.8, "CRITICAL", "2024-03-20"),
        (LOOSE_CVE, 5.0, "MEDIUM", ""),
    ]


def test_the_sources_of_an_advisory_are_who_brought_it_who_lists_its_cves_and_itself(
    reader: sqlite3.Connection,
) -> None:
    sources = opened(reader, PUMPS).sources
    assert [(s.title, s.grade.reliability) for s in sources] == [
        ("Agency advisories", "A"),
        ("Exploited list", "A"),
        ("Pumpworks Controller", "A"),
    ]
    other = opened(reader, FOX_REPORT).sources
    assert [(s.title, s.grade.reliability) for s in other] == [
        ("A list of reports", "C"),
        ("Empire: what Amber Fox left behind", "F"),
    ]


def test_an_advisory_is_as_guarded_as_its_most_guarded_statement(
    full: Path, writer: sqlite3.Connection
) -> None:
    secret = advisory(PLAIN_NEWS, "Not for all", tlp="AMBER+STRICT")
    take(writer, full, of(NEWS, secret))
    assert opened(writer, PLAIN_NEWS).tlp is Tlp.AMBER_STRICT
    assert opened(writer, PUMPS).tlp is Tlp.CLEAR


def test_vulnerabilities_are_those_of_the_list_and_those_that_advisories_name(
    reader: sqlite3.Connection,
) -> None:
    found = {v.id: v for v in list_vulnerabilities(reader)}
    assert list(found) == [NEW_CVE, OLD_CVE, LOOSE_CVE]
    assert found[NEW_CVE].ransomware
    assert (found[OLD_CVE].name, found[OLD_CVE].due) == ("Pumpworks Overflow", "2024-03-20")
    assert (found[OLD_CVE].cvss, found[OLD_CVE].advisories) == (9.8, 1)
    assert (found[LOOSE_CVE].name, found[LOOSE_CVE].listed) == ("", "")


def test_a_vulnerability_has_a_page_whether_or_not_a_catalogue_holds_it(
    reader: sqlite3.Connection,
) -> None:
    listed = open_vulnerability(reader, OLD_CVE)
    assert listed.action == "Install the update."
    assert listed.summary == ("Pumpworks Overflow lets strangers in.",)
    assert [ref.id for ref in listed.advisories] == [PUMPS]
    assert [source.title for source in listed.sources] == ["Exploited list"]
    loose = open_vulnerability(reader, LOOSE_CVE)
    assert (loose.summary, loose.action, loose.sources) == ((), "", ())
    assert loose.tlp is Tlp.CLEAR
    assert [ref.id for ref in loose.advisories] == [PUMPS]


def test_what_is_not_there_is_told_by_its_name(reader: sqlite3.Connection) -> None:
    with pytest.raises(NotFoundError, match="no advisory advisory--gone"):
        opened(reader, "advisory--gone")
    with pytest.raises(NotFoundError, match="CVE-1999-0001"):
        open_vulnerability(reader, "CVE-1999-0001")


def test_products_are_worded_as_a_source_writes_them(reader: sqlite3.Connection) -> None:
    assert product_words(reader, ["pumpworks:panel", "gone:old_thing"]) == {
        "pumpworks:panel": "Pumpworks Panel",
        "pumpworks": "Pumpworks",
        "gone:old_thing": "gone old thing",
        "gone": "gone",
    }


def test_a_cve_id_is_found_as_typed_and_by_its_beginning(reader: sqlite3.Connection) -> None:
    assert [v.id for v in find_by_cve(reader, " cve-2020-11111 ")] == [OLD_CVE]
    assert [v.id for v in find_by_cve(reader, "CVE-2024")] == [LOOSE_CVE, NEW_CVE]
    assert find_by_cve(reader, "cve") == ()
    assert find_by_cve(reader, "CVE-2020-11111; DROP TABLE x") == ()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("CVE-2020-11111", OLD_CVE),
        ("night heron scans", HERON_NEWS),
        ("AG-24-061", PUMPS),
        ("pumps panel", PUMPS),
        ("stranger netw", PUMPS),
    ],
)
def test_texts_are_searched_by_every_word_and_the_beginning_of_the_last(
    reader: sqlite3.Connection, typed: str, wanted: str
) -> None:
    assert wanted in [found.id for found in find_reports(reader, typed)]


@pytest.mark.parametrize("typed", ['"', "a OR", "NEAR(x", "col:x", "*", "x" * 5000, "\ud800", ""])
def test_a_search_never_fails_whatever_is_typed(reader: sqlite3.Connection, typed: str) -> None:
    assert isinstance(find_reports(reader, typed.encode("utf-8", "replace").decode()), list)


def test_another_import_makes_the_same_lists_as_making_everything_again(
    full: Path, writer: sqlite3.Connection
) -> None:
    before = read_models(writer)
    with immediate(writer, full):
        rebuild(writer, frozenset({"report"}))
    assert read_models(writer) == before
    with immediate(writer, full):
        rebuild(writer)
    assert {table: whole(writer, table) for table in REPORT_MODELS} == {
        table: before[table] for table in REPORT_MODELS
    }


def test_what_still_holds_of_a_changed_advisory_is_still_read(
    full: Path, writer: sqlite3.Connection
) -> None:
    key = {row.id: row.content_key for row in list_advisories(writer)}[PUMPS]
    changed = advisory(
        PUMPS,
        "Pumpworks Controller",
        issuer="Agency",
        published="2024-03-01",
        content="second",
        names=[(OLD_CVE, {"cvss": 9.8, "severity": "CRITICAL"})],
    )
    take(writer, full, of(CISA, changed))
    row = next(row for row in list_advisories(writer) if row.id == PUMPS)
    assert (row.issuer, row.published, row.cves) == ("Agency", "2024-03-01", (OLD_CVE,))
    assert row.content_key != key
    assert opened(writer, PUMPS).advice == ()


def test_an_undone_import_leaves_no_advisory_behind(full: Path, writer: sqlite3.Connection) -> None:
    ((snapshot,),) = rows(writer, "SELECT id FROM snapshot WHERE source = 'cisa-csaf'")
    with immediate(writer, full):
        undo(writer, snapshot)
        rebuild(writer, frozenset({"advisory"}))
    assert PUMPS not in [row.id for row in list_advisories(writer)]
    assert LOOSE_CVE not in [v.id for v in list_vulnerabilities(writer)]
    assert find_reports(writer, "firewall panel") == []


def test_what_its_source_has_revoked_is_not_listed(full: Path, writer: sqlite3.Connection) -> None:
    record, page = advisory(FOX_REPORT, "Withdrawn")
    gone = type(record).of(FOX_REPORT, "report", {"revoked": True}, record.statements)
    take(writer, full, changes(gone, of=NOTES, full=False, documents=[page]))
    assert FOX_REPORT not in [row.id for row in list_advisories(writer)]
    assert [ref.id for ref in advisories_of(writer, HERON)] == [HERON_NEWS]
