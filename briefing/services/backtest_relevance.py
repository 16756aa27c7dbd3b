"""Cases for measuring the ranking, read from a file without trust."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

from briefing.analysis.relevance import DatedIncident
from briefing.analysis.relevance_backtest import Backtest, Case, backtest
from briefing.core.errors import BriefingError
from briefing.feeds.json_reading import read_json
from briefing.feeds.payload import Payload
from briefing.feeds.unpack import Refused, unpack

LARGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes as it lies on the disk; the published cases have 60 kB."""
MOST_WORK: Final = 20_000_000
"""Countries ranked times incidents, actors and sponsors looked at; about a minute."""
_REMEDY: Final = (
    "Nothing was measured. “briefing backtest relevance --help” says what such a file holds."
)


def backtest_relevance(path: Path) -> Backtest:
    """Rank every actor for each case of a file, beside how often each was reported before.

    The file is JSON, plain or gzip: ``actors`` (id → name), ``subregions`` (alpha-2 → name),
    ``history`` (incidents) and ``cases``.

    Raises:
        BriefingError: for a file that cannot be read or is no such file.
    """
    data = _Place(path, "the file", _content(path)).mapping()
    actors = list(data["actors"].mapping())
    subregions = {code: name.text() for code, name in data["subregions"].mapping().items()}
    history = [_incident(one.mapping()) for one in data["history"].items()]
    cases = [_case(one.mapping(), frozenset(actors)) for one in data["cases"].items()]
    if not cases:
        data["cases"].refuse("is empty, so there is nothing to measure.")
    each = len(history) + len(actors)
    if sum(len(case.countries) * (each + len(case.sponsors)) for case in cases) > MOST_WORK:
        data["cases"].refuse("would take too long to rank with so many actors and incidents.")
    return backtest(history, cases, actors, subregions)


def _content(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BriefingError(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(data) > LARGEST_FILE:
        raise BriefingError(
            f"{path} is larger than {LARGEST_FILE >> 20} MiB and was not read.", remedy=_REMEDY
        )
    found = list(unpack(Payload(path.name, data)))
    refused = next((one for one in found if isinstance(one, Refused)), None)
    if refused is not None:
        raise BriefingError(f"{path} was not read. {refused.reason}", remedy=_REMEDY)
    if len(found) != 1 or not isinstance(found[0], Payload):
        raise BriefingError(f"{path} holds more files than one.", remedy=_REMEDY)
    return read_json(path.name, found[0].data)


class _Place:
    """A value in the file with the way to it, for the sentence that refuses it."""

    def __init__(self, path: Path, name: str, value: Any) -> None:
        self._path, self._name, self._value = path, name, value

    def refuse(self, why: str) -> NoReturn:
        raise BriefingError(
            f"{self._path} is no file of cases for measuring relevance: {self._name} {why}",
            remedy=_REMEDY,
        )

    def mapping(self) -> _Members:
        if not isinstance(self._value, dict):
            self.refuse("is no object.")
        return _Members(
            self,
            {
                key: _Place(self._path, f"“{key[:80]}” in {self._name}", value)
                for key, value in self._value.items()
            },
        )

    def items(self) -> list[_Place]:
        if not isinstance(self._value, list):
            self.refuse("is no list.")
        return [
            _Place(self._path, f"entry {number} of {self._name}", value)
            for number, value in enumerate(self._value, start=1)
        ]

    def text(self) -> str:
        if not isinstance(self._value, str):
            self.refuse("is no text.")
        return self._value

    def texts(self) -> list[str]:
        return [item.text() for item in self.items()]

    def name(self) -> str:
        """An id: a text or a whole number."""
        if isinstance(self._value, bool) or not isinstance(self._value, str | int):
            self.refuse("is no id.")
        return str(self._value)

    def day(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.refuse("is no day such as 2020-05-31.")


class _Members(dict[str, _Place]):
    """The members of an object; one that is not there is refused."""

    def __init__(self, holder: _Place, members: Mapping[str, _Place]) -> None:
        super().__init__(members)
        self._holder = holder

    def __missing__(self, key: str) -> NoReturn:
        self._holder.refuse(f"lacks “{key}”.")


def _incident(one: _Members) -> DatedIncident:
    return DatedIncident(
        id=one["id"].name(),
        day=one["date"].day(),
        actors=tuple(dict.fromkeys(one["actors"].texts())),
        countries=frozenset(one["countries"].mapping()),
        sectors=frozenset(one["sectors"].texts()),
        initiators=frozenset(one["initiator_countries"].texts()),
    )


def _case(one: _Members, actors: frozenset[str]) -> Case:
    actor = one["true_actor"]
    if actor.text() not in actors:
        actor.refuse("is none of the file’s actors.")
    countries = one["countries"].mapping()
    if not countries:
        one["countries"].refuse("is empty, so there is nothing to rank.")
    return Case(
        incident=one["incident"].name(),
        day=one["date"].day(),
        actor=actor.text(),
        countries=_each(countries, lambda sectors: frozenset(sectors.texts())),
        sponsors=_each(one["sponsors"].mapping(), _Place.text),
    )


def _each(members: Mapping[str, _Place], read: Callable[[_Place], Any]) -> dict[str, Any]:
    return {key: read(place) for key, place in members.items()}
