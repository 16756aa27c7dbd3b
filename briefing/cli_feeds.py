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
from briefing.services.task import Task


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--source", default="", help="Record it under this source id.")
@click.option("--tlp", default="", help="Label of what bears none, with --source.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--older", is_flag=True, help="Let an older release replace a newer one.")
@click.option("--accept-removals", is_flag=True, help="Let an unusual share of records go.")
@as_json_option
@with_files
def import_command(
    files: tuple[Path, ...],
    source: str,
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
        preview_import,
    )

    del workspace
    knowledge = open_database(database)
    task = Task.silent() if as_json else Task("The import", progress())
    context = feed_context(knowledge, paths.data_folder(), source, tlp_level(tlp) if tlp else None)
    reading = read_paths(files, context, task)
    if dry_run:
        previews = [preview_import(knowledge, item, older=older) for item in reading.incoming]
        show_previews(reading.incoming, previews, reading.refused, as_json)
        return CANNOT if reading.refused else 0
    leave = Leave(older=older, removals=accept_removals)
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
