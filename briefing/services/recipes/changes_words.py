"""What changed since a briefing was delivered, in sentences and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.core.actor import Basis
from briefing.core.brief import Column, Paragraph, Section, Table, Text, spans
from briefing.core.dates import long_date
from briefing.core.wording import counted, curly, first_of, in_words, listed, sentence_case
from briefing.services.recipes.changes_questions import on_judgements, on_sources
from briefing.services.recipes.changes_reading import TRACED, ChangesReading, Judged, now
from briefing.services.recipes.changes_rows import ChangeRow, new_rows, old_rows
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import cut, stopped
from briefing.services.recipes.since import Since
from briefing.store.standing import State

HEADS: Mapping[str, str] = {"changed": "Changed", "withdrawn": "Withdrawn", "new": "New"}
TRACED_HERE: Mapping[str, tuple[str, str]] = {
    "stands": ("Still stands", "what is said as it was said then"),
    "judgement": ("What that changes", "judgements that rest on what changed"),
    "changed": ("Changed", ""),
    "withdrawn": ("Withdrawn", ""),
    "new": ("New", ""),
}
"""Sections as the evidence trace names them, and what they say."""
_JUDGEMENT = 220
"""Characters of a judgement in a table."""


@dataclass(frozen=True, slots=True)
class ChangesLimits:
    """What a part takes.

    Attributes:
        rows: Rows of each table.
        texts: Things said in one row.
        characters: Of each of them.
        touched: Rows on what rests on the changes.
    """

    rows: int = 1
    texts: int = 2
    characters: int = 90
    touched: int = 2


TIGHTEST = ChangesLimits()
WIDER: tuple[Mapping[str, Any], ...] = (
    {"rows": 2},
    {"touched": 4},
    {"rows": 3},
    {"texts": 4},
    {"rows": 4},
    {"touched": 6},
    {"rows": 5},
    {"characters": 160},
    {"rows": 6},
    {"texts": 6},
    {"rows": 8},
    {"touched": 10},
    {"rows": 10},
    {"rows": 14},
)
"""What is given more room, the most useful first."""
ALL = ChangesLimits(1_000_000, 1_000_000, 240, 1_000_000)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the sections are made from.

    Attributes:
        reading: What became of the briefing.
        since: The briefing.
        kind: What it is, as it stands in a sentence: ``client briefing``.
    """

    reading: ChangesReading
    since: Since
    kind: str


def headline(changes: Changes) -> str:
    """The finding: whether a judgement is touched, else how much changed."""
    reading = changes.reading
    changed, gone, new = len(reading.of("changed")), len(reading.of("withdrawn")), reading.added
    touched, ranked = len(reading.touched), reading.ranked
    if touched:
        verb = "rests" if touched == 1 else "rest"
        return sentence_case(f"{counted_words(touched, 'judgement')} {verb} on what changed since")
    if ranked and ranked.came:
        who = listed(one.actor.name for one in ranked.came)
        return curly(f"{who} {_have(len(ranked.came))} come {_among(ranked.number)}")
    if changed or gone:
        told = [
            f"{number:,} {what}"
            for number, what in ((changed, "changed"), (gone, "went"))
            if number
        ]
        first, *rest = [*told, *([_new(new)] if new else [])]
        number, what = first.split(" ", 1)
        head = f"{number} of {counted(len(reading.standing), 'statement')} {what}"
        return ", ".join((head, *rest))
    if new:
        verb = "is" if new == 1 else "are"
        return f"What was said still stands; {counted(new, 'statement')} {verb} new"
    return "Nothing changed in what the briefing rests on"


def _new(new: int) -> str:
    return f"{new:,} {'is' if new == 1 else 'are'} new"


def subtitle(changes: Changes) -> str:
    """The line under it: the subject, and since when."""
    return curly(f"{cut(changes.since.manifest.subject, 90)} · since the {when(changes)}")


def when(changes: Changes) -> str:
    """``actor briefing of 24 November 2026``."""
    day = changes.since.delivered_at[:10]
    if day:
        return f"{changes.kind} of {long_date(day)}"
    return f"{changes.kind} with data as of {long_date(changes.since.manifest.data_as_of)}"


def stands(changes: Changes, marks: Marks) -> Section:
    """How much of it still stands, and where the rest comes from."""
    reading = changes.reading
    held = [now(one) for one in reading.of("stands")]
    of, stand = len(reading.standing), len(held)
    every = "All" if stand == of else f"{stand:,} of"
    words = [f"{every} {counted(of, 'statement')} of the {changes.kind} still stand as they were."]
    words += _counts(reading)
    words += _first(reading)
    words += _unclear(reading)
    return Section(
        "stands",
        "Still stands",
        (Paragraph(spans(curly(" ".join(words))), **marks.held(*held)),),
        questions=on_sources(reading, marks),
    )


def _counts(reading: ChangesReading) -> Iterator[str]:
    changed, gone = len(reading.of("changed")), len(reading.of("withdrawn"))
    if changed or gone:
        told = [f"{changed:,} changed"] if changed else []
        told += [f"{gone:,} {_was(gone)} withdrawn"] if gone else []
        yield f"{sentence_case(listed(told))}."
    if reading.added:
        yield f"{counted(reading.added, 'statement')} came besides."


def _first(reading: ChangesReading) -> Iterator[str]:
    """Sources that were not here then: that they speak now is no change in the world."""
    if reading.news and reading.news.first:
        told = [f"{title} ({number:,})" for title, number in reading.news.first]
        yield (
            f"Sources that were not held then and now speak of the same: {first_of(told, 3)};"
            " what they say is not listed as new."
        )


def _unclear(reading: ChangesReading) -> Iterator[str]:
    if reading.foreign:
        verb = "is" if reading.foreign == 1 else "are"
        yield (
            f"{counted(reading.foreign, 'statement')} {verb} not known to this database, so"
            f" nothing is said about {_it(reading.foreign)}."
        )
    if reading.news is None:
        yield ("What is new cannot be told: none of the data it was made from was taken in here.")


def judgement(changes: Changes, marks: Marks, limits: ChangesLimits) -> Section:
    """What the changes mean for the judgements and findings that rest on them."""
    reading = changes.reading
    touched, of = reading.touched, len(reading.judged)
    blocks: list[Paragraph | Table] = [
        Paragraph(
            (*spans(f"{_on_judgements(changes)} "), *_on_ranking(reading, marks)),
            **marks.held(*(one.basis for one in reading.judged), *_came(reading)),
        )
    ]
    rows = [*_judged_rows(touched, marks), *_section_rows(changes)]
    shown = rows[: limits.touched]
    if shown:
        columns = (
            Column("What rests on it", 4.2),
            Column("Rests on", 0.8, numeric=True),
            Column("Changed", 0.8, numeric=True),
            Column("Withdrawn", 0.9, numeric=True),
        )
        held = marks.held(*(one.basis for one in touched))
        blocks.append(Table(columns, tuple(shown), _rest(len(rows) - len(shown)), **held))
    title = "What that changes" if of or rows or reading.ranked else "What it means"
    return Section("judgement", title, tuple(blocks), questions=on_judgements(reading, marks))


def _on_judgements(changes: Changes) -> str:
    touched, of = len(changes.reading.touched), len(changes.reading.judged)
    if not of:
        return "The briefing holds no judgement of an analyst; its findings rest on what is said."
    if not touched:
        none = "Its one judgement does not rest" if of == 1 else f"None of its {in_words(of)}"
        return f"{none}{'' if of == 1 else ' judgements rests'} on anything that changed or went."
    who = "Its one judgement rests" if of == 1 else _touched_of(touched, of)
    return f"{who} on statements that changed or went: weigh {_it(touched)} again."


def _touched_of(touched: int, of: int) -> str:
    verb = "rests" if touched == 1 else "rest"
    if touched == of:
        return f"All {in_words(of)} judgements {verb}"
    return f"{sentence_case(in_words(touched))} of {in_words(of)} judgements {verb}"


def _on_ranking(reading: ChangesReading, marks: Marks) -> Text:
    ranked = reading.ranked
    if ranked is None:
        return ()
    among = _among(ranked.number)
    if not ranked.came and not ranked.went:
        same = "actor is" if ranked.number == 1 else f"{in_words(ranked.number)} actors are"
        return spans(f"The first {same} the same as then." if ranked.number else "")
    made: Text = ()
    for one in ranked.came:
        words = f"{one.actor.name} has come {among}: {stopped(one.reasons[0].text)} "
        made += marks.text(words.rstrip(), one.reasons[0].basis, most=2)
        made += spans(" ")
    if ranked.went:
        made += spans(curly(f"{listed(ranked.went)} would not stand there now."))
    return made


def _came(reading: ChangesReading) -> Iterator[Basis]:
    for one in reading.ranked.came if reading.ranked else ():
        yield one.reasons[0].basis


def _judged_rows(touched: Sequence[Judged], marks: Marks) -> Iterator[tuple[Text, ...]]:
    for one in touched:
        words = f"Judgement: {cut(one.words, _JUDGEMENT)}" if one.words else "A judgement"
        yield (
            marks.text(words, one.basis, most=2),
            *_numbers(len(one.rests_on), one.of("changed"), one.of("withdrawn")),
        )


def _section_rows(changes: Changes) -> Iterator[tuple[Text, ...]]:
    """Sections of the delivered briefing that rest on what changed, most touched first."""
    manifest = changes.since.manifest
    state = {one.key: one.state for one in changes.reading.standing}
    titles = TRACED.get(manifest.kind, {})
    counts: dict[str, Counter[State]] = {}
    for name in dict.fromkeys(place.section for place in manifest.places):
        keys = {
            key for place in manifest.places if place.section == name for key in place.statements
        }
        counts[name] = Counter(state[key] for key in keys if key in state)
    found = [
        (name, count) for name, count in counts.items() if count["changed"] or count["withdrawn"]
    ]
    for name, count in sorted(found, key=lambda row: -row[1]["changed"] - row[1]["withdrawn"]):
        title = titles.get(name, (sentence_case(cut(name.replace("-", " "), 40)), ""))[0]
        yield (
            spans(f"Section “{title}”"),
            *_numbers(count.total(), count["changed"], count["withdrawn"]),
        )


def _numbers(*numbers: int) -> tuple[Text, ...]:
    return tuple(spans(f"{number:,}") for number in numbers)


def table_of(key: str, changes: Changes, marks: Marks, limits: ChangesLimits) -> Section | None:
    """The rows of what changed, was withdrawn or is new; None where there are none."""
    reading = changes.reading
    if key == "new":
        rows, heads = new_rows(reading), (("About", 1.6), ("Says now", 3.4), ("Since", 1.0))
    elif key == "changed":
        rows, heads = old_rows(reading, "changed"), (("About", 1.6), ("Then", 2.2), ("Now", 2.2))
    else:
        rows, heads = (
            old_rows(reading, "withdrawn"),
            (("About", 1.6), ("Said then", 2.4), ("By", 2)),
        )
    if not rows:
        return None
    shown = rows[: limits.rows]
    held = marks.held(*(row.basis for row in shown))
    held["tlp"] = max(held["tlp"], *(row.level for row in shown))
    table = Table(
        tuple(Column(*head) for head in heads),
        tuple((_about(row), *_cells(key, row, marks, limits)) for row in shown),
        _rest(len(rows) - len(shown)),
        **held,
    )
    number = sum(row.number for row in rows)
    note = f"{counted(number, 'statement')}." if number > len(rows) else ""
    return Section(key, HEADS[key], (table,), spans(note) if note else (), wide=True)


def _about(row: ChangeRow) -> Text:
    return spans(curly(cut(", ".join(filter(None, (row.about, row.heading))), 120)))


def _cells(key: str, row: ChangeRow, marks: Marks, limits: ChangesLimits) -> tuple[Text, ...]:
    if key == "new":
        return marks.text(_said(row.now, limits), row.basis, most=2), spans(long_date(row.day))
    then = spans(curly(_said(row.then, limits)))
    if key == "withdrawn":
        return then, marks.text(f"No longer said by {listed(row.by)}", row.basis, most=3)
    return then, marks.text(_now(row, limits), row.basis, most=2)


def _now(row: ChangeRow, limits: ChangesLimits) -> str:
    if row.now == row.then:
        return f"The same, {'; '.join(row.differs)}" if row.differs else "The same"
    # Where the words differ, only what is told before and after says more than they do.
    differs = "; ".join(words for words in row.differs if "→" in words)
    said = _said(row.now, limits)
    return f"{said} ({differs})" if differs else said


def _said(words: Sequence[str], limits: ChangesLimits) -> str:
    return first_of([cut(one, limits.characters) for one in words], limits.texts, joiner="; ")


def _rest(left: int) -> Text:
    return spans(f"{counted(left, 'more row')} in the full briefing.") if left > 0 else ()


def full_title(changes: Changes) -> str:
    """The title of the part that lists everything."""
    reading = changes.reading
    told = [
        f"{number:,} {words}"
        for number, words in (
            (len(reading.of("changed")), "changed"),
            (len(reading.of("withdrawn")), "withdrawn"),
            (reading.added, "new"),
        )
        if number
    ]
    return sentence_case(f"{listed(told)}: each with who says so")


def counted_words(number: int, noun: str) -> str:
    """``two judgements``."""
    return f"{in_words(number)} {noun if number == 1 else f'{noun}s'}"


def _among(number: int) -> str:
    return f"among the first {in_words(number)}" if number > 1 else "to the first place"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _it(number: int) -> str:
    return "it" if number == 1 else "them"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
