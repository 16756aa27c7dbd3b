"""How many of how many, in words: ``two of the five``, ``both``, ``all five``."""

from __future__ import annotations

from briefing.core.wording import in_words


def every(total: int, one: str) -> str:
    """All of them: ``all five``, ``both``, or what the only one is called."""
    if total == 1:
        return one
    return "both" if total == 2 else f"all {in_words(total)}"


def part_of(number: int, total: int, one: str) -> str:
    """Some of them: ``two of the five``; all of them as ``every`` has it."""
    if number == total:
        return every(total, one)
    return f"{in_words(number)} of the {in_words(total)}"
