"""Imports so far, and what each left out."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from store_samples import actor, changes, source, take

from briefing.core.changes import Quarantined
from briefing.store.history import read_history, read_quarantine


def test_the_newest_import_comes_first_with_what_it_changed(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl"), version="1"))
    take(database, path, changes(actor(1, "Fox", n=1), actor(3, "Elk"), version="2"))
    newest, first = read_history(database)
    assert (first.version, first.version_before, first.added) == ("1", "", 2)
    assert (newest.version, newest.version_before) == ("2", "1")
    assert (newest.added, newest.changed, newest.removed) == (1, 1, 1)
    assert newest.title == "Feed-A"


def test_of_each_source_only_the_newest_import_can_be_undone(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox")))
    take(database, path, changes(actor(1, "Fox", n=1)))
    take(database, path, changes(actor(2, "Owl"), of=source("feed-b")))
    newest = {(row.source, row.id): row.newest for row in read_history(database)}
    assert newest == {("feed-a", 1): False, ("feed-a", 2): True, ("feed-b", 3): True}


def test_what_an_import_left_out_is_kept_with_its_reason(
    database: sqlite3.Connection, path: Path
) -> None:
    left_out = (Quarantined("actor-9", "It has no name."), Quarantined("", "It is no object."))
    applied = take(database, path, replace(changes(actor(1, "Fox")), quarantined=left_out))
    assert applied.snapshot is not None
    [row] = read_history(database)
    assert row.quarantined == len(left_out)
    assert read_quarantine(database, applied.snapshot) == left_out
    assert read_quarantine(database, applied.snapshot + 1) == ()
