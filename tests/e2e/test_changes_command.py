"""``briefing brief changes`` and ``briefing verify`` over a real release of ATT&CK and the next."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_samples import Shell
from shared_data import FOLDER, needs_shared_data

pytestmark = needs_shared_data

RELEASES = tuple(f"attack-enterprise-{number}-stix20.json.gz" for number in ("17.1", "18.1"))
CLIENT = """
name = "Harbour Dental Group"
sectors = ["healthcare"]
countries = ["US"]
technology = ["fortinet:fortios"]
tlp = "AMBER"
"""


@pytest.fixture(scope="module")
def told(bundled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Shell, Path]:
    """Briefings delivered on one release, and the database after the next was taken in."""
    folder = tmp_path_factory.mktemp("story")
    shell = Shell(Path(shutil.copy(bundled_database, folder / "knowledge.db")))
    assert shell("import", FOLDER / RELEASES[0]).code == 0
    (folder / "client.toml").write_text(CLIENT, encoding="utf-8")
    client = ("--client", folder / "client.toml")
    for kind, *more in (
        ("actor", "Scattered Spider"),
        ("client", *client),
        ("incident", "solarwinds-2020"),
    ):
        workspace = ("--workspace", folder / "workspace.db")
        said = shell.as_json(
            "brief", kind, *more, "--deliver", "-o", folder / f"{kind}.pdf", *workspace
        )
        assert said.json["delivered"]
    assert shell("import", FOLDER / RELEASES[1]).code == 0
    return shell, folder


def changes(told: tuple[Shell, Path], name: str, *more: str | Path) -> str:
    shell, folder = told
    target = folder / "changes.md"
    workspace = ("--workspace", folder / "workspace.db")
    said = shell("brief", "changes", name, "-o", target, *workspace, *more)
    assert said.code == 0, said.err
    return target.read_text(encoding="utf-8")


def test_an_actor_is_found_by_another_of_its_names(told: tuple[Shell, Path]) -> None:
    text = changes(told, "UNC3944")
    assert "19 of " in text
    assert "None of its three judgements rests on anything that changed or went." in text
    assert "No longer said by MITRE ATT&CK Enterprise" in text
    assert "Raccoon Stealer" in text


def test_what_became_of_a_clients_briefing_is_told_by_the_clients_name(
    told: tuple[Shell, Path],
) -> None:
    text = changes(told, "harbour dental group", "--client", told[1] / "client.toml")
    assert "TLP:AMBER" in text
    assert "the same as then" in text


def test_the_file_that_was_handed_over_serves_as_well(told: tuple[Shell, Path]) -> None:
    text = changes(told, str(told[1] / "actor.pdf"))
    assert "since the actor briefing with data as of" in text
    assert "No longer said by MITRE ATT&CK Enterprise" in text


def test_an_incident_of_which_nothing_changed_says_so(told: tuple[Shell, Path]) -> None:
    assert "Nothing changed in what the briefing rests on" in changes(
        told, "SolarWinds Orion, 2020"
    )


def test_verify_says_what_changed_after_the_pdf_was_made(told: tuple[Shell, Path]) -> None:
    shell, folder = told
    found = shell.as_json("verify", folder / "actor.pdf").json
    assert (len(found["changed"]), len(found["withdrawn"])) == (19, 1)
    assert found["withdrawn"][0]["before"]["text"] == "T1219 Remote Access Tools"
    assert all(one["places"] for one in (*found["changed"], *found["withdrawn"]))
    assert found["unknown"] == []


def test_whoever_was_never_briefed_on_is_told_so(told: tuple[Shell, Path]) -> None:
    shell, folder = told
    workspace = ("--workspace", folder / "workspace.db")
    said = shell("brief", "changes", "Nobody", "-o", folder / "x.md", *workspace)
    assert said.code != 0
    assert "No briefing on “Nobody”" in said.err
    assert not (folder / "x.md").exists()
