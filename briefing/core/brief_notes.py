"""An author's note as a tree that every format prints as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from briefing.core.brief_text import Block, Text


@dataclass(frozen=True, slots=True)
class NoteText:
    """A paragraph of a note."""

    text: Text


@dataclass(frozen=True, slots=True)
class NoteHeading:
    """A heading of a note; ``level`` 1 to 3 below the section's own."""

    text: Text
    level: int


@dataclass(frozen=True, slots=True)
class NoteCode:
    """A run of text kept as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class NoteQuote:
    """Quoted nodes."""

    nodes: tuple[NoteNode, ...]


@dataclass(frozen=True, slots=True)
class NoteList:
    """A list; each item is made of nodes."""

    items: tuple[tuple[NoteNode, ...], ...]
    ordered: bool = False


NoteNode: TypeAlias = "NoteText | NoteHeading | NoteCode | NoteQuote | NoteList"


@dataclass(frozen=True, slots=True)
class Note(Block):
    """What the author adds to a section, as a tree of at most 20 levels; it asserts on its own."""

    nodes: tuple[NoteNode, ...]
