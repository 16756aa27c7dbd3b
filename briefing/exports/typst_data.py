"""A Brief as the one JSON text that the Typst template reads.

Everything that needs a decision is decided here, so that the template only sets type: numbers of
marks, dates in words, shades, where a long run of characters may break, what stays on one page.
The text of a brief is data to the template: a string is printed, whatever it looks like.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from briefing.core.brief import Brief, BriefSource, MadeFrom, Part, Section
from briefing.core.dates import long_date, moment, short_date
from briefing.core.tlp import Tlp
from briefing.exports import fonts
from briefing.exports.encoded import not_unicode
from briefing.exports.links import safe_href, shown_address
from briefing.exports.manifest import DESCRIPTION, FILE_NAME, MIME_TYPE, manifest
from briefing.exports.stand_ins import explained
from briefing.exports.text_measure import width
from briefing.exports.typst_blocks import Blocks
from briefing.exports.typst_case import grade
from briefing.exports.typst_cover import brand, cover
from briefing.exports.typst_rows import KEPT_WHOLE
from briefing.exports.typst_words import Words, cut

TLP_COLOURS = {
    Tlp.CLEAR: "#ffffff",
    Tlp.GREEN: "#33ff00",
    Tlp.AMBER: "#ffc000",
    Tlp.AMBER_STRICT: "#ffc000",
    Tlp.RED: "#ff2b2b",
}
"""FIRST's TLP 2.0 colours, on black."""

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[A-Za-z]{4})?(?:-([A-Z]{2}))?(?:-.*)?")
_BOOKMARK = 250
"""Characters of a title that are a heading. PDF/A-3a ends a string at 32,767."""
_KIND = 40
"""Characters of the kind that fit the head of a page."""
_HEAD = 174 / 25.4 * 72
"""Points across the head of a page, for the kind, the title and the marking."""
_HEAD_TYPE = 7.5
_HEAD_GAP = 3.2 / 25.4 * 72
_LOGO = 22 / 25.4 * 72 + _HEAD_GAP
"""Points of a logo at the head of the first page, with the gap after it."""
_BADGE_TYPE, _BADGE_ROOM = 8.5, 9.0
_WHOLE_ADDRESS = 76
"""Characters of an address that fit one line of the source list."""
_HASH_SHOWN = 16
"""Hexadecimal digits of a snapshot's hash on paper; the manifest holds all of them."""


def typst_data(brief: Brief, paper: str = "a4", *, picture: bool = False) -> str:
    """The template's input.

    Args:
        brief: What to print.
        paper: A paper size of Typst, ``a4`` or ``us-letter``.
        picture: Leave out what a picture cannot show, links inside the document and the
            attachment; the pages look the same and are made sooner.

    Raises:
        BriefingError: when no font has a character, a text is not Unicode, or a mark names a
            source that the brief does not list.
    """
    words = Words(brief)
    blocks = Blocks(words)
    content = {
        "paper": paper,
        "kind": words.line(cut(brief.kind_title, _KIND)),
        "running": words.line(_running(brief)),
        "tlp": {
            "label": brief.tlp.label,
            "colour": TLP_COLOURS[brief.tlp],
            "meaning": brief.tlp.meaning,
        },
        "as_of": words.line(long_date(brief.data_as_of)) or "not stated",
        "look": brand(brief, words),
        "cover": cover(brief, words),
        "parts": [_part(part, words, blocks) for part in brief.parts],
        "sources": [_source(n, source, words) for n, source in enumerate(brief.sources, start=1)],
        "made_from": [_made_from(snapshot, words) for snapshot in brief.made_from],
        **_metadata(brief),
    }
    linked = _anchor(content["parts"], len(brief.sources))
    content["stand_ins"] = explained(words.stood_in)
    words.check()
    content["linked"] = [] if picture else linked
    content["attachments"] = [] if picture else [_attachment(brief)]
    try:
        return orjson.dumps(content).decode("utf-8")
    except orjson.JSONEncodeError as error:
        raise not_unicode(str(error)) from error


def _running(brief: Brief) -> str:
    """As much of the title as one line at the head of a page has room for beside the rest."""
    kind = width(cut(brief.kind_title, _KIND), _HEAD_TYPE, bold=True)
    badge = width(brief.tlp.label, _BADGE_TYPE, bold=True) + _BADGE_ROOM
    has_logo = brief.brand is not None and brief.brand.logo and not brief.cover
    room = _HEAD - kind - badge - 2 * _HEAD_GAP - (_LOGO if has_logo else 0)
    shown = brief.title
    while shown and width(shown, _HEAD_TYPE) > room:
        shown = cut(brief.title, len(shown.removesuffix("…")) - 1)
    return shown


def _attachment(brief: Brief) -> dict[str, str]:
    return {
        "name": FILE_NAME,
        "type": MIME_TYPE,
        "description": DESCRIPTION,
        "content": manifest(brief).decode("utf-8"),
    }


def _metadata(brief: Brief) -> dict[str, Any]:
    """What the file says about itself; the title of a document may not be empty under PDF/UA."""
    language = _LANGUAGE.fullmatch(brief.language)
    date = moment(brief.data_as_of)
    return {
        "title": _metadatum(brief.title) or _metadatum(brief.kind_title) or "Briefing",
        "author": _metadatum(brief.author),
        "keywords": [
            word
            for word in map(_metadatum, (brief.tlp.label, brief.kind_title, brief.subject))
            if word
        ],
        "date": [date.year, date.month, date.day],
        "lang": language.group(1) if language else "en",
        "region": (language.group(2) if language else None) or "",
    }


def _metadatum(text: str) -> str:
    return cut(fonts.printable(text).strip(), _BOOKMARK)


def _part(part: Part, words: Words, blocks: Blocks) -> dict[str, Any]:
    words.cited.clear()
    sections = [_section(section, words, blocks) for section in part.sections]
    cited = sorted(words.cited)
    for section in sections:
        for block in section["blocks"]:
            if block["type"] == "sources":
                block["numbers"] = cited
    return {
        "title": _title(part.title, words),
        "subtitle": words.line(part.subtitle),
        "one_page": part.one_page,
        "sections": sections,
    }


def _section(section: Section, words: Words, blocks: Blocks) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": _title(section.title, words),
        "note": words.text(section.note),
        "wide": section.wide,
        "blocks": [{**blocks.block(block), "wide": section.wide} for block in section.blocks],
    }


def _anchor(parts: list[dict[str, Any]], sources: int) -> list[int]:
    """Decide which list a mark jumps to: the first full one, else where a source stands first.

    Returns:
        The numbers that have a place to jump to.
    """
    lists = [
        block
        for part in parts
        for section in part["sections"]
        for block in section["blocks"]
        if block["type"] == "sources"
    ]
    everything = list(range(1, sources + 1))
    for block in lists:
        if not block["short"] or not block["numbers"]:
            block["numbers"] = everything
    lists.sort(key=lambda block: bool(block["short"]))
    linked: set[int] = set()
    for block in lists:
        block["anchors"] = [number for number in block["numbers"] if number not in linked]
        linked.update(block["anchors"])
    return sorted(linked)


def _source(number: int, source: BriefSource, words: Words) -> dict[str, Any]:
    return {
        "n": number,
        "title": words.line(source.title or "Untitled"),
        "publisher": words.line(source.publisher),
        "address": words.line(shown_address(source.url)),
        "href": safe_href(source.url),
        "date": words.line(short_date(source.published)) or "–",
        "grade": grade(source.grade),
        "whole": len(shown_address(source.url)) <= _WHOLE_ADDRESS,
        "keep": len(source.title + source.publisher + source.url + source.rests_on) <= KEPT_WHOLE,
        "rests_on": words.line(source.rests_on),
        "short": words.line(source.short or source.publisher or source.title or "Untitled"),
    }


def _made_from(snapshot: MadeFrom, words: Words) -> dict[str, Any]:
    return {
        "title": words.line(snapshot.title),
        "version": words.line(snapshot.version),
        "notice": words.line(snapshot.notice),
        "records": f"{snapshot.records:,}",
        "sha256": words.line(snapshot.sha256[:_HASH_SHOWN]),
    }


def _title(title: str, words: Words) -> dict[str, str]:
    """A title, and what is beyond the length of a bookmark."""
    head = title
    if len(title) > _BOOKMARK:
        head = title[:_BOOKMARK].rsplit(" ", 1)[0]
    return {"head": words.line(head), "rest": words.line(title[len(head) :].strip())}
