"""How many pages a rendered file has."""

from __future__ import annotations

import re

_PAGE_TREE = re.compile(rb"/Type\s*/Pages\b.{0,400}?/Count\s+(\d+)", re.DOTALL)


def page_count(content: bytes) -> int | None:
    """Pages of a PDF as its page tree counts them; None for every other format."""
    if not content.startswith(b"%PDF"):
        return None
    counted = [int(number) for number in _PAGE_TREE.findall(content)]
    return max(counted, default=None)
