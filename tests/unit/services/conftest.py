"""What tests of updating share: an authority, a server with its certificate, and a desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from https_server import Authority, LocalServer, serving
from update_samples import Desk


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
