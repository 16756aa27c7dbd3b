"""What the catalogue knows by id or by name, for finding it in a report."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

_NAMED = (
    "SELECT entity, display FROM name WHERE kind IN ('actor', 'software')"
    " ORDER BY entity, main DESC, id"
)


class Nameable(NamedTuple):
    """Something that can be named.

    Attributes:
        kind: ``technique``, ``software``, ``group`` or ``vulnerability``.
        id: ATT&CK id or CVE id; of an actor without an ATT&CK id the id that it has here.
        name: Under which it is shown, or "".
        names: Everything that it is called; of a vulnerability nothing, since its id names it.
        is_withdrawn: Whether its source no longer stands by it.
        platforms: On which a technique works; none where its source states none.
    """

    kind: str
    id: str
    name: str
    names: tuple[str, ...]
    is_withdrawn: bool = False
    platforms: tuple[str, ...] = ()


def read_nameable(connection: sqlite3.Connection) -> Iterator[Nameable]:
    """Techniques and software of ATT&CK, actors and vulnerabilities, as a reader may see them."""
    called: defaultdict[str, list[str]] = defaultdict(list)
    for entity, display in connection.execute(_NAMED):
        called[entity].append(display)
    for number, name, platforms, revoked in connection.execute(
        "SELECT attack_id, name, platforms, revoked FROM technique WHERE attack_id <> ''"
        " ORDER BY attack_id, id"
    ):
        stated = tuple(one for one in platforms.split(",") if one)
        yield Nameable("technique", number, name, (name,), bool(revoked), stated)
    for native, number, name, revoked in connection.execute(
        "SELECT id, attack_id, name, revoked FROM software WHERE attack_id <> ''"
        " ORDER BY attack_id, id"
    ):
        yield Nameable("software", number, name, (name, *called[native]), bool(revoked))
    for native, number, name in connection.execute("SELECT id, attack_id, name FROM actor"):
        yield Nameable("group", number or native, name, (name, *called[native]))
    for native, name in connection.execute("SELECT id, name FROM vulnerability"):
        yield Nameable("vulnerability", native, name, ())
