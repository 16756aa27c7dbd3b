"""Programs that a test runs in a process of their own, and the JSON that they print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def run_apart(name: str, *words: str | Path, platform: str = "offscreen") -> dict[str, Any]:
    """What a program of this folder prints: one JSON object.

    Args:
        name: Its file.
        words: What it is called with.
        platform: Qt's platform, with what that is to read.
    """
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name(name)), *map(str, words)],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": platform,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))
