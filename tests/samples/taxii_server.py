"""A real TAXII 2.1 server (medallion with its memory backend) on this computer, over TLS."""

from __future__ import annotations

import contextlib
import json
import logging
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from medallion import application_instance, register_blueprints, set_config
from medallion.common import SessionChecker
from werkzeug.serving import WSGIRequestHandler, make_server

USER, PASSWORD = "ada", "open sesame"
READABLE = "91a7b528-80eb-42ed-a74d-c6fbd5a26116"
READ_ONLY = "472c94ae-3113-4e3e-a4dd-a9f4ac7471d4"
WRITE_ONLY = "365fed99-08fa-fdcd-a1b3-fb247eb41d01"

CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
"""Markings of TLP 2.0."""


def actor(number: int, **more: Any) -> dict[str, Any]:
    """One STIX object, told from others by its number."""
    moment = f"2026-11-{number % 28 + 1:02d}T09:00:00.000Z"
    return {
        "type": "threat-actor",
        "spec_version": "2.1",
        "id": f"threat-actor--{number:08d}-0000-4000-8000-000000000000",
        "created": moment,
        "modified": moment,
        "name": f"Actor {number}",
        **more,
    }


def marked(number: int, mark: str = CLEAR, **more: Any) -> dict[str, Any]:
    """One STIX object that bears a marking."""
    return actor(number, object_marking_refs=[mark], **more)


def bundle_of(*objects: dict[str, Any]) -> bytes:
    """The objects as a STIX bundle."""
    identity = "bundle--00000000-0000-4000-8000-000000000000"
    return json.dumps({"type": "bundle", "id": identity, "objects": objects}).encode()


def added(number: int) -> str:
    """When the object of that number was added: one a second."""
    return f"2026-11-20T10:{number // 60:02d}:{number % 60:02d}.000000Z"


@dataclass
class TaxiiHost:
    """A server that runs.

    Attributes:
        url: Its discovery address.
        asked: Every request: method, path with query, and the ``Accept`` header.
        root: The API root's content, live.
    """

    url: str
    root: dict[str, Any]
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, collection: str, *numbers: int) -> None:
        """Put objects into a collection as if they had been added one a second."""
        found = next(each for each in self.root["collections"] if each["id"] == collection)
        for number in numbers:
            content = actor(number)
            found["objects"].append(content)
            found["manifest"].append(
                {
                    "id": content["id"],
                    "date_added": added(number),
                    "version": content["modified"],
                    "media_type": "application/stix+json;version=2.1",
                }
            )


def _collection(identity: str, title: str, can_read: bool, can_write: bool) -> dict[str, Any]:
    return {
        "id": identity,
        "title": title,
        "description": f"{title}, for tests",
        "can_read": can_read,
        "can_write": can_write,
        "media_types": ["application/stix+json;version=2.1"],
        "objects": [],
        "manifest": [],
    }


def _content(most: int) -> dict[str, Any]:
    return {
        "/discovery": {
            "title": "Test server",
            "default": "/team/",
            "api_roots": ["/team/", "/closed/"],
        },
        "team": {
            "information": {
                "title": "Our team",
                "versions": ["application/taxii+json;version=2.1"],
                "max_content_length": most,
            },
            "status": [],
            "collections": [
                _collection(READABLE, "Everything", True, True),
                _collection(READ_ONLY, "Look, do not touch", True, False),
                _collection(WRITE_ONLY, "Letter box", False, True),
            ],
        },
    }


@contextlib.contextmanager
def taxii_server(
    context: ssl.SSLContext, folder: Path, *, page: int = 4, most: int = 1_000_000
) -> Iterator[TaxiiHost]:
    """Run medallion until the test is done.

    Args:
        context: What it needs to speak TLS.
        folder: Where its content is written before it starts.
        page: Objects on a page.
        most: Most bytes of one message it takes.
    """
    stored = folder / "taxii.json"
    stored.write_text(json.dumps(_content(most)), encoding="utf-8")
    logging.getLogger("medallion").setLevel(logging.CRITICAL)
    backend = {
        "module": "medallion.backends.memory_backend",
        "module_class": "MemoryBackend",
        "filename": str(stored),
    }
    # The real one starts a timer that nothing ends.
    start, SessionChecker.start = SessionChecker.start, lambda _self: None
    set_config(application_instance, "backend", {"backend": backend})
    SessionChecker.start = start
    set_config(application_instance, "users", {"users": {USER: PASSWORD}})
    set_config(application_instance, "taxii", {"taxii": {"max_page_size": page}})
    if "collections" not in application_instance.blueprints:
        register_blueprints(application_instance)
    host = TaxiiHost("", application_instance.medallion_backend.data["team"])

    class Handler(WSGIRequestHandler):
        def log_request(self, *_args: Any) -> None:
            host.asked.append((self.command, self.path, self.headers.get("Accept", "")))

    server = make_server(
        "127.0.0.1",
        0,
        application_instance,
        threaded=True,
        request_handler=Handler,
        ssl_context=context,
    )
    host.url = f"https://localhost:{server.server_port}/taxii2/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
