"""Commands about sources: list them, ask their servers, set up one's own, publish to one."""

from __future__ import annotations

import sys
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
    say,
    tlp_level,
    with_files,
)
from briefing.cli_results import show_results
from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.wording import counted
from briefing.services.task import Task

if TYPE_CHECKING:
    from briefing.core.history import SnapshotRow
    from briefing.feeds.unpack import Refused
    from briefing.services.import_feeds import Result
    from briefing.services.sources import SourceEntry


def _now() -> datetime:
    return datetime.now(UTC)


@click.command("update")
@click.argument("sources", nargs=-1)
@as_json_option
@with_files
def update_command(
    sources: tuple[str, ...], as_json: bool, database: Path | None, workspace: Path | None
) -> int:
    """Ask the servers of SOURCES for what is new, and take it in.

    Without a name: every source with a known address of which something is held, and those that
    were set up here. This is the only command that uses the network, besides “sources publish”.
    """
    # lazy: 0.2 s, the libraries of the network.
    from briefing.services.import_feeds import Leave, apply_import  # noqa: PLC0415 - start time
    from briefing.services.update_feeds import (  # noqa: PLC0415 - start time
        ask_each,
        asking,
        updatable,
    )

    del workspace
    knowledge = open_database(database)
    data = paths.data_folder()
    names = sources or updatable(knowledge, data)
    if not names:
        raise WrongCallError(
            "Nothing that is held has an address to update from.",
            remedy="Name a source: “briefing sources” lists those that are known.",
        )
    task = Task.silent() if as_json else Task("The update", progress())
    results: list[Result] = []
    refused: list[Refused] = []
    failed: list[tuple[str, BriefingError]] = []
    for name, answer in ask_each(knowledge, data, names, task, asking(_now)):
        if isinstance(answer, BriefingError):
            failed.append((name, answer))
            continue
        read = answer.reading
        refused += read.refused
        try:
            results += apply_import(
                knowledge.path, read.incoming, Leave(), _now(), task, (answer.state,)
            )
        except BriefingError as error:
            failed.append((name, error))
        if answer.unchanged and not as_json:
            say(f"{name}: nothing new since it was last asked.")
    show_results(results, refused, as_json, failed)
    return CANNOT if failed or refused or any(result.error for result in results) else 0


@click.group("sources", invoke_without_command=True)
@as_json_option
@with_files
@click.pass_context
def sources_command(
    context: click.Context, as_json: bool, database: Path | None, workspace: Path | None
) -> int:
    """List every source: what is held, how old it is, where it is updated from."""
    # lazy: 0.1 s.
    from briefing.services.sources import list_sources  # noqa: PLC0415 - start time

    del workspace
    if context.invoked_subcommand:
        return 0
    entries = list_sources(open_database(database), paths.data_folder(), _now().date())
    if as_json:
        print_json({"sources": [_entry_json(entry) for entry in entries]})
    else:
        for entry in entries:
            say(_entry_text(entry))
    return 0


@sources_command.command("history")
@as_json_option
@with_files
def history_command(as_json: bool, database: Path | None, workspace: Path | None) -> int:
    """List every import with its number, which “briefing undo” takes."""
    # lazy: 0.1 s.
    from briefing.services.sources import history  # noqa: PLC0415 - start time

    del workspace
    rows = history(open_database(database))
    if as_json:
        print_json({"imports": [_import_json(row) for row in rows]})
    else:
        for row in rows:
            can = "" if row.newest and row.file else " (not undone: it came with the program)"
            if row.file and not row.newest:
                can = " (a later one rests on it)"
            say(
                f"{row.id}: {row.applied_at[:16].replace('T', ' ')} {row.title} {row.version}:"
                f" {row.added:,} added, {row.changed:,} changed, {row.removed:,} removed{can}"
            )
    return 0


@sources_command.command("add")
@click.argument("source")
@click.option("--address", required=True, help="https address of the server or file.")
@click.option(
    "--as",
    "fetched_as",
    default="file",
    show_default=True,
    type=click.Choice(["file", "feed", "rolie", "misp", "taxii"]),
    help="One file, an RSS feed, a list of CSAF advisories, a MISP feed, a TAXII 2.1 server.",
)
@click.option("--title", default="", help="What it is called; the id unless given.")
@click.option("--tlp", default="", help="Label of what bears none; RED unless given.")
@click.option("--inside", is_flag=True, help="It is a server inside our own network.")
@click.option(
    "--cafile",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="PEM file of a certificate authority to trust besides the system's.",
)
@click.option("--collection", "collections", multiple=True, help="Only this TAXII collection.")
@click.option("--user", default="", help="User name for basic authentication.")
@click.option("--token-stdin", is_flag=True, help="Read the token or password from standard input.")
@with_files
def add_command(
    source: str,
    address: str,
    fetched_as: str,
    title: str,
    tlp: str,
    inside: bool,
    cafile: Path | None,
    collections: tuple[str, ...],
    user: str,
    token_stdin: bool,
    database: Path | None,
    workspace: Path | None,
) -> int:
    """Set up a feed of your own under the id SOURCE. Tokens go into the keyring of the system."""
    # lazy: 0.1 s.
    from briefing.services.feed_setup import check, has_token, set_up  # noqa: PLC0415 - start time
    from briefing.store.feeds import FeedState  # noqa: PLC0415 - start time

    del workspace
    if user and not token_stdin:
        raise WrongCallError("--user needs --token-stdin: the password comes from there.")
    options: dict[str, Any] = {"collections": list(collections)} if collections else {}
    if tlp:
        options["tlp"] = tlp_level(tlp).code
    if cafile:
        options["cafile"] = str(cafile.resolve())
    if token_stdin:
        options["token"] = True
    feed = FeedState(source, title or source, fetched_as, address, inside, options)
    check(feed)
    knowledge = open_database(database)
    if token_stdin:
        _keep_token(source, user)
    elif has_token(knowledge, source):
        # It was for the address before.
        _forget_token(source)
    before = set_up(knowledge.path, feed)
    instead = f" It replaces {before}." if before not in ("", address) else ""
    say(f"{feed.title} is set up; “briefing update {source}” asks it.{instead}")
    return 0


def _keep_token(source: str, user: str) -> None:
    """What stands on standard input becomes the token of a source.

    Raises:
        BriefingError: for what no server could take, or where there is no keyring.
    """
    # lazy: 0.1 s.
    from briefing.feeds.remote import Credentials  # noqa: PLC0415 - start time
    from briefing.services.tokens import Tokens  # noqa: PLC0415 - start time

    credentials = Credentials(sys.stdin.readline().rstrip("\r\n"), user)
    if not credentials.secret:
        raise WrongCallError("Nothing came on standard input, where the token was to be.")
    credentials.header()
    Tokens().store(source, credentials)


def _forget_token(source: str) -> None:
    # lazy: 0.1 s.
    from briefing.services.tokens import Tokens  # noqa: PLC0415 - start time

    Tokens().delete(source)


@sources_command.command("remove")
@click.argument("source")
@with_files
def remove_command(source: str, database: Path | None, workspace: Path | None) -> int:
    """Forget the address and token of SOURCE; what was taken from it stays."""
    # lazy: 0.1 s.
    from briefing.services.feed_context import known_feeds  # noqa: PLC0415 - start time
    from briefing.services.feed_setup import forget, own_feed  # noqa: PLC0415 - start time

    del workspace
    knowledge = open_database(database)
    if own_feed(knowledge, source).options.get("token"):
        _forget_token(source)
    forget(knowledge, source)
    known = known_feeds(paths.data_folder()).get(source)
    if known is not None and known.address:
        then = f"It is updated from {known.address} again, the address that the program knows."
    else:
        then = f"{source} is no longer asked."
    say(f"{then} What was taken from it is still there.")
    return 0


@sources_command.command("publish")
@click.argument("source")
@click.argument("bundle", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--collection", default="", help="Id or title of the collection to publish to.")
@click.option(
    "--tlp", default="CLEAR", show_default=True, help="Highest label that its readers may see."
)
@as_json_option
@with_files
def publish_command(
    source: str,
    bundle: Path,
    collection: str,
    tlp: str,
    as_json: bool,
    database: Path | None,
    workspace: Path | None,
) -> int:
    """Send a STIX bundle to a collection of the TAXII server SOURCE.

    Nothing is sent where an object is marked above --tlp, or bears no TLP label.
    """
    # lazy: 0.2 s, the libraries of the network.
    from briefing.services.publish_bundle import publish_bundle  # noqa: PLC0415 - start time
    from briefing.services.update_feeds import asking  # noqa: PLC0415 - start time

    del workspace
    ceiling = tlp_level(tlp)
    knowledge = open_database(database)
    task = Task.silent() if as_json else Task("Publishing", progress())
    outcome = publish_bundle(knowledge, source, bundle, collection, ceiling, task, asking(_now))
    if as_json:
        print_json(
            {
                "source": source,
                "accepted": outcome.accepted,
                "pending": outcome.pending,
                "refused": [
                    {"native_id": item.native_id or None, "reason": item.reason}
                    for item in outcome.refused
                ],
                "unnamed": outcome.unnamed,
            }
        )
    else:
        say(f"{counted(outcome.accepted, 'object')} taken, {outcome.pending:,} pending.")
        for item in outcome.refused:
            say(f"Not taken: {item.native_id or 'an object'}: {item.reason}")
        if outcome.unnamed:
            say(f"Not taken, and the server does not say which: {outcome.unnamed:,} more.")
    return CANNOT if outcome.refused or outcome.unnamed else 0


def _import_json(row: SnapshotRow) -> dict[str, Any]:
    return {
        "snapshot": row.id,
        "source": row.source,
        "version": row.version or None,
        "applied_at": row.applied_at,
        "file": row.file or None,
        "added": row.added,
        "changed": row.changed,
        "removed": row.removed,
        "quarantined": row.quarantined,
        "can_be_undone": row.newest and bool(row.file),
    }


def _entry_json(entry: SourceEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "publisher": entry.publisher,
        "licence": entry.licence,
        "reliability": entry.reliability,
        "version": entry.version or None,
        "taken_at": entry.taken_at or None,
        "records": entry.records,
        "stale_days": entry.stale_days,
        "address": entry.address or None,
        "fetched_as": entry.fetched_as,
        "checked_at": entry.checked_at or None,
        "set_up_here": entry.own,
    }


def _entry_text(entry: SourceEntry) -> str:
    held = f"{entry.records:,} records" if entry.records else "nothing held"
    version = f", {entry.version}" if entry.version else ""
    old = f", {entry.stale_days} days old" if entry.stale_days else ""
    place = f"\n    {entry.fetched_as} {entry.address}" if entry.address else ""
    return f"{entry.id}: {entry.title} ({held}{version}{old}){place}"


SOURCE_COMMANDS = (update_command, sources_command)
