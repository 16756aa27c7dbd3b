"""The help pages there are, in the order of the list; the keyboard map is the window's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from briefing.services import (
    help_ach,
    help_data,
    help_glossary,
    help_identity,
    help_licences,
    help_overlap,
    help_reading,
    help_relevance,
    help_sources,
)
from briefing.services.help_content import HelpPage, primer_help
from briefing.services.help_pages import primer_pages
from briefing.services.library import Library


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """An entry of the list.

    Attributes:
        key: What a place names.
        title: The title of its page.
        summary: What it is about, in a few words.
        page: Makes the page, with the numbers of the open database.
    """

    key: str
    title: str
    summary: str
    page: Callable[[], HelpPage]


def help_topics(library: Library, notices: Path) -> tuple[HelpTopic, ...]:
    """Every topic; the page of one is made when it is asked for.

    Args:
        library: The open database.
        notices: Where licences and notices are written down.
    """
    return (
        *(_ready(primer_help(page)) for page in primer_pages(library.knowledge)),
        HelpTopic(
            help_glossary.KEY,
            help_glossary.TITLE,
            help_glossary.SUMMARY,
            partial(help_glossary.glossary_help, library.knowledge),
        ),
        _ready(help_reading.reading_help(library.labels)),
        _ready(help_sources.sources_help()),
        _ready(help_relevance.relevance_help()),
        HelpTopic(help_ach.KEY, help_ach.TITLE, help_ach.SUMMARY, help_ach.ach_help),
        HelpTopic(
            help_overlap.KEY, help_overlap.TITLE, help_overlap.SUMMARY, help_overlap.overlap_help
        ),
        HelpTopic(
            help_identity.KEY,
            help_identity.TITLE,
            help_identity.SUMMARY,
            lambda: help_identity.identity_help(library.describe()),
        ),
        HelpTopic(
            help_data.KEY,
            help_data.TITLE,
            help_data.SUMMARY,
            lambda: help_data.data_help(library.describe(), library.actors),
        ),
        HelpTopic(
            help_licences.KEY,
            help_licences.TITLE,
            help_licences.SUMMARY,
            partial(help_licences.licences_help, notices),
        ),
    )


def _ready(page: HelpPage) -> HelpTopic:
    return HelpTopic(page.key, page.title, page.summary, lambda: page)
