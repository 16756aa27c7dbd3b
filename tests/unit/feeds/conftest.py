"""What tests of the network share: one certificate authority, a server, and a way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from https_server import NOW, Authority, LocalServer, serving

from briefing.feeds.transport import Transport


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(authority: Authority) -> Iterator[LocalServer]:
    with serving(authority.context()) as running:
        yield running


@pytest.fixture
def transport(authority: Authority) -> Iterator[Callable[..., Transport]]:
    """Makes transports that trust our authority and are marked as inside, unless told otherwise."""
    with ExitStack() as stack:

        def make(**settings: Any) -> Transport:
            chosen = {"clock": lambda: NOW, "cafile": authority.file, "inside": True, **settings}
            return stack.enter_context(Transport(**chosen))

        yield make
