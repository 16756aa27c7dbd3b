"""Actions as they come out of the database: the bundled ones, a ceiling, and what actors use."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from guidance_samples import ACTIONS
from store_samples import actor, native, rows, source, take

from briefing.core.changes import ChangeSet, Predicate, RecordDraft, StatementDraft
from briefing.core.guidance import Action
from briefing.core.tlp import Tlp
from briefing.feeds.guidance import action_changes, action_id, parse_actions
from briefing.paths import data_folder
from briefing.store.actors import OWN
from briefing.store.ceilings import open_below
from briefing.store.connection import KnowledgeFile
from briefing.store.guidance import action_sources, read_actions, techniques_used
from briefing.store.labels import read_labels

FILE = "actions.toml"


@pytest.fixture(scope="module")
def real(bundled_database: Path) -> sqlite3.Connection:
    return KnowledgeFile(bundled_database).connection


@pytest.fixture(scope="module")
def bundled(real: sqlite3.Connection) -> tuple[Action, ...]:
    return read_actions(real, read_labels(real))


def written(tlp: str = "CLEAR", text: str = ACTIONS) -> ChangeSet:
    return action_changes(parse_actions(text.encode(), FILE), source(OWN, tlp=tlp))


def test_what_was_written_is_what_is_read_from_the_bundle(bundled: tuple[Action, ...]) -> None:
    actions = parse_actions((data_folder() / "guidance" / FILE).read_bytes(), FILE)
    assert [action.id for action in bundled] == [action_id(one.id) for one in actions]
    for read, one in zip(bundled, actions, strict=True):
        assert (read.do, read.why, read.first_step) == (one.do, one.why, one.first_step)
        assert (read.who, read.cost, read.cost_why) == (one.who, one.cost, one.cost_why)
        assert tuple(stage.code for stage in read.stages) == one.stages
        assert tuple(mitigation.attack_id for mitigation in read.mitigations) == one.mitigations
        assert tuple(technique.code for technique in read.techniques) == one.techniques
        assert read.helps == one.helps
        assert len(read.basis.sources) == len(one.sources)
        assert read.basis.tlp is Tlp.CLEAR


def test_every_bundled_action_names_documents_that_can_be_read_somewhere(
    real: sqlite3.Connection, bundled: tuple[Action, ...]
) -> None:
    entries = {entry.key: entry for entry in action_sources(real, bundled)}
    for action in bundled:
        assert action.basis.sources
        for key in action.basis.sources:
            assert entries[key].title
            assert entries[key].publisher
            assert entries[key].url.startswith("https://")
            assert not entries[key].catalogue
    assert sum(entry.statements for entry in entries.values()) == sum(
        len(action.basis.sources) for action in bundled
    )


def test_every_code_of_a_bundled_action_is_known_to_the_bundle(
    real: sqlite3.Connection, bundled: tuple[Action, ...]
) -> None:
    known = dict(
        rows(real, "SELECT attack_id, name FROM mitigation WHERE attack_id GLOB 'M*'")
    ) | dict(rows(real, "SELECT attack_id, name FROM technique WHERE revoked = 0"))
    for action in bundled:
        for mitigation in action.mitigations:
            assert known[mitigation.attack_id] == mitigation.name
        for technique in action.techniques:
            assert known[technique.code] == technique.label
        for stage in action.stages:
            assert stage.label != stage.code


def test_a_bundled_action_names_only_techniques_that_one_of_its_mitigations_covers(
    real: sqlite3.Connection, bundled: tuple[Action, ...]
) -> None:
    covered = set(
        rows(
            real,
            "SELECT m.attack_id, t.attack_id FROM statement s JOIN technique t ON t.id = s.subject"
            " JOIN mitigation m ON m.id = s.object WHERE s.predicate = 'mitigated-by'"
            " AND s.to_snapshot IS NULL",
        )
    )
    for action in bundled:
        mitigations = [mitigation.attack_id for mitigation in action.mitigations]
        for technique in action.techniques:
            assert any((one, technique.code) in covered for one in mitigations), technique
        for one in mitigations:
            assert any((one, technique.code) in covered for technique in action.techniques), one


def test_a_stage_that_a_bundled_action_breaks_holds_one_of_its_techniques(
    real: sqlite3.Connection, bundled: tuple[Action, ...]
) -> None:
    stages = dict(rows(real, "SELECT attack_id, stages FROM technique WHERE revoked = 0"))
    for action in bundled:
        held = {one for t in action.techniques for one in stages[t.code].split(",")}
        assert {stage.code for stage in action.stages} <= held, action.do


def test_bundled_actions_are_nobodys_profile_and_stand_in_no_actor(
    real: sqlite3.Connection, bundled: tuple[Action, ...]
) -> None:
    members = {native for (native,) in rows(real, "SELECT native FROM actor_member")}
    assert members.isdisjoint(action.id for action in bundled)
    advised = rows(real, "SELECT count(*) FROM statement WHERE predicate = 'advised'")
    assert advised[0][0] > len(bundled)


def test_an_action_above_the_ceiling_is_not_there(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, written("AMBER"))
    for ceiling, number in ((Tlp.GREEN, 0), (Tlp.AMBER, 2)):
        reader = open_below(path, ceiling)
        with closing(reader):
            found = read_actions(reader.connection, read_labels(reader.connection))
            assert [action.basis.tlp for action in found] == [Tlp.AMBER] * number


def test_what_was_changed_is_read_as_it_is_now_in_the_order_of_now(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, written())
    head, first, second = ACTIONS.replace("Foxes", "Owls").split("[[action]]")
    take(database, path, written(text=f"{head}[[action]]{second}[[action]]{first}"))
    found = read_actions(database, read_labels(database))
    assert [action.do for action in found] == ["Ask the provider", "Lock the door"]
    assert found[1].why == "Doors stand open. Owls come in."


def test_a_code_that_the_database_does_not_hold_stands_as_it_is(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, written())
    found = read_actions(database, read_labels(database))
    assert found[0].techniques[0].label == "T1078"
    assert found[0].mitigations[0].name == "M1032"


def test_a_database_without_actions_gives_none(database: sqlite3.Connection) -> None:
    assert read_actions(database, read_labels(database)) == ()
    assert action_sources(database, ()) == ()


def test_what_an_actor_uses_counts_once_whoever_says_so(
    database: sqlite3.Connection, path: Path
) -> None:
    pattern = "attack-pattern--00000000-0000-4000-8000-000000000001"
    technique = RecordDraft.of(
        pattern,
        "attack-pattern",
        {
            "name": "Valid Accounts",
            "external_references": [{"source_name": "mitre-attack", "external_id": "T1078"}],
        },
        [StatementDraft(pattern, Predicate.NAMED, value="Valid Accounts")],
    )
    uses = [
        StatementDraft(native(1), Predicate.USES_TECHNIQUE, object=pattern, value=word)
        for word in ("uses", "has used")
    ]
    fox = actor(1, "Fox", said=uses)
    owl = actor(2, "Owl")
    change_set = ChangeSet(source(), "1", "00" * 32, True, (technique, fox, owl))
    take(database, path, change_set)
    found = techniques_used(database, [native(2), native(1), "threat-actor--nobody"])
    assert found == (frozenset(), frozenset({"T1078"}), frozenset())
    without = actor(1, "Fox", revised=True)
    take(database, path, replace(change_set, records=(technique, without, owl)))
    assert techniques_used(database, [native(1)]) == (frozenset(),)


def test_what_the_bundled_actors_use_is_what_their_profiles_list(real: sqlite3.Connection) -> None:
    busiest = rows(real, "SELECT id, techniques FROM actor ORDER BY techniques DESC LIMIT 5")
    found = techniques_used(real, [key for key, _ in busiest])
    sys.stdout.write(f"\n{[len(some) for some in found]}\n")
    assert all(len(some) > 40 for some in found)
