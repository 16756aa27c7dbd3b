"""How much of somebody's text is printed: whole sentences where they fit, words else."""

from __future__ import annotations

import re
from typing import Final

from briefing.core.brief import Span, Style

_SENTENCES: Final = re.compile(r"(?<=[.!?…”])\s+(?=[^\sa-z])")


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, ending at a word."""
    words = " ".join(text.split())
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,;:.–-(") + "…"


def sentences_of(text: str) -> list[str]:
    """The sentences of a text."""
    return [one for one in _SENTENCES.split(" ".join(text.split())) if one]


def shortened(text: str, most: int, least: int) -> str:
    """As many whole sentences as fit: what hedges a sentence stands at its end.

    Args:
        text: What is said.
        most: Characters that the sentences may take together.
        least: Characters of the first one; only beyond them is it cut.
    """
    first, *rest = sentences_of(text) or [""]
    kept = cut(first, max(least, most))
    for sentence in rest:
        if len(kept) + 1 + len(sentence) > most:
            break
        kept = f"{kept} {sentence}"
    return kept


def stopped(text: str) -> str:
    """A sentence with its full stop, so that several can follow each other."""
    words = text.strip()
    return words if words.endswith((".", "?", "!", "…", ".”")) else f"{words}."


def bold(words: str) -> Span:
    """A run in strong type."""
    return Span(words, Style.STRONG)
