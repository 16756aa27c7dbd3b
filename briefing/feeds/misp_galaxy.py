"""MISP galaxy clusters (JSON): actors, ATT&CK objects, Microsoft's names, Tidal's facts.

Format: https://github.com/MISP/misp-rfc (misp-standard-galaxy-format). Quirks met on real data:
fields are a list or a string; ``cfr-suspected-victims`` mixes countries, regions and companies;
``attribution-confidence`` is "50" almost everywhere and therefore no signal, so it is not read;
clusters of ATT&CK bear ATT&CK's own UUIDs, so ``intrusion-set--<uuid>`` is the same object.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    Quarantined,
    RecordDraft,
    SourceInfo,
    StatementDraft,
)
from briefing.core.errors import BriefingError
from briefing.core.profile import parse_partial_date
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.misp_cluster import STIX_TYPES, Cluster, Universe, fault_of, load_galaxy

__all__ = ["STIX_TYPES", "Universe", "facts_only", "parse_galaxy"]

_DEPLOYS = {"uses", "deploys", "delivers"}


def parse_galaxy(
    payload: bytes, source: SourceInfo, vocabulary: Vocabulary, universe: Universe
) -> ChangeSet:
    """Read one cluster file.

    Args:
        payload: The file's bytes.
        source: Under which source it is recorded.
        vocabulary: Maps raw sectors, countries and motives; a value without a code is kept.
        universe: Ids of the clusters that ``related`` may name.

    Raises:
        BriefingError: when the bytes are no galaxy cluster file at all. A single bad cluster is
            quarantined with its reason and the rest is taken.
    """
    galaxy = load_galaxy(payload)
    kind = str(galaxy.get("type"))
    if kind not in STIX_TYPES:
        raise BriefingError(
            f"This is a MISP galaxy of type “{kind[:80]}”, which is not read here.",
            remedy=f"Types that are read: {', '.join(sorted(STIX_TYPES))}.",
        )
    reader = _READERS[kind]
    records: list[RecordDraft] = []
    documents: dict[str, DocumentDraft] = {}
    quarantined: list[Quarantined] = []
    seen: set[str] = set()
    for position, value in enumerate(galaxy["values"]):
        reason = fault_of(value, seen)
        if reason:
            name = str(value.get("uuid", "")) if isinstance(value, dict) else ""
            quarantined.append(Quarantined(name, f"Cluster {position + 1}: {reason}"))
            continue
        cluster = Cluster(value, kind, vocabulary, universe)
        seen.add(cluster.uuid)
        for document in cluster.documents():
            documents[document.id] = document
        records.append(RecordDraft(cluster.native, STIX_TYPES[kind], value, tuple(reader(cluster))))
    return ChangeSet(
        source=source,
        version=str(galaxy.get("version", "")),
        sha256=hashlib.sha256(payload).hexdigest(),
        full=True,
        records=tuple(records),
        documents=tuple(documents.values()),
        quarantined=tuple(quarantined),
    )


def _named(cluster: Cluster) -> Iterator[StatementDraft]:
    for name in cluster.names():
        yield cluster.state(Predicate.NAMED, value=name)


def _described(cluster: Cluster) -> Iterator[StatementDraft]:
    description = cluster.value.get("description")
    if isinstance(description, str) and description.strip():
        yield cluster.state(Predicate.DESCRIBED_AS, object="description", value=description.strip())


def _mentioned(cluster: Cluster) -> Iterator[StatementDraft]:
    for document in cluster.documents():
        yield cluster.state(
            Predicate.MENTIONED_IN,
            object=document.id,
            value=document.url,
            documents=(document.id,),
        )


def _related(cluster: Cluster) -> Iterator[StatementDraft]:
    for relation, native in cluster.related():
        kind = native.split("--", 1)[0]
        if kind == "attack-pattern" and relation in _DEPLOYS:
            yield cluster.state(Predicate.USES_TECHNIQUE, object=native, value=relation)
        elif kind in {"malware", "tool"} and relation in _DEPLOYS:
            yield cluster.state(Predicate.USES_SOFTWARE, object=native, value=relation)
        elif kind in {"threat-actor", "intrusion-set"} and relation != "revoked-by":
            yield cluster.state(Predicate.OVERLAPS_WITH, object=native, value=relation)


def _targets(cluster: Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        target = cluster.vocabulary.target_of(raw)
        code = target.code if target else ""
        yield cluster.state(Predicate.TARGETS_COUNTRY, object=code, value=raw)


def _sectors(cluster: Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        codes = [sector.code for sector in cluster.vocabulary.sectors_of(raw)]
        for code in codes or [""]:
            yield cluster.state(Predicate.TARGETS_SECTOR, object=code, value=raw)


def _origin(cluster: Cluster, predicate: Predicate, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        whole = cluster.vocabulary.target_of(raw)
        for part in (raw,) if whole else re.split(r"[,;/]", raw):
            if part.strip():
                target = cluster.vocabulary.target_of(part)
                code = target.code if target else ""
                yield cluster.state(predicate, object=code, value=part.strip())


def _motives(cluster: Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        yield from _motive(cluster, raw)


def _motive(cluster: Cluster, raw: str) -> Iterator[StatementDraft]:
    motives = cluster.vocabulary.motives_of(raw)
    for code in [motive.code for motive in motives] or [""]:
        yield cluster.state(Predicate.MOTIVATED_BY, object=code, value=raw)
    for goal in dict.fromkeys(motive.goal for motive in motives if motive.goal):
        yield cluster.state(Predicate.HAS_GOAL, object=goal, value=raw)


def _kinds(cluster: Cluster, field: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(field):
        kind = cluster.vocabulary.kind_of(raw)
        if kind and kind.code != "unknown":
            yield cluster.state(Predicate.OF_KIND, object=kind.code, value=raw)


def _date_or_none(text: str) -> str:
    """The text where it is a date; a source may also write "around 2014"."""
    try:
        return parse_partial_date(text)
    except ValueError:
        return ""


def _threat_actor(cluster: Cluster) -> Iterator[StatementDraft]:
    yield from _named(cluster)
    yield from _described(cluster)
    yield from _origin(cluster, Predicate.SPONSORED_BY, "cfr-suspected-state-sponsor")
    yield from _origin(cluster, Predicate.LOCATED_IN, "country")
    yield from _targets(cluster, "cfr-suspected-victims", "suspected-victims")
    yield from _sectors(cluster, "targeted-sector", "cfr-target-category")
    yield from _motives(cluster, "cfr-type-of-incident", "motive")
    yield from _kinds(cluster, "motive")
    for since in cluster.stated("since"):
        yield cluster.state(Predicate.ACTIVE_SINCE, value=since, first_seen=_date_or_none(since))
    yield from _related(cluster)
    yield from _mentioned(cluster)


def _microsoft(cluster: Cluster) -> Iterator[StatementDraft]:
    """Microsoft's own name is the main one; ``sector`` holds an origin, a kind or a motive."""
    for place, name in enumerate(cluster.names()):
        coined = {"coined_by": "Microsoft"} if place == 0 else {}
        yield cluster.state(Predicate.NAMED, value=name, detail=coined)
    yield from _described(cluster)
    yield from _origin(cluster, Predicate.LOCATED_IN, "country")
    yield from _kinds(cluster, "sector")
    words = cluster.vocabulary
    for raw in cluster.stated("sector"):
        # The origin stands in ``country`` too; what is neither origin nor kind is kept as a motive.
        if words.motive_of(raw) or not (words.target_of(raw) or words.kind_of(raw)):
            yield from _motive(cluster, raw)
    yield from _related(cluster)
    yield from _mentioned(cluster)


def _tidal(cluster: Cluster) -> Iterator[StatementDraft]:
    """Facts only: the name, target categories, observed countries and motivations."""
    yield cluster.state(Predicate.NAMED, value=cluster.name)
    yield from _sectors(cluster, "target_categories")
    yield from _targets(cluster, "observed_countries")
    yield from _motives(cluster, "observed_motivations")


def _attack_object(cluster: Cluster) -> Iterator[StatementDraft]:
    yield from _named(cluster)
    if cluster.kind == "mitre-intrusion-set":
        yield from _described(cluster)
        yield from _mentioned(cluster)
    yield from _related(cluster)


def _course_of_action(cluster: Cluster) -> Iterator[StatementDraft]:
    yield from _named(cluster)
    for relation, native in cluster.related():
        if relation == "mitigates":
            yield StatementDraft(native, Predicate.MITIGATED_BY, object=cluster.native)


_READERS: dict[str, Callable[[Cluster], Iterator[StatementDraft]]] = {
    "threat-actor": _threat_actor,
    "microsoft-activity-group": _microsoft,
    "groups": _tidal,
    "mitre-intrusion-set": _attack_object,
    "mitre-attack-pattern": _attack_object,
    "mitre-malware": _attack_object,
    "mitre-tool": _attack_object,
    "mitre-course-of-action": _course_of_action,
}


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
