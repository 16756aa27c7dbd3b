"""Sentences of an incident's briefing: dates, targets, what a claim says, how much of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from briefing.core.actor import Basis, Coded
from briefing.core.brief import Text
from briefing.core.case import Assessment, Case, Claim, Hypothesis, Opinion
from briefing.core.case_page import CasePage
from briefing.core.case_words import Stance, Supposes
from briefing.core.dates import LONG_MONTHS, long_date
from briefing.core.wording import counted, first_of, inside, listed, sentence_case
from briefing.services.case_phrases import CLAIMANTS, STANCES
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.actor_words import named
from briefing.services.recipes.incident_reading import IncidentReading
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import cut, sentences_of, stopped

Sentence = tuple[str, Basis]

SUPPOSES: Final = {
    Supposes.ACTOR: "somebody who is known",
    Supposes.UNKNOWN: "somebody nobody has named",
    Supposes.FALSE_FLAG: "a false flag",
    Supposes.SEVERAL: "several parties",
}
"""What a hypothesis supposes, inside a sentence."""
DISSENTING: Final = frozenset((Stance.DISAGREE, Stance.STRONGLY_DISAGREE))
_DATED: Final = re.compile(
    rf",\s+(?:(?:{'|'.join(LONG_MONTHS)}|and|to|\d{{1,2}}|[–-])\s*)*\d{{4}}(?:\s*[–-]\s*\d{{4}})?$"
)
_NAMES: Final = 2
"""More slashes than this between names, and only the first of them is told."""
_LISTED: Final = 3


def short_name(name: str, most: int = 60) -> str:
    """An incident's name without the date at its end, cut where it is long."""
    return cut(_DATED.sub("", name), most)


def when(case: Case) -> str:
    """When it happened, or else became public: ``September 2023``, ``2022 to 2023``, or ""."""
    incident = case.incident
    first = incident.first_seen or incident.disclosed
    last = incident.last_seen if incident.first_seen else ""
    days = dict.fromkeys(day for day in (first, last) if day)
    return " to ".join(long_date(day) for day in days)


def where_and_whom(reading: IncidentReading) -> tuple[str, str]:
    """Sectors and places that were hit, each in a few words, or ""."""
    incident, labels = reading.case.incident, reading.page.labels
    sectors = [inside(labels.get(code, code)) for code in incident.sectors]
    places = [place(reading, code) for code in incident.countries]
    return first_of(sectors, _LISTED), first_of(places, _LISTED)


def place(reading: IncidentReading, code: str) -> str:
    """A country or place as it stands inside a sentence."""
    return named(Coded(code, reading.page.labels.get(code, code)))


def by(claim: Claim) -> str:
    """Who makes a claim; where a feed names nobody, what kind of party it is."""
    return claim.by or sentence_case(CLAIMANTS[claim.claimant]) or "Somebody not named"


def accused(page: CasePage, claim: Claim, most: int = 0) -> str:
    """Who is said to have done it, in the claim's own words; of a long row of names the first."""
    actor = page.actors.get(claim.actor)
    if actor is not None and claim.is_of_feed:
        return actor.name
    return _first_name(claim.accused, most) if most else claim.accused


def _first_name(names: str, most: int) -> str:
    if names.count("/") > _NAMES:
        return f"{cut(names.partition('/')[0].strip(), most)}/…"
    return cut(names, most)


def claim_words(claim: Claim, most: int = 0) -> str:
    """What is said, in our words; of a feed, whom it names, quoted.

    Args:
        claim: What is said.
        most: Characters of a feed's name; of a long row of names the first is told. 0 tells all.
    """
    if claim.text:
        return claim.text
    if claim.is_by_attacker and claim.by.casefold() == claim.accused.casefold():
        return "Claims it as its own."
    return f"Names “{_first_name(claim.accused, most) if most else claim.accused}”."


def answer(case: Case, hypothesis: str) -> str:
    """A hypothesis by its label and name: ``H3 Scattered Spider for ALPHV``."""
    found = next((one for one in case.hypotheses if one.id == hypothesis), None)
    return f"{case.labels()[found.id]} {short(found)}" if found else "an answer taken out since"


def short(one: Hypothesis) -> str:
    """A hypothesis in a few words, without its label."""
    return one.short or cut(one.text, 40)


def other_assessments(case: Case) -> tuple[Assessment, ...]:
    """Assessments that nobody superseded, beside the one that stands."""
    superseded = {one.supersedes for one in case.assessments}
    standing = case.assessment
    return tuple(
        one for one in case.assessments if one.id not in superseded and one is not standing
    )


def views(reading: IncidentReading, *, dissenting: bool) -> Iterator[tuple[Opinion, str]]:
    """Opinions on the assessment that stands, in words: those that dissent, or the others."""
    case = reading.case
    standing = case.assessment
    for one in case.opinions:
        if standing is None or one.assessment != standing.id:
            continue
        if (one.stance in DISSENTING) is dissenting:
            yield one, opinion_words(case, one)


def opinion_words(case: Case, one: Opinion) -> str:
    """Whose view, and why: ``Second desk disagrees: why. Holds H4 instead.``."""
    instead = f" Holds {answer(case, one.hypothesis)} instead." if one.hypothesis else ""
    return f"{one.author} {STANCES[one.stance]}: {stopped(one.text)}{instead}"


def judged_otherwise(case: Case, one: Assessment) -> str:
    """What a second assessment that stands too concludes; its confidence stands elsewhere."""
    return (
        f"{one.author} judges otherwise, of {answer(case, one.hypothesis)}:"
        f" {stopped(one.text)} Likelihood: {one.likelihood.term}."
    )


def happened(reading: IncidentReading) -> list[Sentence]:
    """What happened, in sentences with what each rests on: ours where there are any."""
    incident = reading.case.incident
    told = reading.told
    basis = reading.basis(incident)
    if incident.description:
        return [(one, basis) for one in sentences_of(incident.description)]
    ours = [] if told is None else _own_descriptions(reading)
    dates = reading.rests(*(said.basis for said in told.periods)) if told else basis
    targets = reading.rests(*(row.basis for row in told.targets)) if told else basis
    found: list[Sentence] = []
    if moment := when(reading.case):
        found.append((f"It is dated {moment}.", dates))
    sectors, places = where_and_whom(reading)
    if sectors or places:
        hit = f"{sectors or 'A sector that is not stated'}{f', in {places}' if places else ''}"
        found.append((f"Hit: {hit}.", targets))
    if told is not None and told.types:
        kinds = listed(inside(said.text) for said in told.types[:_LISTED])
        found.append((f"Kind: {kinds}.", reading.rests(*(said.basis for said in told.types))))
    return [*ours, *found] or [("No source here says when it was or whom it hit.", basis)]


def _own_descriptions(reading: IncidentReading) -> list[Sentence]:
    """What our own dated incidents say of it; a feed's words are quoted elsewhere."""
    assert reading.told is not None  # noqa: S101 - asked by who told it
    own = {entry.key for entry in reading.told.sources if entry.kind == "own-text"}
    return [
        (stopped(said.text), reading.rests(said.basis))
        for said in reading.told.descriptions
        if own.intersection(said.basis.sources)
    ]


def said_and_marked(marks: Marks, rows: Iterable[Sentence], most: int = 0) -> Text:
    """Sentences one after another; a mark stands behind the last of those that share it."""
    joined_: list[Sentence] = []
    for words, basis in rows:
        if joined_ and joined_[-1][1].sources == basis.sources:
            before, held = joined_[-1]
            joined_[-1] = (f"{before} {words}", joined((held, basis)))
        else:
            joined_.append((words, basis))
    return marks.texts(joined_, most=most)


def how_many(number: int, noun: str) -> str:
    """``1 claim``, ``5 claims``, ``no claim``."""
    return counted(number, noun) if number else f"no {noun}"
