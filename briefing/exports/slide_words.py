"""The words of a brief as runs on a slide: printable, marks numbered, sentences apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from briefing.core.brief import Brief, Mark, Span, Style, Text, plain
from briefing.core.errors import BriefingError
from briefing.exports import fonts
from briefing.exports.brand import look
from briefing.exports.links import safe_href
from briefing.exports.marks import Numbers
from briefing.exports.slide_shapes import INK, INK3, Para, Run, Type

UNKNOWN: Final = "\N{EN DASH}"
_NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}
"""No characters, and no XML file may hold them."""
_PERCENT = re.compile(r"(?<=\d) (?=%)")
"""A number and its sign stay on one line of a slide."""
_HELD_PERCENT = re.compile(r"(?<=\d)\u00a0(?=%)")
"""Notes are copied and read aloud, and need no such space."""
_SENTENCE_END = re.compile(r"(?<=[^\sA-Z.][.!?])[”’]?\s+(?=[A-ZÀ-ÞА-ЯЁ“\u2018(])")
"""A full stop after a small letter, a figure or a bracket, and a capital: not "U.S. Army"."""


class Words:
    """Sets the words of one brief.

    Attributes:
        brief: The brief.
        look: Its colours.
    """

    def __init__(self, brief: Brief) -> None:
        """Know the brief's sources and colours.

        Raises:
            BriefingError: when a colour of the brand is none.
        """
        self.brief = brief
        self.look = look(brief.brand)
        self._numbers = Numbers(brief)

    def line(self, text: str) -> str:
        """A plain string as it is set, in one line of words.

        Raises:
            BriefingError: when it holds half a character (a lone surrogate).
        """
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError as error:
                raise BriefingError(
                    "The briefing holds a text that is not Unicode.",
                    str(error),
                    "Leave out the part it came from, or import its source again.",
                ) from error
        return _PERCENT.sub("\N{NO-BREAK SPACE}", fonts.printable(text).translate(_NOT_IN_XML))

    def runs(self, text: Text) -> tuple[Run, ...]:
        """Spans and marks as runs; every mark leads to its source."""
        found: list[Run] = []
        for inline in text:
            if isinstance(inline, Mark):
                found += self.marks(inline.sources)
            elif words := self.line(inline.text):
                found.append(self._span(inline, words))
        return tuple(found)

    def marks(self, sources: tuple[str, ...]) -> list[Run]:
        """Marks for sources, one run each."""
        return [
            Run(f"[{number}]", raised=True, colour=self.look.accent, source=number)
            for number in self._numbers.of(sources)
        ]

    def para(
        self,
        text: Text | str,
        type_: Type,
        before: float = 0.0,
        *,
        empty: str = "",
        align: str = "left",
    ) -> Para:
        """A paragraph; ``empty`` stands where the text has no words."""
        runs = (Run(self.line(text)),) if isinstance(text, str) else self.runs(text)
        if not any(run.text.strip() for run in runs):
            runs = (Run(empty),)
        return Para(runs, type_, before, align=align)

    def led(self, lead: str, text: Text, type_: Type, before: float = 0.0) -> Para:
        """A paragraph that begins with a bold word of its own."""
        runs = self.runs(text)
        words = self.line(lead).strip()
        start = (Run(f"{words} ", bold=True),) if words else ()
        return Para((*start, *runs), type_, before)

    def small(self, text: Text | str, type_: Type) -> Para:
        """A note in the quiet colour."""
        return self.para(text, Type(type_.size, type_.line, colour=INK3))

    def words(self, text: Text) -> str:
        """The words of a text with its marks in brackets, for speaker notes."""
        whole = "".join(run.text for run in self.runs(text)).strip()
        return _HELD_PERCENT.sub(" ", whole)

    def _span(self, span: Span, words: str) -> Run:
        href = safe_href(span.href)
        return Run(
            words,
            bold=span.style is Style.STRONG,
            italic=span.style is Style.EMPHASIS,
            code=span.style is Style.CODE,
            colour=self.look.accent if href else "",
            href=href,
        )


def sentences(text: Text) -> list[Text]:
    """The sentences of a text, each with the marks behind it."""
    found: list[list[Span | Mark]] = [[]]
    for inline in text:
        if isinstance(inline, Mark):
            found[-1].append(inline)
            continue
        said = inline.text
        if _begins(said, plain(tuple(found[-1]))):
            found.append([])
            said = said.lstrip()
        start = 0
        for end in _SENTENCE_END.finditer(said):
            found[-1].append(replace(inline, text=said[start : end.end()].rstrip()))
            found.append([])
            start = end.end()
        if rest := said[start:]:
            found[-1].append(replace(inline, text=rest))
    return [tuple(sentence) for sentence in found if plain(tuple(sentence)).strip()]


def _begins(words: str, before: str) -> bool:
    """Whether words begin a sentence after what stands before them."""
    ended = before.rstrip()
    apart = before[-1:].isspace() or words[:1].isspace()
    first = words.lstrip(" \n\t“\u2018(")[:1]
    starts = first.isupper() or first.isdecimal()
    return apart and starts and ended.endswith((".", "!", "?")) and not ended[-2:-1].isupper()


def on(ground: str) -> str:
    """The colour of text on a step of the ramp: white on the two darkest, else ink."""
    return "#ffffff" if ground in ("#2468a9", "#0b3c78") else INK
