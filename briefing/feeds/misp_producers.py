"""Who coins names of actors, and who issues advisories: the bundled tables of names."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from briefing.core.errors import BriefingError
from briefing.feeds.misp_galaxy_file import uuid_in

FILE = "producers.toml"


def read_producers(folder: Path) -> dict[str, str]:
    """UUID → name of the producers that the program knows without a feed.

    Args:
        folder: The folder of the vocabularies.

    Raises:
        BriefingError: where the file is missing or lists something else.
    """
    path = folder / FILE
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise BriefingError(
            f"{path} cannot be read: {error.strerror}.",
            detail=str(error),
            remedy="Install the program again, or name the right folder.",
        ) from error
    return parse_producers(payload)


def parse_issuers(payload: bytes) -> dict[str, str]:
    """Code → name of the issuers of advisories, from the bytes of the same table.

    Raises:
        BriefingError: for anything but issuers with a code of their own and a name.
    """
    return _named(payload, "issuer", lambda entry: str(entry["code"]), "a code")


def parse_producers(payload: bytes) -> dict[str, str]:
    """UUID → name from the bytes of the table.

    Raises:
        BriefingError: for anything but producers with a UUID of their own and a name.
    """
    return _named(payload, "producer", lambda entry: uuid_in(entry["uuid"]), "a UUID")


def _named(
    payload: bytes, table: str, key: Callable[[Mapping[str, Any]], str], wanted: str
) -> dict[str, str]:
    """Key → name of the entries of one table of the file."""
    try:
        entries = tomllib.loads(payload.decode())[table]
        found = {key(entry): str(entry["name"]).strip() for entry in entries}
    except KeyError as error:
        raise BriefingError(f"{FILE} has no entry {error}.", detail=repr(error)) from error
    except (ValueError, TypeError) as error:
        raise BriefingError(f"{FILE} cannot be used: {error}", detail=repr(error)) from error
    if "" in found or "" in found.values() or len(found) != len(entries):
        raise BriefingError(
            f"{FILE} cannot be used: each {table} needs {wanted} that no other has, and a name."
        )
    return found
