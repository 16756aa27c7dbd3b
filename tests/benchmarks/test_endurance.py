"""Endurance in figures: kills, crashed logs, bad inputs, and texts of two hundred megabytes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from endurance_inputs import Desk, give_cut_short, give_damaged, give_retyped, new_database
from endurance_kills import Work, seeded, synthetic_bundle, works
from endurance_logs import CrashedLog
from measure import Report

from briefing.feeds.payload import Payload
from briefing.store.connection import KnowledgeFile
from briefing.store.overview import integrity_faults

SEED = 7
KILLS = {"ics": 120, "enterprise": 12}
"""Of each kind of work, by the domain of ATT&CK that is imported."""
CONTROLS = 10
CRASHES = 5_000
DAMAGED = 40
RETYPED = 20
LONG = 200_000_000
STAMP = b'"created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z"'
UUID = b"00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("domain", ["ics", "enterprise"])
def test_kills(report: Report, tmp_path: Path, domain: str) -> None:
    rng = seeded(SEED)
    done = works(tmp_path, domain)
    for work in done:
        work.killed_at_random(rng, KILLS[domain])
    found = sum((work.found for work in done), Counter[str]())
    halves, controls = controlled(done) if domain == "ics" else (0, 0)
    report.add(
        f"SIGKILL during import, undo and migration, ATT&CK {domain}",
        f"{found.total()} kills: {found['before']} found as before, {found['after']} as after",
        f"without a transaction {halves} of {controls} leave half of it" if controls else "-",
        "0 half done, 0 lost",
        found.total() == found["before"] + found["after"],
    )


def controlled(done: tuple[Work, ...]) -> tuple[int, int]:
    """How many kills leave half of a work that is no transaction, and of how many."""
    states = [
        work.killed_before_statement(work.statements * step // (CONTROLS + 1), mode="control")
        for work in done
        for step in range(1, CONTROLS + 1)
    ]
    return sum(state.startswith("half done") for state in states), len(states)


def test_crashed_logs(report: Report, tmp_path: Path) -> None:
    payloads = tuple(Payload("a.json", synthetic_bundle(60, release)) for release in (1, 2))
    crashed = CrashedLog(tmp_path, (payloads[0], payloads[1]))
    crashed.crash(seeded(SEED), CRASHES)
    found = ", ".join(f"{number:,} {state}" for state, number in sorted(crashed.found.items()))
    report.add(
        "crash states: write-ahead log of two imports cut, zeroed or with a bit turned",
        f"{crashed.found.total():,}: {found}",
        "-",
        "0 half imports",
        True,
    )


def test_bad_inputs(report: Report, tmp_path: Path) -> None:
    desk = Desk(new_database(tmp_path / "knowledge.db"), every=20)
    rng = seeded(SEED)
    begun = time.perf_counter()
    give_cut_short(desk)
    give_damaged(desk, rng, DAMAGED)
    give_retyped(desk, rng, RETYPED)
    spent = time.perf_counter() - begun
    with closing(KnowledgeFile(desk.database)) as knowledge:
        sound = integrity_faults(knowledge.connection) == ()
    became = desk.became
    report.add(
        "bad inputs: feed files cut short, damaged, with values of odd types",
        f"{desk.inputs:,} in {spent:.0f} s: {became['refused']:,} refused with a sentence,"
        f" {became['partly']:,} taken but for what was bad, {became['taken']:,} taken whole",
        "-",
        "0 crashes, 0 partial imports",
        sound,
    )
    report.add(
        "slowest bad input",
        f"{desk.worst[0]:.2f} s/MB ({desk.worst[1]})",
        "-",
        "≤ 2 s/MB",
        desk.worst[0] <= 2,
    )


def test_endless_texts(report: Report, tmp_path: Path) -> None:
    """One text of 200 MB where a name belongs, in every format, through the whole command."""
    spent: dict[str, tuple[float, float]] = {}
    for name, parts in endless():
        path = tmp_path / name
        with path.open("wb") as file:
            file.writelines(parts)
        database = new_database(tmp_path / f"{path.stem}.db")
        spent[name] = command(path, database)
        path.unlink()
    slowest = max(spent, key=lambda name: spent[name][0])
    largest = max(spent, key=lambda name: spent[name][1])
    report.add(
        f"a text of 200 MB in each of {len(spent)} formats, whole command",
        f"≤ {spent[slowest][0]:.1f} s ({slowest}), ≤ {spent[largest][1]:,.0f} MB ({largest})",
        "-",
        "≤ 15 s, ≤ 1,500 MB",
        spent[slowest][0] <= 15 and spent[largest][1] <= 1_500,
    )


def endless() -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """Name of a file and its parts."""
    text = b"x" * LONG
    yield (
        "stix.json",
        (
            b'{"type":"bundle","id":"bundle--' + UUID + b'","objects":[{"type":"malware",',
            b'"spec_version":"2.1","is_family":true,"id":"malware--' + UUID + b'",' + STAMP,
            b',"name":"',
            text,
            b'"}]}',
        ),
    )
    yield (
        "galaxy.json",
        (
            b'{"type":"threat-actor","version":1,"values":[{"uuid":"' + UUID + b'","meta":{},',
            b'"value":"',
            text,
            b'"}]}',
        ),
    )
    yield (
        "kev.json",
        (
            b'{"catalogVersion":"1","dateReleased":"2025-08-25T00:00:00Z","count":1,'
            b'"vulnerabilities":[{"cveID":"CVE-2024-1234","product":"p","dateAdded":"2024-01-01",'
            b'"vulnerabilityName":"n","vendorProject":"',
            text,
            b'"}]}',
        ),
    )
    yield (
        "event.json",
        (
            b'{"Event":{"uuid":"' + UUID + b'","date":"2024-01-01","timestamp":"1","info":"',
            text,
            b'","Attribute":[]}}',
        ),
    )
    yield "csaf.json", (b'{"document":{"csaf_version":"2.0","title":"', text, b'"}}')
    yield "news.xml", (b'<rss version="2.0"><channel><title>', text, b"</title></channel></rss>")
    yield "notes.csv", (b'"Filename","Title","Source","Link","SHA-1","Date","Year"\n"', text, b'"')
    yield "deep.json", (b'{"type":"bundle","objects":', b"[" * LONG)
    yield "plain.txt", (text,)


def command(path: Path, database: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of an import, which must end in a sentence and no crash."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "briefing", "import", str(path), "--database", str(database)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.stderr is not None
        said = process.stderr.read()
    assert process.returncode in (0, 1), said
    assert "did not foresee" not in said
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return time.perf_counter() - begun, usage.ru_maxrss / scale
