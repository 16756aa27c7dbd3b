"""The world map: shades, legend, words, and an SVG that is only shapes."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.exports.world_svg import NO_DATA, RAMP, classes, draw, named

SVG = "{http://www.w3.org/2000/svg}"


def fills(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - made by the function under test
    assert {element.tag for element in root} <= {f"{SVG}path", f"{SVG}circle"}
    return [element.attrib["fill"] for element in root]


def test_countries_are_shaded_by_their_number() -> None:
    drawn = draw((("UA", 41), ("DE", 3), ("LV", 1)))
    assert drawn.legend == (("1", 1, RAMP[0]), ("3", 1, RAMP[2]), ("41", 1, RAMP[4]))
    assert fills(drawn.svg)[0] == NO_DATA
    assert sorted(fills(drawn.svg)[1:]) == sorted((RAMP[0], RAMP[2], RAMP[4]))


def test_a_small_country_gets_a_dot() -> None:
    assert "<circle" in draw((("MC", 1),)).svg
    assert "<circle" not in draw((("UA", 1),)).svg


def test_countries_are_named_most_first() -> None:
    assert named((("LV", 2), ("UA", 41), ("PL", 2))) == (
        "Ukraine\u00a041, Latvia\u00a02, Poland\u00a02"
    )


def test_a_code_without_a_shape_is_named_all_the_same() -> None:
    drawn = draw((("ZZ", 2),))
    assert drawn.named == "ZZ\u00a02"
    assert fills(drawn.svg) == [NO_DATA]


def test_no_country_is_a_map_without_a_legend() -> None:
    drawn = draw(())
    assert drawn.legend == ()
    assert drawn.named == "none named"
    assert fills(drawn.svg) == [NO_DATA]


def test_beyond_twelve_countries_are_counted() -> None:
    codes = ["AR", "AU", "BR", "CA", "CL", "CN", "DE", "EG", "FR", "GB", "IN", "IT", "JP", "MX"]
    assert draw(tuple((code, 1) for code in codes)).named.endswith("and 2 more")
    assert "more" not in named(tuple((code, 1) for code in codes))


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=80))
def test_classes_ascend_and_hold_every_number(numbers: list[int]) -> None:
    bounds = classes(numbers)
    assert 1 <= len(bounds) <= len(RAMP)
    assert bounds[0] == min(numbers)
    assert bounds[-1] <= max(numbers)
    assert list(bounds) == sorted(set(bounds))


@pytest.mark.parametrize("count", range(1, 8))
def test_the_legend_counts_every_country_once(count: int) -> None:
    codes = ["AR", "AU", "BR", "CA", "CL", "CN", "DE"][:count]
    drawn = draw(tuple((code, 3**place) for place, code in enumerate(codes)))
    assert sum(countries for _, countries, _ in drawn.legend) == count
    assert len({fill for _, _, fill in drawn.legend}) == len(drawn.legend)
