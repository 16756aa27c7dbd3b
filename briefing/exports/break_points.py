"""Where a long run without spaces, such as an address or a hash, may break over a line."""

from __future__ import annotations

import re

LONG = 25
"""Characters from which a run may break."""
LONG_RUN = re.compile(rf"\S{{{LONG},}}")

_AFTER = re.compile(r"(?<=[/?&=.,:;@_~|+)\]}-])(?=[\w(\[{])")
_LONGEST_WORD = 40
"""No word of a language is longer; what is (hashes, tokens) may break every few characters."""
_PIECE = 10


def pieces(run: str) -> list[str]:
    """A run in the pieces between which it may break: after punctuation, else every few signs."""
    found: list[str] = []
    for piece in _AFTER.split(run):
        if len(piece) <= _LONGEST_WORD:
            found.append(piece)
        else:
            found += [piece[at : at + _PIECE] for at in range(0, len(piece), _PIECE)]
    return found
