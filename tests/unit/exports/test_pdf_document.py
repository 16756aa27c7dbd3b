"""What a PDF says about itself, to machines and to readers' software."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject
from sample_brief import WITHHELD_CANARY

from briefing.core.brief import Brief, Note, NoteHeading, WorldMap
from briefing.exports import pdf
from briefing.exports.manifest import manifest

SAMPLES = Path(__file__).parents[2] / "samples"
RENDER_AND_HASH = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from sample_brief import gamaredon
from briefing.exports import pdf
print(hashlib.sha256(pdf.render(gamaredon())).hexdigest())
"""


def elements(node: Any) -> Iterator[DictionaryObject]:
    """Every structure element below a node of the tag tree."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def tags(reader: pypdf.PdfReader) -> list[DictionaryObject]:
    return list(elements(reader.root_object["/StructTreeRoot"]["/K"]))


def streams(reader: pypdf.PdfReader) -> Iterator[bytes]:
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(number)
        if isinstance(found, StreamObject):
            yield found.get_data()


def bookmarks(outline: list[Any], depth: int = 0) -> Iterator[tuple[int, str]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry, depth + 1)
        else:
            yield depth, entry.title


def test_the_file_is_tagged_and_names_its_language(reader: pypdf.PdfReader) -> None:
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_file_claims_pdf_ua_1_and_pdf_a_3a(reader: pypdf.PdfReader) -> None:
    metadata = reader.root_object["/Metadata"].get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_metadata_is_what_the_author_set_and_the_date_of_the_data(
    reader: pypdf.PdfReader, sample: Brief
) -> None:
    about = reader.metadata
    assert about is not None
    assert about.title == sample.title
    assert about.author == sample.author
    assert about.keywords is not None
    assert about.keywords.startswith("TLP:CLEAR")
    assert about.get("/CreationDate") == about.get("/ModDate") == "D:20261112000000Z"
    assert set(about) <= {
        "/Title",
        "/Author",
        "/Keywords",
        "/Creator",
        "/CreationDate",
        "/ModDate",
    }


def test_the_manifest_is_attached_as_it_is(reader: pypdf.PdfReader, sample: Brief) -> None:
    assert reader.attachments == {"brief.json": [manifest(sample)]}


def test_parts_and_their_sections_are_the_bookmarks(reader: pypdf.PdfReader, sample: Brief) -> None:
    expected = [
        entry
        for part in sample.parts
        for entry in ((0, part.title), *((1, section.title) for section in part.sections))
    ]
    assert list(bookmarks(reader.outline)) == [*expected, (1, "Made from")]


def test_headings_are_one_a_part_and_one_a_section(reader: pypdf.PdfReader, sample: Brief) -> None:
    counted = Counter(tag["/S"] for tag in tags(reader))
    assert counted["/H1"] == len(sample.parts)
    assert counted["/H2"] == sum(len(part.sections) for part in sample.parts) + 1
    notes = [node for block in sample.blocks() if isinstance(block, Note) for node in block.nodes]
    names = ["Claims", "Evidence", "Warnings"]
    assert counted["/H3"] == len(names) + sum(isinstance(n, NoteHeading) for n in notes) - 2
    assert counted["/H4"] == counted["/H5"] == 1


def test_every_table_has_a_head(reader: pypdf.PdfReader) -> None:
    counted = Counter(tag["/S"] for tag in tags(reader))
    assert counted["/Table"] == counted["/THead"] > 0


def test_the_only_pictures_are_the_logo_and_the_map_and_they_are_described(
    reader: pypdf.PdfReader, sample: Brief
) -> None:
    described = [tag["/Alt"] for tag in tags(reader) if tag["/S"] == "/Figure"]
    maps = [block.alt for block in sample.blocks() if isinstance(block, WorldMap)]
    assert described == ["Logo of Example Consulting", *maps]


def test_fonts_are_embedded_as_subsets(reader: pypdf.PdfReader) -> None:
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            for descendant in font.get_object()["/DescendantFonts"]:
                descriptor = descendant.get_object()["/FontDescriptor"]
                assert {"/FontFile2", "/FontFile3"} & set(descriptor)
                names.add(descriptor["/FontName"])
    assert names
    assert all(name[7] == "+" for name in names)
    assert {name[8:].split("-")[0] for name in names} <= {"Inter", "NotoSans", "NotoSansArabic"}


def test_marks_and_addresses_are_links(reader: pypdf.PdfReader, sample: Brief) -> None:
    inside, outside = 0, set()
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            if "/Dest" in link or link["/A"]["/S"] == "/GoTo":
                inside += 1
            else:
                outside.add(link["/A"]["/URI"])
    assert inside > 40
    in_the_note = {"https://provider.example/guide"}
    assert outside == {source.url for source in sample.sources if source.url} | in_the_note


def test_nothing_withheld_is_anywhere_in_the_file(
    reader: pypdf.PdfReader, sample_pdf: bytes
) -> None:
    canary = WITHHELD_CANARY.encode()
    assert canary not in sample_pdf
    assert all(canary not in stream for stream in streams(reader))


def test_the_same_brief_gives_the_same_bytes(sample: Brief, sample_pdf: bytes) -> None:
    assert pdf.render(sample) == sample_pdf


def test_another_process_gives_the_same_bytes(sample_pdf: bytes) -> None:
    run = subprocess.run(
        [sys.executable, "-c", RENDER_AND_HASH, str(SAMPLES)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == hashlib.sha256(sample_pdf).hexdigest()


def test_formats_are_listed_without_loading_typst() -> None:
    code = "import sys, briefing.exports.registry; print('typst' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
