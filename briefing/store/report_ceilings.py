"""What a reader below a ceiling sees of advisories, vulnerabilities, campaigns and incidents.

Read as the views of ``ceilings``. A row is there where its title is visible; each of its columns is
blank where a statement that it sums up is not. A link by name is visible only where the name is.
"""

from __future__ import annotations

_SAID = "EXISTS (SELECT 1 FROM temp.called c WHERE c.subject = x.id AND c.value = x.{})"
"""Whether what a column holds is a visible name of the row."""
_HIDES = (
    "EXISTS (SELECT 1 FROM temp.hidden h WHERE h.subject = x.id AND h.to_snapshot IS NULL"
    " AND h.predicate = '{}')"
)


def _unless_hidden(predicate: str, *columns: str, blank: str = "''") -> str:
    """Columns that sum up the statements of one predicate, or a blank where one is hidden."""
    hides = _HIDES.format(predicate)
    return ", ".join(
        f"CASE WHEN {hides} THEN {blank} ELSE x.{column} END AS {column}" for column in columns
    )


def _view(table: str, columns: tuple[str, ...], where: str) -> str:
    listed = ", ".join(columns)
    return f"CREATE TEMP VIEW {table} AS SELECT {listed} FROM main.{table} x WHERE {where}"  # noqa: S608 - our own words


_OF_ADVISORY = "(SELECT {} FROM temp.mention m {} WHERE m.advisory = x.id AND {})"
_IS_CVE = "m.kind = 'vulnerability'"

REPORT_VIEWS = (
    _view(
        "mention",
        ("x.*",),
        "EXISTS (SELECT 1 FROM temp.statement s WHERE s.id = x.statement)"
        " AND EXISTS (SELECT 1 FROM temp.called c WHERE c.subject = x.advisory)"
        " AND (x.basis IN ('stated', 'cited', 'reading') OR x.kind IN ('vulnerability', 'name')"
        " OR x.basis = 'id' AND (EXISTS (SELECT 1 FROM temp.actor a WHERE a.id = x.entity"
        " AND a.attack_id = x.words)"
        " OR EXISTS (SELECT 1 FROM temp.technique t WHERE t.id = x.entity)"
        " OR EXISTS (SELECT 1 FROM temp.software w WHERE w.id = x.entity))"
        " OR x.basis IN ('title', 'tag') AND EXISTS (SELECT 1 FROM main.name n JOIN temp.name seen"
        " ON seen.norm = n.norm AND seen.entity = n.entity WHERE n.entity = x.entity"
        " AND n.display = x.words))",
    ),
    _view(
        "vulnerability",
        (
            "x.id",
            f"CASE WHEN {_SAID.format('name')} THEN x.name ELSE '' END AS name",
            _unless_hidden("affects", "vendor", "product"),
            _unless_hidden("happened", "listed"),
            _unless_hidden("advised", "due"),
            _unless_hidden("happened", "ransomware", blank="0"),
            _unless_hidden("mentioned-in", "cvss", blank="NULL"),
            _unless_hidden("mentioned-in", "severity"),
            "(SELECT count(*) FROM temp.mention m WHERE m.entity = x.id"
            " AND m.kind = 'vulnerability') AS advisories",
        ),
        "EXISTS (SELECT 1 FROM temp.statement s WHERE s.subject = x.id AND s.to_snapshot IS NULL)"
        " OR EXISTS (SELECT 1 FROM temp.mention m WHERE m.entity = x.id)",
    ),
    _view(
        "advisory",
        (
            "x.id, x.kind, x.title",
            _unless_hidden("issued-by", "issuer"),
            "x.source",
            _unless_hidden("happened", "published", "updated"),
            _unless_hidden("named", "url"),
            _unless_hidden("deployed-in", "sectors", "countries"),
            _unless_hidden("affects", "products"),
            _OF_ADVISORY.format("count(*)", "", _IS_CVE) + " AS cves",
            "ifnull("
            + _OF_ADVISORY.format(
                "min(v.due)",
                "JOIN temp.vulnerability v ON v.id = m.entity",
                f"{_IS_CVE} AND v.due <> ''",
            )
            + ", '') AS due",
            "x.record",
        ),
        _SAID.format("title"),
    ),
    _view(
        "campaign",
        (
            "x.id",
            _unless_hidden("named", "attack_id"),
            "x.name",
            _unless_hidden("happened", "started", "ended"),
            _unless_hidden("attributed-to", "actors"),
            _unless_hidden("named", "url"),
            "x.record, x.revoked",
        ),
        _SAID.format("name"),
    ),
    _view(
        "incident",
        (
            "x.id, x.name",
            _unless_hidden("happened", "started", "ended"),
            _unless_hidden("targets-sector", "sectors"),
            _unless_hidden("targets-country", "countries"),
            "x.source, x.record",
            "(SELECT count(*) FROM main.claim c JOIN temp.statement s ON s.id = c.statement"
            " WHERE c.incident = x.id) AS claims",
        ),
        _SAID.format("name"),
    ),
    # Whom a claim means may have been found by a name, and that name may be a secret.
    _view(
        "claim",
        (
            "x.id, x.incident, x.kind, x.by, x.body",
            "CASE WHEN EXISTS (SELECT 1 FROM main.actor_member m JOIN temp.hidden h"
            " ON h.subject = m.native WHERE m.actor = x.actor AND h.predicate = 'named'"
            " AND h.to_snapshot IS NULL) THEN '' ELSE x.actor END AS actor",
            "x.country, x.value, x.basis, x.dated, x.confidence, x.statement",
        ),
        "EXISTS (SELECT 1 FROM temp.statement s WHERE s.id = x.statement)",
    ),
    _view(
        "report_item",
        ("x.*",),
        "x.kind = 'advisory' AND x.ref IN (SELECT id FROM temp.advisory)"
        " OR x.kind = 'vulnerability' AND x.ref IN (SELECT id FROM temp.vulnerability)",
    ),
    _view(
        "quarantine",
        ("x.*",),
        "EXISTS (SELECT 1 FROM main.snapshot n JOIN temp.source o ON o.id = n.source"
        " WHERE n.id = x.snapshot)",
    ),
    # Where a person's feeds come from is nobody's business but theirs.
    _view("feed", ("x.*",), "0"),
)
"""In the order in which they rest on each other, after the views of ``ceilings``."""
