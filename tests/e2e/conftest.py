"""What tests of commands that use the network share: an authority, a server, a keyring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from command_samples import Shell
from https_server import Authority, LocalServer, serving
from relevance_samples import BEAR, add, bear, empty_database, sponsored_by, targets
from update_samples import Drawer

from briefing.services.tokens import Tokens
from briefing.store.migrate import open_knowledge


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(authority: Authority) -> Iterator[LocalServer]:
    with serving(authority.context()) as running:
        yield running


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Commands on a database with nothing in it."""
    path = tmp_path / "knowledge.db"
    open_knowledge(path).close()
    return Shell(path)


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    """A keyring in the place of the system's."""
    kept = Drawer()
    monkeypatch.setattr(Tokens.__init__, "__defaults__", (lambda: kept,))
    return kept


@pytest.fixture(scope="module")
def bears(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Commands on a database that knows one actor."""
    path = empty_database(tmp_path_factory.mktemp("bears") / "knowledge.db")
    add(path, bear(*sponsored_by("RU"), *targets(BEAR, "healthcare")))
    return Shell(path)
