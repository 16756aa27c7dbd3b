"""Versions of the rows of cases: which one counts where several sources hold the same row.

The one that was recorded last does, whoever holds it. Of versions that were recorded in the same
millisecond it is the one recorded here, else that of the last source by name.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

import orjson

from briefing.core.case_stix import EXTENSION, is_ours, kind_of, label_of
from briefing.core.changes import RECORDED_HERE
from briefing.core.tlp import Tlp

_COLUMNS = "native_id, source, edition, content"
_OF_KINDS = (
    f"SELECT {_COLUMNS} FROM record WHERE to_snapshot IS NULL"  # noqa: S608 - our own words
    " AND kind IN ('claim-row', 'evidence', 'hypothesis', 'assessment', 'opinion')"
)
# From the table itself: below a ceiling each look at a content asks for all its statements.
_OWN_INCIDENTS = (
    f"SELECT {_COLUMNS} FROM record WHERE id IN (SELECT i.id FROM main.record i"  # noqa: S608 - as above
    " WHERE i.kind = 'incident' AND i.to_snapshot IS NULL AND instr(i.content, ?) > 0)"
)
_HELD = f"{_OF_KINDS} UNION ALL {_OWN_INCIDENTS}"
_DOUBLE = (
    "SELECT native_id, source, edition FROM record WHERE to_snapshot IS NULL"
    " AND kind IN ('incident', 'claim-row') AND native_id IN (SELECT native_id FROM record"
    " WHERE to_snapshot IS NULL AND kind IN ('incident', 'claim-row') GROUP BY native_id"
    " HAVING count(*) > 1) AND instr(content, ?) > 0"
)


@dataclass(frozen=True, slots=True)
class HeldRow:
    """The version of a row that counts.

    Attributes:
        id: The row's.
        source: Id of the source that holds it; "" where that is hidden.
        value: The STIX object; empty where it is above the ceiling of the reader.
    """

    id: str
    source: str
    value: dict[str, Any]

    @property
    def kind(self) -> str:
        """What our extension calls it; "" where it is hidden."""
        return kind_of(self.value) if self.value else ""

    @property
    def withdrawn(self) -> bool:
        """Whether this version takes the row out."""
        return self.value.get("revoked") is True

    @property
    def tlp(self) -> Tlp:
        """Its label; RED where it is hidden."""
        return label_of(self.value) if self.value else Tlp.RED

    @property
    def incident(self) -> str:
        """Id of the incident it is about; its own where it is one; "" where it is hidden."""
        if not self.value:
            return ""
        about = self.value["extensions"][EXTENSION].get("incident", self.id)
        return about if isinstance(about, str) else ""


def held_rows(connection: sqlite3.Connection) -> tuple[HeldRow, ...]:
    """The version that counts of every row, withdrawn and hidden ones too, by id."""
    newest: dict[str, tuple[tuple[str, bool, str], HeldRow]] = {}
    for native, source, edition, content in connection.execute(_HELD, (EXTENSION,)):
        value = orjson.loads(content)
        if value and not is_ours(value):
            continue
        rank = _rank(edition, source)
        if native not in newest or newest[native][0] < rank:
            newest[native] = (rank, HeldRow(native, source, value))
    return tuple(row for _, (_, row) in sorted(newest.items()))


def outdated(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """(source, id) of incidents and claims that another source holds in a later version."""
    found: dict[str, list[tuple[tuple[str, bool, str], str]]] = {}
    for native, source, edition in connection.execute(_DOUBLE, (EXTENSION,)):
        found.setdefault(native, []).append((_rank(edition, source), source))
    return frozenset(
        (source, native)
        for native, versions in found.items()
        for _, source in sorted(versions)[:-1]
    )


def _rank(edition: str, source: str) -> tuple[str, bool, str]:
    return edition, source == RECORDED_HERE, source
