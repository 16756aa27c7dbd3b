"""Look-ups in a vocabulary small enough to read here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.core.vocabulary import (
    Country,
    Goal,
    Kind,
    Motive,
    Place,
    Scope,
    Sector,
    Stage,
    Tactic,
    Vocabulary,
    by_code,
    fold,
    fold_tactic,
)

DISCOVERY = Tactic(
    short_name="discovery",
    label="Discovery",
    stage="maintain-access",
    ids=(("enterprise", "TA0007"), ("ics", "TA0102")),
)
LATERAL = Tactic(
    short_name="lateral-movement",
    label="Lateral Movement",
    stage="maintain-access",
    ids=(("mobile", "TA0033"),),
    aliases=("pivoting",),
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(
        sectors=by_code(
            [
                Sector("media", "Media and journalism", stix=("communications",), raw=("News",)),
                Sector("telecommunications", "Telecommunications", raw=("Communications",)),
            ]
        ),
        scopes=by_code([Scope("multiple", "Several sectors", raw=("Many",))]),
        countries=by_code([Country("TR", "TUR", "Turkey", "Western Asia", aliases=("Türkiye",))]),
        places=by_code([Place("org:nato", "NATO", "organisation", aliases=("The Alliance",))]),
        motives=by_code(
            [
                Motive("espionage", "Espionage", "exfiltration", raw=("Spying",)),
                Motive("financial-gain", "Financial gain"),
            ]
        ),
        goals=by_code([Goal("exfiltration", "Taking information", "It takes.", nist=True)]),
        kinds=by_code([Kind("criminal", "Criminal", "For money.", raw=("Cybercrime",))]),
        stages=by_code(
            [Stage(3, "maintain-access", "Maintain access", "It stays.", (DISCOVERY, LATERAL))]
        ),
        sector_compounds={"news and phones": ("media", "telecommunications")},
        motive_compounds={"spying for money": ("espionage", "financial-gain")},
        unstated=frozenset({"", "unknown"}),
    )


def test_a_word_is_found_whatever_its_case_and_spacing(vocabulary: Vocabulary) -> None:
    found = vocabulary.sector_of("  nEWS\u00a0")
    assert found is not None
    assert found.code == "media"


def test_a_code_and_a_label_are_words_too(vocabulary: Vocabulary) -> None:
    assert vocabulary.sector_of("media") == vocabulary.sector_of("Media and journalism")


def test_a_scope_is_found_where_no_sector_is_named(vocabulary: Vocabulary) -> None:
    assert vocabulary.sector_of("many") == vocabulary.scopes["multiple"]


def test_a_word_for_two_sectors_gives_both_and_the_weightier_first(vocabulary: Vocabulary) -> None:
    both = vocabulary.sectors_of("News and Phones")
    assert [sector.code for sector in both] == ["media", "telecommunications"]
    assert vocabulary.sector_of("News and Phones") == both[0]


def test_an_unknown_sector_is_nothing(vocabulary: Vocabulary) -> None:
    assert vocabulary.sectors_of("Beekeeping") == ()
    assert vocabulary.sector_of("Beekeeping") is None


def test_a_stix_word_wins_over_what_others_mean_by_it(vocabulary: Vocabulary) -> None:
    assert vocabulary.sector_of_stix("communications") == vocabulary.sectors["media"]
    assert vocabulary.sector_of("communications") == vocabulary.sectors["telecommunications"]
    assert vocabulary.sector_of_stix("News") == vocabulary.sectors["media"]


def test_a_country_is_found_by_code_name_and_alias(vocabulary: Vocabulary) -> None:
    turkey = vocabulary.countries["TR"]
    words = ["tr", "TUR", "turkey", "Türkiye", "Tu\u0308rkiye".replace("Tu\u0308", "Tü")]
    assert all(vocabulary.target_of(word) == turkey for word in words)
    assert vocabulary.country(" tur ") == turkey
    assert turkey.label == "Turkey"


def test_a_country_code_finds_no_alias_and_no_place(vocabulary: Vocabulary) -> None:
    assert vocabulary.country("Türkiye") is None
    assert vocabulary.country("NATO") is None


def test_a_place_is_a_target_and_no_country(vocabulary: Vocabulary) -> None:
    assert vocabulary.target_of("the alliance") == vocabulary.places["org:nato"]
    assert "org:nato" not in vocabulary.countries
    assert vocabulary.target_of("Atlantis") is None


def test_a_motive_is_found_with_the_goal_it_serves(vocabulary: Vocabulary) -> None:
    motive = vocabulary.motive_of("spying")
    assert motive is not None
    assert motive.goal == "exfiltration"
    assert vocabulary.motive_of("boredom") is None


def test_a_word_for_two_motives_gives_both(vocabulary: Vocabulary) -> None:
    both = vocabulary.motives_of("Spying for money")
    assert [motive.code for motive in both] == ["espionage", "financial-gain"]


def test_a_kind_is_found_by_what_sources_write(vocabulary: Vocabulary) -> None:
    assert vocabulary.kind_of("cybercrime") == vocabulary.kinds["criminal"]
    assert vocabulary.kind_of("poltergeist") is None


@pytest.mark.parametrize(
    "word",
    [
        "lateral-movement",
        "Lateral Movement",
        "TA0033",
        "attack-Windows:lateral-movement",
        "pivoting",
    ],
)
def test_a_tactic_is_found_however_it_is_written(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.tactic_of(word) == LATERAL
    stage = vocabulary.stage_of_tactic(word)
    assert stage is not None
    assert stage.number == 3


def test_an_unknown_tactic_has_no_stage(vocabulary: Vocabulary) -> None:
    assert vocabulary.tactic_of("cooking") is None
    assert vocabulary.stage_of_tactic("cooking") is None


def test_a_tactic_gives_its_enterprise_id_first_and_names_its_domains() -> None:
    assert DISCOVERY.attack_id == "TA0007"
    assert DISCOVERY.domains == ("enterprise", "ics")
    assert LATERAL.attack_id == "TA0033"


def test_a_source_can_say_that_it_says_nothing(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_unstated(" Unknown ")
    assert vocabulary.is_unstated("")
    assert not vocabulary.is_unstated("NATO")


@given(st.text())
def test_folding_twice_is_folding_once(raw: str) -> None:
    assert fold(fold(raw)) == fold(raw)


@given(st.text())
def test_folding_does_not_see_case_or_outer_space(raw: str) -> None:
    assert fold(f"\t{raw} ") == fold(raw)
    assert fold_tactic(f"attack-Linux:{raw.replace(':', '')}") == fold_tactic(raw.replace(":", ""))
