"""A database with as many statements about targets as are asked for, for measuring."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from itertools import accumulate, islice
from pathlib import Path

from store_samples import actor, changes, take

from briefing.store.connection import immediate
from briefing.store.migrate import open_knowledge

SECTORS = tuple(f"sector-{number}" for number in range(24))
COUNTRIES = tuple(a + b for a in "ABCDEFGHIJKLM" for b in "ABCDEFGHIJKLMNOPQRST")[:250]
PLACES = tuple(f"region:{number}" for number in range(76))
ORIGINS = ("", *COUNTRIES[:60])
KINDS = ("", "state", "state-linked", "criminal", "hacktivist")
YEARS = range(2005, 2027)

_STATEMENT = (
    "INSERT INTO statement (key, subject, predicate, object, value, detail, first_seen,"
    " last_seen, confidence, tlp, record, from_snapshot)"
    " VALUES (?1, ?2, ?3, ?4, ?4, '', ?5, ?6, '', 'CLEAR', 1, 1)"
)

Said = tuple[int, str, str, str, str, str]


class Crowd:
    """Actors of whom few are much spoken of and most hardly, as in real catalogues.

    Attributes:
        actors: Their ids, the most spoken of first.
    """

    def __init__(self, actors: int, statements: int, incidents: int, dated: float) -> None:
        """Draw them.

        Args:
            actors: How many.
            statements: How many statements about targets, those of incidents included.
            incidents: How many dated incidents, each with a place or three and a sector or two.
            dated: Share of the other statements that bear a date.
        """
        self._chance = random.Random(4)  # noqa: S311 - numbers to measure with, not a secret
        self.actors = [f"intrusion-set--{number}" for number in range(actors)]
        self._statements, self._incidents, self._dated = statements, incidents, dated
        self._weights = list(accumulate(1 / (number + 20) for number in range(actors)))

    def write(self, path: Path) -> None:
        """Make a database of them."""
        with closing(open_knowledge(path)) as connection:
            take(connection, path, changes(actor(0)))  # its source, snapshot and record
            with immediate(connection, path):
                connection.execute("DELETE FROM actor_member")
                connection.execute("DELETE FROM actor")
                connection.executemany(
                    "INSERT INTO actor VALUES (?1, ?2, '', ?3, ?4, '', '', '', '', '', 1, 0, 0, 0,"
                    " ?5, 0)",
                    (
                        (
                            one,
                            f"Actor {number}",
                            *self._origin_and_kind(),
                            len(self.actors) - number,
                        )
                        for number, one in enumerate(self.actors)
                    ),
                )
                connection.execute("INSERT INTO actor_member SELECT id, id FROM actor")
                events = list(self._events())
                connection.executemany(
                    "INSERT INTO incident VALUES (?1, 'Raid', ?2, ?2, '', '', 'feed-a', 1, 1)",
                    ((f"incident--{number}", year) for number, (_, year) in enumerate(events)),
                )
                connection.executemany(
                    "INSERT INTO claim (incident, kind, by, body, actor, country, value, basis,"
                    " dated, confidence, statement)"
                    " VALUES (?, 'attribution', '', '', ?, '', '', '', '', '', 1)",
                    ((f"incident--{number}", who) for number, (who, _) in enumerate(events)),
                )
                connection.executemany(_STATEMENT, islice(self._said(), self._statements))
            connection.execute("ANALYZE")

    def _origin_and_kind(self) -> tuple[str, str]:
        return self._chance.choice(KINDS), self._chance.choice(ORIGINS)

    def _events(self) -> Iterator[tuple[str, str]]:
        """Actor and year of each incident."""
        for who in self._chance.choices(self.actors, cum_weights=self._weights, k=self._incidents):
            yield who, str(self._chance.choice(YEARS))

    def _said(self) -> Iterator[Said]:
        """Statements, those about incidents first."""
        key = 0
        for number in range(self._incidents):
            for predicate, codes, most in (
                ("targets-country", COUNTRIES, 3),
                ("targets-sector", SECTORS, 2),
            ):
                for code in {self._one(codes) for _ in range(self._chance.randint(1, most))}:
                    key += 1
                    yield key, f"incident--{number}", predicate, code, "", ""
        while True:
            key += 1
            first, last = self._period()
            who = self._chance.choices(self.actors, cum_weights=self._weights)[0]
            yield key, who, *self._target(), first, last

    def _target(self) -> tuple[str, str]:
        drawn = self._chance.random()
        if drawn < 0.4:
            return "targets-sector", self._one(SECTORS)
        return "targets-country", self._one(COUNTRIES if drawn < 0.98 else PLACES)

    def _period(self) -> tuple[str, str]:
        if self._chance.random() >= self._dated:
            return "", ""
        year = self._chance.choice(YEARS)
        return str(year), str(min(YEARS[-1], year + self._chance.randint(0, 2)))

    def _one(self, codes: tuple[str, ...]) -> str:
        """The first code often, the last seldom: the rank's reciprocal, about."""
        return codes[int(len(codes) ** self._chance.random()) - 1]
