"""Techniques that any of several actors are said to use, with who uses each."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from briefing.core.actor import Basis
from briefing.core.tlp import highest
from briefing.store.actors import json_list
from briefing.store.statement_bases import read_bases

_USES: Final = (
    "SELECT t.id, t.attack_id, t.name, t.stages, t.groups, m.actor, s.key FROM actor_member m"
    " JOIN statement s ON s.subject = m.native AND s.predicate = 'uses-technique'"
    " AND s.to_snapshot IS NULL JOIN technique t ON t.id = s.object AND t.revoked = 0"
    " WHERE m.actor IN (SELECT value FROM json_each(?)) ORDER BY t.attack_id, t.id, s.id"
)


@dataclass(frozen=True, slots=True)
class SharedUse:
    """One technique.

    Attributes:
        id: Native id.
        attack_id: Its ATT&CK id.
        name: Its name.
        stages: Codes of the stages in which it stands.
        groups: How many ATT&CK groups use it.
        actors: Those of the actors asked for that are said to use it.
        basis: Who says so.
    """

    id: str
    attack_id: str
    name: str
    stages: tuple[str, ...]
    groups: int
    actors: frozenset[str]
    basis: Basis


def read_shared_uses(
    connection: sqlite3.Connection, actors: Iterable[str]
) -> tuple[SharedUse, ...]:
    """What some actors are said to use: what most of them do first, then what most groups do.

    Args:
        connection: A reader.
        actors: Their ids.
    """
    heads: dict[str, tuple[str, str, str, int]] = {}
    users: defaultdict[str, set[str]] = defaultdict(set)
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for technique, attack_id, name, stages, groups, actor, key in connection.execute(
        _USES, (json_list(actors),)
    ):
        heads[technique] = (attack_id, name, stages, groups)
        users[technique].add(actor)
        keys[technique].append(key)
    bases = read_bases(connection, (key for found in keys.values() for key in found))
    uses = []
    for technique, (attack_id, name, stages, groups) in heads.items():
        said = dict.fromkeys(keys[technique])
        sources = dict.fromkeys(source for key in said for source in bases[key].rests_on)
        uses.append(
            SharedUse(
                *(technique, attack_id, name, tuple(filter(None, stages.split(","))), groups),
                frozenset(users[technique]),
                Basis(tuple(sources), tuple(said), highest(bases[key].level for key in said)),
            )
        )
    return tuple(sorted(uses, key=lambda use: (-len(use.actors), -use.groups, use.attack_id)))
