"""Records as received, read without trusting the type of any field.

MISP writes an ATT&CK object as a cluster with everything under ``meta``; STIX writes it with
external references, kill-chain phases and properties of ATT&CK's own. Both read alike here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

_ATTACK_SUFFIX = re.compile(r" - [A-Z]+\d{4}(\.\d{3})?$")
_GROUP_ID = re.compile(r"G\d{4}", re.ASCII)
_PAGES = "https://attack.mitre.org/"
_MITRE = ("mitre-attack", "mitre-mobile-attack", "mitre-ics-attack", "mitre-pre-attack")
"""Names by which ATT&CK refers to itself, as a source and as a kill chain."""


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one record; a field of another type than expected counts as not there.

    Attributes:
        native: Native id of the record, its last resort of a name.
        fields: Top level of the content.
    """

    native: str
    fields: dict[str, Any]

    @classmethod
    def read(cls, native: str, text: str) -> Content:
        """Read the JSON that a record holds."""
        fields = orjson.loads(text)
        return cls(native, fields if isinstance(fields, dict) else {})

    @property
    def name(self) -> str:
        """The main name, without the id that MISP appends to names of ATT&CK objects."""
        for key in ("value", "name"):
            written = self.fields.get(key)
            if isinstance(written, str) and written.strip():
                return _ATTACK_SUFFIX.sub("", written).strip() or written.strip()
        return self.native

    @property
    def description(self) -> str:
        """What the source writes about it, with its markup."""
        written = self.fields.get("description")
        return written.strip() if isinstance(written, str) else ""

    @property
    def revoked(self) -> bool:
        """Whether the source has withdrawn the object, as a rule in favour of another."""
        return self.fields.get("revoked") is True

    @property
    def deprecated(self) -> bool:
        """Whether ATT&CK no longer maintains the object; nothing takes its place."""
        return self.fields.get("x_mitre_deprecated") is True

    @property
    def attack_id(self) -> str:
        """The ATT&CK id that is the object's own, or ""; an id of another catalogue is none."""
        stated = (*self.texts("external_id"), *self._referred("external_id"))
        return next(iter((*stated, *self._listed("x_mitre_id"))), "")

    @property
    def parent(self) -> str:
        """The ATT&CK id of the technique that a sub-technique belongs to; "" for any other."""
        head, dot, _ = self.attack_id.partition(".")
        return head if dot else ""

    @property
    def group_ids(self) -> frozenset[str]:
        """ATT&CK group ids the record states: its own, and those among its synonyms."""
        stated = (
            *self.texts("external_id"),
            *self.texts("group_attack_id"),
            *self.texts("synonyms"),
            *self._referred("external_id"),
            *self._listed("aliases"),
        )
        return frozenset(text for text in stated if _GROUP_ID.fullmatch(text))

    @property
    def tactics(self) -> tuple[str, ...]:
        """Short names of the tactics a technique serves, each once."""
        phases = [
            entry.get("phase_name")
            for entry in self._objects("kill_chain_phases")
            if entry.get("kill_chain_name") in _MITRE
        ]
        written = (entry.rpartition(":")[2] for entry in self.texts("kill_chain"))
        stated = (*written, *(phase for phase in phases if isinstance(phase, str)))
        return tuple(dict.fromkeys(stated))

    @property
    def platforms(self) -> tuple[str, ...]:
        """What a technique works on, or a piece of software runs on."""
        stated = self.texts("mitre_platforms") or self._listed("x_mitre_platforms")
        # So ATT&CK for ICS says that there is none.
        return tuple(platform for platform in stated if platform != "None")

    @property
    def detections(self) -> tuple[str, ...]:
        """Data sources in which a technique shows, as the object itself lists them.

        ATT&CK does so up to release 17; see ``attack_detections`` for what came after.
        """
        return self.texts("mitre_data_sources") or self._listed("x_mitre_data_sources")

    @property
    def url(self) -> str:
        """The object's page at MITRE, or ""."""
        pages = (*self.texts("refs"), *self._referred("url"))
        return next((page for page in pages if page.startswith(_PAGES)), "")

    def texts(self, name: str) -> tuple[str, ...]:
        """Every text of a field of ``meta``, whether it holds a list or a single value."""
        meta = self.fields.get("meta")
        return _texts(meta.get(name)) if isinstance(meta, dict) else ()

    def _listed(self, name: str) -> tuple[str, ...]:
        """Every text of a field of the object itself."""
        return _texts(self.fields.get(name))

    def _objects(self, name: str) -> Iterator[dict[str, Any]]:
        found = self.fields.get(name)
        for item in found if isinstance(found, list) else ():
            if isinstance(item, dict):
                yield item

    def _referred(self, name: str) -> tuple[str, ...]:
        """A field of the references by which ATT&CK gives the object its number."""
        return tuple(
            found
            for reference in self._objects("external_references")
            if reference.get("source_name") in _MITRE and "external_id" in reference
            for found in _texts(reference.get(name))
        )


def _texts(found: object) -> tuple[str, ...]:
    items = found if isinstance(found, list) else [found]
    return tuple(item for item in items if isinstance(item, str))
