"""Reading Word files back, as a program that knows nothing of how they were made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

from docx import Document
from docx.document import Document as Read
from sample_brief import unbranded

from briefing.core.brief import AnyBlock, Brief, Part, Section
from briefing.exports import docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def brief_of(*blocks: AnyBlock, one_page: bool = False) -> Brief:
    """The sample with nothing in it but these blocks; marks still find their sources."""
    part = Part("Part", "Subtitle", (Section("s", "Section", blocks),), one_page=one_page)
    return replace(unbranded(), parts=(part,), made_from=())


def parts(content: bytes) -> dict[str, bytes]:
    """Every part of a file by its name, in its order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml(content: bytes, name: str = "word/document.xml") -> ET.Element:
    """A part as a tree. The file is our own: nothing in it is to be defended against."""
    return ET.fromstring(parts(content)[name])  # noqa: S314 - see the docstring


def written(*blocks: AnyBlock) -> ET.Element:
    """The body of a document with these blocks."""
    return xml(docx.render(brief_of(*blocks)))


def text(element: ET.Element) -> str:
    """The text of an element, without the characters that only keep words together."""
    pieces = (
        " " if it.tag == f"{W}tab" else it.text or ""
        for run in element.iter(f"{W}r")
        for it in run
        if it.tag in (f"{W}t", f"{W}tab")
    )
    found = "".join(pieces)
    return found.replace("\u2060", "").replace("\u00a0", " ")


def all_text(content: bytes) -> str:
    """The text of the body and of its charts; a line for each paragraph."""
    lines = [text(it) for it in xml(content).iter(f"{W}p")]
    for name in parts(content):
        if re.fullmatch(r"word/charts/\w+\.xml", name):
            lines += [it.text or "" for it in xml(content, name).iter(f"{C}v")]
    return "\n".join(lines)


def styled(element: ET.Element, style: str) -> list[str]:
    """The texts of the paragraphs of a style."""
    return [text(it) for it in element.iter(f"{W}p") if paragraph_style(it) == style]


def paragraph_style(paragraph: ET.Element) -> str:
    """The id of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(f"{W}val", "") if found is not None else ""


def runs(element: ET.Element, style: str) -> list[str]:
    """The texts of the runs of a character style."""
    return [
        text(it)
        for it in element.iter(f"{W}r")
        if (found := it.find(f"{W}rPr/{W}rStyle")) is not None and found.get(f"{W}val") == style
    ]


def heads_and_feet(content: bytes) -> Iterator[tuple[str, ET.Element]]:
    """Headers and footers with their names."""
    for name in parts(content):
        if re.fullmatch(r"word/(?:header|footer)\d+\.xml", name):
            yield name, xml(content, name)


def opened(content: bytes) -> Read:
    """The document as python-docx reads it."""
    return Document(io.BytesIO(content))
