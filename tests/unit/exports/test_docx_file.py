"""A Word file: what is in it and what is not, the same bytes, opened and saved unchanged."""

from __future__ import annotations

import getpass
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from client_samples import png
from docx_reading import R, W, heads_and_feet, opened, parts, runs, text, xml
from sample_brief import WITHHELD_CANARY
from sample_brief_parts import brand

from briefing.core.brief import Brand, Brief
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports import docx
from briefing.exports.manifest import manifest
from briefing.exports.office_package import MANIFEST_PART, MANIFEST_TAG
from briefing.exports.typst_data import TLP_COLOURS

LOGO = png(16, 8)
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind jc "
    "outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color position sz szCs shd rtl lang numSpacing",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblDescription",
    "tcPr": "tcW gridSpan tcBorders shd tcMar vAlign",
    "tcBorders": "top left bottom right",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr "
    "tblStylePr",
}
"""Children in the order of ISO/IEC 29500-1; Word calls a file with another order damaged."""


@pytest.fixture(scope="module")
def content(sample: Brief) -> bytes:
    return docx.render(sample)


def test_the_same_brief_gives_the_same_bytes(sample: Brief, content: bytes) -> None:
    assert docx.render(sample) == content


def test_another_process_gives_the_same_bytes(content: bytes) -> None:
    script = (
        "import hashlib; from sample_brief import gamaredon; from briefing.exports import docx;"
        "print(hashlib.sha256(docx.render(gamaredon())).hexdigest())"
    )
    folders = os.pathsep.join([str(Path("tests/samples").resolve()), str(Path.cwd())])
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": folders},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(content).hexdigest()


def test_entries_carry_no_time_and_no_system(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_python_docx_saves_what_it_opened_unchanged(content: bytes) -> None:
    saved = io.BytesIO()
    opened(content).save(saved)
    again = parts(saved.getvalue())
    assert again.keys() == parts(content).keys()
    for name, data in parts(content).items():
        if name.endswith((".xml", ".rels")):
            assert ET.canonicalize(again[name].decode()) == ET.canonicalize(data.decode()), name
        else:
            assert again[name] == data, name


def test_the_file_speaks_of_its_author_and_of_nobody_else(sample: Brief, content: bytes) -> None:
    said = opened(content).core_properties
    assert (said.title, said.author) == (sample.title, sample.author)
    assert said.last_modified_by == sample.author
    assert said.created == said.modified
    assert said.created is not None
    assert said.created.replace(tzinfo=None) == datetime.fromisoformat(sample.data_as_of)
    assert said.keywords.startswith("TLP:CLEAR, Actor briefing")
    assert said.language == "en-GB"
    assert said.comments == ""


def test_without_an_author_none_is_named(plain: Brief) -> None:
    said = opened(docx.render(replace(plain, author=""))).core_properties
    assert said.author == said.last_modified_by == ""


def test_no_part_holds_a_path_a_name_or_what_was_withheld(sample: Brief, content: bytes) -> None:
    forbidden = {str(Path.home()), str(Path.cwd()), "/tmp/", "python-docx", "xlsxwriter"}  # noqa: S108 - looked for, not used
    forbidden |= {WITHHELD_CANARY, f">{getpass.getuser()}<", "Normal.dotm", "thumbnail"}
    books = [data for name, data in parts(content).items() if name.endswith(".xlsx")]
    assert books
    for archive in (content, *books):
        for name, data in parts(archive).items():
            for word in forbidden:
                assert word.encode() not in data, (name, word)


def test_the_manifest_can_be_read_back(sample: Brief, content: bytes) -> None:
    root = xml(content, MANIFEST_PART)
    assert root.tag == MANIFEST_TAG
    assert (root.text or "").encode() == manifest(sample)


def test_code_points_that_xml_cannot_hold_are_escaped_in_the_manifest(plain: Brief) -> None:
    brief = replace(plain, title="a\uffff\ufffeb")
    root = xml(docx.render(brief), MANIFEST_PART)
    assert '"title":"a\\uffff\\ufffeb"' in (root.text or "")


@pytest.mark.parametrize("level", Tlp)
def test_every_head_and_foot_carries_the_marking(sample: Brief, level: Tlp) -> None:
    content = docx.render(replace(sample, tlp=level))
    found = dict(heads_and_feet(content))
    assert len(found) == 4
    for name, part in found.items():
        assert runs(part, "TLP") == [f" {level.label} "], name
    style = next(it for it in xml(content, "word/styles.xml") if it.get(f"{W}styleId") == "TLP")
    colour, ground = style.find(f"{W}rPr/{W}color"), style.find(f"{W}rPr/{W}shd")
    assert colour is not None
    assert ground is not None
    assert colour.get(f"{W}val") == TLP_COLOURS[level].removeprefix("#").upper()
    assert ground.get(f"{W}fill") == "000000"


def test_every_section_has_its_own_head_and_foot(sample: Brief, plain: Brief) -> None:
    for brief, many in ((sample, 2), (plain, 1)):
        sections = list(xml(docx.render(brief)).iter(f"{W}sectPr"))
        assert len(sections) == many
        for section in sections:
            kinds = [it.get(f"{W}type") for it in section if it.tag.endswith("Reference")]
            assert kinds == ["default", "default"]
    assert not any(
        it.different_first_page_header_footer for it in opened(docx.render(sample)).sections
    )


def test_page_numbers_are_fields_with_a_result(content: bytes) -> None:
    for name, part in heads_and_feet(content):
        if "footer" in name:
            asked = [(it.text or "").strip() for it in part.iter(f"{W}instrText")]
            assert asked == ["PAGE", "NUMPAGES"]
            assert re.search(r"Page 1 of \d+", text(part))


def test_a_brand_changes_heads_lines_and_the_cover(sample: Brief) -> None:
    content = docx.render(replace(sample, brand=Brand("Firm", primary="#00515e", footer="Line")))
    assert b"00515E" in parts(content)["word/styles.xml"]
    assert b'w:fill="00515E"' in parts(content)["word/document.xml"]
    assert b"0B3C78" not in parts(content)["word/styles.xml"]
    feet = [text(it) for name, it in heads_and_feet(content) if "footer" in name]
    assert feet
    assert all(it.endswith("Line") for it in feet)


def test_a_brand_leaves_meaning_alone(sample: Brief, plain: Brief) -> None:
    branded = parts(docx.render(replace(sample, brand=Brand("Firm", primary="#7a0000"))))
    ordinary = parts(docx.render(replace(sample, brand=None)))
    for colour in (b"8A4F00", b"0B6470", b"C9DEF2", b"2468A9"):
        for name in ("word/styles.xml", "word/document.xml"):
            assert branded[name].count(colour) == ordinary[name].count(colour)


def test_the_logo_stands_on_the_cover_or_heads_the_first_page(sample: Brief) -> None:
    for cover in (True, False):
        content = docx.render(replace(sample, brand=brand(), cover=cover))
        with_picture = [
            name
            for name, part in heads_and_feet(content)
            if part.find(f".//{W}drawing") is not None
        ]
        assert with_picture == ["word/header1.xml"]
        first = [it.get(f"{W}type") for it in xml(content).iter(f"{W}headerReference")]
        assert first == (["default", "default"] if cover else ["default", "first"])
        assert all(runs(it, "TLP") for _, it in heads_and_feet(content))


def test_a_logo_of_dots_keeps_its_proportions(sample: Brief) -> None:
    content = docx.render(replace(sample, brand=Brand("Firm", logo=LOGO)))
    head = xml(content, "word/header1.xml")
    extent = next(it for it in head.iter() if it.tag.endswith("}extent"))
    assert int(extent.get("cx", "")) == 2 * int(extent.get("cy", ""))


@pytest.mark.parametrize(
    "wrong", [b"GIF89a", b"<svg><script/></svg>", LOGO[:16] + b"\x00\x01\x86\xa0" * 2]
)
def test_a_logo_that_cannot_be_used_is_refused(sample: Brief, wrong: bytes) -> None:
    with pytest.raises(BriefingError, match="logo"):
        docx.render(replace(sample, brand=Brand("Firm", logo=wrong)))


def test_every_link_leads_somewhere(content: bytes) -> None:
    body = xml(content)
    names = [it.get(f"{W}name") for it in body.iter(f"{W}bookmarkStart")]
    starts = [it.get(f"{W}id") for it in body.iter(f"{W}bookmarkStart")]
    ends = [it.get(f"{W}id") for it in body.iter(f"{W}bookmarkEnd")]
    assert len(names) == len(set(names))
    assert sorted(starts) == sorted(ends)
    relations = {it.get("Id"): it for it in xml(content, "word/_rels/document.xml.rels")}
    for link in body.iter(f"{W}hyperlink"):
        if anchor := link.get(f"{W}anchor"):
            assert anchor in names
        else:
            target = relations[link.get(f"{R}id")]
            assert target.get("TargetMode") == "External"
            assert str(target.get("Target")).startswith(("https://", "mailto:"))
    assert {f"source_{number}" for number in range(1, 13)} <= set(names)


def test_a_mark_jumps_to_the_source_of_its_number(sample: Brief, content: bytes) -> None:
    targets = set()
    for link in xml(content).iter(f"{W}hyperlink"):
        number = re.fullmatch(r"[\[,](\d+)\]?", text(link))
        if number:
            assert link.get(f"{W}anchor") == f"source_{number[1]}"
            targets.add(int(number[1]))
    assert len(targets) > 5


def test_each_drawing_has_its_number_and_says_what_it_shows(content: bytes) -> None:
    drawn = [it for it in xml(content).iter() if it.tag.endswith("}docPr")]
    for _, part in heads_and_feet(content):
        drawn += [it for it in part.iter() if it.tag.endswith("}docPr")]
    numbers = [it.get("id") for it in drawn]
    assert len(numbers) == len(set(numbers)) > 8
    assert all(it.get("descr") for it in drawn)


def test_every_style_used_is_one_of_the_documents(content: bytes) -> None:
    known = {it.get(f"{W}styleId") for it in xml(content, "word/styles.xml").iter(f"{W}style")}
    used = set()
    for name, data in parts(content).items():
        if name.startswith("word/") and name.endswith(".xml"):
            used |= set(re.findall(rb'<w:(?:p|r|tbl)Style w:val="(\w+)"', data))
    assert {it.decode() for it in used} <= known
    names = {style.name for style in opened(content).styles}
    assert {
        *("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Table text", "Table head"),
        *("Note", "Source", "Source mark", "TLP", "header", "footer", "toc 1"),
    } <= {str(name) for name in names} | {"header", "footer"}


def test_elements_stand_in_the_order_of_the_standard(sample: Brief, plain: Brief) -> None:
    seen = set()
    for brief in (sample, plain):
        for name, data in parts(docx.render(brief)).items():
            if not (name.startswith("word/") and name.endswith(".xml")):
                continue
            for element in ET.fromstring(data).iter():  # noqa: S314 - made by ourselves
                kind = element.tag.rpartition("}")[2]
                order = ORDERS.get(kind, "").split()
                if order and element.tag.startswith(W):
                    children = [it.tag.rpartition("}")[2] for it in element]
                    assert [*map(order.index, children)] == sorted(map(order.index, children))
                    seen.add(kind)
    assert seen == set(ORDERS)


def test_fonts_are_inter_or_arial_instead(content: bytes) -> None:
    theme = parts(content)["word/theme.xml"].decode()
    assert theme.count('<a:latin typeface="Inter"') == 2
    fonts = xml(content, "word/fonts.xml")
    inter = next(it for it in fonts if it.get(f"{W}name") == "Inter")
    instead = inter.find(f"{W}altName")
    assert instead is not None
    assert instead.get(f"{W}val") == "Arial"
    assert b"Calibri" not in b"".join(parts(content).values())


def test_the_program_starts_without_reading_python_docx() -> None:
    script = "import sys, briefing.exports.registry; sys.exit('docx.oxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
