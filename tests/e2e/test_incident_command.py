"""Incidents from the command line: by the contract, below a level, and as a file."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from case_samples import assessment, claim, evidence, hypothesis, opinion, row_id, subject
from command_samples import Said, Shell
from endurance_inputs import new_database
from kept_cases import keep
from stix2validator import ValidationOptions, validate_string

from briefing.core.tlp import Tlp
from briefing.store.migrate import open_knowledge

KEYS = {"id", "name", "claims", "evidence", "hypotheses", "diagnosticity", "warnings", "assessment"}
ROWS = (
    subject(),
    claim("a", accused="Heron"),
    claim("b", accused="Egret", tlp=Tlp.RED, by="Zanzibar", place=1),
    evidence("e1", bears_on=("a",)),
    evidence("e2", bears_on=("a",), tlp=Tlp.AMBER, text="Zanzibar again", place=1),
    hypothesis("h1", {"e1": "I", "e2": "N"}),
    hypothesis("h2", {"e1": "C", "e2": "II"}, place=1),
    assessment("j1", "h2", gaps=("Nobody has seen the machines.",), basis="One origin."),
    opinion("o1", "j1"),
)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A database with one worked incident."""
    path = new_database(tmp_path / "knowledge.db")
    with closing(open_knowledge(path)) as connection:
        keep(connection, path, ROWS)
    return Shell(path)


def told(shell: Shell, *words: str | Path) -> dict[str, Any]:
    said = shell.as_json("incident", *words)
    assert said.code == 0
    return said.json


def test_an_incident_is_told_by_the_contract(shell: Shell) -> None:
    found = told(shell, "raid-2023")
    assert found.keys() >= KEYS
    assert (found["id"], found["slug"]) == (subject().id, "raid-2023")
    assert found["name"] == subject().name
    assert [one["accused"] for one in found["claims"]] == ["Heron", "Egret"]
    by_id = {one["id"]: one for one in found["hypotheses"]}
    first, second = by_id[row_id("hypothesis", "h1")], by_id[row_id("hypothesis", "h2")]
    assert (first["count"], first["weighted"], first["fragile"]) == (1, 1.0, True)
    assert (second["count"], second["weighted"], second["fragile"]) == (2, 2.0, False)
    assert first["text"] == "Answer h1."
    assert found["diagnosticity"] == {row_id("evidence", "e1"): 1.0, row_id("evidence", "e2"): 1.0}
    for one in found["warnings"]:
        assert 1 <= one["rule"] <= 15
        assert set(one["rows"]) <= {row.id for row in ROWS}
    assert {4, 8} <= {one["rule"] for one in found["warnings"]}
    assert found["assessment"]["likelihood"] == "likely"
    assert found["assessment"]["confidence"] == "medium"
    assert found["sources"] == [
        {"id": "local-analyst", "title": "Recorded here", "url": "https://example.org/"}
    ]
    assert len(found["opinions"]) == 1


def test_what_nobody_assessed_is_null(tmp_path: Path) -> None:
    path = new_database(tmp_path / "bare.db")
    with closing(open_knowledge(path)) as connection:
        keep(connection, path, [subject(), claim("a")])
    found = told(Shell(path), "raid-2023")
    assert found["assessment"] is None
    assert (found["hypotheses"], found["diagnosticity"]) == ([], {})
    text = Shell(path)("incident", "raid-2023").out
    assert "Nobody has assessed it." in text
    assert "No evidence is recorded." in text


def test_a_level_hides_what_is_above_it(shell: Shell) -> None:
    found = told(shell, "raid-2023", "--tlp", "GREEN")
    assert "Zanzibar" not in json.dumps(found)
    assert (len(found["claims"]), len(found["evidence"]), found["withheld"]) == (1, 1, 2)
    text = shell("incident", "raid-2023", "--tlp", "green").out
    assert "Zanzibar" not in text
    assert "2 rows above this level left out." in text


def test_for_a_person_it_is_said_in_lines_and_never_mixes_the_two_estimates(shell: Shell) -> None:
    said = shell("incident", "raid-2023")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "Raid on the harbour, September 2023 (TLP:RED, began 2023-09-10)"
    assert any(line.startswith("  A  Harbour Gazette says on 2023-09-20") for line in lines)
    assert any(
        "Answer h1. (1, weighted 1.00; least refuted, by one origin only)" in line for line in lines
    )
    assert "  Likelihood: likely (55–80 %)." in lines
    assert "  Confidence: medium. One origin." in lines
    assert "  Not known: Nobody has seen the machines." in lines
    assert not any("ikelihood" in line and "onfidence" in line for line in lines)


def test_without_an_id_the_worked_incidents_are_listed(shell: Shell, tmp_path: Path) -> None:
    found = told(shell)
    assert [one["slug"] for one in found["incidents"]] == ["raid-2023"]
    assert found["incidents"][0]["evidence"] == 2
    assert "raid-2023  Raid on the harbour" in shell("incident").out
    none = Shell(new_database(tmp_path / "none.db"))
    assert told(none) == {"incidents": []}
    assert "No incident has been worked through" in none("incident").out


def test_what_is_not_there_is_told_with_what_is_near(shell: Shell) -> None:
    said = shell("incident", "raid-2032", "--json")
    assert (said.code, said.out) == (1, "")
    assert "There is no incident “raid-2032” in this database. Near:" in said.err
    assert "raid-2023" in said.err


def test_a_wrong_call_is_told(shell: Shell, tmp_path: Path) -> None:
    assert shell("incident", "--stix", tmp_path / "x.json").code == 2
    assert shell("incident", "raid-2023", "--tlp", "PURPLE").code == 2


def written(shell: Shell, target: Path, *words: str) -> Said:
    return shell("incident", "raid-2023", "--stix", target, *words)


def test_a_file_is_for_everybody_unless_a_level_is_said(shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "raid.json"
    said = written(shell, target)
    assert (said.code, said.err) == (0, "")
    assert "Zanzibar" not in target.read_text(encoding="utf-8")
    assert "2 rows above the audience’s level left out." in said.out
    options = ValidationOptions(version="2.1", strict=True, disabled=["103", "302"])
    assert validate_string(target.read_text(encoding="utf-8"), options).is_valid
    again = written(shell, target, "--tlp", "RED")
    assert again.code == 1
    assert "already" in again.err
    assert "Zanzibar" not in target.read_text(encoding="utf-8")
    said = written(shell, target, "--tlp", "RED", "--replace", "--json")
    assert said.json["rows"] == len(ROWS)
    assert said.json["bytes"] == target.stat().st_size
    assert "Zanzibar" in target.read_text(encoding="utf-8")


def test_a_file_arrives_elsewhere_and_can_be_taken_back(shell: Shell, tmp_path: Path) -> None:
    target = tmp_path / "raid.json"
    written(shell, target, "--tlp", "RED")
    there = Shell(new_database(tmp_path / "there.db"))
    taken = there.as_json("import", target)
    assert taken.code == 0
    (result,) = taken.results
    assert result["quarantined"] == []
    sent, arrived = told(shell, "raid-2023"), told(there, "raid-2023")
    for key in KEYS - {"claims", "evidence", "hypotheses", "assessment"}:
        assert arrived[key] == sent[key]
    assert [one["id"] for one in arrived["claims"]] == [one["id"] for one in sent["claims"]]
    assert there("undo", str(result["snapshot"])).code == 0
    assert told(there) == {"incidents": []}


def test_every_incident_of_the_bundle_is_told_and_written(
    bundled_database: Path, tmp_path: Path
) -> None:
    shell = Shell(Path(shutil.copy(bundled_database, tmp_path / "bundle.db")))
    slugs = [one["slug"] for one in told(shell)["incidents"]]
    assert "mgm-resorts-2023" in slugs
    options = ValidationOptions(version="2.1", strict=True, disabled=["103", "302"])
    for slug in slugs:
        assert told(shell, slug).keys() >= KEYS
        target = tmp_path / f"{slug}.json"
        assert shell("incident", slug, "--stix", target).code == 0
        found = validate_string(target.read_text(encoding="utf-8"), options)
        assert found.is_valid, found.errors
    there = Shell(new_database(tmp_path / "there.db"))
    assert there("import", *(tmp_path / f"{slug}.json" for slug in slugs)).code == 0
    assert {one["slug"] for one in told(there)["incidents"]} == set(slugs)


def test_nothing_of_it_writes_to_the_database(shell: Shell, tmp_path: Path) -> None:
    with closing(sqlite3.connect(shell.database)) as connection:
        before = connection.execute("SELECT count(*), max(id) FROM statement").fetchall()
    shell("incident", "raid-2023")
    written(shell, tmp_path / "raid.json")
    with closing(sqlite3.connect(shell.database)) as connection:
        assert connection.execute("SELECT count(*), max(id) FROM statement").fetchall() == before
