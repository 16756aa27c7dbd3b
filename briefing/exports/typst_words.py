"""The words of a brief, made ready for type: printable, breakable, marks numbered."""

from __future__ import annotations

import copy
from typing import Any

from briefing.core.brief import Brief, Mark, Span, Style, Text
from briefing.exports import fonts
from briefing.exports.break_points import LONG, LONG_RUN, pieces
from briefing.exports.links import safe_href
from briefing.exports.marks import Numbers
from briefing.exports.stand_ins import in_words

BREAK = "\u200b"
"""Where the template may break a long run. ``fonts.printable`` takes it out of data first."""

_HEAD_CHARACTER = 1.45
"""Millimetres of a character in the head of a column that is sure to fit."""


class Words:
    """Sets the words of one brief and keeps what was printed, for the glyph check.

    Attributes:
        cited: Numbers of the sources marked since it was last emptied.
        stood_in: Words that stand in for characters of sources that no font has.
    """

    def __init__(self, brief: Brief) -> None:
        """Know the numbers of the brief's sources."""
        self.cited: set[int] = set()
        self.stood_in: set[str] = set()
        self._own = False
        self._numbers = Numbers(brief)
        self._printed: list[str] = []

    def line(self, text: str) -> str:
        """A plain string as it is set."""
        words = fonts.printable(text)
        if not self._own:
            words, stood_in = in_words(words)
            self.stood_in.update(stood_in)
        self._printed.append(words)
        if len(words) < LONG:
            return words
        return LONG_RUN.sub(lambda run: BREAK.join(pieces(run.group())), words)

    def head(self, text: str, width: float) -> dict[str, Any]:
        """The head of a narrow column of so many mm: words longer than it are to be hyphenated."""
        longest = max(map(len, text.split()), default=0)
        return {"words": self.line(text), "split": longest * _HEAD_CHARACTER > width}

    def text(self, text: Text) -> list[Any]:
        """Inlines: a string, ``{"t", "s", "h"}`` for a styled span, ``{"m"}`` for marks."""
        return [
            {"m": self.marks(inline.sources)} if isinstance(inline, Mark) else self._span(inline)
            for inline in text
        ]

    def marks(self, sources: tuple[str, ...]) -> list[int]:
        """Numbers of sources, which count as cited from here on."""
        numbers = self._numbers.of(sources)
        self.cited.update(numbers)
        return list(numbers)

    def of_author(self) -> Words:
        """The same for what the author wrote, who can write it in other letters: no stand-ins."""
        same = copy.copy(self)
        same._own = True
        return same

    def check(self) -> None:
        """Make sure that a font has every character set so far.

        Raises:
            BriefingError: naming the characters that no font has.
        """
        fonts.check(self._printed)

    def _span(self, span: Span) -> str | dict[str, str]:
        words = self.line(span.text)
        href = safe_href(span.href)
        if span.style is Style.PLAIN and not href:
            return words
        return {"t": words, "s": span.style.value, "h": href}


def cut(text: str, length: int) -> str:
    """A text shortened at a word where it is too long."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,.;:·–") + "…"
