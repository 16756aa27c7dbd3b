"""Briefings for clients and on sectors as the command line asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from brief_clients import PRACTICE, TODAY
from client_samples import FILE, png

from briefing.cli_brief import write_briefing
from briefing.core.errors import NotFoundError, WrongCallError
from briefing.core.tlp import Tlp
from briefing.services.clients import ClientFileError, ClientShelf
from briefing.store.connection import KnowledgeFile


@pytest.fixture(scope="module")
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    with closing(KnowledgeFile(bundled_database)) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A client file with its logo beside it."""
    (tmp_path / "logo.png").write_bytes(png(30, 20))
    path = tmp_path / "client.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_client_comes_from_a_file_with_its_own_ceiling_and_brand(
    knowledge: KnowledgeFile, file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "brief.pdf"
    written = write_briefing(
        knowledge, "client", "", (target,), None, "", False, "", client_file=file, today=TODAY
    )
    assert written.brief.client == "Seafront Dental"
    assert written.brief.ceiling is written.brief.tlp is Tlp.GREEN
    assert written.brief.brand is not None
    assert written.brief.brand.footer == "Prepared for Seafront Dental"
    assert target.read_bytes().startswith(b"%PDF")
    assert written.as_json()["files"][0]["tlp"] == "GREEN"


def test_a_client_comes_from_the_workspace_by_its_name(
    knowledge: KnowledgeFile, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace.db"
    with ClientShelf(workspace) as shelf:
        shelf.add(PRACTICE)
    target = tmp_path / "brief.md"
    written = write_briefing(
        knowledge,
        *("client", "harbour dental group", (target,), Tlp.CLEAR, "", True, "A. Author"),
        workspace=workspace,
        today=TODAY,
    )
    assert written.brief.subject == "Harbour Dental Group"
    assert written.brief.tlp is Tlp.CLEAR
    assert "A. Author" in target.read_text(encoding="utf-8")
    with pytest.raises(NotFoundError, match="The nearest name is “Harbour Dental Group”"):
        write_briefing(
            *(knowledge, "client", "Harbor Dental", (target,), None, "", True, ""),
            workspace=workspace,
        )


def test_whoever_names_no_client_is_told_how(knowledge: KnowledgeFile, tmp_path: Path) -> None:
    with pytest.raises(WrongCallError, match=r"--client FILE\.toml"):
        write_briefing(knowledge, "client", "", (tmp_path / "x.md",), None, "", True, "")


def test_a_client_file_that_is_wrong_is_refused_and_nothing_is_written(
    knowledge: KnowledgeFile, tmp_path: Path
) -> None:
    wrong = tmp_path / "client.toml"
    wrong.write_text('name = "X"\nsectors = ["helthcare"]\n', encoding="utf-8")
    target = tmp_path / "x.md"
    with pytest.raises(ClientFileError, match="helthcare"):
        write_briefing(knowledge, "client", "", (target,), None, "", True, "", client_file=wrong)
    assert not target.exists()


def test_a_sector_is_named_by_code_or_label_in_any_case(
    knowledge: KnowledgeFile, tmp_path: Path
) -> None:
    target = tmp_path / "sector.md"
    for subject in ("mining", "Mining and metals"):
        written = write_briefing(
            knowledge, "Sector", subject, (target,), None, "", True, "", today=TODAY
        )
        assert written.brief.subject == "Mining and metals"
        assert written.brief.ceiling is Tlp.CLEAR
    assert "# Mining and metals" in target.read_text(encoding="utf-8")
