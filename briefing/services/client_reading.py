"""A client as it stands in a TOML file, read without trust: every refusal is a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath
from typing import Any, Final

from briefing.core.client import Brand, Client
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp, parse_tlp
from briefing.core.wording import listed
from briefing.services.client_checks import Problem, problems, technology_meant
from briefing.services.client_logo import LogoError, read_logo
from briefing.services.client_words import (
    Words,
    country_words,
    level_words,
    nearest,
    sector_words,
    shown,
    size_words,
)
from briefing.store.labels import Labels

LARGEST_FILE: Final = 1_000_000
"""Bytes."""
MOST_TOLD: Final = 6
"""Problems that a refusal names; further ones are counted."""

_PLACE = re.compile(r"\(at (line \d+), (column \d+)\)")
_KEYS: Final = (
    *("name", "sectors", "countries", "size", "customer_sectors", "supplier_sectors"),
    *("uses_msp", "technology", "tlp", "example", "brand"),
)
_BRAND_KEYS: Final = ("logo", "primary", "secondary", "footer")


class ClientFileError(BriefingError):
    """A client file that was refused.

    Attributes:
        problems: What is wrong in it, each with its key; none where it is no TOML at all.
    """

    def __init__(self, message: str, found: tuple[Problem, ...] = (), detail: str = "") -> None:
        """Keep the problems apart from the sentence that names them."""
        remedy = "Correct the file and try again. Nothing was changed."
        super().__init__(message, detail=detail, remedy=remedy)
        self.problems = found


def read_client_file(path: Path, labels: Labels) -> Client:
    """Read a client from a TOML file as ``briefing clients export`` writes it.

    Args:
        path: The file; its logo is sought in the same folder and below.
        labels: The words of the database: sectors and countries.

    Returns:
        The client, without an id.

    Raises:
        ClientFileError: for everything in it that cannot be taken, named at once.
    """
    table = _parsed(path)
    reader = _Reader(path.parent, labels)
    client = reader.client(table)
    found = tuple(reader.found) or problems(client)
    if found:
        raise _refused(path, found)
    return client


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ClientFileError(
            f"The client file {path.name} cannot be read: {error.strerror or error}.",
            detail=str(path),
        ) from error
    if len(data) > LARGEST_FILE:
        raise ClientFileError(f"The client file {path.name} is larger than 1 MB.", detail=str(path))
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ClientFileError(
            f"The client file {path.name} is not written in UTF-8 (line {line}).", detail=str(path)
        ) from error
    except (ValueError, RecursionError) as error:
        place = _PLACE.search(str(error))
        at = f" in {place[1]}, {place[2]}" if place else ""
        raise ClientFileError(
            f"The client file {path.name} is not valid TOML{at}.",
            detail=f"{path}: {shown(str(error))}",
        ) from error


def _refused(path: Path, found: tuple[Problem, ...]) -> ClientFileError:
    said = " ".join(f"{problem.field}: {problem.text}" for problem in found[:MOST_TOLD])
    more = f" And {len(found) - MOST_TOLD} more." if len(found) > MOST_TOLD else ""
    detail = "\n".join((str(path), *(f"{one.field}: {one.text}" for one in found)))
    return ClientFileError(f"The client file {path.name} was refused. {said}{more}", found, detail)


class _Reader:
    """Takes a parsed file apart, and notes what is wrong instead of ending at the first fault."""

    def __init__(self, folder: Path, labels: Labels) -> None:
        self._folder = folder
        self._sectors, self._countries = sector_words(labels), country_words(labels)
        self.found: list[Problem] = []

    def client(self, table: Mapping[str, Any]) -> Client:
        self._refuse_unknown(table, _KEYS, "")
        brand = table.get("brand", {})
        if not isinstance(brand, dict):
            self._refuse("brand", "must be a table, [brand].")
            brand = {}
        return Client(
            name=self._text(table, "name"),
            sectors=self._codes(table, "sectors", self._sectors),
            countries=self._codes(table, "countries", self._countries),
            size=self._code(table, "size", size_words()),
            customer_sectors=self._codes(table, "customer_sectors", self._sectors),
            supplier_sectors=self._codes(table, "supplier_sectors", self._sectors),
            uses_msp=self._flag(table, "uses_msp"),
            technology=self._list(table, "technology", lambda text: technology_meant(text) or text),
            tlp=self._level(table),
            brand=self._brand(brand),
            example=self._flag(table, "example"),
        )

    def _brand(self, table: Mapping[str, Any]) -> Brand:
        self._refuse_unknown(table, _BRAND_KEYS, "brand.")
        return Brand(
            logo=self._logo(self._text(table, "logo", "brand.")),
            primary=self._text(table, "primary", "brand.").lower(),
            secondary=self._text(table, "secondary", "brand.").lower(),
            footer=self._text(table, "footer", "brand."),
        )

    def _level(self, table: Mapping[str, Any]) -> Tlp:
        code = self._code(table, "tlp", level_words())
        return parse_tlp(code) if code else Client("").tlp

    def _logo(self, name: str) -> bytes:
        if not name:
            return b""
        # Neither another computer nor another folder: a file that was sent must not reach there.
        path = (self._folder / name).resolve()
        elsewhere = PureWindowsPath(name).anchor or Path(name).is_absolute()
        if elsewhere or not path.is_relative_to(self._folder.resolve()):
            self._refuse(
                "brand.logo",
                f"“{shown(name)}” does not lie in the folder of the client file; put the logo"
                " there and give its name.",
            )
            return b""
        try:
            return read_logo(path)
        except LogoError as error:
            self._refuse("brand.logo", str(error))
            return b""

    def _code(self, table: Mapping[str, Any], key: str, words: Words) -> str:
        text = self._text(table, key)
        if text and not words.code(text):
            self._refuse(key, words.refusal(text))
        return words.code(text)

    def _codes(self, table: Mapping[str, Any], key: str, words: Words) -> tuple[str, ...]:
        def code(text: str) -> str:
            if not words.code(text):
                self._refuse(key, words.refusal(text))
            return words.code(text)

        return self._list(table, key, code)

    def _list(
        self, table: Mapping[str, Any], key: str, code: Callable[[str], str]
    ) -> tuple[str, ...]:
        given = table.get(key, [])
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            self._refuse(key, f'must be a list of texts, as in {key} = ["…", "…"].')
            return ()
        # What stands twice counts once.
        return tuple(dict.fromkeys(code(text) for text in given))

    def _text(self, table: Mapping[str, Any], key: str, prefix: str = "") -> str:
        given = table.get(key, "")
        if not isinstance(given, str):
            self._refuse(prefix + key, f'must be a text in quotation marks, as in {key} = "…".')
            return ""
        return given.strip()

    def _flag(self, table: Mapping[str, Any], key: str) -> bool:
        given = table.get(key, False)
        if not isinstance(given, bool):
            self._refuse(key, "must be true or false, without quotation marks.")
            return False
        return given

    def _refuse_unknown(
        self, table: Mapping[str, Any], known: tuple[str, ...], prefix: str
    ) -> None:
        for key in table:
            if key not in known:
                near = nearest(key, known)
                hint = f"the nearest is “{near}”" if near else f"known are {listed(known)}"
                self._refuse(prefix + shown(key), f"There is no such key; {hint}.")

    def _refuse(self, field: str, text: str) -> None:
        self.found.append(Problem(field, text))
