"""Cases for measuring the overlap with known groups, read from a file without trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from briefing.analysis.overlap_backtest import Backtest, Case, backtest
from briefing.services.case_file import Members, read_cases

MOST_WORK: Final = 20_000_000
"""Features looked up and profile entries counted over all cases; the published ones need 1 %."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A backtest, with the names of the groups.

    Attributes:
        backtest: Where each case's author was found.
        names: ATT&CK id of a group → its name.
        left_out: How many cases of the file do not count: no known author, or no features.
    """

    backtest: Backtest
    names: Mapping[str, str]
    left_out: int


def backtest_attribution(path: Path) -> Measured:
    """Rank the known groups for each case of a file.

    The file is JSON, plain or gzip: ``group_names`` (id → name) and ``cases``, each with ``id``,
    ``name``, ``true_groups``, ``features`` and ``profiles`` (group id → ATT&CK ids).

    Raises:
        BriefingError: for a file that cannot be read or is no such file.
    """
    data = read_cases(path, "attribution").mapping()
    names = {group: name.text() for group, name in data["group_names"].mapping().items()}
    cases = [_case(one.mapping()) for one in data["cases"].items()]
    if sum(map(_work, cases)) > MOST_WORK:
        data["cases"].refuse("would take too long to rank with so many groups and features.")
    found = backtest(cases)
    if not found.cases:
        data["cases"].refuse("holds no case with true groups and features to measure.")
    return Measured(found, names, len(cases) - found.cases)


def _case(one: Members) -> Case:
    return Case(
        id=one["id"].text(),
        name=one["name"].text(),
        true_groups=tuple(dict.fromkeys(one["true_groups"].texts())),
        features=frozenset(one["features"].texts()),
        profiles={
            group: frozenset(profile.texts())
            for group, profile in one["profiles"].mapping().items()
        },
    )


def _work(case: Case) -> int:
    known = sum(map(len, case.profiles.values()))
    return known + len(case.features) * len(case.profiles)
