"""Taking feeds in: against a floor of json, sqlite3 and FTS, and against a peer's loading."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from measure import Report, median
from shared_data import FOLDER, needs_shared_data

from briefing import paths
from briefing.feeds.payload import Payload
from briefing.services.build_database import build_database
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import Incoming, read_paths, read_payloads
from briefing.services.import_feeds import Leave, apply_import
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile

pytestmark = needs_shared_data

NEW = "attack-enterprise-18.1-stix20.json.gz"
OLD = "attack-enterprise-17.1-stix20.json.gz"
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOW = datetime(2026, 11, 24, tzinfo=UTC)
PEAK = "; import sys; sys.stderr.write(open('/proc/self/status').read())"
PEER = os.environ.get("PEER_PYTHON", "")
"""An interpreter that has mitreattack-python: its 45 packages are no part of this program."""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ATT&CK as plain JSON, so that unpacking is in nobody's figures."""
    folder = tmp_path_factory.mktemp("attack")
    for name in (NEW, OLD):
        (folder / name.removesuffix(".gz")).write_bytes(
            gzip.decompress((FOLDER / name).read_bytes())
        )
    return folder


def empty(path: Path) -> Path:
    """A new database with schema and vocabularies only, as a person would have it."""
    build_database(paths.data_folder(), path, Task.silent(), empty=True)
    return path


def taken_in(database: Path, *files: Path) -> float:
    """Seconds from the file to durable and searchable."""
    begun = time.perf_counter()
    knowledge = KnowledgeFile(database)
    context = feed_context(knowledge, paths.data_folder())
    reading = read_paths(files, context, Task.silent())
    results = apply_import(database, reading.incoming, Leave(), NOW, Task.silent())
    knowledge.close()
    assert not [result.error for result in results if result.error]
    return time.perf_counter() - begun


def floor(file: Path, target: Path) -> float:
    """The least anybody could do: read it, keep every object, make names and texts searchable."""
    target.unlink(missing_ok=True)
    begun = time.perf_counter()
    objects = json.loads(file.read_bytes())["objects"]
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE object (id TEXT PRIMARY KEY, kind TEXT, content TEXT)")
        connection.execute("CREATE VIRTUAL TABLE search USING fts5(name, text, content='')")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO object VALUES (?,?,?)",
            ((o["id"], o["type"], json.dumps(o)) for o in objects),
        )
        connection.executemany(
            "INSERT INTO search (name, text) VALUES (?,?)",
            ((o.get("name"), o.get("description")) for o in objects),
        )
        connection.execute("COMMIT")
    return time.perf_counter() - begun


def repeated(work: Callable[[], float], times: int = 3) -> float:
    return median(sorted(work() for _ in range(times)))


def test_importing_attack(report: Report, unpacked: Path, tmp_path: Path) -> None:
    new, old = unpacked / NEW.removesuffix(".gz"), unpacked / OLD.removesuffix(".gz")
    start = empty(tmp_path / "empty.db")
    database = tmp_path / "knowledge.db"
    firsts, agains, updates, floors = [], [], [], []
    for _ in range(3):
        floors.append(floor(new, tmp_path / "floor.db"))
        shutil.copy(start, database)
        firsts.append(taken_in(database, new))
        agains.append(taken_in(database, new))
        clear(database)
        shutil.copy(start, database)
        taken_in(database, old)
        updates.append(taken_in(database, new))
        clear(database)
    first, again, update = (median(sorted(found)) for found in (firsts, agains, updates))
    least = median(sorted(floors))
    report.add(
        "import ATT&CK enterprise 18.1, 24,771 objects, into an empty database",
        f"{first:.2f} s, {first / least:.2f} ×",
        f"json + sqlite3 + FTS {least:.2f} s",
        "≤ 1.5 ×",
        first <= 1.5 * least,
    )
    report.add(
        "import the same file again",
        f"{again:.2f} s, {again / first:.2f} ×",
        f"first import {first:.2f} s",
        "≤ 0.4 ×, nothing written",
        again <= 0.4 * first,
    )
    report.add(
        "update ATT&CK 17.1 → 18.1",
        f"{update:.2f} s, {update / first:.2f} ×",
        f"import of 18.1 {first:.2f} s",
        "≤ 1.3 ×",
        update <= 1.3 * first,
    )


def clear(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def test_memory_and_a_peer(report: Report, unpacked: Path, tmp_path: Path) -> None:
    new = unpacked / NEW.removesuffix(".gz")
    database = empty(tmp_path / "knowledge.db")
    arguments = ["import", str(new), "--database", str(database)]
    command = f"from briefing.cli import main; assert main({arguments!r}) == 0"
    ours = run([sys.executable, "-c", command + PEAK])
    report.add(
        "the whole command “briefing import”, peak memory",
        f"{ours[0]:.2f} s, {ours[1]:.0f} MB",
        "-",
        "≤ 350 MB",
        ours[1] <= 350,
    )
    if not PEER:
        pytest.skip("PEER_PYTHON names no interpreter with mitreattack-python.")
    load = f"from mitreattack.stix20 import MitreAttackData; MitreAttackData({str(new)!r})"
    peer = run([PEER, "-c", load + PEAK])
    report.add(
        "the same against mitreattack-python, loading alone",
        f"{peer[0] / ours[0]:.1f} × faster",
        f"{peer[0]:.1f} s, {peer[1]:.0f} MB",
        "≥ 6 × faster",
        peer[0] >= 6 * ours[0],
    )


def run(command: list[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of a command.

    A process begins with the peak of the one it was forked from, so the kernel's own mark of this
    program's memory is read, as the last thing the program does.
    """
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, int(done.stderr.rsplit("VmHWM:", 1)[1].split()[0]) / 1e3


def test_advisories(report: Report, tmp_path: Path) -> None:
    files = sorted((FOLDER / "csaf").rglob("*.json"))
    files = [file for file in files if b'"csaf_version"' in file.read_bytes()]
    start = empty(tmp_path / "empty.db")
    database = tmp_path / "knowledge.db"
    folder = FOLDER / "csaf"

    def reading() -> float:
        begun = time.perf_counter()
        for file in files:
            json.loads(file.read_bytes())
        return time.perf_counter() - begun

    def importing() -> float:
        clear(database)
        shutil.copy(start, database)
        return taken_in(database, folder)

    def keeping() -> float:
        """The least that anybody could do who keeps them, durable and searchable."""
        (kept := tmp_path / "kept.db").unlink(missing_ok=True)
        begun = time.perf_counter()
        found = [json.loads(file.read_bytes())["document"] for file in files]
        with closing(sqlite3.connect(kept)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("CREATE TABLE advisory (id TEXT PRIMARY KEY, content TEXT)")
            connection.execute("CREATE VIRTUAL TABLE search USING fts5(name, text, content='')")
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO advisory VALUES (?,?)",
                ((one["tracking"]["id"], json.dumps(one)) for one in found),
            )
            connection.executemany(
                "INSERT INTO search (name, text) VALUES (?,?)",
                ((one["title"], " ".join(n["text"] for n in one["notes"])) for one in found),
            )
            connection.execute("COMMIT")
        return time.perf_counter() - begun

    least, kept, ours = repeated(reading), repeated(keeping), repeated(importing)
    report.add(
        f"import {len(files)} CSAF advisories from a folder",
        f"{ours:.2f} s, {ours / least:.1f} ×",
        f"reading them as JSON {least:.3f} s; json + sqlite3 + FTS {kept:.2f} s,"
        f" {kept / least:.1f} ×",
        "≤ 3 ×",
        ours <= 3 * least,
    )


def test_growth(report: Report, unpacked: Path, tmp_path: Path) -> None:
    """The same catalogue several times over, each time with ids and a source of its own."""
    start = empty(tmp_path / "empty.db")
    database = tmp_path / "knowledge.db"
    text = (unpacked / NEW.removesuffix(".gz")).read_text(encoding="utf-8")
    each: list[float] = []
    for times in (1, 10, 40):
        clear(database)
        shutil.copy(start, database)
        spent = imported_copies(database, text, times)
        each.append(spent / (24_771 * times) * 1e6)
    report.add(
        "growth: ATT&CK 1, 10 and 40 times over, microseconds an object",
        " · ".join(f"{spent:.0f}" for spent in each),
        "its own first",
        "linear: ≤ 1.3 ×",
        each[2] <= 1.3 * each[0],
    )


def renumbered(text: str, number: int) -> bytes:
    """The catalogue with other ids throughout."""
    return UUID.sub(lambda found: f"{found.group()[:-4]}{number:04x}", text).encode()


def imported_copies(database: Path, text: str, times: int) -> float:
    """Seconds for so many copies in one import; making the copies is not counted."""
    knowledge = KnowledgeFile(database)
    making = 0.0

    def incoming() -> Iterator[Incoming]:
        nonlocal making
        for number in range(times):
            begun = time.perf_counter()
            payload = Payload(f"copy-{number}.json", renumbered(text, number))
            making += time.perf_counter() - begun
            context = feed_context(knowledge, paths.data_folder(), f"copy-{number}")
            yield from read_payloads([payload], payload.name, context, Task.silent()).incoming

    begun = time.perf_counter()
    apply_import(database, incoming(), Leave(), NOW, Task.silent())
    knowledge.close()
    return time.perf_counter() - begun - making
