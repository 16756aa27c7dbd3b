"""Rows of cases in a STIX bundle: objects that bear our extension, read strictly and together.

A row counts only where everything that it refers to within its case is in the bundle as well. One
that does not fit is put aside with its reason, and then whatever is about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from briefing.core.case import Row
from briefing.core.case_checks import check_rows
from briefing.core.case_stix import DERIVED, from_stix, kind_of
from briefing.core.changes import DocumentDraft, RecordDraft
from briefing.core.row_fields import RowError
from briefing.feeds.case_rows import row_records


def follows_from_rows(value: Mapping[str, Any]) -> bool:
    """Whether an object that bears our extension only follows from rows, and is none."""
    return kind_of(value) == DERIVED


@dataclass(slots=True)
class BundleRows:
    """The rows of one bundle while it is read.

    Attributes:
        values: Native id → the object that bears our extension.
        numbers: Native id → which object of the bundle that was.
    """

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, native: str, value: dict[str, Any], number: int) -> None:
        """Keep an object that is to be read as a row."""
        self.values[native], self.numbers[native] = value, number

    def drop(self, native: str) -> None:
        """Another object bears the id and is kept in its place."""
        self.values.pop(native, None)

    def read(self) -> ReadRows:
        """Everything that can be taken, and why the rest cannot."""
        rows: dict[str, Row] = {}
        faults: dict[str, str] = {}
        for native, value in self.values.items():
            try:
                rows[native] = from_stix(value)
            except RowError as error:
                faults[native] = error.message
        # What goes may be what another row is about, so they are looked at until all of them fit.
        while misplaced := _misplaced(rows, faults):
            faults.update(misplaced)
            for native in misplaced:
                del rows[native]
        records, documents = row_records(rows.values())
        return ReadRows(
            {record.native_id: record for record in records},
            documents,
            {self.numbers[native]: Refused(native, fault) for native, fault in faults.items()},
            frozenset(row.tlp.code for row in rows.values()),
        )


def _misplaced(rows: Mapping[str, Row], faults: Mapping[str, str]) -> dict[str, str]:
    found = {row.id: fault for row, fault in check_rows(rows.values())}
    for row in rows.values():
        if getattr(row, "incident", "") in faults:
            found.setdefault(row.id, "the incident that it is about was not taken.")
    return found


class Refused(NamedTuple):
    """A row that was not taken.

    Attributes:
        native: Its id.
        fault: Why, as the end of a sentence about it.
    """

    native: str
    fault: str


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The rows of a bundle as records.

    Attributes:
        records: Native id → record.
        documents: What they cite.
        refused: Which object of the bundle → what was not taken, and why.
        labels: The labels that they bear.
    """

    records: Mapping[str, RecordDraft]
    documents: tuple[DocumentDraft, ...]
    refused: Mapping[int, Refused]
    labels: frozenset[str]
