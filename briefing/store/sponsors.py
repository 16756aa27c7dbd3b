"""Which one country is said to be behind an actor, for the ranking of a client's actors."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from briefing.core.actor import Basis
from briefing.core.changes import Predicate
from briefing.core.tlp import highest, parse_tlp
from briefing.store.actors import OWN

NOT_SPONSORED: Final = frozenset(("criminal", "hacktivist", "private-sector-offensive"))
"""Kinds of actors to whom the country they are in says nothing about a sponsor."""
_SAID = (
    "SELECT m.actor, a.kind, s.predicate, s.object, s.key, s.tlp, r.source FROM statement s"
    " JOIN actor_member m ON m.native = s.subject JOIN actor a ON a.id = m.actor"
    " JOIN record r ON r.id = s.record WHERE s.predicate IN ('sponsored-by', 'located-in')"
    " AND length(s.object) = 2 AND s.to_snapshot IS NULL ORDER BY m.actor, s.id"
)
# As in profiles: what we say ourselves rests on the documents it cites.
_CITED = (
    "SELECT s.key, c.document FROM statement s JOIN record r ON r.id = s.record"
    " JOIN citation c ON c.statement = s.id WHERE r.source = ? AND s.to_snapshot IS NULL"
    " AND s.predicate IN ('sponsored-by', 'located-in') ORDER BY s.id, c.place"
)


@dataclass(frozen=True, slots=True)
class Sponsor:
    """The country behind an actor, and on what that rests."""

    country: str
    basis: Basis


def read_sponsors(connection: sqlite3.Connection) -> dict[str, Sponsor]:
    """Actor → its sponsor, where there is one and no other is named.

    A country counts that is said to sponsor the actor. Where none is, a country counts in which the
    actor is said to be, unless somebody calls the actor criminal, a hacktivist or for hire: the
    catalogue on which the ranking was measured tells the two no further apart. Where sources name
    several countries, none counts: the program does not take sides.
    """
    said: defaultdict[str, defaultdict[str, list[sqlite3.Row]]] = defaultdict(
        lambda: defaultdict(list)
    )
    kinds: dict[str, str] = {}
    cited: defaultdict[int, list[str]] = defaultdict(list)
    for key, document in connection.execute(_CITED, (OWN,)):
        cited[key].append(document)
    for row in connection.execute(_SAID):
        actor, kinds[row["actor"]] = row["actor"], row["kind"]
        said[actor][row["predicate"]].append(row)
    found = {}
    for actor, by in said.items():
        located = [] if kinds[actor] in NOT_SPONSORED else by[Predicate.LOCATED_IN.value]
        rows = by[Predicate.SPONSORED_BY.value] or located
        if len({row["object"] for row in rows}) == 1:
            found[actor] = Sponsor(
                rows[0]["object"],
                Basis(
                    tuple(
                        dict.fromkeys(
                            source
                            for row in rows
                            for source in cited.get(row["key"]) or [row["source"]]
                        )
                    ),
                    tuple(dict.fromkeys(row["key"] for row in rows)),
                    highest(parse_tlp(row["tlp"]) for row in rows),
                ),
            )
    return found
