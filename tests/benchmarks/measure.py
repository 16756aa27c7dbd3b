"""Measuring, and the table the benchmarks print."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Report:
    """Rows of the table: what, measured, floor or peer, bar, and whether it is met."""

    rows: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def add(self, what: str, measured: str, against: str, bar: str, met: bool) -> None:
        """One row; it is printed at once as well."""
        row = (what, measured, against, bar, "met" if met else "not met")
        self.rows.append(row)
        print("\n" + " | ".join(row))  # noqa: T201 - a benchmark's only output

    def markdown(self) -> str:
        """The table as it stands in the README."""
        head = ("| work | measured | against, same run | bar | |", "|---|---|---|---|---|")
        return "\n".join((*head, *("| " + " | ".join(row) + " |" for row in self.rows)))


def seconds(work: Callable[[], object], times: int) -> list[float]:
    """Wall-clock seconds of each run, ascending, after one run that does not count."""
    work()
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return sorted(found)


def quantile(values: list[float], share: float) -> float:
    """The value below which a share of the ascending values lies."""
    return values[min(len(values) - 1, int(len(values) * share))]


def median(values: list[float]) -> float:
    """The middle value."""
    return statistics.median(values)
