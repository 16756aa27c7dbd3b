"""MISP galaxy clusters (JSON): actors, ATT&CK objects, Microsoft's names, Tidal's facts, words.

Format: https://github.com/MISP/misp-rfc (misp-standard-galaxy-format). Clusters of ATT&CK bear
ATT&CK's own UUIDs, so ``intrusion-set--<uuid>`` is the same object. A galaxy of any other type is
kept as records with their names: they are neither actors nor objects of ATT&CK.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from briefing.core.changes import ChangeSet, DocumentDraft, RecordDraft, SourceInfo
from briefing.core.errors import BriefingError
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.misp_cluster import Cluster, Reading, Universe
from briefing.feeds.misp_galaxy_file import STIX_TYPES, UNNAMED, Galaxy, read_galaxy
from briefing.feeds.misp_galaxy_statements import statements_of
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.recognise import Format, Outline

__all__ = [
    "FORMAT",
    "STIX_TYPES",
    "Universe",
    "facts_only",
    "parse_galaxy",
    "parse_misp_galaxy",
]

ATTACK = "mitre-attack"
OTHERS = "misp-galaxies"
"""Id of the source of every galaxy that has none of its own."""
_FACTS_ONLY = "groups"
_SOURCES = {
    "threat-actor": "misp-threat-actor",
    "microsoft-activity-group": "microsoft-activity-group",
    _FACTS_ONLY: "tidal-groups",
    **{kind: ATTACK for kind in STIX_TYPES if kind.startswith("mitre-")},
}
"""Type of a galaxy → id of the source its clusters are recorded under."""
_SHARED = (ATTACK, OTHERS)
"""Sources of which one file is a part; of the others a file is the whole."""


def parse_misp_galaxy(payload: Payload, context: FeedContext) -> ChangeSet:
    """Read one cluster file that a person brings.

    A relation to a cluster of another file is stated where the database holds that cluster
    (``context.known_ids``); the record keeps it in any case.

    Raises:
        BriefingError: when the bytes are no galaxy cluster file at all. A single bad cluster is
            quarantined with its reason and the rest is taken.
    """
    galaxy = read_galaxy(payload)
    if not galaxy.type:
        raise BriefingError(
            f"{payload.name} is a MISP galaxy that does not say of what: it has no text named"
            " “type”.",
            remedy="Nothing was changed. Download or export the file again.",
        )
    home = _SOURCES.get(galaxy.type, OTHERS)
    source = context.source(home)
    universe = Universe({**context.known_ids, **galaxy.ids()})
    reading = Reading(context.vocabulary, universe, context.producers)
    whole = source.id == home and home not in _SHARED
    kinds = frozenset() if whole else frozenset((galaxy.record_kind,))
    return _changes(galaxy, payload.sha256, source, reading, kinds)


def parse_galaxy(
    payload: bytes,
    source: SourceInfo,
    vocabulary: Vocabulary,
    universe: Universe,
    producers: Mapping[str, str] | None = None,
) -> ChangeSet:
    """Read one cluster file of actors or of ATT&CK objects as a whole source, or a part to merge.

    Args:
        payload: The file's bytes.
        source: Under which source it is recorded.
        vocabulary: Maps raw sectors, countries and motives; a value without a code is kept.
        universe: Ids of the clusters that ``related`` may name.
        producers: UUID of a producer → its name, for who coined a name.

    Raises:
        BriefingError: when the bytes are no such file. A single bad cluster is quarantined with its
            reason and the rest is taken.
    """
    galaxy = read_galaxy(Payload(UNNAMED, payload))
    if galaxy.type not in STIX_TYPES:
        raise BriefingError(
            f"This is a MISP galaxy of type “{galaxy.type[:80]}”, which is not read here.",
            remedy=f"Types that are read: {', '.join(sorted(STIX_TYPES))}.",
        )
    digest = hashlib.sha256(payload).hexdigest()
    return _changes(galaxy, digest, source, Reading(vocabulary, universe, producers or {}))


def _changes(
    galaxy: Galaxy,
    sha256: str,
    source: SourceInfo,
    reading: Reading,
    kinds: frozenset[str] = frozenset(),
) -> ChangeSet:
    records: list[RecordDraft] = []
    documents: dict[str, DocumentDraft] = {}
    values, put_aside = galaxy.sound()
    for value in values:
        kept = facts_only(value) if galaxy.type == _FACTS_ONLY else value
        cluster = Cluster(kept, galaxy.type, reading)
        documents.update((document.id, document) for document in cluster.documents())
        said = statements_of(cluster)
        records.append(RecordDraft.of(cluster.native, galaxy.record_kind, kept, said))
    return ChangeSet(
        source=source,
        version=galaxy.version,
        sha256=sha256,
        full=True,
        records=tuple(records),
        documents=tuple(documents.values()),
        quarantined=tuple(put_aside),
        edition=galaxy.edition,
        kinds=kinds,
    )


def facts_only(cluster: dict[str, Any]) -> dict[str, Any]:
    """A Tidal cluster reduced to what may be bundled: identity and facts, no text of theirs."""
    meta = cluster.get("meta")
    fields = meta if isinstance(meta, dict) else {}
    kept = ("group_attack_id", "source", "target_categories", "observed_countries")
    return {
        "uuid": cluster.get("uuid"),
        "value": cluster.get("value"),
        "meta": {k: fields[k] for k in (*kept, "observed_motivations") if k in fields},
    }


def _matches(outline: Outline) -> bool:
    if outline.kind != "json-object" or "values" not in outline.keys:
        return False
    return "type" in outline.keys or {"uuid", "value"} <= set(outline.inner)


FORMAT = Format("misp-galaxy", "MISP galaxy (clusters)", _matches, parse_misp_galaxy)
"""Recognised by its list of clusters."""
