"""Make the read models of a database again."""

from __future__ import annotations

from pathlib import Path

from briefing.store.connection import check_header, immediate
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild
from briefing.store.version import KNOWLEDGE_ID, KNOWLEDGE_VERSION


def rebuild_database(path: Path) -> None:
    """Make the read models again from records and statements, at this program's schema.

    Raises:
        BriefingError: when the file cannot be written; it is then as it was.
    """
    check_header(path, KNOWLEDGE_ID, KNOWLEDGE_VERSION)
    writer = open_knowledge(path)
    try:
        with immediate(writer, path):
            rebuild(writer)
    finally:
        writer.close()
