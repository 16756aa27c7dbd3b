"""Places of the Actors screen, known without building its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.ui.navigation import Place

COMPARE: Final = "compare"
"""Detail of a Place whose subject is several actors, to be shown side by side."""
PREFIXES: Final = ("attack-pattern--", "malware--", "tool--", "course-of-action--")
"""How the ids of what has a page of its own begin."""


def comparison_place(actors: Sequence[str]) -> Place:
    """Where these actors stand side by side."""
    return Place("actors", ",".join(actors), COMPARE)
