"""What we write for people who decide: plain, short, and in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from reading_ease import reading_ease
from shared_runs import NOTES, catalogued, noted, shared

from briefing.core.profile import WORDS_MAX
from briefing.feeds.glossary import parse_glossary
from briefing.feeds.guidance import parse_actions
from briefing.feeds.profile import parse_primer
from briefing.paths import data_folder
from briefing.store.connection import KnowledgeFile

PLAIN = 60.0
"""Flesch's score from which English counts as plain."""
PAGES = sorted((data_folder() / "primer").glob("*.md"))
GLOSSARY = data_folder() / "glossary.toml"
GUIDANCE = data_folder() / "guidance" / "actions.toml"


def page_sentences() -> Iterator[tuple[str, list[str]]]:
    """Each page of the primer with its sentences."""
    for path in PAGES:
        page = parse_primer(path.read_bytes(), path.name)
        lead = [sentence.text for sentence in page.lead]
        blocks = [block for section in page.sections for block in section.blocks]
        yield path.stem, lead + [said.text for block in blocks for said in block.sentences]


def action_sentences() -> Iterator[tuple[str, list[str]]]:
    """Each protective action with its sentences."""
    for action in parse_actions(GUIDANCE.read_bytes(), GUIDANCE.name):
        told = (action.do, action.why, action.first_step, action.cost_why)
        yield action.id, [one for text in told for one in re.split(r"(?<=[.?!])\s+", text)]


@pytest.fixture
def bundle(bundled_database: Path) -> Iterator[KnowledgeFile]:
    knowledge = KnowledgeFile(bundled_database)
    yield knowledge
    knowledge.close()


def term_sentences() -> Iterator[tuple[str, list[str]]]:
    """Each term of the glossary with its sentences."""
    for group in parse_glossary(GLOSSARY.read_bytes(), GLOSSARY.name):
        for term in group.terms:
            yield term.term, re.split(r"(?<=[.?!])\s+", term.meaning)


OURS = dict([*page_sentences(), *action_sentences(), *term_sentences()])


def test_the_primer_has_the_eight_pages_that_are_promised() -> None:
    assert [path.stem[:2] for path in PAGES] == [f"{number:02}" for number in range(1, 9)]


@pytest.mark.parametrize("name", OURS)
def test_no_sentence_is_longer_than_one_breath(name: str) -> None:
    assert [said for said in OURS[name] if len(said.split()) > WORDS_MAX] == []


@pytest.mark.parametrize(("name", "sentences"), list(page_sentences()), ids=lambda it: str(it)[:30])
def test_every_page_of_the_primer_is_plain_english(name: str, sentences: list[str]) -> None:
    assert reading_ease(sentences) >= PLAIN, name


def test_the_guidance_is_plain_english() -> None:
    sentences = [said for _, told in action_sentences() for said in told]
    assert reading_ease(sentences) >= PLAIN


def test_a_text_of_an_office_is_told_from_plain_english() -> None:
    hard = "Organisational cybersecurity governance necessitates comprehensive authentication."
    assert reading_ease([hard]) < 0 < PLAIN < reading_ease(["The cat sat on the mat and slept."])


def test_no_run_of_words_is_that_of_a_catalogue(bundle: KnowledgeFile) -> None:
    assert shared(OURS, catalogued(bundle.connection)) == {}


@pytest.mark.skipif(not NOTES.is_dir(), reason="The notes (../shared/facts) are not here.")
def test_no_run_of_words_is_that_of_the_notes() -> None:
    assert shared(OURS, noted()) == {}
