"""Charts, maps, coloured tables, incidents and notes in Word."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from docx_reading import (
    W14,
    WP,
    C,
    W,
    all_text,
    brief_of,
    paragraph_style,
    parts,
    styled,
    text,
    written,
    xml,
)
from sample_brief import gamaredon, heat
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
    Action,
    Actions,
    Bars,
    Brand,
    ClaimsEvidence,
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteQuote,
    NoteText,
    Timeline,
    WorldMap,
    spans,
)
from briefing.core.errors import BriefingError
from briefing.exports import docx, docx_package, world_svg
from briefing.exports.raster import TALLEST, png_size, rasterised

SAMPLE = gamaredon()


def test_bars_are_a_chart_with_its_workbook() -> None:
    content = docx.render(brief_of(Bars((("Ports", 7), ("=1+1", 3)), "reports")))
    chart = xml(content, "word/charts/chart1.xml")
    assert [it.text for it in chart.iter(f"{C}v")] == ["reports", "Ports", "=1+1", "7", "3"]
    book = parts(content)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"]
    sheet = parts(book)["xl/worksheets/sheet1.xml"].decode()
    assert "<f>" not in sheet
    assert "=1+1" in parts(book)["xl/sharedStrings.xml"].decode()
    assert re.findall(r"<v>(\d+)</v>", sheet)[-1] == "3"
    (shown,) = (it.get("descr") for it in xml(content).iter(f"{WP}docPr"))
    assert shown == "Bars, reports: Ports 7; =1+1 3"


def test_bars_without_rows_leave_their_note() -> None:
    content = docx.render(brief_of(Bars((), "reports", note=spans("Nothing was counted."))))
    assert "Nothing was counted." in all_text(content)
    assert not [name for name in parts(content) if "chart" in name]


def test_the_map_is_a_picture_and_the_same_drawing() -> None:
    content = docx.render(brief_of(WorldMap((("UA", 3), ("DE", 1)), "Two countries.")))
    pictures = sorted(name for name in parts(content) if "/media/" in name)
    assert [name.rpartition(".")[2] for name in pictures] == ["png", "svg"]
    assert parts(content)[pictures[1]].decode() == world_svg.draw((("UA", 3), ("DE", 1))).svg
    assert "svgBlip" in parts(content)["word/document.xml"].decode()
    assert "Ukraine\u00a03, Germany\u00a01".replace("\u00a0", " ") in all_text(content)


def test_without_shapes_the_words_of_the_map_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world_svg, "_world", lambda: {})
    content = docx.render(brief_of(WorldMap((("UA", 3),), "x")))
    assert "UA 3" in all_text(content)
    assert not [name for name in parts(content) if "/media/" in name]


def test_each_action_has_a_box_to_tick() -> None:
    action = Action("Patch", spans("first."), ("M1051",), (), "")
    body = written(Actions((action, action)))
    assert len(list(body.iter(f"{W14}checkbox"))) == 2
    assert "☐" in text(body)


def test_cost_and_who_are_columns_where_any_is_known() -> None:
    assert styled(written(costed_actions()), "TableHead") == ["", "Action", "Breaks stage", "Who"]
    plainly = written(Actions((Action("Patch", spans("first."), (), (), ""),)))
    assert "Mitigation · technique" in styled(plainly, "TableHead")


def test_the_heat_table_leaves_short_columns_white_and_says_how_many_more() -> None:
    body = written(heat())
    assert "and 44 more" in text(body)
    cells = [it for it in body.iter(f"{W}tc") if not text(it)]
    assert cells
    assert all(it.find(f"{W}tcPr/{W}shd") is None for it in cells)


def test_a_cell_of_hypotheses_has_colour_and_letters() -> None:
    body = written(ach())
    grounds = {
        text(it): shade.get(f"{W}fill")
        for it in body.iter(f"{W}tc")
        if (shade := it.find(f"{W}tcPr/{W}shd")) is not None
    }
    assert grounds == {"CC": "8FBBE0", "C": "C9DEF2", "N": "F0F1F3", "I": "F8D9BD", "II": "E39A5B"}


def test_what_leads_is_boxed() -> None:
    boxed = [
        text(it)
        for it in written(ach()).iter(f"{W}tc")
        if len(it.findall(f"{W}tcPr/{W}tcBorders/*")) == 4
    ]
    assert len(boxed) == sum(ach().leads)


def test_claims_are_ochre_and_evidence_teal() -> None:
    body = written(claims_evidence())
    edges = {
        text(cell).split()[0].partition("\N{NO-BREAK SPACE}")[0]: edge.get(f"{W}color")
        for cell in body.iter(f"{W}tc")
        if (edge := cell.find(f"{W}tcPr/{W}tcBorders/{W}left")) is not None
    }
    assert edges == {"Claims": "8A4F00", "Evidence": "0B6470"}


def test_claims_too_long_for_a_page_stand_above_the_evidence() -> None:
    short = claims_evidence()
    long = replace(short.claims[0], text=spans("word " * 600))
    body = written(replace(short, claims=(long,)))
    edges = [
        edge.get(f"{W}color")
        for row in body.iter(f"{W}tr")
        if (edge := row.find(f"{W}tc/{W}tcPr/{W}tcBorders/{W}left")) is not None
    ]
    assert edges == ["8A4F00", *["0B6470"] * len(short.evidence)]
    assert [*styled(body, "ClaimsHeading"), *styled(body, "EvidenceHeading")]


def test_an_assessment_stays_on_one_page() -> None:
    body = written(assessed())
    lines = [it for it in body.iter(f"{W}p") if paragraph_style(it) == "Assessment"]
    kept = [it.find(f"{W}pPr/{W}keepNext") is not None for it in lines]
    assert kept == [True] * (len(lines) - 1) + [False]


def test_warnings_stand_beside_the_assessment_that_they_are_about() -> None:
    body = written(assessed(), warning_list())
    (row,) = (
        row
        for row in body.iter(f"{W}tr")
        if any(paragraph_style(it) == "Assessment" for it in row.iter(f"{W}p"))
    )
    left, _, right = row.iter(f"{W}tc")
    assert assessed().by in text(left)
    assert all(said in text(right) and rows in text(right) for said, rows in warning_list().rows)


def test_reasons_have_a_square_for_each_sign() -> None:
    squares = styled(written(actor_reasons()), "TableCentred")
    signs = [sign for row in actor_reasons().rows for sign in row.signs]
    assert squares[: len(signs)] == ["■" if sign else "□" for sign in signs]


def test_nought_in_the_matrix_is_no_report() -> None:
    body = written(matrix())
    noughts = sum(count == 0 for _, counts in matrix().rows for count in counts)
    assert styled(body, "TableCentred").count("·") == noughts > 0


def test_warnings_name_the_rows_that_caused_them() -> None:
    body = written(warning_list())
    for said, rows in warning_list().rows:
        assert any(text(it) == f"!{said}{rows}" for it in body.iter(f"{W}tr"))


def test_the_dates_of_a_timeline_are_in_words() -> None:
    events = next(block for block in SAMPLE.blocks() if isinstance(block, Timeline))
    assert "4 Feb 2022" in styled(written(events), "TableDate")


def test_a_note_keeps_its_tree() -> None:
    tree = Note(
        (
            NoteHeading(spans("Head"), 3),
            NoteList(
                (
                    (NoteText(spans("one")), NoteList(((NoteText(spans("inner")),),))),
                    (NoteText(spans("two")), NoteText(spans("more"))),
                ),
                ordered=True,
            ),
            NoteQuote((NoteText(spans("quoted")),)),
            NoteCode("if x:\n    y  = 1"),
        )
    )
    body = written(tree)
    assert styled(body, "Heading2") == ["Head"]
    levels = [it.get(f"{W}val") for it in body.iter(f"{W}ilvl")]
    assert levels == ["0", "1", "0"]
    assert styled(body, "ListParagraph") == ["one", "inner", "two"]
    assert styled(body, "Quote") == ["quoted"]
    assert styled(body, "KeptAsTyped") == ["if x:    y  = 1"]
    assert len(list(body.iter(f"{W}br"))) == 1


def test_each_numbered_list_begins_at_one() -> None:
    numbered = NoteList(((NoteText(spans("a")),),), ordered=True)
    content = docx.render(brief_of(Note((numbered, NoteText(spans("between")), numbered))))
    used = [it.get(f"{W}val") for it in xml(content).iter(f"{W}numId")]
    assert len(set(used)) == 2
    numbering = xml(content, "word/numbering.xml")
    anew = {
        it.get(f"{W}numId")
        for it in numbering.iter(f"{W}num")
        if it.find(f"{W}lvlOverride") is not None
    }
    assert set(used) <= anew


def test_a_list_deeper_than_word_goes_stays_on_its_last_level() -> None:
    node = NoteList(((NoteText(spans("deepest")),),))
    for _ in range(15):
        node = NoteList(((NoteText(spans("level")), node),))
    levels = [int(it.get(f"{W}val", "")) for it in written(Note((node,))).iter(f"{W}ilvl")]
    assert levels == [*range(9), *[8] * 7]


def test_headings_of_the_sample_note_skip_no_level() -> None:
    styles = [paragraph_style(it) for it in written(note()).iter(f"{W}p")]
    depths = [int(it[-1]) for it in styles if re.fullmatch(r"Heading\d", it)]
    assert depths[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))


def test_a_drawn_logo_becomes_a_picture_that_every_word_shows() -> None:
    box = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">'
    drawn = box + b'<rect width="20" height="10"/></svg>'
    content = docx.render(replace(SAMPLE, brand=Brand("Firm", logo=drawn)))
    extent = next(it for it in xml(content, "word/header1.xml").iter(f"{WP}extent"))
    assert round(int(extent.get("cx", "")) / int(extent.get("cy", "")), 1) == 2.0
    relations = parts(content)["word/_rels/header1.xml.rels"].decode()
    assert re.search(r'Target="media/image\d+\.png"', relations)


def test_a_drawing_that_says_it_is_very_tall_is_set_no_higher_than_a_page_can_be() -> None:
    tall = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="999999999"/>'
    assert png_size(rasterised(tall, 50, 25.4)) == (1, round(TALLEST))


def test_a_drawing_that_cannot_be_set_is_refused_in_a_sentence() -> None:
    broken = Brand("Firm", logo=b"<svg xmlns='http://www.w3.org/2000/svg'><rect")
    with pytest.raises(BriefingError, match="cannot be set"):
        docx.render(replace(SAMPLE, brand=broken))


def test_the_cover_holds_a_band_the_world_and_whom_it_is_for() -> None:
    content = docx.render(SAMPLE)
    body = xml(content)
    assert styled(body, "CoverTitle") == [SAMPLE.title]
    told = styled(body, "CoverText")
    for said in ("Prepared for", SAMPLE.client, "Audience", SAMPLE.audience, "12 November 2026"):
        assert said in told
    shown = [it.get("descr") for it in body.iter(f"{WP}docPr")]
    assert shown[0] is not None
    bands = [it.get(f"{W}hRule") for it in body.iter(f"{W}trHeight")]
    assert bands == ["exact"]


def test_without_shapes_the_cover_is_a_band_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world_svg, "_world", lambda: {})
    body = xml(docx.render(replace(SAMPLE, parts=(), brand=None)))
    assert styled(body, "CoverTitle") == [SAMPLE.title]
    assert not list(body.iter(f"{WP}docPr"))


def test_a_case_without_claims_says_that_none_are_recorded() -> None:
    body = written(ClaimsEvidence((), (), 0))
    assert styled(body, "TableText").count("none recorded") == 2


def test_a_list_item_may_begin_with_something_else_than_words() -> None:
    tree = Note((NoteList(((NoteCode("typed"),), ())),))
    body = written(tree)
    assert styled(body, "ListParagraph") == ["", ""]
    assert styled(body, "KeptAsTyped") == ["typed"]


def test_an_unknown_node_of_a_note_is_refused() -> None:
    with pytest.raises(TypeError, match="str"):
        docx.render(brief_of(Note(("words",))))  # type: ignore[arg-type]  # what is tested


def test_a_missing_template_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(docx_package, "resources_folder", lambda: tmp_path)
    docx_package.resource.cache_clear()
    with pytest.raises(BriefingError, match="template of Word documents"):
        docx.render(SAMPLE)
    docx_package.resource.cache_clear()
