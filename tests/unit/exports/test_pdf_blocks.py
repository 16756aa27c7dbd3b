"""Blocks for clients, incidents and notes on the page: what is printed, where, and its tags."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from pdf_reading import below_filler, colours, only, pages_of, places, tags, texts
from sample_brief_parts import (
    ach,
    actor_reasons,
    assessed,
    claims_evidence,
    costed_actions,
    matrix,
    note,
    warning_list,
)

from briefing.core.brief import (
    Assessed,
    Brief,
    ClaimsEvidence,
    Mark,
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
    Paragraph,
    Part,
    Section,
    SourceList,
    spans,
)
from briefing.core.errors import BriefingError
from briefing.exports import pdf
from briefing.exports.typst_blocks import Blocks
from briefing.exports.typst_notes import note as note_data
from briefing.exports.typst_words import Words

INK, OCHRE, TEAL = "#16202c", "#8a4f00", "#0b6470"
FILLED, EMPTY = "■", "□"


def left_of(found: list[tuple[str, float, float]], words: str) -> float:
    return next(x for text, x, _ in found if words in text)


def height_of(found: list[tuple[str, float, float]], words: str) -> float:
    return next(y for text, _, y in found if words in text)


@pytest.mark.parametrize("wide", [False, True])
def test_claims_stand_left_of_evidence(plain: Brief, wide: bool) -> None:
    (page,) = pages_of(pdf.render(only(plain, claims_evidence(), wide=wide)))
    found = places(page)
    assert left_of(found, "Claims") < left_of(found, "Night Heron") < left_of(found, "Evidence")
    assert left_of(found, "Evidence") < left_of(found, "The client’s notice")
    assert height_of(found, "Claims") == pytest.approx(height_of(found, "Evidence"), abs=0.1)
    assert {OCHRE, TEAL} <= colours(page)


def test_every_claim_and_evidence_is_printed_with_all_that_is_known_of_it(plain: Brief) -> None:
    block = claims_evidence()
    (text,) = texts(pdf.render(only(plain, block, wide=True)))
    for claim in block.claims:
        assert claim.by in text
        assert claim.status in text
        assert all(f"{label} {value}" in text for label, value in claim.facts)
    for number, item in enumerate(block.evidence, start=1):
        assert f"E{number} " in text
        assert item.kind in text
    assert "O2 · H B 2 victimology on A, C" in text
    assert "3 origins (O)" in text
    assert "All claims came after disclosure." in text


def test_a_case_without_claims_says_so(plain: Brief) -> None:
    (text,) = texts(pdf.render(only(plain, ClaimsEvidence((), (), 0))))
    assert text.count("none recorded") == 2


@pytest.mark.parametrize("rows", range(36, 47, 2))
def test_a_claim_never_breaks_across_pages(plain: Brief, rows: int) -> None:
    block = claims_evidence()
    long = replace(block.claims[0], text=spans(" ".join(f"word{n}" for n in range(40))))
    content = pdf.render(below_filler(plain, rows, replace(block, claims=(long,)), wide=True))
    (page,) = (text for text in texts(content) if "word0" in text)
    assert "word39" in page
    assert "Tested" in page


def test_the_matrix_prints_every_letter_and_boxes_the_leader(plain: Brief) -> None:
    (page,) = pages_of(pdf.render(only(plain, ach())))
    text = " ".join(page.extract_text().split())
    assert "E2 Files shown C II CC I 1.64" in text
    assert "E4 Post after notice NA NA N – 0.00" in text
    assert "Inconsistencies, count 1 2 0 1" in text
    assert "weighted by source 2.0 4.5 0.0 2.0" in text
    assert "not judged" in text
    assert "H3 is the least refuted, not proved." in text
    assert {"#8fbbe0", "#c9def2", "#f8d9bd", "#e39a5b"} <= colours(page)
    contents = page.get_contents()
    assert contents is not None
    widths = [float(operands[0]) for operands, op in contents.operations if op == b"w"]
    assert 1.25 in widths
    nobody = replace(ach(), leads=(False,) * 4)
    plain_page = pages_of(pdf.render(only(plain, nobody)))[0].get_contents()
    assert plain_page is not None
    assert 1.25 not in [float(o[0]) for o, op in plain_page.operations if op == b"w"]


@pytest.mark.parametrize("rows", range(26, 45, 3))
@pytest.mark.parametrize("block", [ach(), matrix(), assessed()], ids=lambda it: type(it).__name__)
def test_what_must_not_break_stays_on_the_page_of_its_heading(
    plain: Brief, rows: int, block: Any
) -> None:
    first, last = {
        "AchTable": ("H1", "draws level."),
        "Matrix": ("China", "Origin is what MISP states."),
        "Assessed": ("Night Heron took", "Recorded by"),
    }[type(block).__name__]
    pages = texts(pdf.render(below_filler(plain, rows, block)))
    (page,) = (text for text in pages if "Tested" in text)
    assert first in page
    assert last in page


def test_a_matrix_higher_than_a_page_breaks_between_its_rows(plain: Brief) -> None:
    block = ach()
    rows = tuple(replace(row, short=f"row {n}") for n in range(30) for row in block.rows)
    pages = texts(pdf.render(only(plain, replace(block, rows=rows))))
    assert len(pages) > 1
    assert all("Tells apart" in page for page in pages)
    assert "weighted by source" in pages[-1]


def test_likelihood_and_confidence_of_an_assessment_are_two_lines(plain: Brief) -> None:
    (page,) = pages_of(pdf.render(only(plain, assessed())))
    found = places(page)
    assert height_of(found, "Likelihood") > height_of(found, "Confidence") + 10
    assert "Recorded by A. Example, 9 Apr 2026." in " ".join(page.extract_text().split())


@pytest.mark.parametrize("wide", [False, True])
def test_warnings_stand_beside_the_assessment_they_are_about(plain: Brief, wide: bool) -> None:
    (page,) = pages_of(pdf.render(only(plain, assessed(), warning_list(), wide=wide)))
    found = places(page)
    assert left_of(found, "Warnings") > left_of(found, "Night Heron took") + 150
    assert height_of(found, "Circular") > height_of(found, "Recorded by")


def test_warnings_alone_take_the_whole_width(plain: Brief) -> None:
    content = pdf.render(only(plain, warning_list()))
    (page,) = pages_of(content)
    found = places(page)
    assert left_of(found, "Several claimants") < 200
    assert left_of(found, "E4, A") > 450
    assert tags(content).count("TR") == 1 + len(warning_list().rows)


def test_every_actor_has_a_square_for_every_sign(plain: Brief) -> None:
    block = actor_reasons()
    content = pdf.render(only(plain, block))
    (text,) = texts(content)
    signs = [sign for row in block.rows for sign in row.signs]
    assert text.count(FILLED) == sum(signs)
    assert text.count(EMPTY) == len(signs) - sum(signs)
    assert "Gamaredon Group Russia" in text
    assert "Night Heron origin not stated" in text
    assert "Points, at most 1.3" in text
    assert tags(content).count("TR") == 1 + len(block.rows)


def test_a_sign_too_many_is_refused(plain: Brief) -> None:
    row = replace(actor_reasons().rows[0], signs=(True,) * 5)
    with pytest.raises(BriefingError, match="more cells than columns"):
        pdf.render(only(plain, replace(actor_reasons(), rows=(row,))))


def test_the_matrix_of_counts_says_no_reports_where_there_are_none(plain: Brief) -> None:
    content = pdf.render(only(plain, matrix()))
    (page,) = pages_of(content)
    text = " ".join(page.extract_text().split())
    assert "Government 36 14 11 5 18 84" in text
    assert "Museums · · 1 · · 1" in text
    assert "All actors" in text
    assert tags(content).count("TH") == 2 + len(matrix().columns)
    assert {"#c6dbef", "#0b3c78"} <= colours(page)


def test_actions_name_who_does_them_and_what_they_cost(plain: Brief) -> None:
    (text,) = texts(pdf.render(only(plain, costed_actions())))
    for words in ("Breaks stage Who Cost", "practice manager", "medium", "M1053 · T1486, T1490"):
        assert words in text
    bare = replace(
        costed_actions(),
        actions=tuple(replace(it, cost="", who="") for it in costed_actions().actions),
    )
    assert "Who" not in texts(pdf.render(only(plain, bare)))[0]


def test_a_note_is_printed_node_by_node(plain: Brief) -> None:
    content = pdf.render(only(plain, note()))
    (text,) = texts(content)
    assert "1. Ask for the list of accounts 2. Look again in May: • at the reception" in text
    assert "listen_public = true port = 5650 # left as it was in 2019" in text
    counted = tags(content)
    assert counted.count("LI") == 4
    assert counted.count("BlockQuote") == 2
    assert {"H3", "H4", "H5", "Em", "Strong"} <= set(counted)


def test_text_kept_as_typed_keeps_its_lines_and_their_indent(plain: Brief) -> None:
    code = Note((NoteCode("one\n    two\n\tthree"),))
    (page,) = pages_of(pdf.render(only(plain, code)))
    found = places(page)
    assert height_of(found, "one") > height_of(found, "two") > height_of(found, "three")
    data = note_data(Note((NoteCode("a\n  b  c\n\td"),)), Words(plain))
    assert data["nodes"][0]["lines"] == ["a", "\u00a0\u00a0b \u00a0c", "\u00a0" * 4 + "d"]


def test_headings_of_a_note_skip_no_level_whatever_the_author_chose(plain: Brief) -> None:
    levels = (3, 1, 3, 2, 2)
    nodes = tuple(NoteHeading(spans(f"Heading {n}"), level) for n, level in enumerate(levels))
    content = pdf.render(only(plain, Note(nodes)))
    assert [tag for tag in tags(content) if tag[0] == "H"] == [
        *("H1", "H2"),
        *("H3", "H3", "H4", "H4", "H4"),
    ]


@pytest.mark.parametrize("kind", ["quote", "list", "both"])
def test_a_note_may_be_twenty_levels_deep(plain: Brief, kind: str) -> None:
    node: NoteNode = NoteText(spans("the innermost words"))
    for level in range(19):
        quoted = kind == "quote" or (kind == "both" and level % 2)
        node = NoteQuote((node,)) if quoted else NoteList(((node,),), ordered=level % 3 == 0)
    (text,) = texts(pdf.render(only(plain, Note((node,)))))
    assert "the innermost words" in text


def test_a_kind_that_no_page_knows_is_an_error_of_the_program(plain: Brief) -> None:
    with pytest.raises(TypeError, match="No page knows the block object"):
        Blocks(Words(plain)).block(object())  # type: ignore[arg-type]  # what is tested
    with pytest.raises(TypeError, match="No page knows the node object"):
        note_data(Note((object(),)), Words(plain))  # type: ignore[arg-type]  # what is tested


def test_long_judgements_of_an_assessment_run_over_pages(plain: Brief) -> None:
    long: Assessed = replace(assessed(), text=spans("word " * 1500, "the end"))
    pages = texts(pdf.render(only(plain, long, warning_list(), wide=True)))
    assert len(pages) > 1
    assert sum("the end" in page for page in pages) == 1


def test_a_long_name_keeps_its_line_and_the_date_stands_below(plain: Brief) -> None:
    block = claims_evidence()
    (beside,) = texts(pdf.render(only(plain, replace(block, claims=block.claims[1:]), wide=True)))
    (below,) = texts(pdf.render(only(plain, block, wide=True)))
    assert "Example Gazette 2 Apr 2026 C 3" in beside
    assert "Night Heron, on its leak site E 4" in below
    assert "21 Mar 2026 · contested · Channel own leak site" in below


def test_pages_that_cite_a_source_are_listed_in_their_order(plain: Brief) -> None:
    block = claims_evidence()
    last = replace(block.claims[0], text=spans("x", Mark(("harbour-notice",))))
    many = replace(block, claims=(*block.claims * 12, last), evidence=block.evidence[:1] * 30)
    later = Section("later", "Later", (Paragraph(spans("x", Mark(("harbour-notice",)))),))
    claims = Section("claims", "Claims", (many,), wide=True)
    full = Section("sources", "Sources", (SourceList(short=False),), wide=True)
    parts = (Part("Part", "", (claims, later)), Part("Sources", "", (full,)))
    pages = texts(pdf.render(replace(plain, parts=parts, made_from=())))
    (row,) = (page.split("Notice to patients")[1] for page in pages if "Notice to patients" in page)
    listed = row.split("A 2")[1].split("10 “We")[0]
    numbers = [int(number) for number in re.findall(r"\d+", listed)]
    assert numbers == sorted(numbers)
    assert len(numbers) > 1
