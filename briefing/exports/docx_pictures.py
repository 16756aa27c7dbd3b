"""Pictures of a Word document: scales drawn here, and any picture as Word places it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache

from briefing.core.estimates import Confidence, Likelihood
from briefing.exports.docx_markup import emu, escaped

SCALE, STEPS = (17.0, 2.0), (7.0, 2.6)
"""Millimetres: the scale of likelihood, the steps of confidence."""
_INK, _QUIET, _CONTROL = (0x16, 0x20, 0x2C), (0xDC, 0xDF, 0xE4), (0x7F, 0x89, 0x97)
_DOTS = 24
"""Pixels a millimetre, 610 an inch."""
_GAP = 4
"""Pixels between two terms or two steps."""
_FILLED = (0.4, 0.7, 1.0)
"""Heights of the three steps."""
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""Names the element that points to a drawing beside its picture (MS-ODRAWXML, 2.23)."""
_SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"

Box = tuple[int, int, int, int, tuple[int, int, int]]
"""Left, top, right and bottom in pixels, and a colour."""


@cache
def likelihood_scale(likelihood: Likelihood) -> bytes:
    """The seven terms from 1 to 99 per cent (ICD 203), the one meant in ink; a PNG."""
    width, height = (round(side * _DOTS) for side in SCALE)
    boxes: list[Box] = []
    for term in Likelihood:
        left, right = (round((share - 1) / 98 * width) for share in (term.low, term.high))
        colour = _INK if term is likelihood else _QUIET
        boxes.append((left, 0, max(right - _GAP, left + _GAP), height, colour))
    return _png(width, height, boxes)


@cache
def confidence_steps(confidence: Confidence) -> bytes:
    """Three steps, as many filled as the word has; a PNG."""
    width, height = (round(side * _DOTS) for side in STEPS)
    step = width // len(_FILLED)
    boxes: list[Box] = []
    for at, share in enumerate(_FILLED):
        box = (at * step, round(height * (1 - share)), (at + 1) * step - 2 * _GAP, height)
        filled = at < confidence.steps
        boxes.append((*box, _INK if filled else _CONTROL))
        if not filled:
            left, top, right, bottom = box
            inside = (left + _GAP, top + _GAP, right - _GAP, bottom - _GAP)
            boxes.append((*inside, (0xFF, 0xFF, 0xFF)))
    return _png(width, height, boxes)


def likelihood_words(likelihood: Likelihood) -> str:
    """What the scale shows, for who cannot see it."""
    return f"Scale from 1 to 99 %: {likelihood.term}, {likelihood.range}"


def confidence_words(confidence: Confidence) -> str:
    """What the steps show, for who cannot see them."""
    if not confidence.steps:
        return "Three steps: not stated"
    return f"{confidence.steps} of 3 steps: {confidence.word} confidence"


def drawing(
    relation: str, number: int, width: float, height: float, says: str, svg: str = ""
) -> str:
    """A picture in the line, as a run.

    Args:
        relation: Id of the relationship to the picture.
        number: Of all drawings of the document, from 1.
        width: Millimetres.
        height: Millimetres.
        says: What it shows, for who cannot see it.
        svg: Id of the relationship to the same picture as a drawing, or "".
    """
    sharper = ""
    if svg:
        sharper = (
            f'<a:extLst><a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip '
            f'xmlns:asvg="{_SVG_NAMESPACE}" r:embed="{svg}"/></a:ext></a:extLst>'
        )
    extent = f'cx="{emu(width)}" cy="{emu(height)}"'
    picture = (
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}">{sharper}</a:blip><a:stretch>'
        f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData>"
    )
    return inline(f"Picture {number}", number, width, height, says, picture)


def inline(name: str, number: int, width: float, height: float, says: str, graphic: str) -> str:
    """A run with a graphic in the line.

    Args:
        name: Of the graphic, as Word lists it.
        number: Of all drawings of the document, from 1.
        width: Millimetres.
        height: Millimetres.
        says: What it shows, for who cannot see it.
        graphic: The ``a:graphicData`` element.
    """
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{emu(width)}" cy="{emu(height)}"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{escaped(says)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f"<a:graphic>{graphic}</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _png(width: int, height: int, boxes: Sequence[Box]) -> bytes:
    """Boxes on white, later ones on top, as a PNG with eight bits a sample."""
    rows = [bytearray(b"\xff" * (3 * width)) for _ in range(height)]
    for left, top, right, bottom, colour in boxes:
        stretch = bytes(colour) * (right - left)
        for row in rows[top:bottom]:
            row[3 * left : 3 * right] = stretch
    pixels = zlib.compress(b"".join(b"\x00" + row for row in rows), 9)
    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", check)
