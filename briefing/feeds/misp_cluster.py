"""One cluster of a MISP galaxy: its fields as texts, its names with who coined them, its relations.

Nothing here trusts the type of a field: a list may be a text, a text a number, a relation a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.core.changes import DocumentDraft, Predicate, StatementDraft, document_for
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.addresses import published_in, publisher_of
from briefing.feeds.misp_galaxy_file import (
    STIX_TYPES,
    UNNAMED,
    load_galaxy,
    read_galaxy,
    record_kind,
    uuid_in,
    uuid_of,
)
from briefing.feeds.payload import Payload
from briefing.feeds.plain_text import one_line

__all__ = ["Cluster", "Reading", "Universe", "load_galaxy"]

_ATTACK_SUFFIX = re.compile(r" - [A-Z]+\d{4}(\.\d{3})?$")
_ATTACK_ID = re.compile(r"^(?:G|S|T|M)\d{4}(?:\.\d{3})?$")
_ORIGIN = "origin:"
_LONGEST_PRODUCER = 120
_Coined = tuple[str, str]
"""A key of a statement's detail with its value: ``coined_by``, or ``coined_by_id``."""


@dataclass(frozen=True, slots=True)
class Universe:
    """Native ids by UUID over all clusters read together, so that ``related`` can be resolved."""

    by_uuid: Mapping[str, str]

    @classmethod
    def of(cls, payloads: Iterable[bytes]) -> Universe:
        """Collect the ids of every known type of galaxy in the payloads."""
        found: dict[str, str] = {}
        for payload in payloads:
            galaxy = read_galaxy(Payload(UNNAMED, payload))
            if galaxy.type in STIX_TYPES:
                found.update(galaxy.ids())
        return cls(found)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cluster is read with.

    Attributes:
        vocabulary: Maps raw sectors, countries and motives; a value without a code is kept.
        universe: Ids of the clusters that ``related`` may name.
        producers: UUID of a producer → its name.
    """

    vocabulary: Vocabulary
    universe: Universe
    producers: Mapping[str, str] = field(default_factory=dict)


def folded(name: str) -> str:
    """What two spellings of a name have in common that differ in case and spaces alone."""
    return " ".join(name.casefold().split())


def _each(name: str, coined: Mapping[_Coined, None]) -> Iterator[tuple[str, dict[str, str]]]:
    """The name once for each who is said to have coined it; once where nobody is."""
    for key, value in coined:
        yield name, {key: value}
    if not coined:
        yield name, {}


class Cluster:
    """One value of a cluster file with its fields as lists, whatever they were written as."""

    def __init__(self, value: dict[str, Any], kind: str, reading: Reading) -> None:
        """Read what every cluster has; ``fault_of`` has said that there is no fault.

        Args:
            value: The cluster as received.
            kind: Type of its galaxy.
            reading: What it is read with.
        """
        self.value = value
        self.kind = kind
        self.vocabulary = reading.vocabulary
        self._reading = reading
        meta = value.get("meta")
        self.meta: dict[str, Any] = meta if isinstance(meta, dict) else {}
        self.uuid = uuid_of(value)
        self.native = f"{record_kind(kind)}--{self.uuid}"
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

    def coined_names(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Each name with who coined it, where the cluster says so.

        A name that two are said to have coined comes twice, once for each. A name that stands only
        among the attributions is one too, and comes last.
        """
        coiners = self._coiners()
        for name in self.names():
            _, coined = coiners.get(folded(name), (name, {}))
            yield from _each(name, coined)
        listed = {folded(name) for name in self.names()}
        for key, (name, coined) in coiners.items():
            if key not in listed and not _ATTACK_ID.match(name):
                yield from _each(name, coined)

    def _coiners(self) -> dict[str, tuple[str, dict[_Coined, None]]]:
        """Folded name → the name as attributed, and what is said of who coined it, each once."""
        found: dict[str, tuple[str, dict[_Coined, None]]] = {}
        for name, coined in (*self._attributed(), *self._originating()):
            if name.strip():
                _, said = found.setdefault(folded(name), (name.strip(), {}))
                said[coined] = None
        return found

    def _attributed(self) -> Iterator[tuple[str, _Coined]]:
        """``name-attribution``: "NAME:uuid" of a producer, whose name may not be known here."""
        for written in self.all("name-attribution"):
            name, _, reference = written.rpartition(":")
            uuid = uuid_in(reference)
            if uuid:
                producer = self._reading.producers.get(uuid, "")
                yield name, ("coined_by", producer) if producer else ("coined_by_id", uuid)

    def _originating(self) -> Iterator[tuple[str, _Coined]]:
        """``origin:NAME``, beside the attributions: who coined it, in words."""
        for key in self.meta:
            if key.startswith(_ORIGIN):
                for producer in self.stated(key):
                    words = one_line(producer, _LONGEST_PRODUCER)
                    yield key.removeprefix(_ORIGIN), ("coined_by", words)

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
                dest = uuid_in(relation.get("dest-uuid"))
                native = self._reading.universe.by_uuid.get(dest)
                if native and native != self.native:
                    yield str(relation.get("type", "")), native

    def state(self, predicate: Predicate, **fields: Any) -> StatementDraft:
        """A statement about this cluster."""
        return StatementDraft(self.native, predicate, **fields)
