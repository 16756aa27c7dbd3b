"""Whether texts of ours have a run of words in common with texts of others.

For every kind of text that is written for this program: what was noted while reading, and what the
catalogues say, may be told and must not be copied.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import orjson
from shared_data import FOLDER

LONGEST = 7
"""Words in a row that two texts may have in common."""
NOTES = FOLDER.parent / "facts"
"""Notes from which our texts were written."""

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(text.casefold())


def runs(text: str, length: int = LONGEST + 1) -> Iterator[tuple[str, ...]]:
    """Every run of so many words of a text."""
    found = words(text)
    return (tuple(found[at : at + length]) for at in range(len(found) - length + 1))


def shared(ours: Mapping[str, Iterable[str]], others: Iterable[str]) -> dict[str, set[str]]:
    """Where a text of ours has a run of words of somebody else's text.

    Args:
        ours: Name of something that we wrote → its texts.
        others: Texts of others; each is looked at once and none is kept.

    Returns:
        The runs, by the names of ours in which they stand; empty where all is ours.
    """
    places: dict[tuple[str, ...], str] = {
        run: name for name, texts in ours.items() for text in texts for run in runs(text)
    }
    found: dict[str, set[str]] = {}
    for text in others:
        for run in runs(text):
            if run in places:
                found.setdefault(places[run], set()).add(" ".join(run))
    return found


def noted(folder: Path = NOTES) -> Iterator[str]:
    """The notes, one file after another."""
    for path in sorted(folder.iterdir()):
        yield path.read_text(encoding="utf-8")


def catalogued(connection: sqlite3.Connection) -> Iterator[str]:
    """What the catalogues of a database say in words: every description of every record."""
    rows = connection.execute(
        "SELECT r.content FROM record r JOIN source o ON o.id = r.source"
        " WHERE o.kind = 'catalogue' AND r.to_snapshot IS NULL"
    )
    for (content,) in rows:
        description = orjson.loads(content).get("description")
        if isinstance(description, str):
            yield description
