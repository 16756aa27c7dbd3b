"""A part does not end on a page that is almost empty, where a section can come over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdf_reading import pages_of, places, texts

from briefing.core.brief import Brief, Facts, Part, Section, spans
from briefing.exports import pdf

FOOT, TOP = 57.0, 774.0
"""Points from the lower edge of an A4 page to the end and the beginning of its text."""


def part(*sizes: int, one_page: bool = False) -> Part:
    """Sections with so many rows."""
    sections = tuple(
        Section(
            f"s{n}", f"Section {n}", (Facts(tuple((f"{n}.{r}", spans("x")) for r in range(size))),)
        )
        for n, size in enumerate(sizes)
    )
    return Part("Part", "", sections, one_page=one_page)


def pages(brief: Brief, *parts: Part) -> list[str]:
    return texts(pdf.render(replace(brief, parts=parts, made_from=())))


def filled(brief: Brief, *parts: Part) -> list[float]:
    """Of each page, the share that is above its last words."""
    content = pdf.render(replace(brief, parts=parts, made_from=()))
    return [
        (TOP - min(y for _, _, y in places(page) if y > FOOT)) / (TOP - FOOT)
        for page in pages_of(content)
    ]


def test_a_last_page_with_little_on_it_takes_the_section_before_over(plain: Brief) -> None:
    found = pages(plain, part(28, 21))
    assert len(found) == 2
    assert "Section 1" not in found[0]
    assert "1.0" in found[1]
    assert all(share >= 0.25 for share in filled(plain, part(28, 21)))


@pytest.mark.parametrize("last", range(14, 30, 3))
def test_no_part_ends_on_less_than_a_quarter_of_a_page(plain: Brief, last: int) -> None:
    assert all(share >= 0.25 for share in filled(plain, part(22, last), part(30, last)))


def test_a_last_page_that_is_full_enough_is_left_alone(plain: Brief) -> None:
    found = pages(plain, part(28, 40))
    assert "Section 1" in found[0]


def test_one_section_over_two_pages_is_left_alone(plain: Brief) -> None:
    found = pages(plain, part(46))
    assert "0.30" in found[0]


def test_a_page_is_not_emptied_for_the_next(plain: Brief) -> None:
    found = pages(plain, part(8, 40))
    assert "Section 1" in found[0]


def test_what_should_fit_one_page_is_never_pushed_apart(plain: Brief) -> None:
    found = pages(plain, part(28, 21, one_page=True))
    assert "Section 1" in found[0]


def test_the_list_of_snapshots_does_not_stand_alone(plain: Brief) -> None:
    content = pdf.render(plain)
    last = texts(content)[-1]
    assert "Made from" in last
    assert "Evidence trace" in last
