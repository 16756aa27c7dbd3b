"""An author's note: Markdown in, a tree of nodes out that every format prints as data.

What Markdown here has: paragraphs, headings, lists, quotations, text kept as typed, strong and
emphasised words, links (https and mailto only). What it has not — HTML, pictures, other links —
becomes plain text, and the author is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from briefing.core.brief_notes import NoteNode
from briefing.services.notes_limits import Passage, passages
from briefing.services.notes_parser import NoteParser, Refusal
from briefing.services.notes_tree import kept_as_typed, nodes_of

MOST_FINDINGS: Final = 50
"""Findings that are listed; the rest is counted."""

_APART = re.compile(r"[ >]*\[[^\[\]]+\]: *\S")
_TABLE = re.compile(r"[ >]*+\|?(?: *:?-{2,}:? *\|)+(?: *:?-{2,}:? *)?")


_WRITE_LINK: Final = (
    "An address apart from its words is printed as plain text; write [words](https://example.org)."
)
_NO_TABLE: Final = (
    "A note holds no tables; write a list, or put it between two lines of three backquotes."
)


@dataclass(frozen=True, slots=True)
class NoteFinding:
    """Something in a note that is not printed as it was meant: a sentence, and the line, from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note as a tree, and what the author should know of it, in the order of its lines."""

    nodes: tuple[NoteNode, ...]
    findings: tuple[NoteFinding, ...]


def read_note(text: str) -> ReadNote:
    """Read a note.

    Args:
        text: Markdown, as typed.

    Raises:
        BriefingError: when it is too large, too deeply nested, has too many signs in a row or too
            many in a paragraph, or holds a control character; the sentence names the line.
    """
    nodes: list[NoteNode] = []
    findings: list[NoteFinding] = []
    for passage in passages(text):
        if passage.markdown is None:
            nodes += kept_as_typed(passage.text)
            continue
        parser = NoteParser()
        nodes += nodes_of(parser.parse(passage.markdown))
        findings += _found(passage, parser.refused)
    findings.sort(key=lambda finding: (finding.line, finding.text))
    return ReadNote(tuple(nodes), tuple(_listed(findings)))


def _found(passage: Passage, refused: list[Refusal]) -> Iterator[NoteFinding]:
    """What became of a passage, each with its line."""
    behind: dict[str, int] = {}
    for refusal in refused:
        at = passage.text.find(refusal.typed, behind.get(refusal.typed, 0))
        behind[refusal.typed] = at + 1
        yield NoteFinding(refusal.reason, passage.line + passage.text.count("\n", 0, max(at, 0)))
    for number, line in enumerate(passage.text.split("\n"), start=passage.line):
        if _APART.match(line):
            yield NoteFinding(_WRITE_LINK, number)
        elif _TABLE.fullmatch(line):
            yield NoteFinding(_NO_TABLE, number)


def _listed(findings: list[NoteFinding]) -> Iterator[NoteFinding]:
    yield from findings[:MOST_FINDINGS]
    rest = findings[MOST_FINDINGS:]
    if rest:
        yield NoteFinding(f"And {len(rest):,} more of the kind.", rest[0].line)
