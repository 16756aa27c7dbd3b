"""Where the products of an advisory are in use: sectors and countries out of its notes.

In use is not attacked: nothing here says that anybody is a target.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from briefing.core.vocabulary import Vocabulary
from briefing.feeds.csaf_notes import Note
from briefing.feeds.plain_text import one_line

_SCOPES = (
    ("sector", ("critical infrastructure sector",)),
    ("country", ("countries/areas deployed", "countries deployed")),
)
"""How titles of notes begin that say where something is in use."""
_MOST = 100
"""Values of one note; there are 16 sectors and 249 countries, and no note names nearly all."""
_LONGEST = 200
_BETWEEN = re.compile(r"[,;\n]")
_AND = re.compile(r"^and\s+", re.IGNORECASE)
_INNER_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_LONGEST_NAME = 4
"""A name of a sector may hold commas itself ("Nuclear Reactors, Materials, and Waste")."""


def deployments(notes: Iterable[Note], vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """Scope (``sector`` or ``country``), code ("" where nothing is known) and value as written."""
    seen: set[tuple[str, str, str]] = set()
    for note in notes:
        scope = next((scope for scope, titles in _SCOPES if note.title.startswith(titles)), "")
        if scope:
            for code, raw in _values(note.text, _codes_for(scope, vocabulary)):
                said = (scope, code, raw)
                if said not in seen and not vocabulary.is_unstated(raw):
                    seen.add(said)
                    yield said


def _codes_for(scope: str, vocabulary: Vocabulary) -> Callable[[str], tuple[str, ...]]:
    if scope == "sector":
        return lambda raw: tuple(found.code for found in vocabulary.sectors_of(raw))

    def of_target(raw: str) -> tuple[str, ...]:
        target = vocabulary.target_of(raw)
        return (target.code,) if target else ()

    return of_target


def _values(text: str, codes_of: Callable[[str], tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Each value of a list in words, with its code."""
    parts = [one_line(part, _LONGEST) for part in islice(_BETWEEN.split(text), _MOST)]
    at = 0
    while at < len(parts):
        taken, raw, codes = _longest_name(parts[at : at + _LONGEST_NAME], codes_of)
        at += taken
        if raw:
            found = [(code, raw) for code in codes]
            yield from found or _joined(raw, codes_of) or [("", raw)]


def _longest_name(
    parts: list[str], codes_of: Callable[[str], tuple[str, ...]]
) -> tuple[int, str, tuple[str, ...]]:
    """How many parts make one known name, the name, and its codes; one part where none does."""
    for length in range(len(parts), 0, -1):
        whole = ", ".join(parts[:length])
        for raw in dict.fromkeys((whole, _AND.sub("", whole))):
            codes = codes_of(raw)
            if codes:
                return length, raw, codes
    return 1, _AND.sub("", parts[0]), ()


def _joined(raw: str, codes_of: Callable[[str], tuple[str, ...]]) -> list[tuple[str, str]]:
    """Two names in one ("Europe and Asia"), where both are known; nothing otherwise."""
    names = _INNER_AND.split(raw)
    found = [(code, name) for name in names for code in codes_of(name)]
    return found if all(codes_of(name) for name in names) else []
