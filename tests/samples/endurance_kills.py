"""Works that are killed, and what must be found afterwards: exactly before, or exactly after."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from shared_data import FOLDER
from sqlite_utils import Database, Migrations

from briefing import paths
from briefing.services.build_database import build_database
from briefing.services.task import Task
from briefing.store import schema
from briefing.store.connection import KnowledgeFile, open_writer
from briefing.store.migrate import open_knowledge
from briefing.store.overview import integrity_faults
from briefing.store.packing import teach

SAMPLES = Path(__file__).parent
_SIDES = ("", "-wal", "-shm", "-journal")
_STAMPED = "_sqlite_migrations"
"""The one table in which equal work leaves another time."""


def seeded(seed: int) -> random.Random:
    """Chance that is the same every time."""
    return random.Random(seed)  # noqa: S311 - to be repeated, not to be secret


def contents(path: Path) -> str:
    """A hash of every row of every table, or what is wrong with the file.

    A file of an earlier schema stays of that schema: it is read, not opened for writing.
    """
    with closing(sqlite3.connect(path)) as connection:
        teach(connection)
        faults = integrity_faults(connection)
        if faults:
            return "; ".join(faults)
        seen = hashlib.sha256()
        query = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        for table, sql in connection.execute(query).fetchall():
            seen.update(f"{table} {sql}".encode())
            if table == _STAMPED or sql.startswith("CREATE VIRTUAL"):
                continue
            for row in connection.execute(f"SELECT * FROM {table}"):  # noqa: S608 - of the schema
                seen.update(repr(row).encode())
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return f"{version}-{seen.hexdigest()}"


@dataclass
class Work:
    """One kind of work, from a state to a state.

    Attributes:
        what: ``import``, ``undo`` or ``migrate``.
        start: The database before, which is copied for every trial.
        on: The file or the number it works on.
        before: Hash of what the database holds before.
        after: The same after work that nobody disturbed.
        statements: How many SQL statements that took.
        seconds: How long it took, from loaded to the end of the process.
        found: How often each state was found after a kill.
    """

    what: str
    start: Path
    on: str
    before: str = ""
    after: str = ""
    statements: int = 0
    seconds: float = 0.0
    found: Counter[str] = field(default_factory=Counter)

    def measure(self) -> None:
        """Do it once undisturbed, to know what is to be found."""
        self.before = contents(self._fresh())
        begun, said = self._run(dies_at=0)
        self.seconds = time.perf_counter() - begun
        assert said.startswith("done "), said
        self.statements = int(said.split()[1])
        self.after = contents(self.target)
        assert self.after != self.before

    @property
    def target(self) -> Path:
        return self.start.with_name(f"trial-{self.what}") / "knowledge.db"

    def killed_before_statement(self, number: int, mode: str = "") -> str:
        """Let it die before one of its SQL statements, and say which state is found."""
        self._fresh()
        _, said = self._run(dies_at=number, mode=mode)
        assert said == "", said
        return self._state()

    def killed_after(self, seconds: float) -> str:
        """Kill it so long after it was ready, wherever it is, and say which state is found."""
        self._fresh()
        _, said = self._run(dies_at=0, within=seconds)
        state = self._state()
        # What was acknowledged is there.
        assert state == "after" or not said.startswith("done")
        return state

    def done_again(self) -> bool:
        """Whether the same work, made again on what a kill left, comes to the same end."""
        self._run(dies_at=0)
        return contents(self.target) == self.after

    def killed_at_random(self, rng: random.Random, times: int) -> None:
        """Kills at random moments and before random statements; any other state is a fault.

        Raises:
            AssertionError: with the moment, where neither the state before nor that after is found.
        """
        for turn in range(times):
            if turn % 2:
                # Half of them around the commit and the checkpoint that follows it.
                moment = rng.uniform(0.7 if turn % 4 == 1 else 0.0, 1.05) * self.seconds
                state = self.killed_after(moment)
            else:
                moment = rng.randint(1, self.statements)
                state = self.killed_before_statement(int(moment))
            assert state in ("before", "after"), f"{self.what}, killed at {moment}: {state}"
            self.found[state] += 1
            if state == "before" and turn % 4 < 2:
                assert self.done_again(), f"{self.what}, killed at {moment}, cannot be made again"

    def _state(self) -> str:
        found = contents(self.target)
        state = {self.before: "before", self.after: "after"}.get(found, f"half done ({found})")
        if state == "after":
            KnowledgeFile(self.target).close()
        return state

    def _fresh(self) -> Path:
        shutil.rmtree(self.target.parent, ignore_errors=True)
        self.target.parent.mkdir()
        shutil.copy(self.start, self.target)
        return self.target

    def _run(self, dies_at: int, mode: str = "", within: float = 60.0) -> tuple[float, str]:
        """When it was ready, and what it said last: "" where it was killed before its end."""
        command = [sys.executable, str(SAMPLES / "endurance_work.py"), self.what]
        command += [str(self.target), self.on, str(dies_at), *([mode] if mode else [])]
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ) as working:
            assert working.stdout is not None
            assert working.stdout.readline() == "ready\n"
            begun = time.perf_counter()
            try:
                said, _ = working.communicate(timeout=within)
            except subprocess.TimeoutExpired:
                working.kill()
                said, _ = working.communicate()
        return begun, said.strip()


def synthetic_bundle(objects: int, release: int = 1) -> bytes:
    """A bundle as ATT&CK publishes it: groups, techniques, software, and who uses what.

    A later release changes one object in ten, drops one relationship in fifty, and adds some.
    """
    rng = seeded(7)
    groups, techniques, tools = max(objects // 40, 1), objects // 6, objects // 8
    stamp = f"2025-0{release}-01T00:00:00.000Z"
    made = [
        *(_object("intrusion-set", n, stamp, name=f"Fox {n}") for n in range(groups)),
        *(_object("attack-pattern", n, stamp, name=f"Way {n}") for n in range(techniques)),
        *(_object("malware", n, stamp, name=f"Owl {n}", is_family=True) for n in range(tools)),
    ]
    ends = [item["id"] for item in made[groups:]]
    for number in range(objects - len(made)):
        of, to = made[rng.randrange(groups)]["id"], rng.choice(ends)
        made.append(
            _object(
                "relationship",
                number,
                stamp,
                relationship_type="uses",
                source_ref=of,
                target_ref=to,
                description=f"Fox used it in year {number}.",
            )
        )
    if release > 1:
        made = [item for place, item in enumerate(made) if place % 50 != 49]
        for item in made[::10]:
            item["description"] = f"As told in release {release}."
        more = range(objects, objects + objects // 20)
        made += [_object("malware", n, stamp, name=f"Elk {n}", is_family=True) for n in more]
    return orjson.dumps({"type": "bundle", "id": _id("bundle", release), "objects": made})


def _object(kind: str, number: int, stamp: str, **given: object) -> dict[str, object]:
    found: dict[str, object] = {"type": kind, "spec_version": "2.1", "id": _id(kind, number)}
    found |= {"created": "2025-01-01T00:00:00.000Z", "modified": stamp}
    if kind != "relationship":
        found["description"] = " ".join(f"word{(number * 7 + place) % 900}" for place in range(60))
    return found | given


def _id(kind: str, number: int) -> str:
    return f"{kind}--{number:08d}-0000-4000-8000-000000000000"


def releases(folder: Path, domain: str = "ics") -> tuple[Path, Path]:
    """Two releases of ATT&CK, real ones where they are here, else two bundles written here."""
    names = sorted(FOLDER.glob(f"attack-{domain}-1?.1-stix2?.json.gz"))
    if len(names) == 2:
        return names[0], names[1]
    made = (folder / "release-1.json", folder / "release-2.json")
    for number, path in enumerate(made, start=1):
        path.write_bytes(synthetic_bundle(3000, number))
    return made


def works(folder: Path, domain: str = "ics") -> tuple[Work, ...]:
    """Import of a release over the one before, its undo, and the migration of the oldest schema."""
    old, new = releases(folder, domain)
    start, both = folder / "start.db", folder / "both.db"
    build_database(paths.data_folder(), start, Task.silent(), empty=True)
    _done("import", start, old)
    shutil.copy(start, both)
    _done("import", both, new)
    oldest = folder / "oldest.db"
    as_schema_1(both, oldest)
    found = (
        Work("import", start, str(new)),
        Work("undo", both, "2"),
        Work("migrate", oldest, ""),
    )
    for work in found:
        work.measure()
    return found


def _done(what: str, database: Path, on: Path) -> None:
    from endurance_work import work  # noqa: PLC0415 - it is a program; this is its only import

    work(what, database, str(on))
    open_knowledge(database).close()


def as_schema_1(newer: Path, target: Path) -> None:
    """The same facts in a file as the first version of this program wrote it."""
    first = Migrations("knowledge")
    first()(schema.m001_statements_and_read_models)
    with closing(open_writer(target)) as connection:
        first.apply(Database(connection))
        connection.execute("ATTACH ? AS newer", (str(newer),))
        connection.execute("BEGIN")
        tables = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE '%(%'"
        for (table,) in connection.execute(tables).fetchall():
            if table.startswith(("search", "sqlite", "_")):
                continue
            columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            listed = ", ".join(columns)
            connection.execute(
                f"INSERT INTO main.{table} ({listed}) SELECT {listed} FROM newer.{table}"  # noqa: S608 - ours
            )
        connection.execute("COMMIT")
        connection.execute("DETACH newer")
