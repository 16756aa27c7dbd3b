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
from briefing.core.tlp import Tlp, parse_tlp
from briefing.exports import registry
from briefing.services.brief_findings import brief_findings
from briefing.services.clients import ClientShelf, read_client_file
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.deliveries import delivery_of, read_deliveries, record_deliveries
from briefing.services.export_brief import ExportedFile, export_brief
from briefing.services.look_up import look_up, the_actor
from briefing.services.open_knowledge import workspace_path
from briefing.services.recipes import actor, changes, client
from briefing.services.recipes.registry import recipe_named
from briefing.services.recipes.since import Since, delivered_to
from briefing.services.task import Task
from briefing.services.verify_manifest import read_manifest
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels


@dataclass(frozen=True, slots=True)
class Written:
    """What one run wrote, and whether it is remembered as delivered."""

    brief: Brief
    files: tuple[ExportedFile, ...]
    delivered: bool = False

    def as_json(self) -> dict[str, Any]:
        """``{files, statements, sources, withheld, findings, delivered}``."""
        return {
            "files": [file.as_json() for file in self.files],
            "statements": len(self.brief.statements()),
            "sources": len(self.brief.sources),
            "withheld": [
                {"statement": item.statement, "tlp": item.tlp.code, "reason": item.reason}
                for item in self.brief.withheld
            ],
            "findings": brief_findings(self.brief).as_json(),
            "delivered": self.delivered,
        }

    def as_text(self) -> str:
        """The same in lines, with what was withheld for the author's eyes."""
        lines = [f"{file.path}: {self.brief.title}, {file.words}" for file in self.files]
        if self.brief.withheld:
            lines.append(
                f"{len(self.brief.withheld)} statements above TLP:{self.brief.ceiling.code}"
                " were left out (for the author only; not in the file)."
            )
        if advice := brief_findings(self.brief).summary:
            lines.append(f"{advice} (see findings with --json; advice only).")
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
    deliver: bool = False,
) -> Written:
    """Compose a briefing and write it to every output.

    Args:
        knowledge: The knowledge file.
        recipe: Kind of the briefing.
        subject: Whom or what it is about, as typed; for ``client`` a client of the workspace,
            for ``changes`` what a delivered briefing was about, for whom it was, or its file.
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
        deliver: Whether the workspace is to remember it as handed over.

    Raises:
        WrongCallError: for an unknown recipe, subject or format.
        BriefingError: when it cannot be composed or written.
    """
    kind = recipe_named(recipe).name
    targets = [
        registry.by_name(format_name) if format_name else registry.by_path(path) for path in outputs
    ]
    known = workspace_path(workspace, paths.user_data_folder())
    made_for = _client(knowledge, kind, subject, client_file, known)
    since = _since(knowledge, subject, made_for, known) if kind == changes.KIND else None
    if since is not None:
        made_for = made_for or _client_of(since, known)
    if ceiling is None:
        ceiling = _own_ceiling(made_for, since)
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
        since=since,
    )
    world = read_world(paths.resources_folder() / "map" / "world.json")
    brief = compose_brief(knowledge, request, world)
    files = tuple(
        export_brief(brief, target, path, Task.silent())
        for target, path in zip(targets, outputs, strict=True)
    )
    if deliver:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        delivery = delivery_of(brief, request.subject, (file.path for file in files), at)
        record_deliveries(known, [delivery])
    return Written(brief, files, deliver)


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
    knowledge: KnowledgeFile, kind: str, name: str, file: Path | None, workspace: Path
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
    with ClientShelf(workspace) as shelf:
        return shelf.named(name)


def _since(knowledge: KnowledgeFile, name: str, made_for: Client | None, workspace: Path) -> Since:
    """The delivered briefing to compare with: a file of that name, else the newest remembered."""
    wanted = name or (made_for.name if made_for else "")
    if not wanted:
        raise WrongCallError(
            "Say what changed since which briefing, by its subject, its client or its file, for"
            " example: briefing brief changes APT28."
        )
    file = Path(wanted)
    if file.is_file():
        return Since(read_manifest(file))
    actors = [match.profile.row.id for match in look_up(knowledge, wanted).matches]
    return Since.of(delivered_to(read_deliveries(workspace), wanted, actors))


def _client_of(since: Since, workspace: Path) -> Client | None:
    """The client for whom it was made, where the workspace still knows it."""
    name = since.manifest.client.casefold()
    if not name:
        return None
    with ClientShelf(workspace) as shelf:
        return next((one for one in shelf.all() if one.name.casefold() == name), None)


def _own_ceiling(made_for: Client | None, since: Since | None) -> Tlp:
    """The ceiling where none is named: the client's, that of the briefing gone back to, CLEAR."""
    if made_for:
        return made_for.tlp
    if since is None:
        return Tlp.CLEAR
    return parse_tlp(since.manifest.tlp) if since.ceiling is None else since.ceiling
