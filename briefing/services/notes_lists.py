"""Lists as people type them, put into the shape that the parser understands.

python-markdown wants four blanks to a level and an empty line before a list. People indent by as
much as the words above are indented, and begin a list right under a sentence; CommonMark (0.31,
sections 5.2 and 5.3) reads that as they mean it, and so does this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

TAB: Final = 4
"""Columns to a tab, and blanks to a level of a list."""

_QUOTE = re.compile(r"(?: {0,3}>)* ?")
_ITEM = re.compile(r"( *)([*+-]|\d{1,9}\.)( +|$)")
_RULE = re.compile(r" {0,3}(?:(?:- {0,2}){3,}|(?:_ {0,2}){3,}|(?:\* {0,2}){3,}) *")
_BEGINS: Final = ("*", "+", "-", "1.")
"""Marks that begin a list in the middle of a paragraph: “… of\n14. April” does not."""
_YEAR: Final = 4
"""Figures before a full stop that are a year and number no item."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line for the parser, and the number of the line as typed, from 1."""

    text: str
    number: int


@dataclass(slots=True)
class _Lists:
    """The lists that are open: at which column the words of each begin."""

    columns: list[int] = field(default_factory=list)
    after: str = ""
    """What stood in the line before: "" nothing, ``item``, or ``words``."""


def arranged(lines: list[str], first: int) -> Iterator[Line]:
    """Lines with four blanks to a level of a list, and an empty one before each list.

    Args:
        lines: Lines of Markdown without tabs.
        first: Number of the first.
    """
    lists, depth = _Lists(), 0
    for number, line in enumerate(lines, start=first):
        quote = _QUOTE.match(line)
        prefix = quote[0] if quote and ">" in quote[0] else ""
        if prefix.count(">") != depth:
            lists, depth = _Lists(), prefix.count(">")
        body = line[len(prefix) :]
        item = None if _RULE.fullmatch(body) else _ITEM.match(body)
        if not body.strip():
            lists.after = ""
            yield Line(line, number)
        elif item and item[2][:-1].isdigit() and len(item[2]) > _YEAR:
            lists.after = "words"
            yield Line(f"{prefix}{item[1]}{item[2][:-1]}\\.{body[item.end(2) :]}", number)
        elif item and _is_item(item, body, lists):
            if lists.after == "words":
                yield Line(prefix.rstrip(), number)
            yield Line(f"{prefix}{_item(item, body, lists)}", number)
        else:
            yield Line(f"{prefix}{_words(body, lists)}", number)


def _is_item(item: re.Match[str], body: str, lists: _Lists) -> bool:
    """Whether a mark begins an item: not in text kept as typed, nor by chance in a sentence."""
    if lists.columns:
        return True
    if lists.after == "words" and (item.end() == len(body) or item[2] not in _BEGINS):
        return False
    return len(item[1]) < TAB


def _item(item: re.Match[str], body: str, lists: _Lists) -> str:
    column = len(item[1])
    while lists.columns and column < lists.columns[-1]:
        lists.columns.pop()
    level = len(lists.columns)
    words = body[item.end() :]
    gap = len(item[3]) if words and len(item[3]) <= TAB else 1
    lists.columns.append(column + len(item[2]) + gap)
    lists.after = "item"
    return f"{' ' * (TAB * level)}{item[2]} {words}"


def _words(body: str, lists: _Lists) -> str:
    words = body.lstrip(" ")
    column = len(body) - len(words)
    if not lists.after:
        while lists.columns and column < lists.columns[-1]:
            lists.columns.pop()
    lists.after = "words"
    # A line right under another goes on with its words, wherever it begins.
    if not lists.columns or column < lists.columns[-1]:
        return body
    return f"{' ' * (TAB * len(lists.columns) + column - lists.columns[-1])}{words}"
