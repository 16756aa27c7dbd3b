"""What stands on every slide alike: marking, foot, brand, and data that stays data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slide_checks import said

from briefing.core.brief import Brand, Brief
from briefing.core.tlp import Tlp
from briefing.exports.slide_shapes import (
    BarChart,
    Grid,
    Group,
    TextBox,
    paras_of,
    place_of,
)
from briefing.exports.slides import Slide, drawn, slides


@pytest.fixture(scope="module")
def deck(sample: Brief) -> tuple[Slide, ...]:
    return slides(sample)


def test_short_names_of_sources_have_no_slide_of_their_own(deck: tuple[Slide, ...]) -> None:
    assert sum(bool(slide.lists) for slide in deck) == len(
        [slide for slide in deck if "Source Grade Date" in said(slide)]
    )


def test_licences_of_the_data_are_kept(sample: Brief, deck: tuple[Slide, ...]) -> None:
    text = " ".join(said(slide) for slide in deck)
    assert all(made.notice in text for made in sample.made_from)


def test_likelihood_and_confidence_are_never_one_sentence(deck: tuple[Slide, ...]) -> None:
    texts = [para.text for slide in deck for para in paras_of(drawn(slide))]
    assert not any("ikelihood" in text and "onfidence" in text for text in texts)
    signs = [shape.alt for slide in deck for shape in slide.shapes if isinstance(shape, Group)]
    assert signs
    assert not any("ikelihood" in alt and "onfidence" in alt for alt in signs)


def test_claims_stand_at_the_left_of_evidence(deck: tuple[Slide, ...]) -> None:
    (slide,) = (slide for slide in deck if "What they claim" in said(slide))
    boxes = {shape.name: shape.box for shape in slide.shapes if isinstance(shape, TextBox)}
    assert boxes["Claim"].right < boxes["Evidence"].left


def test_bars_keep_their_numbers_as_data(deck: tuple[Slide, ...]) -> None:
    charts = [shape for slide in deck for shape in slide.shapes if isinstance(shape, BarChart)]
    assert ("Government", 31) in [row for chart in charts for row in chart.rows]


def test_a_brand_replaces_the_accent_and_no_other_colour(sample: Brief) -> None:
    plain = slides(replace(sample, brand=None))
    branded = slides(replace(sample, brand=Brand("Firm", primary="#7a1f5c")))
    colours = [_colours(deck) for deck in (plain, branded)]
    assert "#0b3c78" in colours[0]
    assert colours[1] - colours[0] == {"#7a1f5c"}
    assert {"#8a4f00", "#0b6470", "#16202c", "#c6dbef"} <= colours[1]


def _colours(deck: tuple[Slide, ...]) -> set[str]:
    found = {run.colour for s in deck for para in paras_of(drawn(s)) for run in para.runs}
    for shape in (shape for slide in deck for shape in drawn(slide)):
        found |= {getattr(shape, "fill", ""), getattr(shape, "outline", "")}
        if isinstance(shape, Grid):
            found |= {cell.fill for row in shape.rows for cell in row.cells}
    return found


def test_footer_client_and_day_stand_on_every_slide(deck: tuple[Slide, ...]) -> None:
    for slide in deck:
        foot = " ".join(para.text for para in slide.foot)
        assert "Harbour Dental Group · data as of 12 November 2026" in foot
        assert "Example Consulting" in foot


def test_every_level_leaves_room_for_its_marking(sample: Brief) -> None:
    for tlp in Tlp:
        for slide in slides(replace(sample, tlp=tlp)):
            boxes = [s for s in drawn(slide) if isinstance(s, TextBox) and s.name == "Marking"]
            assert [box.paras[0].text for box in boxes] == [tlp.label, tlp.label]
            foot = next(s for s in drawn(slide) if isinstance(s, TextBox) and s.name == "Foot")
            assert place_of(foot).right < place_of(boxes[1]).left


def test_nothing_withheld_is_on_a_slide_or_in_its_notes(
    sample: Brief, deck: tuple[Slide, ...]
) -> None:
    (withheld,) = sample.withheld
    text = " ".join((*map(said, deck), *(line for s in deck for line in s.notes.lines())))
    assert withheld.reason not in text
