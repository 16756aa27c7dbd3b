"""What ends a briefing: its sources and evidence trace, its marking, its sender's look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from briefing.core.brief import Brand, Part
from briefing.core.client import Client
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.services.recipes.actor_titles import evidence_title
from briefing.services.recipes.ceiling import level_of
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


def marking(parts: Sequence[Part], ceiling: Tlp, titles: Tlp = Tlp.CLEAR) -> Tlp:
    """The document's own marking: the highest of what it holds.

    Args:
        parts: Everything that is printed.
        ceiling: The audience's.
        titles: The level of what titles tell, which stand there though every block is left out.

    Raises:
        BriefingError: when that is above the audience's ceiling, which nothing may be.
    """
    level = max(level_of(parts), titles)
    if level > ceiling:
        raise BriefingError(
            f"The briefing would be marked {level.label}, above its audience's ceiling.",
            remedy=f"Nothing was written. Choose a ceiling above {ceiling.label}.",
        )
    return level


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
