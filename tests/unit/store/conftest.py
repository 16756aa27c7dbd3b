"""A new database, and a copy of the real one that may be written to."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from briefing.store.migrate import open_knowledge


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's own database is."""
    return tmp_path / "knowledge.db"


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    """The writing connection of a new, empty database."""
    with closing(open_knowledge(path)) as connection:
        yield connection


@pytest.fixture
def copy_path(bundled_database: Path, tmp_path: Path) -> Path:
    """A copy of the real database."""
    return Path(shutil.copy(bundled_database, tmp_path / "copy.db"))


@pytest.fixture
def real_copy(copy_path: Path) -> Iterator[sqlite3.Connection]:
    """The writing connection of a copy of the real database."""
    with closing(open_knowledge(copy_path)) as connection:
        yield connection
