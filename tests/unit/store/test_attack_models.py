"""Techniques, software and mitigations as read models, from MISP's copy and from ATT&CK itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import orjson
import pytest
from shared_data import needs_shared_data
from shared_data import read as read_file
from stix_samples import attack, bundle, context, matrix, read_bytes, ref, relation, thing
from store_samples import changes, rows, source, take

from briefing.core.changes import ChangeSet, Predicate, RecordDraft, StatementDraft
from briefing.feeds.payload import Payload
from briefing.feeds.stix import parse_stix
from briefing.services.vocabulary_labels import vocabulary_labels
from briefing.store.labels import write_labels

MISP = source("mitre-attack")
DOMAINS = {"x_mitre_domains": ["enterprise-attack"]}


def release(*objects: dict[str, Any]) -> ChangeSet:
    """A whole release of the enterprise domain."""
    return read_bytes(bundle(matrix(), *objects))


def technique(number: int = 1, code: str = "T1999", **fields: Any) -> dict[str, Any]:
    return attack("attack-pattern", number, code, **{"name": "Fox trot", **DOMAINS, **fields})


def via_misp(native: str, code: str, *uses: str, **fields: Any) -> RecordDraft:
    """An object of ATT&CK as MISP carries it."""
    kind = native.partition("--")[0]
    value = {"value": f"Old - {code}", "meta": {"external_id": code}, **fields}
    said = [StatementDraft(native, Predicate.NAMED, value="Old")]
    said += [StatementDraft(native, Predicate.USES_TECHNIQUE, object=used) for used in uses]
    return RecordDraft.of(native, kind, value, said)


def techniques(database: sqlite3.Connection, columns: str) -> list[tuple[Any, ...]]:
    return rows(database, f"SELECT {columns} FROM technique ORDER BY id")  # noqa: S608 - our own


def test_a_technique_of_attack_itself_wins_over_misps_copy(
    database: sqlite3.Connection, path: Path
) -> None:
    old = via_misp(ref("attack-pattern"), "T1000", revoked=True)
    only_misp = via_misp(ref("attack-pattern", 2), "T1002")
    take(database, path, changes(old, only_misp, of=MISP))
    assert techniques(database, "name, attack_id, revoked") == [
        *(("Old", "T1000", 1), ("Old", "T1002", 0))
    ]
    take(database, path, release(technique()))
    assert techniques(database, "name, attack_id, revoked") == [
        *(("Fox trot", "T1999", 0), ("Old", "T1002", 0))
    ]


@pytest.mark.parametrize("field", ["revoked", "x_mitre_deprecated"])
def test_what_the_winner_has_withdrawn_is_withdrawn(
    field: str, database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(via_misp(ref("attack-pattern"), "T1999"), of=MISP))
    den = attack("malware", 1, "S9999", name="Den", **{field: True})
    take(database, path, release(technique(**{field: True}), den))
    assert techniques(database, "name, revoked") == [("Fox trot", 1)]
    assert rows(database, "SELECT name, revoked FROM software") == [("Den", 1)]


def test_a_technique_has_its_tactics_stages_platforms_parent_and_page(
    database: sqlite3.Connection, path: Path
) -> None:
    write_labels(database, vocabulary_labels(context().vocabulary))
    database.commit()
    phases = [
        {"kill_chain_name": "mitre-attack", "phase_name": "initial-access"},
        {"kill_chain_name": "acme", "phase_name": "impact"},
    ]
    fields = {"kill_chain_phases": phases, "x_mitre_platforms": ["Windows", "Linux"]}
    take(database, path, release(technique(code="T1999.001", **fields)))
    assert techniques(database, "parent, tactics, stages <> '', platforms, url") == [
        ("T1999", "initial-access", 1, "Windows,Linux", "https://attack.mitre.org/T1999.001")
    ]


def detecting() -> list[dict[str, Any]]:
    """Release 18's way: a strategy detects, its analytic refers to components."""
    log = [{"x_mitre_data_component_ref": ref("x-mitre-data-component", n)} for n in (1, 2, 3, 9)]
    component = "x-mitre-data-component"
    return [
        attack("x-mitre-data-source", 1, name="Process"),
        attack(component, 1, name="Start", x_mitre_data_source_ref=ref("x-mitre-data-source")),
        attack(component, 2, name="Network Flow"),
        attack(component, 3, name="Gone", x_mitre_deprecated=True),
        attack("x-mitre-analytic", 1, x_mitre_log_source_references=[*log, *log, "x", {}]),
        attack(
            "x-mitre-detection-strategy",
            x_mitre_analytic_refs=[ref("x-mitre-analytic"), ref("x-mitre-analytic", 7), 5],
        ),
    ]


def detects(kind: str, **fields: Any) -> dict[str, Any]:
    return attack(
        "relationship",
        99,
        relationship_type="detects",
        source_ref=ref(kind),
        target_ref=ref("attack-pattern"),
        **fields,
    )


@pytest.mark.parametrize(
    ("relationship", "names"),
    [
        (detects("x-mitre-detection-strategy"), ["Network Flow", "Process: Start"]),
        (detects("x-mitre-data-component"), ["Process: Start"]),
        (detects("x-mitre-data-component", revoked=True), []),
        (detects("x-mitre-data-source"), []),
        (detects("malware"), []),
    ],
)
def test_a_technique_shows_in_the_data_components_that_detect_it(
    relationship: dict[str, Any],
    names: list[str],
    database: sqlite3.Connection,
    path: Path,
) -> None:
    take(database, path, release(technique(), *detecting(), relationship))
    ((found,),) = techniques(database, "detections")
    assert orjson.loads(found) == names


def test_data_sources_that_the_technique_itself_lists_count_first(
    database: sqlite3.Connection, path: Path
) -> None:
    listed = technique(x_mitre_data_sources=["File: File Creation"])
    take(database, path, release(listed, *detecting(), detects("x-mitre-data-component")))
    assert techniques(database, "detections") == [('["File: File Creation"]',)]


def test_what_somebody_else_says_to_detect_a_technique_is_not_attacks(
    database: sqlite3.Connection, path: Path
) -> None:
    foreign = [thing("x-mitre-data-component", name="Ours"), detects("x-mitre-data-component")]
    take(database, path, read_bytes(bundle(*foreign), "ours.json"))
    take(database, path, release(technique()))
    assert techniques(database, "detections") == [("[]",)]


def group(number: int) -> dict[str, Any]:
    name = f"Fox {number}"
    return attack("intrusion-set", number, f"G000{number}", name=name, **DOMAINS)


def uses(number: int, one: str, other: str) -> dict[str, Any]:
    made = relation("uses", one, other, number)
    return {**made, "created_by_ref": group(1)["created_by_ref"]}


def test_groups_are_counted_that_attack_says_to_use_a_technique_each_once(
    database: sqlite3.Connection, path: Path
) -> None:
    one, two, den = ref("intrusion-set", 1), ref("intrusion-set", 2), ref("malware")
    objects = [group(1), group(2), technique(), attack("malware", 1, "S1", name="Den")]
    said = [
        uses(1, one, ref("attack-pattern")),
        uses(2, two, ref("attack-pattern")),
        uses(3, one, den),
        uses(4, den, ref("attack-pattern")),
    ]
    take(database, path, release(*objects, *said))
    assert techniques(database, "groups") == [(2,)]
    assert rows(database, "SELECT groups FROM software") == [(1,)]


def test_misps_copy_counts_only_where_attack_itself_holds_nothing(
    database: sqlite3.Connection, path: Path
) -> None:
    both, only_misp = ref("attack-pattern", 1), ref("attack-pattern", 2)
    copy = [
        via_misp(both, "T1999"),
        via_misp(only_misp, "T1002"),
        via_misp(ref("intrusion-set", 1), "G0001", both, only_misp),
        via_misp(ref("intrusion-set", 2), "G0002", both),
    ]
    take(database, path, changes(*copy, of=MISP))
    assert techniques(database, "groups") == [(2,), (1,)]
    take(database, path, release(group(1), group(2), technique(), uses(1, group(1)["id"], both)))
    assert techniques(database, "groups") == [(1,), (1,)]


def test_what_others_say_of_a_group_does_not_count_as_attacks(
    database: sqlite3.Connection, path: Path
) -> None:
    foreign = [
        thing("intrusion-set", 5, name="Ours"),
        relation("uses", ref("intrusion-set", 5), ref("attack-pattern"), 9),
    ]
    take(database, path, read_bytes(bundle(*foreign), "ours.json"))
    take(database, path, release(technique()))
    assert techniques(database, "groups") == [(0,)]


def test_patterns_of_capec_become_neither_techniques_nor_mitigations(
    database: sqlite3.Connection, path: Path
) -> None:
    capec = [
        thing("attack-pattern", 1, name="Pattern", x_capec_version="3.9"),
        thing("course-of-action", 1, name="coa-1", x_capec_version="3.9"),
    ]
    take(database, path, read_bytes(bundle(*capec)))
    assert techniques(database, "id") == []
    assert rows(database, "SELECT id FROM mitigation") == []


@needs_shared_data
def test_release_18_of_the_real_attack_says_how_nearly_every_current_technique_shows(
    database: sqlite3.Connection, path: Path
) -> None:
    for name in ("attack-ics-17.1-stix21.json.gz", "attack-enterprise-18.1-stix20.json.gz"):
        take(database, path, parse_stix(Payload(name, read_file(name)), context()))
    ((current, silent),) = rows(
        database,
        "SELECT count(*), sum(detections = '[]') FROM technique WHERE revoked = 0"
        " AND attack_id LIKE 'T1%'",
    )
    assert (current, silent) == (691, 41)
    # 132 revoked and 12 deprecated in enterprise, 12 deprecated in ICS.
    assert rows(database, "SELECT count(*) FROM technique WHERE revoked = 1") == [(156,)]
