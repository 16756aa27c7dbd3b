"""The feeds the program knows: who publishes them, how far they are trusted, where they are."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from typing import Any

from briefing.core.changes import SourceInfo
from briefing.core.errors import BriefingError

FETCHED_AS = ("file", "feed", "rolie", "misp", "taxii")
"""Ways to fetch: one file, an RSS or Atom feed, a CSAF provider's list, a MISP feed, a server."""
_SOURCE_FIELDS = tuple(item.name for item in fields(SourceInfo))


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """One feed.

    Attributes:
        source: What is recorded with everything it says.
        address: https address to update from; "" where there is none, or none for certain.
        fetched_as: One of ``FETCHED_AS``.
        stale_after_days: Age in days from which a person is told that it is old; 0 never.
    """

    source: SourceInfo
    address: str = ""
    fetched_as: str = "file"
    stale_after_days: int = 0


def read_catalogue(payload: bytes, name: str) -> dict[str, KnownFeed]:
    """The ``[[source]]`` tables of a TOML file, by id.

    Args:
        payload: The file's bytes.
        name: Its name, for errors.

    Raises:
        BriefingError: for bytes that list no sources, with the entry and what is wrong.
    """
    try:
        entries = tomllib.loads(payload.decode())["source"]
        found = [_known(dict(entry)) for entry in entries]
    except KeyError as error:
        raise BriefingError(f"{name} has no entry {error}.", detail=repr(error)) from error
    except (ValueError, TypeError) as error:
        raise BriefingError(f"{name} cannot be used: {error}", detail=repr(error)) from error
    return {feed.source.id: feed for feed in found}


def _known(entry: dict[str, Any]) -> KnownFeed:
    missing = [name for name in _SOURCE_FIELDS if name not in entry]
    if missing:
        raise ValueError(f"“{entry.get('id', 'an entry')}” has no {missing[0]}.")
    source = SourceInfo(**{name: entry.pop(name) for name in _SOURCE_FIELDS})
    feed = KnownFeed(source, **entry)
    if feed.fetched_as not in FETCHED_AS:
        raise ValueError(f"“{source.id}” is fetched as “{feed.fetched_as}”, which is no way known.")
    if feed.address and not feed.address.startswith("https://"):
        raise ValueError(f"“{source.id}” has an address that does not begin with https.")
    return feed
