"""The ``incident`` command: one worked incident, its weighing and its warnings, or a file of it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli_common import (
    CANNOT,
    as_json_option,
    open_database,
    print_json,
    say,
    tlp_level,
    with_files,
)
from briefing.core.errors import NotFoundError, WrongCallError
from briefing.core.wording import counted

if TYPE_CHECKING:
    from briefing.core.case import Assessment, Claim, Evidence, Hypothesis, Opinion, Row
    from briefing.core.case_page import CasePage, CaseRow
    from briefing.services.export_case import ExportedCase


@click.command("incident")
@click.argument("wanted", metavar="[ID]", default="")
@click.option(
    "--stix",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the incident to this file as a STIX 2.1 bundle.",
)
@click.option(
    "--tlp",
    "level",
    default="",
    metavar="LEVEL",
    help="The audience's level: nothing above it is shown or written. A file is CLEAR unless said.",
)
@click.option("--replace", is_flag=True, help="Replace the file of --stix if it is there.")
@as_json_option
@with_files
def incident_command(
    wanted: str,
    target: Path | None,
    level: str,
    replace: bool,
    as_json: bool,
    database: Path | None,
    workspace: Path | None,
) -> int:
    """Show who claims an incident, what speaks for and against it, and what was concluded.

    ID is a readable id such as mgm-resorts-2023, an id, or the exact name. Without it, the
    incidents that were worked through are listed.
    """
    # lazy: 0.2 s, reading and weighing cases is for this command only.
    from briefing.services.cases import list_cases, open_case  # noqa: PLC0415 - start time
    from briefing.services.export_case import export_case  # noqa: PLC0415 - start time
    from briefing.store.ceilings import open_below  # noqa: PLC0415 - start time

    del workspace
    ceiling = tlp_level(level or ("RED" if target is None else "CLEAR"))
    if target is not None and not wanted:
        raise WrongCallError("Say which incident is to be written, for example mgm-resorts-2023.")
    knowledge = open_database(database)
    with closing(open_below(knowledge.path, ceiling)) as reader:
        connection = reader.connection
        try:
            if not wanted:
                rows = [row for row in list_cases(connection) if row.is_worked]
                _tell(as_json, {"incidents": [_row_json(row) for row in rows]}, _list_text(rows))
            elif target is not None:
                file = export_case(connection, wanted, target, ceiling, replace=replace)
                _tell(as_json, _file_json(file), _file_text(file))
            else:
                page = open_case(connection, wanted)
                _tell(as_json, _page_json(page), _page_text(page))
        except NotFoundError as error:
            near = f" Near: {', '.join(error.near)}." if error.near else ""
            say(f"{error}{near}", err=True)
            return CANNOT
    return 0


def _tell(as_json: bool, value: dict[str, Any], text: str) -> None:
    if as_json:
        print_json(value)
    else:
        say(text)


def _row_json(row: CaseRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "slug": row.slug or None,
        "name": row.name,
        "started": row.started or None,
        "claims": row.claims,
        "evidence": row.evidence,
        "hypotheses": row.hypotheses,
        "assessed": row.assessed,
        "tlp": row.tlp.code,
    }


def _list_text(rows: list[CaseRow]) -> str:
    if not rows:
        return "No incident has been worked through in this database."
    width = max(len(row.slug or row.id) for row in rows)
    return "\n".join(
        f"{row.slug or row.id:<{width}}  {row.name}: {counted(row.claims, 'claim')},"
        f" {counted(row.evidence, 'piece of evidence')},"
        f" {counted(row.hypotheses, 'hypothesis')},"
        f" {'assessed' if row.assessed else 'not assessed'}"
        for row in rows
    )


def _file_json(file: ExportedCase) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "format": "stix",
        "bytes": file.bytes,
        "tlp": file.tlp.code,
        "rows": file.rows,
        "withheld": file.withheld,
        "claims_of_feeds": file.left,
    }


def _file_text(file: ExportedCase) -> str:
    lines = [f"{file.path}: {counted(file.rows, 'row')}, {file.tlp.label}, {file.bytes:,} bytes"]
    if file.withheld:
        lines.append(f"{counted(file.withheld, 'row')} above the audience’s level left out.")
    if file.left:
        lines.append(
            f"{counted(file.left, 'claim')} of feeds left out: whoever receives the file takes"
            " them from the feed."
        )
    return "\n".join(lines)


def _page_json(page: CasePage) -> dict[str, Any]:
    case = page.case
    incident = case.incident
    return {
        "id": incident.id,
        "slug": incident.slug or None,
        "name": incident.name,
        "description": incident.description,
        "first_seen": incident.first_seen or None,
        "last_seen": incident.last_seen or None,
        "disclosed": incident.disclosed or None,
        "victim": incident.victim or None,
        "types": list(incident.types),
        "sectors": list(incident.sectors),
        "countries": list(incident.countries),
        "techniques": list(incident.techniques),
        "software": list(incident.software),
        "tlp": case.tlp.code,
        "claims": [_claim_json(one) for one in case.claims],
        "evidence": [_evidence_json(one) for one in case.evidence],
        "hypotheses": [_hypothesis_json(one, page) for one in case.hypotheses],
        "diagnosticity": dict(page.weighing.diagnosticity),
        "warnings": [
            {"rule": one.rule, "rows": list(one.rows), "text": one.sentence}
            for one in page.warnings
        ],
        "assessment": None if case.assessment is None else _assessment_json(case.assessment),
        "opinions": [_opinion_json(one) for one in case.opinions],
        "withheld": page.withheld,
        "sources": [
            {"id": key, "title": one.title, "url": one.url or None}
            for key, one in page.sources.items()
        ],
    }


def _of_row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "author": row.author,
        "recorded": row.modified,
        "tlp": row.tlp.code,
        "source": row.source,
        "documents": [
            {"title": one.title, "publisher": one.publisher, "url": one.url or None}
            for one in row.documents
        ],
    }


def _claim_json(one: Claim) -> dict[str, Any]:
    return {
        **_of_row(one),
        "text": one.text,
        "claimant": one.claimant.value or None,
        "by": one.by,
        "accused": one.accused,
        "actor": one.actor or None,
        "date": one.date or None,
        "type": one.type or None,
        "basis": one.basis or None,
        "status": one.status.value,
        "grade": one.grade.code,
        "origin": one.origin or None,
        "suspected": [{"purpose": s.purpose.value, "why": s.why} for s in one.suspected],
    }


def _evidence_json(one: Evidence) -> dict[str, Any]:
    return {
        **_of_row(one),
        "text": one.text,
        "kind": one.kind.value,
        "vertex": one.vertex.value,
        "level": one.level.value,
        "grade": one.grade.code,
        "relevance": one.relevance.value,
        "observed": one.observed or None,
        "origin": one.origin,
        "bears_on": list(one.bears_on),
    }


def _hypothesis_json(one: Hypothesis, page: CasePage) -> dict[str, Any]:
    column = page.weighing.column(one.id)
    return {
        **_of_row(one),
        "text": one.text,
        "supposes": one.supposes.value,
        "actors": list(one.actors),
        "count": column.count,
        "weighted": column.weighted,
        "leads": column.leads,
        "fragile": column.fragile,
        "cells": {cell.evidence: cell.mark.value for cell in one.cells},
    }


def _assessment_json(one: Assessment) -> dict[str, Any]:
    return {
        **_of_row(one),
        "hypothesis": one.hypothesis,
        "text": one.text,
        "likelihood": one.likelihood.term,
        "confidence": one.confidence.word,
        "basis": one.basis,
        "date": one.date,
        "gaps": list(one.gaps),
        "assumptions": list(one.assumptions),
    }


def _opinion_json(one: Opinion) -> dict[str, Any]:
    return {
        **_of_row(one),
        "assessment": one.assessment,
        "stance": one.stance.value,
        "text": one.text,
        "date": one.date,
    }


def _page_text(page: CasePage) -> str:
    case = page.case
    incident = case.incident
    labels = case.labels()
    began = f", began {incident.first_seen}" if incident.first_seen else ""
    lines = [f"{incident.name} ({case.tlp.label}{began})"]
    lines += [incident.description] if incident.description else []
    lines.append("Claims" if case.claims else "Nobody claims to know who did it.")
    lines += [f"  {labels[one.id]}  {_claim_text(one)}" for one in case.claims]
    lines.append("Evidence" if case.evidence else "No evidence is recorded.")
    for piece in case.evidence:
        apart = page.weighing.diagnosticity[piece.id]
        lines.append(
            f"  {labels[piece.id]}  {piece.text} ({piece.grade.code}, {piece.relevance.value}"
            f" relevance, tells apart {apart:.2f})"
        )
    if case.hypotheses:
        lines.append("Hypotheses, and how much speaks against each")
        lines += [f"  {labels[one.id]}  {_hypothesis_text(one, page)}" for one in case.hypotheses]
    lines += _judgement_text(case.assessment)
    lines += ["Warnings"] if page.warnings else []
    lines += [f"  {one.rule}. {one.sentence}" for one in page.warnings]
    if page.withheld:
        lines.append(f"{counted(page.withheld, 'row')} above this level left out.")
    return "\n".join(lines)


def _claim_text(one: Claim) -> str:
    said = f" on {one.date}" if one.date else ""
    basis = f"; basis: {one.basis}" if one.basis else ""
    return (
        f"{one.by or 'Somebody'} says{said} that it was {one.accused} ({one.grade.code},"
        f" {one.status.value}{basis})"
    )


def _hypothesis_text(one: Hypothesis, page: CasePage) -> str:
    column = page.weighing.column(one.id)
    leads = "; least refuted" if column.leads else ""
    fragile = ", by one origin only" if column.fragile else ""
    return f"{one.text} ({column.count}, weighted {column.weighted:.2f}{leads}{fragile})"


def _judgement_text(one: Assessment | None) -> list[str]:
    """Likelihood and confidence in sentences of their own."""
    if one is None:
        return ["Nobody has assessed it."]
    lines = [
        f"Assessment of {one.date} by {one.author}",
        f"  {one.text}",
        f"  Likelihood: {one.likelihood.term} ({_plain(one.likelihood.range)}).",
        f"  Confidence: {one.confidence.word}. {one.basis}".rstrip(),
    ]
    return [*lines, *(f"  Not known: {gap}" for gap in one.gaps)]


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


CASE_COMMANDS = (incident_command,)
