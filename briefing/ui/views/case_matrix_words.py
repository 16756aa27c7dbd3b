"""What the matrix of competing hypotheses shows, in sentences, and how to begin it."""

from __future__ import annotations

from typing import Final

from briefing.core.case_page import CasePage
from briefing.services import matrix_words

HELP_TOPIC_ACH: Final = "ach"
"""The help page that explains the method."""


def sentences(page: CasePage) -> tuple[str, ...]:
    """What has to be said beside it, or which keys to press where nothing is judged yet."""
    if not any(one.cells for one in page.case.hypotheses):
        return ("Go to a cell and press C, I or N.",)
    return matrix_words.sentences(page)
