"""Ways to a client that lead past its own door: through others, and through what it runs."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from briefing.core.actor import Basis
from briefing.core.tlp import Tlp, highest, parse_tlp
from briefing.store.actors import json_list

_USES = (
    "SELECT m.actor, t.attack_id, t.name, s.key, s.tlp, coalesce(c.document, r.source)"
    " FROM technique t JOIN statement s ON s.object = t.id AND s.predicate = 'uses-technique'"
    " AND s.to_snapshot IS NULL JOIN actor_member m ON m.native = s.subject"
    " JOIN record r ON r.id = s.record LEFT JOIN citation c ON c.statement = s.id"
    " WHERE t.revoked = 0 AND t.attack_id IN (SELECT value FROM json_each(?))"
    " ORDER BY m.actor, t.attack_id, s.id, c.place"
)
_AFFECTED = (
    "SELECT v.id, v.name, v.listed, v.due, v.ransomware, s.object, s.key, s.tlp, r.source"
    " FROM statement s JOIN vulnerability v ON v.id = s.subject JOIN record r ON r.id = s.record"
    " WHERE s.object IN (SELECT value FROM json_each(?)) AND s.predicate = 'affects'"
    " AND s.to_snapshot IS NULL ORDER BY v.listed DESC, v.id DESC, s.id"
)
# Who is said to exploit it, and whom an advisory names that names it too.
_EXPLOITERS = (
    "SELECT s.object, m.actor, s.tlp FROM statement s JOIN actor_member m ON m.native = s.subject"
    " WHERE s.predicate = 'exploits' AND s.to_snapshot IS NULL"
    " AND s.object IN (SELECT value FROM json_each(?1))"
    " UNION SELECT v.entity, a.entity, s.tlp FROM mention v JOIN mention a"
    " ON a.advisory = v.advisory AND a.kind = 'actor' JOIN statement s ON s.id = a.statement"
    " WHERE v.kind = 'vulnerability' AND v.entity IN (SELECT value FROM json_each(?1))"
)


@dataclass(frozen=True, slots=True)
class TechniqueRef:
    """A technique that somebody is said to use, and on what that rests."""

    attack_id: str
    name: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Affected:
    """A vulnerability of something a client runs.

    Attributes:
        id: CVE id.
        name: As its source titles it.
        listed: Day on which CISA listed it as exploited, or "".
        due: CISA's due date, or "".
        ransomware: Whether CISA says that ransomware uses it.
        product: The ``vendor:product`` that it concerns.
        actors: Ids of actors said to exploit it, or named by an advisory about it.
        basis: On what that rests.
    """

    id: str
    name: str
    listed: str
    due: str
    ransomware: bool
    product: str
    actors: tuple[str, ...]
    basis: Basis


def users_of(
    connection: sqlite3.Connection, techniques: Collection[str], ceiling: Tlp
) -> dict[str, tuple[TechniqueRef, ...]]:
    """Actors that are said to use any of some techniques, with those techniques.

    Args:
        connection: A reader.
        techniques: ATT&CK ids.
        ceiling: Statements above it do not count.
    """
    found: defaultdict[tuple[str, str, str], list[tuple[int, Tlp, str]]] = defaultdict(list)
    for actor, attack_id, name, key, level, source in connection.execute(
        _USES, (json_list(techniques),)
    ):
        tlp = parse_tlp(level)
        if tlp <= ceiling:
            found[(actor, attack_id, name)].append((key, tlp, source))
    uses: defaultdict[str, list[TechniqueRef]] = defaultdict(list)
    for (actor, attack_id, name), said in found.items():
        uses[actor].append(TechniqueRef(attack_id, name, _basis(said)))
    return {actor: tuple(refs) for actor, refs in uses.items()}


def exploited_in(
    connection: sqlite3.Connection, products: Collection[str], ceiling: Tlp
) -> tuple[Affected, ...]:
    """Vulnerabilities of some products: those that CISA lists as exploited first, newest first.

    Args:
        connection: A reader.
        products: ``vendor:product`` codes.
        ceiling: Statements above it do not count.
    """
    rows: dict[tuple[str, str], sqlite3.Row] = {}
    said: defaultdict[tuple[str, str], list[tuple[int, Tlp, str]]] = defaultdict(list)
    for row in connection.execute(_AFFECTED, (json_list(products),)):
        tlp = parse_tlp(row["tlp"])
        if tlp <= ceiling:
            place = (row["id"], row["object"])
            rows.setdefault(place, row)
            said[place].append((row["key"], tlp, row["source"]))
    actors: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for cve, actor, level in connection.execute(
        _EXPLOITERS, (json_list(dict.fromkeys(cve for cve, _ in rows)),)
    ):
        if parse_tlp(level) <= ceiling:
            actors[cve][actor] = None
    return tuple(
        Affected(
            id=row["id"],
            name=row["name"],
            listed=row["listed"],
            due=row["due"],
            ransomware=bool(row["ransomware"]),
            product=row["object"],
            actors=tuple(actors[row["id"]]),
            basis=_basis(said[place]),
        )
        for place, row in rows.items()
    )


def _basis(said: list[tuple[int, Tlp, str]]) -> Basis:
    return Basis(
        tuple(dict.fromkeys(source for _, _, source in said)),
        tuple(dict.fromkeys(key for key, _, _ in said)),
        highest(tlp for _, tlp, _ in said),
    )
