"""What surrounds the words of a Word document: head, foot and the measures of a page."""

from __future__ import annotations

from briefing.core.brief import Brief
from briefing.core.dates import long_date
from briefing.exports.brand import Logo
from briefing.exports.docx_markup import NO_BREAK, TAB, field, paragraph, run, twips
from briefing.exports.docx_package import Parts
from briefing.exports.docx_pictures import drawing
from briefing.exports.office_text import clean
from briefing.exports.raster import png_size, rasterised
from briefing.exports.text_measure import width
from briefing.exports.typst_words import cut

PAGE = (210.0, 297.0)
"""Millimetres of A4."""
SIDE, TOP, FOOT = 20.0, 20.0, 16.0
"""Millimetres of its margins."""
_HEAD_AT, _FOOT_AT = 10.0, 7.0
"""Millimetres from the edge of the paper to the head and the foot."""
_KIND, _NAME = 40, 60
"""Characters of the kind in a head, and of the sender's name on a cover."""
_SIZE, _BADGE, _LINE = 8.0, 8.5, 470.0
"""Points: type of a head and of the marking, and what a head may take across."""
_MOST = 240
"""Characters of a head, were all of them as narrow as an i."""
_FOOTER = 120
"""Characters of a brand's line at the foot of a page."""
_STRONG = '<w:b/><w:bCs/><w:color w:val="16202C"/>'
_SMALL = '<w:b/><w:bCs/><w:color w:val="16202C"/><w:sz w:val="20"/><w:szCs w:val="20"/>'


def badge(brief: Brief) -> str:
    """The marking; no-break spaces stand for the room around it."""
    return run(f"{NO_BREAK}{brief.tlp.label}{NO_BREAK}", "TLP")


def header(brief: Brief, picture: str = "", taken: float = 0) -> str:
    """Kind and title at the left, as much of them as the line has room for; the marking right.

    Args:
        brief: The brief.
        picture: The logo before them, or nothing.
        taken: Its width in points.
    """
    kind = cut(clean(brief.kind_title), _KIND)
    gap = NO_BREAK * 3 if kind else ""
    room = _LINE - taken - width(kind, _SIZE, bold=True) - width(gap, _SIZE)
    title = fitting(clean(brief.title), room - width(f"{brief.tlp.label}MM", _BADGE, bold=True))
    said = run(kind, props=_STRONG) + run(gap) + run(title)
    return paragraph("Header", f"{picture}{said}{TAB}{badge(brief)}")


def footer(brief: Brief, pages: int) -> str:
    """How old the data is, the page, the marking; then the brand's own line."""
    as_of = cut(long_date(brief.data_as_of), _KIND) or "a day not stated"
    said = run(f"Data as of {as_of} · made offline")
    return paragraph("FooterRuled", f"{said}{TAB}{_page(brief, pages)}") + _brand_line(brief)


def cover_header(brief: Brief, picture: str) -> str:
    """The logo, or the sender's name where there is none, and the marking."""
    name = cut(brief.brand.name, _NAME) if brief.brand and not picture else ""
    return paragraph("Header", f"{picture}{run(name, props=_SMALL)}{TAB}{badge(brief)}")


def cover_footer(brief: Brief, pages: int) -> str:
    """The page and the marking; then the brand's own line."""
    return paragraph("Footer", f"{TAB}{_page(brief, pages)}") + _brand_line(brief)


def section(
    header_id: str, footer_id: str, *, first: tuple[str, str] | None = None, top: float = TOP
) -> str:
    """The properties of a section.

    Args:
        header_id: Relationship of its head.
        footer_id: Relationship of its foot.
        first: Those of its first page; it has none of its own where nothing is said.
        top: Upper margin in millimetres.
    """
    pairs = [("default", header_id, footer_id)]
    if first:
        pairs.append(("first", *first))
    references = "".join(
        f'<w:headerReference w:type="{kind}" r:id="{head}"/>'
        f'<w:footerReference w:type="{kind}" r:id="{foot}"/>'
        for kind, head, foot in pairs
    )
    across, down = (twips(side) for side in PAGE)
    return (
        f"<w:sectPr>{references}"
        f'<w:pgSz w:w="{across}" w:h="{down}"/>'
        f'<w:pgMar w:top="{twips(top)}" w:right="{twips(SIDE)}" w:bottom="{twips(FOOT)}" '
        f'w:left="{twips(SIDE)}" w:header="{twips(_HEAD_AT)}" w:footer="{twips(_FOOT_AT)}" '
        f'w:gutter="0"/><w:titlePg w:val="{int(bool(first))}"/></w:sectPr>'
    )


def logo_run(
    brief: Brief, logo: Logo, parts: Parts, room: tuple[float, float], header: int = 0
) -> str:
    """The logo as large as the room allows (millimetres), as a run.

    Args:
        brief: Whose it is.
        logo: The picture; a drawing is set as PNG, which every version of Word shows.
        parts: Where it is kept.
        room: Width and height.
        header: Number of the header that shows it; 0 is the body.
    """
    wide, high = room
    data, kind, across, down = logo.data, logo.kind, logo.width, logo.height
    if kind == "svg":
        data = rasterised(data.decode("utf-8", "replace"), wide)
        kind, (across, down) = "png", png_size(data)
    scale = min(wide / across, high / down)
    name = brief.brand.name if brief.brand else ""
    says = f"Logo of {name or 'the sender'}"
    relation = parts.picture(data, kind, header)
    return drawing(relation, parts.drawn(), across * scale, down * scale, says)


def fitting(text: str, room: float) -> str:
    """A text of a head, shortened at a word where the room (in points) is too small for it."""
    shorter = (cut(text, length) for length in range(min(len(text), _MOST), 0, -1))
    return next((it for it in shorter if width(it, _SIZE) <= room), "")


def _page(brief: Brief, pages: int) -> str:
    number, whole = field("PAGE", "1"), field("NUMPAGES", str(pages))
    return f"{run('Page ')}{number}{run(' of ')}{whole}{run(NO_BREAK * 3)}{badge(brief)}"


def _brand_line(brief: Brief) -> str:
    line = cut(brief.brand.footer, _FOOTER) if brief.brand else ""
    return paragraph("Footer", run(line)) if line.strip() else ""
