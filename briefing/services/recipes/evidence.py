"""Sources and evidence trace: which words rest on which source, and on how many origins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from briefing.core.actor import Basis
from briefing.core.brief import (
    Actions,
    AnyBlock,
    Bars,
    Bullets,
    Facts,
    HeatTable,
    KeyJudgement,
    MadeFrom,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Stages,
    Table,
    Text,
    Timeline,
    Trace,
    TraceRow,
    WorldMap,
    plain,
    spans,
)
from briefing.core.wording import counted, listed
from briefing.services.recipes.marks import Marks, marks_in
from briefing.services.recipes.origins import origins
from briefing.store.snapshots import SnapshotInfo

_NAMED_ORIGINS = 1
_WORDS = 38


def source_list() -> Section:
    """The full list of sources."""
    dash = "\N{EN DASH}"
    note = f"Grade: reliability A{dash}F and credibility 1{dash}6, two scales, never averaged."
    return Section("source-list", "Sources", (SourceList(short=False),), spans(note), wide=True)


def trace(
    parts: Sequence[Part],
    behind: Mapping[int, tuple[str, ...]],
    marks: Marks,
    titles: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    instead: Mapping[str, Mapping[int, tuple[str, ...]]] = MappingProxyType({}),
) -> Section:
    """The evidence trace of everything asserted in these parts.

    Args:
        parts: What was composed.
        behind: Statement key to the keys of the sources it rests on.
        marks: Where the sources are; what the trace alone names is cited here.
        titles: Key of a section to its short name and to what it says in a few words; without
            words the block's own are taken.
        instead: Key of a section to what its statements rest on there: a sum over hundreds names
            the data sets in which they stand, and not every document behind them. A judgement
            names its documents all the same.
    """
    rows = tuple(_rows(parts, behind, marks, titles, instead))
    note = spans(
        "A catalogue counts as one origin although it repeats others, so origins are an upper"
        " limit. The keys of all statements, and the hashes of what they were taken from, are"
        " in the manifest brief.json, which goes with the file."
    )
    head = (
        "Origins are sources that do not rest on one another. One origin is a warning, not a fault."
    )
    return Section("trace", "Evidence trace", (Trace(rows, note),), spans(head), wide=True)


def made_from(snapshots: Iterable[SnapshotInfo], used: Iterable[str]) -> tuple[MadeFrom, ...]:
    """The snapshots whose sources were used, with the words that must go with them."""
    wanted = set(used)
    return tuple(
        MadeFrom(
            snapshot=snapshot.id,
            title=snapshot.title,
            version=f"file {snapshot.version}"
            if snapshot.kind == "catalogue"
            else snapshot.version,
            notice=snapshot.notice,
            records=snapshot.records,
            sha256=snapshot.sha256,
        )
        for snapshot in snapshots
        if snapshot.source in wanted
    )


def _rows(
    parts: Sequence[Part],
    behind: Mapping[int, tuple[str, ...]],
    marks: Marks,
    titles: Mapping[str, tuple[str, str]],
    instead: Mapping[str, Mapping[int, tuple[str, ...]]],
) -> Iterator[TraceRow]:
    for section in (section for part in parts for section in part.sections):
        here = instead.get(section.key, behind)
        asserting = [block for block in section.blocks if block.statements]
        judged = [block for block in asserting if isinstance(block, KeyJudgement)]
        for number, block in enumerate(judged, start=1):
            yield _row(f"Judgement {number}", _says(block), [block], behind, marks)
        rest = [block for block in asserting if block not in judged]
        if rest:
            name, words = titles.get(section.key, (section.title, ""))
            yield _row(name, words or _says(rest[0]), rest, here, marks)


def _row(
    name: str,
    words: str,
    blocks: Sequence[AnyBlock],
    behind: Mapping[int, tuple[str, ...]],
    marks: Marks,
) -> TraceRow:
    statements = {key for block in blocks for key in block.statements}
    keys = dict.fromkeys(marks_in(tuple(blocks)))
    keys.update(dict.fromkeys(key for said in statements for key in behind.get(said, ())))
    mark = marks.mark(Basis(tuple(keys), ()))
    shown = mark[0].sources if mark else ()
    found = origins(entry for entry in marks.cited if entry.key in shown)
    return TraceRow(
        block=name,
        says=words,
        sources=shown,
        origins=len(found),
        origin_names=", ".join(found) if len(found) <= _NAMED_ORIGINS else "",
        statements=len(statements),
    )


def _says(block: AnyBlock) -> str:
    """What a block says, in a few words."""
    match block:
        case KeyJudgement() | Paragraph() | Quotation() | Bullets():
            return _cut(plain(_prose(block)))
        case Facts():
            return _cut(listed(label[:1].lower() + label[1:] for label, _ in block.rows))
        case Timeline():
            return counted(len(block.events), "dated event")
        case Stages():
            return f"{counted(len(block.stages), 'stage')} and what is done in each"
        case HeatTable():
            total = sum(column.total for column in block.columns)
            return f"{counted(total, 'technique')} by stage"
        case Actions():
            return counted(len(block.actions), "action")
        case Table():
            return _cut(f"{counted(len(block.rows), 'row')}: {block.columns[0].title.lower()}")
        case WorldMap():
            return f"{counted(len(block.countries), 'country')} named as targets"
        case Bars():
            return f"{counted(len(block.rows), 'bar')}, {block.unit}"
        case _:
            return ""


def _prose(block: KeyJudgement | Paragraph | Quotation | Bullets) -> Text:
    return block.items[0] if isinstance(block, Bullets) else block.text


def _cut(words: str) -> str:
    if len(words) <= _WORDS:
        return words
    return words[:_WORDS].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
