"""The command line: parse, call one service, print. The keys of ``--json`` are a contract."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from briefing import __version__, paths
from briefing.cli_attribution import OVERLAP_COMMANDS
from briefing.cli_backtest import BACKTEST_COMMANDS
from briefing.cli_batch import BATCH_COMMANDS
from briefing.cli_cases import CASE_COMMANDS
from briefing.cli_clients import CLIENT_COMMANDS
from briefing.cli_common import (
    CANNOT,
    WRONG_CALL,
    as_json_option,
    open_database,
    print_json,
    progress,
    say,
    tlp_level,
    with_files,
)
from briefing.cli_feeds import FEED_COMMANDS
from briefing.cli_output import (
    info_json,
    info_text,
    look_up_json,
    look_up_text,
)
from briefing.cli_relevance import RELEVANCE_COMMANDS
from briefing.cli_sources import SOURCE_COMMANDS
from briefing.cli_targeting import TARGETING_COMMANDS
from briefing.cli_verify import VERIFY_COMMANDS
from briefing.core.errors import BriefingError, CancelledError, WrongCallError
from briefing.services.inspect_database import check_database, describe_database
from briefing.services.look_up import look_up
from briefing.services.task import Task


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 cannot, 2 wrong call.

    Every error is one sentence on standard error, never a traceback.
    """
    try:
        result = commands.main(args=arguments, prog_name="briefing", standalone_mode=False)
        return int(result or 0)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.NoArgsIsHelpError as help_text:
        say(help_text.format_message())
        return 0
    except click.UsageError as error:
        say(f"{error.format_message()} See “briefing --help”.", err=True)
        return WRONG_CALL
    except (click.Abort, KeyboardInterrupt):
        say(str(CancelledError("The command")), err=True)
        return CANNOT
    except WrongCallError as error:
        say(str(error), err=True)
        return WRONG_CALL
    except BriefingError as error:
        say(str(error), err=True)
        return CANNOT
    except BrokenPipeError:
        # Whoever read our output has stopped reading; there is nobody to tell.
        sys.stderr.close()
        return CANNOT


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def commands() -> None:
    """Who would attack an organisation like yours, how, how sure anyone can be, and what to do.

    Without a command the window opens.
    """


@commands.command()
@click.argument("name")
@as_json_option
@with_files
def lookup(name: str, as_json: bool, database: Path | None, workspace: Path | None) -> int:
    """Say who bears NAME, with reasons and sources.

    Several actors where the name is ambiguous; exit code 1 and near names where nobody bears it.
    """
    del workspace
    answer = look_up(open_database(database), name)
    if as_json:
        print_json(look_up_json(answer))
    else:
        say(look_up_text(answer))
    return 0 if answer.matches else CANNOT


@commands.command()
@click.argument("recipe")
@click.argument("subject", required=False, default="")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Where to write; the ending decides the format. Several write several formats.",
)
@click.option(
    "--tlp",
    "level",
    default="",
    help="The audience's ceiling; a client's own unless given, and CLEAR where there is none.",
)
@click.option(
    "--client",
    "client_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="For whom it is made, as a TOML file.",
)
@click.option("--since", default="", metavar="DATE", help="Of advisories: the first day.")
@click.option("--until", default="", metavar="DATE", help="Of advisories: the last day, or today.")
@click.option("--sector", "sectors", multiple=True, help="Of advisories: only for this sector.")
@click.option("--country", "countries", multiple=True, help="Of advisories: only for there.")
@click.option("--technology", multiple=True, help="Of advisories: only what concerns it.")
@click.option("--format", "format_name", default="", help="Format, where the ending says nothing.")
@click.option("--one-page", is_flag=True, help="Only the executive page.")
@click.option("--author", default="", help="Printed as the author; nobody is named unasked.")
@click.option("--deliver", is_flag=True, help="Remember it as handed over: see “changes”.")
@as_json_option
@with_files
def brief(
    recipe: str,
    subject: str,
    outputs: tuple[Path, ...],
    level: str,
    format_name: str,
    one_page: bool,
    author: str,
    client_file: Path | None,
    since: str,
    until: str,
    sectors: tuple[str, ...],
    countries: tuple[str, ...],
    technology: tuple[str, ...],
    deliver: bool,
    as_json: bool,
    database: Path | None,
    workspace: Path | None,
) -> int:
    """Write a briefing: RECIPE is its kind, SUBJECT whom or what it is about.

    The kinds are actor, client (a client of the workspace, or --client), sector, incident,
    advisories, primer, and changes: what changed since the last briefing that was delivered on
    SUBJECT or to a client of that name, or since the file that SUBJECT is.
    """
    # lazy: 0.2 s, look-ups do without the exporters.
    from briefing.cli_brief import narrowed, write_briefing  # noqa: PLC0415 - loads typst

    result = write_briefing(
        open_database(database),
        recipe,
        subject,
        outputs,
        tlp_level(level) if level else None,
        format_name,
        one_page,
        author,
        client_file=client_file,
        workspace=workspace,
        period=(since, until),
        chosen=narrowed(sectors, countries, technology),
        deliver=deliver,
    )
    if as_json:
        print_json(result.as_json())
    else:
        say(result.as_text())
    return 0


@commands.group()
def database() -> None:
    """Build, describe, check and rebuild the knowledge database."""


@database.command("build")
@click.option("--empty", is_flag=True, help="Schema and vocabularies only.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where to; the bundled database's place unless given.",
)
@as_json_option
def database_build(empty: bool, output: Path | None, as_json: bool) -> int:
    """Build the bundled database from the galaxy package and the data folder."""
    # lazy: only a build reads feeds.
    from briefing.services.build_database import (  # noqa: PLC0415 - start time of other commands
        build_database,
    )

    target = output or paths.bundled_database()
    task = Task.silent() if as_json else Task("The build", progress())
    built = build_database(paths.data_folder(), target, task, empty=empty)
    if as_json:
        print_json(
            {
                "path": str(built.path),
                "size_bytes": built.size_bytes,
                "content_hash": built.content_hash,
                "quarantined": [
                    {"native_id": item.native_id or None, "reason": item.reason}
                    for item in built.quarantined
                ],
            }
        )
    else:
        say(f"{built.path}: {built.size_bytes / 1e6:.1f} MB, content {built.content_hash}")
        for item in built.quarantined:
            say(f"Not taken: {item.reason}")
    return 0


@database.command("info")
@as_json_option
@with_files
def database_info(as_json: bool, database: Path | None, workspace: Path | None) -> int:
    """Print what the database holds, from where, and as of when."""
    del workspace
    info = describe_database(open_database(database))
    if as_json:
        print_json(info_json(info))
    else:
        say(info_text(info))
    return 0


@database.command("check")
@as_json_option
@with_files
def database_check(as_json: bool, database: Path | None, workspace: Path | None) -> int:
    """Look for faults; exit code 1 when there are any."""
    del workspace
    knowledge = open_database(database)
    faults = check_database(knowledge)
    if as_json:
        print_json({"path": str(knowledge.path), "faults": faults})
    elif faults:
        say("\n".join(faults))
    else:
        say(f"{knowledge.path} is sound.")
    return CANNOT if faults else 0


@database.command("rebuild")
@with_files
def database_rebuild(database: Path | None, workspace: Path | None) -> int:
    """Make the read models again from records and statements."""
    del workspace
    knowledge = open_database(database)
    # lazy: 0.1 s, the writing side of the store.
    from briefing.services.rebuild_database import (  # noqa: PLC0415 - start time
        rebuild_database,
    )

    rebuild_database(knowledge.path)
    say(f"The read models of {knowledge.path} were made again.")
    return 0


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@with_files
def screens(folder: Path, database: Path | None, workspace: Path | None) -> int:
    """Draw every screen to FOLDER as PNG: light and dark, at 100 % and 150 %."""
    # lazy: 0.3 s, Qt is for windows and pictures only.
    from briefing.app import draw_screens  # noqa: PLC0415 - loads Qt

    for path in draw_screens(folder, database, workspace):
        say(str(path))
    return 0


for _command in (
    *FEED_COMMANDS,
    *SOURCE_COMMANDS,
    *CLIENT_COMMANDS,
    *RELEVANCE_COMMANDS,
    *CASE_COMMANDS,
    *OVERLAP_COMMANDS,
    *BACKTEST_COMMANDS,
    *TARGETING_COMMANDS,
    *VERIFY_COMMANDS,
    *BATCH_COMMANDS,
):
    commands.add_command(_command)
