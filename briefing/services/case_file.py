"""Files of cases by which methods are measured: JSON, plain or gzip, read without trust.

Whatever is wrong with one is told in a sentence with the place where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

from briefing.core.errors import BriefingError
from briefing.feeds.json_reading import read_json
from briefing.feeds.payload import Payload
from briefing.feeds.unpack import Refused, unpack

LARGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes as it lies on the disk; the largest published one has 350 kB."""


def read_cases(path: Path, what: str) -> Place:
    """The content of a file of cases.

    Args:
        path: The file.
        what: What is measured, which is also the command's name (``relevance``).

    Raises:
        BriefingError: for a file that cannot be read, is too large or is no JSON.
    """
    return Place(path, what, "the file", _content(path, _remedy(what)))


class Place:
    """A value in the file with the way to it, for the sentence that refuses it."""

    def __init__(self, path: Path, what: str, name: str, value: Any) -> None:
        """``name`` is the way to the value, in words."""
        self._path, self._what, self._name, self._value = path, what, name, value

    def refuse(self, why: str) -> NoReturn:
        """Refuse the file for this value.

        Raises:
            BriefingError: always.
        """
        raise BriefingError(
            f"{self._path} is no file of cases for measuring {self._what}: {self._name} {why}",
            remedy=_remedy(self._what),
        )

    def mapping(self) -> Members:
        """The members of an object."""
        if not isinstance(self._value, dict):
            self.refuse("is no object.")
        return Members(
            self,
            {
                key: self._inner(f"“{key[:80]}” in {self._name}", value)
                for key, value in self._value.items()
            },
        )

    def items(self) -> list[Place]:
        """The entries of a list."""
        if not isinstance(self._value, list):
            self.refuse("is no list.")
        return [
            self._inner(f"entry {number} of {self._name}", value)
            for number, value in enumerate(self._value, start=1)
        ]

    def text(self) -> str:
        """A text."""
        if not isinstance(self._value, str):
            self.refuse("is no text.")
        return self._value

    def texts(self) -> list[str]:
        """A list of texts."""
        return [item.text() for item in self.items()]

    def name(self) -> str:
        """An id: a text or a whole number."""
        if isinstance(self._value, bool) or not isinstance(self._value, str | int):
            self.refuse("is no id.")
        return str(self._value)

    def day(self) -> date:
        """A day."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.refuse("is no day such as 2020-05-31.")

    def _inner(self, name: str, value: Any) -> Place:
        return Place(self._path, self._what, name, value)


class Members(dict[str, Place]):
    """The members of an object; one that is not there is refused."""

    def __init__(self, holder: Place, members: Mapping[str, Place]) -> None:
        """``holder`` is the object itself."""
        super().__init__(members)
        self._holder = holder

    def __missing__(self, key: str) -> NoReturn:
        """Refuse the object for what it lacks."""
        self._holder.refuse(f"lacks “{key}”.")


def _remedy(what: str) -> str:
    return f"Nothing was measured. “briefing backtest {what} --help” says what such a file holds."


def _content(path: Path, remedy: str) -> Any:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BriefingError(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(data) > LARGEST_FILE:
        raise BriefingError(
            f"{path} is larger than {LARGEST_FILE >> 20} MiB and was not read.", remedy=remedy
        )
    found = list(unpack(Payload(path.name, data)))
    refused = next((one for one in found if isinstance(one, Refused)), None)
    if refused is not None:
        raise BriefingError(f"{path} was not read. {refused.reason}", remedy=remedy)
    if len(found) != 1 or not isinstance(found[0], Payload):
        raise BriefingError(f"{path} holds more files than one.", remedy=remedy)
    return read_json(path.name, found[0].data)
