"""Hand a worked incident on: one file of STIX 2.1, with nothing in it above its audience."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.core.case import Case
from briefing.core.case_page import CasePage
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.tlp import Tlp
from briefing.exports.case_bundle import render_case
from briefing.services.cases import open_case
from briefing.services.export_brief import write_whole
from briefing.store.case_reading import whole
from briefing.store.ceilings import open_below
from briefing.store.connection import Connection, file_of


@dataclass(frozen=True, slots=True)
class ExportedCase:
    """One file that was written.

    Attributes:
        path: Where.
        bytes: Its size.
        tlp: Highest label of what is in it.
        rows: How many rows it holds.
        withheld: How many rows are above the ceiling, and are not in it.
        left: How many claims of feeds are not in it: they are the feeds' own.
    """

    path: Path
    bytes: int
    tlp: Tlp
    rows: int
    withheld: int
    left: int


def export_case(
    connection: Connection, wanted: str, target: Path, ceiling: Tlp, *, replace: bool = False
) -> ExportedCase:
    """Write one incident with its rows as a STIX 2.1 bundle, whole or not at all.

    Claims of feeds stay with the feeds: whoever receives the file takes them from there, under the
    feed's own licence.

    Args:
        connection: A reader; what it does not show is not written, whatever the ceiling.
        wanted: Id, readable id or exact name.
        target: The file.
        ceiling: Nothing above it is written.
        replace: Whether a file that is there gives way.

    Raises:
        NotFoundError: where there is no such incident.
        BriefingError: where the incident itself is above the ceiling, the file is there already, or
            it cannot be written; what was there before is still there.
    """
    if target.exists() and not replace:
        raise BriefingError(
            f"There is a file {target} already, so nothing was written.",
            remedy="Choose another name, or say that it may be replaced.",
        )
    shown = open_case(connection, wanted)
    below = _below(connection, shown, ceiling)
    case = _own(below.case, {row.id for row in shown.case.rows()})
    named = {native: one for native, one in below.actors.items() if one.tlp <= ceiling}
    content = render_case(case, named)
    write_whole(target, content)
    return ExportedCase(
        path=target,
        bytes=len(content),
        tlp=case.tlp,
        rows=sum(1 for _ in case.rows()),
        withheld=below.withheld,
        left=sum(claim.is_of_feed for claim in below.case.claims),
    )


def _below(connection: Connection, shown: CasePage, ceiling: Tlp) -> CasePage:
    """The same incident for the audience, read anew from what it may see."""
    incident = shown.case.incident
    with closing(open_below(file_of(connection), ceiling)) as reader:
        try:
            return open_case(reader.connection, incident.id)
        except NotFoundError as error:
            raise BriefingError(
                f"“{incident.name}” is above {ceiling.label}, so nothing of it was written.",
                remedy="Choose a higher level, if the audience may see it.",
            ) from error


def _own(case: Case, shown: Collection[str]) -> Case:
    """What was recorded and is shown, without what feeds say."""
    return whole(
        replace(
            case,
            claims=tuple(c for c in case.claims if c.id in shown and not c.is_of_feed),
            evidence=tuple(one for one in case.evidence if one.id in shown),
            hypotheses=tuple(one for one in case.hypotheses if one.id in shown),
            assessments=tuple(one for one in case.assessments if one.id in shown),
            opinions=tuple(one for one in case.opinions if one.id in shown),
        )
    )
