"""The digest of real advisories and exploited flaws."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from digest_briefs import digest_of, section
from shared_data import FOLDER, needs_shared_data

from briefing.core.brief import (
    Table,
)
from briefing.core.brief_filter import BriefFilter
from briefing.exports import pdf
from briefing.paths import data_folder
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import read_paths
from briefing.services.import_feeds import Leave, apply_import
from briefing.services.recipes.advisories_reading import MOST
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile


@pytest.fixture(scope="module")
def real(
    bundled_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KnowledgeFile]:
    """The bundled database with the real advisories that are not handed on with it."""
    path = Path(shutil.copy(bundled_database, tmp_path_factory.mktemp("real") / "knowledge.db"))
    with closing(KnowledgeFile(path)) as knowledge:
        files = (
            FOLDER / "csaf",
            FOLDER / "kev/known_exploited_vulnerabilities.json",
            FOLDER / "rss",
        )
        context = feed_context(knowledge, data_folder(), "", None)
        reading = read_paths(files, context, Task.silent())
        done = apply_import(path, reading.incoming, Leave(), datetime.now(UTC), Task.silent())
        assert [one.error for one in done if one.error] == []
        yield knowledge


@needs_shared_data
@pytest.mark.parametrize(
    ("period", "today", "chosen"),
    [
        (("2024-07-01", "2024-10-31"), date(2024, 11, 1), BriefFilter()),
        (("2025-08-01", "2025-08-31"), date(2025, 9, 1), BriefFilter()),
        (("2026-01-01", "2026-11-24"), date(2026, 11, 24), BriefFilter()),
        (("2022-01-01", "2024-12-31"), date(2024, 12, 31), BriefFilter(("energy",), ("DE",))),
        (("2020-01-01", "2026-12-31"), date(2025, 1, 1), BriefFilter(technology=("siemens",))),
        (("2016-01-01", "2026-12-31"), date(2026, 11, 24), BriefFilter()),
    ],
)
def test_a_digest_of_real_advisories_fits_its_page(
    real: KnowledgeFile, period: tuple[str, str], today: date, chosen: BriefFilter
) -> None:
    for one_page in (True, False):
        brief = digest_of(real, period, today=today, filter=chosen, one_page=one_page)
        assert pdf.overflow(brief) == ()
    assert brief.statements()


@needs_shared_data
def test_of_a_long_period_the_most_urgent_are_listed_and_all_are_counted(
    real: KnowledgeFile,
) -> None:
    brief = digest_of(real, ("2016-01-01", "2026-12-31"), today=date(2025, 8, 26))
    rows = [
        row
        for block in section(brief, "by-issuer").blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    assert len(rows) == MOST
    assert brief.parts[1].title.startswith("347 advisories from ")
    assert f"the {MOST} most urgent are listed" in brief.parts[1].subtitle
