"""What commands remember as handed over, and how ``briefing brief changes`` goes back to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from client_samples import FILE, png
from command_samples import Shell
from relevance_samples import BEAR, add, sponsored_by, targets
from store_samples import actor

from briefing.services.deliveries import read_deliveries


@pytest.fixture
def client(tmp_path: Path) -> Path:
    (tmp_path / "logo.png").write_bytes(png())
    file = tmp_path / "client.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


def test_one_briefing_and_many_are_remembered_alike(
    bears: Shell, client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workspace = tmp_path / "workspace.db"
    kept = ("--deliver", "--workspace", workspace)
    assert bears("brief", "client", "--client", client, "-o", "one.md", *kept).code == 0
    assert (
        bears("batch", "client", "--client", client, "--format", "md", "-o", ".", *kept).code == 0
    )
    many, one = read_deliveries(workspace)
    assert one.audience == "Seafront Dental"
    for field in ("kind", "subject", "title", "audience", "tlp", "manifest"):
        assert getattr(many, field) == getattr(one, field), field
    assert [Path(name).exists() and Path(name).is_absolute() for name in many.files] == [True]


def test_a_batch_is_remembered_only_when_that_is_asked_for(
    bears: Shell, client: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace.db"
    words = ("batch", "client", "--client", client, "--format", "md", "-o", tmp_path / "out")
    assert bears(*words, "--workspace", workspace).code == 0
    assert read_deliveries(workspace) == ()


def test_changes_for_a_client_that_is_kept_nowhere_go_no_higher_than_its_briefing(
    bears: Shell, client: Path, tmp_path: Path
) -> None:
    workspace = ("--workspace", tmp_path / "workspace.db")
    first, target = tmp_path / "actor.md", tmp_path / "changes.md"
    words = ("brief", "actor", "Bear", "--client", client, "-o", first, "--deliver")
    assert bears(*words, *workspace).code == 0
    said_now = [replace(one, confidence="high", tlp="RED") for one in targets(BEAR, "healthcare")]
    add(bears.database, actor(1, "Bear", said=[*sponsored_by("RU"), *said_now], says="now"))
    for level, is_told in (((), False), (("--tlp", "RED"), True)):
        said = bears("brief", "changes", "bear", "-o", target, *level, *workspace)
        assert said.code == 0, said.err
        assert ("TLP:RED" in target.read_text(encoding="utf-8")) is is_told
