"""What known groups are said to use: whose statements count, withdrawn objects, past days."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from dated_imports import take_on
from overlap_samples import (
    BARE,
    MISP,
    PAPER,
    REPORT,
    catalogue,
    feature,
    feature_id,
    group,
    group_id,
    uses,
)
from shared_data import needs_shared_data
from shared_data import read as read_file
from stix_samples import attack, bundle, context, matrix, read_bytes, ref, relation
from store_samples import actor, changes, take

from briefing.core.case import Cited
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.tlp import Tlp
from briefing.feeds.payload import Payload
from briefing.feeds.stix import parse_stix
from briefing.store.actor_features import KnownFeatures, group_page, read_features, read_uses
from briefing.store.ceilings import open_below
from briefing.store.connection import immediate, open_reader
from briefing.store.identity import decide
from briefing.store.read_models import rebuild

FOX, HOUND, TRAP = (
    feature(1, "T1001", "Fox"),
    feature(2, "T1002", "Hound"),
    feature(3, "S0003", "Trap"),
)
FOX_ID, HOUND_ID, TRAP_ID = (feature_id(1, "T1001"), feature_id(2, "T1002"), feature_id(3, "S0003"))


def profiles(known: KnownFeatures) -> dict[str, set[str]]:
    return {one.name: set(one.features) for one in known.groups}


def test_techniques_and_software_of_a_group_are_read_with_their_names(
    database: sqlite3.Connection, path: Path
) -> None:
    bear = group(1, "Bear", uses(1, FOX_ID), uses(1, TRAP_ID))
    take(database, path, catalogue(FOX, HOUND, TRAP, bear))
    known = read_features(database)
    assert profiles(known) == {"Bear": {"T1001", "S0003"}}
    assert [(one.actor, one.attack_id) for one in known.groups] == [(group_id(1), "G0001")]
    assert known.names == {"T1001": "Fox", "T1002": "Hound", "S0003": "Trap"}
    assert (known.as_of, known.begins) == ("2026-01-02", "2026-01-02")


def test_a_group_without_an_attack_id_or_without_features_is_not_known(
    database: sqlite3.Connection, path: Path
) -> None:
    nameless = group(2, "Panda", uses(2, FOX_ID), code="")
    take(database, path, catalogue(FOX, group(1, "Bear"), nameless))
    assert read_features(database).groups == ()


def test_what_software_or_campaigns_use_is_nobodys_profile(
    database: sqlite3.Connection, path: Path
) -> None:
    said = StatementDraft(TRAP_ID, Predicate.USES_TECHNIQUE, FOX_ID)
    trap = feature(3, "S0003")
    trap = type(trap)(trap.native_id, trap.kind, trap.content, (*trap.statements, said))
    take(database, path, catalogue(FOX, trap, group(1, "Bear", uses(1, TRAP_ID))))
    assert profiles(read_features(database)) == {"Bear": {"S0003"}}


def test_what_another_source_states_counts_for_the_actor_it_belongs_to(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, catalogue(FOX, TRAP, group(1, "Bear", uses(1, FOX_ID))))
    other = actor(5, "Ursa")
    said = StatementDraft(other.native_id, Predicate.USES_SOFTWARE, TRAP_ID)
    take(database, path, changes(actor(5, "Ursa", said=[said])))
    assert profiles(read_features(database)) == {"Bear": {"T1001"}}
    with immediate(database, path):
        decide(
            *(database, group_id(1), other.native_id, "same-as"),
            reason="",
            decided_by="me",
            decided_at="2026-01-03T00:00:00+00:00",
        )
        rebuild(database)
    (found,) = read_features(database).groups
    assert found.features == {"T1001", "S0003"}


def test_an_object_without_an_attack_id_is_no_feature(
    database: sqlite3.Connection, path: Path
) -> None:
    capec = feature(9, "CAPEC-1")
    take(database, path, catalogue(FOX, capec, group(1, "Bear", uses(1, capec.native_id))))
    known = read_features(database)
    assert known.groups == ()
    assert set(known.names) == {"T1001"}


def release(*objects: dict[str, object]) -> bytes:
    return bundle(matrix(), *objects)


def enterprise_objects() -> list[dict[str, object]]:
    domains = {"x_mitre_domains": ["enterprise-attack"]}
    return [
        attack("attack-pattern", 1, "T1001", name="Fox", **domains),
        attack("intrusion-set", 1, "G0001", name="Bear", **domains),
    ]


def test_what_misp_carries_counts_only_for_what_attacks_own_files_do_not_hold(
    database: sqlite3.Connection, path: Path
) -> None:
    bear = group(1, "Bear", uses(1, FOX_ID), uses(1, HOUND_ID))
    take(database, path, catalogue(FOX, HOUND, bear))
    take(database, path, read_bytes(release(*enterprise_objects())))
    # ATT&CK holds T1001 and no longer says that Bear uses it; T1002 is MISP's alone.
    assert profiles(read_features(database)) == {"Bear": {"T1002"}}


def test_a_technique_withdrawn_for_another_counts_as_that_one(
    database: sqlite3.Connection, path: Path
) -> None:
    old = feature(
        *(2, "T1002"),
        revoked=True,
        related=["x", {"type": "revoked-by", "dest-uuid": FOX_ID.partition("--")[2]}],
    )
    take(database, path, catalogue(FOX, old, group(1, "Bear", uses(1, HOUND_ID))))
    known = read_features(database)
    assert known.replaced == {"T1002": "T1001"}
    assert profiles(known) == {"Bear": {"T1001"}}
    assert [one.feature for one in read_uses(database, group_id(1), ["T1001"])] == ["T1001"]


def test_replacements_are_followed_as_attack_states_them_and_never_in_a_ring(
    database: sqlite3.Connection, path: Path
) -> None:
    domains = {"x_mitre_domains": ["enterprise-attack"]}
    techniques = [
        attack("attack-pattern", n, f"T100{n}", name=f"No {n}", revoked=n < 5, **domains)
        for n in range(1, 6)
    ]
    for number, (one, other) in enumerate(((1, 2), (2, 5), (3, 4), (4, 3)), start=1):
        pair = (ref("attack-pattern", one), ref("attack-pattern", other))
        techniques.append(
            relation("revoked-by", *pair, number, created_by_ref=techniques[0]["created_by_ref"])
        )
    take(database, path, read_bytes(release(*techniques)))
    assert read_features(database).replaced == {"T1001": "T1005", "T1002": "T1005"}


def test_a_technique_deprecated_for_none_stays_what_it_is(
    database: sqlite3.Connection, path: Path
) -> None:
    old = feature(2, "T1002", "Hound", x_mitre_deprecated=True)
    take(database, path, catalogue(old, group(1, "Bear", uses(1, HOUND_ID))))
    known = read_features(database)
    assert known.replaced == {}
    assert profiles(known) == {"Bear": {"T1002"}}


def test_a_day_of_the_past_gives_what_was_said_then(
    database: sqlite3.Connection, path: Path
) -> None:
    first = catalogue(FOX, HOUND, group(1, "Bear", uses(1, FOX_ID)))
    second = catalogue(
        FOX, HOUND, group(1, "Bear", uses(1, HOUND_ID)), group(2, "Panda", uses(2, FOX_ID))
    )
    take_on(database, path, "2024-01-10", first)
    take_on(database, path, "2025-01-10", second)
    before, then, later, now = (
        read_features(database, day) for day in ("2024-01-09", "2024-06-01", "2025-01-10", "")
    )
    assert (before.groups, before.as_of, before.begins) == ((), "", "2024-01-10")
    assert (profiles(then), then.as_of) == ({"Bear": {"T1001"}}, "2024-01-10")
    assert profiles(later) == {"Bear": {"T1002"}, "Panda": {"T1001"}}
    assert later == now
    assert now.as_of == "2025-01-10"


def test_the_day_of_a_release_counts_and_not_that_of_its_import(
    database: sqlite3.Connection, path: Path
) -> None:
    objects = enterprise_objects()
    pair = (ref("intrusion-set"), ref("attack-pattern"))
    objects.append(relation("uses", *pair, created_by_ref=objects[0]["created_by_ref"]))
    take(database, path, read_bytes(release(*objects)))
    known = read_features(database, "2024-03-01")
    assert profiles(known) == {"Bear": {"T1001"}}
    assert known.as_of == "2024-03-01"
    assert read_features(database, "2024-02-29").groups == ()


def test_an_object_that_no_source_holds_any_more_keeps_its_id_in_the_past(
    database: sqlite3.Connection, path: Path
) -> None:
    take_on(
        *(database, path, "2024-01-10"),
        catalogue(FOX, HOUND, feature(9, "X9"), group(1, "Bear", uses(1, HOUND_ID))),
    )
    take_on(database, path, "2025-01-10", catalogue(FOX, group(1, "Bear", uses(1, FOX_ID))))
    then = read_features(database, "2024-06-01")
    assert profiles(then) == {"Bear": {"T1002"}}
    assert "T1002" not in then.names


def test_a_statement_is_read_with_its_level_source_and_documents(
    database: sqlite3.Connection, path: Path
) -> None:
    said = (
        uses(1, FOX_ID, REPORT.id, BARE.id, tlp="AMBER"),
        uses(1, TRAP_ID),
        uses(1, HOUND_ID, PAPER.id),
    )
    take(database, path, catalogue(FOX, HOUND, TRAP, group(1, "Bear", *said)))
    fox, trap = read_uses(database, group_id(1), ["T1001", "S0003", "T1999"])
    assert (fox.feature, fox.tlp, fox.source) == ("T1001", Tlp.AMBER, MISP.id)
    assert fox.documents == (
        Cited(REPORT.url, "A report", "", "2023-05-01"),
        Cited(BARE.url, "", "", ""),
    )
    assert (trap.feature, trap.tlp, trap.documents) == ("S0003", Tlp.CLEAR, ())
    assert read_uses(database, group_id(1), ["T1001"], "2000-01-01") == ()
    assert read_uses(database, group_id(7), ["T1001"]) == ()


def test_below_a_ceiling_what_is_hidden_is_in_no_profile(
    database: sqlite3.Connection, path: Path
) -> None:
    bear = group(1, "Bear", uses(1, FOX_ID), uses(1, HOUND_ID, tlp="RED"))
    take(database, path, catalogue(FOX, HOUND, bear))
    with closing(open_below(path, Tlp.CLEAR)) as reader:
        assert profiles(read_features(reader.connection)) == {"Bear": {"T1001"}}
        assert read_uses(reader.connection, group_id(1), ["T1002"]) == ()


def test_the_page_of_a_group_is_attacks(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, catalogue(FOX, group(1, "Bear"), group(2, "Panda", code="")))
    assert group_page(database, group_id(1)) == "https://attack.mitre.org/groups/G0001"
    assert group_page(database, group_id(2)) == ""
    assert group_page(database, "nobody") == ""


def test_the_bundle_alone_can_be_compared_with(bundled_database: Path) -> None:
    with closing(open_reader(bundled_database)) as connection:
        known = read_features(connection)
        assert len(known.groups) > 150
        assert sum(len(one.features) for one in known.groups) > 4000
        assert known.replaced["T1086"] == "T1059.001"
        assert known.as_of == known.begins != ""
        bear = next(one for one in known.groups if one.attack_id == "G0007")
        assert {"T1059.001", "S0002"} <= bear.features
        assert group_page(connection, bear.actor).startswith("https://attack.mitre.org/groups/")


@needs_shared_data
@pytest.mark.parametrize(("release", "groups"), [("17.1", 166), ("18.1", 172)])
def test_each_group_of_attacks_own_file_is_known(
    database: sqlite3.Connection, path: Path, release: str, groups: int
) -> None:
    name = f"attack-enterprise-{release}-stix20.json.gz"
    take(database, path, parse_stix(Payload(name, read_file(name)), context()))
    assert len(read_features(database).groups) == groups
