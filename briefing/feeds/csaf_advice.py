"""What a CSAF document advises, and how severe it says each vulnerability is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from briefing.feeds.csaf_notes import Note
from briefing.feeds.json_fields import object_in, objects_in, text_in
from briefing.feeds.plain_text import plain_text

MOST_REMEDIES = 25
"""Of 150 advisories of CISA one holds more that differ."""
MOST_PRACTICES = 15
_REMEDIES = frozenset(("vendor_fix", "mitigation", "workaround"))
_PRACTICES = ("recommended practice", "general recommendation", "recommendation", "mitigation")
"""How titles of general notes begin that advise something."""
_NO_ADVICE = ("no known public exploit",)
"""How a text begins that stands under such a title and advises nothing."""
_SCORES = ("cvss_v4", "cvss_v3")
_SEVERITIES = frozenset(("NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"))
_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_HIGHEST_SCORE = 10.0


def advice(content: dict[str, Any], notes: Iterable[Note]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each thing to do, once, in the order of the document, and what qualifies it.

    Fixes, mitigations and workarounds of the vulnerabilities come first, then what the notes
    recommend in general. Beyond a sensible number the rest stands in the record alone.

    Args:
        content: The CSAF document.
        notes: Those of the document.

    Yields:
        Text, and its category in the words of CSAF, with an address where one is given.
    """
    seen: set[str] = set()
    yield from islice(_new(_remedies(content), seen), MOST_REMEDIES)
    yield from islice(_new(_practices(notes), seen), MOST_PRACTICES)


def severities(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """CVE id → its highest CVSS score of version 3 or 4 with the severity stated beside it."""
    found: dict[str, dict[str, Any]] = {}
    for vulnerability in objects_in(content, "vulnerabilities"):
        cve = text_in(vulnerability, "cve").upper()
        if not _CVE.fullmatch(cve):
            continue
        held = found.setdefault(cve, {})
        for score in _scores(vulnerability):
            if score["cvss"] > held.get("cvss", -1.0):
                held = found[cve] = score
    return found


def _new(
    offered: Iterator[tuple[str, dict[str, Any]]], seen: set[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Without repetitions: the same advice stands with every vulnerability it helps against."""
    for raw, more in offered:
        # As written first, which is cheap, then as read.
        if raw in seen:
            continue
        text = plain_text(raw)
        folded = " ".join(text.split()).casefold()
        if text and folded not in seen:
            yield text, more
        seen.update((raw, folded))


def _remedies(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for vulnerability in objects_in(content, "vulnerabilities"):
        for remedy in objects_in(vulnerability, "remediations"):
            category = text_in(remedy, "category")
            if category in _REMEDIES:
                url = text_in(remedy, "url")
                named = {"url": url} if url.startswith(("https://", "http://")) else {}
                yield text_in(remedy, "details"), {"category": category, **named}


def _practices(notes: Iterable[Note]) -> Iterator[tuple[str, dict[str, Any]]]:
    for note in notes:
        titled = note.category == "general" and note.title.startswith(_PRACTICES)
        if titled and not note.text.casefold().startswith(_NO_ADVICE):
            yield note.text, {"category": "general"}


def _scores(vulnerability: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _of_holders(objects_in(vulnerability, "scores"))
    # CSAF 2.1 calls them metrics.
    metrics = objects_in(vulnerability, "metrics")
    yield from _of_holders(object_in(metric, "content") for metric in metrics)


def _of_holders(holders: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for holder in holders:
        for version in _SCORES:
            score = object_in(holder, version)
            value = score.get("baseScore")
            if isinstance(value, bool) or not isinstance(value, int | float):
                continue
            if 0 <= value <= _HIGHEST_SCORE:
                severity = text_in(score, "baseSeverity").upper()
                named = {"severity": severity} if severity in _SEVERITIES else {}
                yield {"cvss": float(value), **named}
