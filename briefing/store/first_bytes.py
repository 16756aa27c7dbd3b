"""The first bytes of a database, read so that SQLite's locks stay.

POSIX gives up every lock that a process holds on a file as soon as the process closes *any* of its
descriptors of that file, whoever opened it. A plain ``open`` beside SQLite's own connections is
enough: another program that closes the database then takes itself for the last one, and deletes the
write-ahead log under our connections (https://sqlite.org/howtocorrupt.html, section 2.2). So a
descriptor that was opened here stays open.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

MOST: Final = 64
"""Descriptors kept: the program knows three databases; what was looked at longest ago is closed."""

_kept: OrderedDict[tuple[int, int], int] = OrderedDict()
_keeping = threading.Lock()


def first_bytes(path: Path, size: int) -> bytes:
    """The first bytes of a file, fewer where it is shorter.

    Args:
        path: The file.
        size: How many.

    Raises:
        OSError: where it cannot be read.
    """
    if os.name != "posix":
        # Elsewhere a lock belongs to the handle through which it was taken.
        with path.open("rb") as file:
            return file.read(size)
    with _keeping:
        return os.pread(_descriptor(path), size, 0)


def _descriptor(path: Path) -> int:
    found = path.stat()
    key = (found.st_dev, found.st_ino)
    if key not in _kept:
        # While it is open, no other file can get its number.
        _kept[key] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    _kept.move_to_end(key)
    if len(_kept) > MOST:
        os.close(_kept.popitem(last=False)[1])
    return _kept[key]
