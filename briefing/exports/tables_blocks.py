"""Each kind of block as rows of plain cells: words, or a number, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from briefing.core.brief import (
    AchTable,
    Actions,
    ActorReasons,
    Assessed,
    Bars,
    Brief,
    ClaimsEvidence,
    Facts,
    HeatTable,
    KeyJudgement,
    Mark,
    Matrix,
    Stages,
    Table,
    Text,
    Timeline,
    Trace,
    WarningList,
    WorldMap,
    plain,
)
from briefing.core.wording import sentence_case
from briefing.exports.case_words import MARK_WORDS, NO_REPORTS, NOT_JUDGED
from briefing.exports.fonts import printable
from briefing.exports.marks import Numbers
from briefing.exports.phrases import imperative
from briefing.exports.rows import aligned, fitted
from briefing.exports.world_svg import country_name

Cell: TypeAlias = str | int | float
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Made:
    """A table without its place.

    Attributes:
        what: What it holds in a word or two, for where a section gives several tables.
        heads: Heads of the columns.
        rows: As many cells each.
        note: What stands under it.
        shaded: Neighbouring columns whose numbers are shaded together, by their places.
    """

    what: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    shaded: tuple[int, ...] = ()


class Cells:
    """Turns the words and marks of one brief into cells."""

    def __init__(self, brief: Brief) -> None:
        """Know the numbers of the brief's sources."""
        self._numbers = Numbers(brief)

    def words(self, text: Text | str) -> str:
        """Words on one line, without marks."""
        return " ".join(printable(text if isinstance(text, str) else plain(text)).split())

    def marks(self, *texts: Text) -> str:
        """Numbers of the sources marked: ``2, 6``."""
        keys = [key for text in texts for it in text if isinstance(it, Mark) for key in it.sources]
        return self.numbers(keys)

    def numbers(self, keys: Iterable[str]) -> str:
        """Numbers of sources, each once."""
        return ", ".join(map(str, self._numbers.of(tuple(dict.fromkeys(keys)))))

    def made(
        self,
        what: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        note: Text = (),
        shaded: Sequence[int] = (),
    ) -> Made:
        """A table of cells; the last column, ``Sources``, goes where no row has any."""
        held = [[self._cell(cell) for cell in row] for row in rows]
        heads = [self.words(head) for head in heads]
        if heads[-1] == SOURCES and not any(row[-1] for row in held):
            heads, held = heads[:-1], [row[:-1] for row in held]
        marked = self.marks(note)
        under = f"{self.words(note)} [{marked}]" if marked else self.words(note)
        return Made(what, tuple(heads), tuple(map(tuple, held)), under.strip(), tuple(shaded))

    def _cell(self, cell: Cell) -> Cell:
        return self.words(cell) if isinstance(cell, str) else cell


SOURCES = "Sources"
"""Head of the column of source numbers."""


def judgements(blocks: Sequence[KeyJudgement], cells: Cells) -> Made:
    """Judgements; likelihood and confidence have columns of their own."""
    heads = ("Number", "Judgement", "Likelihood", "From per cent", "To per cent", "Confidence")
    rows = [
        (
            number,
            cells.words(it.text),
            it.likelihood.term,
            it.likelihood.low,
            it.likelihood.high,
            it.confidence.word,
            cells.marks(it.text),
        )
        for number, it in enumerate(blocks, start=1)
    ]
    return cells.made("judgements", (*heads, SOURCES), rows)


def _facts(block: Facts, cells: Cells) -> list[Made]:
    rows = [(label, cells.words(text), cells.marks(text)) for label, text in block.rows]
    return [cells.made("facts", ("What", "Is", SOURCES), rows)]


def _table(block: Table, cells: Cells) -> list[Made]:
    rows = []
    for row in block.rows:
        fitting = fitted(row, len(block.columns))
        values = [
            number(cells.words(text)) if column.numeric else cells.words(text)
            for column, text in zip(block.columns, fitting, strict=True)
        ]
        rows.append((*values, cells.marks(*fitting)))
    heads = [column.title for column in block.columns]
    return [cells.made("table", (*heads, SOURCES), rows, block.note)]


def _bars(block: Bars, cells: Cells) -> list[Made]:
    return [cells.made("bars", ("What", sentence_case(block.unit)), block.rows, block.note)]


def _timeline(block: Timeline, cells: Cells) -> list[Made]:
    rows = [(it.date, cells.words(it.text), cells.marks(it.text)) for it in block.events]
    return [cells.made("events", ("Date", "Event", SOURCES), rows)]


def _stages(block: Stages, cells: Cells) -> list[Made]:
    heads = ("Number", "Stage", "Techniques", "What is done", SOURCES)
    rows = [
        (it.number, it.name, it.techniques, cells.words(it.text), cells.marks(it.text))
        for it in block.stages
    ]
    return [cells.made("stages", heads, rows)]


def _heat(block: HeatTable, cells: Cells) -> list[Made]:
    heads = ("Stage", "Name of stage", "Technique", "ATT&CK", "Groups", "Of groups")
    rows = [
        (column.number, column.name, cell.name, cell.attack_id, cell.groups, block.groups_total)
        for column in block.columns
        for cell in column.cells
    ]
    made = cells.made("techniques", heads, rows, block.note, shaded=(4,))
    left = [
        f"Stage {column.number} has {column.total:,}, of which {len(column.cells):,} are listed."
        for column in block.columns
        if column.total > len(column.cells)
    ]
    note = " ".join(filter(None, (made.note, *left)))
    return [Made(made.what, made.heads, made.rows, note, made.shaded)]


def _actions(block: Actions, cells: Cells) -> list[Made]:
    heads = ("Do", "Why", "Mitigations", "Techniques", "Breaks stage", "Who", "Cost", SOURCES)
    rows = [
        (
            imperative(it.do, it.why),
            cells.words(it.why),
            ", ".join(it.mitigations),
            ", ".join(it.techniques),
            it.stage,
            it.who,
            it.cost,
            cells.marks(it.why),
        )
        for it in block.actions
    ]
    return [cells.made("actions", heads, rows)]


def _map(block: WorldMap, cells: Cells) -> list[Made]:
    rows = sorted(
        ((code.upper(), country_name(code), count) for code, count in block.countries if count > 0),
        key=lambda row: (-row[2], row[1]),
    )
    heads = ("Country code", "Country", sentence_case(block.unit))
    return [cells.made("countries", heads, rows, block.note, shaded=(2,))]


def _trace(block: Trace, cells: Cells) -> list[Made]:
    heads = ("Block", "Says", "Origins", "Names of origins", "Statements", SOURCES)
    rows = [
        (it.block, it.says, it.origins, it.origin_names, it.statements, cells.numbers(it.sources))
        for it in block.rows
    ]
    return [cells.made("trace", heads, rows, block.note)]


def _actor_reasons(block: ActorReasons, cells: Cells) -> list[Made]:
    heads = ("Place", "Actor", "Origin", "Why it is in", *block.signs, "Points", SOURCES)
    rows = [
        (
            place,
            it.name,
            it.origin,
            cells.words(it.why),
            *("yes" if sign else "no" for sign in aligned(it.signs, len(block.signs), False)),
            it.points,
            cells.marks(it.why),
        )
        for place, it in enumerate(block.rows, start=1)
    ]
    return [cells.made("actors", heads, rows, block.note)]


def _matrix(block: Matrix, cells: Cells) -> list[Made]:
    columns = len(block.columns)
    rows = [
        (
            label,
            *(count if count > 0 else NO_REPORTS for count in aligned(counts, columns, 0)),
            total,
        )
        for (label, counts), total in zip(block.rows, block.totals, strict=True)
    ]
    heads = (block.head, *block.columns, f"All {block.unit}")
    shaded = range(1, columns + 1)
    return [cells.made(block.unit, heads, rows, block.note, shaded=shaded)]


def _claims_evidence(block: ClaimsEvidence, cells: Cells) -> list[Made]:
    claim_heads = ("Claim", "By", "Date", "Says", "Status", "Reliability", "Credibility", "More")
    claims = [
        (
            it.label,
            it.by,
            it.date,
            cells.words(it.text),
            it.status,
            it.grade.reliability,
            it.grade.credibility or "not judged",
            "; ".join(f"{label}: {value}" for label, value in it.facts),
            cells.marks(it.text),
        )
        for it in block.claims
    ]
    evidence_heads = ("Evidence", "Is", "Kind", "Relevance", "Origin", "Reliability")
    evidence = [
        (
            it.label,
            cells.words(it.text),
            it.kind,
            it.relevance,
            it.origin,
            it.grade.reliability,
            it.grade.credibility or "not judged",
            ", ".join(it.bears_on),
            cells.marks(it.text),
        )
        for it in block.evidence
    ]
    heads = (*evidence_heads, "Credibility", "Bears on", SOURCES)
    return [
        cells.made("claims", (*claim_heads, SOURCES), claims, block.note),
        cells.made("evidence", heads, evidence),
    ]


def _ach(block: AchTable, cells: Cells) -> list[Made]:
    columns = len(block.hypotheses)
    heads = ("Evidence", "In short", *(f"{label} {name}" for label, name in block.hypotheses))
    blank = ("",)
    rows: list[tuple[Cell, ...]] = [
        (
            it.label,
            it.short,
            *(mark or NOT_JUDGED for mark in aligned(it.marks, columns, "")),
            it.tells_apart,
        )
        for it in block.rows
    ]
    rows.append(("", "Inconsistencies, count", *aligned(block.count, columns, 0), *blank))
    rows.append(("", "weighted by source", *aligned(block.weighted, columns, 0.0), *blank))
    leads = ("leads" if one else "" for one in aligned(block.leads, columns, False))
    rows.append(("", "least refuted", *leads, *blank))
    made = cells.made("matrix", (*heads, "Tells apart"), rows, block.sentence)
    letters = "; ".join(f"{mark} {words}" for mark, words in MARK_WORDS.items())
    note = " ".join(filter(None, (made.note, f"{letters}.")))
    return [Made(made.what, made.heads, made.rows, note)]


def _assessed(block: Assessed, cells: Cells) -> list[Made]:
    rows: list[tuple[Cell, ...]] = [
        ("Judgement", cells.words(block.text), cells.marks(block.text)),
        ("Likelihood", f"{block.likelihood.term}, {block.likelihood.range}", ""),
        ("Confidence", block.confidence.word, ""),
        *((label, cells.words(text), cells.marks(text)) for label, text in block.facts),
        ("Recorded by", block.by, ""),
        ("Recorded on", block.date, ""),
    ]
    return [cells.made("assessment", ("What", "Is", SOURCES), rows)]


def _warnings(block: WarningList, cells: Cells) -> list[Made]:
    return [cells.made("warnings", ("Warning", "Rows"), block.rows, block.note)]


def number(words: str) -> Cell:
    """A number where the words are one, else the words."""
    if not _NUMBER.fullmatch(words):
        return words
    bare = words.replace(",", "")
    return float(bare) if "." in bare else int(bare)


WRITERS: Mapping[type[Any], Callable[[Any, Cells], list[Made]]] = {
    AchTable: _ach,
    Actions: _actions,
    ActorReasons: _actor_reasons,
    Assessed: _assessed,
    Bars: _bars,
    ClaimsEvidence: _claims_evidence,
    Facts: _facts,
    HeatTable: _heat,
    Matrix: _matrix,
    Stages: _stages,
    Table: _table,
    Timeline: _timeline,
    Trace: _trace,
    WarningList: _warnings,
    WorldMap: _map,
}
"""Kinds of block that give tables. Judgements are gathered first (``judgements``)."""
