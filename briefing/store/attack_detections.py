"""Data sources in which a technique shows, from the objects that ATT&CK says it with.

Up to release 17 a data component detects a technique; from 18 on a detection strategy does, whose
analytics refer to data components. Mobile has written it with components alone all along.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

_OBJECTS = (
    "SELECT native_id, content FROM record WHERE source = ? AND to_snapshot IS NULL AND kind IN"
    " ('x-mitre-data-component', 'x-mitre-data-source', 'x-mitre-detection-strategy',"
    " 'x-mitre-analytic')"
)
# Nearly all relationships make a statement, and "detects" makes none: few are left to be read.
_RELATIONS = (
    "SELECT r.native_id, r.content FROM record r WHERE r.source = ? AND r.to_snapshot IS NULL"
    " AND r.kind = 'relationship'"
    " AND NOT EXISTS (SELECT 1 FROM statement s WHERE s.record = r.id)"
)


def read_detections(
    connection: sqlite3.Connection, sources: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    """Native id of a technique → names of the data components that show it, in order of name.

    Args:
        connection: Any connection to the database.
        sources: Ids of the sources that are read; what several hold is taken from the first.
    """
    objects: dict[str, dict[str, Any]] = {}
    for source in reversed(sources):
        objects.update(_current(connection, _OBJECTS, source))
    found: dict[str, set[str]] = defaultdict(set)
    for source in sources if objects else ():
        for _, relation in _current(connection, _RELATIONS, source):
            technique, detector = relation.get("target_ref"), relation.get("source_ref")
            if relation.get("relationship_type") == "detects" and isinstance(technique, str):
                found[technique].update(_names(_components(detector, objects), objects))
    return {technique: tuple(sorted(names)) for technique, names in found.items()}


def _current(
    connection: sqlite3.Connection, query: str, source: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Native id and content of the records that ATT&CK still stands by."""
    for native, text in connection.execute(query, (source,)):
        content = orjson.loads(text)
        if not (content.get("revoked") is True or content.get("x_mitre_deprecated") is True):
            yield native, content


def _components(detector: object, objects: Mapping[str, Any]) -> Iterator[str]:
    """The data components behind a detector: itself, or those its analytics read."""
    held = objects.get(detector, {}) if isinstance(detector, str) else {}
    if held.get("type") == "x-mitre-data-component":
        yield str(detector)
    for analytic in _list(held, "x_mitre_analytic_refs"):
        read = objects.get(analytic, {}) if isinstance(analytic, str) else {}
        for log in _list(read, "x_mitre_log_source_references"):
            component = log.get("x_mitre_data_component_ref") if isinstance(log, dict) else None
            if isinstance(component, str):
                yield component


def _names(components: Iterable[str], objects: Mapping[str, Any]) -> Iterator[str]:
    """With their data source, where that is known: "Process: Process Creation"."""
    for component in components:
        held = objects.get(component, {})
        name, source = held.get("name"), held.get("x_mitre_data_source_ref")
        above = objects.get(source, {}).get("name") if isinstance(source, str) else None
        if isinstance(name, str) and name:
            yield f"{above}: {name}" if isinstance(above, str) else name


def _list(held: Mapping[str, Any], name: str) -> list[Any]:
    found = held.get(name)
    return found if isinstance(found, list) else []
