"""One worked incident as a STIX 2.1 bundle: its rows, and what other programs need to use them.

Rows are STIX objects already (``core.case_stix``). Beside them stand the identities of their
authors, the marking definitions of TLP 2.0, the definition of our extension, the actors that rows
name, and a campaign for the incident. STIX's ``attributed-to`` is what we conclude: it is there
only where the assessment that stands judges an actor's responsibility at least likely. A claim
never becomes one. What follows from rows says so in our extension, so that it is not read back as
if somebody had recorded it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.core.case import Assessment, Case, Hypothesis, Row
from briefing.core.case_page import KnownActor
from briefing.core.case_schema import extension_value
from briefing.core.case_stix import CONFIDENCE, DERIVED, author_id, to_stix
from briefing.core.case_words import Supposes
from briefing.core.changes import stable_id
from briefing.core.estimates import Likelihood
from briefing.core.row_fields import written
from briefing.core.tlp import Tlp
from briefing.exports.stix_objects import about_us, author, bundle, common, named

_ACTORS = ("intrusion-set", "threat-actor")
"""Types of STIX to which a campaign can be attributed."""
_SAYS_WHO = frozenset((Supposes.ACTOR, Supposes.SEVERAL))
"""Hypotheses whose actors are said to have done it, and not to have been used as a cover."""
_AT_LEAST = Likelihood.LIKELY
"""Programs that do not read our words take ``attributed-to`` for a yes."""
_WHOLE_DAY = len("2023-09-14")


def render_case(case: Case, actors: Mapping[str, KnownActor]) -> bytes:
    """The bundle. Equal rows give equal bytes.

    Args:
        case: The rows that may be handed on, in which nothing refers to rows that are not there.
        actors: Id as rows have it → the actor, for those that may be named.
    """
    authors = [author(name, tlp) for name, tlp in sorted(_authors(case.rows()).items())]
    rows = map(to_stix, case.rows())
    return bundle([*about_us(), *authors, *rows, *_derived(case, actors)])


def _authors(rows: Iterable[Row]) -> dict[str, Tlp]:
    """Author → the lowest label of their rows: at that level their name can be read anyway."""
    found: dict[str, Tlp] = {}
    for row in rows:
        found[row.author] = min(found.get(row.author, row.tlp), row.tlp)
    return found


def _derived(case: Case, actors: Mapping[str, KnownActor]) -> Iterator[dict[str, Any]]:
    incident = case.incident
    campaign = stable_id("campaign", "of", incident.id)
    ended = incident.last_seen if incident.last_seen >= incident.first_seen else ""
    dates = {"first_seen": incident.first_seen, "last_seen": ended}
    whole = {name: day for name, day in dates.items() if len(day) == _WHOLE_DAY}
    yield {
        **common(campaign, incident.created, incident.modified, incident.tlp),
        "name": incident.name,
        **{name: f"{day}T00:00:00.000Z" for name, day in whole.items()},
        "extensions": extension_value(DERIVED),
    }
    known = {native: actors[native] for native in _named(case) if native in actors}
    for native, actor in known.items():
        yield named(native, actor.name, actor.tlp, actor.attack_id)
    assessment = case.assessment
    judged = next(
        (one for one in case.hypotheses if assessment and one.id == assessment.hypothesis), None
    )
    if assessment is not None and judged is not None:
        yield from _attributed(case, campaign, assessment, judged)


def _named(case: Case) -> list[str]:
    """Ids of the actors that rows name, of the types that STIX has for actors."""
    stated = [
        *(claim.actor for claim in case.claims),
        *(actor for one in case.hypotheses for actor in one.actors),
    ]
    return sorted({native for native in stated if native.partition("--")[0] in _ACTORS})


def _attributed(
    case: Case, campaign: str, assessment: Assessment, judged: Hypothesis
) -> Iterator[dict[str, Any]]:
    if judged.supposes not in _SAYS_WHO or assessment.likelihood.low < _AT_LEAST.low:
        return
    tlp = max(case.incident.tlp, assessment.tlp, judged.tlp)
    for actor in dict.fromkeys(judged.actors):
        if actor.partition("--")[0] not in _ACTORS:
            continue
        native = stable_id("relationship", assessment.id, campaign, actor)
        yield {
            **common(native, assessment.created, assessment.modified, tlp),
            "created_by_ref": author_id(assessment.author),
            "relationship_type": "attributed-to",
            "source_ref": campaign,
            "target_ref": actor,
            "confidence": CONFIDENCE[assessment.confidence],
            "extensions": extension_value(
                DERIVED,
                assessment=assessment.id,
                likelihood=written(assessment.likelihood),
                confidence=written(assessment.confidence),
            ),
        }
