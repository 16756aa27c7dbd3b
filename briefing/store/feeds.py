"""Feeds a person has set up, and what the last request to each of them brought."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FeedState:
    """One feed that can be updated over the network.

    Attributes:
        source: Id of the source it fills.
        title: Its title.
        format: ``file``, ``feed``, ``rolie``, ``misp`` or ``taxii``: how it is fetched.
        address: https address; "" where the program knows it, and only what the last request
            brought is remembered.
        inside: Whether it is a server inside the person's own network.
        options: What the way of fetching needs besides (a collection, a user name).
        etag: As the server sent it with what was taken last.
        last_modified: Likewise.
        cursor: Where an incremental feed goes on.
        checked_at: When it was last asked for, ISO 8601, or "".
    """

    source: str
    title: str
    format: str
    address: str
    inside: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    etag: str = ""
    last_modified: str = ""
    cursor: str = ""
    checked_at: str = ""


def read_feeds(connection: sqlite3.Connection) -> tuple[FeedState, ...]:
    """Every feed that was set up or asked for, by source id."""
    rows = connection.execute(
        "SELECT source, title, format, address, inside, options, etag, last_modified, cursor,"
        " checked_at FROM feed ORDER BY source"
    ).fetchall()
    return tuple(
        FeedState(
            **{
                **dict(row),
                "inside": bool(row["inside"]),
                "options": json.loads(row["options"]),
            }
        )
        for row in rows
    )


def write_feed(connection: sqlite3.Connection, feed: FeedState) -> None:
    """Set up a feed, or note what came of asking for it, inside the caller's transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO feed (source, title, format, address, inside, options, etag,"
        " last_modified, cursor, checked_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            *(feed.source, feed.title, feed.format, feed.address, int(feed.inside)),
            json.dumps(dict(feed.options), sort_keys=True, ensure_ascii=False),
            *(feed.etag, feed.last_modified, feed.cursor, feed.checked_at),
        ),
    )


def forget_feed(connection: sqlite3.Connection, source: str) -> None:
    """Remove a feed; what was taken from it stays."""
    connection.execute("DELETE FROM feed WHERE source = ?", (source,))
