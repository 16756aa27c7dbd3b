"""Cases for measuring the ranking, read from a file without trust."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from briefing.analysis.relevance import DatedIncident
from briefing.analysis.relevance_backtest import Backtest, Case, backtest
from briefing.core.errors import BriefingError
from briefing.feeds.json_reading import read_json
from briefing.feeds.payload import Payload
from briefing.feeds.unpack import unpack


def backtest_relevance(path: Path) -> Backtest:
    """Rank every actor for each case of a file, beside how often each was reported before.

    The file is JSON, plain or gzip: ``actors`` (id → name), ``subregions`` (alpha-2 → name),
    ``history`` (incidents) and ``cases``.

    Raises:
        BriefingError: for a file that cannot be read or is no such file.
    """
    payload = _only_file(path)
    with _explained(path):
        data = read_json(payload.name, payload.data)
        actors = _mapping(data["actors"])
        subregions = {str(code): str(name) for code, name in _mapping(data["subregions"]).items()}
        history = [_incident(_mapping(one)) for one in data["history"]]
        cases = [_case(_mapping(one)) for one in data["cases"]]
        if not cases:
            raise ValueError("it holds no cases")
        unknown = [case.incident for case in cases if case.actor not in actors]
        if unknown:
            raise ValueError(f"the actor of case {unknown[0]} is not among its actors")
    return backtest(history, cases, list(actors), subregions)


def _only_file(path: Path) -> Payload:
    try:
        found = list(unpack(Payload(path.name, path.read_bytes())))
    except OSError as error:
        raise BriefingError(f"{path} cannot be read: {error.strerror or error}.") from error
    payloads = [one for one in found if isinstance(one, Payload)]
    if len(payloads) != 1:
        reason = getattr(found[0], "reason", "") if found else ""
        raise BriefingError(f"{path} holds no one file of cases. {reason}".strip())
    return payloads[0]


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except KeyError as error:
        raise BriefingError(f"{path} is no file of cases: {error} is missing.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise BriefingError(
            f"{path} is no file of cases for measuring relevance: {error}.", detail=repr(error)
        ) from error


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("an object was expected where there is none")
    return value


def _incident(one: Mapping[str, Any]) -> DatedIncident:
    return DatedIncident(
        id=str(one["id"]),
        day=date.fromisoformat(one["date"]),
        actors=tuple(one["actors"]),
        countries=frozenset(_mapping(one["countries"])),
        sectors=frozenset(one["sectors"]),
        initiators=frozenset(one["initiator_countries"]),
    )


def _case(one: Mapping[str, Any]) -> Case:
    return Case(
        incident=str(one["incident"]),
        day=date.fromisoformat(one["date"]),
        actor=str(one["true_actor"]),
        countries={
            code: frozenset(sectors) for code, sectors in _mapping(one["countries"]).items()
        },
        sponsors=dict(_mapping(one["sponsors"])),
    )
