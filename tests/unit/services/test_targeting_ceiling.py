"""What an audience may not see is in no count of the map."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from briefing.core.targeting import TargetingFilter
from briefing.core.tlp import Tlp
from briefing.services.targeting import TargetingIndex
from briefing.store.connection import KnowledgeFile


def test_statements_above_the_ceiling_are_not_counted(
    bundled_database: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(bundled_database, tmp_path / "copy.db"))
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(
            "UPDATE statement SET tlp = 'AMBER' WHERE predicate = 'targets-country'"
            " AND object = 'UA'"
        )
        connection.commit()
    knowledge = KnowledgeFile(copy)

    def counted(ceiling: Tlp) -> dict[str, int]:
        found = TargetingIndex.below(knowledge, ceiling).count(TargetingFilter())
        return {one.code: one.actors for one in found.countries}

    below, above = counted(Tlp.GREEN), counted(Tlp.AMBER)
    assert "UA" not in below
    assert above["UA"] > 0
    assert below["US"] == above["US"]
