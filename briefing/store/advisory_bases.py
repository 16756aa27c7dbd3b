"""What stands behind advisories and vulnerabilities beyond what they say of themselves."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from briefing.core.actor import Basis
from briefing.core.tlp import Tlp, highest, parse_tlp
from briefing.store.actors import json_list

_MENTIONS: Final = (
    "SELECT m.advisory, s.key, s.tlp FROM mention m JOIN statement s ON s.id = m.statement"
    " WHERE m.advisory IN (SELECT value FROM json_each(?)) ORDER BY m.advisory, s.id"
)
_PRODUCTS: Final = (
    "SELECT s.subject, s.object FROM statement s WHERE s.predicate = 'affects'"
    " AND s.object <> '' AND s.to_snapshot IS NULL"
    " AND s.subject IN (SELECT value FROM json_each(?)) ORDER BY s.subject, s.id"
)
_REQUIRED: Final = (
    "SELECT s.subject, s.value FROM statement s WHERE s.predicate = 'advised' AND s.object = 'kev'"
    " AND s.to_snapshot IS NULL AND s.subject IN (SELECT value FROM json_each(?)) ORDER BY s.id"
)


def mention_bases(connection: sqlite3.Connection, advisories: Iterable[str]) -> dict[str, Basis]:
    """Id of an advisory → the statements by which it names anything; without sources."""
    found: defaultdict[str, dict[int, Tlp]] = defaultdict(dict)
    for advisory, key, tlp in connection.execute(_MENTIONS, (json_list(advisories),)):
        found[advisory][key] = parse_tlp(tlp)
    return {
        advisory: Basis((), tuple(keys), highest(keys.values())) for advisory, keys in found.items()
    }


def products_of(
    connection: sqlite3.Connection, vulnerabilities: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """CVE id → the products it affects, as ``vendor:product``."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for cve, code in connection.execute(_PRODUCTS, (json_list(vulnerabilities),)):
        found[cve][code] = None
    return {cve: tuple(codes) for cve, codes in found.items()}


def required_actions(
    connection: sqlite3.Connection, vulnerabilities: Iterable[str]
) -> dict[str, str]:
    """CVE id → what CISA requires, in its words."""
    found: dict[str, str] = {}
    for cve, words in connection.execute(_REQUIRED, (json_list(vulnerabilities),)):
        found.setdefault(cve, words)
    return found
