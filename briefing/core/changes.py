"""What a feed says, before anything is written: the waist every feed passes through.

A feed module turns bytes into one ``ChangeSet``. The store compares it with what it holds and
applies it as one snapshot.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import orjson

from briefing.core.tlp import highest, parse_tlp

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "threat-briefing")


class Predicate(StrEnum):
    """What a statement says about its subject."""

    NAMED = "named"
    SPONSORED_BY = "sponsored-by"
    LOCATED_IN = "located-in"
    MOTIVATED_BY = "motivated-by"
    HAS_GOAL = "has-goal"
    TARGETS_SECTOR = "targets-sector"
    TARGETS_COUNTRY = "targets-country"
    USES_TECHNIQUE = "uses-technique"
    USES_SOFTWARE = "uses-software"
    EXPLOITS = "exploits"
    MITIGATED_BY = "mitigated-by"
    MENTIONED_IN = "mentioned-in"
    ATTRIBUTED_TO = "attributed-to"
    SAME_AS = "same-as"
    OVERLAPS_WITH = "overlaps-with"
    DISPUTED_WITH = "disputed-with"
    # Beyond the design's list, so that prose, kind and dates have a source like every other fact.
    OF_KIND = "of-kind"
    DESCRIBED_AS = "described-as"
    ACTIVE_SINCE = "active-since"
    HAPPENED = "happened"
    JUDGED = "judged"
    ADVISED = "advised"
    # Of advisories: who issued one, what it is about, and where that is in use. What is deployed
    # in a sector or country is not said to be targeted there.
    ISSUED_BY = "issued-by"
    AFFECTS = "affects"
    DEPLOYED_IN = "deployed-in"
    # And whom it is about: a sector or a country that it warns, or in which its victims were.
    CONCERNS = "concerns"


def stable_id(kind: str, *parts: str) -> str:
    """A STIX-like id for something that has none: UUIDv5 of kind and stable key parts."""
    return f"{kind}--{uuid.uuid5(NAMESPACE, chr(31).join((kind, *parts)))}"


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, UTF-8, no spaces. Equal content, equal bytes.

    Copied, because what orjson returns keeps a buffer several times its length alive.
    """
    return bytes(memoryview(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)))


def fingerprint(data: bytes) -> int:
    """The first eight bytes of SHA-256 as a signed integer, which SQLite stores as is."""
    return int.from_bytes(hashlib.sha256(data).digest()[:8], "big", signed=True)


def printed_key(key: int) -> str:
    """A statement key as people read it: ``S-`` and sixteen hexadecimal figures."""
    return f"S-{key & 0xFFFFFFFFFFFFFFFF:016x}"


RECORDED_HERE = "local-analyst"
"""Id of the source of what is recorded in this program's own window."""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Who says so: a feed, a publisher or a local analyst.

    Attributes:
        id: Stable slug such as ``misp-threat-actor``.
        title: As printed in a source list.
        publisher: Organisation behind it.
        kind: ``catalogue``, ``own-text``, ``feed`` or ``analyst``.
        licence: Licence name.
        notice: Words that must accompany the content.
        url: https address.
        reliability: Admiralty A to F, our own grading.
        reliability_why: One sentence for that grading.
        tlp: Label given to what carries none.
    """

    id: str
    title: str
    publisher: str
    kind: str
    licence: str
    notice: str
    url: str
    reliability: str
    reliability_why: str
    tlp: str

    def at_least(self, tlp: str) -> SourceInfo:
        """The same source, with a label no lower than another."""
        return replace(self, tlp=highest((parse_tlp(self.tlp), parse_tlp(tlp))).code)


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """Something that is cited. The id is a UUIDv5 of its address (or of publisher and title)."""

    id: str
    title: str
    publisher: str
    url: str
    published: str
    kind: str = ""
    credibility: int | None = None
    rests_on: str = ""


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """One thing one source says.

    Attributes:
        subject: Native id of the entity spoken of.
        predicate: What is said.
        object: Native id or vocabulary code; "" where the value maps to nothing.
        value: As written by the source.
        detail: Qualifiers (who says so, which body), plain JSON values.
        first_seen: ISO 8601 to the year, month or day, or "".
        last_seen: Likewise.
        confidence: ``low``, ``medium`` or ``high`` as the source states it, or "".
        tlp: Label, or "" for the source's default.
        documents: Ids of the documents cited.
    """

    subject: str
    predicate: Predicate
    object: str = ""
    value: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    first_seen: str = ""
    last_seen: str = ""
    confidence: str = ""
    tlp: str = ""
    documents: tuple[str, ...] = ()

    def key(self, source: str, tlp: str = "") -> int:
        """Fingerprint of source and content: the same statement has the same key everywhere.

        ``tlp`` is the source's label, for a statement that bears none of its own.
        """
        return fingerprint(
            canonical(
                [
                    source,
                    self.subject,
                    self.predicate.value,
                    self.object,
                    self.value,
                    self.detail,
                    self.first_seen,
                    self.last_seen,
                    self.confidence,
                    self.tlp or tlp,
                    self.documents,
                ]
            )
        )


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """One feed object as received, and what it states.

    Attributes:
        native_id: The object's own id, or one made with ``stable_id``.
        kind: What it is, by its STIX type where it has one.
        content: The object as canonical JSON; see ``of``.
        statements: What it says.
        edition: What orders the versions of this object, comparable as text (a ``modified``
            time); "" where it has none. In a window an earlier edition does not replace a later
            one unasked.
    """

    native_id: str
    kind: str
    content: bytes
    statements: tuple[StatementDraft, ...] = ()
    edition: str = ""

    @classmethod
    def of(
        cls,
        native_id: str,
        kind: str,
        value: dict[str, Any],
        statements: Iterable[StatementDraft] = (),
        edition: str = "",
    ) -> RecordDraft:
        """A record of a JSON object.

        Raises:
            TypeError: for what canonical JSON cannot hold: a lone surrogate, a whole number beyond
                64 bits, nesting deeper than 254.
        """
        return cls(native_id, kind, canonical(value), tuple(statements), edition)

    def value(self) -> dict[str, Any]:
        """The object, read again."""
        found: dict[str, Any] = orjson.loads(self.content)
        return found

    def sha256(self) -> bytes:
        """Hash of the canonical content: the only thing that decides whether it changed."""
        return hashlib.sha256(self.content).digest()


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An object that was not taken, with its reason in a sentence."""

    native_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Everything one payload says.

    Attributes:
        source: Who says it.
        version: The feed's own version, as printed.
        sha256: Hash of the payload as hexadecimal figures.
        full: True where an object that is absent is gone; False for a window.
        records: In the order of the payload, each native id once.
        documents: Everything cited.
        quarantined: What was not taken.
        edition: What orders the releases of this feed, comparable as text; "" where nothing does.
        kinds: Where ``full``: the kinds of record of which the payload is the whole; empty for all
            kinds of the source.
        repeats: Where these very bytes were the last that was taken of the source: how many records
            they gave. Nothing has been read then, and nothing differs.
        recognisable: Whether a file of that name with these bytes belongs to the source by itself;
            not where a person, or the address it came from, said whose it is.
    """

    source: SourceInfo
    version: str
    sha256: str
    full: bool
    records: tuple[RecordDraft, ...]
    documents: tuple[DocumentDraft, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    edition: str = ""
    kinds: frozenset[str] = frozenset()
    repeats: int = 0
    recognisable: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """A code of a vocabulary with its words, as kept in the database."""

    kind: str
    code: str
    label: str
    detail: str = ""


def document_for(url: str, **fields: Any) -> DocumentDraft:
    """A document known by its address; the id depends on the address alone."""
    draft = DocumentDraft(stable_id("document", url), "", "", url, "")
    return replace(draft, **fields)
