"""Places of the Actors screen, known without building its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode

from briefing.ui.navigation import Place

COMPARE: Final = "compare"
"""Detail of a Place whose subject is several actors, to be shown side by side."""
FILTER: Final = "filter:"
"""Begins the detail of a Place that filters the list; what is chosen follows, by part."""
PREFIXES: Final = ("attack-pattern--", "malware--", "tool--", "course-of-action--")
"""How the ids of what has a page of its own begin."""


def comparison_place(actors: Sequence[str]) -> Place:
    """Where these actors stand side by side."""
    return Place("actors", ",".join(actors), COMPARE)


def filter_place(values: Mapping[str, str]) -> Place:
    """Where only the actors that match are listed; ``ActorFilter.values`` says how."""
    return Place("actors", "", f"{FILTER}{urlencode(values)}")


def filter_values(place: Place) -> dict[str, str]:
    """What ``filter_place`` was given; nothing for any other place."""
    if not place.detail.startswith(FILTER):
        return {}
    return dict(parse_qsl(place.detail.removeprefix(FILTER)))
