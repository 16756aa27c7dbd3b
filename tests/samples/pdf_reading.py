"""What is on the pages of a PDF: words, where they stand, colours, tags."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject

from briefing.core.brief import AnyBlock, Brief, Facts, Part, Section, spans


def pages_of(content: bytes) -> list[pypdf.PageObject]:
    """The pages."""
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


def texts(content: bytes) -> list[str]:
    """The words of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in pages_of(content)]


def places(page: pypdf.PageObject) -> list[tuple[str, float, float]]:
    """Each run of words with the point at which it begins, in points from the lower left."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, ctm: Any, tm: Any, _font: Any, _size: Any) -> None:
        if text.strip():
            x, y = tm[4], tm[5]
            left = ctm[0] * x + ctm[2] * y + ctm[4]
            found.append((" ".join(text.split()), left, ctm[1] * x + ctm[3] * y + ctm[5]))

    page.extract_text(visitor_text=visit)
    return found


def colours(page: pypdf.PageObject) -> set[str]:
    """Every RGB colour that a page sets, as ``#rrggbb``."""
    contents = page.get_contents()
    assert contents is not None
    found = set()
    for operands, operator in contents.operations:
        if operator in (b"scn", b"rg", b"SCN", b"RG") and len(operands) == 3:
            found.add("#" + "".join(f"{round(float(part) * 255):02x}" for part in operands))
    return found


def pictures(page: pypdf.PageObject) -> int:
    """How many pictures of dots a page draws, those inside drawings included."""
    return sum(1 for _ in _images(page["/Resources"]))


def _images(resources: Any) -> Iterator[Any]:
    for found in resources.get_object().get("/XObject", {}).values():
        entry = found.get_object()
        if entry["/Subtype"] == "/Image":
            yield entry
        elif "/Resources" in entry:
            yield from _images(entry["/Resources"])


def tags(content: bytes) -> list[str]:
    """The types of all structure elements in the order of reading."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    return list(_tags(reader.root_object["/StructTreeRoot"]["/K"]))


def _tags(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for kid in node:
            yield from _tags(kid)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"]).removeprefix("/")
        if "/K" in node:
            yield from _tags(node["/K"])


def only(brief: Brief, *blocks: AnyBlock, wide: bool = False) -> Brief:
    """The brief with these blocks in one section and nothing besides."""
    section = Section("s", "Tested", blocks, wide=wide)
    return replace(brief, parts=(Part("Part", "", (section,)),), made_from=())


def below_filler(brief: Brief, rows: int, *blocks: AnyBlock, wide: bool = False) -> Brief:
    """A part with so many lines before a section with these blocks."""
    filler = Facts(tuple((f"Row {number}", spans("filler")) for number in range(rows)))
    sections = (Section("filler", "Filler", (filler,)), Section("b", "Tested", blocks, wide=wide))
    return replace(brief, parts=(Part("Part", "Below filler", sections),), made_from=())
