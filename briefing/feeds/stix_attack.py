"""Whether a STIX bundle is MITRE ATT&CK, which domain and which release of it: by its content.

The files of mitre/cti (STIX 2.0) name no release: the version of ATT&CK's data model stands in
them (``x_mitre_attack_spec_version``), which several releases share. So the day of their newest
object is printed. Objects shared between domains name several domains, relationships none, and a
release of ICS held an object without its own domain: only matrix and collection tell for certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefing.core.errors import BriefingError
from briefing.feeds.json_fields import objects_in, text_in
from briefing.feeds.stix_fields import label, texts

MITRE = "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5"
"""The identity that has created every object of ATT&CK."""
SOURCES = {
    "enterprise-attack": "attack-enterprise",
    "mobile-attack": "attack-mobile",
    "ics-attack": "attack-ics",
}
"""ATT&CK's name of a domain → our source, the domain that is preferred first."""
_COLLECTIONS = {
    "x-mitre-collection--1f5f1533-f617-4ca8-9ab4-6a02367fa019": "enterprise-attack",
    "x-mitre-collection--dac0d2d7-8653-445c-9bff-82f934c1e858": "mobile-attack",
    "x-mitre-collection--90c00720-636b-4485-b342-8751d232bf09": "ics-attack",
}
"""The collections that are ATT&CK's releases, by their ids."""


@dataclass(frozen=True, slots=True)
class AttackRelease:
    """What of ATT&CK a bundle is.

    Attributes:
        source: Id of the source.
        whole: Whether it is a whole release of the domain, or some objects of it.
        version: Such as ``18.1``; "" where the bundle does not say.
    """

    source: str
    whole: bool
    version: str


class AttackSigns:
    """What is seen of ATT&CK while a bundle is read."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._whole: set[str] = set()
        self._common: set[str] | None = None
        self._version = ""

    def see(self, kind: str, value: dict[str, Any]) -> None:
        """Look at one object that is no relationship."""
        domains = value.get("x_mitre_domains")
        if domains:
            stated = set(texts(value, "x_mitre_domains"))
            self._common = stated if self._common is None else self._common & stated
        if kind == "x-mitre-collection":
            domain = _COLLECTIONS.get(text_in(value, "id"))
            if domain:
                self._whole.add(domain)
                self._version = label(text_in(value, "x_mitre_version"))
        elif kind == "x-mitre-matrix":
            stated = {
                text_in(item, "external_id") for item in objects_in(value, "external_references")
            }
            self._whole |= stated & SOURCES.keys()

    def release(self, name: str, creators: set[str]) -> AttackRelease | None:
        """What the bundle is of ATT&CK; None where it is something else.

        Args:
            name: The file's name, for errors.
            creators: Who has created the objects of the bundle.

        Raises:
            BriefingError: for several domains in one file.
        """
        if creators != {MITRE}:
            return None
        if len(self._whole) > 1:
            domains = ", ".join(SOURCES[domain] for domain in SOURCES if domain in self._whole)
            raise BriefingError(
                f"{name} holds several domains of ATT&CK in one file ({domains}), so nobody could"
                " tell what is gone from which.",
                remedy="Nothing was changed. Import the file of each domain.",
            )
        candidates = self._whole or self._common or set()
        for domain, source in SOURCES.items():
            if domain in candidates:
                return AttackRelease(source, bool(self._whole), self._version)
        return None
