"""Where sources differ about an origin, who says what, and who says nothing."""

from __future__ import annotations

from dataclasses import replace

from briefing.analysis.dissent import identity_dissent, merged_basis, origin_dissent
from briefing.core.actor import Basis, Coded, OriginRow, RelatedActor, SourceEntry
from briefing.core.estimates import Confidence
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp


def origin(by: str, country: str, *, key: int = 1, tlp: Tlp = Tlp.CLEAR) -> OriginRow:
    return OriginRow(
        country=Coded(country[:2].upper(), country),
        relation="located-in",
        by=by,
        body="",
        wording="",
        date="",
        confidence=Confidence.NOT_STATED,
        basis=Basis((by,), (key,), tlp),
    )


def catalogue(key: str) -> SourceEntry:
    return SourceEntry(key, f"The {key}", "", "", "", "catalogue", Grade(), "", "", True, 0)


def texts(*origins: OriginRow, catalogues: tuple[str, ...] = ()) -> list[str]:
    return [said.text for said in origin_dissent(origins, [catalogue(key) for key in catalogues])]


def test_without_any_origin_there_is_nothing_to_differ_about() -> None:
    assert texts(catalogues=("misp",)) == []


def test_one_country_is_said_to_be_the_only_one() -> None:
    assert texts(origin("A", "Iran"), origin("B", "Iran")) == [
        "No source here names another country."
    ]


def test_two_countries_are_told_with_who_says_which() -> None:
    assert texts(origin("A", "Iran"), origin("B", "China"), origin("C", "Iran")) == [
        "Sources differ: Iran, say A and C; China, says B."
    ]


def test_who_says_a_country_twice_is_named_once() -> None:
    assert texts(origin("A", "Iran"), origin("A", "Iran"), origin("B", "China")) == [
        "Sources differ: Iran, says A; China, says B."
    ]


def test_a_source_that_names_no_country_is_not_told_as_an_empty_country() -> None:
    assert texts(origin("A", "Iran"), origin("B", "")) == [
        "No source here names another country; none is named by B."
    ]
    assert texts(origin("A", "Iran"), origin("B", "China"), origin("C", ""), origin("D", "")) == [
        "Sources differ: Iran, says A; China, says B; no country is named by C and D."
    ]


def test_where_nobody_names_a_country_that_is_what_is_said() -> None:
    assert texts(origin("A", ""), origin("B", "")) == ["No source here names a country."]


def test_catalogues_that_state_no_origin_are_silent() -> None:
    assert texts(origin("misp", "Iran"), catalogues=("misp", "attack"))[1:] == [
        "The attack states no origin in a field of its own."
    ]
    assert texts(origin("misp", "Iran"), catalogues=("tidal", "misp", "attack"))[1:] == [
        "The tidal and The attack state no origin in a field of their own."
    ]


def test_a_sentence_rests_on_all_that_it_sums_up_and_is_as_narrow_as_the_narrowest() -> None:
    said, *_ = origin_dissent(
        [origin("A", "Iran", key=1, tlp=Tlp.GREEN), origin("B", "China", key=2, tlp=Tlp.AMBER)], []
    )
    assert said.basis == Basis(("A", "B"), (1, 2), Tlp.AMBER)


def test_what_rests_on_nothing_is_red() -> None:
    assert merged_basis([]) == Basis((), (), Tlp.RED)


def test_each_side_is_told_with_the_day_since_which_it_says_so() -> None:
    dated = replace(origin("A", "Iran"), date="2018-10-04", since="2025-11-26")
    earlier = replace(origin("A", "Iran"), date="2018")
    held = replace(origin("B", "China"), since="2025-11-26")
    assert texts(dated, earlier, held) == [
        "Sources differ: Iran, says A (since 2018); China, says B (here since 26 Nov 2025)."
    ]


def related(name: str, relation: str, by: str = "", since: str = "") -> RelatedActor:
    said = Basis((by,), (len(name),)) if by.startswith("The ") else None
    return RelatedActor(f"actor--{name}", name, relation, "", by, since, said)


def identities(*others: RelatedActor, catalogues: tuple[str, ...] = ()) -> list[str]:
    said = identity_dissent(others, [catalogue(key) for key in catalogues])
    return [one.text for one in said]


def test_without_relations_nothing_is_said_of_the_identity_and_nobody_is_silent() -> None:
    assert identities(catalogues=("misp",)) == []


def test_who_sees_an_overlap_is_told_with_since_when_and_who_says_nothing_of_it() -> None:
    assert identities(
        related("Bear", "overlaps-with", "The misp", "2025-11-26"),
        related("Cat", "overlaps-with", "The misp", "2024-01-02"),
        catalogues=("misp", "tidal", "attack"),
    ) == [
        "The misp says that it overlaps with Bear and Cat, here since 2 Jan 2024.",
        "The tidal and The attack say nothing of that.",
    ]


def test_a_relation_without_a_day_is_told_without_one() -> None:
    assert identities(related("Bear", "disputed-with", "Ann"), catalogues=("misp",)) == [
        "Ann says that it is disputed with Bear.",
        "The misp says nothing of that.",
    ]


def test_what_a_person_decided_rests_on_those_who_know_the_actor() -> None:
    (said, _silent) = identity_dissent([related("Bear", "apart", "Ann")], [catalogue("misp")])
    assert said.basis == Basis(("misp",), ())


def test_an_open_question_of_identity_is_told_as_open_and_silences_nobody() -> None:
    assert identities(related("Bear", "may be the same"), catalogues=("misp",)) == [
        "Whether Bear is the same actor is not decided."
    ]
    assert identities(related("A", "may be the same"), related("B", "may be the same")) == [
        "Whether A and B are the same actor is not decided."
    ]


def test_of_many_others_the_first_few_are_named_and_the_rest_is_counted() -> None:
    names = ["Ant", "Bee", "Cat", "Dog", "Elk", "Fox"]
    assert identities(*(related(name, "overlaps-with", "Ann") for name in names)) == [
        "Ann says that it overlaps with Ant, Bee, Cat and 3 others."
    ]
