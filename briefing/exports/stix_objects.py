"""Objects of STIX 2.1 that every bundle of ours holds, and the bundle around them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from briefing.core.case_schema import EXTENSION_NAME, extension_schema, extension_value
from briefing.core.case_stix import DERIVED, EXTENSION, PROPERTY_EXTENSION, VERSION, author_id
from briefing.core.changes import stable_id
from briefing.core.moments import NEVER
from briefing.core.stix_tlp import TLP_MARKINGS, marking_definition
from briefing.core.tlp import Tlp
from briefing.exports.encoded import as_json

PROGRAM = stable_id("identity", "threat-briefing")
"""STIX id of this program as the author of its extension."""
_DEFINED = "2026-11-24T00:00:00.000Z"
"""When version 1.0.0 of our extension was written down."""
_NUMBER = re.compile(r"[GSCMT]\d{4}(?:\.\d{3})?", re.ASCII)
_PAGES = {"G": "groups", "S": "software", "C": "campaigns", "M": "mitigations", "T": "techniques"}
"""First letter of an ATT&CK number → the folder of its page."""


def bundle(objects: Iterable[dict[str, Any]]) -> bytes:
    """A bundle of these objects and the labels they bear. Equal objects give equal bytes.

    Raises:
        BriefingError: when a text is not Unicode.
    """
    held = list(objects)
    marked = {mark for one in held for mark in one.get("object_marking_refs", ())}
    labels = [marking_definition(tlp) for tlp in Tlp if TLP_MARKINGS[tlp] in marked]
    whole = [*labels, *held]
    digest = hashlib.sha256(as_json(whole)).hexdigest()
    return as_json({"type": "bundle", "id": stable_id("bundle", digest), "objects": whole})


def about_us() -> list[dict[str, Any]]:
    """This program, and what its extension means."""
    return [
        {
            **common(PROGRAM, _DEFINED, _DEFINED, Tlp.CLEAR),
            "name": "Threat Briefing",
            "identity_class": "system",
        },
        {
            **common(EXTENSION, _DEFINED, _DEFINED, Tlp.CLEAR),
            "created_by_ref": PROGRAM,
            "name": EXTENSION_NAME,
            "schema": extension_schema(),
            "version": VERSION,
            "extension_types": [PROPERTY_EXTENSION],
        },
    ]


def author(name: str, tlp: Tlp) -> dict[str, Any]:
    """The identity of an author."""
    return {
        **common(author_id(name), _DEFINED, _DEFINED, tlp),
        "name": name,
        "identity_class": "unknown",
    }


def named(
    native: str,
    name: str,
    tlp: Tlp,
    attack_id: str = "",
    references: Iterable[dict[str, Any]] = (),
) -> dict[str, Any]:
    """A thing by its name. It is older than any other version of it, so it replaces none.

    Args:
        native: Its STIX id.
        name: What it is called.
        tlp: Its marking.
        attack_id: Its ATT&CK number, or "".
        references: Further external references.
    """
    number = [_attack(attack_id)] if attack_id else []
    listed = [*number, *references]
    return {
        **common(native, NEVER, NEVER, tlp),
        "name": name,
        **({"external_references": listed} if listed else {}),
        "extensions": extension_value(DERIVED),
    }


def common(native: str, created: str, modified: str, tlp: Tlp) -> dict[str, Any]:
    """What every object begins with; its type is that of its id."""
    return {
        "type": native.partition("--")[0],
        "spec_version": "2.1",
        "id": native,
        "created": created,
        "modified": modified,
        "object_marking_refs": [TLP_MARKINGS[tlp]],
    }


def _attack(attack_id: str) -> dict[str, Any]:
    page = _PAGES[attack_id[0]] if _NUMBER.fullmatch(attack_id) else ""
    address = f"https://attack.mitre.org/{page}/{attack_id.replace('.', '/')}" if page else ""
    return {
        "source_name": "mitre-attack",
        "external_id": attack_id,
        **({"url": address} if address else {}),
    }
