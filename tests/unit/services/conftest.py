"""What tests of services share: for updating an authority, a server and a desk; empty databases."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from https_server import Authority, LocalServer, serving
from relevance_samples import empty_database
from update_samples import Desk

from briefing.store.connection import KnowledgeFile, open_writer


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(authority: Authority) -> Iterator[LocalServer]:
    with serving(authority.context()) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, authority: Authority) -> Iterator[Desk]:
    made = Desk(tmp_path, authority)
    yield made
    made.knowledge.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return empty_database(tmp_path_factory.mktemp("relevance") / "knowledge.db")


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "knowledge.db"))


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_writer(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


@pytest.fixture
def closing_files() -> Iterator[list[KnowledgeFile]]:
    opened: list[KnowledgeFile] = []
    yield opened
    for knowledge in opened:
        knowledge.close()
