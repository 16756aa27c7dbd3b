"""Titles and sentences on a sector."""

from __future__ import annotations

from briefing.core.actor import Basis
from briefing.core.wording import (
    counted,
    curly,
    first_of,
    in_words,
    inside,
    sentence_case,
    worded,
)
from briefing.services.recipes.actor_words import named
from briefing.services.recipes.part_words import part_of
from briefing.services.recipes.sector_reading import SectorReading
from briefing.services.relevance_words import month_of

_NOTHING = Basis((), ())
_LONG = 44

Sentence = tuple[str, Basis]


def headline(reading: SectorReading) -> str:
    """The title of the executive page: how many actors, and where most are placed."""
    name = reading.sector.label
    if not reading.actors:
        return curly(f"{name}: no named actor is on record")
    actors = worded(len(reading.actors), "named actor")
    if not reading.from_places:
        return curly(f"{name}: {actors}, no origin stated")
    place, number = reading.from_places[0]
    placed = "placed" if len(reading.actors) == 1 else f"{in_words(number)} placed"
    return curly(f"{name}: {actors}, {placed} in {named(place)}")


def subtitle(reading: SectorReading) -> str:
    """The line under it."""
    return curly(
        "One-page version · actors said to target this sector, or to whom an incident in it is laid"
        if reading.actors
        else "One-page version · nothing is on record"
    )


def who_headline(reading: SectorReading) -> str:
    """The title of the part on actors and countries."""
    countries = reading.on_map.countries
    if not countries:
        return "Which countries its actors target is not on record"
    first = sentence_case(named(reading.labels.coded("country", countries[0].code)))
    if len(countries) == 1:
        return curly(f"{first} is the one country named as a target")
    who = part_of(countries[0].actors, reading.on_map.of, "the one")
    noun = "actor" if reading.on_map.of == 1 else "actors"
    return curly(f"{first} is the target named most: for {who} {noun}")


def who_subtitle(reading: SectorReading) -> str:
    """The line under it."""
    return curly(f"Countries, origins and actors · {inside(reading.sector.label)}")


def how_headline(reading: SectorReading) -> str:
    """The title of the part on how they work."""
    of = len(reading.techniques)
    if not of:
        return "How its actors work is not on record"
    first = reading.uses[0]
    users = len(first.actors)
    if of == 1:
        return curly(f"One actor’s techniques are on record, {len(reading.uses):,} of them")
    rest = "" if users == of else ", nothing by more"
    who = part_of(users, of, "one")
    return curly(f"{first.name} is used by {who} actors{rest}")


def how_subtitle(reading: SectorReading) -> str:
    """The line under it."""
    return curly(f"Incidents by year, techniques, advisories · {inside(reading.sector.label)}")


def do_subtitle(reading: SectorReading) -> str:
    """The line of the part on what to do."""
    return curly(
        f"What bears on most of its actors, by cost, and what stays open ·"
        f" {inside(reading.sector.label)}"
    )


def origins(reading: SectorReading, most: int) -> str:
    """Where they are placed, in a sentence; "" where nobody says of any."""
    if not reading.from_places:
        return ""
    words = [f"{named(place)} ({number:,})" for place, number in reading.from_places]
    silent = sum(not places for places in reading.origins.values())
    rest = f"; not stated for {silent:,}" if silent else ""
    return f"{sentence_case(first_of(words, most + 1, 'place'))}{rest}."


def countries(reading: SectorReading, most: int) -> str:
    """Which countries they are said to target or hit, in a sentence; "" where nobody says."""
    found = reading.on_map.countries
    if not found:
        return ""
    words = [
        f"{named(reading.labels.coded('country', one.code))} ({one.actors:,})" for one in found
    ]
    return f"{sentence_case(first_of(words, most + 1, 'country'))}."


def incidents(reading: SectorReading) -> str:
    """How many dated incidents hit it, and when the newest began."""
    trend = reading.trend
    if not trend.total or trend.newest is None:
        return "No dated incident here hit it."
    newest = month_of(trend.newest)
    if trend.total == 1:
        return f"One dated incident hit it, of {newest}."
    return f"{trend.total:,} of {trend.of:,} dated incidents hit it; the newest began in {newest}."


def standing(reading: SectorReading) -> str:
    """Its place among the sectors, in a sentence; "" where nobody targets it."""
    if not reading.place:
        return ""
    return (
        f"Number {reading.place} of {reading.sectors} sectors by how many named actors target it."
    )


def not_known(reading: SectorReading) -> list[Sentence]:
    """Sentences on the gaps, the ones that matter most first."""
    found = (
        _denominators(reading),
        _peers(),
        _share(reading, len(reading.actors) - len(reading.techniques), "a technique"),
        _share(reading, sum(not places for places in reading.origins.values()), "an origin"),
        _undated(reading),
        _advisories(reading),
        _silence(),
    )
    return [sentence for sentence in found if sentence[0]]


def _denominators(reading: SectorReading) -> Sentence:
    known = reading.known
    words = (
        f"Sectors are stated for {known.with_sector:,} of {counted(known.actors, 'actor')}, so an"
        " actor missing here is no all-clear."
    )
    return words, reading.speaking


def _peers() -> Sentence:
    return (
        "What others in the sector do about it, no source here says; the steps follow from what"
        " the actors do.",
        _NOTHING,
    )


def _share(reading: SectorReading, silent: int, what: str) -> Sentence:
    total = len(reading.actors)
    if not silent:
        return "", _NOTHING
    who = part_of(silent, total, "the one actor")
    return f"For {who} no source here states {what}.", _NOTHING


def _undated(reading: SectorReading) -> Sentence:
    undated = sum(one.years is None for one in reading.actors)
    if not undated:
        return "", _NOTHING
    if undated == len(reading.actors):
        return "No source here says when any of them struck.", _NOTHING
    return (
        f"For {in_words(undated)} no source here says when they struck; they may be history.",
        _NOTHING,
    )


def _advisories(reading: SectorReading) -> Sentence:
    if reading.advised.held:
        return "", _NOTHING
    return "No advisory is on record here, so none is listed.", _NOTHING


def _silence() -> Sentence:
    return (
        "What is reported is not all that happens: many who are hit say nothing.",
        _NOTHING,
    )
