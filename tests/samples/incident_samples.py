"""Small records about incidents and claims, and what the read models hold of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from store_samples import native, rows

from briefing.core.actor import Basis
from briefing.core.changes import Predicate, RecordDraft, StatementDraft


def incident(
    number: int, *said: StatementDraft, kind: str = "incident", name: str = "Raid"
) -> RecordDraft:
    """A record about incident ``number``; its statements are given that subject."""
    subject = native(number, "incident")
    record = subject if kind in ("incident", "claim") else native(number, kind)
    kept = [StatementDraft(subject, *_rest(statement)) for statement in said]
    return RecordDraft.of(record, kind, {"name": name}, kept)


def _rest(statement: StatementDraft) -> Iterator[Any]:
    return (getattr(statement, field.name) for field in fields(statement)[1:])


def says(predicate: Predicate, code: str = "", value: str = "", **more: Any) -> StatementDraft:
    return StatementDraft("", predicate, code, value, **more)


def claims_of(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return rows(
        connection, "SELECT incident, kind, by, actor, country, value, basis, dated FROM claim"
    )


def bases(value: Any) -> Iterator[Basis]:
    """Every basis anywhere in an entity."""
    if isinstance(value, Basis):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from bases(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from bases(getattr(value, field.name))
