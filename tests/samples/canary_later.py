"""Later releases of what is planted: statements that went, and others in their place."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from canary_mint import HEAD, LETTERS, MARKED, Mint, chosen, effective, on_its_day
from canary_plant import Planted, list_ids

from briefing.store.connection import immediate, open_writer
from briefing.store.read_models import rebuild

LATER = "2025-11-06T06:00:00+00:00"
"""When the second releases came in."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CANARY = re.compile(f"{HEAD}[a-z]{{{LETTERS + 1}}}", re.IGNORECASE)


def second_releases(made: Planted, folder: Path) -> Planted:
    """The same database after later releases: one statement in nine went, most were said anew."""
    path = Path(shutil.copy(made.path, folder / "later.db"))
    after = Planted(path, made.mint, dict(made.ids), dict(made.keys), dict(made.places))
    with closing(open_writer(path)) as connection:
        connection.row_factory = None
        with immediate(connection, path):
            after.rows["statements of second releases"] = _say_anew(connection, after)
            rebuild(connection)
            list_ids(connection, after)
    return after


def _say_anew(connection: sqlite3.Connection, made: Planted) -> int:
    """Close statements and put others in their place, as imports do; returns how many."""
    mint, draw = made.mint, chosen(made.mint.rng)
    sources = dict(connection.execute("SELECT id, tlp FROM source").fetchall())
    releases = {}
    for name, marking in sources.items():
        level = effective("CLEAR", marking)
        digest = f"{mint.rng.getrandbits(256):064x}"
        made.ids[digest] = level
        cursor = connection.execute(
            "INSERT INTO snapshot (source, version, sha256, taken_at, applied_at, added, changed,"
            " removed) VALUES (?, ?, ?, ?, ?, 0, 1, 0)",
            (name, mint.word(level, "snapshot.version"), digest, LATER, LATER),
        )
        releases[name] = cursor.lastrowid
    guarded = [
        code
        for code, label in connection.execute(
            "SELECT code, label FROM label WHERE kind = 'country'"
        )
        if label in made.places
    ]
    said: Iterable[tuple[Any, ...]] = connection.execute(
        "SELECT s.id, s.predicate, s.value, s.detail, s.first_seen, r.source FROM statement s"
        " JOIN record r ON r.id = s.record WHERE s.to_snapshot IS NULL AND r.source NOT IN"
        " ('threat-briefing-incidents', 'local-analyst') AND s.id % 9 = 0 AND s.object NOT IN"
        " (SELECT value FROM json_each(?)) ORDER BY s.id",
        (orjson.dumps(guarded).decode(),),
    ).fetchall()
    count = 0
    for number, predicate, value, detail, first, name in said:
        count += 1
        connection.execute(
            "UPDATE statement SET to_snapshot = ? WHERE id = ?", (releases[name], number)
        )
        if count % 4 == 0:
            continue
        marking = MARKED[draw()]
        level = effective(marking, sources[name])
        anew = partial(_anew, mint, level, f"second {predicate}")
        words = value if value.startswith("http") else _CANARY.sub(anew, on_its_day(level, value))
        more = _DAY.sub(partial(_on_day, level), _CANARY.sub(anew, detail))
        connection.execute(
            "INSERT INTO statement (key, subject, predicate, object, value, detail, first_seen,"
            " last_seen, confidence, tlp, record, from_snapshot, to_snapshot) SELECT ?, subject,"
            " predicate, object, ?, ?, ?, '', CASE predicate WHEN 'judged' THEN confidence ELSE"
            " 'low' END, ?, record, ?, NULL FROM statement WHERE id = ?",
            (
                *(mint.rng.getrandbits(62), words, more, on_its_day(level, first), marking),
                *(releases[name], number),
            ),
        )
    return count


def _on_day(level: int, old: re.Match[str]) -> str:
    return on_its_day(level, old[0])


def _anew(mint: Mint, level: int, where: str, _old: re.Match[str]) -> str:
    return mint.name(level, where)
