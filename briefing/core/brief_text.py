"""The words of a briefing: runs of text, marks that name sources; and what all blocks share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from briefing.core.tlp import Tlp


class Style(Enum):
    """How a span is set."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; ``href`` (https or mailto only) makes it a link."""

    text: str
    style: Style = Style.PLAIN
    href: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Source marks, printed as ``[3][4]`` and linked to the list: keys of ``Brief.sources``."""

    sources: tuple[str, ...]


Inline: TypeAlias = Span | Mark
Text: TypeAlias = tuple[Inline, ...]


def plain(text: Text) -> str:
    """The words of a text without its marks."""
    return "".join(inline.text for inline in text if isinstance(inline, Span))


def spans(*pieces: str | Inline) -> Text:
    """Build a text from strings, spans and marks: ``spans("Since 2013.", Mark(("doc",)))``."""
    return tuple(Span(piece) if isinstance(piece, str) else piece for piece in pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What every block carries.

    Attributes:
        statements: Keys of the statements the block rests on; empty where it asserts nothing.
        tlp: The highest level of those statements.
    """

    statements: tuple[int, ...] = ()
    tlp: Tlp = Tlp.CLEAR
