"""The words of a brief, made ready for type: printable, breakable, marks numbered."""

from __future__ import annotations

import re
from typing import Any

from briefing.core.brief import Brief, Mark, Span, Style, Text
from briefing.exports import fonts
from briefing.exports.links import safe_href
from briefing.exports.marks import Numbers

BREAK = "\u200b"
"""Where the template may break a long run. ``fonts.printable`` takes it out of data first."""

_LONG = 25
_LONG_RUN = re.compile(rf"\S{{{_LONG},}}")
_AFTER = re.compile(r"(?<=[/?&=.,:;@_~|+)\]}-])(?=[\w(\[{])")
_LONGEST_WORD = 40
"""No word of a language is longer; what is (hashes, tokens) may break every few characters."""
_PIECE = 10
_HEAD_CHARACTER = 1.45
"""Millimetres of a character in the head of a column that is sure to fit."""


class Words:
    """Sets the words of one brief and keeps what was printed, for the glyph check.

    Attributes:
        cited: Numbers of the sources marked since it was last emptied.
    """

    def __init__(self, brief: Brief) -> None:
        """Know the numbers of the brief's sources."""
        self.cited: set[int] = set()
        self._numbers = Numbers(brief)
        self._printed: list[str] = []

    def line(self, text: str) -> str:
        """A plain string as it is set."""
        words = fonts.printable(text)
        self._printed.append(words)
        if len(words) < _LONG:
            return words
        return _LONG_RUN.sub(lambda run: _breakable(run.group()), words)

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


def _breakable(run: str) -> str:
    """A run without spaces, with places to break: after punctuation, else every few characters."""
    pieces: list[str] = []
    for piece in _AFTER.split(run):
        if len(piece) <= _LONGEST_WORD:
            pieces.append(piece)
        else:
            pieces += [piece[i : i + _PIECE] for i in range(0, len(piece), _PIECE)]
    return BREAK.join(pieces)


def cut(text: str, length: int) -> str:
    """A text shortened at a word where it is too long."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,.;:·–") + "…"
