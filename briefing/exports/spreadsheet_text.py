"""Text for a spreadsheet: it stays text, whatever it begins with."""

from __future__ import annotations

from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a text for a formula (OWASP, "CSV Injection")."""


def harmless(text: str) -> str:
    """The text, marked by an apostrophe where a spreadsheet would calculate it.

    Spaces before the sign do not hide it: some programs cut them off before they look.
    """
    hidden = text.lstrip(" \u00a0\ufeff").startswith(FORMULA_STARTS)
    return f"'{text}" if hidden or text.startswith(FORMULA_STARTS) else text
