"""Fields of foreign JSON by the type they should have: a field of another type is not there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def text_in(holder: dict[str, Any], key: str) -> str:
    """The text of a field without space around it; "" where it is none."""
    value = holder.get(key)
    return value.strip() if isinstance(value, str) else ""


def object_in(holder: dict[str, Any], key: str) -> dict[str, Any]:
    """The object of a field; an empty one where it is none."""
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def objects_in(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects in a field that is a list; what else stands in it is passed over."""
    value = holder.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts_in(holder: dict[str, Any], key: str) -> list[str]:
    """The texts in a field that is a list; what else stands in it is passed over."""
    value = holder.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def utc_text(written: str) -> str:
    """A time as text that orders (``2024-09-10T20:08:00.000000Z``), or "" where it is none.

    ISO 8601 as CSAF, KEV and ROLIE write it; a time without a zone, and a day, are taken for UTC.
    """
    try:
        read = datetime.fromisoformat(written)
        moment = read.astimezone(UTC) if read.tzinfo else read
    except (ValueError, OverflowError):
        return ""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
