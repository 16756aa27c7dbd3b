"""What a thing is called, and that there is a source, mark a briefing as what is said does."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from relevance_samples import BEAR, PANDA, TODAY, TOLD, add, targets
from store_samples import actor, changes, source, take

from briefing.core.brief import Brief, plain
from briefing.core.brief_blocks import Table
from briefing.core.changes import Predicate, RecordDraft, StatementDraft
from briefing.core.tlp import Tlp
from briefing.exports.manifest import manifest
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.recipes.marking import named_in
from briefing.services.recipes.since import Since
from briefing.services.verify_manifest import parsed
from briefing.store.connection import KnowledgeFile, open_writer
from briefing.store.naming import levels_of_sources, names_of_things


def composed(path: Path, kind: str, *sections: str, **more: Any) -> Brief:
    request = BriefRequest(
        kind,
        "healthcare" if kind == "sector" else "",
        Tlp.RED,
        one_page=True,
        sections=sections,
        today=TODAY,
        **more,
    )
    with closing(KnowledgeFile(path)) as knowledge:
        return compose_brief(knowledge, request)


def named(subject: str, name: str, tlp: str = "") -> StatementDraft:
    return StatementDraft(subject, Predicate.NAMED, value=name, tlp=tlp)


def bear(*said: StatementDraft) -> RecordDraft:
    return actor(1, "Bear", said=(*targets(BEAR, "healthcare"), *said))


def panda(tlp: str = "AMBER+STRICT") -> RecordDraft:
    """An actor whose name is guarded, and what is said of it is not."""
    said = (named(PANDA, "Panda", tlp), *targets(PANDA, "healthcare"))
    return actor(2, said=said, value="Panda")


def test_a_source_that_is_cited_marks_a_briefing_though_no_block_rests_on_its_statements(
    path: Path,
) -> None:
    add(path, bear())
    elsewhere = actor(2, "Panda", said=targets(PANDA, "energy"))
    guarded = source("guarded", kind="catalogue", tlp="AMBER")
    with closing(open_writer(path)) as connection:
        take(connection, path, changes(elsewhere, of=guarded, full=False))
    brief = composed(path, "sector", "unknown")
    assert [one.key for one in brief.sources] == ["guarded"]
    assert brief.tlp is Tlp.AMBER
    assert composed(path, "sector", "actors").tlp is Tlp.CLEAR


def test_a_sectors_title_marks_a_page_whose_sections_do_not_tell_it(path: Path) -> None:
    add(path, bear(StatementDraft(BEAR, Predicate.SPONSORED_BY, "IR", "Iran", tlp="GREEN")))
    brief = composed(path, "sector", "unknown")
    assert "Iran" in brief.title
    assert brief.tlp is Tlp.GREEN


def test_the_guarded_name_of_an_actor_marks_the_table_in_which_it_stands(path: Path) -> None:
    add(path, bear(), panda())
    assert composed(path, "sector", "actors").tlp is Tlp.AMBER_STRICT


def test_an_actor_that_is_counted_and_not_named_leaves_the_marking_and_is_no_object_of_it(
    path: Path,
) -> None:
    add(path, bear(), panda())
    brief = composed(path, "sector", "record")
    assert "Panda" not in repr(brief.parts)
    assert brief.tlp is Tlp.CLEAR
    # Formats print only objects that are marked no higher than the briefing.
    assert {one.name: one.tlp for one in brief.objects if one.id in (BEAR, PANDA)} == {
        "Bear": Tlp.CLEAR,
        "Panda": Tlp.AMBER_STRICT,
    }


def test_the_guarded_name_of_whom_something_new_is_said_marks_what_changed(path: Path) -> None:
    add(path, bear())
    since = Since(parsed(manifest(composed(path, "sector", "actors")), "before"))
    add(path, panda())
    brief = composed(path, "changes", "new", since=since)
    told = [block for block in brief.blocks() if isinstance(block, Table)]
    assert "Panda" in {plain(cell) for table in told for row in table.rows for cell in row}
    assert brief.tlp is Tlp.AMBER_STRICT


def test_whose_statement_was_withdrawn_marks_what_changed_by_its_name(path: Path) -> None:
    happened = StatementDraft(BEAR, Predicate.HAPPENED, value="It broke in", first_seen="2024-01")
    aimed = [*targets(BEAR, "healthcare"), *targets(PANDA, "healthcare")]
    add(path, actor(1, "Bear", said=(aimed[0], happened)), panda("GREEN"))
    since = Since(parsed(manifest(composed(path, "sector", "actors")), "before"))
    # The next release says of neither that it targets the sector.
    nothing = actor(2, said=(named(PANDA, "Panda", "GREEN"),), value="Panda", more="anew")
    add(path, actor(1, "Bear", said=(happened,), more="anew"), nothing)
    brief = composed(path, "changes", "withdrawn", since=since)
    assert not brief.statements()
    assert "Panda" in repr(brief.parts)
    assert brief.tlp is Tlp.GREEN


def test_the_title_of_the_primer_marks_a_page_on_which_none_of_its_sentences_stands(
    bundled_database: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(bundled_database, tmp_path / "knowledge.db"))
    with closing(open_writer(path)) as connection, connection:
        connection.execute("UPDATE statement SET tlp = 'GREEN' WHERE subject GLOB 'primer-page--*'")
    brief = composed(path, "primer", "pages")
    assert not brief.statements()
    assert brief.tlp is Tlp.GREEN


def test_a_document_is_known_from_the_least_guarded_statement_that_cites_it(
    path: Path, database: sqlite3.Connection
) -> None:
    told = StatementDraft(BEAR, Predicate.HAPPENED, value="It broke in", documents=(TOLD.id,))
    said = [
        replace(told, first_seen="2024-01", tlp="RED"),
        replace(told, first_seen="2024-02", tlp="GREEN"),
    ]
    add(path, actor(1, "Bear", said=said), of="feed-a", tlp="GREEN")
    found = levels_of_sources(database, [TOLD.id, "feed-a", "nothing such"])
    assert found == {TOLD.id: Tlp.GREEN, "feed-a": Tlp.GREEN}


def test_a_name_is_known_from_the_least_guarded_source_and_a_title_with_all_of_its_record(
    path: Path, database: sqlite3.Connection
) -> None:
    guarded = (named(BEAR, "Bear", "AMBER"), named(BEAR, "Ursus", "RED"))
    add(path, actor(1, said=guarded, value="Bear"))
    add(path, actor(1, "Bear"), of="feed-b", tlp="GREEN")
    add(path, actor(2, said=targets(PANDA, "energy", tlp="AMBER"), value="Panda"))
    keys = [key for (key,) in database.execute("SELECT key FROM statement")]
    assert names_of_things(database, keys) == {
        "Bear": Tlp.GREEN,
        "Ursus": Tlp.RED,
        "Panda": Tlp.AMBER,
    }
    assert not names_of_things(database, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Night Heron broke in", {"Night Heron"}),
        ("what “Night-Heron” does", {"Night Heron"}),
        ("Night Herons and Nightheron", set()),
        ("Xloader, a loader", {"xloader"}),
        ("an XLOADER", set()),
        ("Night", set()),
        ("", set()),
    ],
)
def test_names_are_found_as_whole_words_however_they_are_set(text: str, found: set[str]) -> None:
    assert named_in([text], ["Night Heron", "xloader", "–"]) == found


def test_a_name_of_signs_alone_is_found_too(path: Path) -> None:
    assert named_in(["what \N{BEAR FACE} does"], ["\N{BEAR FACE}", "\N{PANDA FACE}"]) == {
        "\N{BEAR FACE}"
    }
    said = (named(PANDA, "\N{PANDA FACE}", "AMBER"), *targets(PANDA, "healthcare"))
    add(path, bear(), actor(2, said=said, value="\N{PANDA FACE}"))
    assert composed(path, "sector", "actors").tlp is Tlp.AMBER


def test_a_name_of_which_a_part_is_set_in_strong_type_is_found_in_a_note(path: Path) -> None:
    said = (named(PANDA, "Night Panda", "AMBER"), *targets(PANDA, "healthcare"))
    add(path, bear(), actor(2, said=said, value="Night Panda"))
    noted = {"notes": (("record", "Beware of Night **Panda**."),), "notes_tlp": Tlp.CLEAR}
    assert composed(path, "sector", "record").tlp is Tlp.CLEAR
    assert composed(path, "sector", "record", **noted).tlp is Tlp.AMBER
