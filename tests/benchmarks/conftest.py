"""Benchmarks print a table of ratios; they never decide whether the tests pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from measure import Report

from briefing import paths

REPORT = paths.bundled_database().parent / "bench.md"


@pytest.fixture(scope="session")
def report() -> Iterator[Report]:
    """The table, written beside the bundled database when all benchmarks have run."""
    collected = Report()
    yield collected
    if collected.rows:
        REPORT.write_text(collected.markdown() + "\n", encoding="utf-8")
        print("\n" + collected.markdown())  # noqa: T201 - a benchmark's only output


@pytest.fixture(scope="session")
def bundled() -> Path:
    """The bundled database; `make bench` builds it first."""
    path = paths.bundled_database()
    if not path.is_file():
        pytest.fail("Build the database first: make bench does.")
    return path
