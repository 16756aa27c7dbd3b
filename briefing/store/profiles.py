"""Everything said about one actor, put together from its statements.

The cost grows with the profile, not with the database: each query starts at the actor's members.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from briefing.analysis.dissent import identity_dissent, origin_dissent
from briefing.core.actor import (
    ActionRow,
    ActorProfile,
    ActorRow,
    Coded,
    Counted,
    EventRow,
    JudgementRow,
    MitigationRef,
    NameRow,
    OriginRow,
    Said,
    SourceEntry,
    Targets,
)
from briefing.core.changes import Predicate
from briefing.core.errors import NotFoundError
from briefing.core.estimates import Confidence, parse_confidence, parse_likelihood
from briefing.core.names import normalised
from briefing.store.actors import (
    OWN,
    Stated,
    actor_row,
    basis,
    by_predicate,
    documents_about,
    json_list,
    source_entries,
    statements_about,
)
from briefing.store.advisories import advisories_of
from briefing.store.campaigns import campaigns_of
from briefing.store.labels import Labels
from briefing.store.relations import (
    names_shared,
    origins_since,
    profile_heads,
    related_actors,
)
from briefing.store.techniques import groups_total, read_software, read_stages

Finder = Callable[[Predicate], list[Stated]]


def open_profile(connection: sqlite3.Connection, labels: Labels, actor: str) -> ActorProfile:
    """Everything known about an actor.

    Args:
        connection: A reader.
        labels: The vocabularies.
        actor: The actor's id, or the id of any of its records.

    Raises:
        NotFoundError: when there is no such actor.
    """
    row = actor_row(connection, actor)
    if row is None:
        raise NotFoundError(f"There is no actor {actor} in this database.")
    statements = statements_about(connection, row.id)
    find = by_predicate(statements)
    prose = _prose(find)
    campaigns = campaigns_of(connection, row.id)
    counts = Counter(chain.from_iterable(s.rests_on for s in statements))
    counts.update(key for one in campaigns for key in one.basis.sources)
    sources = source_entries(connection, dict(counts))
    sources.pop(OWN, None)
    origins = _origins(find, labels, sources, origins_since(connection, row.id))
    catalogues = [entry for entry in sources.values() if entry.catalogue]
    related = related_actors(connection, row.id)
    malware, tools = read_software(connection, find(Predicate.USES_SOFTWARE))
    headline, how = profile_heads(connection, row.id)
    mentioned = [s.object for s in find(Predicate.MENTIONED_IN)]
    documents = documents_about(connection, mentioned)
    events = _events(find)
    return ActorProfile(
        row=row,
        kind=labels.coded("kind", row.kind),
        headline=headline,
        how_headline=how,
        active_since=_active_since(find),
        summary=prose.get("summary", ()),
        descriptions=prose.get("description", ()),
        names=_names(connection, row, find),
        origins=origins,
        dissent=(
            *origin_dissent(origins, catalogues),
            *identity_dissent(related, catalogues),
            *prose.get("dissent", ()),
        ),
        goals=_counted(find(Predicate.HAS_GOAL), lambda code: labels.label("goal", code)),
        motives=_counted(find(Predicate.MOTIVATED_BY), lambda code: labels.label("motive", code)),
        targets=_targets(find, labels),
        stages=read_stages(connection, labels, find(Predicate.USES_TECHNIQUE), prose),
        malware=malware,
        tools=tools,
        events=events,
        years=_years(
            [
                *(d.published for d in documents),
                *(e.published for e in sources.values() if not e.catalogue),
            ]
        ),
        judgements=_judgements(find),
        actions=_actions(connection, find, labels),
        notice=prose.get("notice", ()),
        helps=prose.get("helps", ()),
        unknown=prose.get("unknown", ()),
        related=related,
        groups_total=groups_total(connection),
        sources=tuple(sources.values()),
        documents=documents,
        advisories=advisories_of(connection, row.id),
        campaigns=campaigns,
    )


def _prose(find: Finder) -> dict[str, tuple[Said, ...]]:
    parts: dict[str, list[Said]] = defaultdict(list)
    for statement in _placed(find(Predicate.DESCRIBED_AS)):
        parts[statement.object].append(Said(statement.value, basis([statement])))
    return {code: tuple(sentences) for code, sentences in parts.items()}


def _placed(statements: Iterable[Stated]) -> list[Stated]:
    """In the order in which they were written, whatever order they were kept in."""
    return sorted(statements, key=lambda s: int(s.detail.get("place", 0)))


def _active_since(find: Finder) -> Said | None:
    """The earliest stated year; who says another is in the basis."""
    stated = sorted(find(Predicate.ACTIVE_SINCE), key=lambda s: s.first_seen or "9999")
    if not stated:
        return None
    earliest = [s for s in stated if s.first_seen == stated[0].first_seen]
    return Said(stated[0].first_seen or stated[0].value, basis(earliest))


def _names(connection: sqlite3.Connection, row: ActorRow, find: Finder) -> tuple[NameRow, ...]:
    grouped: dict[str, list[Stated]] = defaultdict(list)
    for statement in find(Predicate.NAMED):
        grouped[normalised(statement.value) or statement.value].append(statement)
    shared, software = names_shared(connection, row.id)
    rows = []
    for norm, statements in grouped.items():
        # Our own spelling first, then the one most sources use.
        own = [s for s in statements if s.source == OWN]
        spelling = (own or statements)[0].value
        coined = next(
            (s.detail["coined_by"] for s in _own_first(statements) if "coined_by" in s.detail), ""
        )
        first = next((s.first_seen for s in statements if s.first_seen), "")
        rows.append(
            NameRow(
                spelling, coined, first, basis(statements), shared.get(norm, ()), norm in software
            )
        )
    return tuple(
        sorted(rows, key=lambda n: (not n.coined_by, -len(n.basis.statements), n.name.casefold()))
    )


def _own_first(statements: Sequence[Stated]) -> list[Stated]:
    return sorted(statements, key=lambda s: s.source != OWN)


def _origins(
    find: Finder, labels: Labels, sources: dict[str, SourceEntry], since: dict[int, str]
) -> tuple[OriginRow, ...]:
    rows = []
    for predicate in (Predicate.SPONSORED_BY, Predicate.LOCATED_IN):
        for s in find(predicate):
            if s.object:
                country = labels.coded("country" if len(s.object) == 2 else "place", s.object)
            else:
                # A feed's value without a code stands as written; our own text attributes to none.
                country = Coded("", "" if s.source == OWN else s.value)
            title = sources[s.source].title if s.source in sources else s.source
            rows.append(
                OriginRow(
                    country=country,
                    relation=predicate.value,
                    by=s.detail.get("by", title),
                    body=s.detail.get("body", ""),
                    wording=s.detail.get("wording", f"“{s.value}”" if s.source != OWN else ""),
                    date=s.detail.get("date", ""),
                    confidence=_stated_confidence(s.confidence),
                    basis=basis([s]),
                    since=since.get(s.key, ""),
                )
            )
    own = [row for row in rows if row.by not in {e.title for e in sources.values()}]
    return (*own, *(row for row in rows if row not in own))


def _stated_confidence(word: str) -> Confidence:
    return parse_confidence(word)


def _counted(statements: Iterable[Stated], label: Callable[[str], str]) -> tuple[Counted, ...]:
    grouped: dict[str, list[Stated]] = defaultdict(list)
    for statement in statements:
        if statement.object:
            grouped[statement.object].append(statement)
    rows = [
        Counted(code, label(code), len({s.source for s in found}), basis(found))
        for code, found in grouped.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.label.casefold())))


def _targets(find: Finder, labels: Labels) -> Targets:
    sectors = find(Predicate.TARGETS_SECTOR)
    places = find(Predicate.TARGETS_COUNTRY)
    scopes = {label.code for label in labels.all("scope")}
    return Targets(
        sectors=_counted(
            (s for s in sectors if s.object not in scopes), lambda c: labels.label("sector", c)
        ),
        scopes=_counted(
            (s for s in sectors if s.object in scopes), lambda c: labels.label("scope", c)
        ),
        countries=_counted((s for s in places if len(s.object) == 2), labels.target),
        places=_counted((s for s in places if len(s.object) > 2), labels.target),
        unmapped=tuple(Said(s.value, basis([s])) for s in (*sectors, *places) if not s.object),
    )


def _events(find: Finder) -> tuple[EventRow, ...]:
    rows = [EventRow(s.first_seen, s.value, basis([s])) for s in find(Predicate.HAPPENED)]
    return tuple(sorted(rows, key=lambda event: event.date))


def _years(dates: Iterable[str]) -> tuple[tuple[int, int], ...]:
    counted = Counter(int(date[:4]) for date in dates if date[:4].isdigit())
    if not counted:
        return ()
    return tuple((year, counted[year]) for year in range(min(counted), max(counted) + 1))


def _judgements(find: Finder) -> tuple[JudgementRow, ...]:
    return tuple(
        JudgementRow(
            text=s.value,
            likelihood=parse_likelihood(s.object),
            confidence=parse_confidence(s.confidence),
            why=s.detail.get("basis", ""),
            basis=basis([s]),
        )
        for s in _placed(find(Predicate.JUDGED))
    )


def _actions(connection: sqlite3.Connection, find: Finder, labels: Labels) -> tuple[ActionRow, ...]:
    advised = _placed(find(Predicate.ADVISED))
    wanted = {code for s in advised for code in s.detail["mitigations"]}
    names = dict(
        connection.execute(
            "SELECT attack_id, name FROM mitigation WHERE attack_id IN"
            " (SELECT value FROM json_each(?))",
            (json_list(wanted),),
        ).fetchall()
    )
    return tuple(
        ActionRow(
            do=s.value,
            why=s.detail.get("why", ""),
            mitigations=tuple(
                MitigationRef(code, names.get(code, code)) for code in s.detail["mitigations"]
            ),
            techniques=tuple(s.detail["techniques"]),
            stage=labels.coded("stage", s.object),
            basis=basis([s]),
        )
        for s in advised
    )
