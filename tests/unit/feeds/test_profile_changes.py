"""Hand-written profiles as statements: nothing is lost, and every sentence cites its documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from galaxy_samples import real_vocabulary
from store_samples import source

from briefing.core.changes import ChangeSet, Predicate, StatementDraft
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.profile import (
    PART_HEADINGS,
    GoalClaim,
    Judgement,
    Origin,
    Part,
    Profile,
    ProfileName,
    ProfileSource,
    RecommendedAction,
    Sentence,
    Target,
    TimelineEvent,
)
from briefing.feeds.own_changes import document_of
from briefing.feeds.profile import parse_profile
from briefing.feeds.profile_changes import (
    plain_values,
    profile_changes,
    profile_id,
)
from briefing.paths import data_folder

REPORT = ProfileSource(
    "report", "A report", "Vendor", "https://example.org/report", "2020-05", "vendor", 2
)
COURT = replace(REPORT, key="court", title="A verdict", url="https://example.org/court")
BOTH = ("report", "court")


def profile(**changed: Any) -> Profile:
    """A profile with one entry of everything."""
    fields: dict[str, Any] = {
        "id": "fox",
        "name": "Red Fox",
        "same_as": (),
        "kind": "state-linked",
        "kind_sources": ("report",),
        "headline": "It digs",
        "how_headline": "It waits",
        "active_since": "2014",
        "active_since_sources": ("court",),
        "sources": (REPORT, COURT),
        "names": (
            ProfileName("Fox", BOTH, coined_by="Vendor", first_seen="2015"),
            ProfileName("Owl", ("court",)),
        ),
        "origins": (
            Origin("A court", "said so", ("court",), "IR", "sponsored-by", "a service"),
            Origin("A vendor", "named none", ("report",)),
        ),
        "goals": (GoalClaim("exfiltration", BOTH),),
        "targets": (
            Target(("report",), sector="energy", first_seen="2016"),
            Target(("report",), country="UA"),
            Target(("court",), place="org:nato"),
            Target(("court",), place="region:atlantis"),
        ),
        "timeline": (TimelineEvent("2017-01-02", "It dug", ("court",)),),
        "judgements": (
            Judgement("It will dig.", Likelihood.LIKELY, Confidence.LOW, "It always did.", BOTH),
        ),
        "actions": (
            RecommendedAction(
                "Fence", "It digs", ("M1001",), ("T1566",), "initial-access", ("report",)
            ),
        ),
        "parts": tuple(Part(code, (Sentence("It is so.", BOTH),)) for code, _ in PART_HEADINGS),
    }
    return Profile(**{**fields, **changed})


def changes_of(*profiles: Profile) -> ChangeSet:
    return profile_changes(profiles, source("threat-briefing"), real_vocabulary())


def said(changes: ChangeSet, predicate: Predicate) -> list[StatementDraft]:
    return [s for r in changes.records for s in r.statements if s.predicate is predicate]


def test_every_entry_becomes_a_statement_with_the_documents_it_cites() -> None:
    changes = changes_of(profile())
    report, court = document_of(REPORT).id, document_of(COURT).id
    assert {d.id for d in changes.documents} == {report, court}
    assert [
        (s.value, s.detail, s.first_seen, s.documents) for s in said(changes, Predicate.NAMED)
    ] == [
        ("Fox", {"coined_by": "Vendor"}, "2015", (report, court)),
        ("Owl", {}, "", (court,)),
    ]
    (kind,) = said(changes, Predicate.OF_KIND)
    assert (kind.object, kind.documents) == ("state-linked", (report,))
    (since,) = said(changes, Predicate.ACTIVE_SINCE)
    assert (since.value, since.first_seen, since.documents) == ("2014", "2014", (court,))
    (goal,) = said(changes, Predicate.HAS_GOAL)
    assert goal.object == "exfiltration"
    (event,) = said(changes, Predicate.HAPPENED)
    assert (event.first_seen, event.value) == ("2017-01-02", "It dug")


def test_an_origin_keeps_who_says_so_and_one_that_names_none_is_a_statement_too() -> None:
    changes = changes_of(profile())
    (sponsored,) = said(changes, Predicate.SPONSORED_BY)
    assert (sponsored.object, sponsored.detail) == (
        "IR",
        {"by": "A court", "wording": "said so", "body": "a service"},
    )
    (none,) = said(changes, Predicate.LOCATED_IN)
    assert (none.object, none.value, none.confidence) == ("", "not attributed", "")


def test_a_stated_confidence_is_kept_in_the_sources_word() -> None:
    origin = replace(profile().origins[0], confidence=Confidence.MEDIUM)
    (stated,) = said(changes_of(profile(origins=(origin,))), Predicate.SPONSORED_BY)
    assert stated.confidence == "medium"


def test_targets_are_mapped_and_a_place_nobody_knows_is_kept_as_written() -> None:
    changes = changes_of(profile())
    assert [(s.object, s.first_seen) for s in said(changes, Predicate.TARGETS_SECTOR)] == [
        ("energy", "2016")
    ]
    assert [(s.object, s.value) for s in said(changes, Predicate.TARGETS_COUNTRY)] == [
        ("UA", "UA"),
        ("org:nato", "org:nato"),
        ("", "region:atlantis"),
    ]


def test_a_judgement_keeps_its_term_and_an_action_its_reasons() -> None:
    changes = changes_of(profile())
    (judged,) = said(changes, Predicate.JUDGED)
    assert (judged.object, judged.confidence, judged.detail) == (
        "likely",
        "low",
        {"basis": "It always did.", "place": 0},
    )
    (advised,) = said(changes, Predicate.ADVISED)
    assert advised.detail == {
        "why": "It digs",
        "mitigations": ["M1001"],
        "techniques": ["T1566"],
        "place": 0,
    }


def test_the_same_sentence_in_two_places_is_two_statements() -> None:
    twice = Part("summary", (Sentence("It is so.", BOTH),) * 2)
    changes = changes_of(profile(parts=(twice,)))
    assert len({s.key("x") for s in said(changes, Predicate.DESCRIBED_AS)}) == 2


def test_a_profile_without_a_beginning_states_none() -> None:
    changes = changes_of(profile(active_since="", active_since_sources=()))
    assert said(changes, Predicate.ACTIVE_SINCE) == []


def test_two_keys_of_one_document_are_one_citation() -> None:
    again = replace(REPORT, key="again")
    changes = changes_of(profile(sources=(REPORT, COURT, again), kind_sources=("report", "again")))
    (kind,) = said(changes, Predicate.OF_KIND)
    assert kind.documents == (document_of(REPORT).id,)


@pytest.mark.parametrize(
    "corrected",
    [
        {"title": "Another report"},
        {"publisher": "Press"},
        {"published": "2021"},
        {"kind": "press"},
        {"credibility": 4},
        {"rests_on": "Vendor"},
    ],
)
def test_a_corrected_document_is_another_one_and_so_its_statements_change(
    corrected: dict[str, Any],
) -> None:
    # Documents are never overwritten; under the old id the correction would never arrive.
    assert document_of(replace(REPORT, **corrected)).id != document_of(REPORT).id
    assert document_of(replace(REPORT, key="other")).id == document_of(REPORT).id


def test_the_order_of_profiles_does_not_matter() -> None:
    fox, owl = profile(), profile(id="owl", name="Owl")
    assert changes_of(fox, owl) == changes_of(owl, fox)
    assert changes_of(fox, owl).version == "2 profiles"
    assert changes_of(fox).sha256 != changes_of(owl).sha256


def test_the_record_holds_the_whole_profile_as_plain_values() -> None:
    (record,) = changes_of(profile()).records
    assert record.native_id == profile_id("fox")
    assert record.value() == plain_values(profile())
    assert record.value()["judgements"][0]["likelihood"] == "likely"
    assert record.value()["origins"][0]["confidence"] == "not stated"


def test_every_sentence_of_the_real_profiles_is_a_statement_with_a_document() -> None:
    files = sorted((data_folder() / "actors").glob("*.md"))
    profiles = [parse_profile(path.read_bytes(), path.name) for path in files]
    changes = changes_of(*profiles)
    sentences = sum(len(part.sentences) for one in profiles for part in one.parts)
    assert len(said(changes, Predicate.DESCRIBED_AS)) == sentences > 100
    known = {document.id for document in changes.documents}
    for record in changes.records:
        for statement in record.statements:
            assert statement.documents
            assert set(statement.documents) <= known
