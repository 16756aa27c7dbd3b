"""Fifty briefings in one run beside fifty bare compilations of the same pages.

Seconds of the processor stand beside those of the clock: they do not count what else the computer
does meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import psutil
import typst
from brief_clients import NOON, PRACTICE, client_brief
from measure import Report

from briefing import paths
from briefing.core.client import Client
from briefing.core.dates import moment
from briefing.exports import pdf
from briefing.exports.fonts import font_folders
from briefing.exports.registry import by_name
from briefing.exports.typst_data import typst_data
from briefing.exports.typst_engine import STANDARDS, template
from briefing.services.batch import BatchRequest, write_batch
from briefing.services.batch_clients import Candidate
from briefing.services.task import Task
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import read_labels

CLIENTS = 50
TURN = 10
COUNTRIES = ("US", "DE", "AU", "FR", "JP", "GB", "IN")


def many_clients(knowledge: KnowledgeFile) -> list[Client]:
    """No two of them alike: every sector there is, in seven countries."""
    sectors = [label.code for label in read_labels(knowledge.connection).all("sector")]
    return [
        replace(
            PRACTICE,
            name=f"Client {number}",
            sectors=(sectors[number % len(sectors)],),
            countries=(COUNTRIES[number % len(COUNTRIES)],),
        )
        for number in range(CLIENTS)
    ]


class Bare:
    """Typst itself: one compiler with the same template and fonts, and nothing of ours around."""

    def __init__(self, root: Path) -> None:
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=list(font_folders()),
        )
        self._compiler = typst.Compiler(
            None, root=str(root), font_paths=fonts, ignore_system_fonts=True
        )
        self._template = template()

    def compile(self, data: str, date: datetime) -> None:
        self._compiler.compile(
            self._template,
            sys_inputs={"brief": data},
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=date,
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the clock, and of the processor on all its cores."""

    clock: float
    processor: float

    @classmethod
    def by(cls, work: Callable[[], object]) -> Spent:
        """What some work takes."""
        clock, processor = time.perf_counter(), time.process_time()
        work()
        return cls(time.perf_counter() - clock, time.process_time() - processor)

    def beside(self, other: Spent) -> str:
        """By clock and by processor."""
        return (
            f"{self.clock / other.clock:.2f} × ({self.processor / other.processor:.2f} × by"
            " processor)"
        )


def test_memory_of_a_run_for_fifty_clients(report: Report, bundled: Path, tmp_path: Path) -> None:
    knowledge = KnowledgeFile(bundled)
    candidates = [Candidate(client.name, client) for client in many_clients(knowledge)]
    process, held = psutil.Process(), dict[int, float]()
    task = Task(
        "The batch",
        lambda step, _total, _label: held.update({step: process.memory_info().rss / 1e6}),
    )
    world = read_world(paths.resources_folder() / "map" / "world.json")
    request = BatchRequest((by_name("pdf"),), tmp_path / "batch", NOON)
    write_batch(knowledge, candidates, request, world, task)
    early, late = held[TURN], held[CLIENTS]
    report.add(
        f"memory at the {TURN}th and the last of {CLIENTS} client briefings",
        f"{early:.0f} and {late:.0f} MB",
        f"{late / early:.2f} ×",
        "≤ 1.2 ×",
        late <= 1.2 * early,
    )


def test_fifty_clients_in_one_run(report: Report, bundled: Path, tmp_path: Path) -> None:
    knowledge = KnowledgeFile(bundled)
    world = read_world(paths.resources_folder() / "map" / "world.json")
    clients = many_clients(knowledge)
    candidates = [Candidate(client.name, client) for client in clients]
    request = BatchRequest((by_name("pdf"),), tmp_path / "batch", NOON)
    first = replace(PRACTICE, name="First")
    pdf.render(client_brief(knowledge, first, world))
    ours = Spent.by(lambda: write_batch(knowledge, candidates, request, world, Task.silent()))
    assert len(list(request.folder.iterdir())) == CLIENTS
    apart = Spent.by(
        lambda: [pdf.render(client_brief(knowledge, client, world)) for client in clients]
    )
    briefs = [client_brief(knowledge, client, world) for client in (first, *clients)]
    inputs = [(typst_data(brief, "a4"), moment(brief.data_as_of)) for brief in briefs]
    bare = Bare(tmp_path)
    bare.compile(*inputs[0])
    floor = Spent.by(lambda: [bare.compile(*one) for one in inputs[1:]])
    report.add(
        f"{CLIENTS} client briefings as PDF in one run",
        f"{ours.clock:.1f} s",
        f"{CLIENTS} × bare Typst {floor.clock:.1f} s: {ours.beside(floor)};"
        f" one at a time {apart.clock:.1f} s: {ours.beside(apart)}",
        "≤ 1.3 × bare",
        ours.clock <= 1.3 * floor.clock,
    )
