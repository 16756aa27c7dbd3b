"""The world map as a picture with its words: legend, countries, what boundaries mean."""

from __future__ import annotations

from briefing.core.brief import WorldMap, plain, spans
from briefing.core.wording import sentence_case
from briefing.core.world import BOUNDARY_NOTE
from briefing.exports import world_svg
from briefing.exports.docx_desk import Desk, swatch
from briefing.exports.docx_markup import kept, paragraph, run
from briefing.exports.docx_pictures import drawing
from briefing.exports.raster import png_size, rasterised

_WIDTH = 140.0
"""Millimetres: as wide as on the pages of the PDF, so that what goes with it has room below."""


def world_map(block: WorldMap, desk: Desk) -> list[str]:
    """The map as PNG, and as SVG for programs that show it; without shapes the words must do."""
    drawn = world_svg.draw(block.countries)
    made = []
    note = [*block.note]
    if drawn.svg:
        png = rasterised(drawn.svg, _WIDTH)
        across, down = png_size(png)
        picture = drawing(
            desk.parts.picture(png, "png"),
            desk.parts.drawn(),
            _WIDTH,
            _WIDTH * down / across,
            block.alt or "World map of the countries named.",
            desk.parts.picture(drawn.svg.encode(), "svg"),
        )
        classes = "".join(
            swatch(fill, f"{label} ({countries:,})") for label, countries, fill in drawn.legend
        )
        legend = run(f"{sentence_case(block.unit)}: ", "Strong")
        nobody = swatch(world_svg.NO_DATA, "no reports")
        made += [
            paragraph("Picture", picture),
            kept(paragraph("Legend", legend + classes + nobody)),
        ]
        said = "In brackets: countries in the class. "
        note = [*spans(said), *note]
        if "Natural Earth" not in plain(block.note):
            note += spans(f" {BOUNDARY_NOTE}")
    below = desk.note(tuple(note))
    named = paragraph("TableText", run(drawn.named))
    return [*made, kept(named) if below else named, *below]
