"""Page titles of an incident's briefing, as findings computed from what was recorded.

The first page says who is said to have done it and where that stands, by these rules:

1. Two or more groups claim it for themselves, nothing recorded bears out either claim, and nobody
   judges an answer very likely: "Two groups claimed … . Neither settles it."
2. Else the name, who is named (or how many names are given), and where it stands: the answer that
   is judged and how likely, "fragile" where one origin decides; without an assessment the answer
   that is least refuted; else that the evidence does not decide, or that nothing was weighed.

Two lines hold a title: where it is longer, who is named is left out first, then the name of the
incident, which stands under it. Confidence never stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefing.analysis.warning_rules_sources import culprits
from briefing.core.case import Case, Claim
from briefing.core.case_words import ClaimStatus
from briefing.core.estimates import Likelihood
from briefing.core.wording import counted, curly, in_words, sentence_case, worded
from briefing.services import matrix_words
from briefing.services.recipes.actor_titles import evidence_title
from briefing.services.recipes.incident_reading import IncidentReading
from briefing.services.recipes.incident_words import (
    accused,
    by,
    short,
    short_name,
    when,
    where_and_whom,
)
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.short_texts import cut
from briefing.services.recipes.text_fit import MM, Ruler

_SIZE: Final = (22.0, 26.0)
_WIDTH: Final = 174 * MM
"""Size and line of a page title, and how wide it may run, in points."""
_ONE_LINE: Final = 64
_NAME: Final = 40
_EVEN: Final = 50
_SETTLED: Final = (Likelihood.VERY_LIKELY, Likelihood.ALMOST_CERTAIN)


def headline(reading: IncidentReading) -> str:
    """The title of the executive page."""
    found = _unsettled(reading)
    if found:
        return curly(found)
    name = short_name(reading.case.incident.name)
    said, judged, fragile = _said(reading), _judged(reading), _fragile(reading)
    titles = (
        f"{name}: {said}, {judged}{fragile}",
        f"{name}: {judged}{fragile}",
        sentence_case(f"{judged}{fragile}"),
    )
    return curly(next((one for one in titles if _in_two_lines(one)), titles[-1]))


def _in_two_lines(title: str) -> bool:
    return Ruler(()).high(title, *_SIZE, _WIDTH, bold=True) <= 2 * _SIZE[1]


def subtitle(reading: IncidentReading) -> str:
    """The line under it: kind, whom it hit, where and when; one line of it."""
    row = reading.case.incident
    sectors, places = where_and_whom(reading)
    whom = row.victim or short_name(row.name)
    lines = (
        ", ".join(part for part in parts if part)
        for parts in (
            (whom, sectors, places, when(reading.case)),
            (whom, places, when(reading.case)),
            (whom, when(reading.case)),
            (short_name(row.name), when(reading.case)),
        )
    )
    found = next((line for line in lines if len(line) <= _ONE_LINE), row.name)
    return curly(f"Incident briefing · one-page version · {cut(found, _ONE_LINE)}")


def recorded_headline(reading: IncidentReading) -> str:
    """The title of the part on what was recorded."""
    case = reading.case
    claims = sentence_case(worded(len(case.claims), "claim"))
    if not case.claims and not case.evidence:
        return "Neither a claim nor evidence is on record"
    if not case.evidence:
        return f"{claims} on record, and no evidence beside {_them(len(case.claims))}"
    pieces = worded(len(case.evidence), "piece of evidence")
    origins = worded(reading.origins, "origin")
    return f"{claims}, {pieces}, {origins}"


def recorded_subtitle(reading: IncidentReading) -> str:
    """The line under it."""
    return curly(f"What was recorded, in full · {reading.case.incident.name}")


def judged_headline(reading: IncidentReading) -> str:
    """The title of the part on what follows from it."""
    if not reading.case.hypotheses:
        return "Nothing was weighed, so nothing follows from it yet"
    return matrix_words.leading(reading.page).removesuffix(".")


def judged_subtitle(reading: IncidentReading) -> str:
    """The line under it."""
    name = reading.case.incident.name
    return curly(f"What follows, what would change it, and what a reader may object to · {name}")


def sources_headline(reading: IncidentReading, marks: Marks) -> str:
    """The title of the appendix: how many sources, and to how many origins the evidence goes."""
    if not reading.case.evidence:
        return evidence_title(marks)
    sources = counted(len(marks.cited), "source")
    return f"{sources}; the evidence goes back to {worded(reading.origins, 'origin')}"


def _them(number: int) -> str:
    return "it" if number == 1 else "them"


def _boasts(case: Case) -> list[list[Claim]]:
    """Claims of the attackers themselves, together where they are of one group."""
    groups = ([one for one in rows if one.is_by_attacker] for rows in culprits(case))
    return [rows for rows in groups if rows]


def _unsettled(reading: IncidentReading) -> str:
    """Rule 1, or ""."""
    case, boasts = reading.case, _boasts(reading.case)
    if len(boasts) < 2 or not reading.is_worked:
        return ""
    borne_out = any(one.status is ClaimStatus.CORROBORATED for rows in boasts for one in rows)
    standing = case.assessment
    if borne_out or (standing is not None and standing.likelihood in _SETTLED):
        return ""
    groups = sentence_case(in_words(len(boasts)))
    neither = "Neither" if len(boasts) == 2 else "None of them"
    return f"{groups} groups claimed {short_name(case.incident.name)}. {neither} settles it."


def _said(reading: IncidentReading) -> str:
    """Who is named, and by whom."""
    groups = culprits(reading.case)
    if not groups:
        return "no claim on record"
    if len(groups) > 1:
        return f"{in_words(len(groups))} names given"
    claims = groups[0]
    name = accused(reading.page, claims[0], _NAME)
    actor = reading.page.actors.get(claims[0].actor)
    if actor is not None and len({one.accused for one in claims}) > 1:
        name = actor.name
    if all(one.is_by_attacker for one in claims):
        return f"claimed by {name}"
    if len(claims) == 1:
        return f"{cut(by(claims[0]), _NAME)} names {name}"
    both = "both" if len(claims) == 2 else f"all {in_words(len(claims))}"
    return f"{both} claims name {name}"


def _judged(reading: IncidentReading) -> str:
    """Where it stands."""
    case, standing = reading.case, reading.case.assessment
    held = next(
        (one for one in case.hypotheses if standing and one.id == standing.hypothesis), None
    )
    if standing is not None and held is not None:
        if standing.likelihood.low < _EVEN < standing.likelihood.high:
            return "no answer stands out"
        return f"“{short(held)}” judged {standing.likelihood.term}"
    if not case.hypotheses or not case.evidence:
        return "nothing weighed"
    leaders = list(_leaders(reading))
    if len(leaders) == 1:
        return f"“{leaders[0]}” least refuted, not proved"
    return "the evidence does not decide" if leaders else "not yet weighed to the end"


def _leaders(reading: IncidentReading) -> Iterator[str]:
    case = reading.case
    if all(one.cells for one in case.hypotheses) and len(case.hypotheses) > 1:
        leading = reading.page.weighing.leaders
        yield from (short(one) for one in case.hypotheses if one.id in leading)


def _fragile(reading: IncidentReading) -> str:
    """Whether what is judged leads only because of one origin."""
    standing = reading.case.assessment
    if standing is None or standing.likelihood.low < _EVEN:
        return ""
    columns = {one.hypothesis: one for one in reading.page.weighing.columns}
    column = columns.get(standing.hypothesis)
    return ", but fragile" if column is not None and column.fragile else ""
