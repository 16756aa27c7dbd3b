"""Rules about who says what, and where it starts: claims, sources, origins, names."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.analysis.case_origins import Origins, Sourced, grouped, sourced
from briefing.analysis.warning_facts import Found, Known, is_later, named
from briefing.core.case import Case, Claim
from briefing.core.case_words import EvidenceKind
from briefing.core.dates import short_date
from briefing.core.names import normalised
from briefing.core.weighing import Weighing
from briefing.core.wording import listed, sentence_case

CONFIRMED = 1
"""Admiralty credibility 1: confirmed by other sources."""
OVERLAP = "overlap"
"""Method of evidence that was computed from techniques and software."""


def claim_without_evidence(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 1: claims on which no evidence bears, or only evidence that is itself a claim."""
    borne = {
        claim
        for one in case.evidence
        if one.kind is not EvidenceKind.CLAIM
        for claim in one.bears_on
    }
    bare = [claim.id for claim in case.claims if claim.id not in borne]
    if not bare:
        return None
    said = [one.id for one in case.evidence if not set(one.bears_on).isdisjoint(bare)]
    return Found(f"Nothing but claims bears on {named(case, bare)}.", (*bare, *said))


def one_origin_only(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 2: all evidence goes back to one origin."""
    if Origins(case).count(case.evidence) != 1:
        return None
    rows = tuple(one.id for one in case.evidence)
    return Found(f"All evidence comes from one origin: {named(case, rows)}.", rows)


def circular_reporting(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 3: rows of different publishers that meet at one origin.

    They meet where the words for their origin are the same, or where the documents that they cite
    repeat one another or the same third one.
    """
    origins = Origins(case)

    def meet_unseen(one: Sourced, other: Sourced) -> bool:
        return _publishers_differ(one, other) and origins.meet(one, other)

    groups = [
        [row.id for row in group] for group in grouped(sourced(case), meet_unseen) if len(group) > 1
    ]
    if not groups:
        return None
    words = "; ".join(named(case, group) for group in groups)
    return Found(
        f"Different publishers, one origin: {words}.",
        tuple(row for group in groups for row in group),
    )


def several_culprits(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 4: more than one party is said to have done it, by itself or by others.

    That two parties say the same of one culprit is no reason to warn. Names are compared without
    case, spaces and punctuation; where a claim is tied to an actor, so is that name in the others.
    """
    by_culprit = culprits(case)
    if len(by_culprit) < 2:
        return None
    words = listed(f"{claims[0].accused} ({named(case, _ids(claims))})" for claims in by_culprit)
    return Found(f"Different names are given for who did it: {words}.", _ids(case.claims))


def culprits(case: Case) -> tuple[list[Claim], ...]:
    """The claims, together where they name the same culprit; in the order of the first of each."""
    actors = {normalised(claim.accused): claim.actor for claim in case.claims if claim.actor}
    by_culprit: dict[str, list[Claim]] = {}
    for claim in case.claims:
        name = normalised(claim.accused)
        by_culprit.setdefault(claim.actor or actors.get(name, name), []).append(claim)
    return tuple(by_culprit.values())


def shared_name(case: Case, _weighing: Weighing, known: Known) -> Found | None:
    """Rule 5: a claim names somebody by a name that several actors bear."""
    by_name: dict[str, list[Claim]] = {}
    for claim in case.claims:
        for name in dict.fromkeys((claim.accused, *((claim.by,) if claim.is_by_attacker else ()))):
            if len(known.shared_names.get(name, ())) > 1:
                by_name.setdefault(name, []).append(claim)
    if not by_name:
        return None
    words = "; ".join(
        f"“{name}” ({named(case, _ids(claims))}) may mean "
        f"{listed(known.shared_names[name], last='or')}"
        for name, claims in by_name.items()
    )
    rows = dict.fromkeys(claim.id for claims in by_name.values() for claim in claims)
    return Found(f"{words}.", tuple(rows))


def confirmed_by_nobody(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 10: graded as confirmed by other sources, and no second origin is recorded.

    A second origin is evidence of another origin that bears on the same claim.
    """
    origins = Origins(case)

    def has_second(row: Sourced) -> bool:
        about = {row.id} if isinstance(row, Claim) else set(row.bears_on)
        return any(
            not about.isdisjoint(other.bears_on) and not origins.are_one(row, other)
            for other in case.evidence
        )

    rows = tuple(
        row.id for row in sourced(case) if row.credibility == CONFIRMED and not has_second(row)
    )
    if not rows:
        return None
    return Found(f"Graded as confirmed, without a second origin: {named(case, rows)}.", rows)


def told_from_disclosure(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 13: claims made before, and claims made after the incident became public.

    It fires for either, because either informs. Whoever speaks before disclosure knows what was
    not public: they took part, or heard of it from somebody who did. Whoever speaks after it may
    have read everything in the press. A claim that is older than the incident is told apart: it
    was made of something else. A claim of the day of disclosure, or whose date is too coarse to
    tell, is not named.
    """
    incident = case.incident
    early = [claim for claim in case.claims if is_later(incident.disclosed, claim.date)]
    older = [claim for claim in early if is_later(incident.first_seen, claim.date)]
    before = [claim for claim in early if claim not in older]
    after = [claim for claim in case.claims if is_later(claim.date, incident.disclosed)]
    disclosure = f"the disclosure of {short_date(incident.disclosed)}"
    parts = []
    if older:
        parts.append(f"{named(case, _ids(older))} came before the incident itself")
    if before:
        parts.append(f"{named(case, _ids(before))} came before {disclosure}")
    if after:
        parts.append(f"{named(case, _ids(after))} followed {'it' if before else disclosure}")
    if not parts:
        return None
    rows = (*_ids((*older, *before, *after)), incident.id)
    return Found(sentence_case(f"{', '.join(parts)}."), rows)


def overlap_cites_the_incident(case: Case, _weighing: Weighing, _known: Known) -> Found | None:
    """Rule 14: computed overlap that goes back to what else is recorded about the incident.

    So it does where it cites a document that the incident, a claim or other evidence cites too (or
    one that repeats it, or is repeated by it), and where its origin is theirs.
    """
    origins = Origins(case)
    own = origins.roots(case.incident.documents)
    overlaps = [one for one in case.evidence if one.method == OVERLAP]
    others = [one for one in sourced(case) if one not in overlaps]
    found: dict[str, None] = {}
    met: dict[str, None] = {}
    for overlap in overlaps:
        meeting = [other.id for other in others if origins.meet(overlap, other)]
        if not own.isdisjoint(origins.roots(overlap.documents)):
            meeting.append(case.incident.id)
        if meeting:
            found[overlap.id] = None
            met.update(dict.fromkeys(meeting))
    if not found:
        return None
    description = ["the description"] if case.incident.id in met else []
    words = ", and with ".join(part for part in (named(case, met), *description) if part)
    return Found(
        f"{named(case, found)} may rest on this incident’s own reports, shared with {words}.",
        (*found, *met),
    )


def actor_seen_later(case: Case, _weighing: Weighing, known: Known) -> Found | None:
    """Rule 15: an actor that was first seen only after the incident had ended.

    Of the incident counts when it ended; where that is not known, when it began; else when it
    became public.
    """
    incident = case.incident
    over = incident.last_seen or incident.first_seen or incident.disclosed
    by_actor: dict[str, list[str]] = {}
    for hypothesis in case.hypotheses:
        for actor in hypothesis.actors:
            by_actor.setdefault(actor, []).append(hypothesis.id)
    for claim in case.claims:
        by_actor.setdefault(claim.actor, []).append(claim.id)
    late = {
        actor: rows
        for actor, rows in by_actor.items()
        if actor in known.actors and is_later(known.actors[actor].first_seen, over)
    }
    if not late:
        return None
    words = "; ".join(
        f"{known.actors[actor].name} in {short_date(known.actors[actor].first_seen)} "
        f"({named(case, rows)})"
        for actor, rows in late.items()
    )
    rows = dict.fromkeys(row for rows in late.values() for row in rows)
    return Found(
        f"First seen after the incident ({short_date(over)}): {words}.", (*rows, incident.id)
    )


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


def _publishers_differ(one: Sourced, other: Sourced) -> bool:
    mine, theirs = _publishers(one), _publishers(other)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _publishers(row: Sourced) -> frozenset[str]:
    return frozenset(normalised(cited.publisher) for cited in row.documents if cited.publisher)
