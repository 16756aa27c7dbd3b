"""A delivered briefing as it stands now: what became of its statements, and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from briefing.core.actor import Basis
from briefing.core.brief import Assessed, KeyJudgement
from briefing.core.changes import Predicate
from briefing.core.client import Client
from briefing.core.relevance import RelevantActor
from briefing.core.tlp import Tlp
from briefing.services.guidance import ACTORS
from briefing.services.recipes import actor, advisories, client, incident, sector
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.gathered import Gathered, gather
from briefing.services.recipes.marks import Held
from briefing.services.recipes.since import Since
from briefing.services.relevance_memory import read_memory
from briefing.services.relevance_ranking import Ranking
from briefing.services.verify_manifest import Manifest, Place
from briefing.store.named_things import Thing, things_named
from briefing.store.new_statements import (
    News,
    Subjects,
    cut_at,
    laid_to,
    natives_of,
    read_news,
    rows_of,
)
from briefing.store.standing import Standing, State, read_standing

_SUMS: Final[Mapping[str, frozenset[str]]] = {
    client.KIND: frozenset(client.SUMS),
    # Its list of actors is a sum of few, and they are whom the page is about.
    sector.KIND: frozenset(sector.SUMS) - {"actors"},
}
"""Sections that add up what is said of hundreds, of whom the briefing says nothing else."""
_WEIGHED: Final = ("ClaimsEvidence", "AchTable")
"""Blocks of which an assessment is the sum."""
TRACED: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    actor.KIND: actor.TRACED,
    advisories.KIND: advisories.TRACED,
    client.KIND: client.TRACED,
    incident.KIND: incident.TRACED,
    sector.KIND: sector.TRACED,
}
"""Kind of briefing to what its sections are called."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of the delivered briefing.

    Attributes:
        words: What it says; "" where that cannot be read here.
        basis: What its own words rest on now.
        rests_on: What became of everything behind it.
    """

    words: str
    basis: Basis
    rests_on: tuple[Standing, ...]

    def of(self, state: State) -> int:
        """How many statements behind it became this."""
        return sum(one.state == state for one in self.rests_on)

    @property
    def is_touched(self) -> bool:
        """Whether anything behind it changed or went."""
        return bool(self.of("changed") or self.of("withdrawn"))


@dataclass(frozen=True, slots=True)
class Ranked:
    """Whom a client's first page would name now.

    Attributes:
        came: Those it did not name then.
        went: Names of those it named then and would not now.
        number: How many it would name.
    """

    came: tuple[RelevantActor, ...]
    went: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class ChangesReading:
    """What became of a briefing's statements, and what is said besides since then.

    Attributes:
        standing: What became of each statement that the audience may know of.
        foreign: How many statements this database never held.
        news: What is new; None where nobody can tell what was here when the briefing was made.
        codes: Countries, sectors and technology on which news were looked for, with their names.
        judged: Its judgements.
        ranked: A client's first actors now; None where the briefing was for none, or for one who
            is not known here.
        things: Native id to what other programs know it as.
        gathered: What all of it rests on.
    """

    standing: tuple[Standing, ...]
    foreign: int
    news: News | None
    codes: Mapping[str, str]
    judged: tuple[Judged, ...]
    ranked: Ranked | None
    things: Mapping[str, Thing]
    gathered: Gathered

    def of(self, state: State) -> tuple[Standing, ...]:
        """The statements that became this."""
        return tuple(one for one in self.standing if one.state == state)

    @property
    def added(self) -> int:
        """How many statements are new."""
        return len(self.news.statements) if self.news else 0

    @property
    def touched(self) -> tuple[Judged, ...]:
        """The judgements behind which something changed or went."""
        return tuple(one for one in self.judged if one.is_touched)

    def told(self, least: Tlp) -> Held:
        """On what rests what is told of all that became of the briefing: counts, titles.

        Args:
            least: The level of naming whom the briefing was about and for.
        """
        news = self.news.statements if self.news else ()
        came = [one.reasons[0].basis for one in self.ranked.came] if self.ranked else []
        held = self.gathered.marks(least).held(*came)
        turned = [one for one in self.standing if one.state != "stands"]
        words = [said for one in turned for said in (one.before, one.now) if said]
        levels = [*(said.level for said in words), *(said.level for said in news)]
        keys = [*(one.key for one in self.standing), *(one.key for one in news)]
        return {"statements": (*held["statements"], *keys), "tlp": max((held["tlp"], *levels))}


def read_changes(
    allowed: Allowed, since: Since, made_for: Client | None = None, today: date | None = None
) -> ChangesReading:
    """Compare a delivered briefing with what the audience may see now.

    Args:
        allowed: What the audience may see.
        since: The briefing.
        made_for: The client it was made for, where that is known here.
        today: The day on which the client's actors are ranked again.

    Raises:
        BriefingError: when the database is changed meanwhile.
    """
    connection, manifest = allowed.reader.connection, since.manifest
    found = read_standing(connection, allowed.labels, manifest.statements)
    standing = tuple(one for one in found if one.state != "unknown")
    unknown = [one.key for one in found if one.state == "unknown"]
    foreign = sum(
        one.state == "unknown"
        for one in read_standing(allowed.everything.connection, allowed.labels, unknown)
    )
    codes = _codes(allowed, manifest, made_for)
    news = _news(allowed, since, standing, frozenset(codes))
    ranked = _ranked(allowed, manifest, standing, made_for, today)
    judged = tuple(_judged(manifest, standing))
    held = [basis for one in standing for basis in (now(one), went(one))]
    if news:
        held += [Basis((), (one.key,)) for one in news.statements]
    if ranked:
        held += [reason.basis for one in ranked.came for reason in one.reasons]
    return ChangesReading(
        standing=standing,
        foreign=foreign,
        news=news,
        codes=codes,
        judged=judged,
        ranked=ranked,
        things=things_named(connection, _ids(standing, news)),
        gathered=gather(allowed, held),
    )


def now(one: Standing) -> Basis:
    """What a standing or changed statement rests on now; nothing where it was withdrawn."""
    said = one.before if one.state == "stands" else one.now
    return Basis(said.rests_on, (said.key,), said.level) if said else Basis((), ())


def went(one: Standing) -> Basis:
    """What a withdrawn statement rested on: sources, and no statement that stands."""
    return Basis(one.before.rests_on if one.before and one.now is None else (), ())


def _ids(standing: tuple[Standing, ...], news: News | None) -> Iterator[str]:
    for one in standing:
        if one.state in ("changed", "withdrawn"):
            yield from (one.subject, one.object)
    for said in news.statements if news else ():
        yield from (said.subject, said.object)


def _codes(allowed: Allowed, manifest: Manifest, made_for: Client | None) -> dict[str, str]:
    """Countries, sectors and technology the briefing is about, with their names."""
    labels = allowed.labels
    if manifest.kind == sector.KIND:
        return {
            label.code: label.label
            for label in labels.all("sector")
            if label.label == manifest.subject
        }
    if manifest.kind != client.KIND or made_for is None:
        return {}
    return {
        **{code: labels.coded("country", code).label for code in made_for.countries},
        **{code: labels.label("sector", code) for code in made_for.sectors},
        **{code: code.replace(":", " ").replace("_", " ") for code in made_for.technology},
    }


def _news(
    allowed: Allowed, since: Since, standing: tuple[Standing, ...], codes: frozenset[str]
) -> News | None:
    connection, manifest = allowed.reader.connection, since.manifest
    cut = cut_at(connection, manifest.made_from, since.delivered_at)
    if cut is None:
        return None
    sums = _SUMS.get(manifest.kind, frozenset())
    about = {
        key for place in manifest.places if place.section not in sums for key in place.statements
    }
    spoken_of = [one for one in standing if one.key in about or not manifest.places]
    actors = frozenset(one.actor for one in spoken_of if one.actor)
    subjects = {one.subject for one in spoken_of}
    incidents = {one for one in subjects if one.startswith("incident--")}
    natives = subjects | natives_of(connection, actors)
    if manifest.kind == incident.KIND:
        natives |= rows_of(connection, incidents)
    wanted = Subjects(frozenset(natives), actors, codes)
    news = read_news(connection, allowed.labels, wanted, cut)
    told = {key for one in standing for key in (one.key, one.now.key if one.now else one.key)}
    return replace(news, statements=tuple(one for one in news.statements if one.key not in told))


def _judged(manifest: Manifest, standing: tuple[Standing, ...]) -> Iterator[Judged]:
    """Its judgements, each once: one may stand on the page and again behind it."""
    by_key = {one.key: one for one in standing}
    weighed = frozenset(
        key for place in manifest.places if place.type in _WEIGHED for key in place.statements
    )
    seen: set[int] = set()
    for place in manifest.places:
        if place.type not in (KeyJudgement.__name__, Assessed.__name__):
            continue
        said = _said(place, by_key)
        if said is None or said.key in seen:
            continue
        seen.add(said.key)
        behind = place.statements | (weighed if place.type == Assessed.__name__ else set())
        rests_on = tuple(by_key[key] for key in sorted(behind) if key in by_key)
        words = said.now or said.before
        yield Judged(words.text if words else "", now(said), rests_on)


def _said(place: Place, by_key: Mapping[int, Standing]) -> Standing | None:
    """The statement that is the judgement itself; one that the audience may not see is none."""
    found = [by_key[key] for key in sorted(place.statements) if key in by_key]
    if place.type == KeyJudgement.__name__:
        return next((one for one in found if one.predicate == Predicate.JUDGED), None)
    return next((one for one in found if one.object == "assessment"), None)


def _ranked(
    allowed: Allowed,
    manifest: Manifest,
    standing: tuple[Standing, ...],
    made_for: Client | None,
    today: date | None,
) -> Ranked | None:
    """The client's first actors now, compared with those of whom the page spoke then.

    Who was named then is told by whose statements stood there. To whom an incident is laid may be
    another actor than the one in whose row it counts, so nobody has gone by that alone.
    """
    keys = {
        key
        for place in manifest.places
        if place.type == "ActorReasons" and place.section == "actors"
        for key in place.statements
    }
    if made_for is None or today is None or manifest.kind != client.KIND or not keys:
        return None
    by_name = {one.actor: one.about for one in standing if one.key in keys and one.actor}
    then = {*by_name, *laid_to(allowed.reader.connection, keys)}
    memory = allowed.once("memory", lambda: read_memory(allowed.everything, allowed.ceiling))
    ranking = Ranking(memory, replace(made_for, tlp=allowed.ceiling), today)
    first = [ranking.explain(one) for one in list(ranking.scores)[:ACTORS]]
    listed = {one.actor.id for one in first}
    return Ranked(
        came=tuple(one for one in first if one.actor.id not in then),
        went=tuple(name for one, name in by_name.items() if one not in listed),
        number=len(first),
    )
