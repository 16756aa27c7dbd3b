"""Ranking every actor for one client: over the bundle, and with EuRepoC and CISA's list in it."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, date, datetime
from pathlib import Path

from measure import Report, median, quantile, seconds
from shared_data import FOLDER, needs_shared_data

from briefing import paths
from briefing.core.client import Client
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import read_paths
from briefing.services.import_feeds import Leave, apply_import
from briefing.services.relevance import RelevanceDesk
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
CLIENT = Client(
    "Harbour Dental Group",
    ("healthcare", "finance"),
    ("US", "DE", "AU"),
    customer_sectors=("government",),
    supplier_sectors=("technology",),
    uses_msp=True,
    technology=("microsoft:exchange_server", "fortinet:fortios"),
)
BAR = 0.05
"""Seconds for one client over the whole catalogue."""


def measured(report: Report, database: Path, what: str) -> None:
    """Reading once, then ranking again and again."""
    knowledge = KnowledgeFile(database)
    begun = time.perf_counter()
    RelevanceDesk(knowledge).memory  # noqa: B018 - reading it is what is measured
    reading = time.perf_counter() - begun
    desk = RelevanceDesk(knowledge)
    found = desk.rank(CLIENT, today=TODAY)
    runs = seconds(lambda: desk.rank(CLIENT, today=TODAY), times=200)
    knowledge.close()
    worst = quantile(runs, 0.95)
    report.add(
        f"relevance for one client with everything stated, {found.of:,} actors, {what}",
        f"median {median(runs) * 1000:.0f} ms, p95 {worst * 1000:.0f} ms",
        f"{found.incidents:,} incidents; read once in {reading:.2f} s",
        f"≤ {BAR * 1000:.0f} ms",
        worst <= BAR,
    )


def test_relevance_over_the_bundle(report: Report, bundled: Path) -> None:
    measured(report, bundled, "the bundle")


@needs_shared_data
def test_relevance_with_eurepoc(report: Report, bundled: Path, tmp_path: Path) -> None:
    database = Path(shutil.copy(bundled, tmp_path / "knowledge.db"))
    knowledge = KnowledgeFile(database)
    files = [FOLDER / "eurepoc", FOLDER / "kev" / "known_exploited_vulnerabilities.json"]
    read = read_paths(files, feed_context(knowledge, paths.data_folder()), Task.silent())
    results = apply_import(database, read.incoming, Leave(), NOW, Task.silent())
    knowledge.close()
    assert not [result.error for result in results if result.error]
    measured(report, database, "the bundle with EuRepoC and KEV")
