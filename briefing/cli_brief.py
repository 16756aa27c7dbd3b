"""The ``brief`` command: compose once, write several formats."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing import paths
from briefing.core.brief import Brief
from briefing.core.errors import WrongCallError
from briefing.core.tlp import Tlp
from briefing.exports import registry
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.export_brief import ExportedFile, export_brief
from briefing.services.look_up import the_actor
from briefing.services.recipes.registry import recipe_named
from briefing.services.task import Task
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile


@dataclass(frozen=True, slots=True)
class Written:
    """What one run wrote."""

    brief: Brief
    files: tuple[ExportedFile, ...]

    def as_json(self) -> dict[str, Any]:
        """``{files, statements, sources, withheld}``."""
        return {
            "files": [
                {
                    "path": str(file.path),
                    "format": file.format,
                    "bytes": file.bytes,
                    "pages": file.pages,
                    "tlp": file.tlp,
                }
                for file in self.files
            ],
            "statements": len(self.brief.statements()),
            "sources": len(self.brief.sources),
            "withheld": [
                {"statement": item.statement, "tlp": item.tlp.code, "reason": item.reason}
                for item in self.brief.withheld
            ],
        }

    def as_text(self) -> str:
        """The same in lines, with what was withheld for the author's eyes."""
        lines = [
            f"{file.path}: {self.brief.title}, TLP:{file.tlp}, {file.bytes / 1000:.0f} kB"
            + (f", {file.pages} pages" if file.pages else "")
            for file in self.files
        ]
        if self.brief.withheld:
            lines.append(
                f"{len(self.brief.withheld)} statements above TLP:{self.brief.ceiling.code}"
                " were left out (for the author only; not in the file)."
            )
        return "\n".join(lines)


def write_briefing(
    knowledge: KnowledgeFile,
    recipe: str,
    subject: str,
    outputs: tuple[Path, ...],
    ceiling: Tlp,
    format_name: str,
    one_page: bool,
    author: str,
) -> Written:
    """Compose a briefing and write it to every output.

    Raises:
        WrongCallError: for an unknown recipe, subject or format.
        BriefingError: when it cannot be composed or written.
    """
    recipe_named(recipe)
    targets = [
        registry.by_name(format_name) if format_name else registry.by_path(path) for path in outputs
    ]
    request = BriefRequest(
        recipe=recipe,
        subject=_subject(knowledge, subject),
        ceiling=ceiling,
        one_page=one_page,
        author=author,
    )
    world = read_world(paths.resources_folder() / "map" / "world.json")
    brief = compose_brief(knowledge, request, world)
    files = tuple(
        export_brief(brief, target, path, Task.silent())
        for target, path in zip(targets, outputs, strict=True)
    )
    return Written(brief, files)


def write_sample(knowledge: KnowledgeFile, actor: str, target: Path) -> Written:
    """Write a briefing on one actor for anybody's eyes."""
    return write_briefing(knowledge, "actor", actor, (target,), Tlp.CLEAR, "pdf", False, "")


def _subject(knowledge: KnowledgeFile, name: str) -> str:
    """The one actor a name means; an ambiguous name is not guessed at."""
    if not name:
        raise WrongCallError(
            "Say whom the briefing is about, for example: briefing brief actor APT28."
        )
    return the_actor(knowledge, name)
