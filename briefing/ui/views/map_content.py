"""What the Map screen lists: the actors behind countries, and every place that is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from briefing.analysis.map_classes import actor_classes, quantile_classes
from briefing.core.actor import Basis, SourceEntry
from briefing.core.brief import plain
from briefing.core.dates import short_date
from briefing.core.targeting import TargetCount, Targeting, TargetingActor, TargetingFilter
from briefing.core.tlp import Tlp, highest
from briefing.core.wording import counted, first_of, listed
from briefing.exports.map_picture import MapContent, MapRow, ranked
from briefing.services.library import Library
from briefing.services.targeting import TargetingIndex
from briefing.store.actors import source_entries
from briefing.store.labels import Labels
from briefing.ui.map_places import MapWish
from briefing.ui.views.map_words import (
    MISSING_REPORT,
    NO_REPORTS,
    NOUNS,
    TITLES,
    chosen_words,
    denominator,
    kind_of,
    notes,
    number,
    undated_words,
)

MOST_NAMED: Final = 3
"""So many actors stand in the tooltip of a country and in its row of the table."""
_NAMED_COUNTRIES: Final = 2


@dataclass(frozen=True, slots=True)
class Behind:
    """The actors behind one place or several.

    Attributes:
        title: What they target.
        summary: How many they are, in a line.
        actors: Most statements first, then most documents.
        sectors: Sectors these actors are said to target, most of them first.
        with_sector: Of how many of them any sector is stated.
        sources: What it rests on; the numbers of marks are places in it, from 1.
        tlp: The highest level among the statements.
    """

    title: str
    summary: str
    actors: tuple[TargetingActor, ...]
    sectors: tuple[TargetCount, ...]
    with_sector: int
    sources: tuple[SourceEntry, ...]
    tlp: Tlp

    def marks(self, basis: Basis) -> tuple[int, ...]:
        """The numbers of the sources behind a row."""
        places = {entry.key: place for place, entry in enumerate(self.sources, start=1)}
        return tuple(sorted(places[key] for key in basis.sources if key in places))


class Counts:
    """One answer of the index, with what a screen asks of it again and again kept.

    Attributes:
        wish: What was asked.
        targeting: The answer.
        shades: Step of the ramp of each country that is named.
    """

    def __init__(self, index: TargetingIndex, library: Library, wish: MapWish) -> None:
        """Count at once: it takes a millisecond."""
        self._index = index
        self._library = library
        self._most: dict[str, tuple[str, ...]] = {}
        self.wish = wish
        self.targeting: Targeting = index.count(wish.filter)
        self.numbers = {one.code: number(one, wish.measure) for one in self.targeting.countries}
        classes = actor_classes if wish.measure == "actors" else quantile_classes
        self.classes = classes(self.numbers)

    @property
    def labels(self) -> Labels:
        """The vocabularies."""
        return self._library.labels

    def most_named(self, code: str) -> tuple[str, ...]:
        """The names of the actors with most statements about a place, at most three."""
        if code not in self._most:
            found = _ranked(self._actors_at(code))
            self._most[code] = tuple(one.actor.name for one in found[:MOST_NAMED])
        return self._most[code]

    def rows(self) -> tuple[MapRow, ...]:
        """Every place that is named: countries, regions, organisations, companies."""
        found = (*self.targeting.countries, *self.targeting.places)
        return ranked([self._row(one) for one in found])

    def behind(self) -> Behind | None:
        """The actors of what was chosen; None where nothing is."""
        if not self.wish.countries:
            return None
        together = _together(self._actors_at(code) for code in self.wish.countries)
        names = [self.labels.target(code) for code in self.wish.countries]
        return self._behind(first_of(names, _NAMED_COUNTRIES), together)

    def content(self, off_map: Sequence[str]) -> MapContent:
        """The map as it is exported: counts, words, source and level."""
        wish, known = self.wish, self.targeting.known
        everything = self._index.actors_of(wish.filter)
        chosen = chosen_words(wish, self.labels, self.actor_name)
        left_out = undated_words(known, wish.years) if wish.years else ""
        under = notes(self.targeting.places, self.labels, wish.measure, off_map)
        return MapContent(
            title=TITLES[wish.measure],
            chosen=chosen,
            rows=self.rows(),
            classes=self.classes,
            noun=NOUNS[wish.measure],
            denominator=" ".join(
                filter(None, (plain(denominator(self.targeting, wish)), left_out))
            ),
            notes=(*under, MISSING_REPORT),
            source=self._source_line(everything),
            tlp=highest(one.basis.tlp for one in everything) if everything else Tlp.CLEAR,
        )

    def actor_name(self, actor: str) -> str:
        """The name of an actor, by id; the id where there is none."""
        return next((row.name for row in self._library.actors if row.id == actor), actor)

    def _row(self, one: TargetCount) -> MapRow:
        return MapRow(
            one.code,
            self.labels.target(one.code),
            kind_of(one.code),
            one.actors,
            one.statements,
            self.most_named(one.code),
        )

    def _actors_at(self, code: str) -> tuple[TargetingActor, ...]:
        if ":" in code:
            return self._index.actors_of(self.wish.filter, place=code)
        return self._index.actors_of(self.wish.filter, country=code)

    def _behind(self, title: str, found: Sequence[TargetingActor]) -> Behind:
        actors = _ranked(found)
        ids = frozenset(one.actor.id for one in actors)
        theirs = self._index.count(TargetingFilter(actors=ids)) if ids else None
        cited = Counter(key for one in actors for key in one.basis.sources)
        sources = source_entries(self._library.knowledge.connection, dict(cited))
        origin = sum(bool(one.actor.origins) for one in actors)
        statements = counted(sum(one.statements for one in actors), "statement")
        summary = f"{counted(len(actors), 'actor')}, {statements}, origin stated for {origin:,}"
        return Behind(
            title=title,
            summary=summary if actors else NO_REPORTS,
            actors=actors,
            sectors=theirs.sectors if theirs else (),
            with_sector=theirs.known.with_sector if theirs else 0,
            sources=tuple(sources.values()),
            tlp=highest(one.basis.tlp for one in actors) if actors else Tlp.CLEAR,
        )

    def _source_line(self, everything: Sequence[TargetingActor]) -> str:
        cited = Counter(key for one in everything for key in one.basis.sources)
        entries = source_entries(self._library.knowledge.connection, dict(cited)).values()
        catalogues = [
            f"{entry.title} ({entry.version})" if entry.version else entry.title
            for entry in entries
            if entry.catalogue
        ]
        documents = sum(not entry.catalogue for entry in entries)
        names = [*catalogues, counted(documents, "document")] if documents else catalogues
        day = self._library.data_as_of
        as_of = f" Data as of {short_date(day.isoformat())}." if day else ""
        return f"Sources: {listed(names, '; ')}.{as_of}" if names else as_of.strip()


def _ranked(found: Iterable[TargetingActor]) -> tuple[TargetingActor, ...]:
    return tuple(
        sorted(
            found,
            key=lambda one: (-one.statements, -one.actor.documents, one.actor.name.casefold()),
        )
    )


def _together(groups: Iterable[Sequence[TargetingActor]]) -> tuple[TargetingActor, ...]:
    """Each actor once, with its statements about all of the places."""
    found: dict[str, TargetingActor] = {}
    for one in (one for group in groups for one in group):
        before = found.get(one.actor.id)
        found[one.actor.id] = one if before is None else _joined(before, one)
    return tuple(found.values())


def _joined(one: TargetingActor, other: TargetingActor) -> TargetingActor:
    spans = [span for span in (one.years, other.years) if span]
    basis = Basis(
        tuple(dict.fromkeys((*one.basis.sources, *other.basis.sources))),
        tuple(dict.fromkeys((*one.basis.statements, *other.basis.statements))),
        max(one.basis.tlp, other.basis.tlp),
    )
    return replace(
        one,
        statements=len(basis.statements),
        years=(min(first for first, _ in spans), max(last for _, last in spans)) if spans else None,
        basis=basis,
    )
