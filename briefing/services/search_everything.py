"""The one search field: actors, what ATT&CK holds, incidents, advisories, vulnerabilities, help."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.core.dates import short_date
from briefing.core.names import normalised
from briefing.core.search import SearchHit, clean_query
from briefing.core.wording import counted
from briefing.services.help_search import find_help
from briefing.store.connection import KnowledgeFile
from briefing.store.incident_search import find_incidents
from briefing.store.names import (
    Found,
    bearers,
    find_by_attack_id,
    find_by_prefix,
    find_exact,
    find_in_texts,
    near_names,
)
from briefing.store.report_search import find_reports
from briefing.store.vulnerabilities import find_by_cve

LIMIT = 24
"""Most hits shown; a person refines rather than scrolls."""
REPORTS = 12
"""Most advisories and vulnerabilities among them."""
INCIDENTS = 6
"""Most incidents among them."""
TEXT_FROM = 3
"""Letters from which texts join names: ranking a one-letter prefix over texts costs 280 ms."""


def search_everything(knowledge: KnowledgeFile, text: str) -> tuple[SearchHit, ...]:
    """Best hits for what was typed so far, cheap enough for every key; never an error."""
    query = clean_query(text)
    if not normalised(query):
        return ()
    connection = knowledge.connection
    found = [*find_by_attack_id(connection, query), *find_by_prefix(connection, query)]
    if not any(item.kind == "actor" for item in found) and not query.isascii():
        found += find_exact(connection, query)
    if len(normalised(query)) >= TEXT_FROM:
        found += find_in_texts(connection, query)
    hits = _unique(found)[:LIMIT]
    shared = bearers(connection, {item.name for item in hits if item.kind == "actor"})
    reports = [*_incidents(knowledge, query), *_reports(knowledge, query)]
    found_help = find_help(knowledge, query)
    if hits or reports or found_help:
        return (*(_hit(item, shared) for item in hits), *reports, *found_help)
    return _near(knowledge, query)


def _incidents(knowledge: KnowledgeFile, query: str) -> list[SearchHit]:
    """Incidents in whose names the words stand."""
    if len(normalised(query)) < TEXT_FROM:
        return []
    found = find_incidents(knowledge.connection, query, INCIDENTS)
    return [
        SearchHit(
            "incident",
            one.id,
            one.name,
            ", ".join(filter(None, (short_date(one.started), counted(one.claims, "claim")))),
        )
        for one in found
    ]


def _reports(knowledge: KnowledgeFile, query: str) -> list[SearchHit]:
    """Vulnerabilities whose id begins so, and advisories in whose texts the words stand."""
    connection = knowledge.connection
    hits = {
        row.id: SearchHit("vulnerability", row.id, f"{row.id} {row.name}".strip(), "CVE id")
        for row in find_by_cve(connection, query, REPORTS)
    }
    if len(normalised(query)) >= TEXT_FROM:
        for found in find_reports(connection, query, REPORTS):
            when = short_date(found.published)
            reason = ", ".join(part for part in (found.by, when) if part)
            hits.setdefault(found.id, SearchHit(found.kind, found.id, found.title, reason))
    return list(hits.values())[:REPORTS]


def _unique(found: Iterable[Found]) -> list[Found]:
    first: dict[str, Found] = {}
    for item in found:
        first.setdefault(item.entity, item)
    return list(first.values())


def _hit(item: Found, shared: dict[str, int]) -> SearchHit:
    coined = f", {item.coined_by}" if item.coined_by else ""
    reasons = {
        "id": f"ATT&CK id {item.name}",
        "name": f"name{coined}",
        "alias": f"alias: {item.name}{coined}",
        "look-alike": f"look-alike letters for {item.name}",
        "text": "in its description",
    }
    code = f"{item.attack_id} · " if item.attack_id and item.matched != "id" else ""
    ambiguous = item.kind == "actor" and shared.get(normalised(item.name), 0) > 1
    return SearchHit(item.kind, item.entity, item.title, code + reasons[item.matched], ambiguous)


def _near(knowledge: KnowledgeFile, query: str) -> tuple[SearchHit, ...]:
    connection = knowledge.connection
    hits = []
    for name in near_names(connection, query, quick=True):
        for item in find_exact(connection, name)[:1]:
            reason = f"resembles {name}" if name != item.title else "resembles what you typed"
            hits.append(SearchHit("actor", item.entity, item.title, reason, near=True))
    return tuple({hit.id: hit for hit in hits}.values())
