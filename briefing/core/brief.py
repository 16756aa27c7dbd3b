"""A Brief is one value that every format renders: no fact is right in one and missing in another.

Text is a tuple of inlines: plain spans and source marks. A mark names sources by their key in
``Brief.sources``; the number a reader sees is the position there, starting at 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What every block carries.

    Attributes:
        statements: Keys of the statements the block rests on; empty where it asserts nothing.
        tlp: The highest level of those statements.
    """

    statements: tuple[int, ...] = ()
    tlp: Tlp = Tlp.CLEAR


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """Prose. ``edge`` colours a line at its left: "" none, "said" ink, "dissent" ochre."""

    text: Text
    edge: str = ""


@dataclass(frozen=True, slots=True)
class KeyJudgement(Block):
    """One judgement; likelihood and confidence are separate lines and never one sentence."""

    text: Text
    likelihood: Likelihood
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Facts(Block):
    """Label and value rows ("Sponsor", "Russia's FSB, says …")."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: ``numeric`` sets tabular figures and aligns right; ``width`` is a weight."""

    title: str
    width: float = 1.0
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A data table; the first column is the row key. ``note`` stands under it in small type."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: Text = ()


@dataclass(frozen=True, slots=True)
class Bars(Block):
    """Horizontal bars. A row is a label and a value; ``unit`` is their noun ("statements")."""

    rows: tuple[tuple[str, int], ...]
    unit: str
    note: Text = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One dated row of a timeline. ``date`` is ISO 8601, to the year, the month or the day."""

    date: str
    text: Text


@dataclass(frozen=True, slots=True)
class Timeline(Block):
    """Dated events, oldest first."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four stages: its number (1 to 4), name, technique count and a sentence or two."""

    number: int
    name: str
    techniques: int
    text: Text


@dataclass(frozen=True, slots=True)
class Stages(Block):
    """The four stages side by side."""

    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A technique in the heat table; ``groups`` is how many groups of the catalogue use it."""

    name: str
    attack_id: str
    groups: int


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """One stage: its cells as shown, most widely shared first; ``total`` counts all it has."""

    number: int
    name: str
    total: int
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatTable(Block):
    """Techniques by stage. ``groups_total`` is the denominator, ``bounds`` the classes.

    ``bounds`` holds the lower bound of each of the five steps of the ramp, ascending.
    """

    columns: tuple[HeatColumn, ...]
    groups_total: int
    bounds: tuple[int, int, int, int, int]
    note: Text = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: imperative, reason, the mitigations and techniques behind it, its stage."""

    do: str
    why: Text
    mitigations: tuple[str, ...]
    techniques: tuple[str, ...]
    stage: str


@dataclass(frozen=True, slots=True)
class Actions(Block):
    """A list of actions with check boxes."""

    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Quotation(Block):
    """Somebody else's words, with who said them."""

    text: Text
    by: str


@dataclass(frozen=True, slots=True)
class WorldMap(Block):
    """Countries (ISO 3166-1 alpha-2) named as targets, with the number of statements for each."""

    countries: tuple[tuple[str, int], ...]
    alt: str
    note: Text = ()


@dataclass(frozen=True, slots=True)
class SourceList(Block):
    """Where the sources are printed: ``short`` names in a line, or the full appendix table."""

    short: bool
    note: Text = ()


@dataclass(frozen=True, slots=True)
class TraceRow:
    """Which words rest on what: block, what it says, its sources and its independent origins."""

    block: str
    says: str
    sources: tuple[str, ...]
    origins: int
    origin_names: str
    statements: int


@dataclass(frozen=True, slots=True)
class Trace(Block):
    """The evidence trace of the appendix. One origin is a warning, not a fault."""

    rows: tuple[TraceRow, ...]
    note: Text = ()


AnyBlock: TypeAlias = (
    Paragraph
    | KeyJudgement
    | Facts
    | Table
    | Bars
    | Timeline
    | Stages
    | HeatTable
    | Actions
    | Quotation
    | WorldMap
    | SourceList
    | Trace
)


@dataclass(frozen=True, slots=True)
class Section:
    """A section: heading at the side (or above, when ``wide``), a small note under it, blocks."""

    key: str
    title: str
    blocks: tuple[AnyBlock, ...]
    note: Text = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part starts on a new page. Its title is a finding, not a topic.

    ``one_page`` parts must fit one A4 page; a second page is an error for the author.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    one_page: bool = False


@dataclass(frozen=True, slots=True)
class BriefSource:
    """A source as the appendix lists it.

    Attributes:
        key: Stable document or source id; what marks refer to.
        title: Title of the document.
        publisher: Who published it.
        url: https address, or "".
        published: ISO 8601 date to the year, month or day, or "".
        grade: Admiralty grade.
        rests_on: One line in ochre ("Cites 3 in 51 objects: not independent"), or "".
        short: Name for the one-line list of the one-page version.
    """

    key: str
    title: str
    publisher: str
    url: str
    published: str
    grade: Grade
    rests_on: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """A snapshot the brief was made from."""

    snapshot: int
    title: str
    version: str
    notice: str
    records: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """What the audience's ceiling kept out; for the author only, never inside a file."""

    statement: int
    tlp: Tlp
    reason: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One briefing, complete.

    Attributes:
        kind: Recipe name such as ``actor``.
        kind_title: As printed top left ("Actor briefing").
        subject: Whom or what it is about ("Gamaredon Group").
        title: Title of the document.
        parts: What is printed, in order.
        sources: In the order of their numbers.
        made_from: The snapshots behind it.
        data_as_of: ISO 8601 date of the newest snapshot.
        ceiling: The audience's ceiling asked for.
        tlp: The document's own marking: the highest of what it holds.
        author: As set by the person; may be "".
        withheld: For the exporter's summary only.
        language: BCP 47.
    """

    kind: str
    kind_title: str
    subject: str
    title: str
    parts: tuple[Part, ...]
    sources: tuple[BriefSource, ...]
    made_from: tuple[MadeFrom, ...]
    data_as_of: str
    ceiling: Tlp
    tlp: Tlp
    author: str = ""
    withheld: tuple[Withheld, ...] = ()
    language: str = "en-GB"

    def number(self, key: str) -> int:
        """The number printed for a source, from 1.

        Raises:
            KeyError: when no source has that key.
        """
        for index, source in enumerate(self.sources, start=1):
            if source.key == key:
                return index
        raise KeyError(key)

    def blocks(self) -> Iterator[AnyBlock]:
        """Every block in print order."""
        for part in self.parts:
            for section in part.sections:
                yield from section.blocks

    def statements(self) -> tuple[int, ...]:
        """Keys of every statement the brief rests on, ascending, each once."""
        return tuple(sorted({key for block in self.blocks() for key in block.statements}))


def plain(text: Text) -> str:
    """The words of a text without its marks."""
    return "".join(inline.text for inline in text if isinstance(inline, Span))


def spans(*pieces: str | Inline) -> Text:
    """Build a text from strings, spans and marks: ``spans("Since 2013.", Mark(("doc",)))``."""
    return tuple(Span(piece) if isinstance(piece, str) else piece for piece in pieces)
