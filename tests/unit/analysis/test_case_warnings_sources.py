"""Each rule about claims, sources and origins fires where it should, and is silent elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from case_samples import (
    actor_id,
    case,
    claim,
    document,
    evidence,
    hypothesis,
    row_id,
    subject,
    worked_case,
)
from warned_samples import sentence, warned

from briefing.analysis.case_warnings import Known
from briefing.core.case_page import KnownActor
from briefing.core.case_words import Claimant, EvidenceKind
from briefing.core.tlp import Tlp

HERON = actor_id("Heron")


def known(first_seen: str = "", name: str = "Heron") -> Known:
    return Known(actors={HERON: KnownActor(HERON, name, "", first_seen, Tlp.CLEAR)})


def ids(kind: str, *keys: str) -> tuple[str, ...]:
    return tuple(row_id(kind, key) for key in keys)


def test_1_a_claim_on_which_only_claims_bear_is_named_with_them() -> None:
    one = case(
        claim("a"),
        claim("b"),
        evidence("e1", bears_on=("a",), kind=EvidenceKind.CLAIM),
        evidence("e2", bears_on=("b",)),
    )
    warning = warned(1, one)
    assert warning is not None
    assert warning.sentence == "Nothing but claims bears on claim A."
    assert warning.rows == (*ids("claim", "a"), *ids("evidence", "e1"))


def test_1_several_bare_claims_are_named_together() -> None:
    assert sentence(
        1, case(claim("a"), claim("b"), claim("c"), evidence("e1", bears_on=("b",)))
    ) == ("Nothing but claims bears on claims A and C.")


def test_1_a_claim_with_evidence_is_silent() -> None:
    assert sentence(1, case(claim("a"), evidence("e1", bears_on=("a",)))) == ""
    assert sentence(1, case(evidence("e1"))) == ""


def test_2_evidence_of_one_origin_however_spelt_is_one_origin() -> None:
    one = case(evidence("e1", origin="CERT report"), evidence("e2", origin=" cert  Report"))
    warning = warned(2, one)
    assert warning is not None
    assert warning.sentence == "All evidence comes from one origin: E1 and E2."
    assert warning.rows == ids("evidence", "e1", "e2")


def test_2_evidence_that_only_repeats_other_evidence_is_no_second_origin() -> None:
    first = document("first")
    one = case(
        evidence("e1", documents=(first,)),
        evidence("e2", documents=(document("second", repeats=first.url),)),
    )
    assert sentence(2, one) == "All evidence comes from one origin: E1 and E2."


def test_2_two_origins_are_silent_and_so_is_no_evidence() -> None:
    assert sentence(2, case(evidence("e1"), evidence("e2"))) == ""
    assert sentence(2, case(claim("a"))) == ""


def test_3_different_publishers_of_one_origin_report_in_a_circle() -> None:
    one = case(
        claim("a", origin="CERT"),
        evidence("e1", origin="CERT"),
        evidence("e2", origin="Police"),
        evidence("e3", origin="Police"),
        evidence("e4"),
    )
    warning = warned(3, one)
    assert warning is not None
    assert warning.sentence == "Different publishers, one origin: E1 and claim A; E2 and E3."
    assert set(warning.rows) == {*ids("claim", "a"), *ids("evidence", "e1", "e2", "e3")}


def test_3_documents_that_repeat_one_third_document_meet() -> None:
    copies = [document(name, repeats="https://origin.example/post") for name in ("copy", "echo")]
    one = case(*(evidence(f"e{n}", documents=(copy,)) for n, copy in enumerate(copies)))
    assert sentence(3, one) == "Different publishers, one origin: E1 and E2."


@pytest.mark.parametrize(
    "documents",
    [
        (document("one", publisher="CERT"), document("two", publisher="cert")),
        (document("one"), document("two", publisher="")),
        (document("one"), document("one")),
    ],
)
def test_3_one_publisher_or_one_that_nobody_knows_is_silent(documents: tuple[Any, Any]) -> None:
    first, second = documents
    one = case(
        evidence("e1", origin="CERT", documents=(first,)),
        evidence("e2", origin="CERT", documents=(second,)),
    )
    assert sentence(3, one) == ""


def test_3_different_publishers_with_an_origin_each_are_silent() -> None:
    assert sentence(3, worked_case()) == ""


def test_4_two_names_for_who_did_it_are_told_with_who_says_them() -> None:
    one = case(
        claim("a", claimant=Claimant.ACTOR, by="Egret", accused="Egret"),
        claim("b", accused="Heron"),
        claim("c", by="CERT", accused="HERON"),
    )
    warning = warned(4, one)
    assert warning is not None
    assert warning.sentence == (
        "Different names are given for who did it: Egret (claim A) and Heron (claims B and C)."
    )
    assert warning.rows == ids("claim", "a", "b", "c")


def test_4_one_culprit_under_two_names_or_spellings_is_silent() -> None:
    assert (
        sentence(4, case(claim("a", accused="Grey Heron"), claim("b", accused="GREY-HERON"))) == ""
    )
    tied = case(
        claim("a", accused="Heron", actor=HERON),
        claim("b", accused="Storm Bird", actor=HERON),
        claim("c", accused="storm bird"),
    )
    assert sentence(4, tied) == ""
    assert sentence(4, case(claim("a"))) == ""


def test_5_a_name_of_several_actors_is_told_with_all_of_them() -> None:
    names = Known(shared_names={"APT0": ("Heron", "Egret"), "Crew": ("Crew", "Gull", "Tern")})
    one = case(
        claim("a", accused="APT0"),
        claim("b", claimant=Claimant.ACTOR, by="Crew", accused="APT0"),
        claim("c", by="Crew"),
    )
    warning = warned(5, one, names)
    assert warning is not None
    assert warning.sentence == (
        "“APT0” (claims A and B) may mean Heron or Egret; "
        "“Crew” (claim B) may mean Crew, Gull or Tern."
    )
    assert warning.rows == ids("claim", "a", "b")


def test_5_a_name_of_one_actor_is_silent() -> None:
    names = Known(shared_names={"Heron": ("Heron",)})
    assert sentence(5, case(claim("a"), claim("b", accused="Egret")), names) == ""


def test_10_confirmed_by_others_without_a_second_origin_is_named() -> None:
    one = case(
        claim("a", credibility=1),
        claim("b", credibility=1),
        evidence("e1", credibility=1, bears_on=("b",)),
        evidence("e2", credibility=1, bears_on=("b",), origin="origin of e1"),
        evidence("e3", credibility=1),
        evidence("e4", bears_on=("a",), origin="origin of claim a"),
    )
    warning = warned(10, one)
    assert warning is not None
    assert warning.sentence == (
        "Graded as confirmed, without a second origin: E1, E2, E3 and claim A."
    )
    assert warning.rows == (*ids("evidence", "e1", "e2", "e3"), *ids("claim", "a"))


def test_10_a_second_origin_that_bears_on_the_same_claim_is_silent() -> None:
    one = case(
        claim("a", credibility=1),
        evidence("e1", credibility=1, bears_on=("a",)),
        evidence("e2", bears_on=("a",)),
    )
    assert sentence(10, one) == ""
    assert sentence(10, worked_case()) == ""


def test_10_a_second_origin_that_only_repeats_the_first_is_none() -> None:
    first = document("first")
    one = case(
        claim("a"),
        evidence("e1", credibility=1, bears_on=("a",), documents=(first,)),
        evidence("e2", bears_on=("a",), documents=(document("copy", repeats=first.url),)),
    )
    assert sentence(10, one) == "Graded as confirmed, without a second origin: E1."


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2023-09-11",), "Claim A came before the disclosure of 12 Sept 2023."),
        (("2023-09-13", "2023-10"), "Claims A and B followed the disclosure of 12 Sept 2023."),
        (
            ("2024", "2023-09-11", "2023-09-13"),
            "Claim B came before the disclosure of 12 Sept 2023, claims A and C followed it.",
        ),
        (("2021",), "Claim A came before the incident itself."),
        (
            ("2021", "2023-09-11", "2024"),
            "Claim A came before the incident itself, claim B came before the disclosure of "
            "12 Sept 2023, claim C followed it.",
        ),
        (
            ("2023-08", "2024"),
            "Claim A came before the incident itself, claim B followed the disclosure of "
            "12 Sept 2023.",
        ),
    ],
)
def test_13_claims_are_told_apart_by_the_day_of_disclosure(
    dates: tuple[str, ...], expected: str
) -> None:
    one = case(*(claim(key, date=date) for key, date in zip("abc", dates, strict=False)))
    assert sentence(13, one) == expected


def test_13_points_at_the_claims_it_names_and_at_the_incident() -> None:
    one = case(claim("a", date="2023-09-12"), claim("b", date="2023-09-13"))
    warning = warned(13, one)
    assert warning is not None
    assert warning.rows == (*ids("claim", "b"), one.incident.id)


@pytest.mark.parametrize("date", ["2023-09-12", "2023-09", "2023", ""])
def test_13_a_date_that_tells_nothing_is_silent(date: str) -> None:
    assert sentence(13, case(claim("a", date=date))) == ""


def test_13_an_incident_that_never_became_public_is_silent() -> None:
    assert sentence(13, case(subject(disclosed=""), claim("a"))) == ""


def test_14_overlap_that_cites_what_other_rows_cite_is_named_with_them() -> None:
    shared = document("shared")
    one = case(
        subject(documents=(shared,)),
        claim("a", documents=(shared,)),
        evidence("e1", origin="ATT&CK"),
        evidence("e2", method="overlap", origin="attack", documents=(shared,)),
        evidence("e3", method="overlap", origin="att&ck", documents=(document("clean"),)),
    )
    warning = warned(14, one)
    assert warning is not None
    assert warning.sentence == (
        "E2 and E3 may rest on this incident’s own reports, "
        "shared with E1 and claim A, and with the description."
    )
    assert warning.rows == (
        *ids("evidence", "e2", "e3"),
        *ids("claim", "a"),
        one.incident.id,
        *ids("evidence", "e1"),
    )


def test_14_overlap_that_cites_only_the_description_is_named() -> None:
    shared = document("shared")
    one = case(subject(documents=(shared,)), evidence("e1", method="overlap", documents=(shared,)))
    assert sentence(14, one) == (
        "E1 may rest on this incident’s own reports, shared with the description."
    )


def test_14_overlap_of_its_own_origin_is_silent() -> None:
    one = case(
        subject(documents=(document("shared"),)),
        claim("a"),
        evidence("e1", documents=(document("shared"),)),
        evidence("e2", method="overlap", origin="ATT&CK"),
        evidence("e3", method="overlap", origin="ATT&CK"),
    )
    assert sentence(14, one) == ""
    assert sentence(14, worked_case()) == ""


def test_15_an_actor_that_was_first_seen_later_is_named_with_its_rows() -> None:
    one = case(claim("a", actor=HERON), hypothesis("h1", actors=(HERON, actor_id("Egret"))))
    warning = warned(15, one, known("2024-02"))
    assert warning is not None
    assert warning.sentence == (
        "First seen after the incident (10 Sept 2023): Heron in Feb 2024 (H1 and claim A)."
    )
    assert warning.rows == (*ids("hypothesis", "h1"), *ids("claim", "a"), one.incident.id)


@pytest.mark.parametrize("first_seen", ["2023-09-10", "2023-09", "2023", "2019", ""])
def test_15_an_actor_that_may_have_been_seen_before_is_silent(first_seen: str) -> None:
    assert sentence(15, case(hypothesis("h1", actors=(HERON,))), known(first_seen)) == ""


def test_15_what_counts_is_the_end_of_the_incident_or_what_is_nearest_to_it() -> None:
    seen = known("2023-10-01")
    rows = (hypothesis("h1", actors=(HERON,)),)
    assert sentence(15, case(subject(last_seen="2023-11"), *rows), seen) == ""
    only_disclosed = subject(first_seen="", disclosed="2023-09-12")
    assert sentence(15, case(only_disclosed, *rows), seen).startswith(
        "First seen after the incident (12 Sept 2023)"
    )
    assert sentence(15, case(subject(first_seen="", disclosed=""), *rows), seen) == ""
