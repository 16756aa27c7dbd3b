"""Statements by their keys: how each is marked, what it rests on, and what several rest on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store_samples import actor, changes, document, native, source, take, targets

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.tlp import Tlp
from briefing.store.ceilings import open_below
from briefing.store.statement_bases import bases_about, read_bases

REPORT = document()


def keys(database: sqlite3.Connection, predicate: str) -> list[int]:
    """Keys of the current statements with a predicate."""
    rows = database.execute(
        "SELECT key FROM statement WHERE predicate = ? AND to_snapshot IS NULL ORDER BY id",
        (predicate,),
    )
    return [key for (key,) in rows]


def cited(kind: str) -> StatementDraft:
    """A statement that cites a report."""
    return StatementDraft(native(1), Predicate.TARGETS_SECTOR, kind, kind, documents=(REPORT.id,))


def test_a_feed_is_itself_what_its_statements_rest_on(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Bear", said=[cited("energy")]), documents=(REPORT,)))
    (key,) = keys(database, "targets-sector")
    one = read_bases(database, [key])[key]
    assert (one.source, one.rests_on) == ("feed-a", ("feed-a",))
    assert one.level is Tlp.CLEAR


def test_a_text_of_ours_rests_on_what_it_cites_and_on_nothing_else(
    database: sqlite3.Connection, path: Path
) -> None:
    own = source("own", kind="own-text")
    said = [cited("energy"), *targets(1, "water")]
    take(database, path, changes(actor(1, "Bear", said=said), of=own, documents=(REPORT,)))
    energy, water = keys(database, "targets-sector")
    found = read_bases(database, [energy, water])
    assert found[energy].rests_on == (REPORT.id,)
    assert found[water].rests_on == ()


def test_a_statement_is_as_guarded_as_itself_or_its_source_whichever_is_higher(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Bear", said=targets(1, "energy"))))
    (key,) = keys(database, "targets-sector")
    with database:
        database.execute("UPDATE source SET tlp = 'AMBER'")
        database.execute("UPDATE statement SET tlp = 'GREEN' WHERE key = ?", (key,))
    one = read_bases(database, [key])[key]
    assert (one.marked, one.of_source, one.level) == (Tlp.GREEN, Tlp.AMBER, Tlp.AMBER)
    with database:
        database.execute("UPDATE statement SET tlp = 'whatever' WHERE key = ?", (key,))
    assert read_bases(database, [key])[key].level is Tlp.RED


def test_what_an_audience_may_not_see_is_not_there(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Bear", said=targets(1, "energy"))))
    (key,) = keys(database, "targets-sector")
    with database:
        database.execute("UPDATE statement SET tlp = 'RED' WHERE key = ?", (key,))
    with closing(open_below(path, Tlp.AMBER)) as seen:
        assert read_bases(seen.connection, [key]) == {}


def test_a_statement_that_no_longer_holds_is_not_there(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Bear", said=targets(1, "energy"))))
    (key,) = keys(database, "targets-sector")
    take(database, path, changes(actor(1, "Bear", note="Nothing more"), version="2"))
    assert read_bases(database, [key]) == {}


def test_subjects_come_with_the_document_of_each_statement_else_its_source(
    database: sqlite3.Connection, path: Path
) -> None:
    said = [cited("energy"), *targets(1, "water")]
    take(database, path, changes(actor(1, "Bear", said=said), documents=(REPORT,)))
    found = bases_about(database, [native(1), native(2)], [Predicate.TARGETS_SECTOR])
    assert list(found) == [native(1)]
    assert found[native(1)].sources == (REPORT.id, "feed-a")
    assert list(found[native(1)].statements) == keys(database, "targets-sector")
    assert found[native(1)].tlp is Tlp.CLEAR
