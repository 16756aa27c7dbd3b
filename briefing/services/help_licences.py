"""Help: licences and notices, read from ``data/ATTRIBUTION.md`` as text and nothing but text.

A reader of our own for the few forms that file uses. Whatever it does not know stays words: there
is no HTML in it, no picture, and a link is one only if it is https.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from briefing.core.brief import Span, Style, Text
from briefing.core.errors import BriefingError
from briefing.services.help_content import (
    Block,
    Grid,
    HelpPage,
    HelpSection,
    Verbatim,
    Words,
)

KEY = "licences"
TITLE = "Licences and notices"
SUMMARY = "Who made what, on which terms"
LONGEST = 200_000
"""Characters that are read; the file has some thousands."""

_INLINE = re.compile(
    r"<(?P<address>https://[^\s<>]+)>"
    r"|`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<strong>[^*\n]+)\*\*"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<target>https://[^\s()]+)\)"
)
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_FENCE = "```"


def licences_help(path: Path) -> HelpPage:
    """The page.

    Raises:
        BriefingError: when the file is missing or not text.
    """
    try:
        text = path.read_text(encoding="utf-8")[:LONGEST]
    except (OSError, UnicodeDecodeError) as error:
        raise BriefingError(
            "The licences and notices cannot be read.",
            detail=f"{path.name}: {error}",
            remedy="Install the program again; the file comes with it.",
        ) from error
    return HelpPage(KEY, TITLE, SUMMARY, read_notices(text))


def read_notices(text: str) -> tuple[HelpSection, ...]:
    """The sections of a notice file; its title is ours to give."""
    sections: list[HelpSection] = []
    heading, lines = "", list[str]()
    fenced = False
    for line in text.splitlines():
        fenced = fenced != line.startswith(_FENCE)
        if fenced or not line.startswith("#"):
            lines.append(line)
            continue
        _close(sections, heading, lines)
        heading, lines = "" if line.startswith("# ") else line.lstrip("#").strip(), []
    _close(sections, heading, lines)
    return tuple(sections)


def _close(sections: list[HelpSection], heading: str, lines: list[str]) -> None:
    blocks = _blocks(lines)
    if heading or blocks:
        key = re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-") or "overview"
        sections.append(HelpSection(key, heading or "What is bundled", blocks))


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for kind, group in _groups(lines):
        block = _MAKERS[kind](group)
        before = blocks[-1] if blocks else None
        if kind == "item" and isinstance(before, Words) and before.items:
            blocks[-1] = Words((*before.paragraphs, *_item(group).paragraphs), items=True)
        else:
            blocks.append(block)
    return tuple(blocks)


def _groups(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Lines that belong together, with their form."""
    groups: list[tuple[str, list[str]]] = []
    form = ""
    for line in lines:
        if line.startswith(_FENCE):
            form = "" if form == "fence" else "fence"
            if form:
                groups.append((form, []))
            continue
        if form == "fence":
            groups[-1][1].append(line)
            continue
        found = _form(line, form)
        if found and (found != form or (found == "item" and line.startswith("- "))):
            groups.append((found, []))
        if found:
            groups[-1][1].append(line)
        form = found
    return groups


def _form(line: str, before: str) -> str:
    if not line.strip():
        return ""
    for start, form in (("|", "table"), (">", "quote"), ("- ", "item")):
        if line.startswith(start):
            return form
    return before if before in ("item", "quote") else "paragraph"


def _paragraph(lines: list[str]) -> Words:
    return Words((read_inline(" ".join(line.strip() for line in lines)),))


def _quote(lines: list[str]) -> Verbatim:
    return Verbatim(" ".join(line.lstrip(">").strip() for line in lines))


def _item(lines: list[str]) -> Words:
    text = " ".join(line.strip() for line in lines).removeprefix("- ")
    return Words((read_inline(text),), items=True)


def _table(lines: list[str]) -> Block:
    cells = [
        tuple(_plain(cell.strip()) for cell in line.strip().strip("|").split("|"))
        for line in lines
        if not _RULE.fullmatch(line)
    ]
    return Grid(cells[0], tuple(cells[1:])) if cells else _paragraph(lines)


def _fence(lines: list[str]) -> Verbatim:
    return Verbatim("\n".join(lines))


_MAKERS: dict[str, Callable[[list[str]], Block]] = {
    "paragraph": _paragraph,
    "quote": _quote,
    "item": _item,
    "table": _table,
    "fence": _fence,
}


def read_inline(text: str) -> Text:
    """Words with links, code and strong type; what looks like markup and is none stays as it is."""
    spans: list[Span] = []
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            spans.append(Span(text[at : found.start()]))
        spans.append(_span(found))
        at = found.end()
    if at < len(text):
        spans.append(Span(text[at:]))
    return tuple(spans)


def _span(found: re.Match[str]) -> Span:
    if address := found["address"]:
        return Span(address.removeprefix("https://").rstrip("/"), href=address)
    if code := found["code"]:
        return Span(code, Style.CODE)
    if strong := found["strong"]:
        return Span(strong, Style.STRONG)
    return Span(found["words"], href=found["target"])


def _plain(text: str) -> str:
    return "".join(span.text for span in read_inline(text) if isinstance(span, Span))
