"""The overlap with a group as one piece of evidence: what it says, and what it cites."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from case_samples import case, claim, document, evidence, subject
from overlap_samples import (
    BARE,
    BEAR,
    IDS,
    PANDA,
    PAPER,
    REPORT,
    SIX,
    bear,
    catalogue,
    feature,
    feature_id,
    group,
    panda,
    seen,
    six_features,
    uses,
)
from store_samples import take

from briefing.core.case import Case, Evidence
from briefing.core.case_checks import check_row
from briefing.core.case_words import EvidenceKind, Level, Vertex
from briefing.core.changes import DocumentDraft, RecordDraft
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.services.overlap import MOST_DOCUMENTS, overlap_evidence, overlap_with_groups

NOW = "2026-03-01T09:00:00.000Z"
LATER = "2026-04-01T09:00:00.000Z"


@pytest.fixture
def known(database: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Bear and Panda."""
    take(database, path, catalogue(*six_features(), bear(REPORT.id), panda()))
    return database


def drafted(connection: sqlite3.Connection, about: Case, actor: str = "") -> Evidence:
    overlap = overlap_with_groups(connection, about.incident.features)
    return overlap_evidence(connection, about, overlap, "Analyst", NOW, actor=actor)


def test_the_first_group_becomes_one_piece_of_technique_evidence(known: sqlite3.Connection) -> None:
    about = seen()
    found = drafted(known, about)
    check_row(found)
    assert found.text == "Shares 6 of 6 features with Bear, first of 2 groups."
    assert (found.kind, found.vertex, found.level) == (
        *(EvidenceKind.TTP, Vertex.CAPABILITY, Level.TACTICAL),
    )
    assert (found.method, found.origin) == ("overlap", "MITRE ATT&CK")
    assert (found.reliability, found.credibility) == ("B", 3)
    assert (found.incident, found.author, found.created) == (about.incident.id, "Analyst", NOW)


def test_it_cites_the_page_of_the_group_and_what_the_catalogue_cites(
    known: sqlite3.Connection,
) -> None:
    page, report = drafted(known, seen()).documents
    assert page.url == "https://attack.mitre.org/groups/G0001"
    assert (page.title, page.publisher, page.published) == (
        *("Bear (G0001)", "MITRE ATT&CK", "2026-01-02"),
    )
    assert (report.url, report.title) == (REPORT.url, "A report")


def test_any_ranked_group_can_be_chosen(known: sqlite3.Connection) -> None:
    found = drafted(known, seen(), PANDA)
    assert found.text == "Shares 2 of 6 features with Panda, second of 2 groups."
    assert [cited.url for cited in found.documents] == ["https://attack.mitre.org/groups/G0002"]


def test_a_group_that_shares_nothing_is_no_evidence(known: sqlite3.Connection) -> None:
    with pytest.raises(BriefingError, match="shares no feature"):
        drafted(known, seen(), "intrusion-set--nobody")


def test_a_refused_ranking_is_no_evidence(known: sqlite3.Connection) -> None:
    about = seen(techniques=IDS[:2], software=())
    with pytest.raises(BriefingError, match="2 features to compare: with fewer than 5"):
        drafted(known, about)


def test_it_bears_on_the_claims_that_name_the_group(known: sqlite3.Connection) -> None:
    one, other = claim("a", actor=BEAR), claim("b", actor=PANDA)
    found = drafted(known, case(seen().incident, one, other))
    assert found.bears_on == (one.id,)


def test_it_is_as_secret_as_the_incident_and_what_is_stated_of_the_group(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, catalogue(*six_features(), bear(tlp="AMBER")))
    assert drafted(database, seen()).tlp is Tlp.AMBER
    assert drafted(database, seen(tlp=Tlp.RED)).tlp is Tlp.RED


def test_done_again_it_is_a_later_version_of_the_same_piece(known: sqlite3.Connection) -> None:
    first = replace(drafted(known, seen()), place=4)
    about = seen(evidence("e1"), first)
    overlap = overlap_with_groups(known, IDS)
    again = overlap_evidence(known, about, overlap, "Second analyst", LATER)
    assert (again.id, again.created, again.place) == (first.id, first.created, 4)
    assert (again.modified, again.author) == (LATER, "Second analyst")
    other = overlap_evidence(known, about, overlap, "Analyst", LATER, actor=PANDA)
    assert other.id != first.id
    assert other.place == 5


def wide(database: sqlite3.Connection, path: Path) -> list[str]:
    """Bear, each of whose ten features rests on a document of its own; their addresses."""
    numbers = range(1, 11)
    features = [feature(n, f"T10{n:02}") for n in numbers]
    reports = [document_draft(n) for n in numbers]
    said = [
        uses(1, feature_id(n, f"T10{n:02}"), report.id)
        for n, report in zip(numbers, reports, strict=True)
    ]
    take(database, path, catalogue(*features, group(1, "Bear", *said), documents=reports))
    return [report.url for report in reports]


def document_draft(number: int) -> DocumentDraft:
    return replace(PAPER, id=f"document--{number}", url=f"https://papers.example/{number:02}")


def ten(**fields: object) -> Case:
    return case(subject(techniques=tuple(f"T10{n:02}" for n in range(1, 11)), **fields))


def test_only_a_few_documents_are_cited(database: sqlite3.Connection, path: Path) -> None:
    wide(database, path)
    assert len(drafted(database, ten()).documents) == 1 + MOST_DOCUMENTS


def test_what_the_case_cites_too_is_always_cited(database: sqlite3.Connection, path: Path) -> None:
    urls = wide(database, path)
    own = [document(url=f"{url}/#top") for url in urls[:9]]
    found = drafted(database, ten(documents=tuple(own)))
    assert [cited.url for cited in found.documents[1:]] == urls
    # What only repeats such a document rests on it as well.
    told = (document(url="https://press.example/", repeats=urls[3]),)
    assert urls[3] in [cited.url for cited in drafted(database, ten(documents=told)).documents]


def test_a_document_that_stands_for_more_goes_first_and_one_that_adds_nothing_is_left_out(
    database: sqlite3.Connection, path: Path
) -> None:
    said = [uses(1, one, REPORT.id, *((BARE.id,) if one == SIX[0] else ())) for one in SIX]
    take(database, path, catalogue(*six_features(), group(1, "Bear", *said)))
    assert [cited.url for cited in drafted(database, seen()).documents[1:]] == [REPORT.url]


def test_a_document_without_a_title_is_called_by_its_address(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, catalogue(*six_features(), bear(BARE.id)))
    found = drafted(database, seen())
    assert found.documents[1].title == "example.org/papers/fox.pdf"
    check_row(found)


@pytest.mark.parametrize("url", ["https://[fe80::", "ftp://example.org/x", "https://host/x", ""])
def test_what_is_no_address_on_the_web_is_not_cited(
    database: sqlite3.Connection, path: Path, url: str
) -> None:
    odd = replace(PAPER, id="document--odd", url=url)
    take(database, path, catalogue(*six_features(), bear(odd.id), documents=(odd,)))
    assert len(drafted(database, seen()).documents) == 1


def test_a_group_without_a_page_is_cited_by_the_address_attack_gives_it(
    database: sqlite3.Connection, path: Path
) -> None:
    nameless = group(1, "Bear", *(uses(1, one) for one in SIX))
    bare = RecordDraft.of(
        *(nameless.native_id, nameless.kind),
        {"value": "Bear", "meta": {"external_id": "G0001"}},
        nameless.statements,
    )
    take(database, path, catalogue(*six_features(), bare))
    assert drafted(database, seen()).documents[0].url == "https://attack.mitre.org/groups/G0001"
