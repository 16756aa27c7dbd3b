"""Clients and sectors to make briefings for, and what is looked for in every briefing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from briefing.core.brief import Brief, Mark, Section, plain
from briefing.core.client import Client
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.store.connection import KnowledgeFile

TODAY = date(2026, 11, 24)
NOON = datetime.combine(TODAY, time(12), UTC)
PRACTICE = Client(
    name="Harbour Dental Group",
    sectors=("healthcare",),
    countries=("US",),
    size="small",
    supplier_sectors=("technology",),
    uses_msp=True,
    technology=("microsoft:exchange_server", "fortinet:fortios"),
    example=True,
)
LAW_FIRM = Client(
    name="Kanzlei Nordlicht",
    sectors=("professional-services",),
    countries=("DE",),
    size="medium",
    customer_sectors=("manufacturing", "government"),
    technology=("microsoft:windows",),
)
PROVIDER = Client(
    name="Southern Cross IT",
    sectors=("technology",),
    countries=("AU",),
    size="medium",
    customer_sectors=("healthcare", "government"),
    tlp=Tlp.GREEN,
)
CLIENTS = {"practice": PRACTICE, "law firm": LAW_FIRM, "provider": PROVIDER}


def client_brief(
    knowledge: KnowledgeFile, client: Client, world: World | None = None, **more: Any
) -> Brief:
    """The briefing for a client, for its own audience unless another is named."""
    fields = {"ceiling": client.tlp, "client": client, "today": TODAY, **more}
    return compose_brief(knowledge, BriefRequest("client", "", **fields), world)


def sector_brief(
    knowledge: KnowledgeFile, sector: str, world: World | None = None, **more: Any
) -> Brief:
    """The briefing on a sector."""
    request = BriefRequest("sector", sector, **{"today": TODAY, **more})
    return compose_brief(knowledge, request, world)


def of_file(path: Path, client: Client, **more: Any) -> Brief:
    """The briefing for a client from a file as it is now."""
    with closing(KnowledgeFile(path)) as knowledge:
        return client_brief(knowledge, client, **more)


def sector_of_file(path: Path, sector: str, **more: Any) -> Brief:
    """The briefing on a sector from a file as it is now."""
    with closing(KnowledgeFile(path)) as knowledge:
        return sector_brief(knowledge, sector, **more)


def sections(brief: Brief) -> dict[str, Section]:
    """Every section by its key."""
    return {section.key: section for part in brief.parts for section in part.sections}


def block_of(section: Section, kind: type[Any]) -> Any:
    """The first block of a kind."""
    return next(block for block in section.blocks if isinstance(block, kind))


def words(brief: Brief) -> str:
    """Everything a file can hold of a briefing: the summary for the author is not part of it."""
    return repr(replace(brief, withheld=()))


def texts(value: object) -> Iterator[str]:
    """Every text in a section or a block as its reader gets it, without marks."""
    if isinstance(value, tuple):
        if value and all(type(item).__name__ in ("Span", "Mark") for item in value):
            yield plain(value)
        else:
            for item in value:
                yield from texts(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts(getattr(value, name))


def has_marks(value: object) -> bool:
    """Whether any source is marked anywhere in a block."""
    if isinstance(value, Mark):
        return True
    if isinstance(value, tuple):
        return any(map(has_marks, value))
    fields = getattr(value, "__dataclass_fields__", ())
    return any(has_marks(getattr(value, name)) for name in fields)
