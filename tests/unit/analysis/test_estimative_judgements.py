"""Advice on judgements: words of a fact, another term than the record’s, one origin."""

from __future__ import annotations

import pytest
from worded_briefs import (
    assessed,
    brief,
    claims,
    incident,
    judgement,
    note,
    source,
    sponsor,
)

from briefing.analysis.estimative_language import (
    LanguageFinding,
    LanguageRule,
    check_language,
)
from briefing.core.brief import AchTable, Brief, Trace, TraceRow, spans
from briefing.core.estimates import Likelihood

FLAT = LanguageRule.FLAT


def only(found: Brief) -> LanguageFinding:
    [finding] = check_language(found)
    return finding


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Red Fox broke in as an affiliate.", "broke in"),
        ("One group did it; which state cannot be said.", "did it"),
        ("It is the work of a state.", "is"),
    ],
)
def test_a_judgement_in_words_of_a_fact_is_told_with_what_its_record_says(
    words: str, told: str
) -> None:
    finding = only(incident(assessed(words)))
    assert (finding.rule, finding.words) == (FLAT, told)
    assert finding.text == f"The words state it (“{told}”), and the record says “likely”."
    assert finding.proposal == "Write how likely it is in the sentence itself: “likely”."


@pytest.mark.parametrize(
    "words",
    [
        "It is likely that Red Fox did it.",
        "It will attack as it did before.",
        "We cannot tell who did it.",
        "It appears that Red Fox did it.",
        "Red Fox did it, the United States says.",
        "Was it Red Fox?",
        "No verb.",
    ],
)
def test_a_judgement_that_weighs_foretells_or_leaves_open_states_nothing(words: str) -> None:
    assert check_language(incident(assessed(words))) == ()


def test_what_is_almost_certain_may_be_stated() -> None:
    sure = assessed("Red Fox did it.", Likelihood.ALMOST_CERTAIN)
    assert check_language(incident(sure, note("Red Fox did it."))) == ()


def test_a_judgement_that_says_another_term_than_its_record_is_told() -> None:
    finding = only(incident(assessed("Very likely Red Fox did it.")))
    assert (finding.rule, finding.words) == (LanguageRule.DIFFERS, "Very likely")
    assert finding.text == "The words say “very likely”, and the record says “likely”."
    both = assessed("It is likely that Red Fox did it, and unlikely that it was alone.")
    assert check_language(incident(both)) == ()


LIKELY = "It is likely that Red Fox did it in the pay of a state, as three of four origins have it."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Red Fox is behind this.", "is behind this"),
        ("So Vulpes did it.", "did it"),
        ("RENARD’s people broke in.", "broke in"),
        ("Red Fox hacked Harbour Bank.", "hacked Harbour"),
        ("The raid was the work of Red Fox.", "was the work of"),
        ("The raid was carried out by the crew of Red Fox.", "carried out by"),
        ("Then GRU broke in.", "broke in"),
    ],
)
def test_a_note_that_states_who_did_it_is_told_what_the_record_judges(
    words: str, told: str
) -> None:
    table = AchTable((("H1", "GRU, false flag"),), (), (0,), (0.0,), (True,), spans("H1 leads."))
    finding = only(incident(assessed(LIKELY), table, note(words)))
    assert (finding.rule, finding.words) == (FLAT, told)
    assert finding.text == (
        f"The words state who did it (“{told}”), and the record judges it “likely”:"
        " It is likely that Red Fox did it in the pay of a state, as three of four…"
    )
    assert finding.proposal == "Write how likely it is, or who says so."


@pytest.mark.parametrize(
    "words",
    [
        "Police say that Red Fox did it.",
        "If Red Fox did it, look at the help desk.",
        "Red Fox did not do it, and nobody knows who did it.",
        "Red Fox seems to be behind this.",
        "It is likely that Red Fox did it.",
        "Perhaps Red Fox knows who did it.",
        "Is Red Fox behind this?",
        "We think Red Fox did it.",
        "Red Fox would have broken in, and Red Fox will say that it broke in.",
        "Red Fox hacked Castle Casino in the same month.",
        "Red Fox uses Burrow.",
    ],
)
def test_a_note_that_weighs_supposes_or_says_who_says_so_is_left_alone(words: str) -> None:
    found = check_language(incident(assessed(LIKELY), note(words)))
    assert [one for one in found if one.rule is FLAT] == []


def test_where_there_are_claims_only_a_flat_statement_is_told_so() -> None:
    finding = only(incident(claims(evidence=0), note("Red Fox did it.")))
    assert finding.text == (
        "The words state who did it (“did it”), and the record holds 2 claims and no evidence."
    )
    assert check_language(incident(claims(), note("Red Fox did it."))) == ()


def test_where_nobody_is_named_and_nothing_recorded_nothing_can_be_flat() -> None:
    assert check_language(incident(claims(evidence=0), note("Red Fox did it."), objects=())) == ()
    assert check_language(incident(note("Red Fox did it."))) == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Red Fox is a unit of the GRU.", "is a unit of"),
        ("It is run by Russia’s FSB.", "is run by"),
        ("The group works for the state.", "works for"),
        ("They belong to us.", None),
        ("It is part of a trend, and it is run by criminals.", None),
        ("Ukraine says that Red Fox is run by the state.", None),
        ("Red Fox is probably run by the state.", None),
        ("Red Fox answers to many names.", None),
    ],
)
def test_whose_an_actor_is_has_to_name_who_says_so(words: str, told: str | None) -> None:
    found = check_language(brief(sponsor("Russia, says the SBU."), note(words)))
    assert [one.words for one in found if one.rule is FLAT] == ([told] if told else [])
    if told:
        [finding] = found
        assert finding.text == (
            f"The words state whose it is (“{told}”), and the record has it from others:"
            " Russia, says the SBU."
        )
        assert check_language(brief(note(words))) == ()


def alone(*rows: TraceRow, text: str = "It will return.") -> list[str]:
    found = check_language(brief(judgement(text), Trace(rows)))
    return [one.text for one in found if one.rule is LanguageRule.ONE_ORIGIN]


def row(says: str, origins: int) -> TraceRow:
    return TraceRow("Judgement 1", says, ("one", "two"), origins, "Reuters", 1)


def test_a_judgement_on_one_origin_is_told_as_the_trace_counts_origins() -> None:
    assert alone(row("It will…", 1)) == ["The judgement rests on one origin, Reuters."]
    assert alone(row("It will…", 2)) == []
    assert alone(row("It will…", 1), row("It will…", 2)) == []
    assert alone(row("", 1), row("Another", 1)) == []


def test_without_a_trace_sources_of_one_publisher_are_one_origin() -> None:
    same = (source("one", "Reuters"), source("two", "REUTERS"))
    finding = only(brief(judgement("It will return. So far."), sources=same))
    assert (finding.rule, finding.words) == (LanguageRule.ONE_ORIGIN, "It will return")
    assert check_language(brief(judgement("It will return."))) == ()
    assert check_language(brief(judgement("It will return.", cited=()))) == ()


def test_an_assessment_rests_on_the_origins_of_its_evidence() -> None:
    likely = assessed("It is likely that Red Fox did it.", Basis="Two reports.")
    finding = only(incident(likely, claims(origins=1)))
    assert finding.text == "The judgement rests on one origin."
    labelled = only(incident(assessed("Likely, it was Red Fox (H1)."), claims(origins=1)))
    assert labelled.words == "Likely, it was Red Fox"
    assert check_language(incident(likely, claims(origins=2))) == ()
    assert check_language(incident(likely, claims(evidence=0))) == ()


def test_a_judgement_that_says_that_it_rests_on_one_origin_is_left_alone() -> None:
    said = assessed("It is likely that Red Fox did it.", Basis="All of that is one origin.")
    assert check_language(incident(said, claims(origins=1))) == ()
    one = judgement("It will return, on the word of a single source.", cited=("one",))
    assert check_language(brief(one)) == ()


def test_a_note_in_its_section_may_say_so_for_a_judgement() -> None:
    one = judgement("It will return.", cited=("one",))
    told = brief(one, note("Mind that the first rests on one origin."))
    assert check_language(told) == ()
    assert only(brief(one, note("Mind this."))).rule is LanguageRule.ONE_ORIGIN
