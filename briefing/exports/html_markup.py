"""Markup from two functions: words become text, and elements come only from names of ours.

Whoever writes HTML here calls these, so that nothing a brief holds can become an element, an
attribute or an end of either.
"""

from __future__ import annotations

import re
from html import escape

from briefing.exports.break_points import LONG_RUN, pieces
from briefing.exports.fonts import printable

_VOID = frozenset(("meta", "img", "wbr", "col"))
"""Elements that have no end (HTML Living Standard, "Void elements")."""
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
_BREAK = "<wbr>"


def text(words: str) -> str:
    """Words as text, with places where a long run may break."""
    said = printable(words)
    made, end = [], 0
    for run in LONG_RUN.finditer(said):
        made.append(escape(said[end : run.start()], quote=False))
        made.append(_BREAK.join(escape(piece, quote=False) for piece in pieces(run.group())))
        end = run.end()
    return "".join([*made, escape(said[end:], quote=False)])


def verbatim(words: str) -> str:
    """Words as text with their spaces and line ends, for what is kept as typed."""
    lines = words.expandtabs(4).splitlines()
    return "\n".join(escape(printable(line), quote=False) for line in lines)


def element(name: str, /, *children: str, **attributes: str) -> str:
    """An element.

    Args:
        name: Its name.
        children: Markup, one after another.
        attributes: Values in plain words; ``class_`` is written ``class``, ``aria_label``
            ``aria-label``. One that is "" is left out, but for ``alt``.

    Raises:
        ValueError: for a name that is none.
    """
    written = "".join(
        f' {_name(key)}="{escape(printable(value))}"'
        for key, value in attributes.items()
        if value or key == "alt"
    )
    start = f"<{_name(name)}{written}>"
    return start if name in _VOID else f"{start}{''.join(children)}</{name}>"


def _name(name: str) -> str:
    written = name.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(written):
        raise ValueError(f"“{name}” is no name of an element or attribute.")
    return written
