"""Every file that a path leads to, opened and unpacked; what cannot be read is said."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from briefing.feeds.payload import Payload
from briefing.feeds.unpack import MOST_BYTES, Refused, printable, unpack


def payloads_of(path: Path) -> Iterator[Payload | Refused]:
    """Every file at a path, unpacked; a folder is read with its folders, in the order of names.

    Names beginning with a dot are left out; links to folders are not followed, since they may lead
    round in circles, and said.
    """
    name = printable(path.name or str(path))
    if not _is_folder(path):
        yield from _file(path, name)
        return
    is_empty = True
    for item in _folder(path):
        is_empty = False
        yield item
    if is_empty:
        yield Refused(name, "The folder holds no files.")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # It lies where nobody may look: reading it will say so.
        return False


def _folder(path: Path) -> Iterator[Payload | Refused]:
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        folders.sort()
        yield from _links(Path(folder), folders, path)
        for name in sorted(names):
            if not name.startswith("."):
                yield from _file(Path(folder) / name, _shown(Path(folder) / name, path))
    for error in closed:
        yield Refused(_shown(Path(error.filename), path), _unreadable(error))


def _links(folder: Path, names: list[str], path: Path) -> Iterator[Refused]:
    for name in names:
        if not name.startswith(".") and (folder / name).is_symlink():
            yield Refused(
                _shown(folder / name, path),
                "It is a link to a folder and was not followed; name the folder itself.",
            )


def _shown(file: Path, path: Path) -> str:
    return printable(file.relative_to(path.parent).as_posix())


def _file(path: Path, name: str) -> Iterator[Payload | Refused]:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            # A pipe or a device may never end.
            yield Refused(name, "It is no ordinary file, so it was not read.")
            return
        if found.st_size > MOST_BYTES:
            yield Refused(name, f"It is larger than {MOST_BYTES >> 20} MiB, which no feed is.")
            return
        data = path.read_bytes()
    except OSError as error:
        yield Refused(name, _unreadable(error))
        return
    yield from unpack(Payload(name, data))


def _unreadable(error: OSError) -> str:
    return f"It cannot be read: {error.strerror or error}."
