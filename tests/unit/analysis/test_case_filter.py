"""Filtering incidents: what is left, what further choices would leave, what is stated at all."""

from __future__ import annotations

from dataclasses import replace

from briefing.analysis.case_filter import (
    ASSESSED,
    NO_CLAIM,
    NOT_WORKED,
    ONLY_ATTACKER,
    WORKED,
    CaseFilter,
    Choice,
    Loosening,
    counts,
    loosen,
    matching,
    read_filter,
    stated,
)
from briefing.core.case_page import CaseRow
from briefing.core.tlp import Tlp

CONFIRMS = "Attacker confirms"
MEDIA = "Media-based attribution"
BOAST = CaseRow(
    "boast",
    "",
    "Pumps stopped",
    "2021-05",
    ("water",),
    ("DE",),
    "eurepoc",
    "EuRepoC",
    2,
    ("actor",),
    (CONFIRMS,),
    0,
    0,
    assessed=False,
    accused=("Grey Heron",),
    tlp=Tlp.CLEAR,
)
BOTH = replace(
    BOAST, id="both", countries=("DE", "FR"), claimants=("actor", "media"), bases=(CONFIRMS, MEDIA)
)
RAID = replace(
    BOAST,
    id="raid",
    slug="harbour-raid-2023",
    name="Harbour raid",
    sectors=(),
    countries=("FR",),
    claimants=("media",),
    bases=(MEDIA,),
    evidence=3,
    hypotheses=3,
    assessed=True,
    accused=("Egret",),
)
QUIET = replace(BOAST, id="quiet", claims=0, claimants=(), bases=(), accused=(), countries=())
ROWS = (RAID, BOAST, BOTH, QUIET)


def _ids(**chosen: str) -> list[str]:
    return [row.id for row in matching(ROWS, CaseFilter(**chosen))]


def test_without_a_choice_every_incident_is_left_in_its_order() -> None:
    assert _ids() == ["raid", "boast", "both", "quiet"]


def test_only_the_attacker_says_so_leaves_out_what_anybody_else_says_too() -> None:
    assert _ids(basis=ONLY_ATTACKER) == ["boast"]
    assert _ids(basis=CONFIRMS) == ["boast", "both"]


def test_an_incident_nobody_claims_can_be_asked_for() -> None:
    assert _ids(basis=NO_CLAIM) == ["quiet"]


def test_worked_and_not_worked_share_all_incidents_between_them() -> None:
    assert _ids(work=WORKED) == _ids(work=ASSESSED) == ["raid"]
    assert _ids(work=NOT_WORKED) == ["boast", "both", "quiet"]


def test_evidence_alone_is_work_but_no_assessment() -> None:
    begun = replace(RAID, assessed=False, hypotheses=0)
    assert matching([begun], CaseFilter(work=WORKED)) == (begun,)
    assert matching([begun], CaseFilter(work=ASSESSED)) == ()


def test_choices_are_met_together() -> None:
    assert _ids(sector="water", country="FR") == ["both"]


def test_text_finds_names_readable_ids_and_the_accused_in_any_case() -> None:
    assert _ids(text="PUMPS") == ["boast", "both", "quiet"]
    assert _ids(text="harbour-raid") == ["raid"]
    assert _ids(text="egret") == ["raid"]


def test_counts_ignore_their_own_field_and_keep_what_is_chosen() -> None:
    chosen = CaseFilter(basis=MEDIA, sector="water")
    assert counts(ROWS, chosen, "basis") == (
        Choice(ONLY_ATTACKER, 1),
        Choice(CONFIRMS, 2),
        Choice(MEDIA, 1),
        Choice(NO_CLAIM, 1),
    )
    assert counts(ROWS, CaseFilter(country="XX"), "country")[-1] == Choice("XX", 0)
    assert counts(ROWS, CaseFilter(), "work") == (
        Choice(WORKED, 1),
        Choice(ASSESSED, 1),
        Choice(NOT_WORKED, 3),
    )


def test_it_is_counted_of_how_many_anything_is_stated() -> None:
    assert [stated(ROWS, part) for part in ("basis", "sector", "country", "work")] == [3, 3, 3, 4]


def test_the_choice_that_frees_most_is_named() -> None:
    assert loosen(ROWS, CaseFilter(sector="water", text="egret")) == Loosening("text", 3)
    assert loosen(ROWS, CaseFilter(sector="gold", country="XX")) == Loosening(None, 4)
    assert loosen(ROWS, CaseFilter()) == Loosening(None, 4)


def test_a_filter_is_kept_and_read_again() -> None:
    chosen = CaseFilter(basis=ONLY_ATTACKER, text="dam")
    assert chosen.chosen == ("basis", "text")
    assert read_filter(chosen.values()) == chosen
    assert read_filter({"basis": 4, "colour": "red", "text": "dam"}) == CaseFilter(text="dam")
