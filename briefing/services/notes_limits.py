"""What a note may be before anything parses it: size, characters, nesting, signs of Markdown.

The parser (python-markdown 3.11) recurses with every level and, for every sign that opens
something, may read the rest of the paragraph. Both are bounded here, by counting, so that no text
of any kind makes it recurse deeply or read long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from briefing.core.errors import BriefingError
from briefing.services.notes_lists import TAB, Line, arranged

LONGEST: Final = 20_000
"""Characters of a note, tabs counted as the blanks they stand for."""
MOST_LINES: Final = 2_000
"""Lines of a note: with every line that ends a block the parser copies the rest."""
DEEPEST: Final = 20
"""Levels of a note's tree, the words themselves counted as one."""
LONGEST_RUN: Final = 20
"""The same sign of Markdown in a row, where it is not a line across the page."""
MOST_WORK: Final = 2_000_000
"""Characters that the parser may read again: of each paragraph, its size for every sign that opens
something."""
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_MARKERS = re.compile(r"(?P<level> *(?:>|(?:[*+-]|\d+\.)(?= |$)))*+")
_MARKER = re.compile(r"( *)(?:>|[*+-]|\d+\.)")
_RUN = re.compile(rf"([\[\]()<>*_`#!&])\1{{{LONGEST_RUN},}}")
_RULE = re.compile(r"[ >]*(?:(?:- {0,2}){3,}|(?:_ {0,2}){3,}|(?:\* {0,2}){3,}|=+) *")
_OPENERS = re.compile(r"[\[<&]|`+|\*+|_+|\\")
_EMPTY = re.compile(r"(?: {0,3}>)* *")
_LINE_ENDS = re.compile("\r\n|[\r\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_NOT_PRINTED: Final = (
    ("half a character", "[\ud800-\udfff]", "it cannot be printed"),
    ("a control character", "[\x00-\x08\x0b-\x1f\x7f-\x9f]", "it cannot be printed"),
    (
        "a sign that turns the direction of reading",
        "[\u202a-\u202e\u2066-\u2069]",
        "with it, words are read in another order than they stand in",
    ),
    (
        "a sign that nobody sees",
        "[\ufff9-\ufffb\U000e0000-\U000e007f]",
        "it can hold words that nobody reads",
    ),
)
"""Characters that no note may hold: what they are, which, and why. Marks of right-to-left script
that change the order of nothing but themselves (U+200E, U+200F, U+061C) are none of them."""
_REFUSED = re.compile("|".join(f"({which})" for _, which, _ in _NOT_PRINTED))


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of a note of one kind.

    Attributes:
        text: The lines as typed, without those of a fence.
        line: Number of the first line, from 1.
        markdown: The lines for the parser; None where they stood between fences, so that nothing
            in them is Markdown.
    """

    text: str
    line: int
    markdown: str | None


def passages(text: str) -> tuple[Passage, ...]:
    """A note in passages of Markdown and of text kept as typed, once it is within all limits.

    Fences (three or more backquotes or tildes) are found at the beginning of a line, outside lists
    and quotations; one that is not closed reaches to the end.

    Raises:
        BriefingError: saying which limit is passed, and in which line.
    """
    _check_size(text)
    plain = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    plain = _LINE_ENDS.sub("\n", plain)
    _check_characters(plain)
    plain = plain.expandtabs(TAB)
    _check_size(plain)
    found = tuple(_divided(plain.split("\n")))
    _check_work(found)
    return found


def too_deep(line: int = 0) -> BriefingError:
    """A note is nested too deeply, in a line or (0) somewhere."""
    where = f"Line {line} of the note" if line else "The note"
    return BriefingError(
        f"{where} is nested more than {DEEPEST} levels deep.",
        remedy="Take lists and quotations out of one another.",
    )


def work(paragraph: str) -> int:
    """Characters that the parser may read again for one paragraph."""
    return len(_OPENERS.findall(paragraph)) * len(paragraph)


def _check_size(text: str) -> None:
    if len(text) > LONGEST:
        raise BriefingError(
            f"The note is {len(text):,} characters long; {LONGEST:,} are the most.",
            remedy="Shorten it, or hand the rest on as a document of its own.",
        )
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        raise BriefingError(
            f"The note has {lines:,} lines; {MOST_LINES:,} are the most.",
            remedy="Shorten it, or hand the rest on as a document of its own.",
        )


def _check_characters(text: str) -> None:
    found = _REFUSED.search(text)
    if found is None:
        return
    kind, _, why = _NOT_PRINTED[(found.lastindex or 1) - 1]
    line = text.count("\n", 0, found.start()) + 1
    place = found.start() - text.rfind("\n", 0, found.start())
    raise BriefingError(
        f"Line {line} of the note holds {kind} (U+{ord(found[0]):04X}) at character {place}.",
        remedy=f"Delete it: {why}.",
    )


def _divided(lines: list[str]) -> Iterator[Passage]:
    start = 0
    while start < len(lines):
        fence = next((at for at in range(start, len(lines)) if _FENCE.match(lines[at])), None)
        before = lines[start:fence]
        if before:
            yield Passage("\n".join(before), start + 1, _checked(arranged(before, start + 1)))
        if fence is None:
            return
        end = _closing(lines, fence)
        yield Passage("\n".join(lines[fence + 1 : end]), fence + 2, markdown=None)
        start = end + 1


def _closing(lines: list[str], fence: int) -> int:
    """Index of the line that closes a fence, or that behind the last."""
    opened = _FENCE.match(lines[fence])
    mark = opened[1] if opened else ""
    for at in range(fence + 1, len(lines)):
        closing = lines[at].strip()
        if len(closing) >= len(mark) and not closing.strip(mark[:1]):
            return at
    return len(lines)


def _checked(lines: Iterable[Line]) -> str:
    """Lines for the parser, once each is within its limits."""
    kept: list[str] = []
    for line in lines:
        _check_line(line)
        kept.append(line.text)
    return "\n".join(kept)


def _check_line(line: Line) -> None:
    if _RULE.fullmatch(line.text):
        # A line across the page: it nests nothing and opens nothing.
        return
    if _levels(line.text) > DEEPEST:
        raise too_deep(line.number)
    run = _RUN.search(line.text)
    if run:
        raise BriefingError(
            f"Line {line.number} of the note holds “{run[1]}” {len(run[0])} times in a row;"
            f" {LONGEST_RUN} are the most.",
            remedy="Put such text between two lines of three backquotes: it is kept as typed.",
        )


def _check_work(found: Iterable[Passage]) -> None:
    """Bound what the parser reads of all paragraphs together; named is the one that costs most."""
    costs = [
        (work(paragraph), -line)
        for passage in found
        if passage.markdown is not None
        for line, paragraph in _paragraphs(passage)
    ]
    if sum(cost for cost, _ in costs) > MOST_WORK:
        _, line = max(costs)
        raise BriefingError(
            f"The paragraph at line {-line} of the note has too many brackets, stars and other"
            " signs of Markdown for its length.",
            remedy="Divide it by empty lines.",
        )


def _paragraphs(passage: Passage) -> Iterator[tuple[int, str]]:
    """What stands between empty lines, each with the number of its first line."""
    begins, kept = passage.line, ""
    for number, line in enumerate((*passage.text.split("\n"), ""), start=passage.line):
        if not _EMPTY.fullmatch(line):
            begins = begins if kept else number
            kept += f"{line}\n"
        elif kept:
            yield begins, kept
            kept = ""


def _levels(line: str) -> int:
    """Levels that a line stands at: its marks of lists and quotations, its blanks, its words."""
    before = _MARKERS.match(line)
    marked = _MARKER.findall(before[0]) if before else []
    return len(marked) + sum(len(blanks) // TAB for blanks in marked) + 1
