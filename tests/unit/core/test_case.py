"""A case: its labels, its origins, which assessment stands, and what it is marked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_samples import (
    assessment,
    case,
    claim,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
    worked_case,
)

from briefing.core.case import Case, letter, origin_key
from briefing.core.case_page import CaseRow
from briefing.core.case_words import Claimant, Mark
from briefing.core.tlp import Tlp
from briefing.core.weighing import Column, Weighing


@pytest.mark.parametrize(
    ("place", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_claims_are_lettered_beyond_the_alphabet(place: int, text: str) -> None:
    assert letter(place) == text


def test_rows_are_labelled_in_their_order() -> None:
    found = case(claim("a"), claim("b"), evidence("e1"), hypothesis("h1"), hypothesis("h2"))
    assert found.labels() == {
        row_id("claim", "a"): "A",
        row_id("claim", "b"): "B",
        row_id("evidence", "e1"): "E1",
        row_id("hypothesis", "h1"): "H1",
        row_id("hypothesis", "h2"): "H2",
    }


def test_origins_are_numbered_evidence_first_whatever_their_spelling() -> None:
    found = case(
        claim("a", origin="  the   PRESS "),
        claim("b", origin=""),
        evidence("e1", origin="A vendor"),
        evidence("e2", origin="The press"),
    )
    assert found.origins() == {"a vendor": "O1", "the press": "O2"}
    assert origin_key(" The\tPress ") == "the press"


def test_the_assessment_that_stands_is_the_newest_that_none_supersedes() -> None:
    first = assessment("j1", date="2024-01-01")
    second = assessment("j2", date="2024-02-01", supersedes="j1")
    other = assessment("j3", date="2024-01-15")
    assert case(first, second, other).assessment == second
    assert case(first, other).assessment == other
    assert case().assessment is None


def test_rows_come_with_the_incident_first_and_carry_the_highest_label() -> None:
    worked = worked_case()
    kinds = [type(row).__name__ for row in worked.rows()]
    assert kinds[:2] == ["Subject", "Claim"]
    assert kinds[-1] == "Assessment"
    assert worked.tlp is Tlp.CLEAR
    amber = replace(worked, opinions=(opinion(tlp=Tlp.AMBER),))
    assert amber.tlp is Tlp.AMBER
    assert Case(subject(tlp=Tlp.GREEN)).tlp is Tlp.GREEN


def test_grades_stand_side_by_side_and_are_never_one_number() -> None:
    assert claim(reliability="E", credibility=None).grade.code == "E–"
    assert evidence(reliability="B", credibility=2).grade.code == "B2"


def test_a_claim_says_whether_the_attackers_made_it_and_whether_only_a_feed_tells_it() -> None:
    assert claim(claimant=Claimant.ACTOR).is_by_attacker
    assert not claim(claimant=Claimant.VENDOR).is_by_attacker
    assert claim(text="").is_of_feed
    assert not claim().is_of_feed


def test_a_cell_is_found_by_its_evidence() -> None:
    found = hypothesis("h1", {"e1": "II"})
    cell = found.cell(row_id("evidence", "e1"))
    assert cell is not None
    assert cell.mark is Mark.II
    assert found.cell(row_id("evidence", "e2")) is None


def test_what_an_incident_is_compared_by_are_techniques_and_software() -> None:
    assert subject(techniques=("T1059",), software=("S0002",)).features == ("T1059", "S0002")


def test_a_weighing_names_its_leaders_and_its_columns() -> None:
    one, other = Column("h1", 0, 0.0, True, False), Column("h2", 2, 2.8, False, False)
    found = Weighing((one, other), {})
    assert found.leaders == ("h1",)
    assert found.column("h2") == other
    with pytest.raises(KeyError):
        found.column("h3")


def _row(**changed: object) -> CaseRow:
    plain: dict[str, object] = {
        **{"id": "incident--1", "slug": "", "name": "Raid", "started": "", "sectors": ()},
        **{"countries": (), "source": "s", "source_title": "S", "claims": 0, "claimants": ()},
        **{"bases": (), "evidence": 0, "hypotheses": 0, "assessed": False, "accused": ()},
        "tlp": Tlp.CLEAR,
    }
    return CaseRow(**{**plain, **changed})  # type: ignore[arg-type]  # each field as it is named


def test_an_incident_is_worked_once_anything_lies_beside_the_claims() -> None:
    assert not _row(claims=3).is_worked
    assert _row(evidence=1).is_worked
    assert _row(hypotheses=1).is_worked
    assert _row(assessed=True).is_worked


def test_only_the_attacker_says_so_where_every_claim_is_theirs() -> None:
    assert _row(claims=2, claimants=("actor",)).only_attacker_says_so
    assert not _row(claims=2, claimants=("actor", "")).only_attacker_says_so
    assert not _row().only_attacker_says_so
