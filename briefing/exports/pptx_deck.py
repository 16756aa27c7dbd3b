"""The slides of a brief in a deck of python-pptx."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml

from briefing.core.brief import Brief
from briefing.core.dates import moment
from briefing.exports.office_package import dated_alike, language
from briefing.exports.pptx_charts import add_chart
from briefing.exports.pptx_layouts import FOOT_INDEX, NUMBER_INDEX
from briefing.exports.pptx_markup import Markup, theme_names
from briefing.exports.pptx_package import empty_deck
from briefing.exports.pptx_pictures import add_picture
from briefing.exports.pptx_theme import NAMESPACES, scheme
from briefing.exports.slide_frame import foot_marking, kicker_box
from briefing.exports.slide_heads import HEADLINE, TITLE
from briefing.exports.slide_shapes import (
    BarChart,
    Grid,
    Group,
    Picture,
    Rect,
    Shape,
    TextBox,
)
from briefing.exports.slides import TITLE_SLIDE, Slide, slides


def deck(brief: Brief) -> bytes:
    """The brief as a file.

    Raises:
        BriefingError: as ``pptx.render`` says.
        TypeError: for a kind of block that no slide knows.
    """
    made = slides(brief)
    presentation: Any = Presentation(io.BytesIO(empty_deck(brief, made[0])))
    title, plain = presentation.slide_layouts[0], presentation.slide_layouts[1]
    pages = [
        presentation.slides.add_slide(title if slide.kind == TITLE_SLIDE else plain)
        for slide in made
    ]
    listing = {
        number: page for slide, page in zip(made, pages, strict=True) for number in slide.lists
    }
    for slide, page in zip(made, pages, strict=True):
        _Writer(page, listing, brief).write(slide)
    out = io.BytesIO()
    presentation.save(out)
    return dated_alike(out.getvalue())


class _Writer:
    """Writes one slide, headline first: shapes are read in their order."""

    def __init__(self, page: Any, listing: dict[int, Any], brief: Brief) -> None:
        self._page = page
        self._listing = listing
        self._tree = page.shapes._spTree
        self._moment: datetime = moment(brief.data_as_of)
        self._language = language(brief)
        self._markup: Markup

    def write(self, slide: Slide) -> None:
        """Everything on the slide, and its notes."""
        names = theme_names(scheme(slide.look))
        self._markup = Markup(names, self._language, self._address, self._source)
        for shape in list(self._page.shapes):
            self._tree.remove(shape._element)
        on_title = slide.kind == TITLE_SLIDE
        behind = [it for it in slide.shapes if isinstance(it, Picture) and it.decorative]
        kind = "ctrTitle" if on_title else "title"
        self._put(behind)
        room = (TITLE if on_title else HEADLINE).width
        self._parse(self._markup.headline(kind, slide.headline, room))
        if slide.kicker:
            self._put((kicker_box(slide.kicker),))
        self._put(it for it in slide.shapes if it not in behind)
        colour = slide.foot[0].type.colour
        self._parse(self._markup.placeholder("ftr", FOOT_INDEX, "Foot", slide.foot))
        self._put((foot_marking(slide.tlp),))
        self._parse(self._markup.slide_number(NUMBER_INDEX, slide.number, colour))
        self._notes(slide)

    def _put(self, shapes: Iterable[Shape]) -> None:
        for shape in shapes:
            match shape:
                case TextBox():
                    self._parse(self._markup.text(shape))
                case Rect():
                    self._parse(self._markup.rect(shape))
                case Group():
                    self._parse(self._markup.group(shape))
                case Grid():
                    self._parse(self._markup.grid(shape))
                case BarChart():
                    add_chart(self._page, shape, self._markup.number(), self._moment)
                case Picture():
                    add_picture(self._page, shape, self._markup.number())

    def _parse(self, markup: str) -> None:
        tag, _, rest = markup.partition(">")
        self._tree.append(parse_xml(f"{tag} {NAMESPACES}>{rest}"))

    def _address(self, href: str) -> str:
        return str(self._page.part.relate_to(href, RT.HYPERLINK, is_external=True))

    def _source(self, number: int) -> str:
        page = self._listing.get(number)
        return "" if page is None else str(self._page.part.relate_to(page.part, RT.SLIDE))

    def _notes(self, slide: Slide) -> None:
        lines = slide.notes.lines()
        self._page.notes_slide.notes_text_frame.text = "\n".join(lines)
