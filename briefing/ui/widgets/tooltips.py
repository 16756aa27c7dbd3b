"""Tooltips that show text as text.

Qt takes any tooltip that looks like HTML for HTML, and then also loads what it names. Names and
titles come from feeds, so whatever is not ours goes through here.
"""

from __future__ import annotations

from html import escape


def plain_tooltip(text: str) -> str:
    """The text for ``setToolTip``: shown exactly as it is, wrapped where it is long."""
    return f"<qt>{escape(text)}</qt>" if text else ""
