"""Which statements of a briefing that was handed over still stand.

The answer is for the author: it tells what this database says now, whatever its marking.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.services.verify_manifest import Manifest, Place, read_manifest
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels
from briefing.store.standing import Standing, State, read_standing


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of what a briefing said.

    Attributes:
        manifest: What the file says it rests on.
        statements: What became of each, in ascending order of keys.
    """

    manifest: Manifest
    statements: tuple[Standing, ...]

    def of(self, state: State) -> tuple[Standing, ...]:
        """The statements that became this."""
        return tuple(one for one in self.statements if one.state == state)

    def places(self, key: int) -> tuple[Place, ...]:
        """Where the briefing uses a statement."""
        return tuple(place for place in self.manifest.places if key in place.statements)


def verify_file(knowledge: KnowledgeFile, path: Path) -> Verified:
    """Read a briefing's manifest, and look its statements up.

    Args:
        knowledge: The knowledge file.
        path: PDF, DOCX, PPTX, HTML, the ZIP of tables, or the manifest itself.

    Raises:
        ManifestError: when no manifest can be read in the file.
        DatabaseError: when the database cannot be read.
    """
    return verify(knowledge, read_manifest(path))


def verify(knowledge: KnowledgeFile, manifest: Manifest) -> Verified:
    """Look the statements of a manifest up.

    Raises:
        DatabaseError: when the database cannot be read.
    """
    connection = knowledge.connection
    return Verified(
        manifest, read_standing(connection, read_labels(connection), manifest.statements)
    )
