"""Overlap with the groups of a database, as evidence of a case, and what stands beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from case_samples import case, claim, document, evidence, hypothesis, subject
from dated_imports import take_on
from overlap_samples import (
    BARE,
    IDS,
    PAPER,
    REPORT,
    SIX,
    catalogue,
    feature,
    feature_id,
    group,
    group_id,
    six_features,
    uses,
)
from store_samples import actor, changes, source, take

from briefing.core.case import Case, Evidence
from briefing.core.case_checks import check_row
from briefing.core.case_words import EvidenceKind, Level, Vertex
from briefing.core.changes import DocumentDraft, Predicate, RecordDraft, StatementDraft
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.core.weighing import Overlap
from briefing.services.overlap import MOST_DOCUMENTS, overlap_evidence, overlap_with_groups
from briefing.services.overlap_beside import LEADING, beside_overlap
from briefing.services.overlap_words import margin_line, ordinal, standing
from briefing.store.ceilings import open_below
from briefing.store.connection import open_writer

NOW = "2026-03-01T09:00:00.000Z"
LATER = "2026-04-01T09:00:00.000Z"
BEAR, PANDA = group_id(1), group_id(2)


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    """Schema and vocabularies, in which small catalogues are put."""
    with closing(open_writer(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def bear(*documents: str, tlp: str = "") -> RecordDraft:
    """Uses all six features."""
    return group(1, "Bear", *(uses(1, one, *documents, tlp=tlp) for one in SIX))


def panda() -> RecordDraft:
    """Uses two of them."""
    return group(2, "Panda", uses(2, SIX[0]), uses(2, SIX[1]))


@pytest.fixture
def known(database: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Bear and Panda."""
    take(database, path, catalogue(*six_features(), bear(REPORT.id), panda()))
    return database


def seen(*more: Evidence, **fields: object) -> Case:
    """An incident in which the six features were seen."""
    given = {"techniques": IDS[:5], "software": IDS[5:], **fields}
    return case(subject(**given), *more)


def drafted(connection: sqlite3.Connection, about: Case, actor: str = "") -> Evidence:
    overlap = overlap_with_groups(connection, about.incident.features)
    return overlap_evidence(connection, about, overlap, "Analyst", NOW, actor=actor)


# The ranking


def test_groups_are_ranked_by_what_they_share_with_the_incident(known: sqlite3.Connection) -> None:
    overlap = overlap_with_groups(known, IDS)
    assert [(one.rank, one.name, one.attack_id, one.actor) for one in overlap.ranked] == [
        (1, "Bear", "G0001", BEAR),
        (2, "Panda", "G0002", PANDA),
    ]
    assert (overlap.groups, overlap.refused, overlap.as_of) == (2, "", "2026-01-02")
    assert overlap.ranked[0].score == 1
    assert overlap.ranked[0].matched[0].name == "Trojan"


def test_ids_are_read_in_any_case_and_each_once(known: sqlite3.Connection) -> None:
    written = [f" {one.lower()} " for one in IDS]
    assert overlap_with_groups(known, [*written, *IDS]) == overlap_with_groups(known, IDS)


def test_what_is_in_no_catalogue_is_named_and_not_compared(known: sqlite3.Connection) -> None:
    overlap = overlap_with_groups(known, [*IDS, "T9999", "Mimikatz"])
    assert overlap.absent == ("T9999", "MIMIKATZ")
    assert overlap.features == IDS
    assert overlap.ranked == overlap_with_groups(known, IDS).ranked


def test_what_is_in_no_catalogue_does_not_make_up_the_number(known: sqlite3.Connection) -> None:
    overlap = overlap_with_groups(known, [*IDS[:4], "T9999"])
    assert overlap.refused.startswith("4 features")


def test_a_withdrawn_id_is_compared_as_what_took_its_place(
    database: sqlite3.Connection, path: Path
) -> None:
    old = feature(
        *(7, "T1007"),
        revoked=True,
        related=[{"type": "revoked-by", "dest-uuid": SIX[0].partition("--")[2]}],
    )
    take(database, path, catalogue(*six_features(), old, bear()))
    overlap = overlap_with_groups(database, ["T1007", *IDS[1:]])
    assert overlap.replaced == (("T1007", "T1001"),)
    assert set(overlap.features) == set(IDS)
    # The same feature by both its ids is one feature.
    assert overlap_with_groups(database, ["T1007", *IDS]).features == IDS


def test_a_feature_that_the_catalogue_holds_and_nobody_uses_is_named(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, catalogue(*six_features(), panda()))
    overlap = overlap_with_groups(database, IDS)
    assert overlap.unknown == IDS[2:]
    assert overlap.absent == ()


def test_as_of_a_day_the_catalogue_of_that_day_is_compared(
    database: sqlite3.Connection, path: Path
) -> None:
    take_on(database, path, "2024-01-10", catalogue(*six_features(), panda()))
    take_on(database, path, "2025-01-10", catalogue(*six_features(), panda(), bear()))
    then = overlap_with_groups(database, IDS, "2024-06-01")
    assert [one.name for one in then.ranked] == ["Panda"]
    assert (then.groups, then.as_of) == (1, "2024-01-10")
    before = overlap_with_groups(database, IDS, "2023-12-31")
    assert before.ranked == ()
    assert before.refused == (
        "No known groups can be compared as of 31 December 2023:"
        " the first release of ATT&CK held here is of 10 January 2024."
    )


def test_an_empty_database_says_that_nothing_is_known(database: sqlite3.Connection) -> None:
    now = overlap_with_groups(database, IDS)
    assert now.refused.startswith("No group with techniques or software is known here")
    then = overlap_with_groups(database, IDS, "2024-01-01")
    assert then.refused.endswith("no release of ATT&CK is held here.")


def test_below_a_ceiling_hidden_statements_are_in_no_ranking(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, catalogue(*six_features(), bear(tlp="RED"), panda()))
    with closing(open_below(path, Tlp.CLEAR)) as reader:
        assert [one.name for one in overlap_with_groups(reader.connection, IDS).ranked] == ["Panda"]


# As evidence


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
    with pytest.raises(BriefingError, match="2 features cannot tell known groups apart"):
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


# Beside it


def targeting(number: int, *codes: str) -> list[StatementDraft]:
    return [
        StatementDraft(
            group_id(number),
            Predicate.TARGETS_COUNTRY if code.isupper() else Predicate.TARGETS_SECTOR,
            *(code, code),
        )
        for code in codes
    ]


def beside_case(*rows: Evidence) -> Case:
    return seen(
        *rows,
        sectors=("healthcare", "critical-infrastructure"),
        countries=("US", "FR"),
        infrastructure=("198.51.100.7",),
    )


def test_infrastructure_and_victims_are_listed_beside_with_who_states_them(
    database: sqlite3.Connection, path: Path
) -> None:
    said = targeting(1, "US", "healthcare", "energy", "DE", "critical-infrastructure")
    members = [uses(1, one) for one in SIX]
    take(database, path, catalogue(*six_features(), group(1, "Bear", *members, *said), panda()))
    about = beside_case()
    found = beside_overlap(database, about, overlap_with_groups(database, IDS))
    assert found.infrastructure == ("198.51.100.7",)
    assert [one.label for one in found.victims] == [
        *("Health and pharmaceuticals", "Critical infrastructure", "United States", "France"),
    ]
    first, second = found.groups
    assert (first.name, first.stated) == ("Bear", True)
    assert [(one.code, one.label, one.basis.sources) for one in first.shared] == [
        ("critical-infrastructure", "Critical infrastructure", ("mitre-attack",)),
        ("healthcare", "Health and pharmaceuticals", ("mitre-attack",)),
        ("US", "United States", ("mitre-attack",)),
    ]
    assert (second.name, second.stated, second.shared) == ("Panda", False, ())
    assert [one.key for one in found.sources] == ["mitre-attack"]


def test_only_the_leading_groups_are_looked_at(database: sqlite3.Connection, path: Path) -> None:
    many = [group(n, f"Group {n}", uses(n, SIX[0])) for n in range(1, 6)]
    take(database, path, catalogue(*six_features(), *many))
    overlap = overlap_with_groups(database, IDS)
    assert len(beside_overlap(database, seen(), overlap).groups) == LEADING


def test_each_actor_the_case_names_is_placed_or_said_to_have_no_profile(
    database: sqlite3.Connection, path: Path
) -> None:
    wolf = group(3, "Wolf", uses(3, feature_id(8, "T1008")))
    take(database, path, catalogue(*six_features(), feature(8, "T1008"), bear(), wolf))
    lynx = actor(9, "Lynx")
    take(database, path, changes(lynx, of=source()))
    rows = (
        claim("a", actor=lynx.native_id),
        claim("b"),
        claim("c", actor="threat-actor--nobody"),
        hypothesis("h1", actors=(BEAR, group_id(3), lynx.native_id)),
    )
    about = case(seen().incident, *rows)
    found = beside_overlap(database, about, overlap_with_groups(database, IDS))
    assert [(one.name, one.standing, one.rank) for one in found.named] == [
        ("Lynx", "no profile", 0),
        ("Bear", "ranked", 1),
        ("Wolf", "shares nothing", 0),
    ]


def test_where_nothing_was_ranked_nobody_is_placed(known: sqlite3.Connection) -> None:
    about = case(subject(), hypothesis("h1", actors=(BEAR,)))
    found = beside_overlap(known, about, overlap_with_groups(known, IDS[:2]))
    assert (found.named, found.groups, found.sources) == ((), (), ())


# In words


def with_margin(margin: float | None) -> Overlap:
    return Overlap(
        features=IDS,
        unknown=(),
        groups=2,
        ranked=(),
        margin=margin,
        discriminates=margin is not None and margin >= 1.25,
    )


@pytest.mark.parametrize(
    ("margin", "words"),
    [
        (1.0, "below 1.25, which does not discriminate. With such a margin the first was right in"),
        (1.25, "1.25 to 1.5. With such a margin the first was right in 13 of 31 rankings."),
        (1.5, "1.5 to 2. With such a margin the first was right in 8 of 13 rankings."),
        (7.0, "2 or more. With such a margin the first was right in 22 of 22 rankings."),
    ],
)
def test_the_margin_is_told_with_how_often_it_was_right(
    known: sqlite3.Connection, margin: float, words: str
) -> None:
    ranked = overlap_with_groups(known, IDS).ranked
    line = margin_line(replace(with_margin(margin), ranked=ranked))
    assert line.startswith(f"Margin of the first over the second: {words}")


def test_without_a_second_or_without_a_ranking_there_is_no_margin(
    known: sqlite3.Connection,
) -> None:
    ranked = overlap_with_groups(known, IDS).ranked
    assert "Only one group" in margin_line(replace(with_margin(None), ranked=ranked[:1]))
    assert margin_line(with_margin(None)) == ""


def test_a_tie_and_a_margin_that_says_nothing_are_told(
    database: sqlite3.Connection, path: Path
) -> None:
    twin = group(2, "Twin", *(uses(2, one) for one in SIX))
    take(database, path, catalogue(*six_features(), bear(), twin))
    overlap = overlap_with_groups(database, IDS)
    assert standing(overlap, overlap.ranked[0]) == (
        "Shares 6 of 6 features with Bear, second of 2 groups, level with 1 other;"
        " the margin does not discriminate."
    )


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (1, "first"),
        (10, "tenth"),
        (11, "11th"),
        (13, "13th"),
        (21, "21st"),
        (102, "102nd"),
        (103, "103rd"),
        (111, "111th"),
    ],
)
def test_places_are_words_up_to_the_tenth(place: int, words: str) -> None:
    assert ordinal(place) == words
