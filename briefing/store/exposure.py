"""Ways to a client that lead past its own door: through others, and through what it runs.

Queries by object say ``object <> ''``: without it SQLite does not take the index, which has no row
for values without a code.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from briefing.core.actor import Basis
from briefing.core.tlp import Tlp, highest, parse_tlp
from briefing.store.actors import json_list

_USES = (
    "SELECT m.actor, t.attack_id, t.name, s.key, s.tlp, r.source"
    " FROM technique t JOIN statement s ON s.object = t.id AND s.predicate = 'uses-technique'"
    " AND s.to_snapshot IS NULL JOIN actor_member m ON m.native = s.subject"
    " JOIN record r ON r.id = s.record"
    " WHERE t.revoked = 0 AND t.attack_id IN (SELECT value FROM json_each(?))"
    " ORDER BY m.actor, t.attack_id, s.id"
)
_AFFECTED = (
    "SELECT v.id, v.name, v.listed, v.due, v.ransomware, s.object, s.key, s.tlp, r.source"
    " FROM statement s JOIN vulnerability v ON v.id = s.subject JOIN record r ON r.id = s.record"
    " WHERE s.object IN (SELECT value FROM json_each(?)) AND s.object <> ''"
    " AND s.predicate = 'affects' AND s.to_snapshot IS NULL ORDER BY v.listed DESC, v.id DESC, s.id"
)
_ADVISED = (
    "SELECT DISTINCT object FROM statement WHERE object IN (SELECT value FROM json_each(?))"
    " AND object <> '' AND predicate = 'affects' AND to_snapshot IS NULL"
)
# Who is said to exploit it, whose software is, and whom an advisory names that names it too.
_EXPLOITERS = (
    "SELECT s.object AS cve, m.actor, s.key, s.tlp, r.source FROM statement s"
    " JOIN actor_member m ON m.native = s.subject JOIN record r ON r.id = s.record"
    " WHERE s.predicate = 'exploits' AND s.to_snapshot IS NULL AND s.object <> ''"
    " AND s.object IN (SELECT value FROM json_each(?1))"
    " UNION SELECT e.object, m.actor, e.key, e.tlp, r.source FROM statement e"
    " JOIN statement u ON u.object = e.subject AND u.predicate = 'uses-software'"
    " AND u.to_snapshot IS NULL JOIN actor_member m ON m.native = u.subject"
    " JOIN record r ON r.id = e.record WHERE e.predicate = 'exploits' AND e.to_snapshot IS NULL"
    " AND e.object <> '' AND e.object IN (SELECT value FROM json_each(?1))"
    " UNION SELECT v.entity, a.entity, s.key, s.tlp, r.source FROM mention v JOIN mention a"
    " ON a.advisory = v.advisory AND a.kind = 'actor' JOIN statement s ON s.id = a.statement"
    " JOIN record r ON r.id = s.record"
    " WHERE v.kind = 'vulnerability' AND v.entity IN (SELECT value FROM json_each(?1))"
    " ORDER BY 1, 2, 3"
)


class _Said(NamedTuple):
    key: int
    tlp: Tlp
    source: str


@dataclass(frozen=True, slots=True)
class TechniqueRef:
    """A technique that somebody is said to use, and on what that rests."""

    attack_id: str
    name: str
    basis: Basis


TechniqueUses: TypeAlias = tuple[TechniqueRef, ...]


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
    connection: sqlite3.Connection, techniques: Collection[str]
) -> dict[str, TechniqueUses]:
    """Actors that are said to use any of some techniques, with those techniques.

    Args:
        connection: A reader.
        techniques: ATT&CK ids.
    """
    found: defaultdict[tuple[str, str, str], list[_Said]] = defaultdict(list)
    for actor, attack_id, name, key, tlp, source in connection.execute(
        _USES, (json_list(techniques),)
    ):
        found[(actor, attack_id, name)].append(_Said(key, parse_tlp(tlp), source))
    uses: defaultdict[str, list[TechniqueRef]] = defaultdict(list)
    for (actor, attack_id, name), said in found.items():
        uses[actor].append(TechniqueRef(attack_id, name, _basis(said)))
    return {actor: tuple(refs) for actor, refs in uses.items()}


def named_products(connection: sqlite3.Connection, products: Collection[str]) -> frozenset[str]:
    """Those of some ``vendor:product`` codes of which any vulnerability or advisory speaks."""
    return frozenset(code for (code,) in connection.execute(_ADVISED, (json_list(products),)))


def attacked_in(connection: sqlite3.Connection, products: Collection[str]) -> tuple[Affected, ...]:
    """Vulnerabilities of some products that are attacked: listed as exploited, or actors do.

    Those that CISA lists come first, the newest first.

    Args:
        connection: A reader.
        products: ``vendor:product`` codes.
    """
    rows: dict[tuple[str, str], sqlite3.Row] = {}
    said: defaultdict[tuple[str, str], list[_Said]] = defaultdict(list)
    for row in connection.execute(_AFFECTED, (json_list(products),)):
        place = (row["id"], row["object"])
        rows.setdefault(place, row)
        said[place].append(_Said(row["key"], parse_tlp(row["tlp"]), row["source"]))
    actors: defaultdict[str, dict[str, None]] = defaultdict(dict)
    exploited: defaultdict[str, list[_Said]] = defaultdict(list)
    cves = json_list(dict.fromkeys(cve for cve, _ in rows))
    for cve, actor, key, tlp, source in connection.execute(_EXPLOITERS, (cves,)):
        actors[cve][actor] = None
        exploited[cve].append(_Said(key, parse_tlp(tlp), source))
    return tuple(
        Affected(
            id=row["id"],
            name=row["name"],
            listed=row["listed"],
            due=row["due"],
            ransomware=bool(row["ransomware"]),
            product=row["object"],
            actors=tuple(actors[row["id"]]),
            basis=_basis([*said[place], *exploited[row["id"]]]),
        )
        for place, row in rows.items()
        if row["listed"] or actors[row["id"]]
    )


def _basis(said: list[_Said]) -> Basis:
    return Basis(
        tuple(dict.fromkeys(one.source for one in said)),
        tuple(dict.fromkeys(one.key for one in said)),
        highest(one.tlp for one in said),
    )
