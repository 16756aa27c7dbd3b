"""A brief as slides: headline, what stands under it, notes. Plain data, for a file or a screen.

One message a slide. What does not fit goes on with "(2 of 3)" behind its headline; long tables of
the full version end with how many rows the document has besides. The executive page is never cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from briefing.core.brief import Brief, WorldMap
from briefing.core.dates import long_date
from briefing.core.tlp import Tlp
from briefing.exports import brand, world_svg
from briefing.exports.brand import Look
from briefing.exports.slide_frame import (
    BAND_TOP,
    FOOT,
    FOOT_TYPE,
    NUMBER,
    accent_line,
    band,
    foot_marking,
    kicker_box,
    number_para,
    top_marking,
)
from briefing.exports.slide_heads import (
    HEADLINE,
    SUBTITLE,
    TITLE,
    headline,
    kicker,
    subtitle,
    title,
)
from briefing.exports.slide_lines import cut, height
from briefing.exports.slide_notes import Notes, about, evidence, questions, rests_on, sources_asked
from briefing.exports.slide_pages import Page, pages_of
from briefing.exports.slide_shapes import (
    INK3,
    LEFT,
    RIGHT,
    Box,
    Para,
    Picture,
    Run,
    Shape,
    TextBox,
    Type,
    cited,
    paras_of,
)
from briefing.exports.slide_words import Words

TITLE_SLIDE, BODY_SLIDE = "title", "body"
_MAP: Final = Box(384.0, 270.0, 576.0, 270.0)
_MAP_VIEW: Final = "300 0 8600 4031"
"""The part of the world that the band shows, in units of its shapes; as wide to high as its box."""
_LAND: Final = 0.13
"""How far land stands out from the band, towards the colour of the text on it."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide.

    Attributes:
        number: From 1, as printed.
        kind: ``title`` or ``body``.
        headline: What it says, in a sentence.
        kicker: The line over the headline, or None.
        shapes: What stands under the headline, in reading order.
        foot: Lines at the foot.
        tlp: Its marking, printed twice.
        look: Colours.
        notes: For whoever presents.
        lists: Numbers of the sources that it lists: where marks lead.
    """

    number: int
    kind: str
    headline: Para
    kicker: Para | None
    shapes: tuple[Shape, ...]
    foot: tuple[Para, ...]
    tlp: Tlp
    look: Look
    notes: Notes
    lists: tuple[int, ...] = ()


def slides(brief: Brief) -> tuple[Slide, ...]:
    """The slides of a brief, in order.

    Raises:
        BriefingError: when a mark names a source that the brief does not list, a text is not
            Unicode, or the brand cannot be used.
        TypeError: for a kind of block that no slide knows.
    """
    words = Words(brief)
    foot = _foot(brief, words)
    made = [_title_slide(brief, words, foot)]
    for number, page in enumerate(pages_of(brief, words), start=2):
        made.append(_slide(number, page, words, foot))
    return tuple(made)


def drawn(slide: Slide) -> tuple[Shape, ...]:
    """Everything that is seen of a slide, from back to front, for whoever draws it on a screen.

    A file draws the same from its layouts and placeholders.
    """
    on_title = slide.kind == TITLE_SLIDE
    colour = slide.foot[0].type.colour if slide.foot else INK3
    head = TextBox(TITLE if on_title else HEADLINE, (slide.headline,), "Headline")
    frame: list[Shape] = [
        band(slide.look) if on_title else accent_line(slide.look),
        top_marking(slide.tlp, title=on_title),
    ]
    if slide.kicker:
        frame.append(kicker_box(slide.kicker))
    return (
        *frame,
        *(shape for shape in slide.shapes if isinstance(shape, Picture) and shape.decorative),
        head,
        *(s for s in slide.shapes if not (isinstance(s, Picture) and s.decorative)),
        TextBox(FOOT, slide.foot, "Foot"),
        foot_marking(slide.tlp),
        TextBox(NUMBER, (number_para(slide.number, colour),), "Number"),
    )


def _slide(number: int, page: Page, words: Words, foot: tuple[Para, ...]) -> Slide:
    leads = words.runs(page.headline)
    head = headline(leads, page.number, page.of)
    section = words.line(page.section.title)
    over = kicker(
        "" if head.text.startswith(section) else section,
        words.line(page.part.subtitle) if page.first else "",
    )
    asked = page.section.questions if page.opens else ()
    marked = {*cited((head, *paras_of(page.shapes))), *sources_asked(asked, words)}
    return Slide(
        number,
        BODY_SLIDE,
        head,
        over if over.text.strip() else None,
        page.shapes,
        foot,
        words.brief.tlp,
        words.look,
        Notes(
            rests_on(page.section, page.blocks, words),
            questions(asked, words),
            evidence(sorted(marked), words),
        ),
        page.lists,
    )


def _title_slide(brief: Brief, words: Words, foot: tuple[Para, ...]) -> Slide:
    look = words.look
    name = brief.title or brief.subject or brief.kind_title or "Briefing"
    head = title((Run(words.line(name)),), look.on_band)
    below = subtitle((Run(words.line(_under(brief, name))),), look.on_band)
    shapes: list[Shape] = [*_map(brief, look), *_sender(brief, words)]
    top = TITLE.top + height((head,), TITLE.width) + 16
    box = Box(SUBTITLE.left, top, SUBTITLE.width, height((below,), SUBTITLE.width))
    if below.text.strip():
        shapes.append(TextBox(box, (below,), "Subtitle"))
    on_band = tuple(replace(para, type=replace(para.type, colour=look.on_band)) for para in foot)
    return Slide(
        1, TITLE_SLIDE, head, None, tuple(shapes), on_band, brief.tlp, look, about(brief, words)
    )


def _under(brief: Brief, name: str) -> str:
    """Kind, subject and audience, as far as the title does not say them."""
    subject = "" if brief.subject.lower() in name.lower() else brief.subject
    return " · ".join(filter(None, (brief.kind_title, subject, brief.audience)))


def _foot(brief: Brief, words: Words) -> tuple[Para, ...]:
    """For whom and of which day; then the brand's own line."""
    date = long_date(brief.data_as_of)
    dated = f"data as of {date}" if date else "day of the data not stated"
    whom = brief.client or brief.author
    said = f"{whom} · {dated}" if whom else dated[:1].upper() + dated[1:]
    own = brief.brand.footer if brief.brand else ""
    return tuple(
        cut(words.para(line, FOOT_TYPE), FOOT.width, 1) for line in (said, own) if line.strip()
    )


def _sender(brief: Brief, words: Words) -> list[Shape]:
    """Logo and name of whoever sends it, on the white above the band."""
    if brief.brand is None:
        return []
    shapes: list[Shape] = []
    left = LEFT
    mark = brand.logo(brief.brand)
    if mark is not None:
        wide, high = _within(mark.width or 4, mark.height or 1, 180.0, 36.0)
        box = Box(left, (BAND_TOP - high) / 2, wide, high)
        alt = f"Logo of {words.line(brief.brand.name)}"
        svg = mark.data.decode("utf-8", "replace") if mark.kind == "svg" else ""
        shapes.append(Picture(box, svg, alt, b"" if svg else mark.data))
        left += wide + 14
    para = words.para(brief.brand.name, Type(14, 18, bold=True))
    if para.text.strip():
        room = RIGHT - 180 - left
        para = cut(para, room, 1)
        shapes.append(TextBox(Box(left, (BAND_TOP - 18) / 2, room, 18), (para,), "Sender"))
    return shapes


def _within(width: float, height_: float, most: float, high: float) -> tuple[float, float]:
    scale = min(most / width, high / height_)
    return width * scale, height_ * scale


def _map(brief: Brief, look: Look) -> list[Shape]:
    """The world on the band, the countries of the first map lit; it says nothing by itself."""
    found = next((block for block in brief.blocks() if isinstance(block, WorldMap)), None)
    countries = [code for code, number in found.countries if number > 0] if found else []
    svg = world_svg.silhouette(countries)
    if not svg:
        return []
    land = _mixed(look.band, look.on_band, _LAND)
    for token, colour in (("LAND", land), ("NAMED", look.second), ("BORDER", look.band)):
        svg = svg.replace(f'"{token}"', f'"{colour}"')
    start = svg.index('viewBox="') + len('viewBox="')
    svg = svg[:start] + _MAP_VIEW + svg[svg.index('"', start) :]
    return [Picture(_MAP, svg, "World map in the background", decorative=True)]


def _mixed(one: str, other: str, share: float) -> str:
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
