"""A plan in words: names instead of ids, and the fields in which a record differs."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

from store_samples import actor, changes, document, facts, native, source, take, targets

from briefing.core.changes import (
    ChangeSet,
    Predicate,
    Quarantined,
    RecordDraft,
    StatementDraft,
)
from briefing.core.preview import FieldChange, Preview
from briefing.store.planning import plan_changes
from briefing.store.previewing import describe_plan


def preview(connection: sqlite3.Connection, change_set: ChangeSet) -> Preview:
    return describe_plan(connection, change_set, plan_changes(connection, change_set), "feed.json")


def names(shown: Preview) -> list[tuple[str, str]]:
    return [(item.action, item.name) for item in shown.items]


def uses(number: int, one: str, other: str, **fields: Any) -> RecordDraft:
    ends = {"relationship_type": "uses", "source_ref": one, "target_ref": other}
    return RecordDraft.of(f"relationship--{number}", "relationship", {**ends, **fields})


def named_only(number: int, title: str) -> RecordDraft:
    """A record whose content has no field for a name; only its statement gives one."""
    subject = f"advisory--{number}"
    said = StatementDraft(subject, Predicate.NAMED, value=title)
    return RecordDraft.of(subject, "advisory", {"document": {"number": number}}, [said])


def fields_of(
    database: sqlite3.Connection, path: Path, before: dict[str, Any], after: dict[str, Any]
) -> list[FieldChange]:
    take(database, path, changes(actor(1, "Fox", **before)))
    (item,) = preview(database, changes(actor(1, "Fox", **after))).items
    assert (item.action, item.name) == ("changed", "Fox")
    return list(item.fields)


def test_every_object_that_is_touched_is_named_relations_last(
    database: sqlite3.Connection, path: Path
) -> None:
    old = uses(2, native(1), native(3))
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl"), actor(3, "Elk"), old))
    new = uses(1, native(1), native(4))
    shown = preview(database, changes(actor(1, "Fox", n=1), actor(3, "Elk"), actor(4, "Bat"), new))
    assert names(shown) == [
        ("added", "Bat"),
        ("added", "Fox uses Bat"),
        ("changed", "Fox"),
        ("removed", "Owl"),
        ("removed", "Fox uses Elk"),
    ]
    assert shown.unchanged == 1


def test_a_preview_writes_nothing(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox")))
    before = facts(database)
    preview(database, changes(actor(2, "Owl")))
    assert facts(database) == before


def test_a_document_that_is_named_anew_is_counted_though_no_record_differs(
    database: sqlite3.Connection, path: Path
) -> None:
    fox = actor(1, "Fox")
    take(database, path, changes(fox, documents=[document(title="First")]))
    assert preview(database, changes(fox, documents=[document(title="First")])).empty
    shown = preview(database, changes(fox, documents=[document(title="Corrected")]))
    assert (shown.documents, shown.items, shown.empty) == (1, (), False)


def test_an_end_that_nobody_knows_keeps_its_id_and_one_of_a_wrong_type_is_something(
    database: sqlite3.Connection,
) -> None:
    odd = RecordDraft.of("relationship--2", "relationship", {"source_ref": 7, "target_ref": "x--1"})
    shown = preview(database, changes(actor(1, "Fox"), uses(1, native(1), "malware--gone"), odd))
    assert names(shown)[1:] == [
        ("added", "Fox uses malware--gone"),
        ("added", "something is related to x--1"),
    ]


def test_an_end_that_another_source_brought_has_its_name(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(2, "Owl"), of=source("feed-b")))
    shown = preview(database, changes(uses(1, native(2), native(2))))
    assert names(shown) == [("added", "Owl uses Owl")]


def test_a_record_without_a_field_for_its_name_has_the_one_it_states(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(named_only(1, "Pumps stop"), named_only(2, "Valves open")))
    nameless = RecordDraft.of("advisory--3", "advisory", {})
    shown = preview(database, changes(named_only(1, "Pumps stop again"), nameless))
    assert ("removed", "Valves open") in names(shown)
    assert ("added", "advisory--3") in names(shown)


def test_fields_that_differ_are_shown_with_both_values(
    database: sqlite3.Connection, path: Path
) -> None:
    found = fields_of(database, path, {"a": "old", "b": 1, "same": True}, {"a": "new", "c": 2.5})
    assert found == [
        FieldChange("a", "old", "new"),
        FieldChange("b", "1", ""),
        FieldChange("c", "", "2.5"),
        FieldChange("same", "true", ""),
    ]


def test_a_field_within_a_field_is_named_with_both(
    database: sqlite3.Connection, path: Path
) -> None:
    before, after = {"meta": {"x": {"y": 1}, "z": 0}}, {"meta": {"x": {"y": 2}, "z": 0}}
    assert fields_of(database, path, before, after) == [FieldChange("meta · x · y", "1", "2")]


def test_of_lists_only_what_came_and_what_is_gone_is_shown(
    database: sqlite3.Connection, path: Path
) -> None:
    (found,) = fields_of(
        database, path, {"aka": ["A", "B", {"n": 1}]}, {"aka": ["B", "C", "D", {"n": 1}]}
    )
    assert (found.before, found.after) == ("A", "C; D")
    assert (found.gone, found.came) == (1, 2)


def test_a_list_in_another_order_is_shown_whole(database: sqlite3.Connection, path: Path) -> None:
    (found,) = fields_of(database, path, {"aka": ["A", "B"]}, {"aka": ["B", "A"]})
    assert (found.before, found.after) == ("A; B", "B; A")


def test_long_lists_are_compared_in_no_time(database: sqlite3.Connection, path: Path) -> None:
    old = [{"object": f"malware--{number}"} for number in range(20_000)]
    new = [*old[1:], {"object": "malware--new"}]
    (found,) = fields_of(database, path, {"all": old}, {"all": new})
    assert (found.before, found.after) == ('{"object":"malware--0"}', '{"object":"malware--new"}')


def test_of_long_texts_the_part_that_differs_is_shown(
    database: sqlite3.Connection, path: Path
) -> None:
    (found,) = fields_of(
        database, path, {"text": "x" * 500 + "old end"}, {"text": "x" * 500 + "new end"}
    )
    assert found.before.startswith("…x")
    assert found.before.endswith("xold end")
    assert found.after.endswith("xnew end")
    assert len(found.before) < 170


def test_a_name_without_end_is_cut(database: sqlite3.Connection) -> None:
    shown = preview(database, changes(actor(1, "F" * 900)))
    assert len(shown.items[0].name) <= 160
    assert shown.items[0].name.endswith("…")


def test_what_a_person_has_to_know_of_the_source_is_told(
    database: sqlite3.Connection, path: Path
) -> None:
    bad = (Quarantined(native(9), "It is bad."),)
    first = replace(changes(actor(1, "Fox", said=targets(1, "energy"))), quarantined=bad)
    shown = preview(database, first)
    assert (shown.new_source, shown.quarantined, shown.file) == (True, bad, "feed.json")
    take(database, path, replace(first, edition="2025-10"))
    older = preview(database, replace(changes(actor(1, "Fox", n=1)), edition="2025-04"))
    assert (older.new_source, older.held_edition) == (False, "2025-10")
    assert older.held == {"threat-actor": 1}
