"""Fields of STIX objects, read without trusting the type of any of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefing.core.profile import parse_partial_date
from briefing.feeds.json_fields import objects_in, text_in
from briefing.feeds.plain_text import shortened, without_controls

LONGEST_NAME = 500
"""How much of a name, a raw value or a title a statement keeps, in characters."""

_ID = re.compile(
    r"([a-z0-9][a-z0-9-]{0,249})--[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z", re.ASCII)
_CVE = re.compile(r"CVE-\d{4}-\d{4,19}", re.ASCII)


def type_in(native: str) -> str:
    """The type that a STIX id begins with; "" where the text is no STIX id."""
    found = _ID.fullmatch(native)
    return found[1] if found else ""


def texts(value: dict[str, Any], *keys: str) -> Iterator[str]:
    """Every text of the fields, in order, each once, whether a field is a list or a single text."""
    seen: set[str] = set()
    for key in keys:
        found = value.get(key)
        for item in found if isinstance(found, list) else (found,):
            written = item.strip() if isinstance(item, str) else ""
            if written and written not in seen:
                seen.add(written)
                yield written


def label(raw: str) -> str:
    """A name or raw value as a statement keeps it: as written, less what steers a screen."""
    return shortened(" ".join(without_controls(raw).split("\n")).strip(), LONGEST_NAME)


def day(raw: object) -> str:
    """The day of a timestamp as ISO 8601; "" where it is none."""
    written = raw.strip() if isinstance(raw, str) else ""
    try:
        return parse_partial_date(written.partition("T")[0])
    except ValueError:
        return ""


def edition(value: dict[str, Any]) -> str:
    """When the object was last changed, comparable as text; "" where it does not say.

    Without the ``Z``: a fraction of a second may be left out, and ``Z`` sorts after a full stop.
    """
    stamp = value.get("modified") or value.get("created")
    return stamp[:-1] if isinstance(stamp, str) and _STAMP.fullmatch(stamp) else ""


def confidence(value: dict[str, Any]) -> str:
    """The stated confidence in words: STIX 2.1, appendix A, "None / Low / Med / High"."""
    stated = value.get("confidence")
    if type(stated) is not int or not 1 <= stated <= 100:
        return ""
    return "low" if stated < 30 else "medium" if stated < 70 else "high"


def cve_of(value: dict[str, Any]) -> str:
    """The CVE id of a vulnerability, by its name or its reference; "" where it has none."""
    named = text_in(value, "name").upper()
    if _CVE.fullmatch(named):
        return named
    for reference in objects_in(value, "external_references"):
        stated = text_in(reference, "external_id").upper()
        if _CVE.fullmatch(stated):
            return stated
    return ""


def withdrawn(value: dict[str, Any]) -> bool:
    """Whether the source no longer stands by the object: revoked, or deprecated by ATT&CK."""
    return value.get("revoked") is True or value.get("x_mitre_deprecated") is True
