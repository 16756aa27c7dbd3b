"""Small pieces of wording that every format prints alike."""

from __future__ import annotations

from briefing.core.brief import Text, plain


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 technique", "54 techniques"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def imperative(do: str, why: Text) -> str:
    """What to do, with the stop it needs before its reason: "Patch," or "Patch."."""
    reason = plain(why).strip()
    words = do.rstrip()
    if not reason or not words or words[-1] in ".,;:!?…":
        return words
    return words + ("." if reason[0].isupper() else ",")
