"""One incident as the audience may see it, with what several sections ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from briefing.core.actor import Basis, SourceEntry
from briefing.core.case import Case, Cited, Evidence, Row, origin_key
from briefing.core.case_page import CasePage
from briefing.core.changes import Predicate
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.incident import Incident
from briefing.core.tlp import Tlp
from briefing.core.weighing import Overlap, Ranked
from briefing.services.cases import open_case
from briefing.services.overlap import overlap_with_groups
from briefing.services.overlap_beside import BesideOverlap, beside_overlap
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.gathered import Gathered, gather
from briefing.services.recipes.marks import Held, Marks
from briefing.store.actor_features import read_uses
from briefing.store.case_actors import known_actors
from briefing.store.cases import find_incident
from briefing.store.row_statements import (
    Feature,
    bearers_of,
    read_named_features,
    row_bases,
)

RANKED: Final = 5
"""So many known groups are printed of the overlap."""
_SHARED_NAME, _SEEN_LATER = 5, 15
"""Rules of ``analysis.case_warnings`` whose sentences name actors of the catalogue."""


@dataclass(frozen=True, slots=True)
class IncidentReading:
    """What a briefing on an incident is made from.

    Attributes:
        page: The case, its weighing and its warnings.
        overlap: Known groups by what they share with it.
        beside: What stands beside that ranking; None where nothing is ranked.
        rows: Id of a row → its statements and documents.
        features: ATT&CK id of what the incident used → what the catalogue calls it.
        uses: Actor → who says that it uses what it shares, for the groups that are printed.
        named: Actor → level of its name.
        warned: What the warnings rest on beside the rows that cause them.
        gathered: All of that, with the sources.
    """

    page: CasePage
    overlap: Overlap
    beside: BesideOverlap | None
    rows: Mapping[str, Basis]
    features: Mapping[str, Feature]
    uses: Mapping[str, Basis]
    named: Mapping[str, Tlp]
    warned: Basis
    gathered: Gathered

    @property
    def case(self) -> Case:
        """The incident with all that was recorded."""
        return self.page.case

    @property
    def told(self) -> Incident | None:
        """What feeds say of it beside its claims."""
        return self.page.told

    @property
    def labels(self) -> dict[str, str]:
        """Id of a claim, a piece of evidence or a hypothesis → its printed label."""
        return self.case.labels()

    @property
    def ranked(self) -> tuple[Ranked, ...]:
        """The known groups that are printed."""
        return self.overlap.ranked[:RANKED]

    @property
    def is_worked(self) -> bool:
        """Whether somebody laid evidence or hypotheses beside the claims."""
        return bool(self.case.evidence or self.case.hypotheses or self.case.assessments)

    @property
    def origins(self) -> int:
        """How many origins the evidence has."""
        return len({origin_key(one.origin) for one in self.case.evidence})

    def basis(self, *rows: Row | str) -> Basis:
        """What some rows rest on together."""
        ids = (row if isinstance(row, str) else row.id for row in rows)
        return joined(self.rows[native] for native in ids if native in self.rows)

    def bears_on(self, one: Evidence) -> tuple[str, ...]:
        """Labels of the claims on which a piece of evidence bears, in their order."""
        labels = self.labels
        return tuple(labels[claim.id] for claim in self.case.claims if claim.id in one.bears_on)

    def rests(self, *bases: Basis) -> Basis:
        """The same statements with the documents behind them, where our own text makes them."""
        keys = tuple(dict.fromkeys(key for basis in bases for key in basis.statements))
        behind = self.gathered.behind
        sources = dict.fromkeys(source for key in keys for source in behind.get(key, ()))
        return replace(joined(bases), sources=tuple(sources), statements=keys)

    def level_of(self, actors: Iterable[str]) -> Tlp:
        """The highest level of what these actors are called."""
        return max((self.named.get(actor, Tlp.CLEAR) for actor in actors), default=Tlp.CLEAR)

    @property
    def telling(self) -> tuple[Evidence, ...]:
        """The evidence, what tells the hypotheses apart most first."""
        found = self.page.weighing.diagnosticity
        return tuple(sorted(self.case.evidence, key=lambda one: -found.get(one.id, 0.0)))

    @property
    def head(self) -> Basis:
        """What the title of the document rests on: it stands over every page."""
        return self.basis(
            self.case.incident, *self.case.claims, *self.case.hypotheses, *self.case.assessments
        )

    @property
    def behind(self) -> dict[int, tuple[str, ...]]:
        """Statement key → keys of sources, for the evidence trace; of rows, their documents."""
        of_rows = {key: basis.sources for basis in self.rows.values() for key in basis.statements}
        return {**self.gathered.behind, **of_rows}

    def held(self, marks: Marks, *bases: Basis, actors: Iterable[str] = ()) -> Held:
        """What a block carries that rests on these and calls some actors by name."""
        held = marks.held(*bases)
        return {"statements": held["statements"], "tlp": max(held["tlp"], self.level_of(actors))}

    def marks(self, least: Tlp) -> Marks:
        """A collector of the sources; no block is marked lower than what the title rests on.

        Args:
            least: The level of the one for whom it is made.
        """
        return self.gathered.marks(max(least, self.head.tlp, self.level_of(self.named)))


def read_incident(allowed: Allowed, wanted: str) -> IncidentReading:
    """Read an incident as the audience may see it.

    Args:
        allowed: What the audience may see.
        wanted: Id, readable id or exact name.

    Raises:
        NotFoundError: when there is no such incident.
        BriefingError: when the audience may not even see that there is.
    """
    page = _page(allowed, wanted)
    connection = allowed.reader.connection
    case = page.case
    overlap = overlap_with_groups(connection, case.incident.features)
    beside = beside_overlap(connection, case, overlap) if overlap.ranked else None
    rows = row_bases(connection, case)
    features = read_named_features(connection, case.incident.features)
    ranked = overlap.ranked[:RANKED]
    uses = {group.actor: _uses(allowed, group) for group in ranked}
    named = _named(allowed, page, ranked)
    warned = _warned(allowed, page)
    bases = (
        *rows.values(),
        *(feature.basis for feature in features.values()),
        *uses.values(),
        *_beside(beside),
        *_told(page.told),
        warned,
    )
    gathered = gather(allowed, bases)
    return IncidentReading(
        page=page,
        overlap=overlap,
        beside=beside,
        rows=rows,
        features=features,
        uses=uses,
        named=named,
        warned=warned,
        gathered=replace(gathered, entries=tuple(_titled(gathered.entries, case))),
    )


def _page(allowed: Allowed, wanted: str) -> CasePage:
    try:
        return open_case(allowed.reader.connection, wanted)
    except NotFoundError:
        # Where it is there for somebody else, the author is told so, and the file nothing.
        find_incident(allowed.everything.connection, wanted)
    raise BriefingError(
        f"Nothing may be said about this incident up to {allowed.ceiling.label}: "
        "that it happened is marked higher.",
        remedy="Choose a higher ceiling, or another subject.",
    )


def _uses(allowed: Allowed, group: Ranked) -> Basis:
    """Who says that a group uses what it shares with the incident."""
    shared = [one.feature for one in group.matched]
    uses = read_uses(allowed.reader.connection, group.actor, shared)
    return Basis(
        tuple(dict.fromkeys(use.source for use in uses)),
        tuple(dict.fromkeys(use.key for use in uses)),
        max((use.tlp for use in uses), default=Tlp.CLEAR),
    )


def _named(allowed: Allowed, page: CasePage, ranked: Iterable[Ranked]) -> dict[str, Tlp]:
    """Actor → level of the name by which it is printed."""
    found = {one.id: one.tlp for one in page.actors.values()}
    actors = known_actors(allowed.reader.connection, (group.actor for group in ranked))
    return found | {one.id: one.tlp for one in actors.values()}


def _warned(allowed: Allowed, page: CasePage) -> Basis:
    """Names and dates of the catalogue that sentences of warnings hold."""
    rules = {one.rule for one in page.warnings}
    wanted: list[tuple[str, Predicate]] = []
    if _SHARED_NAME in rules:
        bearers = bearers_of(allowed.reader.connection, page.shared_names)
        wanted += [(actor, Predicate.NAMED) for actor in bearers]
    if _SEEN_LATER in rules:
        wanted += [(actor.id, Predicate.ACTIVE_SINCE) for actor in page.actors.values()]
    keys = [
        said.key
        for actor, predicate in wanted
        for said in allowed.about(actor)
        if said.predicate == predicate
    ]
    return Basis((), tuple(dict.fromkeys(keys)))


def _beside(beside: BesideOverlap | None) -> Iterator[Basis]:
    for group in beside.groups if beside else ():
        yield from (one.basis for one in group.shared)


def _told(told: Incident | None) -> Iterator[Basis]:
    if told is None:
        return
    for rows in (
        told.names,
        told.periods,
        told.descriptions,
        told.types,
        told.motives,
        told.targets,
        told.initiators,
    ):
        yield from (row.basis for row in rows)


def _titled(entries: Iterable[SourceEntry], case: Case) -> Iterator[SourceEntry]:
    """The sources, each document with the words that the rows which cite it have for it.

    Below a ceiling the database shows no words of a document that a hidden statement cites too;
    those of a row that is shown are the reader's to see.
    """
    words: dict[str, Cited] = {}
    for row in case.rows():
        for cited in row.documents:
            words.setdefault(cited.url, cited)
    for entry in entries:
        said = words.get(entry.url) if entry.url and not entry.title else None
        if said is None:
            yield entry
        else:
            yield replace(
                entry, title=said.title, publisher=said.publisher, published=said.published
            )
