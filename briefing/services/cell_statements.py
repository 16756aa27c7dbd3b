"""What stands behind a number of a matrix: whose statements, and what they say word for word."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Literal

from briefing.analysis.matrix_shape import ALL
from briefing.core.actor import Basis
from briefing.core.quoted_statement import QuotedStatements
from briefing.core.targeting import TargetingActor, TargetingFilter
from briefing.core.tlp import highest
from briefing.services.targeting import TargetingIndex
from briefing.store.connection import KnowledgeFile
from briefing.store.statements_read import read_statements

ColumnKind = Literal["origin", "actor"]
"""What stands in the columns of a matrix."""


def quote_statements(knowledge: KnowledgeFile, keys: Iterable[int]) -> QuotedStatements:
    """The statements of these keys in the words of their sources, and the sources."""
    return read_statements(knowledge.connection, keys)


def narrowed(
    index: TargetingIndex, wanted: TargetingFilter, kind: ColumnKind, columns: Collection[str]
) -> TargetingFilter:
    """The same choice for some columns of its matrix only.

    An actor may have two origins. Where origins are chosen already, the column of its second one
    counts it because of the first; the first is then kept by naming the actors it leaves.
    """
    if kind == "actor":
        return replace(wanted, actors=frozenset(columns))
    if wanted.origins:
        chosen = frozenset(one.actor.id for one in index.actors_of(wanted))
        wanted = replace(wanted, actors=chosen)
    return replace(wanted, origins=frozenset(columns))


def actors_behind(
    index: TargetingIndex,
    wanted: TargetingFilter,
    kind: ColumnKind,
    row: str,
    columns: Collection[str] | None,
) -> tuple[TargetingActor, ...]:
    """The actors that a cell, a total or a head of a matrix counts, with their statements.

    Args:
        index: What was counted.
        wanted: What the matrix was counted for.
        kind: What stands in its columns.
        row: Code of a sector, or ``ALL`` for every sector.
        columns: Codes of columns; None for all of them.

    Returns:
        Most statements first, then most documents, then by name.
    """
    if columns is not None:
        wanted = narrowed(index, wanted, kind, columns)
    rows = [head.code for head in index.matrix_by_origin(wanted).rows] if row == ALL else [row]
    together: dict[str, TargetingActor] = {}
    for sector in rows:
        for one in index.actors_of(wanted, sector=sector):
            before = together.get(one.actor.id)
            together[one.actor.id] = one if before is None else _joined(before, one)
    return tuple(
        sorted(
            together.values(),
            key=lambda one: (-one.statements, -one.actor.documents, one.actor.name.casefold()),
        )
    )


def _joined(one: TargetingActor, other: TargetingActor) -> TargetingActor:
    years = [year for span in (one.years, other.years) if span for year in span]
    basis = Basis(
        tuple(dict.fromkeys((*one.basis.sources, *other.basis.sources))),
        tuple(dict.fromkeys((*one.basis.statements, *other.basis.statements))),
        highest((one.basis.tlp, other.basis.tlp)),
    )
    return TargetingActor(
        one.actor, len(basis.statements), (min(years), max(years)) if years else None, basis
    )
