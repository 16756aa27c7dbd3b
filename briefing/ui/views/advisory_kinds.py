"""Which of the two lists of the screen is shown: advisories, or vulnerabilities."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.segments import Segments

ADVISORIES: Final = "advisories"
VULNERABILITIES: Final = "vulnerabilities"


def kind_segments(theme: Theme, chosen: str) -> Segments:
    """The choice, as it stands at the head of each list."""
    segments = Segments(
        theme, "List", [(ADVISORIES, "Advisories"), (VULNERABILITIES, "Vulnerabilities")]
    )
    segments.set_value(chosen)
    return segments


def kind_head(theme: Theme, title: str, segments: Segments, more: QWidget | None = None) -> QWidget:
    """The title of a list and the choice beside it; the choice under it where that is too wide."""
    label = Label(theme, title, "title")
    rest = () if more is None else (more,)
    end = () if more is None else ((2, NATURAL),)
    beside = Arrangement(380, (((0, 1), (1, NATURAL), *end),))
    under = Arrangement(0, (((0, 1), *end), ((1, NATURAL),)))
    return Columns(theme, (label, segments, *rest), (beside, under), 8, 8)
