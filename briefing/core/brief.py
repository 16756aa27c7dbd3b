"""A Brief is one value that every format renders: no fact is right in one and missing in another.

Text is a tuple of inlines: plain spans and source marks. A mark names sources by their key in
``Brief.sources``; the number a reader sees is the position there, starting at 1. Words and blocks
have modules of their own, and are used from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.core.brief_blocks import (
    Action,
    Actions,
    ActorReason,
    ActorReasons,
    AnyBlock,
    Bars,
    Bullets,
    Column,
    Event,
    Facts,
    HeatCell,
    HeatColumn,
    HeatTable,
    KeyJudgement,
    Matrix,
    Paragraph,
    Quotation,
    SourceList,
    Stage,
    Stages,
    Table,
    Timeline,
    Trace,
    TraceRow,
    WorldMap,
)
from briefing.core.brief_case import (
    AchRow,
    AchTable,
    Assessed,
    ClaimItem,
    ClaimsEvidence,
    EvidenceItem,
    WarningList,
)
from briefing.core.brief_notes import (
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
)
from briefing.core.brief_text import Block, Inline, Mark, Span, Style, Text, plain, spans
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp

__all__ = [
    "AchRow",
    "AchTable",
    "Action",
    "Actions",
    "ActorReason",
    "ActorReasons",
    "AnyBlock",
    "Assessed",
    "Bars",
    "Block",
    "Brand",
    "Brief",
    "BriefObject",
    "BriefSource",
    "Bullets",
    "ClaimItem",
    "ClaimsEvidence",
    "Column",
    "Event",
    "EvidenceItem",
    "Facts",
    "HeatCell",
    "HeatColumn",
    "HeatTable",
    "Inline",
    "KeyJudgement",
    "MadeFrom",
    "Mark",
    "Matrix",
    "Note",
    "NoteCode",
    "NoteHeading",
    "NoteList",
    "NoteNode",
    "NoteQuote",
    "NoteText",
    "Paragraph",
    "Part",
    "Question",
    "Quotation",
    "Section",
    "SourceList",
    "Span",
    "Stage",
    "Stages",
    "Style",
    "Table",
    "Text",
    "Timeline",
    "Trace",
    "TraceRow",
    "WarningList",
    "Withheld",
    "WorldMap",
    "plain",
    "spans",
]


@dataclass(frozen=True, slots=True)
class Question:
    """What a listener may ask, and the answer with its marks: for whoever presents."""

    ask: str
    answer: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A section: heading at the side (or above, when ``wide``), a small note under it, blocks.

    ``questions`` are what a listener is likely to ask when it is presented.
    """

    key: str
    title: str
    blocks: tuple[AnyBlock, ...]
    note: Text = ()
    wide: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part starts on a new page. Its title is a finding, not a topic.

    ``one_page`` parts must fit one A4 page; a second page is an error for the author.

    Attributes:
        statements: Keys of the statements on which its title and the line under it rest, those
            among them that stand no more: a title is printed though every block is left out.
        tlp: The highest level of those statements.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    one_page: bool = False
    statements: tuple[int, ...] = field(default=(), kw_only=True)
    tlp: Tlp = field(default=Tlp.CLEAR, kw_only=True)


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
class BriefObject:
    """A thing that a brief speaks of, for programs that read STIX or ATT&CK's layers.

    Attributes:
        id: Its STIX id, such as ``attack-pattern--…``.
        name: Display name.
        tlp: The highest level of what the brief says of it.
        attack_id: Its ATT&CK number ("T1566.001"), or "".
        sources: Keys of ``Brief.sources`` that speak of it.
        groups: Of a technique, how many groups of the catalogue use it; 0 where not counted.
    """

    id: str
    name: str
    tlp: Tlp
    attack_id: str = ""
    sources: tuple[str, ...] = ()
    groups: int = 0

    @property
    def type(self) -> str:
        """Its STIX type, such as ``intrusion-set``."""
        return self.id.partition("--")[0]


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
class Brand:
    """How a document looks like its sender's; TLP colours are never branded.

    Attributes:
        name: Who sends it.
        logo: PNG, JPEG or SVG as bytes; empty where there is none.
        primary: ``#rrggbb`` in place of the accent, contrast checked; "" keeps it.
        secondary: ``#rrggbb`` for what the accent's second shade does; "" keeps it.
        footer: A line at the foot of every page, or "".
    """

    name: str
    logo: bytes = b""
    primary: str = ""
    secondary: str = ""
    footer: str = ""


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
        client: For whom it was made, or "".
        audience: Whom it speaks to ("Executive"), or "".
        brand: How it looks like its sender's; None for the program's own look.
        cover: Whether a cover page comes first.
        objects: What it speaks of, each once; subjects first.
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
    client: str = ""
    audience: str = ""
    brand: Brand | None = None
    cover: bool = False
    objects: tuple[BriefObject, ...] = ()

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
