"""A client's logo: PNG or JPEG by what is in the file, of a sensible size, and nothing besides.

What a picture does not need in order to be drawn is cut away: texts, the camera's and the author's
data, and whatever stands after its end. None of that belongs into a document for a client.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from briefing.core.errors import BriefingError
from briefing.exports.picture_files import (
    LARGEST_FILE,
    LARGEST_SIDE,
    MOST_PIXELS,
    SIGNATURES,
    PictureError,
    read_picture,
)

_SVG: Final = re.compile(rb"<(?:svg|!doctype svg|\?xml)\b", re.IGNORECASE)


class LogoError(BriefingError):
    """A file that cannot be a logo, with the reason."""


def read_logo(path: Path) -> bytes:
    """Read and check a logo.

    Raises:
        LogoError: when the file cannot be read, or is not a PNG or JPEG picture of a sensible size.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise LogoError(
            f"The logo {path.name} cannot be read: {error.strerror or error}.",
            detail=str(path),
            remedy="Check its name and place, or leave the logo out.",
        ) from error
    return clean_logo(data, f"The logo {path.name}")


def clean_logo(data: bytes, what: str = "The logo") -> bytes:
    """The picture without anything that is not needed to draw it.

    Raises:
        LogoError: when it is not a PNG or JPEG picture of a sensible size.
    """
    try:
        return read_picture(data).data
    except PictureError as error:
        if len(data) <= LARGEST_FILE and _SVG.search(data[:4096].replace(b"\0", b"")):
            raise _refused(what, "is an SVG drawing, which may hold a script") from error
        raise _refused(what, str(error)) from error


def suffix(logo: bytes) -> str:
    """The ending of a file with this picture: ``.png`` or ``.jpg``."""
    return ".png" if logo.startswith(SIGNATURES[0]) else ".jpg"


def _refused(what: str, why: str) -> LogoError:
    return LogoError(
        f"{what} {why}.",
        remedy="Save the logo as PNG or JPEG, at most"
        f" {LARGEST_SIDE:,} pixels wide or high, and use that.",
    )


__all__ = [
    "LARGEST_FILE",
    "LARGEST_SIDE",
    "MOST_PIXELS",
    "LogoError",
    "clean_logo",
    "read_logo",
    "suffix",
]
