"""A new database, a copy of the real one that may be written to, and media that are not well."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from briefing.store.migrate import open_knowledge


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's own database is."""
    return tmp_path / "knowledge.db"


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    """The writing connection of a new, empty database."""
    with closing(open_knowledge(path)) as connection:
        yield connection


@pytest.fixture
def copy_path(bundled_database: Path, tmp_path: Path) -> Path:
    """A copy of the real database."""
    return Path(shutil.copy(bundled_database, tmp_path / "copy.db"))


@pytest.fixture
def real_copy(copy_path: Path) -> Iterator[sqlite3.Connection]:
    """The writing connection of a copy of the real database."""
    with closing(open_knowledge(copy_path)) as connection:
        yield connection


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a file system of its own in memory, as small as it is asked to be."""
    mounted: list[Path] = []

    def mount(size: str) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        if os.name != "posix" or not shutil.which("mount"):
            pytest.skip("This system has no mount command.")
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"Mounting takes a right that is not given here: {done.stderr.strip()}")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Callable[[Path], Path]]:
    """Puts a copy of a folder on a medium that nobody can write to, root included."""
    folder = tmp_path / "read-only"
    mounted: list[Path] = []

    def copied(source: Path) -> Path:
        shutil.copytree(source, folder)
        if os.name == "posix" and os.geteuid() == 0:
            for options in (["--bind", str(folder)], ["-o", "remount,ro,bind"]):
                command = ["mount", *options, str(folder)]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
                if done.returncode:
                    pytest.skip(f"Root may not mount here: {done.stderr.strip()}")
                mounted[:] = [folder]
        else:
            for path in (*folder.iterdir(), folder):
                path.chmod(path.stat().st_mode & ~0o222)
        return folder

    yield copied
    if mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
    elif folder.exists():
        folder.chmod(0o755)
