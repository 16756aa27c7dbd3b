"""What ends a briefing: its sources and evidence trace, its sender's look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from briefing.core.brief import Brand, Part
from briefing.core.client import Client
from briefing.services.recipes.actor_titles import evidence_title
from briefing.services.recipes.evidence import source_list, trace
from briefing.services.recipes.gathered import Gathered
from briefing.services.recipes.marks import Marks

SUBTITLE = (
    "Sources and evidence trace · which words rest on which source, and which sources rest on one"
    " another"
)


def appendix(
    parts: Sequence[Part],
    gathered: Gathered,
    marks: Marks,
    titles: Mapping[str, tuple[str, str]],
    sums: Collection[str],
) -> Part:
    """The last part: every source, and which words rest on which.

    Args:
        parts: What was composed.
        gathered: What it rests on.
        marks: Where the sources are.
        titles: Sections as the trace names them, and what they say.
        sums: Keys of sections that add hundreds of statements up: there the data sets stand in
            which they are found.
    """
    traced = trace(parts, gathered.behind, marks, titles, dict.fromkeys(sums, gathered.sets))
    return Part(evidence_title(marks), SUBTITLE, (source_list(), traced))


def brand_of(client: Client | None, sender: str) -> Brand | None:
    """How documents for a client look; None for the program's own look.

    Args:
        client: For whom it is made.
        sender: Who sends it, or "".
    """
    brand = client.brand if client else None
    if brand is None or not (brand.logo or brand.primary or brand.secondary or brand.footer):
        return None
    return Brand(sender, brand.logo, brand.primary, brand.secondary, brand.footer)
