"""Whether statements, known by their keys, still stand, were changed or were withdrawn.

A statement is never overwritten: an import closes it and states another. One of the same source
that says the same thing of the same subject, and came when the old one went or later, is its
successor. What already stood beside it is not.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import orjson

from briefing.core.changes import Predicate
from briefing.core.history import subject_words
from briefing.core.tlp import Tlp, parse_tlp
from briefing.store.actor_changes import differences, from_difference, said_words
from briefing.store.actors import json_list
from briefing.store.labels import Labels
from briefing.store.subject_names import names_of

State = Literal["stands", "changed", "withdrawn", "unknown"]

_COLUMNS: Final = (
    "SELECT s.id, s.key, s.subject, s.predicate, s.object, s.value, s.detail, s.first_seen,"
    " s.last_seen, s.confidence, s.tlp, s.from_snapshot, s.to_snapshot, o.id AS source,"
    " o.title, o.tlp AS source_tlp, t.attack_id || ' ' || t.name AS technique,"
    " w.name AS software, a.name AS actor, ifnull(m.actor, '') AS actor_id,"
    " (SELECT group_concat(c.document) FROM citation c WHERE c.statement = s.id) AS documents,"
    " o.kind AS source_kind"
    " FROM statement s JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source"
    " LEFT JOIN technique t ON t.id = s.object LEFT JOIN software w ON w.id = s.object"
    " LEFT JOIN actor_member x ON x.native = s.object LEFT JOIN actor a ON a.id = x.actor"
    " LEFT JOIN actor_member m ON m.native = s.subject"
)
_OF_KEYS: Final = " WHERE s.key IN (SELECT value FROM json_each(?)) ORDER BY s.id"
_OF_SUBJECTS: Final = (
    " WHERE s.subject IN (SELECT value FROM json_each(?)) AND s.to_snapshot IS NULL ORDER BY s.id"
)
_Same = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """One statement as people read it.

    Attributes:
        key: Its key.
        text: What it says, in words.
        level: Its own marking or its source's, whichever is higher.
        since: Number of the snapshot that first stated it.
        rests_on: Keys of sources: the one that says it, or the documents a text of ours cites.
    """

    key: int
    text: str
    level: Tlp
    since: int
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of one statement.

    Attributes:
        key: The key that was asked about.
        state: Whether it stands; ``unknown`` where this database never held it.
        about: Name of what it is about, or "".
        subject: Native id of that, or "".
        actor: Id of the actor it is about, or "".
        predicate: What is said, or "".
        object: Native id or code of what is said of it, or "".
        heading: What kind of thing it says ("Names"), or "".
        source: Id of the source that said it, or "".
        title: Title of that source.
        before: The statement; None where it is unknown.
        now: What took its place; None unless it was changed.
        differs: In what the two differ, in words.
        closed: Number of the snapshot that ended it; None while it stands.
    """

    key: int
    state: State
    about: str = ""
    subject: str = ""
    actor: str = ""
    predicate: str = ""
    object: str = ""
    heading: str = ""
    source: str = ""
    title: str = ""
    before: Words | None = None
    now: Words | None = None
    differs: tuple[str, ...] = ()
    closed: int | None = None


def read_standing(
    connection: sqlite3.Connection, labels: Labels, keys: Iterable[int]
) -> tuple[Standing, ...]:
    """What became of statements, in ascending order of their keys.

    Args:
        connection: Any reader; what it cannot see is unknown to it.
        labels: Words of codes.
        keys: Keys of statements.
    """
    wanted = sorted(set(keys))
    rows = connection.execute(_COLUMNS + _OF_KEYS, (orjson.dumps(wanted).decode(),)).fetchall()
    newest: dict[int, sqlite3.Row] = {}
    for row in rows:
        held = newest.get(row["key"])
        if held is None or held["to_snapshot"] is not None:
            newest[row["key"]] = row
    closed = [row for row in newest.values() if row["to_snapshot"] is not None]
    paired = _successors(connection, closed)
    names = names_of(connection, {row["subject"] for row in newest.values()})
    return tuple(
        _standing(labels, newest[key], paired.get(key), names)
        if key in newest
        else Standing(key, "unknown")
        for key in wanted
    )


def _successors(
    connection: sqlite3.Connection, closed: Sequence[sqlite3.Row]
) -> dict[int, sqlite3.Row]:
    """Key of each closed statement → the current one in its place, each taken once."""
    went: defaultdict[_Same, list[sqlite3.Row]] = defaultdict(list)
    for row in closed:
        went[_same(row)].append(row)
    subjects = json_list(sorted({row["subject"] for row in closed}))
    came: defaultdict[_Same, list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(_COLUMNS + _OF_SUBJECTS, (subjects,)):
        if (same := _same(row)) in went:
            came[same].append(row)
    found: dict[int, sqlite3.Row] = {}
    for same, gone in went.items():
        found.update(_paired(gone, came[same]))
    return found


def _paired(gone: Sequence[sqlite3.Row], came: Sequence[sqlite3.Row]) -> dict[int, sqlite3.Row]:
    first = min(row["to_snapshot"] for row in gone)
    left = [row for row in came if row["from_snapshot"] >= first]
    if _is_prose(gone[0]) and (len(gone), len(left)) != (1, 1):
        # Of several descriptions nobody can tell which took the place of which.
        return {}
    pairs: dict[int, sqlite3.Row] = {}
    for row in gone:
        fits = [one for one in left if one["from_snapshot"] >= row["to_snapshot"]]
        if fits:
            # The one with the same words, where there is one.
            chosen = next((one for one in fits if one["value"] == row["value"]), fits[0])
            left.remove(chosen)
            pairs[row["key"]] = chosen
    return pairs


def _is_prose(row: sqlite3.Row) -> bool:
    return bool(row["predicate"] == Predicate.DESCRIBED_AS.value)


def _same(row: sqlite3.Row) -> _Same:
    """What two statements must share to be one thing said twice; a name is what it says."""
    words = "" if row["object"] or _is_prose(row) else row["value"]
    return row["source"], row["subject"], row["predicate"], row["object"], words


def _standing(
    labels: Labels, row: sqlite3.Row, after: sqlite3.Row | None, names: Mapping[str, str]
) -> Standing:
    stands = row["to_snapshot"] is None
    state: State = "stands" if stands else "changed" if after is not None else "withdrawn"
    return Standing(
        key=row["key"],
        state=state,
        about=names.get(row["subject"], ""),
        subject=row["subject"],
        actor=row["actor_id"],
        predicate=row["predicate"],
        object=row["object"],
        heading=subject_words(row["predicate"]),
        source=row["source"],
        title=row["title"],
        before=_words(labels, row, after),
        now=_words(labels, after, row) if after is not None else None,
        differs=differences(row, after) if after is not None else (),
        closed=row["to_snapshot"],
    )


def _words(labels: Labels, row: sqlite3.Row, other: sqlite3.Row | None) -> Words:
    """One statement in words; where it took the place of another text, from where they differ."""
    predicate = Predicate(row["predicate"])
    level = max(parse_tlp(row["tlp"]), parse_tlp(row["source_tlp"]))
    own = row["source_kind"] == "own-text"
    documents = tuple((row["documents"] or "").split(",")) if row["documents"] else ()
    behind = documents if own else (row["source"],)
    if other is not None and _is_prose(row) and other["value"] != row["value"]:
        text = from_difference(other["value"], row["value"])
    else:
        text = said_words(labels, predicate, row)
    return Words(row["key"], text, level, row["from_snapshot"], behind)
