"""The command line as a script calls it, and what it answers."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing import cli


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output; nothing else may stand there."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def results(self) -> list[dict[str, Any]]:
        """What became of each source."""
        found: list[dict[str, Any]] = self.json["results"]
        return found


class Shell:
    """Calls commands on one database."""

    def __init__(self, database: Path) -> None:
        """Work on a database, which need not be there yet."""
        self.database = database

    def __call__(self, *arguments: str | Path) -> Said:
        """Run one command."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            words = [str(word) for word in arguments]
            code = cli.main([*words, "--database", str(self.database)])
        return Said(code, out.getvalue(), err.getvalue())

    def as_json(self, *arguments: str | Path) -> Said:
        """Run one command for a script, which is told nothing besides the JSON object."""
        said = self(*arguments, "--json")
        assert said.err == ""
        return said

    def info(self) -> dict[str, Any]:
        """What the database holds, less what a file that was written to is larger by."""
        found = self.as_json("database", "info").json
        del found["size_bytes"]
        return found
