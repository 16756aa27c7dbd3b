"""Terms are found where a reader meets them, and nowhere else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.core.glossary import Glossary, Spot, Term


def term(name: str, *also: str) -> Term:
    return Term(name, f"What {name} means.", also, ())


TERMS = (
    term("Advanced persistent threat", "APT"),
    term("Threat actor", "actor", "group"),
    term("Phishing"),
    term("Spear phishing"),
    term("Phishing-resistant sign-in"),
    term("Zero-day"),
    term("Vulnerability", "CVE", "flaw"),
    term("MFA fatigue"),
    term("Multi-factor authentication", "MFA"),
    term("Command and control", "C2"),
    term("Denial of service", "DDoS", "DoS"),
    term("Indicator of compromise", "IOC"),
    term("MITRE ATT&CK", "ATT&CK"),
    term("TTPs", "tactics, techniques and procedures"),
    term("Technique", "sub-technique"),
    term("Access key"),
    term("Claim"),
    term("TLP:AMBER+STRICT"),
    term("TLP:AMBER"),
)
GLOSSARY = Glossary(TERMS)


def found(text: str) -> list[tuple[str, str]]:
    """Each term found, and the words by which it was."""
    return [(spot.term.term, text[spot.start : spot.end]) for spot in GLOSSARY.spots(text)]


def words(text: str) -> list[str]:
    return [one for _, one in found(text)]


def test_a_term_is_found_by_each_of_its_names_with_its_place() -> None:
    text = "A flaw, or vulnerability."
    vulnerability = next(one for one in TERMS if one.term == "Vulnerability")
    assert GLOSSARY.spots(text) == (
        Spot(2, 6, vulnerability, everyday=True),
        Spot(11, 24, vulnerability),
    )


def test_a_glossary_without_terms_finds_nothing() -> None:
    assert Glossary().spots("phishing") == ()


@pytest.mark.parametrize(
    "text",
    ["antiphishing", "phisher", "the_actor", "claimant", "APTitude", "C20", "xTLP:AMBER"],
)
def test_only_whole_words_count(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("by spear phishing", "spear phishing"),
        ("a phishing-resistant sign-in", "phishing-resistant sign-in"),
        ("an MFA fatigue attack", "MFA fatigue"),
        ("marked TLP:AMBER+STRICT", "TLP:AMBER+STRICT"),
        ("marked TLP:AMBER", "TLP:AMBER"),
        ("the threat actor", "threat actor"),
        ("a sub-technique", "sub-technique"),
        ("its tactics, techniques and procedures", "tactics, techniques and procedures"),
    ],
)
def test_the_longest_name_wins(text: str, longest: str) -> None:
    assert words(text) == [longest]


def test_what_only_begins_like_a_longer_name_is_the_shorter_one() -> None:
    assert found("phishing-resistant mail") == [("Phishing", "phishing")]
    assert found("spear phishing-resistant sign-in") == [("Spear phishing", "spear phishing")]


@pytest.mark.parametrize(
    "text", ["mfa", "apt", "Apt", "ioc", "c2", "att&ck", "ddos", "dos", "DOS", "tlp:amber", "ttps"]
)
def test_an_acronym_counts_only_as_it_is_written(text: str) -> None:
    assert words(f"an {text} of it") == []


@pytest.mark.parametrize(
    "text",
    ["APT", "APTs", "IOCs", "C2", "ATT&CK", "MITRE ATT&CK", "DDoS", "DoS", "TTP", "TTPs", "CVEs"],
)
def test_an_acronym_counts_as_it_is_written_and_with_an_s(text: str) -> None:
    assert words(f"an {text} of it") == [text]


def test_an_acronym_within_a_name_has_to_be_written_so_too() -> None:
    assert words("mfa Fatigue") == []
    assert words("MFA Fatigue") == ["MFA Fatigue"]


@pytest.mark.parametrize(
    "text",
    [
        "PHISHING",
        "zero day",
        "Zero\N{NON-BREAKING HYPHEN}day",
        "zeroday",
        "zero-days",
        "spearphishing",
        "multifactor authentication",
        "vulnerabilities",
        "access keys",
        "threat actors",
        "indicators of compromise",
        "claims",
        "denial of services",
    ],
)
def test_capitals_joints_and_the_plural_make_no_difference(text: str) -> None:
    assert words(f"the {text}, then") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "APT 28 did it",
        "APT-C-36 did it",
        "so did Group 123",
        "the Lazarus Group",
        "Group Policy was used",
        "a tool called Phishing",
        "see claims.example.org",
        "see www.phishing",
        "write to claims@example.org",
        "write to x@phishing",
    ],
)
def test_a_name_or_an_address_is_no_term(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    "text", ["Claims end. Phishing goes on", "“Phishing” is one", "Phishing", "Goal: Phishing"]
)
def test_a_capital_that_begins_something_is_no_name(text: str) -> None:
    assert "Phishing" in words(text)


def test_the_number_of_a_vulnerability_leads_to_the_word() -> None:
    assert words("through CVE-2023-34362") == ["CVE"]


def test_words_of_two_lines_are_no_term() -> None:
    assert words("about spear\nphishing") == ["phishing"]
    assert words("zero   day") == []


def test_everyday_words_are_told_only_where_they_are_the_whole_label() -> None:
    text = "The group claims a flaw in phishing filters."
    assert words(text) == ["group", "claims", "flaw", "phishing"]
    assert [text[one.start : one.end] for one in GLOSSARY.telling(text)] == ["phishing"]
    assert [one.term.term for one in GLOSSARY.telling("Claim:")] == ["Claim"]
    assert [one.term.term for one in GLOSSARY.telling("Group")] == ["Threat actor"]


def test_a_caret_asks_about_the_word_it_touches_and_a_selection_about_all_it_holds() -> None:
    text = "phishing by an actor"

    def at(start: int, end: int) -> list[str]:
        return [spot.term.term for spot in GLOSSARY.at(text, start, end)]

    assert at(0, 0) == at(8, 8) == at(3, 3) == ["Phishing"]
    assert at(9, 9) == []
    assert at(20, 20) == ["Threat actor"]
    assert at(0, 20) == ["Phishing", "Threat actor"]
    assert at(8, 9) == []


NAMES = [name for one in TERMS for name in (one.term, *one.also)]
FILLER = st.lists(st.sampled_from(["it", "was", "seen", "in", "Ukraine", "7", "–", "(x)"]))


@given(before=FILLER, name=st.sampled_from(NAMES), after=FILLER)
def test_every_name_is_found_wherever_it_stands(
    before: list[str], name: str, after: list[str]
) -> None:
    lead = "".join(f"{word} " for word in before)
    tail = "".join(f", {word}" for word in after)
    shown = name.lower() if name[1:].islower() else name
    [spot] = GLOSSARY.spots(f"{lead}{shown}{tail}")
    assert (spot.start, spot.end) == (len(lead), len(lead) + len(shown))
    assert name in (spot.term.term, *spot.term.also)


@given(
    st.text(alphabet=st.one_of(st.sampled_from("acCgImMTP2& -:+.@,\nß\U0001f600"), st.characters()))
)
def test_spots_of_any_text_are_in_order_and_apart(text: str) -> None:
    end = 0
    for spot in GLOSSARY.spots(text):
        assert end <= spot.start < spot.end <= len(text)
        end = spot.end


@pytest.mark.parametrize("piece", ["spear-", "tactics, techniques and ", "x", "C2-", "  "])
def test_a_long_text_made_to_be_slow_is_read_at_once(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    GLOSSARY.spots(text)
    assert time.process_time() - begun < 2
