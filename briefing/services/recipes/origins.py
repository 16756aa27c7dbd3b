"""Which sources rest on one another: how many independent origins stand behind some words.

A rule of ours, and an upper limit: documents that rest on the same source or come from the same
publisher are one origin. A catalogue counts as one, although it compiles the reports of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.core.actor import SourceEntry

_AFTER = re.compile(r".*, after (.+)")
_FORM = re.compile(r"^the | (?:corporation|inc|ltd|llc|gmbh)\.?$", re.IGNORECASE)
_QUALIFIER = re.compile(r", as .*$| \(.*$")


def origin_of(entry: SourceEntry) -> str:
    """Whose knowledge a source hands on: what it rests on, else its publisher."""
    name = entry.rests_on or entry.publisher or entry.title
    restated = _AFTER.fullmatch(name)
    return _FORM.sub("", restated.group(1) if restated else name).strip()


def origins(entries: Iterable[SourceEntry]) -> tuple[str, ...]:
    """The independent origins of several sources, each once, in the order given."""
    found: dict[str, str] = {}
    for entry in entries:
        name = origin_of(entry)
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def what_it_rests_on(entry: SourceEntry) -> str:
    """One line for the source list on what a source is not independent of, or ""."""
    restated = _AFTER.fullmatch(entry.publisher)
    if entry.rests_on:
        return f"Rests on {entry.rests_on}: not independent of it"
    if restated:
        return f"Restates {restated.group(1)}: not independent of it"
    if entry.catalogue:
        return "Compiled from reports of others: not independent of them"
    return ""


def short_name(entry: SourceEntry) -> str:
    """A name for the one-line list: ``ESET via CyberMaterial``, ``Microsoft, 2022``."""
    if entry.catalogue:
        return _QUALIFIER.sub("", entry.title)
    publisher = entry.publisher or entry.title or "Untitled"
    if entry.rests_on and " via " not in publisher and entry.rests_on not in publisher:
        return f"{entry.rests_on} via {publisher}"
    year = entry.published[:4]
    return f"{publisher}, {year}" if year else publisher
