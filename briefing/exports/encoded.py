"""Text and data as bytes, or a sentence where a text is no text."""

from __future__ import annotations

from typing import Any

import orjson

from briefing.core.errors import BriefingError


def encoded(document: str) -> bytes:
    """A document as UTF-8.

    Raises:
        BriefingError: when it holds half a character (a lone surrogate).
    """
    try:
        return document.encode("utf-8")
    except UnicodeEncodeError as error:
        raise not_unicode(f"Character U+{ord(document[error.start]):04X}.") from error


def as_json(value: Any) -> bytes:
    """A value as indented JSON, its keys in the order given.

    Raises:
        BriefingError: when a text in it holds half a character (a lone surrogate).
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError as error:
        raise not_unicode(str(error)) from error


def not_unicode(detail: str) -> BriefingError:
    """The sentence for a text with half a character in it."""
    return BriefingError(
        "The briefing holds a text that is not Unicode.",
        detail,
        "Leave out the part it came from, or import its source again.",
    )
