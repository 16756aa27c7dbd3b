"""Counting who targets whom, for the bundled catalogue and for a million statements."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from many_targets import Crowd
from measure import Report, quantile

from briefing.core.targeting import TargetingFilter
from briefing.services.targeting import TargetingIndex
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile

ACTORS, STATEMENTS, INCIDENTS, DATED = 40_000, 1_000_000, 20_000, 0.1
"""A seventh of the statements is dated then, as in the bundled catalogue."""
FILTERS = 400
ALONE = """
import gc, sys
from pathlib import Path
import psutil
from briefing.services.targeting import TargetingIndex
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile
knowledge = KnowledgeFile(Path(sys.argv[1]))
actors = list_actors(knowledge.connection)
before = psutil.Process().memory_info().rss
index = TargetingIndex.read(knowledge, actors)
gc.collect()
print((psutil.Process().memory_info().rss - before) / 2**20)
"""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crowd") / "knowledge.db"
    Crowd(ACTORS, STATEMENTS, INCIDENTS, DATED).write(path)
    return path


def test_a_change_of_filter_in_the_bundled_catalogue(report: Report, bundled: Path) -> None:
    index, seconds = _built(bundled)
    p99 = _counting(index, _filters(index))
    report.add(
        f"recount targets after a change of filter, bundled ({index.statements:,} statements)",
        f"p99 {p99 * 1000:.1f} ms; index built in {seconds * 1000:.0f} ms",
        "-",
        "p99 ≤ 16 ms",
        p99 <= 0.016,
    )


def test_a_change_of_filter_among_a_million_statements(report: Report, crowded: Path) -> None:
    index, seconds = _built(crowded)
    assert index.statements == STATEMENTS
    memory = _memory(crowded)
    gc.freeze()  # as the program does once it stands
    filters = _filters(index)
    p99 = _counting(index, filters)
    report.add(
        f"recount targets after a change of filter, {STATEMENTS:,} statements of {ACTORS:,} actors",
        f"p99 {p99 * 1000:.1f} ms; index built in {seconds:.1f} s, {memory:.0f} MB",
        "-",
        "p99 ≤ 16 ms",
        p99 <= 0.016,
    )
    for what, work in (
        ("list three actors of the most targeted country", _top_three(index)),
        ("count sectors by origin", index.matrix_by_origin),
    ):
        p99 = quantile(sorted(_timed(work, wanted) for wanted in filters), 0.99)
        report.add(
            f"{what}, same filters", f"p99 {p99 * 1000:.1f} ms", "-", "p99 ≤ 100 ms", p99 <= 0.1
        )


def _built(path: Path) -> tuple[TargetingIndex, float]:
    knowledge = KnowledgeFile(path)
    actors = list_actors(knowledge.connection)
    begun = time.perf_counter()
    index = TargetingIndex.read(knowledge, actors)
    return index, time.perf_counter() - begun


def _memory(path: Path) -> float:
    """MB that an index takes, in a process that holds nothing else."""
    command = [sys.executable, "-c", ALONE, str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _filters(index: TargetingIndex) -> list[TargetingFilter]:
    """Choices as people make them: few of each kind, and often years."""
    chance = random.Random(7)  # noqa: S311 - choices to measure with, not a secret
    everything = index.count(TargetingFilter())
    sectors = [count.code for count in everything.sectors]
    countries = [count.code for count in everything.countries][:60]
    origins = [column.code for column in index.matrix_by_origin(TargetingFilter()).columns]
    actors = [one.actor.id for one in index.actors_of(TargetingFilter(), most=200)]
    assert index.years

    def some(codes: list[str], share: float) -> frozenset[str]:
        most = chance.choice((1, 1, 2, 5)) if chance.random() < share else 0
        return frozenset(chance.sample(codes, most))

    filters = []
    for _ in range(FILTERS):
        first = chance.randint(*index.years) if chance.random() < 0.5 else None
        filters.append(
            TargetingFilter(
                sectors=some(sectors, 0.5),
                countries=some(countries, 0.3),
                origins=some(origins, 0.5),
                actors=some(actors, 0.1),
                kinds=some(["state-linked", "criminal", "", "hacktivist", "state"], 0.3),
                first_year=first,
                last_year=None if first is None else first + chance.choice((0, 1, 5, 20)),
            )
        )
    return filters


def _counting(index: TargetingIndex, filters: list[TargetingFilter]) -> float:
    return quantile(sorted(_timed(index.count, wanted) for wanted in filters), 0.99)


def _timed(work: Callable[[TargetingFilter], object], wanted: TargetingFilter) -> float:
    begun = time.perf_counter()
    work(wanted)
    return time.perf_counter() - begun


def _top_three(index: TargetingIndex) -> Callable[[TargetingFilter], object]:
    first = index.count(TargetingFilter()).countries[0].code
    return lambda wanted: index.actors_of(wanted, country=first, most=3)
