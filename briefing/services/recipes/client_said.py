"""Sentences on a client and on the actors that matter to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.analysis.relevance import Listed, Terms
from briefing.core.actor import ActorProfile, Basis, Coded
from briefing.core.relevance import Reason, RelevantActor
from briefing.core.wording import counted, in_words, inside, listed, plural
from briefing.services.recipes.actor_facts import by_country
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.actor_words import named
from briefing.services.recipes.client_reading import ClientReading
from briefing.services.recipes.target_pictures import origin_of
from briefing.services.relevance_words import month_of

SIGNS: Final = (
    ("country", "Country"),
    ("region", "Region"),
    ("sector", "Sector"),
    ("active", "Active"),
)
"""Terms of the score that have a square of their own, and the heads of the squares."""
_ORDER: Final = ("country", "sector", "region", "sponsor", "active")
"""What matters most to a reader comes first."""
_LONG_PLACE: Final = 24
_LONG_SECTOR: Final = 34
_PLACES: Final = 2
_TIES: Final = 2
_MOST_TIES: Final = 3

Sentence = tuple[str, Basis]


def where(reading: ClientReading) -> str:
    """The client's countries inside a title: by name where that is short, else "your countries"."""
    return _short(listed(map(named, reading.places)), len(reading.places), _LONG_PLACE, "country")


def what(reading: ClientReading) -> str:
    """The client's sectors inside a title, likewise."""
    words = listed(inside(sector.label) for sector in reading.sectors)
    return _short(words, len(reading.sectors), _LONG_SECTOR, "sector")


def where_or_what(reading: ClientReading) -> str:
    """Both, as far as they are stated: "Germany or your sector"."""
    return listed(filter(None, (where(reading), what(reading))), last="or")


def tied_by(reading: ClientReading) -> str:
    """What an incident shares with the client, as far as stated: "your country or sector"."""
    nouns = (
        _noun(reading.places, "country") if reading.places else "",
        _noun(reading.sectors, "sector") if reading.sectors else "",
    )
    return f"your {listed(filter(None, nouns), last='or')}"


def scope(reading: ClientReading) -> str:
    """Sectors and countries in full, as far as they are stated."""
    sectors = listed(inside(sector.label) for sector in reading.sectors)
    places = listed(place.label for place in reading.places)
    return " · ".join(filter(None, (sectors, places)))


def number_of(reading: ClientReading) -> str:
    """How many actors stand on the page, in words: ``five``."""
    return in_words(len(reading.first))


def origin(profile: ActorProfile) -> str:
    """Where an actor is said to come from, as it stands under its name; "" where nobody says."""
    return origin_of(_stated_places(profile))


def in_sentence(profile: ActorProfile) -> str:
    """The same inside a sentence: ``the United States or the United Kingdom``."""
    places = _stated_places(profile)
    return listed(map(named, places), last="or") if len(places) <= _PLACES else origin_of(places)


def _stated_places(profile: ActorProfile) -> list[Coded]:
    return [rows[0].country for rows in by_country(profile.origins) if rows[0].country.code]


def in_short(reading: ClientReading, one: RelevantActor, most: int) -> list[Sentence]:
    """Why one of the first actors is in, as short as a narrow column asks for.

    Args:
        reading: What the briefing is made from.
        one: The actor.
        most: So many sentences: the first says what ties it to the client, then why else.
    """
    terms, said = reading.terms.get(one.actor.id), reading.listed.get(one.actor.id)
    by_term = {reason.term: reason.basis for reason in one.reasons}
    found: list[Sentence] = []
    told = _MOST_TIES if most > 1 else _TIES
    words = _seen(reading, terms, told) if terms else _stated(reading, said) if said else ""
    if words:
        bases = (by_term[term] for term in ("country", "sector", "region") if term in by_term)
        found.append((words, joined(bases)))
    if "sponsor" in by_term:
        found.append((_sponsor(reading, one), by_term["sponsor"]))
    if "active" in by_term and terms and terms.active:
        found.append((f"Last reported in {month_of(terms.active.day)}.", by_term["active"]))
    if "active" in by_term and said:
        found.append((f"Written about in {said.newest[:4]}.", by_term["active"]))
    return found[:most]


def _seen(reading: ClientReading, terms: Terms, most: int) -> str:
    """Such as ``5 incidents in Germany, 1 in your sector, the newest of April 2026``."""
    parts = [
        (terms.country, f"in {where(reading)}"),
        (terms.sector, f"in your {_noun(reading.sectors, 'sector')}"),
        (terms.region, "in countries near by"),
    ]
    told = [(seen.incidents, place) for seen, place in parts if seen.incidents][:most]
    if not told:
        return ""
    every = {one.id: one for incidents, _ in told for one in incidents}
    newest = month_of(max(one.day for one in every.values()))
    if len(every) == 1:
        # One incident that hit both is not two.
        return f"1 incident {' and '.join(place for _, place in told)}, of {newest}."
    first, place = told[0]
    clauses = [f"{counted(len(first), 'incident')} {place}"]
    clauses += [f"{len(incidents):,} {place}" for incidents, place in told[1:]]
    return f"{', '.join(clauses)}, the newest of {newest}."


def _stated(reading: ClientReading, said: Listed) -> str:
    """Such as ``Said to target Germany and your sector; no date is given``."""
    places = sorted(named(reading.labels.coded("country", code)) for code in said.countries)
    aims = places[:_PLACES]
    if said.regions and not said.countries:
        aims.append("countries near by")
    if said.sectors:
        aims.append(f"your {_noun(reading.sectors, 'sector')}")
    return f"Said to target {listed(aims)}; no date is given." if aims else ""


def told(reading: ClientReading, one: RelevantActor, most: int) -> list[tuple[str, Reason]]:
    """Why an actor is in, in sentences with the terms they stand for, what matters most first.

    Args:
        reading: What the briefing is made from.
        one: The actor.
        most: So many sentences.
    """
    found = sorted(one.reasons, key=lambda reason: _ORDER.index(reason.term))
    return [
        (_sponsor(reading, one) if reason.term == "sponsor" else reason.text, reason)
        for reason in found[:most]
    ]


def reasons(reading: ClientReading, one: RelevantActor, most: int) -> list[Sentence]:
    """The same sentences with what they rest on."""
    return [(words, reason.basis) for words, reason in told(reading, one, most)]


def _sponsor(reading: ClientReading, one: RelevantActor) -> str:
    """The sentence on the country that an actor is tied to, without the ranking's numbers.

    Being in a country may be all that is known; nobody need have sent the actor.
    """
    tied = named(reading.labels.coded("country", reading.sponsors[one.actor.id]))
    return f"Tied to {tied}, which is blamed in {where(reading)} more than elsewhere."


def _short(words: str, number: int, longest: int, noun: str) -> str:
    if len(words) <= longest:
        return words
    return f"your {noun if number == 1 else plural(noun)}"


def _noun(coded: Sequence[Coded], noun: str) -> str:
    return noun if len(coded) == 1 else plural(noun)
