"""Commands that bring feeds in from files, and take an import back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from briefing import paths
from briefing.cli_common import (
    CANNOT,
    as_json_option,
    open_database,
    print_json,
    progress,
    say,
    tlp_level,
    with_files,
)
from briefing.cli_results import show_previews, show_results
from briefing.core.errors import WrongCallError
from briefing.services.task import Task


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--source", help="Record it under this source id.")
@click.option(
    "--tlp",
    default="",
    help="Label of what bears none, with --source; the recorded one, or a higher, unless given.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--older", is_flag=True, help="Let an older release replace a newer one.")
@click.option("--accept-removals", is_flag=True, help="Let an unusual share of records go.")
@as_json_option
@with_files
def import_command(
    files: tuple[Path, ...],
    source: str | None,
    tlp: str,
    dry_run: bool,
    older: bool,
    accept_removals: bool,
    as_json: bool,
    database: Path | None,
    workspace: Path | None,
) -> int:
    """Take in feeds from FILES: files, folders, ZIP or gzip archives; formats are recognised.

    Each source is one snapshot, which “briefing undo” takes back. Exit code 1 where something could
    not be taken; the rest is taken all the same.
    """
    # lazy: 0.2 s, reading feeds is for this command only.
    from briefing.services.feed_context import feed_context  # noqa: PLC0415 - start time
    from briefing.services.feed_reading import read_paths  # noqa: PLC0415 - start time
    from briefing.services.import_feeds import (  # noqa: PLC0415 - start time
        Leave,
        apply_import,
        rehearse_import,
    )

    del workspace
    if source == "":
        raise WrongCallError("--source needs the id of a source; none was given.")
    knowledge = open_database(database)
    task = Task.silent() if as_json else Task("The import", progress())
    label = tlp_level(tlp) if tlp else None
    context = feed_context(knowledge, paths.data_folder(), source or "", label)
    reading = read_paths(files, context, task)
    leave = Leave(older=older, removals=accept_removals)
    if dry_run:
        incoming = tuple(reading.incoming)
        rehearsed = rehearse_import(knowledge, incoming, leave)
        show_previews(incoming, rehearsed, reading.refused, as_json)
        return CANNOT if reading.refused or any(one.error for one in rehearsed) else 0
    results = apply_import(knowledge.path, reading.incoming, leave, datetime.now(UTC), task)
    show_results(results, reading.refused, as_json)
    return CANNOT if reading.refused or any(result.error for result in results) else 0


@click.command("undo")
@click.argument("snapshot", type=int)
@as_json_option
@with_files
def undo_command(
    snapshot: int, as_json: bool, database: Path | None, workspace: Path | None
) -> int:
    """Take back the import with the number SNAPSHOT; what was said before is said again."""
    # lazy: 0.1 s, the writing side of the store.
    from briefing.services.import_feeds import undo_import  # noqa: PLC0415 - start time

    del workspace
    reopened, removed = undo_import(open_database(database).path, snapshot)
    if as_json:
        print_json({"snapshot": snapshot, "reopened": reopened, "removed": removed})
    else:
        say(f"Snapshot {snapshot} was undone: {reopened:,} rows hold again, {removed:,} are gone.")
    return 0


FEED_COMMANDS = (import_command, undo_command)
