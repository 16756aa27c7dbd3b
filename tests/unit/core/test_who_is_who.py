"""Questions of who is who, and what is said about the answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.core.identity_review import RELATIONS, Decided, Party, Question, Review, Side


def side(native: str, *names: str) -> Side:
    return Side(native, native, names[0] if names else native, ("Source",), names, (), 0)


def question(one: Side, other: Side) -> Question:
    return Question(one, other, "name", "Both use a name. Several records match.")


def decided(relation: str) -> Decided:
    one = Party("fox", "Fox", ("MISP",))
    other = Party("owl", "Owl", ("Tidal", "Microsoft"))
    return Decided(7, one, other, relation, "Looked.", "A. Analyst", "2026-02-03", bundled=False)


def test_a_name_is_shared_whatever_its_spelling_and_each_side_keeps_its_own() -> None:
    fox, vixen = side("fox", "APT-28", "Fox"), side("vixen", "Vixen", "apt 28")
    both = question(fox, vixen)
    assert (both.shared(fox), both.shared(vixen)) == (("APT-28",), ("apt 28",))
    assert (both.own(fox), both.own(vixen)) == (("Fox",), ("Vixen",))


@pytest.mark.parametrize(
    ("relation", "sentence"),
    [
        ("same-as", "Fox (MISP) and Owl (Tidal, Microsoft) are the same actor"),
        ("apart", "Fox (MISP) and Owl (Tidal, Microsoft) are not the same actor"),
        ("overlaps-with", "Fox (MISP) and Owl (Tidal, Microsoft) overlap"),
        (
            "disputed-with",
            "Whether Fox (MISP) and Owl (Tidal, Microsoft) are the same actor is disputed",
        ),
    ],
)
def test_a_decision_is_a_sentence_that_names_both_records_and_their_sources(
    relation: str, sentence: str
) -> None:
    assert decided(relation).words == sentence


def test_every_answer_has_its_sentence() -> None:
    assert len({decided(relation).words for relation in RELATIONS}) == len(RELATIONS)


def test_a_record_that_is_gone_is_said_to_be_gone() -> None:
    gone = replace(decided("apart").one, sources=())
    assert gone.words == "Fox (no longer in any source)"


def test_a_record_that_matches_several_actors_is_in_doubt_once() -> None:
    lynx = side("lynx")
    review = Review((question(side("fox"), lynx), question(side("owl"), lynx)))
    assert (len(review.questions), review.records) == (2, 1)


def test_questions_and_decisions_are_found_by_what_tells_them_apart() -> None:
    asked, made = question(side("fox"), side("owl")), decided("apart")
    review = Review((asked,), (made,))
    assert review.question(("fox", "owl")) is asked
    assert review.question(("owl", "fox")) is None
    assert review.decision(7) is made
    assert review.decision(8) is None


def test_after_an_answer_the_next_question_that_is_still_asked_follows() -> None:
    one, two, three = (question(side("fox"), side(name)) for name in ("a", "b", "c"))
    before = Review((one, two, three))
    assert Review((one, three)).following(two.key, before) is three
    # An answer may settle others with it.
    assert Review((three,)).following(one.key, before) is three
    assert Review((one, two)).following(three.key, before) is two
    assert Review((one, two)).following(one.key, before) is one
    assert Review((two,)).following(("not", "asked"), before) is two
    # Taken back, it is asked again, though it was not a moment ago.
    assert before.following(two.key, Review((one, three))) is two
    assert Review().following(one.key, before) is None


def test_where_nothing_was_asked_before_the_first_question_comes_first() -> None:
    asked = question(side("fox"), side("owl"))
    assert Review((asked,)).following(("", ""), Review()) is asked
