"""Read models made again: nothing differs, and history leaves no trace in them."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import (
    actor,
    changes,
    native,
    read_models,
    rows,
    said_now,
    source,
    take,
    targets,
    whole,
)

from briefing.core.changes import ChangeSet, Predicate, RecordDraft, StatementDraft
from briefing.store.connection import immediate
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild, source_order
from briefing.store.schema import CATALOGUE_MODELS


def made_again(connection: sqlite3.Connection, path: Path) -> None:
    with immediate(connection, path):
        rebuild(connection)


def made_and_stopped(connection: sqlite3.Connection) -> None:
    rebuild(connection)
    raise InterruptedError


def kind(number: int, code: str) -> StatementDraft:
    return StatementDraft(native(number), Predicate.OF_KIND, object=code, value=code)


def test_a_rebuild_of_the_real_database_differs_in_nothing(
    real_copy: sqlite3.Connection, copy_path: Path
) -> None:
    before = read_models(real_copy)
    made_again(real_copy, copy_path)
    after = read_models(real_copy)
    assert {table: len(found) for table, found in before.items()} == {
        table: len(found) for table, found in after.items()
    }
    assert [table for table in before if before[table] != after[table]] == []
    # The bundle brings no feeds: their tables are empty until somebody imports one.
    assert all(before[table] for table in CATALOGUE_MODELS if table != "campaign")


def test_a_rebuild_that_fails_leaves_the_read_models_as_they_were(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox")))
    before = read_models(database)
    with pytest.raises(InterruptedError), immediate(database, path):
        made_and_stopped(database)
    assert read_models(database) == before


def test_an_actor_is_named_by_its_record_of_the_earliest_source_whenever_that_came(
    database: sqlite3.Connection, path: Path
) -> None:
    attack = actor(1, "Fox Group - G0001", kind="intrusion-set", meta={"external_id": "G0001"})
    misp = actor(2, "Fox", meta={"synonyms": ["G0001"]})
    take(database, path, changes(misp, of=source("misp-threat-actor")))
    take(database, path, changes(attack, of=source("mitre-attack")))
    assert rows(database, "SELECT id, name, attack_id FROM actor") == [
        (native(1, "intrusion-set"), "Fox Group", "G0001")
    ]


def test_our_own_profile_names_the_actor_and_says_its_kind_whoever_came_last(
    database: sqlite3.Connection, path: Path
) -> None:
    own = RecordDraft.of(
        native(9),
        "threat-actor",
        {"name": "Red Fox"},
        (StatementDraft(native(9), Predicate.NAMED, value="Fox"), kind(9, "state")),
    )
    take(database, path, changes(own, of=source("threat-briefing", kind="own-text")))
    misp = actor(1, "Fox", said=[kind(1, "criminal")])
    take(database, path, changes(misp, of=source("misp-threat-actor")))
    assert rows(database, "SELECT name, kind, own_profile FROM actor") == [("Red Fox", "state", 1)]


def test_a_stated_sponsor_makes_an_actor_state_linked_where_no_kind_is_stated(
    database: sqlite3.Connection, path: Path
) -> None:
    sponsors = [
        StatementDraft(native(number), Predicate.SPONSORED_BY, object=code, value=code)
        for number, code in ((1, "IR"), (2, "org:nato"))
    ]
    take(
        database,
        path,
        changes(actor(1, "Fox", said=sponsors[:1]), actor(2, "Owl", said=sponsors[1:])),
    )
    assert rows(database, "SELECT name, kind FROM actor ORDER BY name") == [
        ("Fox", "state-linked"),
        ("Owl", ""),
    ]


def test_a_record_whose_main_name_changed_is_found_by_the_new_one_first(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox", "Owl")))
    take(database, path, changes(actor(1, "Owl", "Fox")))
    assert rows(database, "SELECT display, main FROM name") == [("Owl", 1), ("Fox", 0)]
    assert rows(database, "SELECT name FROM actor") == [("Owl",)]


def test_a_name_without_a_letter_is_no_key_and_joins_no_actors(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "\N{FOX FACE}"), of=source("feed-a")))
    take(database, path, changes(actor(2, "\N{OWL}"), of=source("feed-b")))
    assert rows(database, "SELECT count(*) FROM name") == [(0,)]
    assert rows(database, "SELECT name, names FROM actor ORDER BY id") == [
        ("\N{FOX FACE}", 1),
        ("\N{OWL}", 1),
    ]


def test_a_revoked_group_is_no_actor_and_not_counted_as_using_a_technique(
    database: sqlite3.Connection, path: Path
) -> None:
    technique = actor(5, "Phishing - T1566", kind="attack-pattern", meta={"external_id": "T1566"})
    uses = [
        StatementDraft(
            native(number, "intrusion-set"), Predicate.USES_TECHNIQUE, object=technique.native_id
        )
        for number in (1, 2)
    ]
    groups = [
        actor(1, "Fox", kind="intrusion-set", said=uses[:1]),
        actor(2, "Owl", kind="intrusion-set", said=uses[1:], revoked=True),
    ]
    take(database, path, changes(technique, *groups, of=source("mitre-attack")))
    assert rows(database, "SELECT name FROM actor") == [("Fox",)]
    assert rows(database, "SELECT name, attack_id, groups FROM technique") == [
        ("Phishing", "T1566", 1)
    ]


def test_of_two_sources_with_the_same_object_the_earlier_in_order_is_shown(
    database: sqlite3.Connection, path: Path
) -> None:
    for name, title in (("zebra", "Later"), ("mitre-attack", "Phishing")):
        take(database, path, changes(actor(5, title, kind="attack-pattern"), of=source(name)))
    assert rows(database, "SELECT name FROM technique") == [("Phishing",)]
    assert source_order(database) == ("mitre-attack", "zebra")


@pytest.mark.parametrize("record_kind", ["attack-pattern", "malware", "course-of-action"])
@pytest.mark.parametrize(
    "meta",
    [None, [], "text", 3, {"external_id": 7, "refs": 3, "kill_chain": [1, None], "synonyms": {}}],
)
def test_a_field_of_the_wrong_type_counts_as_not_there(
    database: sqlite3.Connection, path: Path, record_kind: str, meta: object
) -> None:
    odd = actor(5, "Odd", kind=record_kind, meta=meta, description={"a": 1}, revoked="no")
    take(database, path, changes(odd, of=source("mitre-attack")))
    assert rows(database, "SELECT display, main FROM name") == [("Odd", 1)]


def test_a_record_without_any_name_is_shown_by_its_id(
    database: sqlite3.Connection, path: Path
) -> None:
    nameless = RecordDraft.of(native(1), "threat-actor", {"value": " "})
    take(database, path, changes(nameless))
    assert rows(database, "SELECT name FROM actor") == [(native(1),)]


@st.composite
def versions(draw: st.DrawFn) -> ChangeSet:
    made = []
    for number in draw(st.sets(st.integers(1, 5))):
        names = draw(
            st.lists(st.sampled_from(["Fox", "Owl", "Elk", "Ant"]), min_size=1, unique=True)
        )
        kinds = draw(st.lists(st.sampled_from(["state", "criminal"]), max_size=2, unique=True))
        sectors = sorted(draw(st.sets(st.sampled_from(["energy", "media"]))))
        said = [*targets(number, *sectors), *(kind(number, code) for code in kinds)]
        # The content decides: what a record states follows from it.
        content = {"names": names, "kinds": kinds, "sectors": sectors}
        made.append(actor(number, *names, said=said, **content))
    return changes(*made, of=source(draw(st.sampled_from(["misp-threat-actor", "feed-b"]))))


@settings(max_examples=25)
@given(st.lists(versions(), min_size=1, max_size=5))
def test_what_is_shown_depends_on_what_is_said_now_and_not_on_how_it_came(
    history: list[ChangeSet],
) -> None:
    newest = {change_set.source.id: change_set for change_set in history}
    shown = []
    for imports in (history, [newest[name] for name in sorted(newest, reverse=True)]):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "knowledge.db"
            with closing(open_knowledge(path)) as connection:
                connection.execute("PRAGMA synchronous = OFF")
                for change_set in imports:
                    take(connection, path, change_set)
                made_again(connection, path)
                shown.append(said_now(connection))
                assert len(whole(connection, "actor")) == len(shown[-1]["actor"])
    assert shown[0] == shown[1]
