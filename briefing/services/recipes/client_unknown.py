"""What is not known for a client, counted from what is missing here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from briefing.analysis.relevance import is_stale
from briefing.core.actor import Basis
from briefing.core.brief import Paragraph, Section
from briefing.core.wording import counted, first_of, in_words, listed
from briefing.services.recipes.client_limits import ClientLimits
from briefing.services.recipes.client_questions import on_changes
from briefing.services.recipes.client_reading import ClientReading
from briefing.services.recipes.client_said import Sentence, where_or_what
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.part_words import part_of
from briefing.services.relevance_gaps import FEW
from briefing.services.relevance_words import month_of

_NOTHING = Basis((), ())
_NAMED = 3


def unknown(reading: ClientReading, marks: Marks, limits: ClientLimits) -> Section:
    """The gaps that matter most."""
    shown = not_known(reading)[: limits.unknown]
    section = _section("unknown", "What we do not know", shown, marks)
    return replace(section, questions=on_changes(reading))


def open_questions(reading: ClientReading, marks: Marks, limits: ClientLimits) -> Section | None:
    """All of them, where the executive page shows fewer."""
    found = not_known(reading)
    if len(found) <= limits.unknown:
        return None
    return _section("open-questions", "All that is not known", found, marks)


def not_known(reading: ClientReading) -> list[Sentence]:
    """Sentences on the gaps, the ones that matter most first."""
    found = (
        _scope(reading),
        _few(reading),
        _stale(reading),
        _denominators(reading),
        _without_technique(reading),
        _technology(reading),
        _unseen(reading),
        _origins(reading),
    )
    return [sentence for sentence in found if sentence[0]]


def _section(key: str, title: str, sentences: list[Sentence], marks: Marks) -> Section:
    block = Paragraph(marks.texts(sentences), **marks.held(*(basis for _, basis in sentences)))
    return Section(key, title, (block,))


def _scope(reading: ClientReading) -> Sentence:
    client = reading.client
    if client.countries and client.sectors:
        return "", _NOTHING
    if client.countries:
        return "No sector is stated for you, so none counts here.", _NOTHING
    if client.sectors:
        return "No country is stated for you, and countries count most.", _NOTHING
    return "Neither a country nor a sector is stated for you, so nobody can be ranked.", _NOTHING


def _few(reading: ClientReading) -> Sentence:
    if reading.tied >= FEW or not (reading.client.countries or reading.client.sectors):
        return "", _NOTHING
    tied = where_or_what(reading)
    if not reading.tied:
        words = f"No source here ties a named actor to {tied}"
    else:
        verb = "is" if reading.tied == 1 else "are"
        words = f"Only {counted(reading.tied, 'actor')} {verb} tied to {tied} by what is on record"
    return f"{words}: that is a gap of the sources and no sign of safety.", _NOTHING


def _stale(reading: ClientReading) -> Sentence:
    until = reading.relevance.until
    if not reading.by_history or not is_stale(date.fromisoformat(until), reading.today):
        return "", _NOTHING
    month = month_of(date.fromisoformat(until))
    words = f"The newest incident here began in {month}, so who is active now is not known."
    return words, _NOTHING


def _denominators(reading: ClientReading) -> Sentence:
    known = reading.known
    words = (
        f"Victim countries are stated for {known.with_country:,} of"
        f" {counted(known.actors, 'actor')} and sectors for {known.with_sector:,}, so an actor"
        " missing here is no all-clear."
    )
    return words, reading.speaking


def _without_technique(reading: ClientReading) -> Sentence:
    silent = [one.actor.name for one in reading.first if one.actor.id not in reading.techniques]
    if not silent:
        return "", _NOTHING
    rest = len(reading.first) - len(silent)
    others = f"the other {in_words(rest)}" if rest > 1 else "the other"
    then = f"; what to do rests on {others}" if rest else ""
    verb = "works" if len(silent) == 1 else "work"
    return f"How {listed(silent)} {verb} is not on record{then}.", _NOTHING


def _technology(reading: ClientReading) -> Sentence:
    found = reading.relevance
    if not reading.advised.held and not found.technology_of:
        return "No advisory is on record here, so nothing is said about what you run.", _NOTHING
    if not reading.client.technology:
        return "What you run is not stated, so no flaw in it is looked for.", _NOTHING
    if found.unmatched:
        words = [reading.advised.words.get(code, code) for code in found.unmatched]
        named = first_of(words, _NAMED, "product")
        return f"No source here says anything about {named}.", _NOTHING
    return "", _NOTHING


def _unseen(reading: ClientReading) -> Sentence:
    if not reading.first:
        return "", _NOTHING
    return (
        "Whoever has never been named cannot be in a list of names: in our test that was 28 % of"
        " the attackers.",
        _NOTHING,
    )


def _origins(reading: ClientReading) -> Sentence:
    silent = sum(not any(row.country.code for row in one.origins) for one in reading.profiles)
    if not silent:
        return "", _NOTHING
    who = part_of(silent, len(reading.profiles), "it")
    return f"For {who} no source here states an origin.", _NOTHING
