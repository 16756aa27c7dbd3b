"""The sections of a digest's executive page: what is new, what is due, what to do first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from briefing.core.actor import Basis
from briefing.core.brief import AnyBlock, Column, Paragraph, Section, Table, Text, spans
from briefing.core.dates import short_date
from briefing.core.wording import UNKNOWN, counted, curly, first_of
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.advisories_limits import DigestLimits
from briefing.services.recipes.advisories_questions import on_due, on_first, on_new
from briefing.services.recipes.advisories_reading import DigestReading, DigestRow, Exploited
from briefing.services.recipes.advisories_words import (
    advised,
    codes,
    due_words,
    grouped,
    highest_score,
    in_short,
    left_open,
    next_due,
    own_advice,
    product,
    products_of,
    quoted,
    title_of,
    why_first,
)
from briefing.services.recipes.marks import Held, Marks
from briefing.services.recipes.short_texts import bold, cut, shortened

_TITLE: Final = 110
_SETS: Final = 4
"""Data sets that are marked behind a sum."""
Row = tuple[Text, ...]


def held(reading: DigestReading, marks: Marks, rows: list[DigestRow]) -> Held:
    """What a block carries that rests on some advisories and calls actors by name."""
    found = marks.held(reading.basis(rows))
    return {
        "statements": found["statements"],
        "tlp": max(found["tlp"], reading.level_of(rows)),
    }


def new(reading: DigestReading, marks: Marks, limits: DigestLimits) -> Section:
    """What the period brought, and its most urgent advisories."""
    said = in_short(reading)
    text = [(words, reading.gathered.summed(basis)) for words, basis in said]
    whole = marks.held(*(basis for _, basis in said))
    level = max(whole["tlp"], reading.level_of(reading.rows))
    blocks: list[AnyBlock] = [
        Paragraph(marks.texts(text, most=_SETS), statements=whole["statements"], tlp=level)
    ]
    shown = list(reading.rows[: limits.new])
    if shown:
        blocks.append(
            Table(
                (
                    Column("Date", 1.45),
                    Column("Advisory", 3.3),
                    Column("Issued by", 1.4),
                    Column("Why it stands here", 2.2),
                ),
                tuple(_new_row(reading, marks, one) for one in shown),
                **held(reading, marks, shown),
            )
        )
    note = ""
    if len(shown) < reading.total:
        note = f"{len(shown)} of {counted(reading.total, 'advisory')}, the most urgent."
    return Section(
        "new",
        "What is new",
        tuple(blocks),
        spans(note) if note else (),
        questions=on_new(reading, marks),
    )


def _new_row(reading: DigestReading, marks: Marks, one: DigestRow) -> Row:
    return (
        spans(short_date(one.row.published) or UNKNOWN),
        marks.text(cut(title_of(one), _TITLE), one.basis, most=1),
        spans(cut(one.row.issuer, 40) or UNKNOWN),
        spans(curly(why_first(reading, one))),
    )


def due(reading: DigestReading, marks: Marks, limits: DigestLimits) -> Section | None:
    """What CISA wants dealt with, the nearest date first."""
    dated = [one for one in reading.exploited if one.row.due]
    if not dated:
        return None
    shown = dated[: limits.due]
    coming = len(reading.due)
    note = f"{counted(coming, 'date')} still to come, {len(dated) - coming:,} passed."
    if len(shown) < len(dated):
        note += f" {len(shown)} are shown."
    return Section(
        "due",
        "What is due",
        (due_table(reading, marks, shown),),
        spans(f"CISA’s dates for US agencies. {note}"),
        questions=on_due(reading, marks),
    )


def due_table(reading: DigestReading, marks: Marks, rows: Sequence[Exploited]) -> Table:
    """Vulnerabilities of CISA's list; who names them, where any advisory does."""
    by = any(one.named_by for one in rows)
    columns = (Column("Due", 1.3), Column("Vulnerability", 4.4), Column("Listed", 1.1))
    return Table(
        (*columns, Column("Named by", 1.6)) if by else columns,
        tuple(_due_row(reading, marks, one, named=by) for one in rows),
        **marks.held(reading.basis(rows)),
    )


def _due_row(reading: DigestReading, marks: Marks, one: Exploited, *, named: bool) -> Row:
    name = f"{one.row.id}, {one.row.name}" if one.row.name else f"{one.row.id} in {product(one)}"
    ransom = ". Known to be used by ransomware" if one.row.ransomware else ""
    row = (
        spans(due_words(one.row.due, reading.today)),
        marks.text(f"{name}{ransom}", one.basis, most=1),
        spans(short_date(one.row.listed) or UNKNOWN),
    )
    numbers = [by.number or cut(by.title, 40) for by in one.named_by]
    return (*row, spans(first_of(numbers, 2) or UNKNOWN)) if named else row


def first(reading: DigestReading, marks: Marks, limits: DigestLimits) -> Section | None:
    """What to do first: what is exploited, by product; then what the most urgent advise."""
    if not reading.rows and not reading.exploited:
        return None
    rows = list(islice(_steps(reading, marks, limits), limits.first))
    usual = reading.usual_action
    of_usual = joined(one.basis for one in reading.exploited if usual and one.action == usual)
    note: Text = ()
    if usual:
        words = f"Of what is exploited CISA requires: {quoted(shortened(usual, 200, 200))}"
        note = marks.text(words, of_usual, most=1)
    table = Table(
        (Column("Do", 2.8), Column("Why", 4.0), Column("Due, or score", 1.4)),
        tuple(row for row, _ in rows),
        note,
        **marks.held(*(basis for _, basis in rows), of_usual),
    )
    return Section(
        "first",
        "Do these first",
        (table,),
        spans("By the nearest due date; then what is exploited; then the highest score."),
        questions=on_first(reading, marks),
    )


def _steps(
    reading: DigestReading, marks: Marks, limits: DigestLimits
) -> Iterator[tuple[Row, Basis]]:
    """One step a product that is exploited; then the advisories that name none such."""
    for name, rows in grouped(reading.exploited).items():
        basis = reading.basis(rows)
        names = dict.fromkeys(cut(one.row.name, 70) for one in rows if one.row.name)
        flaws = first_of(list(names), 1)
        why = f"Exploited: {flaws}." if flaws else "Exploited."
        if any(one.row.ransomware for one in rows):
            why += " Known to be used by ransomware."
        yield (
            (
                (bold(cut(name, 70)), *spans(f": close {codes([one.row.id for one in rows])}")),
                marks.text(why, basis, most=1),
                spans(next_due(rows, reading.today)),
            ),
            basis,
        )
    for one in reading.rows:
        if any(row.listed for row in one.advisory.vulnerabilities):
            continue
        score = highest_score(one.advisory)
        # What to do comes first; only an issuer's own words stay beside what they are about.
        own = own_advice(one, limits.advice)
        why = f"{cut(one.row.issuer, 50)}: {title_of(one)}" if own else advised(one, limits.advice)
        yield (
            (
                (bold(own or products_of(reading, one)),),
                marks.text(why, one.basis, most=1),
                spans(f"CVSS {score:.1f}" if score is not None else UNKNOWN),
            ),
            one.basis,
        )


def leaves_open(reading: DigestReading, marks: Marks, limits: DigestLimits) -> Section | None:
    """What the list cannot tell."""
    said = left_open(reading)[: limits.open]
    if not said:
        return None
    text = [(words, reading.gathered.summed(basis)) for words, basis in said]
    block = Paragraph(marks.texts(text, most=1), **marks.held(*(basis for _, basis in said)))
    return Section("open", "What this leaves open", (block,))
