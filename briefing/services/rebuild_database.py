"""Make the read models of a database again."""

from __future__ import annotations

from pathlib import Path

from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild


def rebuild_database(path: Path) -> None:
    """Make the read models again from records and statements.

    Raises:
        BriefingError: when the file cannot be written; it is then as it was.
    """
    KnowledgeFile(path).close()
    writer = open_knowledge(path)
    try:
        with immediate(writer, path):
            rebuild(writer)
    finally:
        writer.close()
