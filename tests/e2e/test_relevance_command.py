"""Three clients asked about from the command line, over the bundle alone and with EuRepoC."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command_samples import Said, Shell
from shared_data import FOLDER, needs_shared_data

from briefing import cli

CLIENTS = {
    "dental": 'name = "Dental group"\nsectors = ["healthcare"]\ncountries = ["US"]\n'
    'technology = ["microsoft:exchange_server", "nobody:nothing"]\n',
    "law": 'name = "Law firm"\nsectors = ["professional-services"]\ncountries = ["DE"]\n'
    'customer_sectors = ["government"]\n',
    "msp": 'name = "Provider"\nsectors = ["technology"]\ncountries = ["AU"]\nuses_msp = true\n',
}
KEYS = {"client", "basis", "data_as_of", "actors", "supply_chain", "technology"}


@pytest.fixture(scope="module")
def with_incidents(bundled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle with EuRepoC and CISA's list, where they are beside the repository."""
    path = Path(shutil.copy(bundled_database, tmp_path_factory.mktemp("asked") / "knowledge.db"))
    if FOLDER.is_dir():
        kev = FOLDER / "kev" / "known_exploited_vulnerabilities.json"
        assert Shell(path)("import", FOLDER / "eurepoc", kev).code == 0
    return path


def asked(path: Path, folder: Path, client: str, *words: str) -> Said:
    file = folder / f"{client}.toml"
    file.write_text(CLIENTS[client], encoding="utf-8")
    return Shell(path).as_json("relevance", "--client", file, *words)


def answer(path: Path, folder: Path, client: str, *words: str) -> dict[str, Any]:
    said = asked(path, folder, client, *words)
    assert said.code == 0
    return said.json


@pytest.mark.parametrize("client", CLIENTS)
def test_each_of_ten_actors_is_explained_by_points_that_add_up_and_sources_that_open(
    bundled_database: Path, tmp_path: Path, client: str
) -> None:
    found = answer(bundled_database, tmp_path, client)
    assert set(found) >= KEYS
    assert found["basis"] == "incident history"
    assert len(found["actors"]) == 10
    sources = {one["id"] for one in found["sources"]}
    for one in found["actors"]:
        assert one["score"] == round(sum(reason["points"] for reason in one["reasons"]), 2) > 0
        for reason in one["reasons"]:
            assert reason["text"].endswith(".")
            assert reason["sources"]
            assert set(reason["sources"]) <= sources
    order = [(-one["score"], one["name"].casefold()) for one in found["actors"]]
    assert order == sorted(order)


@needs_shared_data
def test_the_lists_differ_where_the_clients_do(with_incidents: Path, tmp_path: Path) -> None:
    lists = {
        client: [one["name"] for one in answer(with_incidents, tmp_path, client)["actors"]]
        for client in CLIENTS
    }
    assert len({tuple(names) for names in lists.values()}) == 3
    assert all(
        len(set(lists[one]) - set(lists[other])) >= 4
        for one in lists
        for other in lists
        if one != other
    )


@needs_shared_data
def test_eurepoc_is_counted_beside_our_own_history_and_no_event_twice(
    bundled_database: Path, with_incidents: Path, tmp_path: Path
) -> None:
    alone = answer(bundled_database, tmp_path, "dental")
    both = answer(with_incidents, tmp_path, "dental")
    assert both["incidents"] > alone["incidents"] > 200
    with closing(sqlite3.connect(with_incidents)) as connection:
        (laid,) = connection.execute(
            "SELECT count(DISTINCT i.id) FROM incident i JOIN claim c ON c.incident = i.id"
            " WHERE i.started <> '' AND c.actor <> '' AND c.kind = 'attribution'"
        ).fetchone()
    # Looked at one by one when this was written: twelve events are told by both.
    assert 10 <= laid - both["incidents"] <= 20


@needs_shared_data
def test_what_a_client_runs_is_listed_with_due_dates_and_what_is_unknown_is_named(
    with_incidents: Path, tmp_path: Path
) -> None:
    found = answer(with_incidents, tmp_path, "dental")
    assert found["unmatched"] == ["nobody:nothing"]
    assert 0 < len(found["technology"]) <= found["technology_of"]
    for one in found["technology"]:
        assert one["id"].startswith("CVE-")
        assert one["technology"] == "microsoft:exchange_server"
        assert one["due"]
        assert one["listed"]
        assert one["sources"] == ["cisa-kev"]


def test_a_provider_is_told_of_actors_that_come_in_through_providers(
    bundled_database: Path, tmp_path: Path
) -> None:
    found = answer(bundled_database, tmp_path, "msp")
    texts = [reason["text"] for one in found["supply_chain"] for reason in one["reasons"]]
    assert any("T1199" in text or "T1195" in text for text in texts)
    assert all(one["score"] == 0 for one in found["supply_chain"])


def test_those_that_attack_whom_the_client_serves_stand_beside_the_score(
    bundled_database: Path, tmp_path: Path
) -> None:
    found = answer(bundled_database, tmp_path, "law")
    assert found["supply_chain"]
    assert {reason["term"] for one in found["supply_chain"] for reason in one["reasons"]} == {
        "customer"
    }


def test_as_many_are_listed_as_are_asked_for(bundled_database: Path, tmp_path: Path) -> None:
    assert len(answer(bundled_database, tmp_path, "law", "--limit", "3")["actors"]) == 3


def test_an_actor_that_is_absent_is_explained(bundled_database: Path, tmp_path: Path) -> None:
    found = answer(bundled_database, tmp_path, "msp", "--why", "APT1")
    assert found["name"] == "APT1"
    assert found["changes"]
    assert found["score"] == round(sum(reason["points"] for reason in found["reasons"]), 2)


def test_a_person_reads_the_basis_the_sentences_and_the_sources(
    bundled_database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "law.toml"
    file.write_text(CLIENTS["law"], encoding="utf-8")
    said = Shell(bundled_database)("relevance", "--client", file)
    assert said.code == 0
    assert "Basis: incident history." in said.out
    assert "(not validated; the first 5 of" in said.out
    assert "[1]" in said.out
    why = Shell(bundled_database)("relevance", "--client", file, "--why", "APT28")
    assert "APT28 for Law firm:" in why.out


def test_a_client_file_with_an_unknown_sector_is_refused_with_the_nearest(
    bundled_database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "odd.toml"
    file.write_text('name = "Odd"\nsectors = ["legal"]\n', encoding="utf-8")
    said = Shell(bundled_database)("relevance", "--client", file)
    assert (said.code, said.out) == (1, "")
    assert "professional-services" in said.err


@needs_shared_data
def test_the_backtest_prints_the_contracts_keys_and_meets_the_bar(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cases = FOLDER / "relevance-backtest.json.gz"
    assert cli.main(["backtest", "relevance", str(cases), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"n", "recall5", "recall10", "recall20", "mrr", "popularity"}
    assert set(found["popularity"]) == {"recall5", "recall10", "recall20", "mrr"}
    assert found["n"] == 43
    assert found["recall10"] >= 0.41
    assert found["mrr"] >= 0.22
    assert found["popularity"]["recall10"] <= 0.27
    assert cli.main(["backtest", "relevance", str(cases)]) == 0
    assert "43 cases" in capsys.readouterr().out


def test_a_broken_file_of_cases_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = tmp_path / "cases.json.gz"
    cases.write_bytes(b"\x1f\x8b\x08\x00broken")
    assert cli.main(["backtest", "relevance", str(cases), "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") <= 2
    assert "was not read" in said.err
