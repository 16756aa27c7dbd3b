"""What is wrong with a database file, in a sentence with a remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.core.errors import BriefingError


class DatabaseError(BriefingError):
    """A database file cannot be used; it was not changed."""


class MissingDatabaseError(DatabaseError):
    """There is no file at the path."""


class OlderDatabaseError(DatabaseError):
    """The file was written by an older program and has to be brought up first."""


class NewerDatabaseError(DatabaseError):
    """The file was written by a newer program; it was left byte for byte as it was."""


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about a file into sentences with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, path) from error


def explained(error: sqlite3.Error, path: Path) -> DatabaseError:
    """The sentence for what SQLite says about a file."""
    text = str(error)
    lowered = text.lower()
    detail = f"SQLite says: {text}"
    for words, message, remedy in _EXPLANATIONS:
        if any(word in lowered for word in words):
            return DatabaseError(message.format(path=path), detail=detail, remedy=remedy)
    return DatabaseError(
        f"The database {path} could not be used.",
        detail=detail,
        remedy="Nothing was changed. Check it with “briefing database check”.",
    )


UNREADABLE = "user-defined function raised"
"""What SQLite says of a packed content that is no longer one."""

_EXPLANATIONS = (
    (
        ("locked", "busy"),
        "Another program is writing to {path}.",
        "Close it or wait until it has finished, then try again. Nothing was changed.",
    ),
    (
        ("not a database", "malformed", "corrupt", UNREADABLE),
        "The file {path} is damaged or is not a database.",
        "It was left as it is. Restore a copy, or make a new one with “briefing database build”.",
    ),
    (
        ("full",),
        "There is no room left on the disk for {path}.",
        "Free some space and try again. What was there before is still there.",
    ),
    (
        ("readonly", "read-only", "attempt to write"),
        "The database {path} is on a read-only medium or not writable for you.",
        "Copy it to a folder you can write to and name that with --database.",
    ),
    (
        ("disk i/o",),
        "The medium of {path} reports an error, or a limit on file sizes was reached.",
        "Nothing was changed. Free some space, or move the file to another medium.",
    ),
    (
        ("unable to open",),
        "The database {path} cannot be opened: its folder is missing or not writable for you.",
        "Name another place with --database.",
    ),
)
