"""Rows of a CSV file, each on its own: a bad one is put aside with its line, the rest is read.

The csv module is used in its strict mode, so that a quotation mark that is never closed is a fault
of the rows it swallows and not a cell of half a file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.core.errors import BriefingError
from briefing.feeds.payload import Payload

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is not read; all of EuRepoC is below 5 MB."""
MOST_CHARACTERS = 100_000
"""Of one cell; the longest of EuRepoC 1.1 has 13,737. The csv module stops at 131,072 itself."""
_REMEDY = "Nothing was changed. Download or export the file again."
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
"""What bytes that are no UTF-8 become when they are read with ``surrogateescape``."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        line: The line of the file it begins in, from 1.
        cells: Head of the column → text, without the empty cells.
        fault: Why it cannot be taken, in a sentence; "" where it can. Its cells are then the first
            one alone, as far as that was read.
    """

    line: int
    cells: dict[str, str]
    fault: str = ""

    def text(self, head: str) -> str:
        """The text of a cell without the spaces around it; "" where it is empty or not there."""
        return self.cells.get(head, "").strip()


class Table:
    """A CSV file with heads.

    Attributes:
        heads: The heads of its columns.
    """

    def __init__(self, payload: Payload) -> None:
        """Decode the file and read its heads.

        Raises:
            BriefingError: for a file that is too large, or whose first line holds no heads.
        """
        if len(payload.data) > MOST_BYTES:
            raise BriefingError(
                f"{payload.name} is larger than {MOST_BYTES >> 20} MiB and was not read.",
                remedy="Nothing was changed. Ask whoever publishes it for a smaller file.",
            )
        text = payload.data.decode("utf-8-sig", "surrogateescape")
        self._reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            first = next(self._reader, [])
        except csv.Error as error:
            raise BriefingError(
                f"{payload.name} was not taken: its first line holds no heads of columns.",
                detail=str(error),
                remedy=_REMEDY,
            ) from error
        self.heads = tuple(head.strip() for head in first)
        fault = self._fault_of_heads()
        if fault:
            raise BriefingError(f"{payload.name} was not taken: {fault}", remedy=_REMEDY)

    def rows(self) -> Iterator[Row]:
        """Every row after the heads, the bad ones with their fault; lines without a cell are none.

        Each row is read once: a second call goes on where the first one stopped.
        """
        while True:
            line = self._reader.line_num + 1
            try:
                cells = next(self._reader, None)
            except csv.Error as error:
                yield Row(line, {}, _broken(error))
                continue
            if cells is None:
                return
            if cells:
                fault = self._fault(cells)
                kept = zip(self.heads, cells[:1] if fault else cells, strict=False)
                yield Row(line, {head: cell for head, cell in kept if cell}, fault)

    def _fault_of_heads(self) -> str:
        if any(_NOT_UTF8.search(head) for head in self.heads):
            return "its first line holds bytes that are no UTF-8 text."
        twice = next((head for head in self.heads if self.heads.count(head) > 1), None)
        return "" if twice is None else f"it has two columns with the head “{twice[:80]}”."

    def _fault(self, cells: list[str]) -> str:
        if len(cells) != len(self.heads):
            return f"it has {_counted(len(cells))} where the file has {len(self.heads)} columns."
        for head, cell in zip(self.heads, cells, strict=True):
            if len(cell) > MOST_CHARACTERS:
                return f"“{head[:80]}” is longer than {MOST_CHARACTERS:,} characters."
            if _NOT_UTF8.search(cell):
                return f"“{head[:80]}” holds bytes that are no UTF-8 text."
        return ""


def _counted(cells: int) -> str:
    return "one cell" if cells == 1 else f"{cells:,} cells"


def _broken(error: csv.Error) -> str:
    if "field limit" in str(error):
        return "a cell in it is longer than anything EuRepoC writes."
    return "a quotation mark in it is never closed, or something follows after the closing one."
