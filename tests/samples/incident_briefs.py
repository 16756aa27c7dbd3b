"""Briefings on incidents, composed from what is bundled or recorded, and what stands in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from kept_cases import keep

from briefing.core.brief import (
    AnyBlock,
    Brief,
    Section,
    SourceList,
    Trace,
)
from briefing.core.case import Row
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.store.connection import KnowledgeFile

WORKED = (
    "3cx-2023",
    "7-eleven-taiwan-2022",
    "dark-pink-asean-2023",
    "deadglyph-2023",
    "gamaredon-ukraine-2023",
    "helix-kitten-decoys-2023",
    "mgm-resorts-2023",
    "notpetya-2017",
    "olympic-destroyer-2018",
    "predatory-sparrow-steel-2022",
    "solarwinds-2020",
    "tv5monde-2015",
    "viasat-2022",
    "xz-utils-2024",
)
MGM = "mgm-resorts-2023"
FEED = {
    "name": "Fox raid",
    "start_date": "2021-03-04",
    "receiver_country": "['Germany']",
    "attributed_initiator": "Fox/Vulpes/Renard/Zorro",
    "attribution_basis": "Attacker confirms",
    "description": "A fox was seen.",
}


def brief_on(knowledge: KnowledgeFile, wanted: str, **more: Any) -> Brief:
    return compose_brief(knowledge, BriefRequest("incident", wanted, **more))


def kept(writer: sqlite3.Connection, path: Path, *rows: Row, **more: Any) -> Brief:
    """Keep rows of one case and compose the briefing on it."""
    keep(writer, path, rows)
    return composed(path, "raid-2023", **more)


def composed(path: Path, wanted: str, **more: Any) -> Brief:
    with closing(KnowledgeFile(path)) as knowledge:
        return brief_on(knowledge, wanted, **more)


def section(brief: Brief, key: str) -> Section:
    return next(s for part in brief.parts for s in part.sections if s.key == key)


def keys_of(brief: Brief) -> set[str]:
    return {s.key for part in brief.parts for s in part.sections}


def block_of(found: Section, kind: type[Any]) -> Any:
    return next(block for block in found.blocks if isinstance(block, kind))


def words_of(found: Section) -> str:
    """Everything a section says, as its reader gets it."""
    return repr(found)


def asserting(brief: Brief) -> list[AnyBlock]:
    return [block for block in brief.blocks() if not isinstance(block, Trace | SourceList)]
