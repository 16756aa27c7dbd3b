"""Actor identity on the real catalogues."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from store_samples import rows

from briefing.analysis.identity import BY_RULE, Resolution
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.identity import decide
from briefing.store.read_models import rebuild, resolve_actors

ACTOR_OF = "SELECT m.actor FROM actor_member m JOIN record r ON r.native_id = m.native"


@pytest.fixture(scope="module")
def real(bundled_database: Path) -> sqlite3.Connection:
    """A reader of the real database."""
    return KnowledgeFile(bundled_database).connection


@pytest.fixture
def by_rule(real_copy: sqlite3.Connection) -> Resolution:
    """What the rules alone make of the real records."""
    real_copy.execute("DELETE FROM identity")
    resolution = resolve_actors(real_copy)
    real_copy.rollback()
    return resolution


def group(connection: sqlite3.Connection, attack_id: str) -> str:
    """The native id of ATT&CK's record of a group."""
    (found,) = rows(
        connection,
        "SELECT native_id FROM record WHERE kind = 'intrusion-set' AND to_snapshot IS NULL"
        " AND json_extract(content, '$.meta.external_id') = ?",
        attack_id,
    )
    return str(found[0])


def misp(connection: sqlite3.Connection, name: str) -> str:
    """The native id of MISP's record of an actor."""
    (found,) = rows(
        connection,
        "SELECT native_id FROM record WHERE source = 'misp-threat-actor'"
        " AND json_extract(content, '$.value') = ?",
        name,
    )
    return str(found[0])


def test_misps_oilrig_is_linked_to_g0049_by_the_id_it_states(
    real_copy: sqlite3.Connection, by_rule: Resolution
) -> None:
    theirs, attacks = misp(real_copy, "OilRig"), group(real_copy, "G0049")
    (link,) = [link for link in by_rule.links if link.other == theirs]
    assert (link.one, link.basis, link.decided_by) == (attacks, "attack-id", BY_RULE)
    assert link.reason == "It states the ATT&CK id G0049."


@pytest.mark.parametrize(
    "groups",
    [
        # Lazarus Group, APT38 and Andariel share names, and a chain of names makes them one.
        ("G0032", "G0082", "G0138"),
        ("G0007", "G0016"),
    ],
)
def test_groups_that_a_chain_of_names_would_fuse_are_actors_of_their_own(
    real: sqlite3.Connection, by_rule: Resolution, groups: tuple[str, ...]
) -> None:
    natives = [group(real, attack_id) for attack_id in groups]
    assert len({by_rule.actor_of[native] for native in natives}) == len(groups)
    bundled = {rows(real, f"{ACTOR_OF} WHERE m.native = ?", native)[0] for native in natives}
    assert len(bundled) == len(groups)


def test_no_actor_holds_two_records_of_a_source_by_rule(
    real: sqlite3.Connection, by_rule: Resolution
) -> None:
    source_of = dict(rows(real, "SELECT native_id, source FROM record"))
    held = Counter((actor, source_of[native]) for native, actor in by_rule.actor_of.items())
    assert {pair for pair, count in held.items() if count > 1} == set()


def test_what_the_bundle_joins_beyond_that_a_person_decided(real: sqlite3.Connection) -> None:
    doubled = rows(
        real,
        "SELECT m.actor FROM actor_member m JOIN record r ON r.native_id = m.native"
        " GROUP BY m.actor, r.source HAVING count(*) > 1",
    )
    decided = {
        row[0]
        for row in rows(
            real,
            "SELECT m.actor FROM identity_link l JOIN actor_member m ON m.native = l.one"
            " WHERE l.basis = 'decision'",
        )
    }
    assert {row[0] for row in doubled} <= decided


def test_each_automatic_link_joins_what_matches_nothing_else(by_rule: Resolution) -> None:
    linked = Counter(link.other for link in by_rule.links)
    assert set(linked.values()) == {1}
    waiting = {link.other for link in by_rule.queue}
    assert waiting.isdisjoint(linked)


def test_every_open_question_has_a_reason_a_person_can_read(real: sqlite3.Connection) -> None:
    queue = rows(real, "SELECT one, other, reason FROM identity_queue")
    assert queue
    for one, other, reason in queue:
        assert reason.endswith(".")
        assert len(reason.split()) > 8
        assert "--" not in reason
        actors = rows(real, f"{ACTOR_OF} WHERE m.native IN (?, ?)", one, other)
        assert len(set(actors)) == 2


def test_a_person_may_keep_apart_what_a_rule_links_in_the_real_catalogues(
    real_copy: sqlite3.Connection, copy_path: Path
) -> None:
    theirs, attacks = misp(real_copy, "APT29"), group(real_copy, "G0016")
    ((before,),) = rows(real_copy, f"{ACTOR_OF} WHERE m.native = ?", theirs)
    assert before == attacks
    with immediate(real_copy, copy_path):
        decide(
            real_copy, attacks, theirs, "apart", reason="A test.", decided_by="a", decided_at="now"
        )
        rebuild(real_copy)
    ((after,),) = rows(real_copy, f"{ACTOR_OF} WHERE m.native = ?", theirs)
    assert after == theirs
