"""Markdown to an element tree with python-markdown, of which only harmless parts are switched on.

Raw HTML, entities, pictures and addresses apart from their words are off: what was typed stays as
text. What became text is remembered, so that the author can be told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from markdown import Markdown, util
from markdown.blockprocessors import HashHeaderProcessor, OListProcessor
from markdown.inlinepatterns import (
    ENTITY_RE,
    HTML_RE,
    IMAGE_LINK_RE,
    LINK_RE,
    InlineProcessor,
    LinkInlineProcessor,
)

from briefing.exports.links import safe_href
from briefing.services.client_words import shown
from briefing.services.notes_limits import too_deep
from briefing.services.notes_lists import TAB

_ADDRESS = r"<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>"
_MAILBOX = r"<([^<>\s!@:]+@[^@<>\s]+)>"
_CLOSING = re.compile(r"(?:^|\s)#+\Z")
_ESCAPED = re.compile(f"{util.STX}(\\d+){util.ETX}")
_NOT_TYPED = re.compile(f"{util.STX}[^{util.ETX}]*{util.ETX}|\n")
"""What the parser puts in place of something typed, and ends of lines."""
_OFF: Final = ("reference", "image_reference", "short_reference", "short_image_ref")

Refuse: TypeAlias = Callable[[str, str], None]
"""Takes a reason and what was typed."""
Made: TypeAlias = tuple[Element | None, int | None, int | None]
"""An element, and where what it stands for begins and ends; None where nothing was meant."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that became plain text.

    Attributes:
        reason: A sentence.
        typed: The longest piece of it that stands in one line of the note.
    """

    reason: str
    typed: str


class NoteParser:
    """Parses one passage; ``refused`` holds what became plain text, in no certain order."""

    def __init__(self) -> None:
        """Switch off what a note does not have."""
        self.refused: list[Refusal] = []
        md = Markdown(tab_length=TAB)
        md.preprocessors.deregister("html_block")
        md.treeprocessors.deregister("prettify")
        blocks = md.parser.blockprocessors
        blocks.deregister("reference")
        blocks.register(_Heading(md.parser), "hashheader", 70)
        blocks.register(_Numbered(md.parser), "olist", 40)
        for name in _OFF:
            md.inlinePatterns.deregister(name)
        for name, pattern, priority, make in (
            ("link", LINK_RE, 160, _link),
            ("image_link", IMAGE_LINK_RE, 150, _picture),
            ("autolink", _ADDRESS, 120, _address),
            ("automail", _MAILBOX, 110, _mailbox),
            ("html", HTML_RE, 90, _typed),
            ("entity", ENTITY_RE, 80, _typed),
        ):
            md.inlinePatterns.register(_Sign(pattern, md, make, self.refuse), name, priority)
        self._md = md

    def parse(self, text: str) -> Element:
        """The tree of a passage, within the limits of ``notes_limits``.

        Raises:
            BriefingError: when it is nested too deeply all the same.
        """
        try:
            root = self._tree(text.split("\n"))
        except RecursionError as error:
            raise too_deep() from error
        for numbered in root.iter("ol"):
            begins = numbered.get("start")
            if begins:
                self.refuse(f"A list that begins with {begins} is numbered from 1.", f"{begins}.")
        return root

    def refuse(self, reason: str, typed: str) -> None:
        """Remember what became plain text."""
        pieces = (piece.strip() for piece in _NOT_TYPED.split(typed))
        self.refused.append(Refusal(reason, max(pieces, key=len)))

    def _tree(self, lines: list[str]) -> Element:
        for before in self._md.preprocessors:
            lines = before.run(lines)
        self._md.parser.parseDocument(lines)
        root: Element = self._md.parser.root
        for after in self._md.treeprocessors:
            # What is not replaced is changed in its place.
            made: Element | None = after.run(root)
            if made is not None:
                root = made
        return root


class _Heading(HashHeaderProcessor):
    """A heading has a blank behind its signs: ``#read(…)`` and ``#name`` are words."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?P<header>[ ][^\n]*)(?:\n|$)")

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        heading = parent[-1]
        heading.text = _CLOSING.sub("", heading.text or "").rstrip()


class _Numbered(OListProcessor):
    """A numbered list says with which number it begins."""

    LAZY_OL = False


class _Sign(InlineProcessor):
    """Something inside a line, made by a function of its own."""

    def __init__(
        self,
        pattern: str,
        md: Markdown,
        make: Callable[[re.Match[str], str, LinkInlineProcessor, Refuse], Made],
        refuse: Refuse,
    ) -> None:
        super().__init__(pattern, md)
        self._make, self._refuse = make, refuse
        self._reader = LinkInlineProcessor(pattern, md)

    def handleMatch(  # type: ignore[override]  # what processors of lines are called with  # noqa: N802 - the parser's name
        self, m: re.Match[str], data: str
    ) -> Made:
        return self._make(m, data, self._reader, self._refuse)


def _link(m: re.Match[str], data: str, reader: LinkInlineProcessor, refuse: Refuse) -> Made:
    """``[words](address)``; a title of the address, which no page shows, is left out."""
    words, at, closed = reader.getText(data, m.end())
    address, _, end, whole = reader.getLink(data, at) if closed else ("", None, at, False)
    if not whole:
        return None, None, None
    return _checked(words, address, data[m.start() : end], refuse), m.start(), end


def _picture(m: re.Match[str], data: str, reader: LinkInlineProcessor, refuse: Refuse) -> Made:
    """``![words](address)``: the words stay."""
    words, at, closed = reader.getText(data, m.end())
    _, _, end, whole = reader.getLink(data, at) if closed else ("", None, at, False)
    if not whole:
        return None, None, None
    reason = "A note holds no pictures; of this one only its words are printed."
    refuse(reason, data[m.start() : end])
    return _span(words), m.start(), end


def _address(m: re.Match[str], _data: str, reader: LinkInlineProcessor, refuse: Refuse) -> Made:
    """``<https://…>``."""
    words = util.AtomicString(reader.unescape(m[1]))
    return _checked(words, words, m[0], refuse), m.start(), m.end()


def _mailbox(m: re.Match[str], _data: str, reader: LinkInlineProcessor, refuse: Refuse) -> Made:
    """``<name@example.org>``."""
    words = util.AtomicString(reader.unescape(m[1]))
    return _checked(words, f"mailto:{words}", m[0], refuse), m.start(), m.end()


def _typed(m: re.Match[str], _data: str, reader: LinkInlineProcessor, refuse: Refuse) -> Made:
    """HTML: text as it was typed."""
    words = util.AtomicString(reader.unescape(m[1]))
    refuse(f"HTML is not read: “{shown(_plain(words))}” is printed as it was typed.", m[1])
    return _span(words), m.start(), m.end()


def _checked(words: str, address: str, typed: str, refuse: Refuse) -> Element:
    """A link, or its words where it may not be one."""
    plain = _plain(address)
    href = safe_href(plain)
    if not href:
        refuse(_why_no_link(plain), typed)
        return _span(words)
    link: Element = Element("a", {"href": href})
    link.text = words
    return link


def _span(words: str) -> Element:
    span: Element = Element("span")
    span.text = words
    return span


def _plain(text: str) -> str:
    """Text with the characters themselves that were escaped."""
    return _ESCAPED.sub(lambda found: chr(int(found[1])), text)


def _why_no_link(address: str) -> str:
    named = f"“{shown(address)}”" if address else "an empty address"
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "http" and safe_href(f"https:{rest}"):
        return f"The link to {named} is printed as plain text; write it with https: if it has that."
    if scheme.lower() in ("https", "mailto"):
        return f"The link to {named} is printed as plain text: it is no address that can be opened."
    return f"The link to {named} is printed as plain text; links begin with https: or mailto:."
