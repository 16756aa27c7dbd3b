"""Page titles of a client's briefing as findings, and the lines under them."""

from __future__ import annotations

from briefing.core.wording import counted, curly, in_words, sentence_case, worded
from briefing.services.guidance import ACTORS
from briefing.services.recipes.client_reading import ClientReading
from briefing.services.recipes.client_said import scope, tied_by, what, where, where_or_what


def headline(reading: ClientReading) -> str:
    """The title of the executive page: what the ranking finds."""
    if not reading.client.countries and not reading.client.sectors:
        return "Nobody can be ranked: neither country nor sector is stated"
    if not reading.tied:
        return curly(f"No named actor is tied to {where_or_what(reading)} by what is on record")
    return curly(sentence_case(_finding(reading)))


def subtitle(reading: ClientReading) -> str:
    """The line under it: the client, its sectors and countries."""
    example = "example client" if reading.client.example else ""
    parts = ("One-page version", reading.client.name, scope(reading), example)
    return curly(" · ".join(filter(None, parts)))


def why_headline(reading: ClientReading) -> str:
    """The title of the part on the actors."""
    found = reading.relevance
    if not found.actors:
        return "No actor on record fits, and why that is no all-clear"
    first = "this one" if len(reading.first) == 1 else f"these {in_words(len(reading.first))}"
    if not reading.by_history:
        verb = "puts" if len(reading.first) == 1 else "put"
        return f"Undated catalogue entries alone {verb} {first} first"
    incidents = counted(found.concerning, "dated incident")
    verb = "puts" if found.concerning == 1 else "put"
    return f"{incidents} in {tied_by(reading)} {verb} {first} first"


def why_subtitle(reading: ClientReading) -> str:
    """The line under it."""
    return curly(f"Why each actor is in, and how the first work · {reading.client.name}")


def ways_headline(reading: ClientReading) -> str:
    """The title of the part on ways in that lead past the client's own door."""
    found, advised = reading.relevance, reading.advised
    findings = []
    if found.supply_chain_of:
        actors = counted(found.supply_chain_of, "actor")
        verb = "is" if found.supply_chain_of == 1 else "are"
        findings.append(f"{actors} on record {verb} tied to those around you")
    if found.technology_of:
        flaws = counted(found.technology_of, "exploited flaw")
        verb = "sits" if found.technology_of == 1 else "sit"
        findings.append(f"{flaws} {verb} in what you run")
    elif advised.concerning:
        advisories = counted(advised.concerning, "advisory")
        findings.append(f"{advisories} may concern you")
    if not findings:
        return "No way in past your own door is on record here"
    return sentence_case("; ".join(findings))


def ways_subtitle(reading: ClientReading) -> str:
    """The line under it."""
    return curly(f"Suppliers, IT provider, advisories · beside the ranking · {reading.client.name}")


def do_subtitle(reading: ClientReading) -> str:
    """The line under it."""
    return curly(f"What to do, by cost and effect, and what stays open · {reading.client.name}")


def _finding(reading: ClientReading) -> str:
    places, sectors = where(reading), what(reading)
    seen, hit = reading.with_sign("country"), reading.with_sign("sector")
    both, near = reading.with_sign("country", "sector"), reading.with_sign("region")
    if both:
        if reading.by_history:
            return f"{_seen(reading, both, places)} and hit {sectors}"
        return f"{_seen(reading, both, places)} and {sectors}"
    if seen and hit:
        return f"{_seen(reading, seen, places)}, and {_hit(reading, hit, in_words(hit), sectors)}"
    if seen:
        rest = "; none is on record in your sector" if sectors else ""
        return f"{_seen(reading, seen, places)}{rest}"
    if hit:
        rest = "; none is on record where you are" if places else ""
        return f"{_hit(reading, hit, _of(reading, hit), sectors)}{rest}"
    if near:
        rest = f"; none is on record in {where_or_what(reading)}"
        return f"{_seen(reading, near, 'countries near you')}{rest}"
    return f"no named actor was seen in {where_or_what(reading)}; those listed are active elsewhere"


def _of(reading: ClientReading, number: int) -> str:
    total = len(reading.first)
    if number == total:
        return worded(number, "named actor")
    if total < ACTORS:
        return f"{in_words(number)} of {worded(total, 'named actor')}"
    return f"{in_words(number)} of the first {in_words(total)} actors"


def _seen(reading: ClientReading, number: int, places: str) -> str:
    if reading.by_history:
        return f"{_of(reading, number)} {'was' if number == 1 else 'were'} seen in {places}"
    return f"{_of(reading, number)} {_targets(number)} {places}"


def _hit(reading: ClientReading, number: int, who: str, sectors: str) -> str:
    return f"{who} hit {sectors}" if reading.by_history else f"{who} {_targets(number)} {sectors}"


def _targets(number: int) -> str:
    return "is said to target" if number == 1 else "are said to target"
