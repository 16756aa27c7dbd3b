"""Pictures on slides: drawings as SVG, with PNG for programs that show none; logos as they are."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Pt

from briefing.exports.pptx_markup import DECORATIVE
from briefing.exports.raster import rasterised
from briefing.exports.slide_shapes import Picture

if TYPE_CHECKING:
    from pptx.slide import Slide as PptxSlide

_SVG = "image/svg+xml"
_MILLIMETRES = 25.4 / 72
_PPI = 150
"""A map 8.7 inches wide is 1,300 pixels: sharp on a projector."""
_SVG_EXTENSION = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{relation}"/>'
    "</a:ext></a:extLst>"
)
"""Points to the drawing beside its picture (MS-ODRAWXML, 2.23)."""
_DECORATIVE_EXTENSION = DECORATIVE.replace(
    "<a:extLst>", '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">', 1
)


def add_picture(slide: PptxSlide, picture: Picture, number: int) -> None:
    """Put a picture on a slide.

    Args:
        slide: The slide.
        picture: What it shows.
        number: Id of the shape.

    Raises:
        BriefingError: when a drawing cannot be set.
    """
    box = picture.box
    dots = picture.dots or _dots(picture.svg, box.width)
    made: Any = slide.shapes.add_picture(
        io.BytesIO(dots), *(Pt(length) for length in (box.left, box.top, box.width, box.height))
    )
    properties = made._element.nvPicPr.cNvPr
    properties.set("id", str(number))
    properties.set("name", "Picture")
    properties.set("descr", "" if picture.decorative else picture.alt)
    if picture.decorative:
        properties.append(parse_xml(_DECORATIVE_EXTENSION))
    if picture.svg:
        relation = slide.part.relate_to(_drawing(slide, picture.svg), RT.IMAGE)
        blip = made._element.blipFill.find(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
        )
        blip.append(parse_xml(_SVG_EXTENSION.format(relation=relation)))


def _drawing(slide: PptxSlide, svg: str) -> Part:
    package = slide.part.package
    names = {str(part.partname) for part in package.iter_parts()}
    number = 1
    while f"/ppt/media/drawing{number}.svg" in names:
        number += 1
    return Part(PackURI(f"/ppt/media/drawing{number}.svg"), _SVG, package, svg.encode())


@lru_cache(maxsize=4)
def _dots(svg: str, width: float) -> bytes:
    """The drawing in dots; the map of a title slide is the same for many briefings."""
    return rasterised(svg, width * _MILLIMETRES, _PPI)
