"""The ``batch`` command: a briefing for each of many clients, in one folder."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from briefing import paths
from briefing.cli_common import (
    CANNOT,
    as_json_option,
    open_database,
    print_json,
    progress,
    say,
    with_files,
)
from briefing.core.errors import WrongCallError
from briefing.services.open_knowledge import workspace_path
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels

if TYPE_CHECKING:
    from briefing.services.batch import Batched, Failure, Outcome
    from briefing.services.batch_clients import Candidate

_KINDS = ("client",)


@click.command()
@click.argument("recipe", type=click.Choice(_KINDS, case_sensitive=False))
@click.option("--all", "everybody", is_flag=True, help="For every client of your workspace.")
@click.option(
    *("--client", "files"),
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="For the client of this TOML file; may be given again.",
)
@click.option(
    *("--folder", "folder"),
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="For the client of every TOML file in this folder.",
)
@click.option(
    *("--format", "formats"),
    multiple=True,
    default=("pdf",),
    show_default=True,
    help="Format of the files; may be given again.",
)
@click.option(
    *("-o", "--output"),
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to; made where there is none.",
)
@click.option("--one-page", is_flag=True, help="Only the executive pages.")
@click.option("--author", default="", help="Printed as the author; nobody is named unasked.")
@click.option("--deliver", is_flag=True, help="Remember them as handed over: see “brief changes”.")
@as_json_option
@with_files
def batch(
    recipe: str,
    everybody: bool,
    files: tuple[Path, ...],
    folder: Path | None,
    formats: tuple[str, ...],
    output: Path,
    one_page: bool,
    author: str,
    deliver: bool,
    as_json: bool,
    database: Path | None,
    workspace: Path | None,
) -> int:
    """Write a briefing for each of many clients: RECIPE is its kind, and can be “client”.

    Each is for its own client's audience and in its look. One that cannot be done does not stop
    the rest; exit code 1 when there was any, or the run was stopped.
    """
    # lazy: 0.2 s, look-ups do without the exporters.
    from briefing.exports import registry  # noqa: PLC0415 - loads typst
    from briefing.services.batch import BatchRequest, write_batch  # noqa: PLC0415 - as above
    from briefing.services.batch_report import report_text  # noqa: PLC0415 - as above
    from briefing.services.deliveries import record_deliveries  # noqa: PLC0415 - as above
    from briefing.services.world_map import read_world  # noqa: PLC0415 - as above

    del recipe
    known = tuple(dict.fromkeys(registry.by_name(name) for name in formats))
    knowledge = open_database(database)
    own = workspace_path(workspace, paths.user_data_folder())
    found = _candidates(knowledge, everybody, files, folder, own)
    request = BatchRequest(known, output, datetime.now(UTC), one_page, author)
    world = read_world(paths.resources_folder() / "map" / "world.json")
    task = Task.silent() if as_json else Task("The batch", progress())
    with _stopped_by_keyboard(task):
        batched = write_batch(knowledge, found, request, world, task)
    if as_json:
        print_json(batched_json(batched))
    else:
        say(report_text(batched))
    if deliver:
        record_deliveries(own, batched.deliveries)
    return CANNOT if batched.failed or batched.not_begun else 0


def batched_json(batched: Batched) -> dict[str, Any]:
    """``{folder, clients, written, failed, not_begun}``."""
    return {
        "folder": str(batched.folder),
        "clients": [_outcome_json(outcome) for outcome in batched.outcomes],
        "written": len(batched.files),
        "failed": [outcome.name for outcome in batched.failed],
        "not_begun": list(batched.not_begun),
    }


def _candidates(
    knowledge: KnowledgeFile,
    everybody: bool,
    files: tuple[Path, ...],
    folder: Path | None,
    workspace: Path,
) -> tuple[Candidate, ...]:
    # lazy: as above.
    from briefing.services.batch_clients import (  # noqa: PLC0415 - start time
        of_files,
        of_folder,
        of_workspace,
    )

    if not (everybody or files or folder):
        raise WrongCallError(
            "Say for which clients: --all for those of your workspace, --client FILE, or"
            " --folder DIR."
        )
    labels = read_labels(knowledge.connection)
    found = (
        *(of_workspace(workspace) if everybody else ()),
        *of_files(files, labels),
        *(of_folder(folder, labels) if folder else ()),
    )
    if not found:
        raise WrongCallError(
            "There is no client in your workspace.",
            remedy="“briefing clients add FILE.toml” keeps one.",
        )
    return found


@contextmanager
def _stopped_by_keyboard(task: Task) -> Iterator[None]:
    """Let Ctrl+C end the run after the file it is at, so that what was done is told."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        task.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "client": outcome.name,
        "title": outcome.title or None,
        "ceiling": outcome.ceiling.code if outcome.ceiling is not None else None,
        "tlp": outcome.tlp.code if outcome.tlp is not None else None,
        "files": [file.as_json() for file in outcome.files],
        "statements": outcome.statements,
        "sources": outcome.sources,
        "withheld": outcome.withheld,
        "errors": [_failure_json(failure) for failure in outcome.failures],
    }


def _failure_json(failure: Failure) -> dict[str, str | None]:
    error = failure.error
    return {
        "format": failure.format or None,
        "error": error.message,
        "remedy": error.remedy or None,
    }


BATCH_COMMANDS: tuple[click.Command, ...] = (batch,)
