"""One module opens connections, and nothing loads it before a person asks for an update."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRANSPORT = "briefing/feeds/transport.py"
NETWORK = (
    "socket",
    "ssl",
    "socketserver",
    "asyncio",
    "http",
    "ftplib",
    "imaplib",
    "poplib",
    "smtplib",
    "telnetlib",
    "xmlrpc",
    "webbrowser",
    "urllib.request",
    "httpcore",
    "httpx",
    "requests",
    "urllib3",
    "aiohttp",
    "certifi",
    "h11",
    "anyio",
    "websockets",
    "PySide6.QtNetwork",
    "PySide6.QtNetworkAuth",
    "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "PySide6.QtRemoteObjects",
)
LOADED = """
import sys
{start}
found = {{"httpcore", "httpx", "keyring", "certifi"}} & set(sys.modules)
assert not found, found
"""


def loaded_by(node: ast.AST) -> Iterator[str]:
    """Every module that an import statement, or a call that imports by name, may load."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called in ("__import__", "import_module", "importlib.import_module"):
            yield from (str(each.value) for each in node.args if isinstance(each, ast.Constant))


def reaches_for_the_network(name: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in NETWORK)


def reaching(source: str) -> set[str]:
    names = (name for node in ast.walk(ast.parse(source)) for name in loaded_by(node))
    return {name for name in names if reaches_for_the_network(name)}


def test_only_the_transport_imports_what_opens_connections() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): names
        for path in sorted((ROOT / "briefing").rglob("*.py"))
        if (names := reaching(path.read_text(encoding="utf-8")))
    }
    assert set(found) == {TRANSPORT}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import http.client as web",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QNetworkAccessManager",
        "def f():\n    import httpx",
        "import importlib\nimportlib.import_module('ssl')",
        "__import__('requests')",
    ],
)
def test_the_search_finds_every_way_to_import(source: str) -> None:
    assert reaching(source)


def test_reading_an_address_is_no_connection() -> None:
    assert reaching("from urllib.parse import urlsplit\nimport ipaddress\nimport html") == set()


@pytest.mark.parametrize(
    "start",
    [
        "from briefing.__main__ import main\ntry: main(['--version'])\nexcept SystemExit: pass",
        "import briefing.cli, briefing.app",
        "import briefing.feeds.taxii, briefing.feeds.taxii_publish, briefing.feeds.fetching",
        "import briefing.services.tokens",
    ],
    ids=["version", "program", "feeds", "tokens"],
)
def test_nothing_loads_the_network_before_an_update(start: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(start=start)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
