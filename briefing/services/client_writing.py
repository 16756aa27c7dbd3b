"""A client as a TOML file, with its logo beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from briefing.core.client import Client
from briefing.services.client_logo import suffix
from briefing.services.export_brief import write_whole

_ESCAPES: Final = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
_DELETE: Final = 0x7F


def write_client_file(client: Client, path: Path) -> tuple[Path, ...]:
    """Write a client, and its logo beside it under a name like it.

    Files that stand there are replaced, each whole or not at all.

    Returns:
        What was written: the client file, and its logo where there is one.

    Raises:
        BriefingError: when a file cannot be written.
    """
    logo = client.brand.logo
    picture = path.with_name(f"{path.stem}-logo{suffix(logo)}") if logo else None
    written = []
    if picture is not None:
        # First: a client file that names a logo which is not there could not be read again.
        write_whole(picture, logo)
        written.append(picture)
    write_whole(path, client_toml(client, picture.name if picture else "").encode())
    return (path, *written)


def client_toml(client: Client, logo: str = "") -> str:
    """The text of a client file (TOML 1.0); ``logo`` is the name of the picture's file, or ""."""
    return "\n".join((*_lines(client, logo), ""))


def _lines(client: Client, logo: str) -> Iterator[str]:
    yield f"name = {_text(client.name)}"
    yield f"sectors = {_texts(client.sectors)}"
    yield f"countries = {_texts(client.countries)}"
    if client.size:
        yield f"size = {_text(client.size)}"
    yield f"customer_sectors = {_texts(client.customer_sectors)}"
    yield f"supplier_sectors = {_texts(client.supplier_sectors)}"
    yield f"uses_msp = {_flag(client.uses_msp)}"
    yield f"technology = {_texts(client.technology)}"
    yield f"tlp = {_text(client.tlp.code)}"
    if client.example:
        yield f"example = {_flag(client.example)}"
    brand = {
        "logo": logo,
        "primary": client.brand.primary,
        "secondary": client.brand.secondary,
        "footer": client.brand.footer,
    }
    if any(brand.values()):
        yield ""
        yield "[brand]"
        yield from (f"{key} = {_text(value)}" for key, value in brand.items() if value)


def _text(value: str) -> str:
    return '"' + "".join(_ESCAPES.get(sign) or _escaped(sign) for sign in value) + '"'


def _escaped(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04x}" if code < ord(" ") or code == _DELETE else sign


def _texts(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _flag(value: bool) -> str:
    return "true" if value else "false"
