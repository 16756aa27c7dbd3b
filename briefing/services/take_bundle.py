"""Give the user's copy of the database what a newer bundle says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from briefing.store.bundle import apply_bundle
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.migrate import open_knowledge
from briefing.store.overview import bundle_is_new


def take_bundle(bundled: Path, copy: Path, now: datetime) -> bool:
    """Give the user's copy what a newer bundle says, as an ordinary import: local work stays.

    Returns:
        False where the copy has it already.

    Raises:
        BriefingError: when the copy cannot be written; it is then as it was.
    """
    bundle_file, copy_file = KnowledgeFile(bundled), KnowledgeFile(copy)
    try:
        if not bundle_is_new(bundle_file.connection, copy_file.connection):
            return False
        writer = open_knowledge(copy)
        try:
            with immediate(writer, copy):
                stamp = now.isoformat(timespec="seconds")
                apply_bundle(bundle_file.connection, writer, applied_at=stamp)
        finally:
            writer.close()
    finally:
        bundle_file.close()
        copy_file.close()
    return True
