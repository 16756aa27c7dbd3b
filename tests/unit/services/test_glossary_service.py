"""The glossary of a database: its terms, their places in Help, and what a search finds of them."""

from __future__ import annotations

import pytest

from briefing import paths
from briefing.feeds import glossary as feed
from briefing.services import glossary, help_glossary
from briefing.services.help_content import Rows
from briefing.services.help_search import find_help
from briefing.services.library import Library
from briefing.store.connection import KnowledgeFile


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(KnowledgeFile(paths.bundled_database()))


def test_the_terms_are_those_that_help_lists_each_at_its_place(library: Library) -> None:
    page = help_glossary.glossary_help(library.knowledge)
    blocks = [block for section in page.sections for block in section.blocks]
    rows = [row for block in blocks if isinstance(block, Rows) for row in block.rows]
    listed = {glossary.place_of(row.key): row.text for row in rows}
    terms = library.glossary.terms
    assert {f"{page.key}#{term.term}": term.meaning for term in terms} == listed
    assert len(terms) >= 45


def test_no_place_of_a_term_is_that_of_a_group(library: Library) -> None:
    page = help_glossary.glossary_help(library.knowledge)
    groups = {section.key for section in page.sections}
    assert groups & {term.term for term in library.glossary.terms} == set()


def test_records_are_read_under_the_kind_under_which_they_are_written() -> None:
    assert glossary._KIND == feed.KIND


def test_every_term_is_found_in_its_own_name(library: Library) -> None:
    for term in library.glossary.terms:
        for name in (term.term, *term.also):
            assert [spot.term for spot in library.glossary.spots(name)] == [term], name


def test_a_changed_database_has_its_terms_read_anew(library: Library) -> None:
    before = library.glossary
    assert library.glossary is before
    library.forget()
    assert library.glossary is not before


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("MFA", "Multi-factor authentication"),
        ("phishing", "Phishing"),
        ("ransomw", "Ransomware"),
        ("apt", "Advanced persistent threat"),
    ],
)
def test_a_search_leads_to_the_entry_of_a_term_by_any_of_its_names(
    library: Library, typed: str, first: str
) -> None:
    assert find_help(library.knowledge, typed)[0].id == glossary.place_of(first)


def test_pages_go_before_terms_that_only_begin_with_what_was_typed(library: Library) -> None:
    ids = [hit.id for hit in find_help(library.knowledge, "amber")]
    assert ids[0] == "reading#tlp"
    assert glossary.place_of("TLP:AMBER") in ids
