"""Start the program: the window when no command is named, else one command of the command line."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from types import TracebackType

from briefing import display

VALUE_OPTIONS = ("--database", "--workspace")
"""Options of the window that take a value."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 done, 1 cannot, 2 wrong call.

    Args:
        arguments: Without the program's name; those of the process unless given.
    """
    if arguments is None:
        sys.excepthook = say_fault
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if opens_window(given):
            return _open_window(given)
        return _run_command(given)
    except display.MissingLibrariesError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def say_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Say in a sentence that something nobody foresaw went wrong; the details go to a file."""
    details = "".join(traceback.format_exception(kind, fault, trace))
    handle, name = tempfile.mkstemp(prefix="threat-briefing-fault-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(details)
    sys.stderr.write(
        f"Threat Briefing met a fault it did not foresee and stopped: {kind.__name__}."
        f" Nothing half done was kept. The details are in {name}; please send them to us.\n"
    )


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether only options of the window were given, and no command."""
    rest = iter(arguments)
    for argument in rest:
        if argument in VALUE_OPTIONS:
            next(rest, None)
        elif argument != "--check-start" and argument.partition("=")[0] not in VALUE_OPTIONS:
            return False
    return True


def _open_window(arguments: list[str]) -> int:
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        # The packaged program carries Qt's X11 plugin alone, and Qt would look for others first.
        os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
    if display.is_available(os.environ):
        _require(display.missing_packages(os.environ))
    # Nothing made while the window is built is garbage; the collector is let on when it stands.
    gc.disable()
    try:
        from briefing import app  # noqa: PLC0415 - lazy: 0.1 s, commands need neither window nor Qt

        return app.run(arguments)
    finally:
        gc.enable()


def _run_command(arguments: list[str]) -> int:
    from briefing import cli  # noqa: PLC0415 - lazy: 0.1 s, the window needs no commands

    try:
        return cli.main(arguments)
    except ImportError:
        # `briefing screens` draws with Qt, which says so this way when a library is missing.
        _require(display.missing_packages({"QT_QPA_PLATFORM": "offscreen"}))
        raise


def _require(packages: tuple[str, ...]) -> None:
    if packages:
        raise display.MissingLibrariesError(packages)


if __name__ == "__main__":
    sys.exit(main())
