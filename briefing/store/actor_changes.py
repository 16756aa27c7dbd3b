"""What imports changed of what is said about one actor."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.core.changes import Predicate
from briefing.core.dates import long_date
from briefing.core.history import ChangeKind, StatementChange
from briefing.store.labels import Labels

_CODED = {
    Predicate.MOTIVATED_BY: "motive",
    Predicate.HAS_GOAL: "goal",
    Predicate.OF_KIND: "kind",
    Predicate.TARGETS_SECTOR: "sector",
}
_PLACES = {Predicate.TARGETS_COUNTRY, Predicate.SPONSORED_BY, Predicate.LOCATED_IN}
_NOT_TOLD = (Predicate.MENTIONED_IN, Predicate.ADVISED)
"""Documents have a list of their own, and advice is not news about an actor."""
_SHOWN = 240
"""How much of a text is shown, in characters."""
_RUN_UP = 40
"""How much of a text is shown before the place where it was rewritten."""
_SHORT = 40
"""Up to how many characters a detail is told before and after; a longer one is only named."""
_ASPECTS = {
    "first_seen": "first seen",
    "last_seen": "last seen",
    "confidence": "confidence",
    "tlp": "marking",
}
_DETAILS = {"coined_by": "coined by", "by": "stated by", "date": "stated on", "basis": "reasoning"}
_KEV_LISTED = "kev-listed"
"""That a catalogue lists a vulnerability as exploited; the value says whether by ransomware."""
_PLACE = "place"
"""Only says in which order sentences were written."""

_QUERY = """
    SELECT n.applied_at, n.id AS snapshot, n.version, n.id = s.from_snapshot AS came, s.subject,
        s.predicate, s.object, s.value, s.detail, s.first_seen, s.last_seen, s.confidence, s.tlp,
        s.key, o.id AS source, o.title, t.attack_id || ' ' || t.name AS technique,
        w.name AS software, a.name AS actor,
        (SELECT group_concat(c.document) FROM citation c WHERE c.statement = s.id) AS documents
    FROM actor_member m JOIN statement s ON s.subject = m.native
        JOIN snapshot n ON n.id IN (s.from_snapshot, s.to_snapshot)
        JOIN source o ON o.id = n.source
        LEFT JOIN technique t ON t.id = s.object LEFT JOIN software w ON w.id = s.object
        LEFT JOIN actor_member x ON x.native = s.object LEFT JOIN actor a ON a.id = x.actor
    WHERE m.actor = ? AND n.applied_at >= ?
        AND EXISTS (SELECT 1 FROM snapshot b WHERE b.source = n.source AND b.id < n.id)
        AND s.predicate NOT IN (SELECT value FROM json_each(?))
    ORDER BY n.id DESC, s.predicate, s.value, s.object, s.id
"""


def changes_since(
    connection: sqlite3.Connection, labels: Labels, actor: str, since: str
) -> tuple[StatementChange, ...]:
    """What is said about an actor now and was not before, and the other way round, newest first.

    A statement that came and went within the time is told twice. Where one import takes a statement
    away and brings the same with another date or detail, that is one change, ``restated``, and so
    is one description in the place of another; where only the order of sentences differs, it is
    none.

    Args:
        connection: Any reader.
        labels: Words of codes.
        actor: The actor's id.
        since: ISO 8601 day or moment; imports from then on count. The first import of a source is
            no change: before it the source was not here.
    """
    left_out = json.dumps([predicate.value for predicate in _NOT_TOLD])
    rows = connection.execute(_QUERY, (actor, since, left_out)).fetchall()
    alike: dict[tuple[object, ...], list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        prose = row["predicate"] == Predicate.DESCRIBED_AS.value
        said = (row["subject"], row["predicate"], row["object"], "" if prose else row["value"])
        alike[row["snapshot"], *said].append(row)
    return tuple(change for group in alike.values() for change in _changes(labels, group))


def last_import(connection: sqlite3.Connection) -> str:
    """When a source was last taken in again, ISO 8601; "" where none ever was."""
    (applied_at,) = connection.execute(
        "SELECT max(n.applied_at) FROM snapshot n WHERE EXISTS"
        " (SELECT 1 FROM snapshot b WHERE b.source = n.source AND b.id < n.id)"
    ).fetchone()
    return str(applied_at or "")


def _changes(labels: Labels, rows: Sequence[sqlite3.Row]) -> Iterator[StatementChange]:
    """What one import made of one thing said; each that went is paired with one that came.

    One whose key went and came stands: only the record that states it is another.
    """
    kept = _keys(rows, came=True) & _keys(rows, came=False)
    differing = [row for row in rows if row["key"] not in kept]
    came = [row for row in differing if row["came"]]
    gone = [row for row in differing if not row["came"]]
    # Of several descriptions nobody can tell which took the place of which.
    prose = bool(rows) and rows[0]["predicate"] == Predicate.DESCRIBED_AS.value
    pairs = 0 if prose and (len(gone), len(came)) != (1, 1) else min(len(gone), len(came))
    for before, after in zip(gone[:pairs], came[:pairs], strict=True):
        if differs := differences(before, after):
            yield _change(labels, after, "restated", differs, before["value"])
    for row in came[pairs:]:
        yield _change(labels, row, "added")
    for row in gone[pairs:]:
        yield _change(labels, row, "gone")


def _keys(rows: Sequence[sqlite3.Row], *, came: bool) -> set[int]:
    return {row["key"] for row in rows if bool(row["came"]) is came}


def _change(
    labels: Labels,
    row: sqlite3.Row,
    change: ChangeKind,
    differs: tuple[str, ...] = (),
    before: str = "",
) -> StatementChange:
    predicate = Predicate(row["predicate"])
    rewritten = change == "restated" and before != row["value"]
    return StatementChange(
        day=row["applied_at"][:10],
        change=change,
        predicate=predicate.value,
        text=from_difference(before, row["value"])
        if rewritten
        else said_words(labels, predicate, row),
        opens=row["object"] if row["technique"] or row["software"] else "",
        differs=differs,
        source=row["source"],
        title=row["title"],
        version=row["version"],
        snapshot=row["snapshot"],
        statement=row["key"],
        tlp=row["tlp"],
    )


def differences(before: sqlite3.Row, after: sqlite3.Row) -> tuple[str, ...]:
    """Everything in which two statements of the same differ, in words.

    Args:
        before: The statement that went, with its columns, and its ``documents`` joined.
        after: The statement that came.
    """
    found = []
    if before["value"] != after["value"]:
        found.append(f"before: {from_difference(after['value'], before['value'])}")
    found += [
        _compared(words, before[name], after[name])
        for name, words in _ASPECTS.items()
        if before[name] != after[name]
    ]
    old, new = _detail(before), _detail(after)
    found += [
        _compared(_DETAILS.get(name, name.replace("_", " ")), old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]
    if before["documents"] != after["documents"]:
        found.append("references")
    return tuple(found)


def from_difference(other: str, text: str) -> str:
    """A text from where it differs from another one, with some words before that.

    Args:
        other: The text it is compared with.
        text: What is to be shown, at most 240 characters of it.
    """
    pairs = enumerate(zip(other, text, strict=False))
    place = next((at for at, (one, two) in pairs if one != two), min(len(other), len(text)))
    start = text.rfind(" ", 0, max(place - _RUN_UP, 0)) + 1
    shown = text[start : start + _SHOWN]
    end = "…" if start + _SHOWN < len(text) else ""
    return f"{'…' if start else ''}{shown}{end}"


def _detail(row: sqlite3.Row) -> dict[str, Any]:
    detail: dict[str, Any] = json.loads(row["detail"]) if row["detail"] else {}
    detail.pop(_PLACE, None)
    return detail


def _compared(what: str, before: object, after: object) -> str:
    """``confidence low → high``; only the name of what differs where that would be long."""
    values = [str(value) if value else "not stated" for value in (before, after)]
    plain = all(value is None or isinstance(value, str) for value in (before, after))
    if not plain or max(map(len, values)) > _SHORT:
        return what
    return f"{what}: {values[0]} → {values[1]}"


def said_words(labels: Labels, predicate: Predicate, row: sqlite3.Row) -> str:
    """What a statement says of its subject, at most 240 characters.

    Args:
        labels: Words of codes.
        predicate: The statement's.
        row: Its columns, and the names behind its object: ``technique``, ``software``, ``actor``.
    """
    code, value = row["object"], row["value"]
    if named := row["technique"] or row["software"]:
        return str(named)
    if row["actor"]:
        return f"{row['actor']} ({value})" if value else str(row["actor"])
    if code and predicate in _PLACES:
        return labels.target(code)
    if code and predicate in _CODED:
        return labels.label(_CODED[predicate], code)
    if code == _KEV_LISTED:
        day = long_date(row["first_seen"])
        return f"Listed as exploited on {day}; used by ransomware: {value.lower() or 'not said'}"
    if predicate is Predicate.HAPPENED and row["first_seen"]:
        value = f"{row['first_seen']}: {value}"
    text = value or code
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
