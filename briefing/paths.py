"""Where resources, curated data, the bundled database and user files are.

Run from source, everything lies in the repository. In a frozen program (PyInstaller) everything
that ships with it lies in one folder, ``sys._MEIPASS``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

_PROGRAM = "threat-briefing"
_REPOSITORY = Path(__file__).resolve().parent.parent


def _frozen_folder() -> Path | None:
    """The folder a frozen program unpacked itself to, or None from source."""
    folder = getattr(sys, "_MEIPASS", None)
    return Path(folder) if folder else None


def resources_folder() -> Path:
    """What the program shows but did not compute: templates, icons, map shapes, help pages."""
    return (_frozen_folder() or _REPOSITORY) / "resources"


def data_folder() -> Path:
    """Knowledge written for this program, as text a person can review."""
    return (_frozen_folder() or _REPOSITORY) / "data"


def bundled_database() -> Path:
    """The knowledge database that ships with the program; from source it is built first."""
    frozen = _frozen_folder()
    return frozen / "knowledge.db" if frozen else _REPOSITORY / "build" / "knowledge.db"


def user_data_folder() -> Path:
    """Where this person's databases are kept; the folder itself may not exist yet."""
    return platformdirs.user_data_path(_PROGRAM, appauthor=False)
