"""Every word that a brief holds for its reader, wherever it stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from briefing.core.brief import Brief, Mark

_NOT_PRINTED = frozenset(
    (
        *("key", "kind", "href", "edge", "statements", "withheld", "questions", "alt", "logo"),
        *("url", "date", "published", "primary", "secondary", "sha256", "language", "countries"),
        *("data_as_of", "objects", "bounds", "sources", "short", "style"),
    )
)
"""Fields that are no words, or that a format may put in words of its own."""


def words_of(value: Any) -> Iterator[str]:
    """The strings of a brief, a block or a text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from words_of(item)
    elif is_dataclass(value) and not isinstance(value, Mark):
        for field in fields(value):
            listed = field.name == "sources" and isinstance(value, Brief)
            if listed or field.name not in _NOT_PRINTED:
                yield from words_of(getattr(value, field.name))
