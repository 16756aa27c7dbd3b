"""What changed since a delivered briefing: new, changed, withdrawn, and nothing above a ceiling."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from relevance_samples import BEAR, add
from store_samples import actor

from briefing.core.brief import Brief, Table
from briefing.core.changes import Predicate, RecordDraft, StatementDraft
from briefing.core.tlp import Tlp
from briefing.exports import markdown, pdf
from briefing.exports.manifest import manifest
from briefing.services.compose_brief import compose_brief
from briefing.services.recipes.marks import marks_in
from briefing.services.recipes.request import BriefRequest
from briefing.services.recipes.since import Since
from briefing.services.verify_manifest import parsed
from briefing.store.connection import KnowledgeFile
from briefing.store.workspace import Delivery, Workspace

CANARY = "canary-8824"


def bear(*said: StatementDraft) -> RecordDraft:
    """Bear as a release gives it: a record with other statements has another content."""
    fields = [(one.object, one.value, one.confidence, one.tlp) for one in said]
    return actor(1, "Bear", said=said, says=fields)


def hits(code: str, **more: str) -> StatementDraft:
    return StatementDraft(BEAR, Predicate.TARGETS_SECTOR, object=code, **more)


def told(words: str, **more: str) -> StatementDraft:
    return StatementDraft(BEAR, Predicate.HAPPENED, value=words, first_seen="2025-01", **more)


def delivered(path: Path, folder: Path) -> Since:
    knowledge = KnowledgeFile(path)
    brief = compose_brief(knowledge, BriefRequest("actor", BEAR, Tlp.RED))
    knowledge.close()
    kept = Workspace(folder / "workspace.db")
    text = manifest(brief).decode()
    kept.record_delivery(
        Delivery("actor", BEAR, brief.title, "RED", "CLEAR", "2026-01-01T00:00:00+00:00", text, ())
    )
    [found] = kept.deliveries()
    kept.close()
    return Since.of(found)


def changed(path: Path, since: Since, ceiling: Tlp = Tlp.CLEAR, one_page: bool = False) -> Brief:
    knowledge = KnowledgeFile(path)
    try:
        request = BriefRequest("changes", BEAR, ceiling, one_page, since=since)
        return compose_brief(knowledge, request)
    finally:
        knowledge.close()


def test_new_changed_and_withdrawn_statements_are_told_with_their_source(
    path: Path, tmp_path: Path
) -> None:
    add(path, bear(hits("healthcare"), hits("energy", confidence="low")))
    since = delivered(path, tmp_path)
    add(path, bear(hits("energy", confidence="high"), hits("finance")))
    brief = changed(path, since)
    text = markdown.render(brief).decode()
    assert brief.title.startswith("1 of ")
    assert brief.title.endswith(" statements changed, 1 went, 1 is new")
    assert "confidence: low → high" in text
    keys = [section.key for section in brief.parts[0].sections]
    assert keys == ["stands", "judgement", "changed", "withdrawn", "new", "sources"]
    assert [source.key for source in brief.sources] == ["feed-a"]
    assert pdf.overflow(changed(path, since, one_page=True)) == ()


def test_where_nothing_changed_the_page_says_so(path: Path, tmp_path: Path) -> None:
    add(path, bear(hits("healthcare")))
    brief = changed(path, delivered(path, tmp_path))
    assert brief.title == "Nothing changed in what the briefing rests on"


@pytest.mark.parametrize("level", list(Tlp))
def test_nothing_above_the_ceiling_is_told_whether_it_came_changed_or_went(
    path: Path, tmp_path: Path, level: Tlp
) -> None:
    secret = {"tlp": "AMBER"}
    add(path, bear(hits("energy"), told(f"{CANARY}-went", **secret)))
    since = delivered(path, tmp_path)
    add(path, bear(hits("energy"), told(f"{CANARY}-came", **secret)))
    brief = changed(path, since, level)
    found = CANARY in markdown.render(brief).decode() + manifest(brief).decode()
    assert found == (level >= Tlp.AMBER)
    assert brief.tlp == (Tlp.AMBER if level >= Tlp.AMBER else Tlp.CLEAR)


def test_every_row_names_a_source_also_where_the_words_were_ours(
    bundled_database: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(bundled_database, tmp_path / "own.db"))
    with closing(sqlite3.connect(path)) as connection, connection:
        keys = [
            key
            for (key,) in connection.execute(
                "SELECT s.key FROM statement s JOIN record_row r ON r.id = s.record WHERE"
                " r.source = 'threat-briefing' AND r.kind = 'intrusion-set' OR s.id IN"
                " (SELECT c.statement FROM citation c JOIN statement t ON t.id = c.statement"
                " JOIN record_row q ON q.id = t.record WHERE q.source = 'threat-briefing')"
                " ORDER BY s.id LIMIT 9"
            )
        ]
        marks = ",".join("?" * len(keys))
        connection.execute(
            f"UPDATE statement SET to_snapshot = 1 WHERE key IN ({marks})",  # noqa: S608 - marks
            keys,
        )
    held = parsed(orjson.dumps({"schema": 1, "statements": keys, "made_from": []}), "x")
    brief = changed(path, Since(held, "2026-01-01T00:00:00+00:00"))
    table = next(block for block in brief.blocks() if isinstance(block, Table))
    assert len(keys) == 9
    assert all(list(marks_in(row)) for row in table.rows)
