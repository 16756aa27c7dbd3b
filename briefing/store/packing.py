"""Contents of records, packed where the file is made to be handed on.

What a source sent stands in the file as it was received. In the bundled database it is half of the
file, and there it is packed; what is taken in later is written plainly, for speed. The view
``record`` gives either as text, so that no reader needs to know: it asks for ``unpacked`` of what
is no text, which every connection of ours is taught.
"""

from __future__ import annotations

import sqlite3
import zlib

_LEAST = 200
"""Characters; what is shorter gains nothing."""


def teach(connection: sqlite3.Connection) -> None:
    """Let a connection read packed contents."""
    connection.create_function("unpacked", 1, unpacked, deterministic=True)


def pack(connection: sqlite3.Connection) -> None:
    """Pack the contents that are longer than a few words, inside the caller's transaction."""
    connection.create_function("packed", 1, packed, deterministic=True)
    connection.execute(
        "UPDATE record_row SET content = packed(content)"
        " WHERE typeof(content) = 'text' AND length(content) >= ?",
        (_LEAST,),
    )


def packed(content: str) -> bytes | str:
    """A content as it stands in a file that is handed on: smaller, or else as it was."""
    small = zlib.compress(content.encode(), 9)
    return small if len(small) < len(content.encode()) else content


def unpacked(content: bytes) -> str:
    """The text of a packed content.

    Raises:
        zlib.error: when it is damaged, which SQLite tells as a fault of the query.
    """
    return zlib.decompress(content).decode()
