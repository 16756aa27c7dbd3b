"""What every test gets: no screen, folders of its own, no network; and media that are not well."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from briefing.paths import data_folder
from briefing.services.build_database import build_database
from briefing.services.task import Task

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

THIS_COMPUTER = frozenset({"127.0.0.1", "::1", "localhost"})


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a test, and every program it starts, away from the person's settings and databases."""
    home = tmp_path_factory.mktemp("person")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that reaches for another computer; servers on this one are allowed."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in THIS_COMPUTER:
            raise AssertionError(f"The test wanted to reach {address[0]}; tests use no network.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(scope="session")
def bundled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real knowledge.db, built once from the registry package and ``data/``.

    Every test reads this one file; a test that writes copies it first.
    """
    target = tmp_path_factory.mktemp("bundled") / "knowledge.db"
    return build_database(data_folder(), target, Task.silent()).path


@pytest.fixture(scope="session")
def without_advisories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same database without a single advisory, for what a test brings in itself."""
    folder = tmp_path_factory.mktemp("without-advisories")
    data = Path(shutil.copytree(data_folder(), folder / "data"))
    shutil.rmtree(data / "advisories")
    return build_database(data, folder / "knowledge.db", Task.silent()).path


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
