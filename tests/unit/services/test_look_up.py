"""Looking a name up, on the real bundled catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.services.look_up import look_up, reason
from briefing.services.search_everything import search_everything
from briefing.store.connection import KnowledgeFile


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> KnowledgeFile:
    return KnowledgeFile(bundled_database)


@pytest.mark.parametrize("name", ["Fancy Bear", "apt-28", "APT 28", "Sofacy", "G0007", "g0007"])
def test_every_spelling_and_name_of_a_group_finds_it_first(
    knowledge: KnowledgeFile, name: str
) -> None:
    assert look_up(knowledge, name).matches[0].profile.row.attack_id == "G0007"


def test_the_answer_says_why_an_actor_is_in_it(knowledge: KnowledgeFile) -> None:
    (match,) = look_up(knowledge, "Fancy Bear").matches
    assert reason(match).startswith("also called Fancy Bear, coined by CrowdStrike (MITRE ATT&CK")


def test_an_ambiguous_name_lists_every_actor_with_who_uses_it_so(knowledge: KnowledgeFile) -> None:
    matches = look_up(knowledge, "UAC-0056").matches
    assert {match.profile.row.attack_id for match in matches} == {"G1003", "G1031"}
    assert all(match.found.sources for match in matches)


def test_a_typo_is_answered_with_what_is_near_and_nothing_else(knowledge: KnowledgeFile) -> None:
    answer = look_up(knowledge, "Fancy Bera")
    assert answer.matches == ()
    assert answer.near[0] == "Fancy Bear"


def test_look_alike_letters_are_recognised_and_said(knowledge: KnowledgeFile) -> None:
    cyrillic = "\u0410\u0420\u042228"
    match = look_up(knowledge, cyrillic).matches[0]
    assert match.profile.row.attack_id == "G0007"
    assert "look-alike letters" in reason(match)


def test_names_that_neighbours_share_do_not_fuse_them(knowledge: KnowledgeFile) -> None:
    actors = {look_up(knowledge, code).matches[0].profile.row.id for code in ("G0032", "G0082")}
    assert len(actors) == 2


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_whatever_is_typed_is_answered(knowledge: KnowledgeFile, text: str) -> None:
    answer = look_up(knowledge, text)
    assert len(answer.query) <= 200
    for hit in search_everything(knowledge, text):
        assert hit.title


@pytest.mark.parametrize(
    "text",
    ['"', "'", "*", "CVE-2024-1234", "a OR b", "NEAR(", "col:x", "-x", "^", "\x00", "[" * 100_000],
)
def test_what_a_query_language_would_read_as_its_own_is_only_text(
    knowledge: KnowledgeFile, text: str
) -> None:
    look_up(knowledge, text)
    search_everything(knowledge, text)


def test_search_names_techniques_of_one_name_apart_by_their_ids(knowledge: KnowledgeFile) -> None:
    hits = [hit for hit in search_everything(knowledge, "phishing") if hit.title == "Phishing"]
    assert {hit.reason.split(" ")[0] for hit in hits} >= {"T1566", "T1660"}


def test_search_finds_an_object_by_its_attack_id_first(knowledge: KnowledgeFile) -> None:
    assert search_everything(knowledge, "T1059.001")[0].title == "PowerShell"


def test_search_offers_what_is_near_only_where_nothing_matches(knowledge: KnowledgeFile) -> None:
    hits = search_everything(knowledge, "Fancy Baer")
    assert hits
    assert all(hit.near for hit in hits)
    assert hits[0].title == "APT28"


def test_search_finds_incidents_by_the_words_of_their_names_the_worked_ones_first(
    knowledge: KnowledgeFile,
) -> None:
    hits = [hit for hit in search_everything(knowledge, "resorts mgm") if hit.kind == "incident"]
    assert [hit.title for hit in hits] == ["MGM Resorts, September 2023", "MGM Resorts"]
    assert hits[0].reason == "Sept 2023, 5 claims"


@pytest.mark.parametrize("text", ["mg", "%%%", "mgm%zzz", "m_m resorts"])
def test_two_letters_and_signs_of_a_pattern_find_no_incident(
    knowledge: KnowledgeFile, text: str
) -> None:
    assert not [hit for hit in search_everything(knowledge, text) if hit.kind == "incident"]
