"""What a ranking lacks, and what would change an actor's place, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from briefing.analysis.relevance import first_incident_adds, is_stale
from briefing.core.client import Client
from briefing.core.relevance import RelevantActor
from briefing.core.wording import counted, first_of, inside
from briefing.services.relevance_ranking import CATALOGUE, Ranking
from briefing.services.relevance_words import month_of

FEW: Final = 10
"""Fewer actors than this are worth a sentence."""
_MOST: Final = 3


def missing(ranking: Ranking, whole: Ranking) -> tuple[str, ...]:
    """What a person should know of a ranking that is short, or rests on little.

    Args:
        ranking: What is shown.
        whole: The same, were nothing withheld.
    """
    return tuple(
        sentence
        for sentence in (
            _of_client(ranking.client),
            _nobody(ranking),
            _stale(ranking),
            _withheld(ranking, whole),
        )
        if sentence
    )


def changes(ranking: Ranking, found: RelevantActor) -> tuple[str, ...]:
    """What would move an actor up."""
    has = {reason.term for reason in found.reasons}
    if ranking.ground == CATALOGUE:
        return tuple(_of_catalogues(ranking, has))
    return tuple(_of_history(ranking, found, has))


def _of_history(ranking: Ranking, found: RelevantActor, has: set[str]) -> Iterable[str]:
    places, sectors, near = _places(ranking), _sectors(ranking), ranking.sight.neighbours
    if places and "country" not in has:
        yield f"No dated incident in {places} is laid to it here; {_one_adds('country')}."
    if sectors and "sector" not in has:
        yield f"No dated incident that hit {sectors} is laid to it here; {_one_adds('sector')}."
    if near and "region" not in has:
        yield f"No dated incident in a neighbouring country is laid to it; {_one_adds('region')}."
    if "active" not in has:
        stale = _stale(ranking)
        none = "None of its incidents here began in the last two years"
        yield stale or f"{none}; {_one_adds('active')}."
    if found.actor.id not in ranking.memory.sponsors:
        yield "Nobody says, or not with one voice, which country is behind it: no sponsor counts."
    elif places and "sponsor" not in has:
        yield f"The country behind it is not seen in {places} more than elsewhere."


def _of_catalogues(ranking: Ranking, has: set[str]) -> Iterable[str]:
    places, sectors = _places(ranking), _sectors(ranking)
    if places and "country" not in has:
        yield f"No source here says that it targets {places}."
    if sectors and "sector" not in has:
        yield f"No source here says that it targets {sectors}."
    yield "Dated incidents would say more: import EuRepoC under Sources."


def _one_adds(term: str) -> str:
    return f"one that began today would add {first_incident_adds(term):.2f} points"


def _of_client(client: Client) -> str:
    if not client.countries and not client.sectors:
        return "No country and no sector is stated for this client: set them first."
    if not client.countries:
        return "No country is stated for this client, and countries matter most."
    return "" if client.sectors else "No sector is stated for this client."


def _nobody(ranking: Ranking) -> str:
    client, found = ranking.client, ranking.tied
    if found >= FEW or not (client.countries or client.sectors):
        return ""
    if found:
        verb = "is" if found == 1 else "are"
        others = (
            " The others are in the list because they were active lately, anywhere."
            if len(ranking.scores) > found
            else ""
        )
        return (
            f"Only {counted(found, 'actor')} {verb} tied to its countries or sectors by what is"
            f" said here.{others} Import incidents (EuRepoC) or catalogues under Sources to know"
            " more."
        )
    return (
        "Nobody matches: no source here names an actor that was seen in its countries, near them,"
        " or in its sectors. That is a gap of the sources and no sign of safety."
    )


def _stale(ranking: Ranking) -> str:
    """That nobody can be called active; "" where the incidents are fresh enough, or none count."""
    newest = ranking.newest
    if ranking.ground == CATALOGUE or newest is None or not is_stale(newest, ranking.today):
        return ""
    return (
        f"Who is active does not count: the newest incident here began in {month_of(newest)}, more"
        " than a year ago."
    )


def _withheld(ranking: Ranking, whole: Ranking) -> str:
    """How much that would count is marked above the client's ceiling."""
    if ranking.memory is whole.memory:
        return ""
    shown = {one.incident.id: frozenset(one.incident.actors) for one in ranking.history}
    incidents = sum(
        whole.counts_for(one.incident)
        and frozenset(one.incident.actors) != shown.get(one.incident.id)
        for one in whole.history
    )
    statements = _statements(whole) - _statements(ranking) if ranking.ground == CATALOGUE else 0
    parts = [counted(incidents, "incident")] if incidents else []
    parts += [counted(statements, "statement")] if statements else []
    if not parts:
        return ""
    level = ranking.client.tlp.label
    one = incidents + statements == 1
    verbs = ("is", "rests", "is") if one else ("are", "rest", "are")
    return (
        f"{' and '.join(parts)} that would count {verbs[0]} marked above {level}, or {verbs[1]} on"
        f" something that is, and {verbs[2]} withheld: in no score and no list."
    )


def _statements(ranking: Ranking) -> int:
    return sum(
        len(ranking.counted_statements(actor, term))
        for actor in ranking.memory.stated
        for term in ("country", "region", "sector")
    )


def _places(ranking: Ranking) -> str:
    words = sorted(map(ranking.sentences.place, ranking.sight.countries))
    return first_of(words, _MOST, "country")


def _sectors(ranking: Ranking) -> str:
    label = ranking.memory.labels.label
    words = sorted(inside(label("sector", code)) for code in ranking.sight.sectors)
    return first_of(words, _MOST, "sector", "; ")
