"""Imports on chosen days, for what asks what changed since."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from briefing.core.changes import ChangeSet, canonical
from briefing.store.apply import apply_changes
from briefing.store.connection import immediate
from briefing.store.read_models import rebuild


def take_on(connection: sqlite3.Connection, path: Path, day: str, change_set: ChangeSet) -> None:
    """Take a change-set in on a day; its records are new editions, whatever they state."""
    records = tuple(
        replace(record, content=canonical({**record.value(), "seen": day}))
        for record in change_set.records
    )
    moment = f"{day}T10:00:00+00:00"
    with immediate(connection, path):
        whole = replace(change_set, records=records)
        apply_changes(connection, whole, taken_at=moment, applied_at=moment)
        rebuild(connection)
