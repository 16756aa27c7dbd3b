"""Digests of advisories, composed from small databases, and what stands in them."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from advisory_samples import (
    KEV,
)
from store_samples import changes, take

from briefing.core.brief import (
    Brief,
    Paragraph,
    Section,
    Table,
    plain,
)
from briefing.core.changes import RecordDraft
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge

TODAY = date(2024, 3, 15)
EVER = ("2020-01-01", "2030-12-31")


def digest(path: Path, period: tuple[str, str] = EVER, **more: Any) -> Brief:
    with closing(KnowledgeFile(path)) as knowledge:
        return digest_of(knowledge, period, **more)


def digest_of(knowledge: KnowledgeFile, period: tuple[str, str] | None, **more: Any) -> Brief:
    request = BriefRequest("advisories", "", period=period, **{"today": TODAY, **more})
    return compose_brief(knowledge, request)


def section(brief: Brief, key: str) -> Section:
    return next(s for part in brief.parts for s in part.sections if s.key == key)


def keys_of(brief: Brief) -> list[str]:
    return [s.key for part in brief.parts for s in part.sections]


def table_of(brief: Brief, key: str) -> list[list[str]]:
    block = next(b for b in section(brief, key).blocks if isinstance(b, Table))
    return [[plain(cell) for cell in row] for row in block.rows]


def words_of(brief: Brief, key: str) -> str:
    return " ".join(plain(b.text) for b in section(brief, key).blocks if isinstance(b, Paragraph))


def add(path: Path, *records: RecordDraft) -> None:
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(*records, of=KEV, full=False))
