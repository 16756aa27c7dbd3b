"""Cells of EuRepoC's tables: Python literals, lists joined with semicolons, dates.

The tables were written by pandas: a column of lists holds what Python prints for a list, a column
of several values holds them joined with "; ". Nothing here trusts either.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from briefing.core.profile import parse_partial_date

MOST_LITERAL = 65_536
"""A longer cell is kept as text; the longest list of EuRepoC 1.1 has 9,443 characters."""
_DEEPEST = 3
_JOINT = "; "
_ESCAPE = r"\\(?:[\\'\"abfnrtv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"
_TOKEN = re.compile(
    rf"""\s*([\[\],]|None|'[^'\\\n]*(?:{_ESCAPE}[^'\\\n]*)*'|"[^"\\\n]*(?:{_ESCAPE}[^"\\\n]*)*")\s*"""
)
_TIME = re.compile(r"[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$")


def texts(cell: str) -> tuple[str, ...]:
    """The texts of a list; a cell that is no list is one text, an empty one is none."""
    found = _literal(cell)
    return _flat(found) if isinstance(found, list) else _one(cell)


def nested(cell: str) -> tuple[tuple[str, ...], ...]:
    """The texts of a list of lists; a text in the outer list counts as a list of one."""
    found = _literal(cell)
    if not isinstance(found, list):
        return (_one(cell),) if cell else ()
    return tuple(_flat(item) if isinstance(item, list) else _flat([item]) for item in found)


def joined(cell: str) -> tuple[str, ...]:
    """The values of a cell in which several are joined with "; ".

    A semicolon inside brackets belongs to a value ("Ministry (MOIS; Iran)"), unless brackets are
    opened that nothing closes.
    """
    if not cell.strip():
        return ()
    parts: list[str] = []
    open_brackets = start = at = 0
    while at < len(cell):
        sign = cell[at]
        if sign in "([":
            open_brackets += 1
        elif sign in ")]":
            open_brackets = max(0, open_brackets - 1)
        elif not open_brackets and cell.startswith(_JOINT, at):
            parts.append(cell[start:at])
            start = at + len(_JOINT)
            at = start - 1
        at += 1
    if open_brackets:
        return tuple(cell.split(_JOINT))
    return (*parts, cell[start:])


def iso_date(cell: str) -> str:
    """The day, month or year in ISO 8601, without the midnight of pandas; "" for anything else."""
    try:
        return parse_partial_date(_TIME.sub("", cell.strip()))
    except ValueError:
        return ""


def _literal(cell: str) -> Any:
    """What a cell says in Python, where that is lists of texts and nothing else; else None.

    ``ast.literal_eval`` may exhaust the interpreter's stack with brackets or signs alone, so it is
    only given what has been looked through: brackets three deep at most, texts, None.
    """
    if not cell.startswith("[") or len(cell) > MOST_LITERAL or not _is_plain(cell):
        return None
    try:
        return ast.literal_eval(cell)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _is_plain(cell: str) -> bool:
    at = depth = 0
    while at < len(cell):
        token = _TOKEN.match(cell, at)
        if token is None:
            return False
        depth += {"[": 1, "]": -1}.get(token[1], 0)
        if not 0 <= depth <= _DEEPEST:
            return False
        at = token.end()
    return depth == 0


def _flat(items: list[Any]) -> tuple[str, ...]:
    return tuple(item if isinstance(item, str) else "" for item in items)


def _one(cell: str) -> tuple[str, ...]:
    return (cell,) if cell else ()
