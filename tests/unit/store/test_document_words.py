"""Each source has its own words for a document; those of the least restricted source are shown."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_samples import actor, changes, document, facts, native, rows, source, take

from briefing.core.changes import ChangeSet, DocumentDraft, Predicate, SourceInfo, StatementDraft
from briefing.core.tlp import Tlp
from briefing.store.actors import documents_about
from briefing.store.apply import undo, write_source
from briefing.store.ceilings import open_below
from briefing.store.connection import immediate

SECRET = document(title="Operation Lantern against Acme", publisher="Red team", credibility=1)
PUBLIC = document(title="Public title", publisher="Example")
RED = source("red-team", tlp="RED")
CLEAR = source("open-lab")
OTHER = source("other-lab")


def citing(
    draft: DocumentDraft, of: SourceInfo, *, number: int = 1, tlp: str = "", **content: Any
) -> ChangeSet:
    """One actor of a source with a statement that cites a document, in the source's words."""
    said = StatementDraft(native(number), Predicate.HAPPENED, value=of.id, documents=(draft.id,))
    fox = actor(number, "Fox", said=[replace(said, tlp=tlp)], **content)
    return changes(fox, of=of, documents=[draft])


def shown(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return rows(connection, "SELECT title, publisher, source FROM document")


def seen(path: Path, ceiling: Tlp = Tlp.CLEAR) -> list[tuple[str, str, str]]:
    """Title, publisher and address of what a reader below a ceiling finds."""
    with closing(open_below(path, ceiling)) as reader:
        entries = documents_about(reader.connection, [SECRET.id])
    return [(entry.title, entry.publisher, entry.url) for entry in entries]


def take_back(connection: sqlite3.Connection, path: Path, snapshot: int | None) -> None:
    assert snapshot is not None
    with immediate(connection, path):
        undo(connection, snapshot)


def test_a_document_that_a_red_source_named_first_bears_the_title_of_the_clear_source_below_red(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, citing(SECRET, RED))
    assert seen(path) == []
    take(database, path, citing(PUBLIC, CLEAR))
    assert seen(path) == [("Public title", "Example", PUBLIC.url)]
    assert seen(path, Tlp.RED) == [("Public title", "Example", PUBLIC.url)]


def test_a_clear_source_without_words_of_its_own_does_not_bring_the_red_words_to_light(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, citing(SECRET, RED))
    take(database, path, replace(citing(SECRET, CLEAR), documents=()))
    assert seen(path) == [("", "", SECRET.url)]
    assert seen(path, Tlp.RED)[0][:2] == (SECRET.title, SECRET.publisher)


def test_words_that_only_a_hidden_statement_of_a_clear_source_cites_are_not_shown(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, citing(SECRET, CLEAR, tlp="RED"))
    assert seen(path) == []
    take(database, path, citing(PUBLIC, OTHER, number=2))
    assert seen(path) == [("", "", SECRET.url)]


def test_what_a_red_source_alone_called_a_document_goes_with_its_import(
    database: sqlite3.Connection, path: Path
) -> None:
    red = take(database, path, citing(SECRET, RED))
    take(database, path, citing(PUBLIC, CLEAR))
    take_back(database, path, red.snapshot)
    assert shown(database) == [("Public title", "Example", CLEAR.id)]
    assert rows(database, "SELECT * FROM document_words") == []


def test_a_document_that_others_cite_without_words_keeps_only_its_address_after_the_undo(
    database: sqlite3.Connection, path: Path
) -> None:
    red = take(database, path, citing(SECRET, RED))
    clear = take(database, path, replace(citing(SECRET, CLEAR), documents=()))
    take_back(database, path, red.snapshot)
    assert shown(database) == [("", "", CLEAR.id)]
    assert seen(path) == [("", "", SECRET.url)]
    # Words are better than none, whoever comes first.
    take(database, path, citing(PUBLIC, OTHER, number=2))
    assert shown(database) == [("Public title", "Example", OTHER.id)]
    take_back(database, path, clear.snapshot)
    assert shown(database) == [("Public title", "Example", OTHER.id)]


def test_undo_of_the_clear_import_gives_the_document_the_words_of_the_red_source_again(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, citing(SECRET, RED))
    before = facts(database)
    clear = take(database, path, citing(PUBLIC, CLEAR))
    take_back(database, path, clear.snapshot)
    assert facts(database) == before
    assert shown(database) == [(SECRET.title, SECRET.publisher, RED.id)]


def test_of_two_sources_with_the_same_label_the_first_names_the_document(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, citing(PUBLIC, CLEAR))
    take(database, path, citing(replace(PUBLIC, title="Another title"), OTHER))
    assert shown(database) == [("Public title", "Example", CLEAR.id)]
    # The first to speak stays so when it corrects itself.
    take(database, path, citing(replace(PUBLIC, title="Corrected"), CLEAR, note=2))
    assert shown(database) == [("Corrected", "Example", CLEAR.id)]


def test_a_corrected_or_regraded_document_arrives_and_its_former_words_come_back_with_the_undo(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, citing(PUBLIC, CLEAR))
    before = facts(database)
    corrected = replace(PUBLIC, title="Corrected", credibility=5, rests_on="someone else")
    applied = take(database, path, citing(corrected, CLEAR))
    assert (applied.snapshot, applied.changed, applied.unchanged) == (2, 0, 1)
    assert rows(database, "SELECT title, credibility, rests_on, from_snapshot FROM document") == [
        ("Corrected", 5, "someone else", 2)
    ]
    assert rows(database, "SELECT title, from_snapshot, to_snapshot FROM document_words") == [
        ("Public title", 1, 2)
    ]
    take_back(database, path, applied.snapshot)
    assert facts(database) == before


def test_words_that_are_said_again_write_nothing(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, citing(SECRET, RED))
    take(database, path, citing(PUBLIC, CLEAR))
    before = facts(database)
    assert take(database, path, citing(SECRET, RED)).snapshot is None
    assert take(database, path, citing(PUBLIC, CLEAR)).snapshot is None
    assert facts(database) == before


def test_in_a_window_a_record_that_stands_does_not_rename_a_document(
    database: sqlite3.Connection, path: Path
) -> None:
    one = replace(citing(PUBLIC, CLEAR), full=False)
    two = replace(citing(replace(PUBLIC, title="Another"), CLEAR, number=2), full=False)
    take(database, path, one)
    take(database, path, two)
    assert shown(database) == [("Another", "Example", CLEAR.id)]
    assert take(database, path, one).snapshot is None
    assert shown(database) == [("Another", "Example", CLEAR.id)]


@pytest.mark.parametrize("number", [1, 2])
def test_a_source_whose_label_rises_loses_its_say_over_what_is_shown_and_gets_it_back(
    database: sqlite3.Connection, path: Path, number: int
) -> None:
    first, second = citing(PUBLIC, CLEAR), citing(replace(PUBLIC, title="Other"), OTHER, number=2)
    take(database, path, first)
    take(database, path, second)
    before = facts(database)
    rising, standing = ((CLEAR, "Other"), (OTHER, "Public title"))[number - 1]
    with immediate(database, path):
        write_source(database, replace(rising, tlp="RED"))
    assert shown(database)[0][0] == standing
    assert seen(path)[0][0] == standing
    with immediate(database, path):
        write_source(database, rising)
    assert facts(database) == before
