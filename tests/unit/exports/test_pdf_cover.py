"""Cover and brand: what they change, and what they never do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdf_reading import colours, only, pages_of, pictures, texts
from sample_brief_parts import brand, claims_evidence, matrix

from briefing.core.brief import Brand, Brief, MadeFrom
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports import pdf

ACCENT, PRIMARY, SECOND = "#0b3c78", "#7a1f5c", "#c26aa6"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3">'
    b'<path fill="#123456" d="M0 0h9v3z"/></svg>'
)


def branded(brief: Brief, **changes: object) -> Brief:
    return replace(brief, brand=replace(brand(), **changes))  # type: ignore[arg-type]  # any field


def test_the_cover_says_for_whom_by_whom_and_from_what(sample: Brief) -> None:
    cover = texts(pdf.render(sample))[0]
    for words in (
        "Actor briefing",
        sample.title,
        "Prepared for Harbour Dental Group",
        "Audience Executive",
        "Prepared by Example Consulting",
        "Data as of 12 November 2026",
        "Made from MISP galaxy, threat-actor 349; MITRE ATT&CK Enterprise 18.1",
        "Marking TLP:CLEAR. May be shared with anybody.",
    ):
        assert words in cover


def test_the_cover_has_both_badges_its_number_and_no_running_head(sample: Brief) -> None:
    pages = texts(pdf.render(replace(sample, tlp=Tlp.AMBER)))
    assert pages[0].count("TLP:AMBER") == 3  # both badges, and the marking in words
    assert f"Page 1 of {len(pages)}" in pages[0]
    assert "made offline" not in pages[0]
    assert "made offline" in pages[1]


def test_what_is_not_known_is_no_row_of_the_cover(sample: Brief) -> None:
    bare = replace(sample, client="", audience="", author="", brand=None, made_from=())
    cover = texts(pdf.render(bare))[0]
    for words in ("Prepared for", "Audience", "Prepared by", "Made from"):
        assert words not in cover


def test_a_cover_names_four_snapshots_and_counts_the_others(sample: Brief) -> None:
    snapshots = tuple(MadeFrom(n, f"Snapshot {n}", "1", "", 1, "") for n in range(7))
    cover = texts(pdf.render(replace(sample, made_from=snapshots)))[0]
    assert "Snapshot 3 1; 3 more" in cover
    assert "Snapshot 4" not in cover


def test_a_title_of_any_length_leaves_room_for_the_rows_below_it(sample: Brief) -> None:
    brief = replace(sample, title="A long title " * 300, client="Client " * 900)
    pages = texts(pdf.render(brief))
    assert "Marking TLP:CLEAR" in pages[0]
    assert len(pages) == len(texts(pdf.render(sample)))


def test_without_a_cover_the_first_page_is_the_first_part(plain: Brief) -> None:
    assert plain.parts[0].title in texts(pdf.render(plain))[0]


def test_the_brand_replaces_the_accent_and_nothing_else(plain: Brief) -> None:
    blocks = (matrix(), claims_evidence())
    (own,) = pages_of(pdf.render(only(plain, *blocks)))
    (theirs,) = pages_of(pdf.render(branded(only(plain, *blocks))))
    assert ACCENT in colours(own)
    assert colours(theirs) - colours(own) == {PRIMARY}
    # The accent is also the darkest step of the ramp, which is never branded.
    assert colours(own) - colours(theirs) == set()


@pytest.mark.parametrize("level", list(Tlp))
def test_a_marking_is_never_branded(plain: Brief, level: Tlp) -> None:
    brief = replace(only(plain), tlp=level)
    marking = colours(pages_of(pdf.render(brief))[0]) - {ACCENT}
    assert marking <= colours(pages_of(pdf.render(branded(brief)))[0])


def test_a_colour_too_light_to_read_is_for_lines_and_not_for_words(plain: Brief) -> None:
    brief = branded(only(plain, claims_evidence()), primary="#F2C200", logo=b"")
    (page,) = pages_of(pdf.render(brief))
    assert {"#f2c200", ACCENT} <= colours(page)
    contents = page.get_contents()
    assert contents is not None
    filled = [
        "#" + "".join(f"{round(float(part) * 255):02x}" for part in operands)
        for operands, operator in contents.operations
        if operator in (b"scn", b"rg") and len(operands) == 3
    ]
    assert "#f2c200" not in filled


def test_a_light_cover_has_dark_words_and_a_dark_one_has_light(sample: Brief) -> None:
    light = pages_of(pdf.render(branded(sample, primary="#f2c200", secondary="")))[0]
    dark = pages_of(pdf.render(branded(sample, secondary="")))[0]
    assert {"#f2c200"} <= colours(light)
    assert {PRIMARY} <= colours(dark)
    assert "#f2c200" not in colours(dark)


def test_the_cover_shows_the_countries_of_the_first_map_in_the_second_colour(
    sample: Brief, plain: Brief
) -> None:
    def drawn(brief: Brief) -> bytes:
        return pdf.render(replace(brief, cover=True, brand=brand()))

    assert len(drawn(sample)) > len(drawn(only(plain))) > 0
    with_map = pages_of(drawn(replace(sample, parts=sample.parts[1:2])))[0]
    assert pictures(with_map) == 1


def test_the_footer_of_the_brand_stands_on_every_page(sample: Brief) -> None:
    for text in texts(pdf.render(sample)):
        assert text.endswith(brand().footer) or brand().footer in text


def test_the_logo_stands_on_the_cover_alone_or_on_the_first_page(sample: Brief) -> None:
    covered = pages_of(pdf.render(sample))
    assert [pictures(page) for page in covered] == [1] + [0] * (len(covered) - 1)
    bare = pages_of(pdf.render(replace(sample, cover=False)))
    assert [pictures(page) for page in bare] == [1] + [0] * (len(bare) - 1)


@pytest.mark.parametrize("cover", [True, False])
def test_a_drawing_may_be_a_logo(sample: Brief, cover: bool) -> None:
    content = pdf.render(branded(replace(sample, cover=cover), logo=SVG))
    assert texts(content)[0]


@pytest.mark.parametrize(
    ("logo", "sentence"),
    [
        (b"GIF89a", "is not a PNG, JPEG or SVG picture"),
        (brand().logo[:200], "begins as a PNG picture, but is damaged or cut off"),
        (SVG[:-6], "cannot be drawn: its file is damaged"),
    ],
)
def test_a_logo_that_is_none_is_refused_in_a_sentence(
    sample: Brief, logo: bytes, sentence: str
) -> None:
    with pytest.raises(BriefingError, match=sentence) as caught:
        pdf.render(branded(sample, logo=logo))
    assert caught.value.remedy


def test_a_logo_is_as_high_on_us_letter(sample: Brief) -> None:
    pages = texts(pdf.render(sample, "us-letter"))
    assert "Prepared for Harbour Dental Group" in pages[0]


def test_a_sender_without_a_logo_is_named_all_the_same(sample: Brief) -> None:
    bare = replace(sample, brand=Brand("Example Consulting"), author="")
    cover = texts(pdf.render(bare))[0]
    assert cover.startswith("Example Consulting")
    assert "Prepared by Example Consulting" in cover


def test_a_branded_document_is_the_same_bytes_each_time(sample: Brief) -> None:
    assert pdf.render(sample) == pdf.render(replace(sample))
