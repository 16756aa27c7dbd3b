"""What Help shows from the database: primer pages, and the sources with licences and notices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from briefing.core.profile import PrimerBlock, PrimerPage, PrimerSection, ProfileSource, Sentence
from briefing.store.connection import KnowledgeFile
from briefing.store.records import records_of_kind


def primer_pages(knowledge: KnowledgeFile) -> tuple[PrimerPage, ...]:
    """The pages of the primer in the order of their numbers."""
    contents = records_of_kind(knowledge.connection, "primer-page")
    return tuple(sorted(map(_page, contents), key=lambda page: page.number))


def _page(content: dict[str, Any]) -> PrimerPage:
    return PrimerPage(
        number=content["number"],
        slug=content["slug"],
        title=content["title"],
        lead=_sentences(content["lead"]),
        sections=tuple(
            PrimerSection(
                section["heading"],
                tuple(
                    PrimerBlock(_sentences(block["sentences"]), block["item"])
                    for block in section["blocks"]
                ),
            )
            for section in content["sections"]
        ),
        sources=tuple(ProfileSource(**source) for source in content["sources"]),
    )


def _sentences(items: Iterable[dict[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence(item["text"], tuple(item["sources"])) for item in items)
