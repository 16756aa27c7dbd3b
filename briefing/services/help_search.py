"""Finding a help page by its headings and by the signs it explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefing.core.search import SearchHit
from briefing.services import (
    help_ach,
    help_data,
    help_identity,
    help_licences,
    help_overlap,
    help_relevance,
)
from briefing.services.help_content import (
    Beside,
    HelpPage,
    HelpSection,
    Row,
    Rows,
    primer_help,
    sign_words,
)
from briefing.services.help_glossary import glossary_help
from briefing.services.help_pages import primer_pages
from briefing.services.help_reading import reading_help
from briefing.services.help_sources import sources_help
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels
from briefing.store.overview import setting

KIND = "help page"
"""Kind of a hit; its id is a page, or a page and a section after "#"."""
KEYBOARD = "keyboard"
"""Key of the page that the window makes itself."""
FEWEST_LETTERS = 3
MOST = 4

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A place in the help, and the words that lead to it.

    ``names`` holds the words of each name of a single entry of a list; a page has none.
    """

    id: str
    title: str
    page: str
    words: frozenset[str]
    names: tuple[frozenset[str], ...] = ()


def find_help(knowledge: KnowledgeFile, query: str) -> tuple[SearchHit, ...]:
    """Help places for which every word typed begins one of their words; best first."""
    typed = _words((query,))
    if sum(map(len, typed)) < FEWEST_LETTERS:
        return ()
    entries = _index(knowledge, setting(knowledge.connection, "content_hash"))
    found = [entry for entry in entries if all(_begins(word, entry.words) for word in typed)]
    found.sort(key=lambda entry: _rank(entry, typed))
    return tuple(
        SearchHit(KIND, entry.id, entry.title, entry.page or "help") for entry in found[:MOST]
    )


def _rank(entry: _Entry, typed: frozenset[str]) -> tuple[bool, bool, bool]:
    """The term that was typed; then pages, those whose heading says the word first; then terms."""
    says = all(_begins(word, _words((entry.title,))) for word in typed)
    return typed not in entry.names, bool(entry.names), not says


@lru_cache(maxsize=2)
def _index(knowledge: KnowledgeFile, _content_hash: str) -> tuple[_Entry, ...]:
    """Read once for what a database holds: its content hash tells when that has changed."""
    pages = [*map(primer_help, primer_pages(knowledge))]
    pages.append(glossary_help(knowledge))
    pages.append(reading_help(read_labels(knowledge.connection)))
    pages.append(sources_help())
    entries = [entry for page in pages for entry in _entries(page)]
    for key, title, sections in (
        (help_relevance.KEY, help_relevance.TITLE, help_relevance.SECTIONS),
        (help_ach.KEY, help_ach.TITLE, help_ach.SECTIONS),
        (help_overlap.KEY, help_overlap.TITLE, help_overlap.SECTIONS),
        (help_identity.KEY, help_identity.TITLE, help_identity.SECTIONS),
        (help_data.KEY, help_data.TITLE, help_data.SECTIONS),
    ):
        entries.append(_entry(key, title, ""))
        entries += [_entry(f"{key}#{name}", words, title) for name, words in sections.items()]
    entries.append(_entry(help_licences.KEY, help_licences.TITLE, "", "copyright"))
    entries.append(_entry(KEYBOARD, "Keyboard", "", "keys shortcuts"))
    return tuple(entries)


def _entries(page: HelpPage) -> Iterator[_Entry]:
    yield _entry(page.key, page.title, "", page.summary)
    for section in page.sections:
        yield _entry(f"{page.key}#{section.key}", section.title, page.title, *_explained(section))
        for row in _rows(section):
            if row.key:
                yield _named(f"{page.key}#{row.key}", (sign_words(row.sign), *row.also), page.title)


def _explained(section: HelpSection) -> Iterator[str]:
    """The note, and every sign of a section that is no place of its own."""
    yield section.note
    yield from (rows.name for rows in _lists(section))
    yield from (sign_words(row.sign) for row in _rows(section) if not row.key)


def _rows(section: HelpSection) -> Iterator[Row]:
    return (row for rows in _lists(section) for row in rows.rows)


def _lists(section: HelpSection) -> Iterator[Rows]:
    for block in section.blocks:
        for rows in block.lists if isinstance(block, Beside) else (block,):
            if isinstance(rows, Rows):
                yield rows


def _entry(place: str, title: str, page: str, *more: str) -> _Entry:
    return _Entry(place, title, page, _words((title, *more)))


def _named(place: str, names: tuple[str, ...], page: str) -> _Entry:
    return _Entry(place, names[0], page, _words(names), tuple(_words((name,)) for name in names))


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()))


def _begins(typed: str, words: frozenset[str]) -> bool:
    return any(word.startswith(typed) for word in words)
