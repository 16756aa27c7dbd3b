"""PDF: tagged (PDF/UA-1), archivable (PDF/A-3a), the same bytes for the same brief."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from briefing.core.brief import Brief
from briefing.core.dates import moment
from briefing.exports.typst_data import typst_data
from briefing.exports.typst_engine import engine

PREVIEW_PPI = 96.0
"""Pixels an inch: an A4 page 794 pixels wide."""
_POINTS_A_MM = 72 / 25.4
_TEXT_HEIGHT_MM = {"a4": 297.0 - 24 - 20, "us-letter": 279.4 - 24 - 20}
"""Height of the text by paper: the page without its upper and lower margin."""
_NAMED_AT_MOST = 3


def render(brief: Brief, paper: str = "a4") -> bytes:
    """The brief as one PDF file, with its manifest attached as ``brief.json``.

    Args:
        brief: What to print.
        paper: ``a4`` or ``us-letter``.

    Raises:
        BriefingError: when no font has a character (it is named), or Typst refuses the document.
    """
    return engine().pdf(typst_data(brief, paper), moment(brief.data_as_of))


def pages(brief: Brief, ppi: float = PREVIEW_PPI, paper: str = "a4") -> list[bytes]:
    """The same pages as pictures, one PNG each, for the preview and for presenting.

    Raises:
        BriefingError: as ``render``.
    """
    return engine().png(typst_data(brief, paper, picture=True), ppi)


def overflow(brief: Brief, paper: str = "a4") -> tuple[str, ...]:
    """The longest sections of every one-page part that needs a second page, longest first.

    Returns:
        Title and height ("Who they are, 62 mm"), at most three a part; empty where all fits.

    Raises:
        BriefingError: as ``render``.
    """
    if not any(part.one_page for part in brief.parts):
        return ()
    places = engine().query(typst_data(brief, paper, picture=True), "where")
    named: list[str] = []
    for number, part in enumerate(brief.parts):
        here = [place for place in places if place["part"] == number]
        if not part.one_page or here[0]["page"] == here[-1]["page"]:
            continue
        titles = [*(section.title for section in part.sections), "Made from"]
        heights = [_height(start, end, paper) for start, end in pairwise(here)]
        longest = sorted(zip(heights, titles, strict=False), key=lambda row: -row[0])
        named += [f"{title}, {height:.0f} mm" for height, title in longest[:_NAMED_AT_MOST]]
    return tuple(named)


def _height(start: dict[str, Any], end: dict[str, Any], paper: str) -> float:
    """Millimetres from one place to the next, over page ends."""
    turned = (end["page"] - start["page"]) * _TEXT_HEIGHT_MM[paper]
    return float(turned + (end["y"] - start["y"]) / _POINTS_A_MM)
