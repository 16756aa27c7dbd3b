"""Pages of techniques, software and mitigations, read from the real catalogue."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from store_samples import rows

from briefing.core.entity import Entity
from briefing.core.errors import NotFoundError
from briefing.store.connection import KnowledgeFile
from briefing.store.entities import open_entity
from briefing.store.labels import read_labels


@pytest.fixture(scope="module")
def real(bundled_database: Path) -> sqlite3.Connection:
    return KnowledgeFile(bundled_database).connection


def page(real: sqlite3.Connection, table: str, attack_id: str) -> Entity:
    """The page of the thing with this ATT&CK id."""
    query = f"SELECT id FROM {table} WHERE attack_id = ?"  # noqa: S608 - our own table
    ((entity,),) = rows(real, query, attack_id)
    return open_entity(real, read_labels(real), entity)


def test_a_technique_says_who_uses_it_what_answers_it_and_how_it_is_seen(
    real: sqlite3.Connection,
) -> None:
    phishing = page(real, "technique", "T1566")
    assert (phishing.kind, phishing.name, phishing.source) == (
        "technique",
        "Phishing",
        "MITRE ATT&CK",
    )
    assert [stage.code for stage in phishing.stages] == ["initial-access"]
    assert phishing.url == "https://attack.mitre.org/techniques/T1566"
    assert phishing.mitigations
    assert phishing.detections
    assert phishing.platforms
    assert phishing.description
    assert 0 < phishing.groups <= len(phishing.actors)
    assert phishing.groups < phishing.groups_total


def test_software_says_who_uses_it_and_which_techniques_it_has(real: sqlite3.Connection) -> None:
    mimikatz = page(real, "software", "S0002")
    assert (mimikatz.kind, mimikatz.name) == ("tool", "Mimikatz")
    assert mimikatz.actors
    assert {ref.kind for ref in mimikatz.related} == {"technique"}


def test_a_mitigation_says_what_it_answers_and_has_no_users(real: sqlite3.Connection) -> None:
    training = page(real, "mitigation", "M1017")
    assert (training.kind, training.groups, training.actors) == ("mitigation", 0, ())
    assert "T1566" in {ref.attack_id for ref in training.related}


@pytest.mark.parametrize("entity", ["", "nothing", "attack-pattern--nothing", "threat-actor--x"])
def test_what_is_not_there_is_a_sentence(real: sqlite3.Connection, entity: str) -> None:
    with pytest.raises(NotFoundError, match="There is no technique, software or mitigation"):
        open_entity(real, read_labels(real), entity)
