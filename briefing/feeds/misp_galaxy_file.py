"""One cluster file of a MISP galaxy: what it holds, and what is wrong with a cluster of it.

Format: https://github.com/MISP/misp-rfc (misp-standard-galaxy-format). Each cluster is read on its
own, so that a bad one spoils no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from briefing.core.changes import Quarantined
from briefing.core.errors import BriefingError
from briefing.feeds.json_reading import Element, JsonText, unwritable
from briefing.feeds.payload import Payload, slug
from briefing.feeds.plain_text import one_line

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
_WORD_LISTS = frozenset(
    ("cert-eu-govsector", "country", "producer", "region", "sector", "target-information")
)
"""Galaxies of words rather than of threats; their type is the kind of their records."""

UNNAMED = "The galaxy file"
"""What bytes without a name are called in errors."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_QUOTED = 80
"""How much of a hostile name a reason repeats."""
_EDITION_DIGITS = 10
MOST_ENTRIES = 200_000
"""Clusters of a galaxy, or events of a file or list; nothing published has a tenth of it."""
_Entry = TypeVar("_Entry")


@dataclass(frozen=True, slots=True)
class Galaxy:
    """One cluster file.

    Attributes:
        name: The file's name.
        head: Everything at its top but the clusters.
        entries: The clusters as read, good and bad.
    """

    name: str
    head: Mapping[str, Any]
    entries: tuple[Element, ...]

    @property
    def type(self) -> str:
        """What its clusters are, in MISP's words; "" where the file does not say."""
        written = self.head.get("type")
        return written.strip() if isinstance(written, str) else ""

    @property
    def version(self) -> str:
        """Its version as printed, or ""."""
        written = self.head.get("version")
        if isinstance(written, bool) or not isinstance(written, int | str):
            return ""
        return one_line(str(written), _QUOTED)

    @property
    def edition(self) -> str:
        """The version with leading zeros, so that texts have the order of numbers; "" for none."""
        version = self.version
        whole = version.isascii() and version.isdecimal() and len(version) <= _EDITION_DIGITS
        return version.zfill(_EDITION_DIGITS) if whole else ""

    @property
    def record_kind(self) -> str:
        """Kind of the records its clusters become, and the first part of their ids."""
        return record_kind(self.type)

    def sound(self) -> tuple[list[dict[str, Any]], list[Quarantined]]:
        """The clusters that can be taken, and those that cannot, each with its reason."""
        sound: list[dict[str, Any]] = []
        put_aside: list[Quarantined] = []
        seen: set[str] = set()
        for position, entry in enumerate(self.entries, start=1):
            reason = entry.fault or fault_of(entry.value, seen)
            uuid = uuid_of(entry.value)
            if reason:
                place = f" ({entry.place})" if entry.place else ""
                native = f"{self.record_kind}--{uuid}" if uuid else ""
                put_aside.append(Quarantined(native, f"Cluster {position}{place}: {reason}"))
            else:
                seen.add(uuid)
                sound.append(entry.value)
        return sound, put_aside

    def ids(self) -> dict[str, str]:
        """UUID → native id of every cluster that bears one."""
        kind = self.record_kind
        uuids = (uuid_of(entry.value) for entry in self.entries)
        return {uuid: f"{kind}--{uuid}" for uuid in uuids if uuid}


def record_kind(galaxy: str) -> str:
    """Kind of the records that clusters of a type of galaxy become.

    Clusters that are neither actors, objects of ATT&CK nor one of the known lists of words have a
    kind of their own that no other feed uses: MISP's ``tool`` is no ``tool`` of ATT&CK.
    """
    if galaxy in STIX_TYPES:
        return STIX_TYPES[galaxy]
    return galaxy if galaxy in _WORD_LISTS else f"galaxy-{slug(galaxy)}"


def read_galaxy(payload: Payload) -> Galaxy:
    """A cluster file, each of its clusters read on its own.

    Raises:
        BriefingError: for bytes that are no cluster file, with its name and the place.
    """
    text = JsonText(payload.name, payload.data)
    head: dict[str, Any] = {}
    entries: tuple[Element, ...] | None = None
    for key, at in text.members():
        if key == "values" and text.text.startswith("[", at):
            entries = tuple(counted_out(text.elements(), payload.name, "clusters"))
            continue
        member = text.read()
        fault = member.fault or unwritable({key: member.value})
        if fault:
            quoted = one_line(key, _QUOTED)
            raise BriefingError(
                f"{payload.name} was not taken: in “{quoted}” {fault}",
                detail=member.place,
                remedy="Nothing was changed. Download or export the file again.",
            )
        head[key] = member.value
    if entries is None:
        raise BriefingError(
            f"{payload.name} is no MISP galaxy cluster: it has no list named “values”.",
            remedy="Nothing was changed. Cluster files lie in the folder “clusters” of the galaxy.",
        )
    return Galaxy(payload.name, head, entries)


def counted_out(entries: Iterable[_Entry], name: str, what: str) -> Iterator[_Entry]:
    """The entries of a file, as long as there are not more than any file of its kind holds.

    Raises:
        BriefingError: for a crowd, which would fill the memory with what is wrong with each.
    """
    for count, entry in enumerate(entries, start=1):
        if count > MOST_ENTRIES:
            raise BriefingError(
                f"{name} was not taken: it holds more than {MOST_ENTRIES:,} {what}.",
                remedy="Nothing was changed. Ask whoever made it for smaller files.",
            )
        yield entry


def load_galaxy(payload: bytes) -> dict[str, Any]:
    """A cluster file as one JSON object, its keys in the order of the alphabet.

    Raises:
        BriefingError: for bytes that are no cluster file, or hold a cluster that is no plain JSON.
    """
    galaxy = read_galaxy(Payload(UNNAMED, payload))
    for position, entry in enumerate(galaxy.entries, start=1):
        if entry.fault:
            raise BriefingError(f"{galaxy.name} was not taken: in cluster {position} {entry.fault}")
    whole = {**galaxy.head, "values": [entry.value for entry in galaxy.entries]}
    return dict(sorted(whole.items()))


def uuid_of(value: Any) -> str:
    """The UUID of a cluster in small letters, or "" where there is none."""
    return uuid_in(value.get("uuid")) if isinstance(value, dict) else ""


def uuid_in(written: Any) -> str:
    """A UUID in small letters, or "" for anything that is none."""
    text = written.strip().lower() if isinstance(written, str) else ""
    return text if _UUID.fullmatch(text) else ""


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
    name = f"“{one_line(value['value'], _QUOTED)}”"
    uuid = uuid_of(value)
    if not uuid:
        return f"{name} has no uuid."
    if uuid in seen:
        return f"{name} repeats the uuid of another cluster."
    return unwritable(value).replace("it ", f"{name} ", 1)
