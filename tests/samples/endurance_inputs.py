"""Bad input in great number: feed files cut short, with bytes changed, with values of odd types."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import feed_samples
import galaxy_samples
from endurance_kills import contents, synthetic_bundle
from endurance_work import NOW
from shared_data import FOLDER

from briefing import paths
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.unpack import unpack
from briefing.services.build_database import build_database
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import read_payloads
from briefing.services.import_feeds import Leave, apply_import
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge

_LARGE = 2_000_000
"""From this size on a file gets fewer changes, so that the small ones get their share of time."""
_LEAST = 100_000
"""A smaller file counts as so many bytes in seconds per MB: there the fixed cost is measured."""


def new_database(path: Path) -> Path:
    """A database that holds the vocabularies and no feed."""
    build_database(paths.data_folder(), path, Task.silent(), empty=True)
    open_knowledge(path).close()
    return path


@dataclass
class Desk:
    """Takes in whatever it is given, and keeps count of what became of it.

    Attributes:
        database: Where it all goes.
        became: How many inputs were taken, taken in part, refused.
        worst: Seconds per MB of the slowest input, and its name.
        every: Every so manieth input that can be read is written as well.
    """

    database: Path
    every: int = 1
    became: Counter[str] = field(default_factory=Counter)
    worst: tuple[float, str] = (0.0, "")

    def __post_init__(self) -> None:
        """Read what feed modules are given."""
        knowledge = KnowledgeFile(self.database)
        self._context: FeedContext = feed_context(knowledge, paths.data_folder())
        knowledge.close()

    @property
    def inputs(self) -> int:
        """How many inputs there were."""
        return self.became.total()

    def give(self, name: str, data: bytes) -> None:
        """One input.

        Raises:
            AssertionError: where a refusal names no file or is no sentence, or where what was not
                taken left something behind; anything else that is raised is a crash.
        """
        begun = time.perf_counter()
        payloads = unpack(Payload(name, data))
        reading = read_payloads(payloads, name, self._context, Task.silent())
        size = max(len(data), _LEAST) / 1e6
        self.worst = max(self.worst, ((time.perf_counter() - begun) / size, name))
        stem = name.removesuffix(".gz")
        for refused in reading.refused:
            assert stem in refused.name, refused
            assert refused.reason.rstrip().endswith("."), refused
            assert refused.reason[0].isupper() or refused.reason.startswith(stem), refused
        quarantined = any(item.changes.quarantined for item in reading.incoming)
        self.became["refused" if reading.refused else "partly" if quarantined else "taken"] += 1
        if reading.incoming and self.inputs % self.every == 0:
            before = contents(self.database)
            leave = Leave(older=True, removals=True)
            results = apply_import(self.database, reading.incoming, leave, NOW, Task.silent())
            if all(result.error for result in results):
                assert contents(self.database) == before
            for result in results:
                assert result.error is None or str(result.error).endswith("."), result


@cache
def feed_files() -> tuple[tuple[str, bytes], ...]:
    """Real feed files where they are here, and some written here; unpacked, smallest first."""
    found = list(_written())
    for path in sorted(FOLDER.rglob("*")) if FOLDER.is_dir() else ():
        if path.suffix in (".json", ".csv", ".xml", ".gz") and "attack-enterprise" not in path.name:
            data = path.read_bytes()
            is_packed = path.suffix == ".gz"
            found.append(
                (path.name.removesuffix(".gz"), gzip.decompress(data) if is_packed else data)
            )
    return tuple(sorted(found, key=lambda item: (len(item[1]), item[0])))


def _written() -> Iterator[tuple[str, bytes]]:
    yield "bundle.json", synthetic_bundle(200)
    items = [
        feed_samples.item(title=f"Fox {n}", link=f"https://fox.example/{n}", description="Heard.")
        for n in range(20)
    ]
    yield "news.xml", feed_samples.rss(*items).encode()
    clusters = [galaxy_samples.cluster(number, f"Fox {number}") for number in range(1, 30)]
    yield "threat-actor.json", galaxy_samples.galaxy(*clusters)
    yield "kev.json", json.dumps(kev(40)).encode()
    yield "stick.zip", zipped({"news.xml": feed_samples.rss(*items[:3]).encode()})
    yield "news.xml.gz", gzip.compress(feed_samples.rss(*items).encode(), mtime=0)


def kev(entries: int) -> dict[str, object]:
    """A list of exploited vulnerabilities."""
    listed = [
        {
            "cveID": f"CVE-2024-{number:05d}",
            "vendorProject": "Fox",
            "product": "Den",
            "vulnerabilityName": f"Fox Den {number}",
            "dateAdded": "2024-05-01",
            "shortDescription": "A way in.",
            "requiredAction": "Close it.",
            "dueDate": "2024-05-22",
            "knownRansomwareCampaignUse": "Known",
            "notes": "",
            "cwes": ["CWE-78"],
        }
        for number in range(entries)
    ]
    return {
        "title": "CISA Catalog of Known Exploited Vulnerabilities",
        "catalogVersion": "2024.05.01",
        "dateReleased": "2024-05-01T12:00:00Z",
        "count": entries,
        "vulnerabilities": listed,
    }


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def cut_short(data: bytes) -> Iterator[bytes]:
    """The file up to every length that is a power of two."""
    length = 1
    while length < len(data):
        yield data[:length]
        length *= 2


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The file with one to 64 places changed: bits turned, bytes replaced, cut out, doubled."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 8, 64))):
        at, way = rng.randrange(len(changed)), rng.randrange(5)
        length = rng.randrange(64)
        if way < 2:
            changed[at] ^= 1 << rng.randrange(8)
        elif way == 2:
            changed[at] = rng.randrange(256)
        elif way == 3:
            del changed[at : at + length]
        else:
            changed[at:at] = changed[at : at + length]
        changed = changed or bytearray(b"{")
    return bytes(changed)


def retyped(data: bytes, rng: random.Random) -> bytes:
    """A JSON file, thinned, with values of other types than belong where they stand."""
    value = _thinned(json.loads(data), rng)
    spots = list(_spots(value))
    for _ in range(rng.choice((1, 3, 10, 40)) if spots else 0):
        holder, key = rng.choice(spots)
        if isinstance(holder, list) and key >= len(holder):
            continue
        if isinstance(holder, dict) and rng.randrange(4) == 0:
            holder.pop(key, None)
        else:
            holder[key] = rng.choice(_ODD)
    return json.dumps(value).encode()


_ODD: tuple[object, ...] = (
    *(None, True, 0, -1, 2**63 - 1, 2**64, -(2**70), 1e300, float("nan"), float("inf")),
    *("", "x" * 5000, "\0\u202e\ufeff", "<b>&amp;</b>", "\ud800", "2024-13-45", "0001-01-01"),
    *("9999-12-31T23:59:59Z", "CVE-2024-1", "javascript:alert(1)", "http://[", "٣", "-0"),
    *("2024-02-30T25:00:00+99:00", "=1+1", "https://user:word@fox.example/"),
    *((), [None], [[]], {"": None}, {"\ud800": 1}, ["a", 1, None, {"b": []}]),
)


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield value, key
            yield from _spots(inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield value, place
            yield from _spots(inner)


def _thinned(value: object, rng: random.Random) -> object:
    if isinstance(value, list):
        kept = value if len(value) <= 30 else rng.sample(value, 30)
        return [_thinned(item, rng) for item in kept]
    if isinstance(value, dict):
        return {key: _thinned(inner, rng) for key, inner in value.items()}
    return value


def give_damaged(desk: Desk, rng: random.Random, each: int) -> None:
    """So many damaged copies of every feed file, fewer of the large ones."""
    for name, data in feed_files():
        times = each if len(data) < _LARGE else max(each // 20, 1)
        for _ in range(times):
            desk.give(name, damaged(data, rng))


def give_cut_short(desk: Desk) -> None:
    """Every feed file, cut at every power of two."""
    for name, data in feed_files():
        for part in cut_short(data):
            desk.give(name, part)


def give_retyped(desk: Desk, rng: random.Random, each: int) -> None:
    """So many copies of every JSON file with values of other types."""
    for name, data in feed_files():
        if name.endswith(".json") and len(data) < _LARGE * 3:
            for _ in range(each):
                desk.give(name, retyped(data, rng))
