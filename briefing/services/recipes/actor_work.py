"""How it works, in full: the heat table, its software, where it can be seen, what answers it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from briefing.core.actor import Basis, Said, TechniqueUse
from briefing.core.brief import (
    Actions,
    Bars,
    Column,
    HeatCell,
    HeatColumn,
    HeatTable,
    Paragraph,
    Section,
    Table,
    spans,
)
from briefing.core.wording import UNKNOWN, counted
from briefing.services.recipes.actor_limits import Limits
from briefing.services.recipes.actor_measures import answered, measures
from briefing.services.recipes.actor_page import own_actions
from briefing.services.recipes.actor_reading import ActorReading, bases_of, joined, shared_first
from briefing.services.recipes.marks import Marks

HEAT_ROWS = 10
SOFTWARE_ROWS = 16
MEASURE_ROWS = 10
BESIDE = 6
"""From so many rows on, the sum stands beside its table, where no page break can part them."""
SIGHT_ROWS = 8
_SHARES = (0.06, 0.17, 0.29, 0.41)
"""Lower bounds of the upper four classes, as shares of all groups: 10, 30, 50, 70 of 172."""


def heat(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """Techniques by stage, most widely shared first."""
    techniques = reading.techniques
    if not techniques:
        return None
    basis = joined(bases_of(techniques))
    columns = []
    for stage in reading.profile.stages:
        cells = shared_first(stage.techniques)[:HEAT_ROWS]
        columns.append(
            HeatColumn(
                stage.number,
                stage.name,
                len(stage.techniques),
                tuple(HeatCell(t.name, t.attack_id, t.groups) for t in cells),
            )
        )
    total = reading.profile.groups_total
    table = HeatTable(
        tuple(columns),
        total,
        bounds(total),
        note=spans(_twice(reading)) if _twice(reading) else (),
        **marks.held(basis),
    )
    note = (
        *marks.text(
            f"Number and shade: how many of {counted(total, 'group')} in ATT&CK use the technique.",
            basis,
            most=1,
        ),
        *spans(" Dark is common."),
    )
    return Section("heat", "The four stages", (table,), note, wide=True)


def bounds(total: int) -> tuple[int, int, int, int, int]:
    """Lower bounds of the five shades for so many groups, in round numbers where there are many."""
    step = 10 if total >= 100 else 1
    found = [1]
    for share in _SHARES:
        found.append(max(found[-1] + 1, round(total * share / step) * step))
    return (found[0], found[1], found[2], found[3], found[4])


def _twice(reading: ActorReading) -> str:
    places: dict[str, int] = defaultdict(int)
    codes = {}
    for stage in reading.profile.stages:
        for technique in stage.techniques:
            places[technique.id] += 1
            codes[technique.id] = technique.attack_id
    twice = [codes[key] for key, number in places.items() if number > 1]
    if not twice:
        return ""
    if len(twice) == 1:
        return f"{twice[0]} counts in two stages."
    return f"{counted(len(twice), 'technique')} count in more than one stage."


def software(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """Malware and tools, rarest first: what few use says most."""
    rows = sorted(
        (*reading.profile.malware, *reading.profile.tools),
        key=lambda row: (row.groups, row.kind, row.name.casefold()),
    )
    if not rows:
        return None
    total = counted(reading.profile.groups_total, "group")
    shown = rows[:SOFTWARE_ROWS]
    common = [row.name for row in rows[SOFTWARE_ROWS:]]
    table = Table(
        (
            Column("Software", 2.2),
            Column("Kind", 1),
            Column("ATT&CK", 1),
            Column(f"Groups that use it, of {reading.profile.groups_total}", 1.6, numeric=True),
        ),
        tuple(
            (
                marks.text(row.name, row.basis),
                spans(row.kind),
                spans(row.attack_id or UNKNOWN),
                spans(f"{row.groups:,}" if row.groups else UNKNOWN),
            )
            for row in shown
        ),
        note=spans(f"And {len(common):,} that as many use, or more: {', '.join(common)}.")
        if common
        else (),
        **marks.held(*(row.basis for row in rows)),
    )
    pieces = counted(len(rows), "piece of software")
    note = f"{pieces}. Rarest first: what few of {total} use tells most."
    return Section("software", "Software", (table,), spans(note))


def sight(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """Where ATT&CK says that its techniques can be seen."""
    found: dict[str, list[TechniqueUse]] = defaultdict(list)
    for technique in reading.techniques:
        for detection in technique.detections:
            component = detection.rpartition(": ")[2]
            if technique not in found[component]:
                found[component].append(technique)
    if not found:
        return None
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:SIGHT_ROWS]
    bases = [t.basis for _, techniques in ranked for t in techniques]
    total = counted(len(reading.techniques), "technique")
    bars = Bars(
        tuple((name, len(techniques)) for name, techniques in ranked),
        f"of {total}",
        note=marks.text(
            "A technique counts once for each kind of record in which it can be seen.",
            *bases,
            most=1,
        ),
        **marks.held(*bases),
    )
    note = f"Records that show most of its {total}, as ATT&CK lists them."
    return Section("sight", "Where to look", (bars,), spans(note))


def measured(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """The mitigations that answer most of its techniques."""
    chosen = measures(reading)
    if not chosen:
        return None
    shown = chosen[:MEASURE_ROWS]
    total = len(reading.techniques)
    reach = _reach(answered(shown), answered(chosen), total)
    beside = len(shown) >= BESIDE
    table = Table(
        (
            Column("Measure", 3.8),
            Column("Mitigation", 1),
            Column("Mostly in stage", 1.8),
            Column(f"Answers, of {total}", 1.2, numeric=True),
        ),
        tuple(
            (
                marks.text(measure.do, *bases_of(measure.techniques), most=1),
                spans(measure.mitigation.attack_id),
                spans(measure.stage),
                spans(f"{len(measure.techniques):,}"),
            )
            for measure in shown
        ),
        note=() if beside else spans(reach),
        **marks.held(*(t.basis for measure in shown for t in measure.techniques)),
    )
    note = "Each row adds most to those above it. Counts of techniques, not of effect."
    if beside:
        note += f" {reach}"
    return Section("measures", "What answers most of it", (table,), spans(note))


def _reach(shown: int, chosen: int, total: int) -> str:
    left = total - chosen
    words = f"Together they answer {shown:,} of its {counted(total, 'technique')}."
    if left:
        words += (
            f" For {left:,} ATT&CK names no mitigation that an organisation could apply itself."
        )
    return words


def all_actions(reading: ActorReading, marks: Marks, limits: Limits) -> Section | None:
    """Every action of our own profile, where the executive page shows fewer."""
    own = reading.profile.actions
    if len(own) <= limits.actions:
        return None
    block = Actions(own_actions(reading, marks), **marks.held(*(row.basis for row in own)))
    return Section("all-actions", "Everything to do", (block,))


def notice(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """What a small business would notice."""
    return _prose(reading.profile.notice, "notice", "What a small business would notice", marks)


def helps(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """What helps, in our own sentences."""
    return _prose(reading.profile.helps, "helps", "What helps", marks)


def summary(reading: ActorReading, marks: Marks, _limits: Limits) -> Section | None:
    """Our own summary."""
    return _prose(reading.profile.summary, "summary", "In short", marks)


def _prose(said: Sequence[Said], key: str, title: str, marks: Marks) -> Section | None:
    if not said:
        return None
    sentences: list[tuple[str, Basis]] = [(item.text, item.basis) for item in said]
    block = Paragraph(marks.texts(sentences), **marks.held(*(item.basis for item in said)))
    return Section(key, title, (block,))
