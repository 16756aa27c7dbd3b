"""What has come to be said since a briefing was made, about what it speaks of.

A statement is new where its source did not say the same of the same subject then. What was in the
database when a briefing was made is told by the snapshots it lists; for sources it does not list,
by the time at which it was handed over.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from briefing.core.changes import Predicate
from briefing.core.tlp import Tlp, parse_tlp
from briefing.store.actor_changes import said_words
from briefing.store.actors import json_list
from briefing.store.labels import Labels
from briefing.store.subject_names import names_of

_NOT_TOLD: Final = (Predicate.MENTIONED_IN, Predicate.ADVISED, Predicate.MITIGATED_BY)
"""Documents have lists of their own, and advice is not news about anybody."""

_CUT: Final = "ifnull((SELECT e.value FROM json_each(:of) e WHERE e.key = r.source), :newest)"
"""The newest snapshot of a statement's source that was there."""
_QUERY: Final = (
    "SELECT s.key, s.subject, s.predicate, s.object, s.value, s.detail, s.first_seen,"  # noqa: S608 - our own words
    " s.tlp, o.tlp AS source_tlp, o.id AS source, o.title, o.kind AS source_kind,"
    " n.id AS snapshot, n.applied_at, t.attack_id || ' ' || t.name AS technique,"
    " w.name AS software, a.name AS actor,"
    " (SELECT min(b.id) FROM snapshot b WHERE b.source = o.id) AS first_of_source"
    " FROM statement s JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source"
    " JOIN snapshot n ON n.id = s.from_snapshot"
    " LEFT JOIN technique t ON t.id = s.object LEFT JOIN software w ON w.id = s.object"
    " LEFT JOIN actor_member x ON x.native = s.object LEFT JOIN actor a ON a.id = x.actor"
    " WHERE s.to_snapshot IS NULL"
    f" AND s.from_snapshot > {_CUT}"
    " AND s.predicate NOT IN (SELECT value FROM json_each(:left_out))"
    " AND {}"
    " AND NOT EXISTS (SELECT 1 FROM statement g JOIN record q ON q.id = g.record"
    " WHERE g.subject = s.subject AND g.predicate = s.predicate AND g.object = s.object"
    " AND (g.value = s.value OR s.object <> '') AND q.source = r.source"
    f" AND g.from_snapshot <= {_CUT} AND (g.to_snapshot IS NULL OR g.to_snapshot > {_CUT}))"
    " ORDER BY s.id"
)
_ABOUT: Final = _QUERY.format("s.subject IN (SELECT value FROM json_each(:wanted))")
_LAID_TO: Final = _QUERY.format(
    "s.id IN (SELECT c.statement FROM claim c"
    " WHERE c.actor IN (SELECT value FROM json_each(:wanted)))"
)
_AIMED_AT: Final = _QUERY.format(
    "s.object IN (SELECT value FROM json_each(:wanted))"
    " AND s.predicate IN ('targets-country', 'targets-sector', 'affects')"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """What a database held at one time.

    Attributes:
        newest: Number of the newest snapshot that was there.
        of: Source to the number of its newest snapshot then, where it is known apart.
    """

    newest: int
    of: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Of what new statements are looked for.

    Attributes:
        natives: Ids of subjects.
        actors: Ids of actors: whatever is laid to them counts too.
        codes: Countries, sectors and technology: who newly aims at them, and which flaw affects
            them, counts too.
    """

    natives: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NewStatement:
    """One thing said now and not said then.

    Attributes:
        key: Its key.
        subject: Native id of what it is about.
        about: Name of that, or "".
        object: Native id or code of what is said of it, or "".
        predicate: What kind of thing is said.
        text: What is said, in words.
        day: When it was taken in here, ISO 8601.
        source: Id of the source.
        title: Title of the source.
        level: Its own marking or its source's, whichever is higher.
    """

    key: int
    subject: str
    about: str
    object: str
    predicate: str
    text: str
    day: str
    source: str
    title: str
    level: Tlp


@dataclass(frozen=True, slots=True)
class News:
    """What is new.

    Attributes:
        statements: One by one, in the order in which they came.
        first: Title of each source that was not here then, with how much it says of the same:
            that it says something is no change in the world, so it is not listed one by one.
    """

    statements: tuple[NewStatement, ...]
    first: tuple[tuple[str, int], ...]


def cut_at(
    connection: sqlite3.Connection, made_from: Iterable[Mapping[str, Any]], moment: str
) -> Cut | None:
    """What was here when a briefing was made.

    Args:
        connection: Any reader.
        made_from: The snapshots that its manifest lists.
        moment: When it was handed over, ISO 8601; "" where nobody knows.

    Returns:
        None where neither tells: the briefing was made from another database.
    """
    of: dict[str, int] = {}
    for one in made_from:
        number, sha256 = one.get("snapshot"), one.get("sha256")
        if not isinstance(number, int) or not isinstance(sha256, str):
            continue
        found = connection.execute(
            "SELECT source, id FROM snapshot WHERE sha256 = ? ORDER BY id = ? DESC, id DESC",
            (sha256, number),
        ).fetchone()
        if found:
            of[found[0]] = max(of.get(found[0], 0), found[1])
    newest = max(of.values(), default=0)
    if moment:
        (before,) = connection.execute(
            "SELECT ifnull(max(id), 0) FROM snapshot WHERE applied_at < ?", (moment,)
        ).fetchone()
        newest = max(newest, before)
    return Cut(newest, of) if newest else None


def read_news(connection: sqlite3.Connection, labels: Labels, wanted: Subjects, cut: Cut) -> News:
    """What is said now of some subjects and was not said at a time.

    Args:
        connection: Any reader; what it cannot see is not there.
        labels: Words of codes.
        wanted: Of what.
        cut: What was here then.
    """
    rows: dict[int, sqlite3.Row] = {}
    for query, of in (
        (_ABOUT, wanted.natives),
        (_LAID_TO, wanted.actors),
        (_AIMED_AT, wanted.codes),
    ):
        if of:
            asked = {
                "of": orjson.dumps(dict(cut.of)).decode(),
                "newest": cut.newest,
                "left_out": json_list(predicate.value for predicate in _NOT_TOLD),
                "wanted": json_list(sorted(of)),
            }
            for row in connection.execute(query, asked):
                rows.setdefault(row["key"], row)
    found = sorted(rows.values(), key=lambda row: (row["snapshot"], row["key"]))
    first = Counter(row["title"] for row in found if _is_first(row, cut))
    told = [row for row in found if not _is_first(row, cut)]
    names = names_of(connection, {row["subject"] for row in told})
    return News(tuple(_said(labels, row, names) for row in told), tuple(first.most_common()))


def _is_first(row: sqlite3.Row, cut: Cut) -> bool:
    """Whether its source was not here at all; what a person records is never a catalogue's."""
    known = row["source"] in cut.of or row["first_of_source"] <= cut.newest
    return not known and row["source_kind"] != "analyst"


def _said(labels: Labels, row: sqlite3.Row, names: Mapping[str, str]) -> NewStatement:
    predicate = Predicate(row["predicate"])
    return NewStatement(
        key=row["key"],
        subject=row["subject"],
        about=names.get(row["subject"], ""),
        object=row["object"],
        predicate=predicate.value,
        text=said_words(labels, predicate, row),
        day=row["applied_at"][:10],
        source=row["source"],
        title=row["title"],
        level=max(parse_tlp(row["tlp"]), parse_tlp(row["source_tlp"])),
    )


def natives_of(connection: sqlite3.Connection, actors: Iterable[str]) -> frozenset[str]:
    """Ids of the records that are these actors."""
    rows = connection.execute(
        "SELECT native FROM actor_member WHERE actor IN (SELECT value FROM json_each(?))",
        (json_list(sorted(actors)),),
    )
    return frozenset(native for (native,) in rows)


def rows_of(connection: sqlite3.Connection, incidents: Iterable[str]) -> frozenset[str]:
    """Ids of the rows that are recorded of incidents: evidence, answers, assessments, views."""
    rows = connection.execute(
        "SELECT DISTINCT s.subject FROM statement s WHERE s.predicate = 'described-as'"
        # By the beginnings of their ids, for which there is an index.
        " AND (s.subject GLOB 'note--*' OR s.subject GLOB 'report--*' OR s.subject GLOB"
        " 'opinion--*') AND s.to_snapshot IS NULL AND s.detail <> ''"
        " AND json_extract(s.detail, '$.incident') IN (SELECT value FROM json_each(?))",
        (json_list(sorted(incidents)),),
    )
    return frozenset(row for (row,) in rows)


def laid_to(connection: sqlite3.Connection, keys: Iterable[int]) -> frozenset[str]:
    """Ids of the actors to whom some of these statements lay an incident."""
    rows = connection.execute(
        "SELECT DISTINCT c.actor FROM claim c JOIN statement s ON s.id = c.statement"
        " WHERE c.actor <> '' AND s.key IN (SELECT value FROM json_each(?))",
        (orjson.dumps(sorted(keys)).decode(),),
    )
    return frozenset(actor for (actor,) in rows)
