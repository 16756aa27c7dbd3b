"""What somebody asks for when they ask for a briefing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from briefing.core.brief_filter import EVERYTHING, BriefFilter
from briefing.core.client import Client
from briefing.core.tlp import Tlp
from briefing.services.recipes.since import Since


@dataclass(frozen=True, slots=True)
class BriefRequest:
    """One request.

    Attributes:
        recipe: Name of the recipe, such as ``actor``.
        subject: What it is about; for ``actor`` the actor's id or that of any of its records, for
            ``sector`` its code or its name; "" where ``client`` says it.
        ceiling: The audience's ceiling: nothing above it is put into the briefing.
        one_page: Only the one-page executive version.
        author: As printed in the file's properties; may be "".
        sections: Keys of the sections wanted, in the order wanted; None takes the recipe's own.
            Lists of sources are always printed: nothing is said without saying who says so.
        client: For whom it is made, and for ``client`` also about whom.
        today: The day on which it is made; kinds that look at the age of things need it.
        period: First and last day of what a digest is of, ISO 8601.
        filter: What a digest is narrowed to.
        notes: Key of a section and the author's Markdown under it, in print order; a section may
            have several.
        notes_tlp: How the notes are marked. They are the author's own words, of which nothing
            here knows the level, so None marks them with the audience's ceiling, the highest
            level that the briefing may have; the author may state a lower one.
        since: The delivered briefing that ``changes`` goes back to.
        kept_free: Points of the executive page that a recipe leaves free, for notes.
    """

    recipe: str
    subject: str
    ceiling: Tlp = Tlp.CLEAR
    one_page: bool = False
    author: str = ""
    sections: tuple[str, ...] | None = None
    client: Client | None = None
    today: date | None = None
    period: tuple[str, str] | None = None
    filter: BriefFilter = EVERYTHING
    notes: tuple[tuple[str, str], ...] = ()
    notes_tlp: Tlp | None = None
    since: Since | None = None
    kept_free: float = 0.0
