"""Who targets whom: what the map, the matrix and their table count, and what they rest on.

A country, a region and a sector are each their own target: a statement about the Middle East says
nothing about Jordan. "Deployed in" (where a product is used) is never "targeted".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from briefing.core.actor import ActorRow, Basis, Coded
from briefing.core.tlp import Tlp


class TargetStatement(NamedTuple):
    """One current statement that an actor targets something; a tuple, since there are a million.

    Attributes:
        actor: Id of the actor it counts for.
        place: Whether the target is a country, region, organisation or company; else it is a
            sector or a scope.
        code: Code of the target.
        key: Key of the statement.
        first: First year of which it speaks; 0 where it bears no date.
        last: Last year, likewise.
        sources: What it rests on: documents, or the source that says it.
        tlp: Its level.
        incident: The incident of which it is said; "" where it is said of the actor.
        within: Where an incident says in which places a sector was hit: their codes.
    """

    actor: str
    place: bool
    code: str
    key: int
    first: int
    last: int
    sources: tuple[str, ...]
    tlp: Tlp
    incident: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetingFilter:
    """What is asked for; an empty field asks for everything.

    Attributes:
        sectors: Codes; an actor with any of them matches.
        countries: Alpha-2 codes of victims; an actor with any of them matches.
        origins: Codes of stated origins; "" among them means "not stated".
        actors: Ids.
        kinds: Codes of actor kinds; "" among them means "not stated".
        first_year: With ``last_year``: only what is dated within these years, both included. What
            bears no date is left out then, and counted in ``Targeting.undated``.
        last_year: None for both: all years and what bears no date.
    """

    sectors: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class TargetCount:
    """One target: its code, how many actors are said to target it, in how many statements."""

    code: str
    actors: int
    statements: int


@dataclass(frozen=True, slots=True)
class Known:
    """How much is known at all; the denominator that stands under every map.

    Attributes:
        actors: How many actors match the filter's actor fields (origin, kind, actor).
        with_country: Of these, how many have a victim country stated.
        with_sector: Of these, how many have a sector stated.
        with_origin: Of these, how many have an origin stated.
        countries: How many countries are named by anybody.
        undated: Actors that a choice of years leaves out only because nothing about them is dated.
    """

    actors: int
    with_country: int
    with_sector: int
    with_origin: int
    countries: int
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Targeting:
    """The answer to a filter; targets that nobody names are not in it.

    Attributes:
        countries: ISO countries.
        places: Regions, organisations and companies, their own kind of target.
        sectors: Sectors; most actors first, then by code, as in all four.
        known: What the counts are to be measured by.
        scopes: Scopes, which say how wide and not what ("critical infrastructure").
        matching: How many actors match the whole filter.
    """

    countries: tuple[TargetCount, ...]
    places: tuple[TargetCount, ...]
    sectors: tuple[TargetCount, ...]
    known: Known
    scopes: tuple[TargetCount, ...] = ()
    matching: int = 0


@dataclass(frozen=True, slots=True)
class TargetingActor:
    """An actor behind a country, a sector or a cell.

    Attributes:
        statements: How many statements say so.
        years: First and last dated year of them, or None.
        basis: The statements, and ids of their sources or documents.
    """

    actor: ActorRow
    statements: int
    years: tuple[int, int] | None
    basis: Basis


@dataclass(frozen=True, slots=True)
class Matrix:
    """Sectors in rows, origins or actors in columns.

    Attributes:
        rows: Targets (sectors), in the order to show them.
        columns: Origins or actors, likewise; code "" is "not stated".
        cells: (row code, column code) → how many, of what ``counts`` says; a cell nobody speaks of
            is absent.
        row_totals: Actors of a row, each once.
        column_totals: Actors of a column with any known sector, each once.
        actors: Actors in the whole matrix, each once.
        counts: What stands in the cells: actors, or statements where each column is an actor.
        left_out: Columns that were cut off; totals count their actors all the same.
    """

    rows: tuple[Coded, ...]
    columns: tuple[Coded, ...]
    cells: dict[tuple[str, str], int]
    row_totals: dict[str, int]
    column_totals: dict[str, int]
    actors: int
    counts: Literal["actors", "statements"] = "actors"
    left_out: int = 0
