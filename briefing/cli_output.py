"""What commands print: JSON by the contract, or a few lines for a person."""

from __future__ import annotations

import dataclasses
from typing import Any

from briefing import __version__
from briefing.core.actor import ActorProfile
from briefing.core.wording import counted
from briefing.services.inspect_database import DatabaseInfo
from briefing.services.look_up import LookUp, Match, reason


def look_up_json(answer: LookUp) -> dict[str, Any]:
    """``{query, matches, near}``."""
    return {
        "query": answer.query,
        "matches": [_match_json(match) for match in answer.matches],
        "near": list(answer.near),
    }


def _match_json(match: Match) -> dict[str, Any]:
    profile, found = match.profile, match.found
    # Look-alike letters are another spelling of a name or alias; the extra key says which it was.
    kind = "alias" if found.matched == "look-alike" else found.matched
    return {
        "id": profile.row.id,
        "name": profile.row.name,
        "attack_id": profile.row.attack_id or None,
        "matched": {
            "name": found.name,
            "kind": kind,
            "look_alike": found.matched == "look-alike",
            "sources": list(found.sources),
        },
        "names": [
            {
                "name": name.name,
                "coined_by": name.coined_by or None,
                "sources": list(name.basis.sources),
            }
            for name in profile.names
        ],
        "origin": [
            {
                "country": origin.country.code or None,
                "by": origin.by,
                "confidence": origin.confidence.word if origin.confidence.steps else None,
                "sources": list(origin.basis.sources),
            }
            for origin in profile.origins
        ],
        "kind": profile.row.kind or None,
        "goals": [goal.code for goal in profile.goals],
        "sectors": [sector.code for sector in profile.targets.sectors],
        "countries": [country.code for country in profile.targets.countries],
        "techniques": sorted({t.attack_id for s in profile.stages for t in s.techniques}),
        "software": [item.name for item in (*profile.malware, *profile.tools)],
        "advisories": [one.id for one in profile.advisories],
        "cited": {entry.key: _source_json(entry) for entry in profile.sources},
    }


def _source_json(entry: Any) -> dict[str, Any]:
    return {
        "title": entry.title,
        "publisher": entry.publisher,
        "url": entry.url or None,
        "published": entry.published or None,
        "grade": entry.grade.code,
    }


def look_up_text(answer: LookUp) -> str:
    """A few lines a match, or what is near."""
    if not answer.matches:
        if answer.near:
            return f"Nobody here bears “{answer.query}”. Near: {', '.join(answer.near)}."
        return f"Nobody here bears “{answer.query}”, and no name is close to it."
    lines = []
    if len(answer.matches) > 1:
        lines.append(f"“{answer.query}” is used for {len(answer.matches)} actors:")
    for match in answer.matches:
        lines += _match_lines(match)
    return "\n".join(lines)


def _match_lines(match: Match) -> list[str]:
    profile = match.profile
    head = f"{profile.row.name} {profile.row.attack_id}".strip()
    lines = [f"{head}: {reason(match)}"]
    lines += [f"  {sentence.text}" for sentence in profile.summary]
    names = ", ".join(
        f"{name.name} ({name.coined_by})" if name.coined_by else name.name
        for name in profile.names[:12]
    )
    more = f" and {len(profile.names) - 12} more" if len(profile.names) > 12 else ""
    lines.append(f"  Names: {names}{more}")
    lines.append(f"  Origin: {_origin_words(profile)}")
    lines.append(
        f"  {profile.row.techniques} techniques, {profile.row.software} pieces of software,"
        f" {counted(profile.row.statements, 'statement')} from"
        f" {counted(len(profile.sources), 'source')}"
    )
    return lines


def _origin_words(profile: ActorProfile) -> str:
    if not profile.origins:
        return "not stated"
    said = dict.fromkeys(
        f"{origin.country.label or 'not attributed'}, says {origin.by}"
        for origin in profile.origins
    )
    return "; ".join(said)


def info_json(info: DatabaseInfo) -> dict[str, Any]:
    """``{schema, program, data_as_of, size_bytes, sources, counts}`` and what maps to nothing."""
    return {
        "path": str(info.path),
        "schema": info.schema,
        "program": __version__,
        "data_as_of": info.data_as_of,
        "size_bytes": info.size_bytes,
        "content_hash": info.content_hash,
        "sources": [dataclasses.asdict(source) for source in info.sources],
        "counts": info.counts,
        "unmapped": [dataclasses.asdict(value) for value in info.unmapped],
    }


def info_text(info: DatabaseInfo) -> str:
    """The same for a person."""
    lines = [
        f"{info.path}: {info.size_bytes / 1e6:.1f} MB, schema {info.schema},"
        f" data as of {info.data_as_of or 'no snapshot'}",
        *(f"  {count:>7,} {name.replace('_', ' ')}" for name, count in info.counts.items()),
        "Sources",
        *(
            f"  {source.title} {source.version} ({source.taken_at[:10]}):"
            f" {source.records:,} records, {source.licence}"
            for source in info.sources
        ),
    ]
    if info.unmapped:
        lines.append("Values without a code, kept as written")
        lines += [f"  {v.statements} statements, {v.predicate} “{v.value}”" for v in info.unmapped]
    return "\n".join(lines)
