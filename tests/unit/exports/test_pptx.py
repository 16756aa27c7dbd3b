"""PPTX: opened again with python-pptx, as whoever works on it will."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
from pptx import Presentation
from pptx.util import Pt

from briefing.core.brief import Bars, Brand, Brief, Paragraph, Part, Section, Span, spans
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports import pptx
from briefing.exports.manifest import manifest
from briefing.exports.office_package import MANIFEST_NAMESPACE, MANIFEST_PART
from briefing.exports.slides import Slide, slides

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@pytest.fixture(scope="module")
def content(sample: Brief) -> bytes:
    return pptx.render(sample)


@pytest.fixture(scope="module")
def deck(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


@pytest.fixture(scope="module")
def parts(content: bytes) -> dict[str, bytes]:
    return parts_of(content)


@pytest.fixture(scope="module")
def made(sample: Brief) -> tuple[Slide, ...]:
    return slides(sample)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def texts(page: Any) -> Iterator[str]:
    """Everything that is read on a slide, in reading order."""
    for shape in page.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text.replace("\ufeff", "")
        elif shape.has_table:
            for row in shape.table.rows:
                yield from (cell.text.replace("\ufeff", "") for cell in row.cells)
        elif shape.has_chart:
            yield from map(str, shape.chart.plots[0].categories)


def one_slide(brief: Brief, *blocks: Any) -> Any:
    """The first slide after the title of a brief that holds these blocks alone."""
    part = Part("", "", (Section("s", "What follows", blocks),))
    return Presentation(io.BytesIO(pptx.render(replace(brief, parts=(part,))))).slides[1]


def test_the_same_brief_gives_the_same_bytes(sample: Brief, content: bytes) -> None:
    assert pptx.render(sample) == content


def test_it_opens_again_and_is_saved_unchanged(content: bytes, parts: dict[str, bytes]) -> None:
    again = io.BytesIO()
    Presentation(io.BytesIO(content)).save(again)
    saved = parts_of(again.getvalue())
    assert saved.keys() == parts.keys()
    assert [name for name in parts if saved[name] != parts[name]] == []


def test_slides_are_sixteen_to_nine(deck: Any) -> None:
    assert (deck.slide_width, deck.slide_height) == (Pt(960), Pt(540))


def test_file_and_screen_show_the_same_slides(deck: Any, made: tuple[Slide, ...]) -> None:
    heads = [page.shapes.title.text_frame.text for page in deck.slides]
    assert [re.sub("[\ufeff\v]", "", head) for head in heads] == [s.headline.text for s in made]


def test_every_slide_reads_its_headline_first(deck: Any) -> None:
    for page in deck.slides:
        read = [shape for shape in page.shapes if not _decorative(shape)]
        assert read[0].shape_id == page.shapes.title.shape_id


def _decorative(shape: Any) -> bool:
    return any(element.tag.endswith("}decorative") for element in shape._element.iter())


def test_marking_number_and_foot_stand_on_every_slide(sample: Brief, deck: Any) -> None:
    for number, page in enumerate(deck.slides, start=1):
        on_slide = [s.text_frame.text for s in page.shapes if s.name == "Marking"]
        on_layout = [s.text_frame.text for s in page.slide_layout.shapes if s.name == "Marking"]
        assert on_slide == on_layout == [sample.tlp.label]
        kinds = {shape.placeholder_format.type: shape for shape in page.placeholders}
        found = {str(kind).split()[0]: shape.text_frame.text for kind, shape in kinds.items()}
        assert found["SLIDE_NUMBER"] == str(number)
        assert "data as of 12 November 2026" in found["FOOTER"]
        (field,) = page.shapes._spTree.iter(f"{A}fld")
        assert field.get("type") == "slidenum"


def test_a_slide_that_is_added_later_is_marked_too(sample: Brief, content: bytes) -> None:
    opened = Presentation(io.BytesIO(content))
    assert [layout.name for layout in opened.slide_layouts] == [
        "Title slide",
        "Headline",
        "Headline and text",
    ]
    for layout in opened.slide_layouts:
        added = opened.slides.add_slide(layout)
        marks = [s.text_frame.text for s in added.slide_layout.shapes if s.name == "Marking"]
        assert marks == [sample.tlp.label]


@pytest.mark.parametrize("tlp", Tlp)
def test_a_marking_keeps_its_colours_whatever_the_brand(sample: Brief, tlp: Tlp) -> None:
    brand = Brand("Firm", primary="#006644")
    xml = parts_of(pptx.render(replace(sample, tlp=tlp, brand=brand)))["ppt/slides/slide2.xml"]
    colours = {"CLEAR": "ffffff", "GREEN": "33ff00", "RED": "ff2b2b"}
    wanted = colours.get(tlp.code, "ffc000")
    marked = xml[: xml.index(f"<a:t>{tlp.label}</a:t>".encode())].rpartition(b"<p:sp>")[2].decode()
    assert '<a:srgbClr val="000000"/>' in marked
    assert wanted in marked or (tlp is Tlp.CLEAR and 'schemeClr val="bg1"' in marked)


def test_every_slide_has_notes_and_they_are_those_of_the_screen(
    deck: Any, made: tuple[Slide, ...]
) -> None:
    for page, slide in zip(deck.slides, made, strict=True):
        assert page.has_notes_slide
        lines = tuple(page.notes_slide.notes_text_frame.text.split("\n"))
        assert lines == slide.notes.lines()


def test_charts_are_native_and_their_numbers_can_be_edited(deck: Any) -> None:
    charts = [s.chart for page in deck.slides for s in page.shapes if s.has_chart]
    found = {
        tuple(map(str, chart.plots[0].categories)): chart.plots[0].series[0].values
        for chart in charts
    }
    assert found[
        ("Government", "Defence and military", "Police and courts", "Civil society", "Not stated")
    ] == (31, 22, 9, 4, 2)
    assert any(labels[0] == "1 Reconnaissance" for labels in found)
    for chart in charts:
        blob = chart.part.chart_workbook.xlsx_part.blob
        strings = parts_of(blob)["xl/sharedStrings.xml"].decode()
        assert all(label in strings for label in map(str, chart.plots[0].categories))
        assert chart.plots[0].has_data_labels


def test_a_label_that_looks_like_a_formula_stays_a_label(sample: Brief) -> None:
    page = one_slide(sample, Bars((("=HYPERLINK(0)", 3), ("+1", 2)), "sources"))
    (chart,) = (shape.chart for shape in page.shapes if shape.has_chart)
    book = parts_of(chart.part.chart_workbook.xlsx_part.blob)
    assert b"<f>" not in book["xl/worksheets/sheet1.xml"]
    assert b"=HYPERLINK(0)" in book["xl/sharedStrings.xml"]


def test_tables_are_native(deck: Any) -> None:
    heads = [
        shape.table.cell(0, 0).text
        for page in deck.slides
        for shape in page.shapes
        if shape.has_table
    ]
    assert {"Name", "No.", "Evidence", "Sector", "Actor", "Block"} <= set(heads)


def test_hypotheses_are_a_table_of_coloured_letters(deck: Any) -> None:
    (table,) = (
        shape.table
        for page in deck.slides
        for shape in page.shapes
        if shape.has_table and shape.table.cell(0, 0).text == "Evidence"
    )
    cells = {
        cell.text: str(cell.fill.fore_color.rgb)
        for row in table.rows
        for cell in row.cells
        if cell.text in ("CC", "C", "I", "II")
    }
    assert cells == {"CC": "8FBBE0", "C": "C9DEF2", "I": "F8D9BD", "II": "E39A5B"}


def test_every_picture_group_chart_and_table_says_what_it_shows(deck: Any) -> None:
    silent = [
        (number, shape.name)
        for number, page in enumerate(deck.slides, start=1)
        for shape in page.shapes
        if not shape.has_text_frame and not _described(shape) and not _decorative(shape)
    ]
    assert silent == []


def _described(shape: Any) -> bool:
    return bool(next(shape._element.iter(f"{P}cNvPr")).get("descr"))


def test_the_map_is_a_drawing_with_a_picture_behind_it(parts: dict[str, bytes], deck: Any) -> None:
    (mapped,) = (
        shape
        for page in list(deck.slides)[1:]
        for shape in page.shapes
        if shape._element.tag == f"{P}pic"
    )
    assert mapped.image.content_type == "image/png"
    (drawing,) = (e for e in mapped._element.iter() if e.tag.endswith("}svgBlip"))
    svg = mapped.part.related_part(drawing.get(f"{R}embed"))
    assert svg.blob.startswith(b"<svg")
    assert svg.content_type == "image/svg+xml"
    assert "Ukraine" in mapped._element.nvPicPr.cNvPr.get("descr")


def test_marks_lead_to_the_slide_that_lists_the_source(deck: Any, made: tuple[Slide, ...]) -> None:
    seen = 0
    for page in list(deck.slides)[1:]:
        for run in page.shapes._spTree.iter(f"{A}r"):
            text = run.findtext(f"{A}t") or ""
            link = run.find(f"{A}rPr/{A}hlinkClick")
            if not re.fullmatch(r"\[\d+\]", text) or link is None:
                continue
            seen += 1
            target = page.part.related_part(link.get(f"{R}id"))
            number = [other.part for other in deck.slides].index(target)
            assert int(text.strip("[]")) in made[number].lists
            assert link.get("action") == "ppaction://hlinksldjump"
    assert seen > 50


def test_links_of_an_author_lead_out_and_only_to_https(sample: Brief) -> None:
    page = one_slide(
        sample,
        Paragraph(
            spans(
                Span("guide", href="https://provider.example/guide"),
                " and ",
                Span("not this", href="javascript:alert(1)"),
            )
        ),
    )
    outside = [r.target_ref for r in page.part.rels.values() if r.is_external]
    assert outside == ["https://provider.example/guide"]


def test_the_manifest_stands_in_a_custom_part(sample: Brief, parts: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(parts[MANIFEST_PART])  # noqa: S314 - our own file
    assert root.tag == f"{{{MANIFEST_NAMESPACE}}}brief"
    assert (root.text or "").encode() == manifest(sample)


def test_what_the_file_says_about_itself_is_what_was_set(sample: Brief, deck: Any) -> None:
    said = deck.core_properties
    assert (said.title, said.author) == (sample.title, sample.author)
    assert said.last_modified_by == sample.author
    assert sample.tlp.label in said.keywords
    assert said.created == said.modified
    assert said.created.date().isoformat() == sample.data_as_of


def test_without_an_author_nobody_is_named(sample: Brief) -> None:
    core = parts_of(pptx.render(replace(sample, author="")))["docProps/core.xml"]
    assert b"creator" not in core
    assert b"lastModifiedBy" not in core


def test_nothing_of_the_librarys_own_template_is_left(parts: dict[str, bytes]) -> None:
    whole = b"".join(parts.values())
    assert not [name for name in parts if "thumbnail" in name or "printerSettings" in name]
    for trace in (b"Steve Canny", b"Office Theme", b"Calibri", b"Click to edit"):
        assert trace not in whole


def test_every_entry_has_one_time_and_no_path_or_host_of_a_machine(
    content: bytes, parts: dict[str, bytes]
) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in package.infolist()} == {0}
    for name, data in {**parts, **_books(parts)}.items():
        assert str(Path.home()).encode() not in data or Path.home() == Path("/"), name
        assert str(Path.cwd()).encode() not in data, name
        assert b"/tmp/" not in data, name


def _books(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {
        f"{name}/{inner}": data
        for name, book in parts.items()
        if name.endswith(".xlsx")
        for inner, data in parts_of(book).items()
    }


def test_nothing_withheld_is_in_any_part(sample: Brief, parts: dict[str, bytes]) -> None:
    (withheld,) = sample.withheld
    for name, data in {**parts, **_books(parts)}.items():
        assert withheld.reason.encode() not in data, name


def test_type_is_inter_and_falls_back_to_a_face_of_its_kind(parts: dict[str, bytes]) -> None:
    theme = parts["ppt/theme/theme1.xml"].decode()
    assert theme.count('<a:latin typeface="Inter" panose="020B0604020202020204"') == 2
    assert theme.count('<a:cs typeface="Arial"/>') == 2


def test_a_brand_colours_the_theme_and_its_logo_stands_on_the_title_slide(
    sample: Brief, deck: Any, parts: dict[str, bytes]
) -> None:
    assert sample.brand is not None
    colour = sample.brand.primary.removeprefix("#")
    assert f'<a:accent1><a:srgbClr val="{colour}"/>'.encode() in parts["ppt/theme/theme1.xml"]
    logos = [s for s in deck.slides[0].shapes if s._element.tag == f"{P}pic" and not _decorative(s)]
    assert [logo.image.blob for logo in logos] == [sample.brand.logo]


def test_a_logo_that_is_no_picture_is_refused_in_a_sentence(sample: Brief) -> None:
    with pytest.raises(BriefingError, match="logo"):
        pptx.render(replace(sample, brand=Brand("Firm", logo=b"not a picture")))


def test_characters_that_no_file_may_hold_do_not_break_it(sample: Brief) -> None:
    odd = replace(
        sample,
        title="a\x00b\ufffe\u202ec",
        author="\x1fA",
        parts=(Part("", "", (Section("s", "\x0b", (Paragraph(spans("x\uffffy\x01 z")),)),)),),
    )
    opened = Presentation(io.BytesIO(pptx.render(odd)))
    assert opened.core_properties.title == "abc"
    assert any("xy z" in text for text in texts(opened.slides[1]))


def test_half_a_character_is_refused_in_a_sentence(sample: Brief) -> None:
    with pytest.raises(BriefingError, match="not Unicode"):
        pptx.render(replace(sample, author="\ud800"))


def test_every_part_is_well_formed_and_every_link_leads_somewhere(parts: dict[str, bytes]) -> None:
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            root = ElementTree.fromstring(data)  # noqa: S314 - our own file
            if name.endswith(".rels"):
                folder = Path(name).parent.parent
                for link in root:
                    if link.get("TargetMode") != "External":
                        assert _target(folder, link.get("Target") or "") in parts, name


def _target(folder: Path, target: str) -> str:
    steps: list[str] = [] if target.startswith("/") else list(folder.parts)
    for step in target.strip("/").split("/"):
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def test_shapes_of_a_slide_have_numbers_of_their_own(deck: Any) -> None:
    for page in deck.slides:
        ids = [element.get("id") for element in page.shapes._spTree.iter(f"{P}cNvPr")]
        assert len(ids) == len(set(ids))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_opens_it_with_as_many_slides(
    content: bytes, made: tuple[Slide, ...], tmp_path: Path
) -> None:
    (tmp_path / "deck.pptx").write_bytes(content)
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "deck.pptx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert len(pypdf.PdfReader(tmp_path / "deck.pdf").pages) == len(made)
