"""Which calls open the window, and which run a command."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Sequence

import pytest

from briefing import __main__ as start
from briefing import app, display
from briefing.core.errors import BriefingError


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--database", "k.db"],
        ["--database=k.db", "--workspace", "w.db"],
        ["--check-start"],
        ["--database", "lookup"],
    ],
)
def test_options_alone_open_the_window(arguments: list[str]) -> None:
    assert start.opens_window(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["lookup", "Fancy Bear"],
        ["--version"],
        ["--help"],
        ["--database", "k.db", "lookup", "APT28"],
        ["no-such-command"],
    ],
)
def test_anything_else_is_for_the_command_line(arguments: list[str]) -> None:
    assert not start.opens_window(arguments)


def test_a_missing_library_is_told_in_one_line_and_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(display, "is_available", lambda _environment: True)
    monkeypatch.setattr(display, "missing_packages", lambda _environment: ("libegl1",))
    assert start.main([]) == 1
    said = capsys.readouterr().err
    assert "sudo apt-get install libegl1" in said
    assert said.count("\n") == 1


def test_the_collector_rests_while_the_window_is_built_and_never_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    was_on: list[bool] = []

    def run(_arguments: Sequence[str]) -> int:
        was_on.append(gc.isenabled())
        raise BriefingError("The window cannot be built.")

    monkeypatch.setattr(display, "is_available", lambda _environment: False)
    monkeypatch.setattr(app, "run", run)
    with pytest.raises(BriefingError):
        start.main([])
    assert was_on == [False]
    assert gc.isenabled()


def test_a_command_starts_without_loading_qt() -> None:
    asked = (
        "import sys; from briefing.__main__ import main\n"
        "try: main(['--version'])\n"
        "finally: assert not [name for name in sys.modules if name.startswith('PySide6')]"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert "AssertionError" not in done.stderr
    assert done.returncode == 0, done.stderr
