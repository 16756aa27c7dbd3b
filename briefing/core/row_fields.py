"""Values of a row's fields as plain JSON, and back: strictly, with a reason for what does not fit.

What a field may hold is told by its annotation, so a row needs no second description of itself.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Literal

from briefing.core.errors import BriefingError
from briefing.core.estimates import Confidence, Likelihood, parse_confidence, parse_likelihood

LONGEST = 20_000
"""Characters of a text; what is longer is no sentence of a person."""
MOST = 2_000
"""Entries of a list."""


class RowError(BriefingError):
    """A row that cannot be taken, with its reason in a sentence."""


@cache
def hints(made: type) -> dict[str, Any]:
    """Field → its annotation, resolved."""
    return typing.get_type_hints(made)


def default(field: Field[Any]) -> Any:
    """The value a field has where none is given; MISSING where one must be."""
    return field.default


def written(value: Any) -> Any:
    """A field's value as JSON."""
    if isinstance(value, Likelihood):
        return value.term
    if isinstance(value, Confidence):
        return value.word
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [written(one) for one in value]
    if is_dataclass(value):
        return {
            f.name: written(getattr(value, f.name))
            for f in fields(value)
            if getattr(value, f.name) != default(f)
        }
    return value


def read(name: str, hint: Any, value: Any) -> Any:
    """A field's value from JSON.

    Args:
        name: The field, for the sentence.
        hint: Its annotation, see ``hints``.
        value: What was received.

    Raises:
        RowError: where the value is of another kind, or a word outside its list.
    """
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _read_list(name, typing.get_args(hint)[0], value)
    if origin is UnionType:
        return None if value is None else read(name, typing.get_args(hint)[0], value)
    if origin is Literal:
        return _one_of(name, value, typing.get_args(hint))
    if hint in _WORDS:
        return _read_word(name, hint, value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(_one_of(name, value, tuple(word.value for word in hint)))
    if is_dataclass(hint):
        return _read_object(name, typing.cast("type", hint), value)
    return _read_plain(name, hint, value)


_WORDS: Mapping[Any, Any] = {Likelihood: parse_likelihood, Confidence: parse_confidence}


def _read_word(name: str, hint: Any, value: Any) -> Any:
    try:
        return _WORDS[hint](_read_plain(name, str, value))
    except ValueError as error:
        raise RowError(f"its “{name}” is wrong: {error}") from error


def _read_plain(name: str, hint: Any, value: Any) -> Any:
    # A truth value is a whole number in Python, and is none here.
    if type(value) is not hint:
        raise RowError(f"its “{name}” is no {_PLAIN[hint]}.")
    if hint is str:
        if len(value) > LONGEST:
            raise RowError(f"its “{name}” is longer than {LONGEST:,} characters.")
        if any(ch < " " and ch not in "\n\t" for ch in value) or not _writable(value):
            raise RowError(f"its “{name}” holds characters that are no text.")
    return value


_PLAIN = {str: "text", int: "whole number", bool: "truth value"}


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _one_of(name: str, value: Any, words: tuple[str, ...]) -> str:
    text: str = _read_plain(name, str, value)
    if text not in words:
        listed = ", ".join(word or "nothing" for word in words)
        raise RowError(f"its “{name}” is “{text[:80]}”; it may be: {listed}.")
    return text


def _read_list(name: str, hint: Any, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise RowError(f"its “{name}” is no list.")
    if len(value) > MOST:
        raise RowError(f"its “{name}” has more than {MOST:,} entries.")
    return tuple(read(name, hint, one) for one in value)


def _read_object(name: str, made: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise RowError(f"an entry of its “{name}” is no object.")
    known = {f.name: f for f in fields(made)}
    for key in value:
        if key not in known:
            raise RowError(f"an entry of its “{name}” has an unknown “{str(key)[:80]}”.")
    for key, field in known.items():
        if key not in value and field.default is MISSING:
            raise RowError(f"an entry of its “{name}” has no “{key}”.")
    return made(**{key: read(f"{name}.{key}", hints(made)[key], one) for key, one in value.items()})
