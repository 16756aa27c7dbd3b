"""Clients from the command line: keys, exit codes, sentences; nothing of them in the database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from client_samples import FILE, labels, png
from command_samples import Said, Shell

from briefing.store.labels import write_labels
from briefing.store.migrate import open_knowledge

CLIENT_KEYS = {
    *("id", "name", "sectors", "countries", "size", "customer_sectors", "supplier_sectors"),
    *("uses_msp", "technology", "tlp", "brand", "example"),
}


class Desk:
    """Calls commands on one database and one workspace."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        self.shell = shell
        self.workspace = folder / "own" / "workspace.db"
        self.file = folder / "client.toml"
        self.file.write_text(FILE)
        (folder / "logo.png").write_bytes(png())

    def __call__(self, *words: str | Path) -> Said:
        return self.shell("clients", *words, "--workspace", self.workspace)

    def json(self, *words: str | Path) -> dict[str, Any]:
        said = self.shell.as_json("clients", *words, "--workspace", self.workspace)
        assert said.code == 0
        return said.json


@pytest.fixture
def desk(shell: Shell, tmp_path: Path) -> Desk:
    with closing(open_knowledge(shell.database)) as connection, connection:
        write_labels(
            connection, [one for kind in labels().by_kind.values() for one in kind.values()]
        )
    return Desk(shell, tmp_path)


def test_nobody_is_listed_before_a_client_was_added(desk: Desk) -> None:
    assert desk.json("list") == {"clients": [], "chosen": None}
    assert "clients add FILE.toml" in desk("list").out


def test_a_client_that_was_added_is_listed_and_shown_with_the_keys_of_its_file(desk: Desk) -> None:
    added = desk.json("add", desk.file)
    assert set(added) == {"client", "notes"}
    assert set(added["client"]) == CLIENT_KEYS
    assert added["client"]["brand"] == {
        "logo": True,
        "primary": "#0b3c78",
        "secondary": "#4f94c9",
        "footer": "Prepared for Seafront Dental",
    }
    assert {note["field"] for note in added["notes"]} == {"technology"}
    assert desk.json("list") == {"clients": [added["client"]], "chosen": None}
    assert desk.json("show", "seafront dental") == added
    text = desk("show", "Seafront Dental").out
    for words in ("Health and pharmaceuticals", "United States; Canada", "TLP:GREEN", "Note: "):
        assert words in text


def test_the_chosen_client_is_marked_and_let_go(desk: Desk) -> None:
    client = desk.json("add", desk.file)["client"]
    chosen = {"id": client["id"], "name": "Seafront Dental"}
    assert desk.json("choose", "Seafront Dental") == {"chosen": chosen}
    assert desk.json("list")["chosen"] == client["id"]
    assert "* Seafront Dental" in desk("list").out
    assert desk.json("choose", "--nobody") == {"chosen": None}
    assert desk("choose").code == 2
    assert desk("choose", "Seafront Dental", "--nobody").code == 2


def test_what_is_exported_can_be_added_again_elsewhere(desk: Desk, tmp_path: Path) -> None:
    client = desk.json("add", desk.file)["client"]
    out = tmp_path / "out" / "copy.toml"
    out.parent.mkdir()
    written = desk.json("export", "Seafront Dental", "-o", out)
    assert written["files"] == [str(out), str(out.with_name("copy-logo.png"))]
    assert desk("remove", "Seafront Dental").code == 0
    again = desk.json("add", out)["client"]
    assert {**again, "id": ""} == {**client, "id": ""}


def test_a_second_client_of_the_name_is_refused_unless_it_is_to_replace(desk: Desk) -> None:
    first = desk.json("add", desk.file)["client"]
    desk.file.write_text(FILE.replace('"small"', '"large"'))
    said = desk("add", desk.file)
    assert said.code == 1
    assert "already" in said.err
    replaced = desk.json("add", desk.file, "--replace")["client"]
    assert (replaced["id"], replaced["size"]) == (first["id"], "large")


def test_a_file_that_cannot_be_taken_is_a_sentence_and_adds_nobody(desk: Desk) -> None:
    desk.file.write_text(FILE.replace('"healthcare"', '"helthcare"'))
    said = desk("add", desk.file)
    assert (said.code, said.out) == (1, "")
    assert "the nearest is “healthcare”" in said.err
    assert desk.json("list")["clients"] == []


@pytest.mark.parametrize("command", ["show", "remove", "choose"])
def test_a_name_nobody_bears_is_told_the_nearest(desk: Desk, command: str) -> None:
    desk.json("add", desk.file)
    said = desk(command, "Seafrnt")
    assert said.code == 1
    assert "Seafront Dental" in said.err


def test_a_removed_client_is_in_neither_file_any_more(desk: Desk) -> None:
    client = desk.json("add", desk.file)["client"]
    desk.json("choose", "Seafront Dental")
    assert desk.json("remove", "Seafront Dental") == {
        "id": client["id"],
        "name": "Seafront Dental",
        "wiped": True,
    }
    for path in (*desk.workspace.parent.glob("*"), *desk.shell.database.parent.glob("*.db*")):
        assert b"Seafront" not in path.read_bytes()
    assert desk("show", "Seafront Dental").code == 1
