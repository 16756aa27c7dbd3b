"""MISP galaxy clusters (JSON): actors, ATT&CK objects, Microsoft's names, Tidal's facts.

Format: https://github.com/MISP/misp-rfc (misp-standard-galaxy-format). Quirks met on real data:
fields are a list or a string; ``cfr-suspected-victims`` mixes countries, regions and companies;
``attribution-confidence`` is "50" almost everywhere and therefore no signal, so it is not read;
clusters of ATT&CK bear ATT&CK's own UUIDs, so ``intrusion-set--<uuid>`` is the same object.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    Quarantined,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    document_for,
)
from briefing.core.errors import BriefingError
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.addresses import published_in, publisher_of

STIX_TYPES = {
    "threat-actor": "threat-actor",
    "microsoft-activity-group": "threat-actor",
    "groups": "threat-actor",
    "mitre-intrusion-set": "intrusion-set",
    "mitre-attack-pattern": "attack-pattern",
    "mitre-malware": "malware",
    "mitre-tool": "tool",
    "mitre-course-of-action": "course-of-action",
}
"""Type of a galaxy → STIX type of its clusters."""

_ATTACK_SUFFIX = re.compile(r" - [A-Z]+\d{4}(\.\d{3})?$")
_ATTACK_ID = re.compile(r"^(?:G|S|T|M)\d{4}(?:\.\d{3})?$")
_MAX_BYTES = 64 * 1024 * 1024
_DEPLOYS = {"uses", "deploys", "delivers"}


@dataclass(frozen=True, slots=True)
class Universe:
    """Native ids by UUID over all clusters read together, so that ``related`` can be resolved."""

    by_uuid: Mapping[str, str]

    @classmethod
    def of(cls, payloads: Iterable[bytes]) -> Universe:
        """Collect the ids of every known type of galaxy in the payloads."""
        found: dict[str, str] = {}
        for payload in payloads:
            galaxy = _load(payload)
            stix = STIX_TYPES.get(str(galaxy.get("type")))
            for value in galaxy.get("values", ()) if stix else ():
                if isinstance(value, dict) and "uuid" in value:
                    found[str(value["uuid"])] = f"{stix}--{value['uuid']}"
        return cls(found)


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
    galaxy = _load(payload)
    kind = str(galaxy.get("type"))
    if kind not in STIX_TYPES:
        raise BriefingError(
            f"This is a MISP galaxy of type “{kind}”, which is not read here.",
            remedy=f"Types that are read: {', '.join(sorted(STIX_TYPES))}.",
        )
    reader = _READERS[kind]
    records: list[RecordDraft] = []
    documents: dict[str, DocumentDraft] = {}
    quarantined: list[Quarantined] = []
    seen: set[str] = set()
    for position, value in enumerate(galaxy["values"]):
        reason = _fault(value, seen)
        if reason:
            name = str(value.get("uuid", "")) if isinstance(value, dict) else ""
            quarantined.append(Quarantined(name, f"Cluster {position + 1}: {reason}"))
            continue
        cluster = _Cluster(value, kind, vocabulary, universe)
        seen.add(cluster.native)
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


def _load(payload: bytes) -> dict[str, Any]:
    if len(payload) > _MAX_BYTES:
        raise BriefingError("The galaxy file is larger than 64 MiB and was not read.")
    try:
        galaxy = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise BriefingError(
            "The galaxy file is not valid JSON.",
            detail=f"line {error.lineno}, column {error.colno}: {error.msg}",
        ) from error
    if not isinstance(galaxy, dict) or not isinstance(galaxy.get("values"), list):
        raise BriefingError("The file is no MISP galaxy cluster: it has no list named “values”.")
    return galaxy


def _fault(value: Any, seen: set[str]) -> str:
    if not isinstance(value, dict):
        return "it is no JSON object."
    if not isinstance(value.get("value"), str) or not value["value"].strip():
        return "it has no name."
    if not isinstance(value.get("uuid"), str):
        return f"“{value['value']}” has no uuid."
    if any(native.endswith(value["uuid"]) for native in seen if value["uuid"] in native):
        return f"“{value['value']}” repeats the uuid of another cluster."
    return ""


class _Cluster:
    """One value of a cluster file with its fields as lists, whatever they were written as."""

    def __init__(
        self, value: dict[str, Any], kind: str, vocabulary: Vocabulary, universe: Universe
    ) -> None:
        self.value = value
        self.kind = kind
        self.vocabulary = vocabulary
        self.universe = universe
        meta = value.get("meta")
        self.meta: dict[str, Any] = meta if isinstance(meta, dict) else {}
        self.native = f"{STIX_TYPES[kind]}--{value['uuid']}"
        self.name = _ATTACK_SUFFIX.sub("", value["value"]).strip()

    def all(self, *fields: str) -> Iterator[str]:
        """Every non-empty string of the fields, in order, each once."""
        seen: set[str] = set()
        for name in fields:
            raw = self.meta.get(name)
            for item in raw if isinstance(raw, list) else [raw]:
                if isinstance(item, str) and item.strip() and item not in seen:
                    seen.add(item)
                    yield item.strip()

    def stated(self, *fields: str) -> Iterator[str]:
        """The same without words by which a source says that it says nothing ("Unknown")."""
        return (raw for raw in self.all(*fields) if not self.vocabulary.is_unstated(raw))

    def names(self) -> Iterator[str]:
        """The main name first, then the others; ids of ATT&CK are no names."""
        seen = {self.name}
        yield self.name
        for synonym in self.all("synonyms"):
            if synonym not in seen and not _ATTACK_ID.match(synonym):
                seen.add(synonym)
                yield synonym

    def references(self) -> Iterator[str]:
        """Web addresses cited, each once."""
        for reference in self.all("refs", "references"):
            if reference.lower().startswith(("https://", "http://")):
                yield reference

    def documents(self) -> Iterator[DocumentDraft]:
        """The addresses as documents, dated where the address holds a date."""
        for reference in self.references():
            yield document_for(
                reference,
                publisher=publisher_of(reference),
                published=published_in(reference),
            )

    def related(self) -> Iterator[tuple[str, str]]:
        """(type, native id) of each relation to a cluster that is known here."""
        relations = self.value.get("related")
        for relation in relations if isinstance(relations, list) else ():
            native = self.universe.by_uuid.get(str(relation.get("dest-uuid")))
            if native:
                yield str(relation.get("type")), native

    def state(self, predicate: Predicate, **fields: Any) -> StatementDraft:
        """A statement about this cluster."""
        return StatementDraft(self.native, predicate, **fields)


def _named(cluster: _Cluster) -> Iterator[StatementDraft]:
    for name in cluster.names():
        yield cluster.state(Predicate.NAMED, value=name)


def _described(cluster: _Cluster) -> Iterator[StatementDraft]:
    description = cluster.value.get("description")
    if isinstance(description, str) and description.strip():
        yield cluster.state(Predicate.DESCRIBED_AS, object="description", value=description.strip())


def _mentioned(cluster: _Cluster) -> Iterator[StatementDraft]:
    for document in cluster.documents():
        yield cluster.state(
            Predicate.MENTIONED_IN,
            object=document.id,
            value=document.url,
            documents=(document.id,),
        )


def _related(cluster: _Cluster) -> Iterator[StatementDraft]:
    for relation, native in cluster.related():
        kind = native.split("--", 1)[0]
        if kind == "attack-pattern" and relation in _DEPLOYS:
            yield cluster.state(Predicate.USES_TECHNIQUE, object=native, value=relation)
        elif kind in {"malware", "tool"} and relation in _DEPLOYS:
            yield cluster.state(Predicate.USES_SOFTWARE, object=native, value=relation)
        elif kind in {"threat-actor", "intrusion-set"} and relation != "revoked-by":
            yield cluster.state(Predicate.OVERLAPS_WITH, object=native, value=relation)


def _targets(cluster: _Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        target = cluster.vocabulary.target_of(raw)
        code = target.code if target else ""
        yield cluster.state(Predicate.TARGETS_COUNTRY, object=code, value=raw)


def _sectors(cluster: _Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        codes = [sector.code for sector in cluster.vocabulary.sectors_of(raw)]
        for code in codes or [""]:
            yield cluster.state(Predicate.TARGETS_SECTOR, object=code, value=raw)


def _origin(cluster: _Cluster, predicate: Predicate, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        whole = cluster.vocabulary.target_of(raw)
        for part in (raw,) if whole else re.split(r"[,;/]", raw):
            target = cluster.vocabulary.target_of(part)
            code = target.code if target else ""
            yield cluster.state(predicate, object=code, value=part.strip())


def _motives(cluster: _Cluster, *fields: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(*fields):
        motives = cluster.vocabulary.motives_of(raw)
        for code in [motive.code for motive in motives] or [""]:
            yield cluster.state(Predicate.MOTIVATED_BY, object=code, value=raw)
        for goal in dict.fromkeys(motive.goal for motive in motives if motive.goal):
            yield cluster.state(Predicate.HAS_GOAL, object=goal, value=raw)


def _kinds(cluster: _Cluster, field: str) -> Iterator[StatementDraft]:
    for raw in cluster.stated(field):
        kind = cluster.vocabulary.kind_of(raw)
        if kind and kind.code != "unknown":
            yield cluster.state(Predicate.OF_KIND, object=kind.code, value=raw)


def _threat_actor(cluster: _Cluster) -> Iterator[StatementDraft]:
    yield from _named(cluster)
    yield from _described(cluster)
    yield from _origin(cluster, Predicate.SPONSORED_BY, "cfr-suspected-state-sponsor")
    yield from _origin(cluster, Predicate.LOCATED_IN, "country")
    yield from _targets(cluster, "cfr-suspected-victims", "suspected-victims")
    yield from _sectors(cluster, "targeted-sector", "cfr-target-category")
    yield from _motives(cluster, "cfr-type-of-incident", "motive")
    yield from _kinds(cluster, "motive")
    for since in cluster.stated("since"):
        yield cluster.state(Predicate.ACTIVE_SINCE, value=since, first_seen=since)
    yield from _related(cluster)
    yield from _mentioned(cluster)


def _microsoft(cluster: _Cluster) -> Iterator[StatementDraft]:
    """Microsoft's own name is the main one; ``sector`` holds an origin, a kind or a motive."""
    for place, name in enumerate(cluster.names()):
        coined = {"coined_by": "Microsoft"} if place == 0 else {}
        yield cluster.state(Predicate.NAMED, value=name, detail=coined)
    yield from _described(cluster)
    yield from _origin(cluster, Predicate.LOCATED_IN, "country")
    yield from _kinds(cluster, "sector")
    if any(cluster.vocabulary.motive_of(raw) for raw in cluster.all("sector")):
        yield from _motives(cluster, "sector")
    yield from _related(cluster)
    yield from _mentioned(cluster)


def _tidal(cluster: _Cluster) -> Iterator[StatementDraft]:
    """Facts only: the name, target categories, observed countries and motivations."""
    yield cluster.state(Predicate.NAMED, value=cluster.name)
    yield from _sectors(cluster, "target_categories")
    yield from _targets(cluster, "observed_countries")
    yield from _motives(cluster, "observed_motivations")


def _attack_object(cluster: _Cluster) -> Iterator[StatementDraft]:
    yield from _named(cluster)
    if cluster.kind == "mitre-intrusion-set":
        yield from _described(cluster)
        yield from _mentioned(cluster)
    yield from _related(cluster)


def _course_of_action(cluster: _Cluster) -> Iterator[StatementDraft]:
    yield from _named(cluster)
    for relation, native in cluster.related():
        if relation == "mitigates":
            yield StatementDraft(native, Predicate.MITIGATED_BY, object=cluster.native)


_READERS: dict[str, Callable[[_Cluster], Iterator[StatementDraft]]] = {
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
    meta = cluster.get("meta", {})
    kept = ("group_attack_id", "source", "target_categories", "observed_countries")
    return {
        "uuid": cluster.get("uuid"),
        "value": cluster.get("value"),
        "meta": {k: meta[k] for k in (*kept, "observed_motivations") if k in meta},
    }
