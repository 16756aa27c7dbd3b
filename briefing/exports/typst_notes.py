"""An author's note as the template expects it: the tree, with headings that skip no level."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Any

from briefing.core.brief import (
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
)
from briefing.exports.typst_words import Words

_SECTION = 2
"""Level of a section's heading, under which a note's begin."""
_INDENT = re.compile(r"^[ \t]+")
_TAB = 4
"""Spaces."""
