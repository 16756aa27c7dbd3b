"""The sentences of a ranking: what each term says, with its numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from briefing.analysis.relevance import DatedIncident, Lean, Listed, Sight
from briefing.core.wording import counted, country_inside, first_of, inside
from briefing.store.labels import Labels

_MOST: Final = 3
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


class Sentences:
    """Writes the sentences for one client."""

    def __init__(self, labels: Labels, sight: Sight) -> None:
        """``sight`` is the client."""
        self._labels = labels
        self._sight = sight

    def country(self, incidents: Sequence[DatedIncident]) -> str:
        """Seen where the client is."""
        return f"Seen in {self._where(incidents, self._sight.countries)} in {_told(incidents)}."

    def region(self, incidents: Sequence[DatedIncident]) -> str:
        """Seen near by."""
        where = self._where(incidents, self._sight.neighbours)
        return f"Seen in the neighbourhood ({where}) in {_told(incidents)}."

    def sector(self, incidents: Sequence[DatedIncident]) -> str:
        """Hits what the client does."""
        hit = {code for one in incidents for code in one.sectors & self._sight.sectors}
        return f"Hit {self._sectors(hit)} in {_told(incidents)}."

    def active(self, newest: DatedIncident) -> str:
        """Heard of lately."""
        return f"Its newest reported incident here began in {month_of(newest.day)}."

    def sponsor(self, lean: Lean) -> str:
        """Actors tied to the same country lean towards the client's."""
        where = self._where(lean.incidents, self._sight.countries)
        number = len(lean.incidents)
        newest = month_of(max(one.day for one in lean.incidents))
        told = (
            f"One reported incident in {where}, of {newest}, is"
            if number == 1
            else f"{number:,} reported incidents in {where}, the newest of {newest}, are"
        )
        return (
            f"{told} laid to {self.place(lean.country)} or to actors tied to it, as this one is:"
            " more than its share elsewhere."
        )

    def listed(self, term: str, listed: Listed) -> str:
        """What catalogues state, without a date."""
        if term == "country":
            return f"Said to target {self._places(listed.countries)}; no date is given."
        if term == "region":
            places = self._places(listed.regions)
            return f"Said to target countries near by ({places}); no date is given."
        if term == "sector":
            return f"Said to target {self._sectors(listed.sectors)}; no date is given."
        return f"Written about lately: its newest dated document is of {listed.newest[:4]}."

    def place(self, code: str) -> str:
        """A place as it stands in a sentence."""
        return country_inside(code, self._labels.target(code))

    def _where(self, incidents: Sequence[DatedIncident], among: Collection[str]) -> str:
        hit = {code for one in incidents for code in one.countries & frozenset(among)}
        return self._places(hit)

    def _places(self, codes: Collection[str]) -> str:
        return first_of(sorted(map(self.place, codes)), _MOST, "country")

    def _sectors(self, codes: Collection[str]) -> str:
        labels = sorted(inside(self._labels.label("sector", code)) for code in codes)
        return first_of(labels, _MOST, "sector", "; ")


def how_many(incidents: int) -> str:
    """Reported incidents, counted."""
    return "one reported incident" if incidents == 1 else counted(incidents, "reported incident")


def _told(incidents: Sequence[DatedIncident]) -> str:
    newest = max(one.day for one in incidents)
    if len(incidents) == 1:
        return f"{how_many(1)}, of {month_of(newest)}"
    return f"{how_many(len(incidents))}, the newest of {month_of(newest)}"


def month_of(day: date) -> str:
    """A month and year; sources write 1 January where they know the year only."""
    if (day.month, day.day) == (1, 1):
        return str(day.year)
    return f"{_MONTHS[day.month - 1]} {day.year}"
