"""What updating is tested with: small feeds written here, a keyring in memory, and a desk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from https_server import NOW, Answer, Authority, LocalServer, data
from keyring.backend import KeyringBackend
from misp_samples import event

from briefing.feeds.remote import Credentials
from briefing.feeds.transport import Transport
from briefing.paths import data_folder
from briefing.services.feed_setup import set_up
from briefing.services.import_feeds import Leave, Result, apply_import, undo_import
from briefing.services.task import Task
from briefing.services.tokens import Tokens
from briefing.services.update_feeds import Asking, Update, ask, asking
from briefing.store.connection import KnowledgeFile
from briefing.store.feeds import FeedState, read_feeds
from briefing.store.migrate import open_knowledge


class Drawer(KeyringBackend):
    """A keyring that lives as long as the test, behind keyring's own interface."""

    priority = 1.0

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """What is kept, or None."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Let it go."""
        del self.kept[service, username]


class Desk:
    """One person's database and keyring, and the servers of one authority.

    Attributes:
        path: The database.
        knowledge: The same, for reading.
        drawer: The keyring.
        asking: The real way to ask, with this keyring.
        data: The program's ``data/`` folder; a test may name its own.
    """

    def __init__(self, folder: Path, authority: Authority) -> None:
        """An empty database."""
        self.path = folder / "knowledge.db"
        open_knowledge(self.path).close()
        self.knowledge = KnowledgeFile(self.path)
        self.drawer = Drawer()
        self.authority = authority
        self.data = data_folder()
        self.asking = Asking(
            asking(lambda: NOW).transport, Tokens(lambda: self.drawer), lambda: NOW
        )

    def set_up(self, source: str, way: str, address: str, **options: Any) -> None:
        """Set up a feed at a server of the authority, inside our network unless told otherwise."""
        inside = options.pop("inside", True)
        options.setdefault("cafile", str(self.authority.file))
        state = FeedState(source, source.title(), way, address, inside, options)
        set_up(self.path, state)

    def keep_token(self, source: str, secret: str, user: str = "") -> None:
        """Put a token into the keyring."""
        self.asking.tokens.store(source, Credentials(secret, user))

    def ask(self, source: str) -> Update:
        """Ask, and write nothing."""
        return ask(self.knowledge, self.data, source, Task.silent(), self.asking)

    def take(self, update: Update) -> tuple[Result, ...]:
        """Take in what came."""
        feeds = (update.state,)
        incoming = update.reading.incoming
        return apply_import(self.path, incoming, Leave(), NOW, Task.silent(), feeds)

    def update(self, source: str) -> Result | None:
        """Ask and take in, where one source brings one thing; None where it has nothing new."""
        results = self.take(self.ask(source))
        assert len(results) <= 1
        return results[0] if results else None

    def undo(self, result: Result | None) -> None:
        """Take an import back."""
        assert result is not None
        assert result.applied is not None
        assert result.applied.snapshot is not None
        undo_import(self.path, result.applied.snapshot)

    def state(self, source: str) -> FeedState:
        """What is remembered of a feed."""
        feeds = read_feeds(self.knowledge.connection)
        return next(feed for feed in feeds if feed.source == source)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query gives."""
        connection: sqlite3.Connection = self.knowledge.connection
        return [tuple(row) for row in connection.execute(query, values)]

    def held(self, source: str) -> set[str]:
        """Names of what is held of a source now."""
        query = (
            "SELECT s.value FROM statement s JOIN record r ON r.id = s.record WHERE r.source = ?"
            " AND s.predicate = 'named' AND s.to_snapshot IS NULL"
        )
        return {name for (name,) in self.rows(query, source)}


def whole_file(path: Path) -> tuple[bytes, bytes]:
    """Every byte of a database, those in its log included."""
    log = path.with_name(f"{path.name}-wal")
    return path.read_bytes(), log.read_bytes() if log.exists() else b""


def told(result: Result | None) -> tuple[int, int, int, int]:
    """Added, changed, removed and unchanged records of a result."""
    assert result is not None
    applied = result.applied
    assert applied is not None, result.error
    return applied.added, applied.changed, applied.removed, applied.unchanged


def tagged(body: bytes, etag: str = "", last_modified: str = "") -> Answer:
    """An answer that comes only to who does not have it yet, as servers of files give it."""
    tags = {"ETag": etag, "Last-Modified": last_modified}
    asked_with = {"If-None-Match": etag, "If-Modified-Since": last_modified}

    def answer(request: BaseHTTPRequestHandler) -> None:
        known = any(tag and request.headers.get(name) == tag for name, tag in asked_with.items())
        headers = {name.replace("-", "_"): tag for name, tag in tags.items() if tag}
        data(b"" if known else body, 304 if known else 200, **headers)(request)

    return answer


def exploited(*numbers: int, version: str = "2024.03.01") -> bytes:
    """A catalogue of exploited vulnerabilities in the form of KEV."""
    entries = [
        {
            "cveID": f"CVE-2024-{number:05d}",
            "vendorProject": "Example",
            "product": "Mail Gateway",
            "vulnerabilityName": f"Gateway flaw {number}",
            "dateAdded": f"2024-03-{number:02d}",
            "shortDescription": "The gateway runs what a mail’s subject says.",
            "requiredAction": "Install the fix.",
            "dueDate": "2024-04-22",
            "knownRansomwareCampaignUse": "Known",
            "notes": "https://example.org/notice",
            "cwes": ["CWE-77"],
        }
        for number in numbers
    ]
    whole = {
        "title": "Catalogue",
        "catalogVersion": version,
        "dateReleased": "2024-03-01T15:00:47.717Z",
        "count": len(entries),
        "vulnerabilities": entries,
    }
    return json.dumps(whole).encode()


def advisory(number: int, title: str = "", version: str = "1") -> bytes:
    """An advisory in the form of CSAF, by the agency whose feed the program knows."""
    whole = {
        "document": {
            "category": "csaf_security_advisory",
            "csaf_version": "2.0",
            "title": title or f"Pump {number}",
            "publisher": {
                "category": "coordinator",
                "name": "CISA",
                "namespace": "https://www.cisa.gov/",
            },
            "distribution": {"tlp": {"label": "WHITE"}},
            "notes": [],
            "references": [],
            "tracking": {
                "id": f"EX-24-{number:03d}",
                "status": "final",
                "version": version,
                "initial_release_date": "2024-05-01T06:00:00Z",
                "current_release_date": f"2024-05-0{version}T06:00:00Z",
                "revision_history": [{"number": each + 1} for each in range(int(version))],
            },
        },
        "product_tree": {"branches": []},
        "vulnerabilities": [],
    }
    return json.dumps(whole).encode()


def offer_rolie(server: LocalServer, **documents: tuple[str, bytes | None]) -> None:
    """A ROLIE list at ``/rolie.json``: by name, when each was updated, and its bytes (or none)."""
    entries = [
        {"id": name, "updated": stamp, "content": {"src": f"/{name}.json"}}
        for name, (stamp, _) in documents.items()
    ]
    server.answers["/rolie.json"] = data(json.dumps({"feed": {"entry": entries}}).encode())
    for name, (_, body) in documents.items():
        server.answers[f"/{name}.json"] = data(body or b"", 200 if body else 404)


def offer_misp(server: LocalServer, *events: dict[str, Any]) -> None:
    """A MISP feed at ``/misp/``."""
    manifest = {each["uuid"]: {"timestamp": each["timestamp"]} for each in events}
    server.answers["/misp/manifest.json"] = data(json.dumps(manifest).encode())
    for each in events:
        answer = data(json.dumps({"Event": each}).encode())
        server.answers[f"/misp/{each['uuid']}.json"] = answer


def misp_event(number: int, title: str, timestamp: str = "1715000000") -> dict[str, Any]:
    """One event of a MISP feed."""
    return event(number, title=title, timestamp=timestamp)


def paths_asked(server: LocalServer) -> list[str]:
    """What was asked of a server, in order; the list is then empty."""
    paths = [asked.path for asked in server.asked]
    server.asked.clear()
    return paths


def with_addresses(folder: Path, addresses: Iterable[tuple[str, str]]) -> Path:
    """A ``data/`` folder like the program's, in which sources are published elsewhere."""
    real = data_folder()
    folder.mkdir()
    for path in real.iterdir():
        if path.name != "feeds.toml":
            (folder / path.name).symlink_to(path)
    tables = (real / "feeds.toml").read_text(encoding="utf-8").split("[[source]]")
    for source, address in addresses:
        place = next(n for n, table in enumerate(tables) if f'id = "{source}"' in table)
        lines = tables[place].splitlines()
        tables[place] = "\n".join(
            f'address = "{address}"' if line.startswith("address = ") else line for line in lines
        )
        tables[place] += "\n"
    (folder / "feeds.toml").write_text("[[source]]".join(tables), encoding="utf-8")
    return folder


def trusting(desk: Desk) -> Asking:
    """Asks as the desk does, and takes every server for one inside our network."""
    asked = desk.asking

    def transport(feed: FeedState, task: Task) -> Transport:
        options = {**feed.options, "cafile": str(desk.authority.file)}
        return asked.transport(replace(feed, inside=True, options=options), task)

    return replace(asked, transport=transport)
