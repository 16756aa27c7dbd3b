"""Rows of cases in a database: kept under any source, as a feed or a received bundle keeps them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from store_samples import changes, source, take

from briefing.core.case import Row
from briefing.core.changes import RECORDED_HERE, SourceInfo
from briefing.core.tlp import Tlp
from briefing.feeds.case_rows import row_records
from briefing.store.apply import Applied
from briefing.store.ceilings import open_below

R = TypeVar("R", bound=Row)

HERE = source(RECORDED_HERE, title="Recorded here", kind="analyst")
BUNDLED = source("threat-briefing-incidents", title="Our incidents", kind="own-text")
LATER = "2024-04-01T09:00:00.000Z"
LAST = "2024-05-01T09:00:00.000Z"


def keep(
    connection: sqlite3.Connection, path: Path, rows: Iterable[Row], of: SourceInfo = HERE
) -> Applied:
    """Keep rows as one snapshot of a source."""
    records, documents = row_records(rows)
    return take(connection, path, changes(*records, of=of, full=False, documents=documents))


def later(row: R, modified: str = LATER, **changed: Any) -> R:
    """A later version of a row."""
    return replace(row, modified=modified, **changed)


@contextmanager
def below(path: Path, ceiling: Tlp) -> Iterator[sqlite3.Connection]:
    """A reader below a ceiling."""
    with closing(open_below(path, ceiling)) as reader:
        yield reader.connection
