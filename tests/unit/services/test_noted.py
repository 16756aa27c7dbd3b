"""Notes in a briefing: under their sections, marked no higher than allowed, asserting nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from brief_clients import TODAY
from store_samples import changes, native, take

from briefing.core.brief import Brief, Note, NoteText, Section, Span
from briefing.core.changes import Predicate, RecordDraft, StatementDraft
from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.exports import pdf
from briefing.exports.manifest import manifest
from briefing.exports.registry import by_name
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile

SHORT = "**Ask** who may sign in as administrator at your provider."


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    opened = KnowledgeFile(bundled_database)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def gamaredon(knowledge: KnowledgeFile) -> str:
    rows = list_actors(knowledge.connection)
    return next(row.id for row in rows if row.name == "Gamaredon Group")


@pytest.fixture
def request_(gamaredon: str) -> BriefRequest:
    return BriefRequest("actor", gamaredon, today=TODAY)


def noted(
    knowledge: KnowledgeFile, request: BriefRequest, *notes: tuple[str, str], **more: Any
) -> Brief:
    return compose_brief(knowledge, replace(request, notes=notes, **more))


def sections(brief: Brief) -> dict[str, list[Section]]:
    found: dict[str, list[Section]] = {}
    for part in brief.parts:
        for section in part.sections:
            found.setdefault(section.key, []).append(section)
    return found


def notes_of(brief: Brief) -> list[Note]:
    return [block for block in brief.blocks() if isinstance(block, Note)]


def test_a_note_stands_at_the_end_of_its_section_in_a_block_of_its_own(
    knowledge: KnowledgeFile, request_: BriefRequest
) -> None:
    brief = noted(knowledge, request_, ("who", SHORT))
    [section] = sections(brief)["who"]
    assert section.blocks[-1] == Note(
        (
            NoteText(
                (
                    Span("Ask", section.blocks[-1].nodes[0].text[0].style),
                    Span(" who may sign in as administrator at your provider."),
                )
            ),
        ),
        tlp=Tlp.CLEAR,
    )
    assert notes_of(brief) == [section.blocks[-1]]


def test_a_section_may_have_several_notes_and_keeps_their_order(
    knowledge: KnowledgeFile, request_: BriefRequest
) -> None:
    brief = noted(knowledge, request_, ("origin", "One."), ("who", "X."), ("origin", "Two."))
    [origin] = sections(brief)["origin"]
    texts = [block.nodes[0].text[0].text for block in origin.blocks if isinstance(block, Note)]
    assert texts == ["One.", "Two."]


def test_a_note_that_says_nothing_leaves_no_block(
    knowledge: KnowledgeFile, request_: BriefRequest
) -> None:
    brief = noted(knowledge, request_, ("who", " \n "), ("origin", "---"))
    assert notes_of(brief) == []
    assert brief == compose_brief(knowledge, request_)


def test_a_note_asserts_on_its_own_and_makes_no_statement(
    knowledge: KnowledgeFile, request_: BriefRequest
) -> None:
    plain = compose_brief(knowledge, request_)
    brief = noted(knowledge, request_, ("origin", "It is **ours**, and [1] is no mark."))
    assert brief.statements() == plain.statements()
    assert brief.sources == plain.sources
    assert notes_of(brief)[0].statements == ()
    assert b"is no mark" not in manifest(brief)


def test_a_note_on_a_section_that_is_not_there_is_refused_with_those_that_are(
    knowledge: KnowledgeFile, request_: BriefRequest
) -> None:
    with pytest.raises(WrongCallError, match="no section “weather” to put a note under") as caught:
        noted(knowledge, request_, ("weather", "Rain."))
    assert "judgements, who" in (caught.value.remedy or "")
    with pytest.raises(WrongCallError, match="no section “origin”"):
        noted(knowledge, request_, ("origin", "Behind the page."), one_page=True)
    with pytest.raises(WrongCallError, match="no section “who”"):
        noted(knowledge, request_, ("who", "Switched off."), sections=("judgements",))


def test_a_note_that_cannot_be_read_is_refused_with_its_section(
    knowledge: KnowledgeFile, request_: BriefRequest
) -> None:
    with pytest.raises(BriefingError) as caught:
        noted(knowledge, request_, ("who", "One.\n\n" + "> " * 40 + "deep"))
    assert caught.value.message == (
        "The note on section “who” cannot be printed. Line 3 of the note is nested more than 20"
        " levels deep."
    )
    assert caught.value.remedy == "Take lists and quotations out of one another."


@pytest.mark.parametrize("ceiling", list(Tlp))
def test_unless_the_author_says_less_a_note_is_as_guarded_as_its_audience_allows(
    knowledge: KnowledgeFile, request_: BriefRequest, ceiling: Tlp
) -> None:
    brief = noted(knowledge, request_, ("who", "Ours."), ceiling=ceiling)
    assert notes_of(brief)[0].tlp is ceiling
    assert brief.tlp is ceiling


def test_a_note_may_be_marked_lower_and_the_document_is_marked_at_least_as_it_is(
    knowledge: KnowledgeFile, request_: BriefRequest
) -> None:
    brief = noted(knowledge, request_, ("who", "Ours."), ceiling=Tlp.RED, notes_tlp=Tlp.GREEN)
    assert (notes_of(brief)[0].tlp, brief.tlp) == (Tlp.GREEN, Tlp.GREEN)
    clear = noted(knowledge, request_, ("who", "Ours."), ceiling=Tlp.RED, notes_tlp=Tlp.CLEAR)
    assert clear.tlp is Tlp.CLEAR


@pytest.mark.parametrize("ceiling", [level for level in Tlp if level < Tlp.RED])
def test_a_note_above_its_audience_s_ceiling_is_refused(
    knowledge: KnowledgeFile, request_: BriefRequest, ceiling: Tlp
) -> None:
    with pytest.raises(BriefingError) as caught:
        noted(knowledge, request_, ("who", "Ours."), ceiling=ceiling, notes_tlp=Tlp.RED)
    assert caught.value.message == (
        f"The notes are marked TLP:RED, above the audience's ceiling, {ceiling.label}."
    )


@pytest.mark.parametrize(
    ("kind", "subject", "key"),
    [
        ("actor", "gamaredon", "who"),
        ("incident", "mgm-resorts-2023", "happened"),
        ("sector", "energy", "record"),
        ("primer", "", "what"),
    ],
)
def test_a_short_note_leaves_the_executive_page_on_one_page(
    knowledge: KnowledgeFile, gamaredon: str, kind: str, subject: str, key: str
) -> None:
    subject = gamaredon if subject == "gamaredon" else subject
    request = BriefRequest(kind, subject, today=TODAY, one_page=True)
    first = compose_brief(knowledge, request).parts[0].sections[0].key
    brief = noted(knowledge, request, (key if kind != "primer" else first, SHORT))
    assert pdf.overflow(brief) == ()
    assert len(notes_of(brief)) == 1


def test_a_long_note_takes_a_second_page_and_is_printed_whole(
    knowledge: KnowledgeFile, request_: BriefRequest
) -> None:
    sentences = [f"This is sentence {number} of a long note." for number in range(150)]
    request = replace(request_, one_page=True)
    brief = noted(knowledge, request, ("who", "\n\n".join(sentences)))
    assert pdf.overflow(brief)
    [note] = notes_of(brief)
    assert [node.text[0].text for node in note.nodes] == sentences
    text = by_name("md").render(brief).decode()
    assert all(sentence in text for sentence in sentences)
    bare = {section.key for section in compose_brief(knowledge, request).parts[0].sections}
    assert {section.key for section in brief.parts[0].sections} == bare


def test_notes_behind_the_page_change_nothing_on_it(
    knowledge: KnowledgeFile, request_: BriefRequest
) -> None:
    plain = compose_brief(knowledge, request_)
    brief = noted(knowledge, request_, ("origin", "\n\n".join(["Long."] * 100)))
    assert brief.parts[0] == plain.parts[0]


CANARY = "canary-of-what-is-withheld"


@pytest.fixture
def guarded(database: sqlite3.Connection, path: Path) -> Path:
    """A database with one actor, of whom one thing is for the recipients' eyes only."""
    subject = native(1)
    said = (
        StatementDraft(subject, Predicate.NAMED, value="Red Fox"),
        StatementDraft(subject, Predicate.NAMED, value=CANARY, tlp="RED"),
    )
    take(database, path, changes(RecordDraft.of(subject, "intrusion-set", {}, list(said))))
    return path


@pytest.mark.parametrize("name", ["md", "html", "stix"])
def test_what_is_withheld_is_told_to_the_author_and_is_in_no_file_beside_a_note(
    guarded: Path, name: str
) -> None:
    with closing(KnowledgeFile(guarded)) as opened:
        [actor] = list_actors(opened.connection)
        request = BriefRequest("actor", actor.id, Tlp.AMBER, notes=(("who", SHORT),), today=TODAY)
        brief = compose_brief(opened, request)
        everything = compose_brief(opened, replace(request, ceiling=Tlp.RED))
    assert [one.tlp for one in brief.withheld] == [Tlp.RED]
    assert brief.tlp is Tlp.AMBER
    content = by_name(name).render(brief)
    assert CANARY.encode() not in content
    assert str(brief.withheld[0].statement).encode() not in content
    assert brief.withheld[0].reason.encode() not in content
    assert CANARY in repr(everything)
