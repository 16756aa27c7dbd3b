"""Tooltips of several lines, each shown as text."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.ui.widgets.tooltips import plain_tooltip


def tooltip_of(lines: Iterable[str]) -> str:
    """The lines for ``setToolTip``, under each other; empty ones are left out."""
    return plain_tooltip("\n".join(line for line in lines if line)).replace("\n", "<br/>")
