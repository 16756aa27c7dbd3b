"""Objects of MITRE ATT&CK by their ids: native id, name, and the page that says so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from briefing.core.changes import RecordDraft
from briefing.core.errors import BriefingError
from briefing.core.profile import ProfileSource

FILE: Final = "attack.toml"
_RELEASE: Final = "ATT&CK Enterprise v18.1"
_YEAR: Final = "2025"
_PARTS: Final = {"G": "groups", "S": "software", "T": "techniques", "C": "campaigns"}


@dataclass(frozen=True, slots=True)
class AttackName:
    """One object: native id (a STIX id) and name."""

    native: str
    name: str


def names_in(records: Iterable[RecordDraft]) -> dict[str, AttackName]:
    """ATT&CK id → object, of the clusters of MISP's galaxies of ATT&CK."""
    found: dict[str, AttackName] = {}
    for record in records:
        content = record.value()
        number = str(content.get("meta", {}).get("external_id", ""))
        if number:
            # A cluster is called “Lazarus Group - G0032”.
            name = str(content.get("value", "")).removesuffix(f" - {number}")
            found.setdefault(number, AttackName(record.native_id, name))
    return found


def read_names(payload: bytes) -> dict[str, AttackName]:
    """The same of ``data/attack.toml``: what the bundled catalogue does not hold yet.

    Raises:
        BriefingError: for bytes that list something else.
    """
    try:
        entries = tomllib.loads(payload.decode())["object"]
        return {e["id"]: AttackName(e["stix"], e["name"]) for e in entries}
    except KeyError as error:
        raise BriefingError(f"{FILE} has no entry {error}.", detail=repr(error)) from error
    except (ValueError, TypeError) as error:
        raise BriefingError(f"{FILE} cannot be used: {error}", detail=repr(error)) from error


def page_of(number: str, name: str) -> ProfileSource:
    """The page of an object on ATT&CK's site, as our texts cite it.

    Args:
        number: Its ATT&CK id, such as ``T1566.001``.
        name: Its name.
    """
    return ProfileSource(
        key="",
        title=f"{_RELEASE}, {name} ({number})",
        publisher="MITRE",
        url=f"https://attack.mitre.org/{_PARTS[number[0]]}/{number.replace('.', '/')}/",
        published=_YEAR,
        kind="catalogue",
        credibility=2,
    )
