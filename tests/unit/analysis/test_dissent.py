"""Where sources differ about an origin, who says what, and who says nothing."""

from __future__ import annotations

from briefing.analysis.dissent import merged_basis, origin_dissent
from briefing.core.actor import Basis, Coded, OriginRow, SourceEntry
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
