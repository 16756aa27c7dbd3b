"""Levels of the headings of a note, so that none is skipped.

PDF/UA-1 and screen readers want every heading one level below the one before it at most, whatever
levels an author chose.
"""

from __future__ import annotations


class Levels:
    """Levels of the headings of one note, asked for in their order."""

    def __init__(self, section: int) -> None:
        """Begin under the heading of a section of this level."""
        self._section = section
        self._open: list[int] = []

    def next(self, wanted: int) -> int:
        """The level to print for a heading of which the author says ``wanted`` (1 is highest)."""
        while self._open and self._open[-1] >= wanted:
            self._open.pop()
        self._open.append(wanted)
        return self._section + len(self._open)
