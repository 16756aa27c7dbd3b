"""EuRepoC tables to read: the real ones beside the repository, and small ones written here."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import shared_data
from galaxy_samples import real_vocabulary
from store_samples import source

from briefing.core.changes import ChangeSet, StatementDraft
from briefing.feeds.eurepoc import parse_eurepoc
from briefing.feeds.payload import FeedContext, Payload


def _heads(named: str) -> list[str]:
    return named.split()


INCIDENT = _heads(
    "ID name description start_date end_date incident_type receiver_name receiver_country"
    " receiver_category receiver_category_subcode initiator_name initiator_country"
    " initiator_category initiator_category_subcode attribution_date attribution_type"
    " attribution_basis attributing_actor attribution_it_company attributing_country"
    " attributed_initiator attributed_initiator_country attributed_initiator_category"
    " sources_attribution sources_url"
)
ATTRIBUTION = _heads(
    "incident_ID attribution_ID attribution_date attribution_type attribution_basis"
    " attributing_actor attribution_it_company attributing_country attributed_initiator"
    " attributed_initiator_country attributed_initiator_category"
)
RECEIVER = _heads(
    "ID receiver_country receiver_region receiver_name receiver_category receiver_category_subcode"
)

REAL = {
    "incident": "EuRepoC_Global_Database_1.1.csv",
    "attribution": "EuRepoC_Attribution_dataset_1.1.csv",
    "receiver": "EuRepoC_Receiver_dataset_1.1.csv",
}
EUREPOC = source("eurepoc")


def context() -> FeedContext:
    """The real vocabularies, and EuRepoC as a known source."""
    return FeedContext(real_vocabulary(), {"eurepoc": EUREPOC})


def table(heads: Sequence[str], *rows: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """A CSV file; a mapping fills the columns it names, a sequence is a row as it stands."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        cells = [row.get(head, "") for head in heads] if isinstance(row, Mapping) else row
        writer.writerow([str(cell) for cell in cells])
    return written.getvalue().encode()


def read(data: bytes, name: str = "EuRepoC_1.1.csv") -> ChangeSet:
    """A table as a change-set."""
    return parse_eurepoc(Payload(name, data), context())


def incidents(*rows: Mapping[str, Any]) -> ChangeSet:
    """The table of incidents; numbers are given in order where a row has none."""
    return read(table(INCIDENT, *_numbered("ID", rows)))


def attributions(*rows: Mapping[str, Any]) -> ChangeSet:
    """The table of attributions, of incident 1 where a row names no other."""
    return read(
        table(ATTRIBUTION, *({"incident_ID": 1, "attribution_ID": 7, **row} for row in rows))
    )


def receivers(*rows: Mapping[str, Any]) -> ChangeSet:
    """The table of receivers, of incident 1 where a row names no other."""
    return read(table(RECEIVER, *({"ID": 1, **row} for row in rows)))


def said(changes: ChangeSet, predicate: str) -> list[StatementDraft]:
    """Every statement with a predicate."""
    return [
        statement
        for record in changes.records
        for statement in record.statements
        if statement.predicate.value == predicate
    ]


@cache
def real_payload(kind: str) -> Payload:
    """One of the three real tables."""
    return Payload(REAL[kind], shared_data.read(f"eurepoc/{REAL[kind]}"))


@cache
def real_changes(kind: str) -> ChangeSet:
    """One of the three real tables, read."""
    return parse_eurepoc(real_payload(kind), context())


def _numbered(head: str, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [{head: number, **row} for number, row in enumerate(rows, start=1)]
