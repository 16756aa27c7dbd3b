"""“briefing targeting” as a script calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_samples import Shell


@pytest.fixture(scope="module")
def shell(bundled_database: Path) -> Shell:
    return Shell(bundled_database)


def test_targeting_prints_the_contracts_keys_most_actors_first(shell: Shell) -> None:
    answer = shell.as_json("targeting").json
    assert {"countries", "sectors", "known"} <= set(answer)
    assert {"actors_with_sector", "actors_with_country", "actors"} <= set(answer["known"])
    for key, code in (("countries", "country"), ("sectors", "sector"), ("places", "place")):
        rows = answer[key]
        assert set(rows[0]) == {code, "actors", "statements"}
        assert [row["actors"] for row in rows] == sorted(
            (row["actors"] for row in rows), reverse=True
        )
    assert all(len(row["country"]) == 2 for row in answer["countries"])
    assert "private-sector" not in {row["sector"] for row in answer["sectors"]}
    assert answer["known"]["actors"] == shell.info()["counts"]["actors"]


def test_every_choice_narrows_what_is_counted(shell: Shell) -> None:
    whole = shell.as_json("targeting").json
    chosen = shell.as_json("targeting", "--sector", "healthcare", "--origin", "RU").json
    assert 0 < chosen["known"]["actors"] < whole["known"]["actors"]
    assert 0 < chosen["countries"][0]["actors"] <= chosen["known"]["matching"]
    since = shell.as_json("targeting", "--since", "2020").json
    assert since["known"]["undated"] > 0
    assert len(since["countries"]) < len(whole["countries"])


@pytest.mark.parametrize("name", ["APT28", "G0007", "Fancy Bear"])
def test_an_actor_is_named_as_anywhere_else(shell: Shell, name: str) -> None:
    answer = shell.as_json("targeting", "--actor", name).json
    assert answer["known"]["actors"] == 1
    assert "UA" in {row["country"] for row in answer["countries"]}
    assert {row["actors"] for row in answer["countries"]} == {1}


def test_the_id_of_any_record_of_an_actor_names_it(shell: Shell) -> None:
    found = shell.as_json("lookup", "APT28").json["matches"][0]["id"]
    by_id = shell.as_json("targeting", "--actor", found).json
    assert by_id == shell.as_json("targeting", "--actor", "APT28").json


def test_the_text_says_how_much_is_known_at_all(shell: Shell) -> None:
    answer = shell("targeting", "--sector", "healthcare")
    assert answer.code == 0
    assert answer.out.startswith("Victim countries known for ")
    assert "United States" in answer.out
    assert "The choice fits " in answer.out


def test_a_choice_that_nobody_fits_says_so(shell: Shell) -> None:
    answer = shell("targeting", "--since", "9000")
    assert answer.code == 0
    assert "No target is stated." in answer.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--sector", "helthcare"), "nearest is “healthcare”"),
        (("--origin", "Rusia"), "nearest is “RU” (Russia)"),
        (("--origin", "XX"), "“XX” is no country"),
        (("--actor", "Fancy Bera"), "Near: Fancy Bear"),
        (("--since", "long ago"), "not a valid integer"),
    ],
)
def test_what_is_not_known_is_a_wrong_call_with_the_nearest_that_is(
    shell: Shell, arguments: tuple[str, str], words: str
) -> None:
    answer = shell("targeting", *arguments, "--json")
    assert answer.code == 2
    assert words in answer.err
    assert answer.out == ""
