"""Products that vulnerabilities and advisories of the database name."""

from __future__ import annotations

import sqlite3


def listed_products(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Vendor and product of every vulnerability, as written."""
    rows = connection.execute(
        "SELECT DISTINCT vendor, product FROM vulnerability"
        " WHERE vendor <> '' AND product <> '' ORDER BY vendor, product"
    )
    return tuple((vendor, product) for vendor, product in rows)


def advised_products(connection: sqlite3.Connection) -> frozenset[str]:
    """Codes (``vendor:product``) of every product that an advisory names."""
    rows = connection.execute("SELECT DISTINCT products FROM advisory WHERE products <> ''")
    return frozenset(code for (codes,) in rows for code in codes.split(","))
