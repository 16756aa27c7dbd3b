"""What every command shares: which files it works on, how it prints, its exit codes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import orjson

from briefing import paths
from briefing.core.errors import WrongCallError
from briefing.core.tlp import Tlp, parse_tlp
from briefing.services.open_knowledge import (
    ENVIRONMENT,
    open_knowledge,
    waits_for_bundle,
)
from briefing.services.task import Listener
from briefing.store.connection import KnowledgeFile

_BETWEEN = 0.8
CANNOT = 1
WRONG_CALL = 2


def with_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options every command takes."""
    for option in (
        click.option(
            "--workspace",
            type=click.Path(path_type=Path),
            help="Another workspace.db than your own.",
        ),
        click.option(
            "--database",
            type=click.Path(path_type=Path),
            envvar=ENVIRONMENT,
            help=f"Another knowledge.db than your own (or set {ENVIRONMENT}).",
        ),
    ):
        command = option(command)
    return command


as_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def open_database(database: Path | None) -> KnowledgeFile:
    """The knowledge database that was named, or the person's own."""
    bundled = paths.bundled_database()
    knowledge = open_knowledge(database, bundled, paths.user_data_folder())
    if database is None and waits_for_bundle(knowledge, bundled):
        # lazy: 0.1 s, needed once after an update.
        from briefing.services.take_bundle import take_bundle  # noqa: PLC0415 - start time

        take_bundle(bundled, knowledge.path, datetime.now(UTC))
    return knowledge


def print_json(value: Any) -> None:
    """The one JSON object of ``--json``."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


def say(text: str, *, err: bool = False) -> None:
    """Print lines of text; what a feed brought along for the terminal does not reach it."""
    unfit = "\N{REPLACEMENT CHARACTER}"
    shown = "".join(sign if sign.isprintable() or sign == "\n" else unfit for sign in text)
    click.echo(shown, err=err)


def progress() -> Listener:
    """Says on standard error how far the work is, about once a second."""
    told = time.monotonic()

    def tell(step: int, total: int, label: str) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= _BETWEEN:
            told = now
            click.echo(f"{step:,}/{total:,} {label}" if total else label, err=True)

    return tell


def tlp_level(text: str) -> Tlp:
    """A label that was typed; an unknown word must not silently become RED.

    Raises:
        WrongCallError: for a word that is no label.
    """
    level = parse_tlp(text)
    if level is Tlp.RED and text.upper().removeprefix("TLP:").strip() != "RED":
        known = ", ".join(item.code for item in Tlp)
        raise WrongCallError(f"“{text}” is no TLP level; use one of {known}.")
    return level
