"""What one import writes: only what differs, as one snapshot, and never over what was there."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from store_samples import (
    actor,
    changes,
    document,
    facts,
    native,
    rows,
    source,
    take,
    targets,
)

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.errors import BriefingError
from briefing.store.apply import Applied, apply_changes
from briefing.store.connection import DatabaseError, immediate

CURRENT = "SELECT predicate, object, value FROM statement WHERE to_snapshot IS NULL ORDER BY id"


def test_a_first_import_writes_its_records_and_statements_as_one_snapshot(
    database: sqlite3.Connection, path: Path
) -> None:
    applied = take(database, path, changes(actor(1, "Fox", said=targets(1, "energy"))))
    assert applied == Applied(
        1, added=1, changed=0, removed=0, unchanged=0, kinds=frozenset({"threat-actor"})
    )
    assert rows(database, CURRENT) == [
        ("named", "", "Fox"),
        ("targets-sector", "energy", "energy"),
    ]
    assert rows(database, "SELECT DISTINCT from_snapshot, to_snapshot FROM statement") == [
        (1, None)
    ]


def test_the_same_import_again_writes_nothing(database: sqlite3.Connection, path: Path) -> None:
    change_set = changes(actor(1, "Fox"), actor(2, "Owl"))
    take(database, path, change_set)
    before = facts(database)
    applied = take(database, path, replace(change_set, version="2", sha256="11" * 32))
    assert applied == Applied(None, added=0, changed=0, removed=0, unchanged=2)
    assert facts(database) == before


def test_a_statement_that_a_record_makes_twice_is_kept_once(
    database: sqlite3.Connection, path: Path
) -> None:
    twice = targets(1, "energy", "energy")
    take(database, path, changes(actor(1, "Fox", said=twice)))
    take(database, path, changes(actor(1, "Fox", said=[*twice, *twice], note="changed")))
    assert rows(database, CURRENT) == [
        ("named", "", "Fox"),
        ("targets-sector", "energy", "energy"),
    ]


def test_a_changed_record_closes_its_row_and_only_the_statements_that_differ(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox", said=targets(1, "energy", "water"))))
    applied = take(
        database, path, changes(actor(1, "Fox", said=targets(1, "energy", "media"), note="new"))
    )
    assert (applied.added, applied.changed, applied.removed) == (0, 1, 0)
    assert rows(
        database, "SELECT value, from_snapshot, to_snapshot FROM statement ORDER BY id"
    ) == [("Fox", 1, None), ("energy", 1, None), ("water", 1, 2), ("media", 2, None)]
    assert rows(database, "SELECT from_snapshot, to_snapshot FROM record ORDER BY id") == [
        (1, 2),
        (2, None),
    ]


def test_a_record_that_left_a_full_feed_is_closed_with_all_it_states(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl")))
    take(database, path, changes(actor(1, "Fox", note="changed"), actor(2, "Owl")))
    applied = take(database, path, changes(actor(2, "Owl")))
    assert applied.removed == 1
    assert rows(database, CURRENT) == [("named", "", "Owl")]
    assert rows(database, "SELECT to_snapshot FROM statement WHERE value = 'Fox'") == [(3,)]


def test_a_record_that_is_absent_from_a_window_stays(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl")))
    applied = take(database, path, changes(actor(3, "Elk"), full=False))
    assert (applied.added, applied.removed) == (1, 0)
    assert rows(database, CURRENT) == [("named", "", name) for name in ("Fox", "Owl", "Elk")]


def test_a_record_that_comes_back_is_added_again(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl")))
    take(database, path, changes(actor(2, "Owl")))
    assert take(database, path, changes(actor(1, "Fox"), actor(2, "Owl"))).added == 1
    assert rows(database, CURRENT) == [("named", "", "Owl"), ("named", "", "Fox")]


def test_sources_do_not_close_each_others_records(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox"), of=source("feed-a")))
    take(database, path, changes(actor(2, "Owl"), of=source("feed-b")))
    assert take(database, path, changes(actor(2, "Owl", n=1), of=source("feed-b"))).removed == 0
    assert rows(database, "SELECT count(*) FROM record WHERE to_snapshot IS NULL") == [(2,)]


def test_two_sources_may_hold_the_same_object(database: sqlite3.Connection, path: Path) -> None:
    for name in ("feed-a", "feed-b"):
        take(database, path, changes(actor(1, f"Fox of {name}"), of=source(name)))
    take(database, path, changes(of=source("feed-b")))
    assert rows(database, CURRENT) == [("named", "", "Fox of feed-a")]


def test_a_statement_carries_the_label_of_its_source_where_it_has_none(
    database: sqlite3.Connection, path: Path
) -> None:
    red = replace(targets(1, "energy")[0], tlp="RED")
    take(database, path, changes(actor(1, "Fox", said=[red]), of=source(tlp="GREEN")))
    assert rows(database, "SELECT tlp FROM statement ORDER BY id") == [("GREEN",), ("RED",)]


def test_a_source_that_raises_its_label_raises_what_it_has_said(
    database: sqlite3.Connection, path: Path
) -> None:
    fox = actor(1, "Fox")
    take(database, path, changes(fox, of=source(tlp="CLEAR")))
    assert take(database, path, changes(fox, of=source(tlp="AMBER"))).changed == 1
    assert rows(database, "SELECT tlp FROM statement WHERE to_snapshot IS NULL") == [("AMBER",)]
    assert rows(database, "SELECT tlp FROM source") == [("AMBER",)]


def test_a_record_read_differently_counts_as_changed_where_statements_are_compared(
    database: sqlite3.Connection, path: Path
) -> None:
    plain, mapped = actor(1, "Fox"), actor(1, "Fox", said=targets(1, "energy"))
    take(database, path, changes(plain))
    assert take(database, path, changes(mapped)).snapshot is None
    with immediate(database, path):
        applied = apply_changes(
            database, changes(mapped), taken_at="", applied_at="", compare_statements=True
        )
    assert applied.changed == 1
    assert rows(database, CURRENT)[1:] == [("targets-sector", "energy", "energy")]


def test_every_citation_stands_in_the_order_in_which_it_was_written(
    database: sqlite3.Connection, path: Path
) -> None:
    cited = [document(f"https://example.org/{place}") for place in range(3)]
    said = StatementDraft(
        native(1), Predicate.HAPPENED, value="A thing", documents=tuple(d.id for d in cited[::-1])
    )
    take(database, path, changes(actor(1, "Fox", said=[said]), documents=cited))
    assert rows(
        database,
        "SELECT d.url FROM citation c JOIN document d ON d.id = c.document ORDER BY c.place",
    ) == [("https://example.org/2",), ("https://example.org/1",), ("https://example.org/0",)]


def test_a_citation_of_a_document_that_was_not_sent_is_refused_whole(
    database: sqlite3.Connection, path: Path
) -> None:
    said = StatementDraft(native(1), Predicate.HAPPENED, value="x", documents=("document--none",))
    with pytest.raises(DatabaseError, match="could not be used"):
        take(database, path, changes(actor(1, "Fox", said=[said])))
    assert facts(database)["record_row"] == []


def test_two_records_with_one_id_are_refused_whole_and_named(
    database: sqlite3.Connection, path: Path
) -> None:
    with pytest.raises(BriefingError, match=f"two records with the id {native(1)}"):
        take(database, path, changes(actor(1, "Fox"), actor(1, "Owl")))
    assert facts(database)["source"] == []


def test_progress_is_told_for_changed_and_removed_records_too(
    database: sqlite3.Connection, path: Path
) -> None:
    ticks: list[tuple[int, int]] = []
    first = [actor(number, f"Actor {number}") for number in range(600)]
    later = [actor(number, f"Actor {number}", note="new") for number in range(300)]
    for records in (first, later):
        with immediate(database, path):
            apply_changes(
                database,
                changes(*records),
                taken_at="",
                applied_at="",
                tick=lambda done, total: ticks.append((done, total)),
            )
    assert ticks == [(256, 600), (512, 600), (600, 600), (256, 600), (512, 600), (600, 600)]


def test_a_cancel_between_two_records_leaves_everything_as_it_was(
    database: sqlite3.Connection, path: Path
) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise BriefingError("Cancelled.")

    many = changes(*(actor(number, f"Actor {number}") for number in range(300)))
    with pytest.raises(BriefingError), immediate(database, path):
        apply_changes(database, many, taken_at="", applied_at="", tick=cancel)
    assert not database.in_transaction
    assert not any(facts(database).values())
