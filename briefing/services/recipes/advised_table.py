"""Advisories as a table: when, what, who issued it, why it is here, and CISA's due date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from briefing.core.advisory import Deadline, deadline
from briefing.core.brief import Column, Paragraph, Section, Table, spans
from briefing.core.dates import short_date
from briefing.core.wording import UNKNOWN, counted, in_words, sentence_case
from briefing.services.recipes.advised import Advised, AdvisedRow
from briefing.services.recipes.marks import Marks

NOTE = "Newest first. In use in a sector does not mean attacked there."
TITLE = "Advisories"


def advised_section(found: Advised, none: str, today: date, marks: Marks) -> Section:
    """The section, or a sentence where none concerns the reader.

    Args:
        found: What may concern it.
        none: What none of those on record does: ``names a product in use in this sector``.
        today: The present day: due dates before it have passed.
        marks: Collects the sources.
    """
    if not found.rows:
        words = (
            f"None of the {counted(found.held, 'advisory')} on record {none}."
            if found.held
            else "No advisory is on record here, so none is listed."
        )
        return Section("advisories", TITLE, (Paragraph(spans(words), **marks.held()),))
    note = f"{shown_of(len(found.rows), found.concerning, 'advisory')} {NOTE}"
    block = _table(found.rows, today, marks)
    return Section("advisories", TITLE, (block,), spans(note), wide=True)


def shown_of(shown: int, of: int, noun: str) -> str:
    """How many are shown of how many, as a sentence."""
    if shown == of:
        return f"{counted(of, noun)}."
    return f"{sentence_case(in_words(shown))} of {counted(of, noun)}."


def close_by(due: str, today: date) -> str:
    """CISA's due date as printed: ``16 Jul 2025, passed``."""
    if not due:
        return UNKNOWN
    passed = deadline(due, today) is Deadline.OVERDUE
    return f"{short_date(due)}, passed" if passed else short_date(due)


def _table(rows: Sequence[AdvisedRow], today: date, marks: Marks) -> Table:
    return Table(
        (
            Column("Date", 1.2),
            Column("Advisory", 3.4),
            Column("Issued by", 1.5),
            Column("Why here", 1.8),
            Column("Close it by", 1.6, numeric=True),
        ),
        tuple(
            (
                spans(short_date(one.concern.advisory.published) or UNKNOWN),
                marks.text(_title(one), one.basis, most=1),
                spans(one.concern.advisory.issuer or UNKNOWN),
                spans(sentence_case(one.concern.why)),
                spans(close_by(one.concern.advisory.due, today)),
            )
            for one in rows
        ),
        **marks.held(*(one.basis for one in rows)),
    )


def _title(one: AdvisedRow) -> str:
    row = one.concern.advisory
    if row.number and row.number not in row.title:
        return f"{row.title} ({row.number})"
    return row.title
