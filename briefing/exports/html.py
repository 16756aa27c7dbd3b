"""HTML: one file that opens anywhere, asks for nothing, runs nothing, and prints like the PDF.

Type, pictures and colours are inside it; its policy forbids everything else. The manifest stands
in a ``template`` (``html_page.manifest_block``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any

from briefing.core.brief import (
    AchTable,
    Actions,
    ActorReasons,
    AnyBlock,
    Assessed,
    Bars,
    Brief,
    Bullets,
    ClaimsEvidence,
    Facts,
    HeatTable,
    KeyJudgement,
    Matrix,
    Note,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Stages,
    Table,
    Timeline,
    Trace,
    WarningList,
    WorldMap,
)
from briefing.exports import (
    html_case,
    html_notes,
    html_page,
    html_pictures,
    html_prose,
    html_tables,
)
from briefing.exports.encoded import encoded
from briefing.exports.html_markup import element, text
from briefing.exports.html_section import Chunk, kept_together, laid_out
from briefing.exports.html_sources import Sources
from briefing.exports.html_style import style_sheet
from briefing.exports.html_words import Words, section_anchor

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""Content security policy of the file. Its only style is in the file and made here."""

_WRITERS: Mapping[type[Any], Callable[[Any, Words], str]] = {
    AchTable: html_case.ach,
    Actions: html_tables.actions,
    ActorReasons: html_tables.actor_reasons,
    Assessed: html_case.assessed,
    Bars: html_tables.bars,
    Bullets: html_prose.bullets,
    ClaimsEvidence: html_case.claims_evidence,
    Facts: html_prose.facts,
    HeatTable: html_tables.heat,
    KeyJudgement: html_prose.judgement,
    Matrix: html_tables.matrix,
    Note: html_notes.note,
    Paragraph: html_prose.paragraph,
    Quotation: html_prose.quotation,
    Stages: html_prose.stages,
    Table: html_tables.data_table,
    Timeline: html_prose.timeline,
    Trace: html_tables.trace,
    WarningList: html_case.warning_list,
    WorldMap: html_pictures.world_map,
}


def render(brief: Brief) -> bytes:
    """The brief as one HTML file in UTF-8.

    Raises:
        BriefingError: when a mark names a source that the brief does not list, a text is not
            Unicode, or the brand's colours or logo are none.
        TypeError: for a kind of block that is not known here.
    """
    body = _Body(brief).written()
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="author", content=brief.author) if brief.author else "",
        element("meta", name="keywords", content=", ".join(_keywords(brief))),
        element("title", text(brief.title or brief.kind_title or "Briefing").replace("<wbr>", "")),
        # Nothing of the brief but characters of a font, colours and escaped strings is in it.
        f"<style>\n{style_sheet(brief, body)}\n</style>",
    )
    page = element("html", "\n", head, "\n", body, "\n", lang=brief.language or "en")
    return encoded(f"<!DOCTYPE html>\n{page}\n")


def embedded_manifest(content: bytes) -> bytes | None:
    """The manifest inside a file that ``render`` made; None where there is none.

    Args:
        content: The file.
    """
    reader = _ManifestReader()
    reader.feed(content.decode("utf-8", "replace"))
    reader.close()
    return "".join(reader.found).encode("utf-8") if reader.found else None


class _ManifestReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "template" and dict(attrs).get("id") == html_page.MANIFEST and not self.found:
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)


class _Body:
    """Writes the body of one brief."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._words = Words(brief)
        self._sources = Sources(brief)

    def written(self) -> str:
        brief = self._brief
        parts = [self._part(n, part) for n, part in enumerate(brief.parts, start=1)]
        main = element("main", *parts, *self._rest(), id="content")
        skip = element("a", text("Skip to the briefing"), href="#content", class_="skip")
        inner = element(
            "div",
            html_page.front(brief),
            element("div", html_page.contents(brief), main, class_="with-contents"),
            class_="inner",
        )
        return element(
            "body",
            skip,
            html_page.cover(brief),
            element(
                "div", html_page.running_head(brief), inner, html_page.foot(brief), class_="sheet"
            ),
            html_page.manifest_block(brief),
        )

    def _part(self, number: int, part: Part) -> str:
        sections = [
            self._section(section_anchor(number, place), section, part)
            for place, section in enumerate(part.sections, start=1)
        ]
        anchor = html_page.part_anchor(number)
        subtitle = element("p", text(part.subtitle)) if part.subtitle else ""
        head = element("header", element("h2", text(part.title), id=f"{anchor}-title"), subtitle)
        return element(
            "section",
            head,
            *sections,
            class_="part alone" if part.one_page else "part",
            id=anchor,
            aria_labelledby=f"{anchor}-title",
        )

    def _section(self, anchor: str, section: Section, part: Part) -> str:
        self._words.begin(anchor)
        note = element("p", self._words.text(section.note), class_="note") if section.note else ""
        chunks = [
            Chunk([self._block(block, part) for block in blocks], is_long)
            for blocks, is_long in kept_together(section)
        ]
        return laid_out(anchor, text(section.title), note, chunks, wide=section.wide)

    def _block(self, block: AnyBlock, part: Part) -> str:
        if isinstance(block, SourceList):
            if block.short:
                return self._sources.short(part, block.note, self._words)
            return self._sources.full(block.note, self._words)
        writer = _WRITERS.get(type(block))
        if writer is None:
            raise TypeError(f"HTML does not know the block {type(block).__name__}.")
        return writer(block, self._words)

    def _rest(self) -> list[str]:
        """The full list of sources where no part has it, and the snapshots."""
        self._words.begin("")
        pieces = []
        if not self._sources.listed and self._brief.sources:
            full = self._sources.full((), self._words)
            pieces.append(
                laid_out("sources", text("Sources"), "", [Chunk([full], True)], wide=True)
            )
        if self._brief.made_from:
            made = html_page.made_from(self._brief)
            pieces.append(
                laid_out("made-from", text("Made from"), "", [Chunk([made], True)], wide=True)
            )
        return pieces


def _keywords(brief: Brief) -> list[str]:
    return [word for word in (brief.tlp.label, brief.kind_title, brief.subject) if word]
