"""Composition root: opens the databases, builds services and the window, hands them over."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from briefing import display, paths
from briefing.core.errors import BriefingError, WrongCallError
from briefing.services.library import Library
from briefing.services.open_knowledge import (
    ENVIRONMENT,
    open_knowledge,
    waits_for_bundle,
    workspace_path,
)
from briefing.settings import SettingsFile

SAMPLE = "threat-briefing-sample.pdf"
SAMPLE_ACTOR = "APT28"


def run(arguments: Sequence[str]) -> int:
    """Open the window and return the exit code.

    Where there is no screen to open it on, say so and write a sample briefing instead.

    Args:
        arguments: ``--database FILE``, ``--workspace FILE``, and ``--check-start``, which ends the
            program once the window is painted.
    """
    try:
        options = _options(arguments)
        if not display.is_available(os.environ):
            return _write_sample(options)
        return _open_window(options)
    except WrongCallError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except BriefingError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def draw_screens(folder: Path, database: Path | None, workspace: Path | None) -> Iterator[Path]:
    """Draw every screen to PNG, in light and dark, at 100 % and 150 %.

    Raises:
        BriefingError: when the database cannot be opened or the folder not written.
    """
    # Pictures need no display, and no window should flash up on one that is there.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # lazy: 0.3 s, Qt.
    from briefing.ui.screens import draw_all  # noqa: PLC0415 - loads Qt

    named = _named(database)
    library = Library(open_knowledge(named, paths.bundled_database(), paths.user_data_folder()))
    yield from draw_all(library, folder)
    del workspace


def _options(arguments: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name == "--check-start":
            found[name] = "yes"
        elif name in ("--database", "--workspace"):
            given = value if equals else next(rest, "")
            if not given:
                raise WrongCallError(f"{name} needs a file.")
            found[name] = given
        else:
            raise WrongCallError(f"“{argument}” is not known here. See “briefing --help”.")
    return found


def _named(database: Path | str | None) -> Path | None:
    chosen = database or os.environ.get(ENVIRONMENT)
    return Path(chosen) if chosen else None


def _open_library(options: dict[str, str]) -> tuple[Library, bool]:
    """The library, and whether a newer bundle waits to be taken in."""
    named = _named(options.get("--database"))
    bundled = paths.bundled_database()
    knowledge = open_knowledge(named, bundled, paths.user_data_folder())
    return Library(knowledge), named is None and waits_for_bundle(knowledge, bundled)


def _open_window(options: dict[str, str]) -> int:
    begun = time.perf_counter()
    # lazy: 0.3 s, Qt: a machine without a screen is told so without it.
    from briefing.ui.program import Program  # noqa: PLC0415 - loads Qt

    library, waits = _open_library(options)
    user_folder = paths.user_data_folder()
    workspace = options.get("--workspace")
    program = Program(
        library,
        SettingsFile(user_folder / "settings.json"),
        workspace_path(Path(workspace) if workspace else None, user_folder),
    )
    if waits:
        program.update_after_start(lambda: _take_bundle(library.knowledge.path))
    program.painted.connect(_collect_again)
    if "--check-start" in options:
        program.painted.connect(lambda: _tell("Painted", begun))
        program.completed.connect(lambda: _tell("Complete", begun))
        program.end_when_painted()
    return program.run()


def _collect_again() -> None:
    """Let the collector on, which was off since the start; what stands now it need not look at."""
    gc.freeze()
    gc.enable()


def _tell(what: str, begun: float) -> None:
    """At once: whoever measures the start reads the clock when the line comes."""
    sys.stdout.write(f"{what} after {time.perf_counter() - begun:.3f} s\n")
    sys.stdout.flush()


def _take_bundle(copy: Path) -> bool:
    # lazy: 0.1 s, needed once after an update.
    from briefing.services.take_bundle import take_bundle  # noqa: PLC0415 - start time

    return take_bundle(paths.bundled_database(), copy, datetime.now(UTC))


def _write_sample(options: dict[str, str]) -> int:
    # lazy: 0.2 s, exporters are not needed for a window.
    from briefing.cli_brief import write_sample  # noqa: PLC0415 - loads typst

    library, _waits = _open_library(options)
    target = Path.cwd() / SAMPLE
    write_sample(library.knowledge, SAMPLE_ACTOR, target)
    sys.stdout.write(
        f"There is no screen to open a window on. A sample briefing on {SAMPLE_ACTOR} was written"
        f" to {target} instead. On a computer with a screen, “briefing” opens the window.\n"
    )
    return 0
