"""What an answer says of itself, and its body, unpacked no further than it may grow."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

_GZIP: Final = 31
"""``wbits`` of zlib for the gzip format alone."""


class UnpackError(ValueError):
    """The body is not what its header says; the message is the reason, as a clause."""


class Body:
    """Takes the pieces of one answer and gives back what they hold.

    Only gzip is unpacked, because only gzip is asked for. A piece of 64 KiB may hold 64 MiB: it is
    never unpacked beyond ``room``, so the limit holds in memory as well.
    """

    def __init__(self, encoding: str, most: int) -> None:
        """Start an answer.

        Args:
            encoding: Value of ``Content-Encoding``.
            most: Most bytes, as received and again unpacked.

        Raises:
            UnpackError: for an encoding nobody asked for.
        """
        self._packed = encoding.strip().lower() in ("gzip", "x-gzip")
        if not self._packed and encoding.strip().lower() not in ("", "identity"):
            raise UnpackError(f"it is packed as “{encoding[:40]}”, which was not asked for")
        self._most = most
        self._member = zlib.decompressobj(_GZIP)
        self._pieces: list[bytes] = []
        self.received = 0
        self.unpacked = 0

    def take(self, piece: bytes) -> bool:
        """Take the next piece; False where the answer is now larger than it may be.

        Raises:
            UnpackError: where the piece is no gzip.
        """
        self.received += len(piece)
        if self._packed:
            self._unpack(piece)
        else:
            self._keep(piece)
        return self.received <= self._most and self.unpacked <= self._most

    def whole(self) -> bytes:
        """Everything, once the last piece was taken.

        Raises:
            UnpackError: where the packed body breaks off.
        """
        if self._packed and self.received and not self._member.eof:
            raise UnpackError("it breaks off before its end")
        return b"".join(self._pieces)

    def _unpack(self, piece: bytes) -> None:
        while piece and self.unpacked <= self._most:
            if self._member.eof:
                # A gzip stream may have several members (RFC 1952, 2.2).
                self._member = zlib.decompressobj(_GZIP)
            try:
                self._keep(self._member.decompress(piece, self._most - self.unpacked + 1))
            except zlib.error as error:
                raise UnpackError("it says that it is packed with gzip and is not") from error
            piece = self._member.unused_data or self._member.unconsumed_tail

    def _keep(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self.unpacked += len(piece)


def headers_told(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by name in small letters; what is said twice is joined (RFC 9110, 5.3)."""
    told: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        told[name] = f"{told[name]}, {value}" if name in told else value
    return told
