"""One cluster of a MISP galaxy: what is wrong with it, and its fields as texts.

Nothing here trusts the type of a field: a list may be a text, a text a number, a relation a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from briefing.core.changes import (
    DocumentDraft,
    Predicate,
    StatementDraft,
    canonical,
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
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MAX_BYTES = 64 * 1024 * 1024
_QUOTED = 80
"""How much of a hostile name a reason repeats."""


@dataclass(frozen=True, slots=True)
class Universe:
    """Native ids by UUID over all clusters read together, so that ``related`` can be resolved."""

    by_uuid: Mapping[str, str]

    @classmethod
    def of(cls, payloads: Iterable[bytes]) -> Universe:
        """Collect the ids of every known type of galaxy in the payloads."""
        found: dict[str, str] = {}
        for payload in payloads:
            galaxy = load_galaxy(payload)
            stix = STIX_TYPES.get(str(galaxy.get("type")))
            for value in galaxy["values"] if stix else ():
                uuid = uuid_of(value)
                if uuid:
                    found[uuid] = f"{stix}--{uuid}"
        return cls(found)


def load_galaxy(payload: bytes) -> dict[str, Any]:
    """The JSON of a cluster file.

    Of two equal keys of one object the last one counts.

    Raises:
        BriefingError: for bytes that are no cluster file.
    """
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


def uuid_of(value: Any) -> str:
    """The UUID of a cluster in small letters, or "" where there is none."""
    uuid = value.get("uuid") if isinstance(value, dict) else None
    written = uuid.strip().lower() if isinstance(uuid, str) else ""
    return written if _UUID.fullmatch(written) else ""


def fault_of(value: Any, seen: set[str]) -> str:
    """Why a cluster cannot be taken, in a sentence; "" where it can.

    Args:
        value: One entry of ``values``.
        seen: UUIDs of the clusters taken before it.
    """
    if not isinstance(value, dict):
        return "it is no JSON object."
    if not isinstance(value.get("value"), str) or not value["value"].strip():
        return "it has no name."
    name = f"“{value['value'].strip()[:_QUOTED]}”"
    uuid = uuid_of(value)
    if not uuid:
        return f"{name} has no uuid."
    if uuid in seen:
        return f"{name} repeats the uuid of another cluster."
    try:
        canonical(value)
    except TypeError:
        # orjson writes to a depth of 254 and reads to 1024.
        return f"{name} is nested too deeply to be kept."
    return ""


class Cluster:
    """One value of a cluster file with its fields as lists, whatever they were written as."""

    def __init__(
        self, value: dict[str, Any], kind: str, vocabulary: Vocabulary, universe: Universe
    ) -> None:
        """Read what every cluster has; ``fault_of`` has said that there is no fault."""
        self.value = value
        self.kind = kind
        self.vocabulary = vocabulary
        self.universe = universe
        meta = value.get("meta")
        self.meta: dict[str, Any] = meta if isinstance(meta, dict) else {}
        self.uuid = uuid_of(value)
        self.native = f"{STIX_TYPES[kind]}--{self.uuid}"
        written = value["value"].strip()
        self.name = _ATTACK_SUFFIX.sub("", written).strip() or written

    def all(self, *fields: str) -> Iterator[str]:
        """Every non-empty string of the fields, in order, each once."""
        seen: set[str] = set()
        for name in fields:
            raw = self.meta.get(name)
            for item in raw if isinstance(raw, list) else [raw]:
                text = item.strip() if isinstance(item, str) else ""
                if text and text not in seen:
                    seen.add(text)
                    yield text

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
        """(type, native id) of each relation to another cluster that is known here."""
        relations = self.value.get("related")
        for relation in relations if isinstance(relations, list) else ():
            if isinstance(relation, dict):
                native = self.universe.by_uuid.get(str(relation.get("dest-uuid")).lower())
                if native and native != self.native:
                    yield str(relation.get("type", "")), native

    def state(self, predicate: Predicate, **fields: Any) -> StatementDraft:
        """A statement about this cluster."""
        return StatementDraft(self.native, predicate, **fields)
