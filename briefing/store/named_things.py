"""Things that other programs know by their STIX ids: what they are called, and their numbers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from briefing.core.changes import stable_id
from briefing.store.actors import json_list

_THINGS: Final = (
    "SELECT m.native, a.id, a.name, a.attack_id, 0 FROM actor_member m JOIN actor a"
    " ON a.id = m.actor WHERE m.native IN (SELECT value FROM json_each(?1)) AND a.name <> ''",
    "SELECT id, id, name, attack_id, groups FROM technique"
    " WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, id, name, attack_id, groups FROM software"
    " WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, id, name, attack_id, 0 FROM campaign"
    " WHERE id IN (SELECT value FROM json_each(?1)) AND name <> ''",
    "SELECT id, id, name, '', 0 FROM incident"
    " WHERE id IN (SELECT value FROM json_each(?1)) AND name <> ''",
)
_CVE: Final = re.compile(r"CVE-\d{4}-\d{4,}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Thing:
    """One of them.

    Attributes:
        id: Its STIX id; that of an actor for each of the records that are the actor.
        name: As it is called here.
        attack_id: Its ATT&CK number, or "".
        groups: Of a technique or software, how many groups of the catalogue use it.
    """

    id: str
    name: str
    attack_id: str = ""
    groups: int = 0


def things_named(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Thing]:
    """Native id → the thing; a code, a document or what the reader may not see is not there.

    Args:
        connection: Any reader.
        ids: As statements bear them; a vulnerability by its CVE number.
    """
    wanted = sorted(set(ids))
    found = {cve: flaw(cve) for cve in wanted if _CVE.fullmatch(cve)}
    found.update(_rows(connection, wanted))
    return found


def flaw(cve: str) -> Thing:
    """A vulnerability, which catalogues know by its number alone."""
    return Thing(stable_id("vulnerability", cve), cve)


def _rows(connection: sqlite3.Connection, wanted: list[str]) -> Iterator[tuple[str, Thing]]:
    asked = (json_list(wanted),)
    for query in _THINGS:
        for native, *fields in connection.execute(query, asked):
            yield native, Thing(*fields)
