"""What each row of a case states here, and what a document about it may name besides."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from briefing.core.actor import Basis
from briefing.core.case import Case, Claim, Row
from briefing.core.changes import Predicate
from briefing.core.names import normalised
from briefing.core.tlp import highest
from briefing.store.actors import json_list
from briefing.store.case_reading import feed_claim_id
from briefing.store.statement_bases import StatementBasis, read_bases

# Below a ceiling both tables are views, so what is hidden is not found; a statement stays with the
# row of the record that first made it, so every version of a record counts.
_OF_ROWS: Final = (
    "SELECT r.native_id, r.source, s.id, s.key, s.predicate FROM record r JOIN statement s"
    " ON s.record = r.id AND s.to_snapshot IS NULL"
    " WHERE r.native_id IN (SELECT value FROM json_each(?)) ORDER BY s.id"
)
_OF_FEEDS: Final = (
    "SELECT s.key FROM claim c JOIN statement s ON s.id = c.statement WHERE c.incident = ?"
    " ORDER BY s.id"
)
_CITED: Final = (
    "SELECT c.statement, c.document FROM citation c"
    " WHERE c.statement IN (SELECT value FROM json_each(?)) ORDER BY c.statement, c.place"
)
_FEATURES: Final = (
    "SELECT id, attack_id, name, groups, revoked FROM technique"
    " WHERE attack_id IN (SELECT value FROM json_each(?1)) UNION ALL"
    " SELECT id, attack_id, name, groups, revoked FROM software"
    " WHERE attack_id IN (SELECT value FROM json_each(?1)) ORDER BY 2, 5, 1"
)
_CALLED: Final = (
    "SELECT s.subject, s.value, s.key FROM statement s"
    " WHERE s.subject IN (SELECT value FROM json_each(?)) AND s.predicate = 'named'"
    " AND s.to_snapshot IS NULL ORDER BY s.id"
)
_BEARERS: Final = (
    "SELECT DISTINCT n.entity FROM name n WHERE n.kind = 'actor'"
    " AND n.norm IN (SELECT value FROM json_each(?)) ORDER BY n.entity"
)


@dataclass(frozen=True, slots=True)
class Feature:
    """A technique or piece of software of the catalogue.

    Attributes:
        id: Native id.
        attack_id: ATT&CK id.
        name: Its name.
        groups: How many groups of the catalogue use it.
        basis: Who calls it so.
    """

    id: str
    attack_id: str
    name: str
    groups: int
    basis: Basis


def row_bases(connection: sqlite3.Connection, case: Case) -> dict[str, Basis]:
    """Id of each row of a case → its statements, and the documents it cites.

    A row without documents rests on whoever holds it, and so does the claim of a feed.

    Args:
        connection: The reader by which the case was read.
        case: The incident with its rows.
    """
    rows = {row.id: row for row in case.rows()}
    said = _statements(connection, rows)
    for (key,) in connection.execute(_OF_FEEDS, (case.incident.id,)):
        claim = feed_claim_id(key)
        if claim in rows:
            said.setdefault(claim, {})[key] = ()
    held = read_bases(connection, (key for keys in said.values() for key in keys))
    return {
        native: _basis(rows[native], keys, held) for native, keys in said.items() if native in rows
    }


def read_named_features(
    connection: sqlite3.Connection, attack_ids: Iterable[str]
) -> dict[str, Feature]:
    """ATT&CK id → what the catalogue calls it; one that it does not hold is left out."""
    heads: dict[str, tuple[str, str, int]] = {}
    for native, attack_id, name, groups, _ in connection.execute(
        _FEATURES, (json_list(attack_ids),)
    ):
        heads.setdefault(attack_id, (native, name, groups))
    names = {native: name for native, name, _ in heads.values()}
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for native, name, key in connection.execute(_CALLED, (json_list(names),)):
        if name == names[native]:
            keys[native].append(key)
    held = read_bases(connection, (key for found in keys.values() for key in found))
    return {
        attack_id: Feature(native, attack_id, name, groups, _of_keys(keys[native], held))
        for attack_id, (native, name, groups) in heads.items()
    }


def bearers_of(connection: sqlite3.Connection, names: Iterable[str]) -> tuple[str, ...]:
    """Ids of the actors that bear any of these names."""
    keys = sorted({normalised(name) for name in names} - {""})
    return tuple(actor for (actor,) in connection.execute(_BEARERS, (json_list(keys),)))


def _statements(
    connection: sqlite3.Connection, rows: Mapping[str, Row]
) -> dict[str, dict[int, tuple[str, ...]]]:
    """Id of a row → key of a statement → documents, of the version that counts."""
    found = [
        (native, statement, key)
        for native, source, statement, key, predicate in connection.execute(
            _OF_ROWS, (json_list(rows),)
        )
        # A feed's record of an incident states the claims about it as well.
        if source == rows[native].source
        and (predicate != Predicate.ATTRIBUTED_TO or isinstance(rows[native], Claim))
    ]
    cited: defaultdict[int, list[str]] = defaultdict(list)
    for statement, document in connection.execute(
        _CITED, (json_list(str(statement) for _, statement, _ in found),)
    ):
        cited[statement].append(document)
    said: defaultdict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for native, statement, key in found:
        said[native][key] = tuple(cited[statement])
    return dict(said)


def _basis(
    row: Row, keys: Mapping[int, tuple[str, ...]], held: Mapping[int, StatementBasis]
) -> Basis:
    own = bool(row.documents) and not (isinstance(row, Claim) and row.is_of_feed)
    documents = tuple(dict.fromkeys(one for cited in keys.values() for one in cited)) if own else ()
    basis = _of_keys(keys, held)
    return Basis(documents or basis.sources, basis.statements, basis.tlp)


def _of_keys(keys: Iterable[int], held: Mapping[int, StatementBasis]) -> Basis:
    known = tuple(dict.fromkeys(key for key in keys if key in held))
    return Basis(
        tuple(dict.fromkeys(source for key in known for source in held[key].rests_on)),
        known,
        highest(held[key].level for key in known),
    )
