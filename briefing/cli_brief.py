"""The ``brief`` command: compose once, write several formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from briefing import paths
from briefing.core.brief import Brief
from briefing.core.brief_filter import EVERYTHING, BriefFilter
from briefing.core.client import Client
from briefing.core.errors import WrongCallError
from briefing.core.tlp import Tlp
from briefing.exports import registry
from briefing.services.clients import ClientShelf, read_client_file
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.export_brief import ExportedFile, export_brief
from briefing.services.look_up import the_actor
from briefing.services.open_knowledge import workspace_path
from briefing.services.recipes import actor, client
from briefing.services.recipes.registry import recipe_named
from briefing.services.task import Task
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels


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
    ceiling: Tlp | None,
    format_name: str,
    one_page: bool,
    author: str,
    *,
    client_file: Path | None = None,
    workspace: Path | None = None,
    today: date | None = None,
    period: tuple[str, str] = ("", ""),
    chosen: BriefFilter = EVERYTHING,
) -> Written:
    """Compose a briefing and write it to every output.

    Args:
        knowledge: The knowledge file.
        recipe: Kind of the briefing.
        subject: Whom or what it is about, as typed; for ``client`` a client of the workspace.
        outputs: Where to; the ending decides the format unless one is named.
        ceiling: The audience's; None for the client's own, and CLEAR where there is none.
        format_name: Name of a format, or "".
        one_page: Only the executive page.
        author: As printed; may be "".
        client_file: For whom it is made, as a file.
        workspace: Another workspace.db than the person's own.
        today: Another day than today.
        period: First and last day of a digest, ISO 8601; the last is today unless given.
        chosen: What a digest is narrowed to.

    Raises:
        WrongCallError: for an unknown recipe, subject or format.
        BriefingError: when it cannot be composed or written.
    """
    kind = recipe_named(recipe).name
    targets = [
        registry.by_name(format_name) if format_name else registry.by_path(path) for path in outputs
    ]
    made_for = _client(knowledge, kind, subject, client_file, workspace)
    if ceiling is None:
        ceiling = made_for.tlp if made_for else Tlp.CLEAR
    day = today or datetime.now(UTC).date()
    request = BriefRequest(
        recipe=kind,
        subject=SUBJECTS[kind](knowledge, subject) if kind in SUBJECTS else subject,
        ceiling=ceiling,
        one_page=one_page,
        author=author,
        client=made_for,
        today=day,
        period=_period(period, day),
        filter=chosen,
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


def _actor(knowledge: KnowledgeFile, name: str) -> str:
    """The one actor a name means; an ambiguous name is not guessed at."""
    if not name:
        raise WrongCallError(
            "Say whom the briefing is about, for example: briefing brief actor APT28."
        )
    return the_actor(knowledge, name)


SUBJECTS: Mapping[str, Callable[[KnowledgeFile, str], str]] = {actor.KIND: _actor}
"""Kind of briefing to what a typed subject means; of other kinds the recipe knows."""


def narrowed(
    sectors: Iterable[str], countries: Iterable[str], technology: Iterable[str] = ()
) -> BriefFilter:
    """What a digest is narrowed to, from codes as people type them."""
    return BriefFilter(
        sectors=tuple(code.strip().casefold() for code in sectors),
        countries=tuple(code.strip().upper() for code in countries),
        technology=tuple(code.strip().casefold() for code in technology),
    )


def _period(typed: tuple[str, str], today: date) -> tuple[str, str] | None:
    """The period of a digest, or None where none was given."""
    since, until = typed
    if not since and not until:
        return None
    if not since:
        raise WrongCallError("--until says when the period ends; say with --since when it begins.")
    return since, until or today.isoformat()


def _client(
    knowledge: KnowledgeFile, kind: str, name: str, file: Path | None, workspace: Path | None
) -> Client | None:
    """For whom a briefing is made: from a file, else by its name in the workspace."""
    if file is not None:
        return read_client_file(file, read_labels(knowledge.connection))
    if kind != client.KIND:
        return None
    if not name:
        raise WrongCallError(
            "Say for which client the briefing is, for example: briefing brief client"
            " --client FILE.toml."
        )
    with ClientShelf(workspace_path(workspace, paths.user_data_folder())) as shelf:
        return shelf.named(name)
