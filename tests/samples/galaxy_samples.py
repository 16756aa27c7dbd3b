"""MISP galaxies to read: the real ones of the registry package, and small ones written here."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from store_samples import source

from briefing.core.changes import ChangeSet
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.misp_galaxy import Universe, parse_galaxy
from briefing.feeds.vocabulary import read_vocabulary
from briefing.paths import data_folder
from briefing.services.build_database import GALAXIES, package_clusters

UUID = "00000000-0000-4000-8000-{:012d}"


@cache
def real_vocabulary() -> Vocabulary:
    """The vocabularies of ``data/``."""
    return read_vocabulary(data_folder() / "vocabulary")


@cache
def real_payload(name: str) -> bytes:
    """A cluster file as it ships in the registry package."""
    return (package_clusters() / f"{name}.json").read_bytes()


@cache
def real_universe() -> Universe:
    """Ids of all clusters that are bundled."""
    return Universe.of(real_payload(name) for _, name in GALAXIES)


def cluster(number: int = 1, name: str = "Fox", **fields: Any) -> dict[str, Any]:
    """One cluster; keywords go into ``meta``, except those every cluster has at its top."""
    top = {key: fields.pop(key) for key in ("description", "related", "revoked") if key in fields}
    return {"value": name, "uuid": UUID.format(number), "meta": fields, **top}


def galaxy(*clusters: Any, kind: str = "threat-actor") -> bytes:
    """A cluster file."""
    return orjson.dumps({"type": kind, "version": 7, "values": list(clusters)})


def read(payload: bytes, universe: Universe | None = None) -> ChangeSet:
    """A cluster file as a change-set, with the real vocabularies."""
    found = Universe.of([payload]) if universe is None else universe
    return parse_galaxy(payload, source(), real_vocabulary(), found)


def stated(changes: ChangeSet, predicate: str = "") -> list[tuple[str, str]]:
    """(object, value) of every statement, or of those with a predicate."""
    return [
        (s.object, s.value)
        for record in changes.records
        for s in record.statements
        if predicate in ("", s.predicate.value)
    ]
