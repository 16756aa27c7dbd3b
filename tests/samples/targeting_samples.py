"""Statements about targets made up for tests, and their counts taken one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from hypothesis import strategies as st

from briefing.core.actor import ActorRow
from briefing.core.changes import Label
from briefing.core.targeting import TargetingFilter, TargetStatement
from briefing.core.tlp import Tlp
from briefing.store.labels import Labels

COUNTRIES = ("DE", "FR", "JO", "UA")
PLACES = ("org:nato", "region:middle-east")
SECTORS = ("energy", "finance", "healthcare")
SCOPES = ("private-sector",)
ORIGINS = ("CN", "RU")
KINDS = ("", "criminal", "state")
LABELS = Labels({"scope": {code: Label("scope", code, code.title()) for code in SCOPES}})


def actor_row(
    number: int,
    *,
    name: str = "",
    origins: tuple[str, ...] = (),
    kind: str = "",
    statements: int = 0,
) -> ActorRow:
    """An actor of whom only what a filter asks for is known."""
    return ActorRow(
        id=f"actor--{number}",
        name=name or f"Actor {number}",
        attack_id="",
        kind=kind,
        origins=origins,
        motives=(),
        goals=(),
        sectors=(),
        countries=(),
        newest="",
        names=1,
        documents=0,
        techniques=0,
        software=0,
        statements=statements,
        own_profile=False,
    )


def said(
    actor: int,
    code: str,
    *,
    key: int = 0,
    years: tuple[int, int] = (0, 0),
    incident: str = "",
    within: tuple[str, ...] = (),
    tlp: Tlp = Tlp.CLEAR,
    source: str = "feed-a",
) -> TargetStatement:
    """A statement; what has a code in capitals or with a colon is a place."""
    place = code.isupper() or ":" in code
    return TargetStatement(
        f"actor--{actor}", place, code, key, *years, (source,), tlp, incident, within
    )


_ACTORS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(ORIGINS), max_size=2, unique=True),
        st.sampled_from(KINDS),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=5,
).map(
    lambda drawn: [
        actor_row(number, origins=tuple(origins), kind=kind, statements=statements)
        for number, (origins, kind, statements) in enumerate(drawn)
    ]
)
_TARGETS = st.sampled_from((*COUNTRIES, *PLACES, *SECTORS, *SCOPES))
_PERIODS = st.one_of(
    st.just((0, 0)),
    st.tuples(st.integers(2019, 2023), st.integers(0, 3)).map(lambda p: (p[0], sum(p))),
)
_INCIDENTS = st.tuples(
    st.integers(0, 4),
    st.tuples(st.integers(2019, 2023), st.integers(0, 1)).map(lambda p: (p[0], sum(p))),
    st.lists(st.sampled_from((*COUNTRIES, *PLACES)), max_size=3),
    st.lists(
        st.tuples(
            st.sampled_from((*SECTORS, *SCOPES)),
            st.lists(st.sampled_from((*COUNTRIES, "Atlantis")), max_size=2, unique=True).map(tuple),
        ),
        max_size=3,
    ),
)
_SAID = st.tuples(st.integers(0, 4), _TARGETS, _PERIODS)
FILTERS = st.builds(
    TargetingFilter,
    sectors=st.frozensets(st.sampled_from((*SECTORS, *SCOPES, "nonsense")), max_size=2),
    countries=st.frozensets(st.sampled_from((*COUNTRIES, *PLACES, "ZZ")), max_size=2),
    origins=st.frozensets(st.sampled_from(("", *ORIGINS, "ZZ")), max_size=2),
    actors=st.frozensets(st.sampled_from([f"actor--{n}" for n in range(6)]), max_size=2),
    kinds=st.frozensets(st.sampled_from(KINDS), max_size=2),
    first_year=st.one_of(st.none(), st.integers(2018, 2026)),
    last_year=st.one_of(st.none(), st.integers(2018, 2026)),
)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[ActorRow], list[TargetStatement]]:
    """Actors, and statements about them in any order; some stand there twice."""
    rows = draw(_ACTORS)
    keys = count(1)
    found = [
        said(actor % len(rows), code, key=next(keys), years=years)
        for actor, code, years in draw(st.lists(_SAID, max_size=12))
    ]
    for number, (actor, years, places, sectors) in enumerate(
        draw(st.lists(_INCIDENTS, max_size=4))
    ):
        for code, within in (*((place, ()) for place in places), *sectors):
            found.append(
                said(
                    actor % len(rows),
                    code,
                    key=next(keys),
                    years=years,
                    incident=f"incident--{number}",
                    within=within,
                )
            )
    twice = draw(st.lists(st.sampled_from(found), max_size=2)) if found else []
    return rows, draw(st.permutations([*found, *twice]))


@dataclass(frozen=True)
class ByHand:
    """Who is counted for what, found by looking at one statement after another.

    Attributes:
        matching: Ids of the actors that match the filter.
        keys: (code, actor) → keys of the statements that count.
    """

    matching: frozenset[str]
    keys: Mapping[tuple[str, str], frozenset[int]]

    def of(self, code: str) -> dict[str, int]:
        """Actor → how many statements about a target."""
        return {actor: len(keys) for (target, actor), keys in self.keys.items() if target == code}


def by_hand(
    rows: Sequence[ActorRow], statements: Iterable[TargetStatement], wanted: TargetingFilter
) -> ByHand:
    """Count as the words of the filter say it."""
    once = {one.key: one for one in statements}.values()
    held = [one for one in once if _in_time(one, wanted)]
    goes_with = {one.key: _goes_with(one, once) for one in once}
    by_actor = defaultdict(list)
    for one in held:
        by_actor[one.actor].append(one)
    matching, keys = set(), {}
    for row in rows:
        theirs = by_actor[row.id]
        if not _asked_for(row, wanted):
            continue
        counted = {one.key for one in theirs if _counts(one, theirs, goes_with, wanted)}
        hit = {
            place: {one.code for one in theirs if one.place == place and one.key in counted}
            for place in (True, False)
        }
        dated = wanted.first_year is not None or wanted.last_year is not None
        if dated and not theirs:
            continue
        if wanted.countries and not wanted.countries & hit[True]:
            continue
        if wanted.sectors and not wanted.sectors & hit[False]:
            continue
        matching.add(row.id)
        for one in theirs:
            if one.key in counted:
                keys.setdefault((one.code, row.id), set()).add(one.key)
    return ByHand(frozenset(matching), {pair: frozenset(found) for pair, found in keys.items()})


def _in_time(one: TargetStatement, wanted: TargetingFilter) -> bool:
    if wanted.first_year is None and wanted.last_year is None:
        return True
    first = 0 if wanted.first_year is None else wanted.first_year
    last = 9999 if wanted.last_year is None else wanted.last_year
    return one.first > 0 and one.first <= last and one.last >= first


def _asked_for(row: ActorRow, wanted: TargetingFilter) -> bool:
    origins = set(row.origins) or {""}
    return (
        (not wanted.origins or bool(wanted.origins & origins))
        and (not wanted.kinds or row.kind in wanted.kinds)
        and (not wanted.actors or row.id in wanted.actors)
    )


def _goes_with(
    one: TargetStatement, everything: Iterable[TargetStatement]
) -> frozenset[str] | None:
    """Codes of the other kind of target with which a statement goes; None: with all."""
    if not one.incident:
        return None
    same = [other for other in everything if other.incident == one.incident]
    places = {other.code for other in same if other.place}
    if not one.place:
        if one.within:
            return frozenset(places & set(one.within))
        return frozenset(places) or None
    sectors = {
        other.code for other in same if not other.place and one.code in (other.within or places)
    }
    return frozenset(sectors) or None


def _counts(
    one: TargetStatement,
    theirs: Iterable[TargetStatement],
    goes_with: Mapping[int, frozenset[str] | None],
    wanted: TargetingFilter,
) -> bool:
    """Whether a statement counts under a choice of the other kind of target."""
    across = wanted.sectors if one.place else wanted.countries
    if not across:
        return True
    bound = goes_with[one.key]
    if bound is not None:
        return bool(bound & across)
    return any(
        other.place != one.place and other.code in across and goes_with[other.key] is None
        for other in theirs
    )
