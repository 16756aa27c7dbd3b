"""Incidents worked through: the list, one of them with all that follows from it, and its rows.

Rows are recorded with ``CaseBook`` (``services.case_book``).
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import replace

from briefing.analysis.ach import weigh
from briefing.analysis.case_warnings import Known, warnings
from briefing.core.case import Case, Claim, Row, Subject
from briefing.core.case_page import CasePage, CaseRow
from briefing.core.case_stix import STIX_TYPES
from briefing.core.errors import BriefingError
from briefing.services.case_book import HERE, CaseBook
from briefing.store import cases as held
from briefing.store.actors import source_entries
from briefing.store.case_actors import known_actors, shared_names
from briefing.store.case_reading import feed_sources, read_case, row_versions
from briefing.store.connection import Connection
from briefing.store.incidents import open_incident
from briefing.store.labels import read_labels

__all__ = ["HERE", "CaseBook", "list_cases", "new_id", "open_case", "row_history", "withdraw"]


def list_cases(connection: Connection) -> tuple[CaseRow, ...]:
    """Every incident: the worked ones first, then the newest beginning, undated ones last."""
    return held.list_cases(connection)


def open_case(connection: Connection, wanted: str) -> CasePage:
    """One incident with its claims, evidence and hypotheses, and what follows from them.

    Args:
        connection: A reader; below a ceiling the page holds what that audience may see.
        wanted: Id, readable id (``mgm-resorts-2023``) or exact name.

    Raises:
        NotFoundError: where there is none, with the names that are near.
    """
    incident = held.find_incident(connection, wanted)
    read = read_case(connection, incident)
    case = read.case
    actors = known_actors(connection, _named_actors(case))
    named = (name for claim in case.claims for name in (claim.accused, claim.by))
    shared = shared_names(connection, named)
    weighing = weigh(case)
    feeds = feed_sources(connection, incident)
    told = open_incident(connection, incident) if feeds else None
    counts: dict[str, int] = dict.fromkeys(feeds, 0)
    for row in case.rows():
        counts[row.source] = counts.get(row.source, 0) + 1
    labels = read_labels(connection)
    return CasePage(
        case=case,
        told=None if told is None else replace(told, claims=()),
        weighing=weighing,
        warnings=warnings(case, weighing, Known(actors, shared)),
        actors=actors,
        shared_names=shared,
        labels={
            label.code: label.label
            for kind in ("sector", "scope", "country", "place")
            for label in labels.all(kind)
        },
        sources=source_entries(connection, counts),
        withheld=read.withheld,
    )


def row_history(connection: Connection, row: str) -> tuple[Row, ...]:
    """Every version of a row, the newest first; the first says whether it has been taken out."""
    return row_versions(connection, row)


def new_id(kind: str) -> str:
    """A new id for a row.

    Args:
        kind: incident, claim, evidence, hypothesis, assessment or opinion.
    """
    return f"{STIX_TYPES[kind]}--{uuid.uuid4()}"


def withdraw(case: Case, row: Row, author: str, now: str) -> tuple[Row, ...]:
    """The versions that take a row out of a case, with everything that is about it alone.

    Hypotheses lose the cells of evidence that goes, evidence no longer bears on a claim that goes,
    a hypothesis takes its assessments along, and an assessment its opinions. The incident takes
    every row along that was recorded here or came as a row; claims of feeds stay with the feeds.

    Args:
        case: As it stands.
        row: Which one.
        author: Who takes it out.
        now: The moment, as STIX writes it.

    Raises:
        BriefingError: for a claim of a feed.
    """
    if isinstance(row, Claim) and row.is_of_feed:
        raise BriefingError(
            "This claim is what a feed says, and it goes only with the feed.",
            remedy="Record why you doubt it as evidence, or as a claim of your own.",
        )
    gone = _with_its_own(case, row)
    out = (replace(one, withdrawn=True) for one in case.rows() if one.id in gone)
    return tuple(replace(one, author=author, modified=now) for one in (*out, *_mended(case, gone)))


def _with_its_own(case: Case, row: Row) -> frozenset[str]:
    """A row, and the rows that are about nothing else."""
    if isinstance(row, Subject):
        return frozenset(
            one.id for one in case.rows() if not (isinstance(one, Claim) and one.is_of_feed)
        )
    gone = {row.id}
    gone.update(one.id for one in case.assessments if one.hypothesis in gone)
    gone.update(one.id for one in case.opinions if one.assessment in gone)
    return frozenset(gone)


def _mended(case: Case, gone: Collection[str]) -> Iterator[Row]:
    """What stays and refers to what goes, without those references."""
    for one in case.hypotheses:
        cells = tuple(cell for cell in one.cells if cell.evidence not in gone)
        if one.id not in gone and cells != one.cells:
            yield replace(one, cells=cells)
    for piece in case.evidence:
        bears_on = tuple(claim for claim in piece.bears_on if claim not in gone)
        if piece.id not in gone and bears_on != piece.bears_on:
            yield replace(piece, bears_on=bears_on)
    for view in case.opinions:
        if view.id not in gone and view.hypothesis in gone:
            yield replace(view, hypothesis="")


def _named_actors(case: Case) -> Iterator[str]:
    for claim in case.claims:
        yield claim.actor
    for hypothesis in case.hypotheses:
        yield from hypothesis.actors
