"""STIX objects and bundles to read: small ones written here."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from store_samples import source

from briefing.core.changes import ChangeSet, StatementDraft
from briefing.core.errors import BriefingError
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.stix import parse_stix
from briefing.feeds.stix_attack import MITRE, SOURCES
from briefing.feeds.vocabulary import read_vocabulary
from briefing.paths import data_folder

STAMP = "2024-03-01T10:00:00.000Z"


@cache
def context() -> FeedContext:
    """What the program knows, with ATT&CK's three domains."""
    vocabulary = read_vocabulary(data_folder() / "vocabulary")
    return FeedContext(vocabulary, {name: source(name) for name in SOURCES.values()})


def ref(kind: str, number: int = 1) -> str:
    """The id that ``thing`` gives."""
    return f"{kind}--{number:08d}-0000-4000-8000-000000000000"


def thing(kind: str, number: int = 1, **fields: Any) -> dict[str, Any]:
    """One object of STIX 2.1."""
    base = {"type": kind, "spec_version": "2.1", "id": ref(kind, number)}
    return {**base, "created": STAMP, "modified": STAMP, **fields}


def relation(
    name: str, source_ref: str, target_ref: str, number: int = 1, **fields: Any
) -> dict[str, Any]:
    """One relationship."""
    ends = {"relationship_type": name, "source_ref": source_ref, "target_ref": target_ref}
    return thing("relationship", number, **ends, **fields)


def attack(kind: str, number: int = 1, code: str = "", **fields: Any) -> dict[str, Any]:
    """One object as ATT&CK writes it, by MITRE, with its number."""
    own = [
        {
            "source_name": "mitre-attack",
            "external_id": code,
            "url": f"https://attack.mitre.org/{code}",
        }
    ]
    references = [*(own if code else []), *fields.pop("external_references", [])]
    stated = {"external_references": references} if references else {}
    return thing(kind, number, created_by_ref=MITRE, **stated, **fields)


def matrix(domain: str = "enterprise-attack") -> dict[str, Any]:
    """The matrix by which a whole release is known."""
    return attack("x-mitre-matrix", 1, domain, name="Matrix")


def bundle(*objects: Any, **top: Any) -> bytes:
    """A bundle as bytes."""
    head = {"type": "bundle", "id": ref("bundle"), **top}
    return orjson.dumps({**head, "objects": list(objects)})


def read(*objects: Any, name: str = "some.json", **top: Any) -> ChangeSet:
    """A bundle of these objects as a change-set."""
    return read_bytes(bundle(*objects, **top), name)


def read_bytes(data: bytes, name: str = "some.json") -> ChangeSet:
    """The bytes of a file as a change-set."""
    return parse_stix(Payload(name, data), context())


def told(data: bytes, name: str = "some.json") -> str:
    """The sentence with which a file is refused, or "Taken." where it is not."""
    try:
        read_bytes(data, name)
    except BriefingError as error:
        return error.message
    return "Taken."


def statements(changes: ChangeSet, predicate: str = "") -> list[StatementDraft]:
    """Every statement, or those with a predicate."""
    return [
        said
        for record in changes.records
        for said in record.statements
        if predicate in ("", said.predicate.value)
    ]


def stated(changes: ChangeSet, predicate: str) -> list[tuple[str, str, str]]:
    """(subject, object, value) of every statement with a predicate."""
    return [(s.subject, s.object, s.value) for s in statements(changes, predicate)]


def addresses(changes: ChangeSet, said: StatementDraft) -> list[str]:
    """Addresses of the documents that a statement cites."""
    by_id = {document.id: document.url for document in changes.documents}
    return [by_id[document] for document in said.documents]


def put_aside(changes: ChangeSet) -> list[tuple[str, str]]:
    """(native id, reason) of everything that was not taken."""
    return [(item.native_id, item.reason) for item in changes.quarantined]
