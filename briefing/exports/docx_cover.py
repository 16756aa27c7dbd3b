"""The cover: the sender's mark, a band with the title and the world, and whom it is for."""

from __future__ import annotations

from briefing.core.brief import Brief
from briefing.exports import world_svg
from briefing.exports.brand import Look
from briefing.exports.cover_words import countries_of_map, cover_rows
from briefing.exports.docx_markup import escaped, paragraph, run, shaded, twips
from briefing.exports.docx_package import Parts
from briefing.exports.docx_pages import PAGE, SIDE
from briefing.exports.docx_pictures import drawing
from briefing.exports.docx_table import Cell, table
from briefing.exports.raster import png_size, rasterised
from briefing.exports.typst_words import cut

_TITLE_SIZES = ((70, 36), (150, 27), (400, 18))
"""Characters of a title, and the size in points in which they fit the cover."""
_LINE = 300
"""Characters of a line of the cover."""
_BAND = 150.0
"""Millimetres that the band is high; what does not fit is cut off."""
_LAND = 0.15
"""Share of the text's colour in that of the land."""


def cover(brief: Brief, look: Look, parts: Parts, section: str) -> str:
    """The cover page.

    Args:
        brief: What it covers.
        look: Its colours.
        parts: Where its picture is kept.
        section: Properties of the section that ends with it.
    """
    rows = [
        (
            Cell(paragraph("CoverText", run(label, "Quiet"))),
            Cell(paragraph("CoverText", run(cut(value, _LINE)))),
        )
        for label, value in cover_rows(brief)
        if value.strip()
    ]
    facts = table("PlainTable", (38, 132), rows)
    room, end = paragraph("CoverText", ""), paragraph("Gap", "", section)
    return f"{_band(brief, look, parts)}{room}{facts}{end}"


def _band(brief: Brief, look: Look, parts: Parts) -> str:
    """One cell from edge to edge of the paper, of an exact height."""
    title = brief.title or brief.kind_title or "Briefing"
    points = next((size for most, size in _TITLE_SIZES if len(title) <= most), _TITLE_SIZES[-1][1])
    props = f'<w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/>'
    subject = "" if brief.subject.lower() in title.lower() else cut(brief.subject, _LINE)
    lines = [
        paragraph("CoverKind", run(cut(brief.kind_title, _LINE))),
        paragraph("CoverTitle", run(cut(title, _TITLE_SIZES[-1][0]), props=props)),
        paragraph("CoverSubject", run(subject)),
        paragraph("Picture", _world(brief, look, parts)),
    ]
    width = twips(PAGE[0])
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableNormal"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblInd w:w="{-twips(SIDE)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblDescription w:val="{escaped(title)}"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(_BAND)}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shaded(look.band)}</w:tcPr>'
        f"{''.join(lines)}</w:tc></w:tr></w:tbl>"
    )


def _world(brief: Brief, look: Look, parts: Parts) -> str:
    """The world in shades of the band, with the countries of the first map standing out."""
    codes = countries_of_map(brief)
    svg = world_svg.silhouette(codes)
    if not svg:
        return ""
    colours = {"LAND": _mixed(look.band, look.on_band), "NAMED": look.second, "BORDER": look.band}
    for name, colour in colours.items():
        svg = svg.replace(name, colour)
    png = rasterised(svg, PAGE[0], 110)
    across, down = png_size(png)
    says = "Map of the world; the countries named as targets stand out."
    relation = parts.picture(png, "png")
    return drawing(
        relation,
        parts.drawn(),
        PAGE[0],
        PAGE[0] * down / across,
        says if codes else "Map of the world.",
    )


def _mixed(ground: str, other: str) -> str:
    parts = (
        round(int(ground[at : at + 2], 16) * (1 - _LAND) + int(other[at : at + 2], 16) * _LAND)
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)
