"""Small pieces of wording that every format prints alike."""

from __future__ import annotations

from briefing.core.brief import Action, Mark, Span, Text, plain


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


def codes(action: Action) -> str:
    """Mitigations and techniques of an action: ``M1034, M1042 · T1091``."""
    return " · ".join(", ".join(ids) for ids in (action.mitigations, action.techniques) if ids)


def starts_with_words(text: Text) -> bool:
    """Whether a text needs a space before it: it begins with words, not with a mark."""
    said = (inline for inline in text if isinstance(inline, Mark) or inline.text.strip())
    return isinstance(next(said, None), Span)


def left_out(total: int, listed: int) -> str:
    """What a list of the first few says at its end."""
    if total > listed:
        return f"and {total - listed:,} more"
    return "all shown" if listed else "none stated"
