"""Names in titles and tags: what is linked, and what looks like a name and is none."""

from __future__ import annotations

import pytest

from briefing.core.mentions import KnownName, Named, NameMatcher, ids_in
from briefing.core.names import normalised


def known(display: str, kind: str = "actor", entity: str = "", *, main: bool = True) -> KnownName:
    return KnownName(normalised(display), display, kind, entity or display, main)


MATCHER = NameMatcher(
    [
        known("Turla"),
        known("Fancy Bear", entity="APT28", main=False),
        known("APT28"),
        known("FIN7"),
        known("Play"),
        known("Zoo"),
        known("CHROMIUM"),
        known("Reaper", entity="APT37", main=False),
        known("Snake", entity="Turla", main=False),
        known("Snake", "software", "Uroburos", main=False),
        known("Empire", "software"),
        known("Wiper", "software"),
        known("Royal", "software"),
        known("Lazarus Group"),
        known("Lazarus Group", entity="APT38", main=False),
        known("HIDDEN COBRA", entity="Lazarus Group", main=False),
        known("HIDDEN COBRA", entity="APT38", main=False),
        known("Gravel", "software", "Gravel One", main=False),
        known("Gravel", "software", "Gravel Two", main=False),
        known("DarkSeoul"),
        known("1.php Group"),
        known("Équipe Zéro"),
    ]
)


def found(title: str, *, of_report: bool = False) -> list[tuple[str, str]]:
    return [(n.kind, n.entity) for n in MATCHER.in_title(title, of_report=of_report)]


@pytest.mark.parametrize(
    ("title", "entities"),
    [
        ("Advisory: Turla group exploits others", ["Turla"]),
        ("TURLA'S new backdoor", ["Turla"]),
        ("Danger close: Fancy Bear tracking", ["APT28"]),
        ("Fancy-Bear and APT 28 are one", ["APT28"]),
        ("From Dark Seoul to Sony", ["DarkSeoul"]),
        ("Alleged intrusion set: 1.php Group", ["1.php Group"]),
        ("Collaboration between FIN7 and others", ["FIN7"]),
        ("#StopRansomware: Play Ransomware AA23-352A", ["Play"]),
        ("Lazarus Group targets exchanges", ["Lazarus Group"]),
        ("Retour de l’equipe zéro et de l’Équipe Zéro", ["Équipe Zéro"]),
    ],
)
def test_whole_words_of_a_title_that_one_thing_bears_are_its_name(
    title: str, entities: list[str]
) -> None:
    assert [entity for _, entity in found(title)] == entities


@pytest.mark.parametrize(
    "title",
    [
        "Protecting a zoo",
        "Turlath is a place",
        "Fancy: Bear",
        "fancy bear cubs at the fair",
        "Google Chromium V8 Type Confusion Vulnerability",
        "Chromium: CVE-2024-1234 Use after free",
        "The Empire Strikes Back",
        "an empire group of servers",
        "New wiper and worm",
        "Wiper malware, a deep dive",
        "Let the children play",
        "Play it safe",
        "fin7 as a word",
        "The Reaper comes",
        "Affiliates of Royal",
        "Gravel malware",
        "CHROMIUM BROWSERS UPDATED",
    ],
)
def test_what_only_looks_like_a_name_is_linked_to_nothing(title: str) -> None:
    assert found(title) == []


@pytest.mark.parametrize(
    ("title", "of_report"),
    [
        ("#StopRansomware: Royal Ransomware", False),
        ("The group Royal is back", False),
        ("Lockers (Royal) return", False),
        ("BlackSuit aka Royal returns", False),
        ("Hunting “Royal”", False),
        ("Royal: what they left", True),
        ("Royal", True),
        ("Royal - targeted attacks", True),
    ],
)
def test_an_ordinary_word_is_a_name_where_the_title_shows_that_it_is_meant(
    title: str, of_report: bool
) -> None:
    assert found(title, of_report=of_report) == [("software", "Royal")]


def test_an_ordinary_word_in_its_sources_own_capitals_is_a_name() -> None:
    assert found("How CHROMIUM reached the ministry") == [("actor", "CHROMIUM")]


def test_leading_the_title_of_a_product_advisory_makes_no_name() -> None:
    assert found("Royal: update of the driver") == []


def test_a_name_of_an_actor_and_of_a_program_means_both() -> None:
    assert found("Hunting “Snake” malware") == [("actor", "Turla"), ("software", "Uroburos")]


def test_a_name_that_actors_share_is_given_as_such_and_to_none_of_them() -> None:
    named = MATCHER.in_title("Alert: HIDDEN COBRA strikes", of_report=False)
    assert named == (Named("HIDDEN COBRA", "name", "hiddencobra"),)


def test_the_longest_name_is_taken_and_each_thing_once() -> None:
    assert found("Turla, Turla and Turla") == [("actor", "Turla")]
    longer = NameMatcher([known("Turla"), known("Turla Reborn")])
    named = longer.in_title("Turla Reborn meets Turla Again", of_report=False)
    assert [n.entity for n in named] == ["Turla Reborn", "Turla"]


def test_tags_of_galaxies_hold_names_and_those_of_other_taxonomies_codes() -> None:
    def tagged(tag: str) -> list[str]:
        return [named.entity for named in MATCHER.in_tag(tag)]

    assert tagged('misp-galaxy:mitre-malware="Empire - S0363"') == ["Empire"]
    assert tagged('misp-galaxy:threat-actor="FIN7"') == ["FIN7"]
    assert tagged('misp-galaxy:threat-actor="Nobody"') == []
    assert tagged("turla") == ["Turla"]
    assert tagged("empire") == []
    assert tagged("play") == []
    assert tagged("tlp:turla") == []


def test_ids_of_vulnerabilities_and_of_attack_are_found_once_and_whole() -> None:
    text = "CVE-2024-1234 (T1059.001), G0007/S0002; CVE-2024-1234, XG0007, T10591, T1059"
    assert ids_in(text) == ("CVE-2024-1234", "T1059.001", "G0007", "S0002", "T1059")


def test_a_title_of_any_length_and_script_is_read_without_an_error() -> None:
    assert MATCHER.in_title("Turla " * 10_000, of_report=True)[0].entity == "Turla"
    assert MATCHER.in_title("", of_report=True) == ()
    assert NameMatcher([]).in_title("Turla", of_report=True) == ()
