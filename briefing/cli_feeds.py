"""Commands that bring feeds in, list them and take an import back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing import paths
from briefing.cli_common import (
    CANNOT,
    as_json_option,
    open_database,
    print_json,
    progress,
    tlp_level,
    with_files,
)
from briefing.services.task import Task

if TYPE_CHECKING:
    from briefing.core.changes import Quarantined
    from briefing.core.preview import Preview
    from briefing.feeds.unpack import Refused
    from briefing.services.feed_reading import Incoming
    from briefing.services.import_feeds import Result

_NAMED = 10
"""How many objects of a preview are named in a line of text; --json names all."""


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
        _show_previews(reading.incoming, previews, reading.refused, as_json)
        return CANNOT if reading.refused else 0
    leave = Leave(older=older, removals=accept_removals)
    results = apply_import(knowledge.path, reading.incoming, leave, datetime.now(UTC), task)
    _show_results(results, reading.refused, as_json)
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
        click.echo(
            f"Snapshot {snapshot} was undone: {reopened:,} rows hold again, {removed:,} are gone."
        )
    return 0


def _show_results(results: tuple[Result, ...], refused: tuple[Refused, ...], as_json: bool) -> None:
    if as_json:
        shown = [_result_json(result) for result in results]
        print_json({"results": shown + [_refused_json(item) for item in refused]})
        return
    for result in results:
        click.echo(_result_text(result))
    for item in refused:
        click.echo(f"{item.name}: {item.reason}", err=True)


def _result_json(result: Result) -> dict[str, Any]:
    applied = result.applied
    return {
        "path": result.path,
        "source": result.source,
        "format": result.format,
        "snapshot": applied.snapshot if applied else None,
        "added": applied.added if applied else 0,
        "changed": applied.changed if applied else 0,
        "removed": applied.removed if applied else 0,
        "unchanged": applied.unchanged if applied else 0,
        "older": applied.older if applied else 0,
        "quarantined": _quarantined(result.quarantined),
        "seconds": round(result.seconds, 3),
        "error": str(result.error) if result.error else None,
    }


def _refused_json(item: Refused) -> dict[str, Any]:
    return {
        "path": item.name,
        "source": None,
        "format": None,
        "snapshot": None,
        **dict.fromkeys(("added", "changed", "removed", "unchanged", "older"), 0),
        "quarantined": [],
        "seconds": 0.0,
        "error": item.reason,
    }


def _quarantined(items: tuple[Quarantined, ...]) -> list[dict[str, Any]]:
    return [{"native_id": item.native_id or None, "reason": item.reason} for item in items]


def _result_text(result: Result) -> str:
    if result.error:
        return f"{result.title}: {result.error}"
    applied = result.applied
    assert applied is not None  # noqa: S101 - a result has counts or an error
    if applied.snapshot is None:
        lines = [f"{result.title}: nothing new; {applied.unchanged:,} records as they were."]
    else:
        lines = [
            f"{result.title}: {applied.added:,} added, {applied.changed:,} changed,"
            f" {applied.removed:,} removed, {applied.unchanged:,} as they were"
            f" (snapshot {applied.snapshot}, {result.seconds:.1f} s)."
        ]
    if applied.older:
        lines.append(f"  {applied.older:,} left out: you have a later edition of each.")
    lines += [f"  Not taken: {item.reason}" for item in result.quarantined]
    return "\n".join(lines)


def _show_previews(
    incoming: tuple[Incoming, ...],
    previews: list[Preview],
    refused: tuple[Refused, ...],
    as_json: bool,
) -> None:
    if as_json:
        shown = [_preview_json(i, p) for i, p in zip(incoming, previews, strict=True)]
        print_json({"results": shown + [_refused_json(item) for item in refused]})
        return
    for preview in previews:
        click.echo(_preview_text(preview))
    for item in refused:
        click.echo(f"{item.name}: {item.reason}", err=True)


def _preview_json(incoming: Incoming, preview: Preview) -> dict[str, Any]:
    return {
        "path": incoming.path,
        "source": preview.source.id,
        "format": incoming.format,
        "snapshot": None,
        **{action: preview.count(action) for action in ("added", "changed", "removed", "older")},
        "unchanged": preview.unchanged,
        "quarantined": _quarantined(preview.quarantined),
        "seconds": 0.0,
        "error": None,
        "warnings": list(preview.warnings),
        "changes": [
            {
                "action": item.action,
                "kind": item.kind,
                "native_id": item.native_id,
                "name": item.name,
                "fields": [
                    {"name": field.name, "before": field.before, "after": field.after}
                    for field in item.fields
                ],
            }
            for item in preview.items
        ],
    }


def _preview_text(preview: Preview) -> str:
    counts = ", ".join(
        f"{preview.count(action):,} {words}"
        for action, words in (
            ("added", "added"),
            ("changed", "changed"),
            ("removed", "removed"),
            ("older", "left out as older"),
        )
    )
    version = f" {preview.version}" if preview.version else ""
    lines = [f"{preview.source.title}{version}: {counts}; {preview.unchanged:,} as they are."]
    lines += [f"  {warning}" for warning in preview.warnings]
    for action, kind, number in preview.by_kind():
        names = [i.name for i in preview.items if (i.action, i.kind) == (action, kind)][:_NAMED]
        more = f" and {number - len(names):,} more" if number > len(names) else ""
        lines.append(f"  {action} {number:,} {kind}: {'; '.join(names)}{more}")
    lines += [f"  Would not be taken: {item.reason}" for item in preview.quarantined]
    lines.append("  Nothing was written.")
    return "\n".join(lines)


FEED_COMMANDS = (import_command, undo_command)
