"""Briefings on actors of the bundled database, and actors that only catalogues know.

Any of the latter may be given a profile of our own one day, so no test names one: they are found by
what is said of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from briefing.core.actor import ActorRow
from briefing.core.brief import Brief, Facts, Section, plain
from briefing.core.world import World
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile

CATALOGUED = "the best described actor without a profile of ours"
HARDLY_KNOWN = "an actor of which there is a name only"


def best_described(
    connection: sqlite3.Connection, fits: Callable[[ActorRow], bool] = lambda row: True
) -> ActorRow:
    """The one with the most techniques, of those that fit."""
    rows = [row for row in list_actors(connection) if not row.own_profile and fits(row)]
    return max(rows, key=lambda row: (row.techniques, row.id))


def hardly_described(connection: sqlite3.Connection) -> ActorRow:
    """One of which nothing is stated but a name."""
    stated = ("kind", "origins", "motives", "goals", "sectors", "countries", "techniques")
    return next(
        row
        for row in list_actors(connection)
        if not row.own_profile
        and row.names == 1
        and not row.documents
        and not row.software
        and not any(getattr(row, name) for name in stated)
    )


def brief_on(knowledge: KnowledgeFile, name: str, world: World | None = None, **more: Any) -> Brief:
    actor = actor_called(knowledge, name).id
    return compose_brief(knowledge, BriefRequest("actor", actor, **more), world)


def actor_called(knowledge: KnowledgeFile, name: str) -> ActorRow:
    if name == CATALOGUED:
        return best_described(knowledge.connection)
    if name == HARDLY_KNOWN:
        return hardly_described(knowledge.connection)
    return next(row for row in list_actors(knowledge.connection) if row.name == name)


def of_ours(knowledge: KnowledgeFile) -> list[ActorRow]:
    return [row for row in list_actors(knowledge.connection) if row.own_profile]


def section(brief: Brief, key: str) -> Section:
    return next(s for part in brief.parts for s in part.sections if s.key == key)


def block_of(found: Section, kind: type[Any]) -> Any:
    return next(block for block in found.blocks if isinstance(block, kind))


def facts_of(brief: Brief) -> dict[str, str]:
    return {label: plain(text) for label, text in block_of(section(brief, "who"), Facts).rows}
