"""What the Advisories screen asks for, and what the search field finds of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from advisory_samples import (
    FOX,
    FOX_REPORT,
    HERON_NEWS,
    NEW_CVE,
    OLD_CVE,
    PUMPS,
    SHARED_REPORT,
    database,
)

from briefing.core.errors import BriefingError
from briefing.services.advisories import AdvisoryDesk
from briefing.services.search_everything import search_everything
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels

NOW = datetime(2024, 3, 25, 12, tzinfo=UTC)


@pytest.fixture
def knowledge(tmp_path: Path) -> Iterator[KnowledgeFile]:
    opened = KnowledgeFile(database(tmp_path / "knowledge.db"))
    yield opened
    opened.close()


@pytest.fixture
def desk(knowledge: KnowledgeFile, tmp_path: Path) -> AdvisoryDesk:
    return AdvisoryDesk(knowledge, tmp_path / "workspace.db", lambda: NOW)


def test_everything_the_lists_need_comes_at_once(desk: AdvisoryDesk) -> None:
    shelf = desk.load()
    assert len(shelf.rows) == 5
    assert shelf.vulnerabilities[0].id == NEW_CVE
    assert shelf.products["pumpworks:panel"] == "Pumpworks Panel"
    assert shelf.products["pumpworks"] == "Pumpworks"
    assert shelf.marks.today == NOW.date()
    assert shelf.fault is None


def test_what_was_read_is_unread_again_only_when_told_so(desk: AdvisoryDesk) -> None:
    rows = {row.id: row for row in desk.load().rows}
    desk.mark_read([rows[PUMPS], rows[FOX_REPORT]])
    assert desk.marks().is_read(rows[PUMPS])
    assert not desk.marks().is_read(rows[HERON_NEWS])
    desk.mark_unread([rows[PUMPS]])
    assert not desk.marks().is_read(rows[PUMPS])
    assert desk.marks().is_read(rows[FOX_REPORT])


def test_what_is_kept_is_listed_even_when_the_database_has_lost_it(desk: AdvisoryDesk) -> None:
    assert desk.kept() == ()
    for advisory in (PUMPS, "advisory--gone"):
        desk.keep(advisory)
    kept = dict(desk.kept())
    assert kept["advisory--gone"] is None
    row = kept[PUMPS]
    assert row is not None
    assert row.title == "Pumpworks Controller"
    desk.let_go(PUMPS)
    assert PUMPS not in desk.marks().kept


def test_a_broken_workspace_leaves_the_lists_and_tells_why_there_are_no_marks(
    knowledge: KnowledgeFile, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("no database")
    desk = AdvisoryDesk(knowledge, broken, lambda: NOW)
    shelf = desk.load()
    assert len(shelf.rows) == 5
    assert shelf.fault is not None
    assert "broken.db" in str(shelf.fault)
    with pytest.raises(BriefingError):
        desk.keep(PUMPS)
    assert broken.read_text() == "no database"


def test_single_things_are_read_by_their_ids(desk: AdvisoryDesk, knowledge: KnowledgeFile) -> None:
    labels = read_labels(knowledge.connection)
    assert desk.advisory(PUMPS, labels).row.title == "Pumpworks Controller"
    assert desk.vulnerability(OLD_CVE).row.name == "Pumpworks Overflow"
    assert [ref.id for ref in desk.naming(FOX)] == [FOX_REPORT, SHARED_REPORT]


@pytest.mark.parametrize(
    ("typed", "kind", "wanted"),
    [
        ("CVE-2020-11111", "vulnerability", OLD_CVE),
        ("cve-2020-1", "vulnerability", OLD_CVE),
        ("Panel Bypass", "vulnerability", NEW_CVE),
        ("pumpworks controller", "advisory", PUMPS),
        ("AG-24-061", "advisory", PUMPS),
    ],
)
def test_the_search_field_finds_advisories_and_vulnerabilities(
    knowledge: KnowledgeFile, typed: str, kind: str, wanted: str
) -> None:
    assert (kind, wanted) in [(hit.kind, hit.id) for hit in search_everything(knowledge, typed)]


def test_a_hit_says_who_published_it_and_when(knowledge: KnowledgeFile) -> None:
    hits = {hit.id: hit for hit in search_everything(knowledge, "pumpworks controller")}
    assert hits[PUMPS].reason == "Agency, 1 Mar 2024"
    [found] = search_everything(knowledge, OLD_CVE)
    assert (found.title, found.reason) == ("CVE-2020-11111 Pumpworks Overflow", "CVE id")


def test_titles_of_advisories_are_no_names_and_an_actor_still_comes_first(
    knowledge: KnowledgeFile,
) -> None:
    hits = search_everything(knowledge, "night heron")
    assert [hit.kind for hit in hits] == ["actor", "advisory"]
