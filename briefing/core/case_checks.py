"""What a row must hold, alone and among the rows of its case, before it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from briefing.core.case import Assessment, Claim, Evidence, Hypothesis, Opinion, Row, Subject
from briefing.core.case_words import Claimant
from briefing.core.estimates import Confidence
from briefing.core.grading import Grade
from briefing.core.row_fields import RowError

_ID = re.compile(r"[a-z][a-z0-9-]*--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_WHOLE_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_DATED = ("first_seen", "last_seen", "disclosed", "date", "observed")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+\S*")


def check_row(row: Row) -> None:
    """Refuse a row that could not be shown, weighed or traced.

    Raises:
        RowError: with what is missing or wrong, as the end of a sentence about the row.
    """
    for fault in _faults(row):
        raise RowError(fault)


def check_rows(rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """What rows of one or more cases get wrong among each other.

    A cell must be of evidence that is there and not withdrawn, an assessment and an opinion of
    something that is there, and everything of an incident that is there or known elsewhere (a
    feed's incident is no row).

    Yields:
        Each row that does not fit, with the reason as the end of a sentence about it.
    """
    listed = list(rows)
    held = {row.id: row for row in listed if not row.withdrawn}
    for row in held.values():
        fault = _misplaced(row, held)
        if fault:
            yield row, fault


def _misplaced(row: Row, held: dict[str, Row]) -> str:
    if isinstance(row, Hypothesis):
        for cell in row.cells:
            if not isinstance(held.get(cell.evidence), Evidence):
                return f"a cell is about evidence that is not there ({cell.evidence})."
    if isinstance(row, Assessment) and not isinstance(held.get(row.hypothesis), Hypothesis):
        return f"it judges a hypothesis that is not there ({row.hypothesis})."
    if isinstance(row, Opinion) and not isinstance(held.get(row.assessment), Assessment):
        return f"it is about an assessment that is not there ({row.assessment})."
    return ""


def _faults(row: Row) -> Iterator[str]:
    if not _ID.fullmatch(row.id):
        yield f"“{row.id[:80]}” is no STIX id."
    if not _is_moment(row.created) or not _is_moment(row.modified):
        yield "it does not say when it was recorded, as STIX writes it."
    if row.modified < row.created:
        yield "it was changed before it was recorded."
    if not row.author.strip():
        yield "it does not say who recorded it."
    for cited in row.documents:
        if not cited.title.strip():
            yield "a document has no title."
        if cited.url and not _ADDRESS.fullmatch(cited.url):
            yield f"“{cited.url[:80]}” is no web address."
    for name in _DATED:
        day = getattr(row, name, "")
        if day and not _is_date(day):
            yield f"its “{name}” is “{day[:40]}”; a date is 2023, 2023-09 or 2023-09-14."
    yield from _own_faults(row)


def _is_moment(text: str) -> bool:
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[: len("2023-01-01")])
    except ValueError:
        return False
    return True


def _own_faults(row: Row) -> Iterator[str]:
    if isinstance(row, Subject):
        if not row.name.strip():
            yield "the incident has no name."
        return
    if not _ID.fullmatch(getattr(row, "incident", "")):
        yield "it does not say which incident it is about."
    if not getattr(row, "text", "").strip():
        yield "it has no text."
    if isinstance(row, Claim):
        yield from _claim_faults(row)
    elif isinstance(row, Evidence):
        yield from _evidence_faults(row)
    elif isinstance(row, Hypothesis):
        yield from _hypothesis_faults(row)
    elif isinstance(row, Assessment):
        yield from _assessment_faults(row)
    elif isinstance(row, Opinion):
        yield from _opinion_faults(row)


def _claim_faults(row: Claim) -> Iterator[str]:
    if row.claimant is Claimant.UNSTATED or not row.by.strip():
        yield "a claim needs a claimant: what kind of party it is, and its name."
    if not row.accused.strip():
        yield "a claim says of somebody that they did it; nobody is named."
    if not row.date:
        yield "a claim needs the date on which it was made."
    if not row.documents:
        yield "a claim needs a source: a document in which it can be read."
    yield from _graded(row.reliability, row.credibility)


def _evidence_faults(row: Evidence) -> Iterator[str]:
    if not row.documents:
        yield "evidence needs a source: a document in which it can be read."
    if not row.origin.strip():
        yield "evidence needs an origin, so that what comes from one place votes once."
    yield from _graded(row.reliability, row.credibility)


def _graded(reliability: str, credibility: int | None) -> Iterator[str]:
    try:
        Grade(reliability, credibility)
    except ValueError as error:
        yield str(error)


def _hypothesis_faults(row: Hypothesis) -> Iterator[str]:
    judged = [cell.evidence for cell in row.cells]
    if len(judged) != len(set(judged)):
        yield "it judges one piece of evidence twice."
    for actor in row.actors:
        if not _ID.fullmatch(actor):
            yield f"“{actor[:80]}” is no id of an actor."


def _assessment_faults(row: Assessment) -> Iterator[str]:
    if not _ID.fullmatch(row.hypothesis):
        yield "an assessment needs the hypothesis that it judges."
    if row.confidence is Confidence.NOT_STATED:
        yield "an assessment needs a confidence: low, medium or high."
    if not _WHOLE_DAY.fullmatch(row.date):
        yield "an assessment needs the day on which it was made."
    if row.supersedes == row.id:
        yield "an assessment cannot supersede itself."


def _opinion_faults(row: Opinion) -> Iterator[str]:
    if not _ID.fullmatch(row.assessment):
        yield "an opinion needs the assessment that it is about."
    if not _WHOLE_DAY.fullmatch(row.date):
        yield "an opinion needs the day on which it was given."
