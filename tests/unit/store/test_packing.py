"""Contents of records are packed in the file that is handed on, and nobody who reads sees it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from store_samples import actor, changes, rows, take

from briefing.store.connection import immediate, open_reader
from briefing.store.migrate import open_knowledge
from briefing.store.packing import pack, packed, unpacked


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_is_packed_comes_back_the_same_and_is_never_larger(content: str) -> None:
    made = packed(content)
    if isinstance(made, bytes):
        assert len(made) < len(content.encode())
        assert unpacked(made) == content
    else:
        assert made == content


def test_readers_get_the_text_of_packed_and_of_plain_contents(path: Path) -> None:
    long = "A fox that is seen at night. " * 40
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(actor(1, "Fox", description=long), actor(2, "Owl")))
        before = rows(connection, "SELECT id, content FROM record ORDER BY id")
        with immediate(connection, path):
            pack(connection)
        kinds = rows(connection, "SELECT DISTINCT typeof(content) FROM record_row ORDER BY 1")
        assert ("blob",) in kinds
        assert rows(connection, "SELECT id, content FROM record ORDER BY id") == before
        take(connection, path, changes(actor(3, "Elk"), full=False))
    with closing(open_reader(path)) as reader:
        names = "SELECT json_extract(content, '$.value') FROM record ORDER BY 1"
        assert rows(reader, names) == [("Elk",), ("Fox",), ("Owl",)]


def test_the_bundled_database_is_packed(bundled_database: Path) -> None:
    with closing(sqlite3.connect(bundled_database)) as plain:
        kinds = dict(
            plain.execute("SELECT typeof(content), count(*) FROM record_row GROUP BY 1").fetchall()
        )
    assert kinds["blob"] > 3000
