"""JSON as feeds write it, read strictly: what the format leaves open is decided here.

Python reads two equal keys of an object (the last wins), NaN, whole numbers of any size and halves
of surrogate pairs without a word. Here the first two and numbers beyond 64 bits are faults with a
place; a half pair is one too, since it cannot be written as UTF-8. Of a long list each element is
read on its own: one bad object does not spoil the rest, and no call holds the interpreter for long.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from briefing.core.changes import canonical
from briefing.core.errors import BriefingError

MOST_BYTES = 512 * 1024 * 1024
"""A larger file is not read: nothing published comes near it."""
_SPACE = re.compile(r"[ \t\n\r]*")
_LARGEST = 2**63
_QUOTED = 80


class Element(NamedTuple):
    """One entry of a list, or one member of an object.

    Attributes:
        value: What was read.
        fault: Why it cannot be taken, in a sentence; "" where it can.
        place: Where it begins, for people ("line 3, column 1").
    """

    value: Any
    fault: str = ""
    place: str = ""


class _Faults:
    """What the decoder met since it was last asked."""

    def __init__(self) -> None:
        self.found = ""

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        read = dict(pairs)
        if len(read) != len(pairs):
            seen: set[str] = set()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # add returns None
            self.note(f"it has the key “{twice[:_QUOTED]}” twice, so nobody can say which counts.")
        return read

    def constant(self, name: str) -> float:
        self.note(f"it has {name} for a number, which JSON does not know.")
        return 0.0

    def fraction(self, text: str) -> float:
        read = float(text)
        if math.isinf(read):
            self.note(f"it has the number {text[:30]}, which is too large to be read.")
            return 0.0
        return read

    def whole(self, text: str) -> int:
        if len(text) > 20 or not -_LARGEST <= int(text) < _LARGEST:
            self.note(f"it has the number {text[:30]}…, which no program reads alike.")
            return 0
        return int(text)

    def note(self, fault: str) -> None:
        self.found = self.found or fault

    def taken(self) -> str:
        found, self.found = self.found, ""
        return found


class JsonText:
    """The text of one JSON file, read piece by piece."""

    def __init__(self, name: str, data: bytes) -> None:
        """Decode the bytes.

        Args:
            name: The file's name, for errors.
            data: Its bytes, UTF-8 with or without a byte order mark.

        Raises:
            BriefingError: for a file that is too large or is no UTF-8.
        """
        self.name = name
        if len(data) > MOST_BYTES:
            raise BriefingError(
                f"{name} is larger than {MOST_BYTES >> 20} MiB and was not read.",
                remedy="Nothing was changed. Ask whoever publishes it for a smaller file.",
            )
        try:
            self.text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise BriefingError(
                f"{name} is no UTF-8 text: byte {error.start + 1} belongs to no character.",
                detail=str(error),
                remedy="Nothing was changed. Export or download the file again.",
            ) from error
        self._faults = _Faults()
        self._counted = (0, 1)
        self._at = 0
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._faults.pairs,
            parse_constant=self._faults.constant,
            parse_int=self._faults.whole,
            parse_float=self._faults.fraction,
        )

    def whole(self) -> Any:
        """The whole file as one value.

        Raises:
            BriefingError: for anything that is not plain JSON.
        """
        value, end = self._value(self._skip(0))
        self._end(end)
        fault = self._faults.taken() or self._unwritable(value)
        if fault:
            raise self._refused(f"{self.name} was not taken: {fault}")
        return value

    def members(self) -> Iterator[tuple[str, int]]:
        """Each key of the top-level object with the place of its value; see ``read`` and ``skip``.

        The caller sends nothing back: it tells where a value ended by calling ``read`` or
        ``elements`` to their end, and ``members`` goes on from there.

        Raises:
            BriefingError: where the text is no JSON object.
        """
        at = self._skip(0)
        self._expect(at, "{")
        at = self._skip(at + 1)
        seen: set[str] = set()
        self._at = at
        if self._char(at) == "}":
            self._end(at + 1)
            return
        while True:
            self._expect(at, '"')
            key, at = self._value(at)
            at = self._skip(at)
            self._expect(at, ":")
            self._at = self._skip(at + 1)
            if key in seen:
                raise self._refused(
                    f"{self.name} was not taken: it has the key “{key[:_QUOTED]}” twice."
                )
            seen.add(key)
            yield key, self._at
            at = self._skip(self._at)
            if self._char(at) == "}":
                self._end(at + 1)
                return
            self._expect(at, ",")
            at = self._skip(at + 1)

    def read(self) -> Element:
        """The value of the member that ``members`` stopped at."""
        start = self._at
        value, self._at = self._value(start)
        return self._element(value, start)

    def elements(self) -> Iterator[Element]:
        """The entries of the list that ``members`` stopped at, or that the file is.

        Raises:
            BriefingError: where it is no list, or breaks off.
        """
        self._expect(self._at, "[")
        at = self._skip(self._at + 1)
        if self._char(at) == "]":
            self._at = at + 1
            return
        while True:
            value, end = self._value(at)
            yield self._element(value, at)
            if self.text.startswith(",{", end):
                at = end + 1  # how almost every list of objects is written
                continue
            end = self._skip(end)
            if self._char(end) == "]":
                self._at = end + 1
                return
            self._expect(end, ",")
            at = self._skip(end + 1)

    def top_elements(self) -> Iterator[Element]:
        """The entries of a file that is one list.

        Raises:
            BriefingError: where it is no list, or breaks off.
        """
        self._at = self._skip(0)
        yield from self.elements()
        self._end(self._at)

    def _element(self, value: Any, start: int) -> Element:
        if not self._faults.found:
            return Element(value)
        return Element(value, self._faults.taken(), self._place(start))

    def _value(self, at: int) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            if error.pos >= len(self.text.rstrip()) or "Unterminated" in error.msg:
                raise self._broken_off(error.pos) from error
            raise self._refused(
                f"{self.name} is no valid JSON: {self._place(error.pos)} cannot be read.",
                f"{error.msg} at character {error.pos}",
            ) from error
        except RecursionError as error:
            raise self._refused(
                f"{self.name} was not taken: it is nested more deeply than any feed needs,"
                f" from {self._place(at)} on."
            ) from error

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _char(self, at: int) -> str:
        if at >= len(self.text):
            raise self._broken_off(at)
        return self.text[at]

    def _expect(self, at: int, wanted: str) -> None:
        if self._char(at) != wanted:
            raise self._refused(
                f"{self.name} is no valid JSON: {self._place(at)} should hold “{wanted}”."
            )

    def _end(self, at: int) -> None:
        at = self._skip(at)
        if at < len(self.text):
            raise self._refused(
                f"{self.name} is no valid JSON: something follows after its end,"
                f" at {self._place(at)}."
            )

    def _place(self, at: int) -> str:
        # Counted on from the last place: a file may have a fault in every line.
        known, line = self._counted if self._counted[0] <= at else (0, 1)
        line += self.text.count("\n", known, at)
        self._counted = (at, line)
        return f"line {line}, column {at - self.text.rfind(chr(10), 0, at)}"

    def _broken_off(self, at: int) -> BriefingError:
        return self._refused(f"{self.name} breaks off in the middle, at {self._place(at)}.")

    def _unwritable(self, value: Any) -> str:
        return unwritable(value)

    def _refused(self, message: str, detail: str = "") -> BriefingError:
        return BriefingError(
            message,
            detail=detail,
            remedy="Nothing was changed. Download or export the file again.",
        )


def unwritable(value: Any) -> str:
    """Why a value that was read cannot be kept, in a sentence; "" where it can."""
    try:
        canonical(value)
    except TypeError as error:
        if "surrogate" in str(error) or "UTF-8" in str(error):
            return "it holds half a character (a lone surrogate), which cannot be written."
        return "it is nested too deeply to be kept."
    return ""


def read_json(name: str, data: bytes) -> Any:
    """A small file as one value.

    Raises:
        BriefingError: for anything that is not plain JSON, with file, place and reason.
    """
    return JsonText(name, data).whole()
