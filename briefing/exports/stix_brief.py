"""STIX 2.1: a report that names the briefing, the objects it speaks of, its sources and marking.

The words of a briefing are for people; what another program gets is what it was about, what it
judges, and where that comes from. An object bears the id under which its source knows it and a
date before any other version of it, so nothing that a reader holds is replaced by our short form.
Sources whose address is no https address are named without it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.core import moments
from briefing.core.brief import Brief, BriefObject, BriefSource, KeyJudgement, plain
from briefing.core.case_schema import extension_value
from briefing.core.case_stix import DERIVED, author_id
from briefing.core.changes import stable_id
from briefing.core.dates import long_date, moment, short_date
from briefing.exports.encoded import as_json
from briefing.exports.fonts import printable
from briefing.exports.stix_objects import PROGRAM, about_us, author, bundle, common, named

_MADE_OF_A_NAME = frozenset(
    (
        "attack-pattern",
        "campaign",
        "course-of-action",
        "identity",
        "incident",
        "intrusion-set",
        "malware",
        "threat-actor",
        "tool",
        "vulnerability",
    )
)
"""Types of STIX objects that need no more than a name, and what ``_NEEDED`` adds."""
_NEEDED: Mapping[str, dict[str, Any]] = {
    "malware": {"is_family": True},
    # Whom a briefing speaks of as a class of organisations is a sector.
    "identity": {"identity_class": "class"},
}
_KINDS = {
    "actor": ["threat-actor", "threat-report"],
    "sector": ["threat-actor", "threat-report"],
    "client": ["threat-actor", "threat-report"],
    "incident": ["campaign", "threat-report"],
    "advisories": ["vulnerability", "threat-report"],
}
"""Recipe → words of STIX's report-type-ov."""
_ID = re.compile(r"[a-z][a-z0-9-]*--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PIECE = r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_URI = re.compile(rf"https://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?]{_PIECE}*)?(?:#{_PIECE}*)?")
"""Addresses as STIX wants them (RFC 3986), https only."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
"""Language tags as far as we write them (RFC 5646)."""


def render(brief: Brief) -> bytes:
    """The bundle. Equal briefs give equal bytes.

    Raises:
        BriefingError: when a text is not Unicode.
    """
    references = {
        source.key: _reference(number, source)
        for number, source in enumerate(brief.sources, start=1)
    }
    held = {
        one.id: _named(one, references)
        for one in reversed(brief.objects)
        if one.type in _MADE_OF_A_NAME and _ID.fullmatch(one.id) and one.tlp <= brief.tlp
    }
    signed = [author(brief.author, brief.tlp)] if brief.author else []
    by = author_id(brief.author) if brief.author else PROGRAM
    spoken_of = [*reversed(held.values())]
    report = _report(brief, by, [one["id"] for one in spoken_of] or [by], [*references.values()])
    return bundle([*about_us(), *signed, *spoken_of, report])


def _named(one: BriefObject, references: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    listed = [references[key] for key in one.sources if key in references]
    name = printable(one.name) or one.attack_id or one.id
    made = named(one.id, name, one.tlp, one.attack_id, listed)
    return {**made, **_NEEDED.get(one.type, {})}


def _report(
    brief: Brief, by: str, spoken_of: list[str], references: list[dict[str, Any]]
) -> dict[str, Any]:
    when = moments.moment(moment(brief.data_as_of).isoformat())
    language = brief.language if _LANGUAGE.fullmatch(brief.language) else ""
    said = {
        "created_by_ref": by,
        **({"lang": language} if language else {}),
        "name": printable(brief.title) or printable(brief.kind_title) or "Briefing",
        "description": "\n\n".join(_description(brief)),
        "report_types": _KINDS.get(brief.kind, ["threat-report"]),
        "published": when,
        "object_refs": spoken_of,
        **({"external_references": references} if references else {}),
        "extensions": extension_value(DERIVED),
    }
    # No two briefings are the same report, and one made again from the same is.
    digest = hashlib.sha256(as_json([said, brief.tlp.label])).hexdigest()
    return {**common(stable_id("report", "briefing", digest), when, when, brief.tlp), **said}


def _description(brief: Brief) -> Iterator[str]:
    about = printable(f"{brief.kind_title}: {brief.subject}")
    made_for = printable(f" Prepared for {brief.client}.") if brief.client else ""
    as_of = long_date(brief.data_as_of) or "a day not stated"
    marking = f"{brief.tlp.label}. {brief.tlp.meaning}"
    yield f"{about}.{made_for} Data as of {printable(as_of)}. {marking}"
    judged = [block for block in brief.blocks() if isinstance(block, KeyJudgement)]
    for number, block in enumerate(judged, start=1):
        yield (
            f"Judgement {number}. {printable(plain(block.text))}\n"
            f"Likelihood: {block.likelihood.term}, {block.likelihood.range}\n"
            f"Confidence: {block.confidence.word}"
        )


def _reference(number: int, source: BriefSource) -> dict[str, Any]:
    issued = ", ".join(filter(None, (source.publisher, short_date(source.published))))
    pieces = (source.title or "Untitled", issued, f"Grade {source.grade.code}", source.rests_on)
    words = ". ".join(printable(piece).rstrip(".") for piece in pieces if piece)
    return {
        "source_name": printable(source.short or source.publisher or source.title) or "Untitled",
        "description": f"[{number}] {words}.",
        **({"url": source.url} if _URI.fullmatch(source.url) else {}),
    }
