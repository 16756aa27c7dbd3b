"""Finding actors, techniques, software and mitigations by what a person types."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from briefing.core.names import normalised, skeleton

_ATTACK_ID = re.compile(r"^[GSTM]\d{4}(?:\.\d{3})?$")
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that bears the name that was looked for.

    Attributes:
        entity: Id of the actor, technique, piece of software or mitigation.
        kind: ``actor``, ``technique``, ``software`` or ``mitigation``.
        title: Its display name.
        name: The name that matched, as the source writes it.
        matched: ``name`` (its main name), ``alias``, ``id`` or ``look-alike``.
        coined_by: Who coined the name, or "".
        sources: Ids of the sources that use the name for it.
        attack_id: Its ATT&CK id, or "".
    """

    entity: str
    kind: str
    title: str
    name: str
    matched: str
    coined_by: str
    sources: tuple[str, ...]
    attack_id: str = ""


def find_exact(connection: sqlite3.Connection, text: str) -> tuple[Found, ...]:
    """Actors that bear a name, whatever its spelling, or have an ATT&CK id; best first.

    Look-alike letters are recognised only where nothing bears the name as typed.
    """
    by_id = _actors_by_id(connection, text)
    if by_id:
        return by_id
    key = normalised(text)
    if not key:
        return ()
    rows = _named(connection, _BY_NORM, (key,))
    if rows:
        return _grouped(rows)
    twin = skeleton(text)
    rows = _named(connection, _BY_SKELETON, (twin,)) if twin else []
    return tuple(replace(found, matched="look-alike") for found in _grouped(rows))


def near_names(
    connection: sqlite3.Connection, text: str, limit: int = 5, *, quick: bool = False
) -> tuple[str, ...]:
    """Names of actors that resemble a text, best first: for a typo, never instead of a match.

    Args:
        connection: A reader.
        text: What nobody bears.
        limit: At most so many names.
        quick: Compare only with names that begin with the same two letters, in either order: cheap
            enough for every key, whatever the number of names.
    """
    key = normalised(text)
    if not key:
        return ()
    bounds = (len(key) * 2 // 3, len(key) * 3 // 2 + 1)
    names: dict[str, str] = {}
    for low, high in _beginnings(key) if quick else [("", _LAST)]:
        for norm, display in connection.execute(
            "SELECT norm, display FROM name WHERE norm >= ? AND norm < ? AND kind = 'actor'"
            " AND length(norm) BETWEEN ? AND ? ORDER BY main DESC, id",
            (low, high, *bounds),
        ):
            names.setdefault(norm, display)
    best = process.extract(key, names.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=70)
    return tuple(names[norm] for norm, _score, _place in best)


def _beginnings(key: str) -> list[tuple[str, str]]:
    pairs = dict.fromkeys((key[:2], key[1::-1]))
    return [(pair, pair + _LAST) for pair in pairs]


def find_by_prefix(connection: sqlite3.Connection, text: str, limit: int = 30) -> list[Found]:
    """Entities with a name that starts with a text, from an ordered index: fast for one letter."""
    key = normalised(text)
    if not key:
        return []
    rows = _named(
        connection,
        _BY_PREFIX,
        (key, key + _LAST, limit * 2),
    )
    exact = [row for row in rows if row["norm"] == key]
    rest = [row for row in rows if row["norm"] != key]
    return [*_grouped(exact), *_grouped(rest)][:limit]


def find_by_attack_id(connection: sqlite3.Connection, text: str) -> list[Found]:
    """Whatever has the ATT&CK id that was typed."""
    code = text.strip().upper()
    if not _ATTACK_ID.match(code):
        return []
    found = list(_actors_by_id(connection, code))
    for kind in ("technique", "software", "mitigation"):
        found += [
            Found(row["id"], kind, row["name"], code, "id", "", ("mitre-attack",), code)
            for row in connection.execute(
                f"SELECT id, name FROM {kind} WHERE attack_id = ?",  # noqa: S608 - our own names
                (code,),
            )
        ]
    return found


def find_in_texts(connection: sqlite3.Connection, text: str, limit: int = 20) -> list[Found]:
    """Entities whose names or texts hold every word that was typed, the last one as a beginning.

    Every token is quoted: a bare ``CVE-2024-1234`` would be read as a column name. A last token of
    one or two letters is left out, because so short a beginning fits almost every text. Ranking
    (bm25) reads every text that matches, so it is asked for only where few do; where many do, their
    own order serves: entities are kept with the best known of each kind first.
    """
    tokens = [token for token in re.split(r"[^\w]+", text) if token and token.isprintable()]
    if tokens and len(tokens[-1]) < _SHORTEST_BEGINNING:
        tokens.pop()
    if not tokens:
        return []
    query = " ".join(f'"{token}"' for token in tokens) + "*"
    rows = connection.execute(_UNRANKED, (query, _MANY)).fetchall()
    if len(rows) < _MANY:
        rows = connection.execute(_RANKED, (query, limit)).fetchall()
    rows = rows[:limit]
    titles = _titles(connection, [(row["kind"], row["ref"]) for row in rows])
    return [
        Found(
            entity=row["ref"],
            kind=row["kind"],
            title=titles[row["ref"]][0],
            name="",
            matched="text",
            coined_by="",
            sources=(),
            attack_id=titles[row["ref"]][1],
        )
        for row in rows
        if row["ref"] in titles
    ]


_SHORTEST_BEGINNING = 3
_MANY = 200
_UNRANKED = (
    "SELECT i.kind, i.ref FROM (SELECT rowid FROM search WHERE search MATCH ? LIMIT ?) hit"
    " JOIN search_item i ON i.id = hit.rowid ORDER BY i.id"
)
_RANKED = (
    "SELECT i.kind, i.ref FROM (SELECT rowid, bm25(search, 8.0, 1.0) AS score FROM search"
    " WHERE search MATCH ? ORDER BY score LIMIT ?) hit JOIN search_item i ON i.id = hit.rowid"
    " ORDER BY hit.score"
)


def bearers(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, int]:
    """Normalised name → how many actors bear it."""
    keys = [normalised(name) for name in names]
    return dict(
        connection.execute(
            "SELECT norm, count(DISTINCT entity) FROM name WHERE kind = 'actor'"
            " AND norm IN (SELECT value FROM json_each(?)) GROUP BY norm",
            (json.dumps(keys),),
        ).fetchall()
    )


def _actors_by_id(connection: sqlite3.Connection, text: str) -> tuple[Found, ...]:
    code = text.strip().upper().replace(" ", "").replace("-", "")
    if not _ATTACK_ID.match(code):
        return ()
    rows = connection.execute("SELECT id, name FROM actor WHERE attack_id = ?", (code,))
    return tuple(
        Found(row["id"], "actor", row["name"], code, "id", "", ("mitre-attack",), code)
        for row in rows
    )


_BY_NORM = "n.norm = ? AND n.kind = 'actor'"
_BY_SKELETON = "n.skeleton = ? AND n.kind = 'actor'"
_BY_PREFIX = (
    "n.id IN (SELECT id FROM name WHERE norm >= ? AND norm < ? ORDER BY norm, kind LIMIT ?)"
)
_NAMED = (
    "SELECT n.norm, n.display, n.kind, n.entity, n.main, s.detail, r.source,"
    " coalesce(a.name, t.name, w.name, m.name, n.display) AS title,"
    " coalesce(a.attack_id, t.attack_id, w.attack_id, m.attack_id, '') AS attack_id,"
    " ifnull(a.documents, 0) AS documents, ifnull(a.own_profile, 0) AS own"
    " FROM name n JOIN statement s ON s.id = n.statement JOIN record r ON r.id = s.record"
    " LEFT JOIN actor a ON n.kind = 'actor' AND a.id = n.entity"
    " LEFT JOIN technique t ON n.kind = 'technique' AND t.id = n.entity"
    " LEFT JOIN software w ON n.kind = 'software' AND w.id = n.entity"
    " LEFT JOIN mitigation m ON n.kind = 'mitigation' AND m.id = n.entity"
    " WHERE {} ORDER BY n.kind, own DESC, documents DESC, n.entity, n.id"
)


def _named(
    connection: sqlite3.Connection, where: str, values: Sequence[object]
) -> list[sqlite3.Row]:
    return connection.execute(_NAMED.format(where), values).fetchall()


def _grouped(rows: Iterable[sqlite3.Row]) -> tuple[Found, ...]:
    """One entry an entity; its display name decides whether the name is the main one."""
    by_entity: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        by_entity[row["entity"]].append(row)
    found = []
    for entity, group in by_entity.items():
        first = group[0]
        title = str(first["title"])
        same = [row for row in group if row["norm"] == first["norm"]]
        main = any(normalised(title) == row["norm"] for row in group)
        coined = (json.loads(row["detail"]).get("coined_by", "") for row in same if row["detail"])
        found.append(
            Found(
                entity=entity,
                kind=str(first["kind"]),
                title=title,
                name=str(first["display"]),
                matched="name" if main else "alias",
                coined_by=next((words for words in coined if words), ""),
                sources=tuple(dict.fromkeys(str(row["source"]) for row in same)),
                attack_id=str(first["attack_id"]),
            )
        )
    found.sort(key=lambda f: f.matched != "name")
    return tuple(found)


def _titles(
    connection: sqlite3.Connection, items: Sequence[tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """Entity → name and ATT&CK id."""
    wanted = json.dumps([ref for _kind, ref in items])
    titles: dict[str, tuple[str, str]] = {}
    for table in {kind for kind, _ref in items}:
        for entity, name, attack_id in connection.execute(
            f"SELECT id, name, attack_id FROM {table}"  # noqa: S608 - a table of our own schema
            " WHERE id IN (SELECT value FROM json_each(?))",
            (wanted,),
        ):
            titles[entity] = (name, attack_id)
    return titles
