"""The blocks of which a briefing is made: each a kind of thing said, with what it rests on.

Every format renders every block, so a fact is never right in one and missing in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from briefing.core.brief_case import AchTable, Assessed, ClaimsEvidence, WarningList
from briefing.core.brief_notes import Note
from briefing.core.brief_text import Block, Text
from briefing.core.estimates import Confidence, Likelihood


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """Prose. ``edge`` colours a line at its left: "" none, "said" ink, "dissent" ochre."""

    text: Text
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Bullets(Block):
    """Things of a kind, one under the other."""

    items: tuple[Text, ...]


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
    """One thing to do: imperative, reason, the mitigations and techniques behind it, its stage.

    ``cost`` (low, medium, high) and ``who`` does it are "" where they are not known.
    """

    do: str
    why: Text
    mitigations: tuple[str, ...]
    techniques: tuple[str, ...]
    stage: str
    cost: str = ""
    who: str = ""


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
    """Countries (ISO 3166-1 alpha-2) named as targets, with a number for each.

    ``unit`` says what the number counts, in the plural ("sources", "actors").
    """

    countries: tuple[tuple[str, int], ...]
    alt: str
    note: Text = ()
    unit: str = "sources"


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


@dataclass(frozen=True, slots=True)
class ActorReason:
    """One actor and why it is in a client's briefing.

    Attributes:
        name: Its name.
        origin: Where it is said to come from, or "".
        why: The reason in a sentence, with marks.
        signs: Which of ``ActorReasons.signs`` apply, in their order.
        points: As the formula gives them.
    """

    name: str
    origin: str
    why: Text
    signs: tuple[bool, ...]
    points: float


@dataclass(frozen=True, slots=True)
class ActorReasons(Block):
    """Actors in their order, each with its reason. ``signs`` are the heads of the squares."""

    signs: tuple[str, ...]
    rows: tuple[ActorReason, ...]
    note: Text = ()


@dataclass(frozen=True, slots=True)
class Matrix(Block):
    """Counts by row and column, shaded; 0 is "no reports", never "none".

    Attributes:
        head: What the rows are ("Sector").
        columns: Heads of the columns.
        rows: Label and one count a column.
        totals: What stands at the right of each row; an actor may count in several columns.
        own: Labels of rows that stand out (the client's sectors).
        unit: What is counted ("actors").
    """

    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    totals: tuple[int, ...]
    unit: str
    own: tuple[str, ...] = ()
    note: Text = ()


AnyBlock: TypeAlias = (
    Paragraph
    | Bullets
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
    | ActorReasons
    | Matrix
    | ClaimsEvidence
    | AchTable
    | Assessed
    | WarningList
    | Note
)
