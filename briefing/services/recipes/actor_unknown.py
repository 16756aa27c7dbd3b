"""What is not known, counted from what the sources leave out; where we wrote it, our own words."""

from __future__ import annotations

from briefing.core.actor import Basis
from briefing.core.changes import Predicate
from briefing.core.wording import counted, listed, sentence_case
from briefing.services.recipes.actor_reading import ActorReading, joined

NOTHING = Basis((), ())
Sentence = tuple[str, Basis]


def not_known(reading: ActorReading) -> list[Sentence]:
    """Sentences on the gaps, the ones that matter most to a reader first."""
    own = [(said.text, said.basis) for said in reading.profile.unknown]
    return own or _gaps(reading)


def _gaps(reading: ActorReading) -> list[Sentence]:
    found = (
        *_origin(reading),
        *_silent(reading),
        *_dates(reading),
        *_namers(reading),
        *_related(reading),
    )
    return [sentence for sentence in found if sentence[0]]


def _origin(reading: ActorReading) -> list[Sentence]:
    if not reading.profile.origins:
        return [("No source here records where it comes from, or who pays it.", NOTHING)]
    if not any(row.body for row in reading.profile.origins):
        bases = joined(row.basis for row in reading.profile.origins)
        return [("No source here records which service or unit stands behind it.", bases)]
    return []


def _silent(reading: ActorReading) -> list[Sentence]:
    targets = reading.profile.targets
    missing = []
    if not targets.sectors and not targets.scopes:
        missing.append("a target sector")
    if not targets.countries and not targets.places:
        missing.append("a target country")
    if not reading.profile.goals and not reading.profile.motives:
        missing.append("a goal")
    if not reading.techniques:
        missing.append("a technique")
    if not missing:
        return []
    return [(f"No source here names {listed(missing, last='or')}.", NOTHING)]


def _dates(reading: ActorReading) -> list[Sentence]:
    dated = reading.find(Predicate.TARGETS_COUNTRY, Predicate.TARGETS_SECTOR)
    sentences: list[Sentence] = []
    if not reading.newest_year:
        sentences.append(
            ("No document about it is dated here, so whether it is still active is open.", NOTHING)
        )
    else:
        sentences.append(
            (
                f"Nothing dated here is newer than {reading.newest_year}; "
                "whether it was active since is open.",
                reading.basis_of(Predicate.MENTIONED_IN),
            )
        )
    if dated and not any(said.first_seen for said in dated):
        sentences.append(("No source here says when its targets were attacked.", NOTHING))
    return sentences


def _namers(reading: ActorReading) -> list[Sentence]:
    names = reading.profile.names
    unnamed = [row for row in names if not row.coined_by]
    if not unnamed:
        return []
    if len(names) == 1:
        return [("No source here says who coined its name.", unnamed[0].basis)]
    words = (
        f"for {len(unnamed)} of its {counted(len(names), 'name')} no source here says who coined it"
    )
    if len(unnamed) == len(names):
        words = f"no source here says who coined its {counted(len(names), 'name')}"
    return [(f"{sentence_case(words)}.", joined(row.basis for row in unnamed))]


def _related(reading: ActorReading) -> list[Sentence]:
    open_questions = [row for row in reading.profile.related if row.relation == "may be the same"]
    names = [row.name for row in open_questions if row.name]
    if not names:
        return []
    if len(names) > 2:
        names = [*names[:2], counted(len(open_questions) - 2, "other")]
    return [(f"Whether it is the same actor as {listed(names, last='or')} is open.", NOTHING)]
