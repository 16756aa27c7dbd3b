"""Nothing but an update opens a socket: seen from inside the interpreter, whatever the library."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from feed_samples import item, rss
from stix_samples import bundle, thing
from update_samples import advisory, exploited, misp_event

ROOT = Path(__file__).parents[2]
WATCHED = """
import json, sys

opened = []
NETWORK = ("socket.", "urllib.", "http.client.", "ftplib.", "smtplib.", "imaplib.", "poplib.")

def hook(event, args):
    if event.startswith(NETWORK):
        opened.append(event)

sys.addaudithook(hook)
from briefing.cli import main

codes = [main(call) for call in json.loads(sys.argv[1])]
loaded = sorted({"socket", "_socket", "ssl", "http.client", "urllib.request", "httpcore", "keyring",
                 "certifi", "PySide6", "PySide6.QtNetwork"} & set(sys.modules))
sys.stderr.write(json.dumps({"codes": codes, "opened": opened, "loaded": loaded}))
"""


def watched(database: Path, calls: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Run commands in a process that notes every socket: exit codes, sockets, modules loaded."""
    given = json.dumps([[*call, "--database", str(database)] for call in calls])
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, given],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )
    found: dict[str, Any] = json.loads(done.stderr.splitlines()[-1])
    return found


@pytest.fixture
def copy(bundled_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(bundled_database, tmp_path / "copy.db"))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """One small file of each kind that a person brings."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "kev.json").write_bytes(exploited(1))
    (folder / "advisory.json").write_bytes(advisory(1))
    (folder / "team.json").write_bytes(bundle(thing("tool", 1, name="Spade")))
    page = item(title="Fox", guid="1", link="https://fox.example/1", description="<img src='x'/>")
    (folder / "news.xml").write_text(rss(page), encoding="utf-8")
    event = json.dumps({"Event": misp_event(1, "A fox was seen")})
    (folder / "event.json").write_text(event, encoding="utf-8")
    return folder


def test_looking_things_up_does_not_even_load_what_could_open_a_socket(copy: Path) -> None:
    seen = watched(
        copy,
        [
            ("lookup", "Fancy Bear", "--json"),
            ("lookup", "https://192.0.2.1/", "--json"),
            ("database", "info", "--json"),
            ("sources", "--json"),
        ],
    )
    assert seen == {"codes": [0, 1, 0, 0], "opened": [], "loaded": []}


def test_importing_undoing_and_briefing_open_no_socket(
    copy: Path, stick: Path, tmp_path: Path
) -> None:
    brief = tmp_path / "brief.pdf"
    seen = watched(
        copy,
        [
            ("import", str(stick), "--dry-run", "--json"),
            ("import", str(stick), "--json"),
            ("undo", "9", "--json"),
            ("sources", "add", "team", "--address", "https://taxii.example/", "--as", "taxii"),
            ("sources", "remove", "team"),
            ("database", "check", "--json"),
            ("database", "rebuild"),
            ("brief", "actor", "G0007", "-o", str(brief), "--json"),
        ],
    )
    assert seen["codes"] == [0] * 8
    assert seen["opened"] == []
    assert not {"httpcore", "certifi", "keyring", "PySide6.QtNetwork"} & set(seen["loaded"])
    assert brief.stat().st_size > 10_000


def test_an_update_does_and_is_seen(copy: Path) -> None:
    address = ("--address", "https://localhost:9/kev.json", "--inside")
    seen = watched(copy, [("sources", "add", "team", *address), ("update", "team")])
    assert seen["codes"] == [0, 1]
    assert "socket.getaddrinfo" in seen["opened"]
    assert "socket.connect" in seen["opened"]
    assert "httpcore" in seen["loaded"]
