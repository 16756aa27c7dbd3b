"""workspace.db: what never leaves. Saved filters, delivered briefings, what was read and kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.store.connection import immediate


@dataclass(frozen=True, slots=True)
class Delivery:
    """A briefing as it was handed over.

    Attributes:
        manifest: Its brief.json: frozen content with the snapshots it was made from.
        files: Paths it was written to.
        delivered_at: ISO 8601.
    """

    kind: str
    subject: str
    title: str
    audience: str
    tlp: str
    delivered_at: str
    manifest: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A named set of filter values of one screen."""

    name: str
    screen: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Something kept for briefings to come.

    Attributes:
        kind: ``advisory``.
        ref: Its id in the knowledge database, which may have lost it since.
        added_at: ISO 8601.
    """

    kind: str
    ref: str
    added_at: str


class Workspace:
    """The one connection to a person's workspace; used on the thread that made it."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            DatabaseError: with the reason; a newer or foreign file is left as it is.
        """
        # lazy: 0.1 s of migrations; the window stands before its workspace is asked for.
        from briefing.store.migrate import open_workspace  # noqa: PLC0415 - start time

        self._path = path
        self._connection: sqlite3.Connection = open_workspace(path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def save_filter(self, saved: SavedFilter) -> None:
        """Keep a filter under its name; one of the same name on the same screen is replaced."""
        with immediate(self._connection, self._path):
            self._connection.execute(
                "INSERT OR REPLACE INTO saved_filter VALUES (?, ?, ?)",
                (saved.screen, saved.name, json.dumps(dict(saved.values), sort_keys=True)),
            )

    def delete_filter(self, screen: str, name: str) -> None:
        """Forget a filter of a screen."""
        with immediate(self._connection, self._path):
            self._connection.execute(
                "DELETE FROM saved_filter WHERE screen = ? AND name = ?", (screen, name)
            )

    def filters(self, screen: str) -> tuple[SavedFilter, ...]:
        """The filters saved for a screen, by name."""
        rows = self._connection.execute(
            "SELECT name, screen, filter FROM saved_filter WHERE screen = ? ORDER BY name",
            (screen,),
        )
        return tuple(SavedFilter(name, where, json.loads(text)) for name, where, text in rows)

    def record_delivery(self, delivery: Delivery) -> int:
        """Remember a delivered briefing; returns its id."""
        with immediate(self._connection, self._path):
            cursor = self._connection.execute(
                "INSERT INTO delivered (kind, subject, title, audience, tlp, delivered_at,"
                " manifest, files) VALUES (?,?,?,?,?,?,?,?)",
                (
                    *(delivery.kind, delivery.subject, delivery.title, delivery.audience),
                    *(delivery.tlp, delivery.delivered_at, delivery.manifest),
                    json.dumps(delivery.files),
                ),
            )
        assert cursor.lastrowid is not None  # noqa: S101 - an INSERT that did not raise has a row id
        return cursor.lastrowid

    def deliveries(self, limit: int = 50) -> tuple[Delivery, ...]:
        """Delivered briefings, newest first."""
        rows = self._connection.execute(
            "SELECT kind, subject, title, audience, tlp, delivered_at, manifest, files"
            " FROM delivered ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        return tuple(
            Delivery(**{**dict(row), "files": tuple(json.loads(row["files"]))}) for row in rows
        )

    def read_marks(self) -> dict[str, str]:
        """Id of every advisory that was read → the content key it had then."""
        rows = self._connection.execute("SELECT advisory, content_key FROM read_mark")
        return dict(rows.fetchall())

    def mark_read(self, advisories: Mapping[str, str], read_at: str) -> None:
        """Note that advisories (id → content key) were read."""
        with immediate(self._connection, self._path):
            self._connection.executemany(
                "INSERT OR REPLACE INTO read_mark VALUES (?, ?, ?)",
                ((advisory, key, read_at) for advisory, key in advisories.items()),
            )

    def mark_unread(self, advisories: Iterable[str]) -> None:
        """Forget that advisories were read."""
        with immediate(self._connection, self._path):
            self._connection.executemany(
                "DELETE FROM read_mark WHERE advisory = ?", ((one,) for one in advisories)
            )

    def bookmarks(self, kind: str) -> tuple[Bookmark, ...]:
        """What is kept of a kind, in the order in which it was added."""
        rows = self._connection.execute(
            "SELECT kind, ref, added_at FROM bookmark WHERE kind = ? ORDER BY added_at, ref",
            (kind,),
        )
        return tuple(Bookmark(*row) for row in rows)

    def keep(self, bookmark: Bookmark) -> None:
        """Keep something; what is kept already stays as it was added."""
        with immediate(self._connection, self._path):
            self._connection.execute(
                "INSERT OR IGNORE INTO bookmark VALUES (?, ?, ?)",
                (bookmark.kind, bookmark.ref, bookmark.added_at),
            )

    def let_go(self, kind: str, ref: str) -> None:
        """Keep something no longer."""
        with immediate(self._connection, self._path):
            self._connection.execute("DELETE FROM bookmark WHERE kind = ? AND ref = ?", (kind, ref))
