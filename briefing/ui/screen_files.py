"""Files for pictures of an import, made from what the database holds already."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from briefing.store.connection import KnowledgeFile
from briefing.store.holdings import contents_held
from briefing.store.overview import source_summaries

_CATALOGUE = "misp-threat-actor"
_OTHER = "tidal-groups"
_TYPE = "threat-actor"
_EVERY_GONE = 8
_EVERY_CHANGED = 30
_NEW = 6


def write_galaxy(knowledge: KnowledgeFile, folder: Path) -> Path:
    """Write the bundled galaxy as a later release of it might be.

    Every eighth actor is missing, some have a synonym less, and a few that another catalogue names
    have come: enough for every part of a preview to have something to show.
    """
    held = [item for item in contents_held(knowledge.connection, _CATALOGUE) if "value" in item]
    values = [item for place, item in enumerate(held) if place % _EVERY_GONE]
    for item in values[::_EVERY_CHANGED]:
        _lose_a_synonym(item)
    known = {str(item["value"]).casefold() for item in held}
    others = contents_held(knowledge.connection, _OTHER)
    new = [item for item in others if str(item["value"]).casefold() not in known]
    values += [{"uuid": item["uuid"], "value": item["value"]} for item in new[:_NEW]]
    [version] = [
        int(source.version)
        for source in source_summaries(knowledge.connection)
        if source.id == _CATALOGUE
    ]
    galaxy = {"name": "Threat Actor", "type": _TYPE, "version": version + 1, "values": values}
    path = folder / "threat-actor.json"
    path.write_text(json.dumps(galaxy), encoding="utf-8")
    return path


def _lose_a_synonym(item: dict[str, Any]) -> None:
    names = item.get("meta", {}).get("synonyms")
    if isinstance(names, list) and len(names) > 1:
        names.pop()
