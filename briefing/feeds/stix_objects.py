"""What the domain objects of STIX 2 state about themselves.

Kinds of record without a reader here are kept as received and state nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from briefing.core.changes import Predicate, StatementDraft, document_for, stable_id
from briefing.feeds.addresses import publisher_of
from briefing.feeds.json_fields import objects_in, text_in
from briefing.feeds.plain_text import one_line
from briefing.feeds.stix_around import Around, StixObject
from briefing.feeds.stix_citations import is_address, marked, without_marks
from briefing.feeds.stix_fields import confidence, cve_of, day, label, texts

Reader = Callable[[StixObject, Around], Iterator[StatementDraft]]

_ATTACK_NUMBER = re.compile(r"[GSTMC]\d{4}(?:\.\d{3})?", re.ASCII)
_ALIASES = ("aliases", "x_mitre_aliases", "x_opencti_aliases")
_MOTIVES = ("primary_motivation", "secondary_motivations", "personal_motivations")
_MENTIONED = frozenset(
    (
        *("threat-actor", "intrusion-set", "campaign", "incident", "vulnerability"),
        *("attack-pattern", "malware", "tool", "infrastructure", "course-of-action"),
    )
)
"""What a report can be said to mention; the rest of its objects are its workings."""
_CATALOGUES = ("mitre-", "capec", "cve", "cwe", "nvd")
CAPEC_KINDS = {"attack-pattern": "capec-pattern", "course-of-action": "capec-mitigation"}
"""STIX type → kind of record: CAPEC has patterns of its own, and they are no ATT&CK techniques."""


def is_of_capec(value: dict[str, Any]) -> bool:
    """Whether a pattern or mitigation is CAPEC's own.

    ATT&CK techniques may refer to CAPEC besides; what is CAPEC's has no number in ATT&CK.
    """
    if "x_capec_version" in value or "x_capec_status" in value:
        return True
    named = {
        text_in(reference, "source_name") for reference in objects_in(value, "external_references")
    }
    return "capec" in named and not any(name.startswith("mitre-") for name in named)


def _named(this: StixObject, around: Around) -> Iterator[StatementDraft]:
    """The main name first; each name with the documents that ATT&CK says it comes from."""
    references = this.value.get("external_references")
    labels: dict[str, str] | None = None
    rests_on: dict[str, object] = {}
    for reference in objects_in(this.value, "external_references"):
        rests_on.setdefault(text_in(reference, "source_name"), reference.get("description"))
    for place, name in enumerate(texts(this.value, "name", *_ALIASES)):
        if (place and _ATTACK_NUMBER.fullmatch(name)) or not label(name):
            continue
        cited: tuple[str, ...] = ()
        if name in rests_on:
            labels = around.documents.labels(references) if labels is None else labels
            cited = marked(rests_on[name], labels)
        yield this.says(Predicate.NAMED, value=label(name), documents=cited)


def _described(
    this: StixObject, around: Around, part: str = "description"
) -> Iterator[StatementDraft]:
    written = text_in(this.value, "description")
    kept = without_marks(written)
    if kept:
        labels = around.documents.labels(this.value.get("external_references"))
        yield this.says(
            Predicate.DESCRIBED_AS, object=part, value=kept, documents=marked(written, labels)
        )


def _mentioned(this: StixObject, around: Around) -> Iterator[StatementDraft]:
    for document in around.documents.cited(this.value.get("external_references")):
        yield this.says(
            Predicate.MENTIONED_IN,
            object=document,
            value=around.documents.address(document),
            documents=(document,),
        )


def _motivated(this: StixObject, around: Around) -> Iterator[StatementDraft]:
    words, sure = around.vocabulary, confidence(this.value)
    for raw in texts(this.value, *_MOTIVES):
        if words.is_unstated(raw):
            continue
        motives = words.motives_of(raw) or words.motives_of(raw.replace("-", " "))
        for code in [motive.code for motive in motives] or [""]:
            yield this.says(Predicate.MOTIVATED_BY, object=code, value=label(raw), confidence=sure)
        for goal in dict.fromkeys(motive.goal for motive in motives if motive.goal):
            yield this.says(Predicate.HAS_GOAL, object=goal, value=label(raw), confidence=sure)
    for raw in texts(this.value, "goals"):
        yield this.says(Predicate.HAS_GOAL, value=label(raw), confidence=sure)


def _of_kind(this: StixObject, around: Around) -> Iterator[StatementDraft]:
    """STIX 2.0 has the types of an actor among its labels."""
    words = around.vocabulary
    for raw in texts(this.value, "threat_actor_types", "labels"):
        kind = words.kind_of(raw) or words.kind_of(raw.replace("-", " "))
        if kind and kind.code != "unknown":
            yield this.says(
                Predicate.OF_KIND,
                object=kind.code,
                value=label(raw),
                confidence=confidence(this.value),
            )


def _actor(this: StixObject, around: Around) -> Iterator[StatementDraft]:
    yield from _named(this, around)
    yield from _described(this, around)
    yield from _motivated(this, around)
    yield from _of_kind(this, around)
    since = day(this.value.get("first_seen"))
    if since:
        raw = label(text_in(this.value, "first_seen"))
        yield this.says(Predicate.ACTIVE_SINCE, value=raw, first_seen=since)
    yield from _mentioned(this, around)


def _happened(this: StixObject, around: Around, what: str) -> Iterator[StatementDraft]:
    first, last = this.value.get("first_seen"), this.value.get("last_seen")
    if not (day(first) or day(last)):
        return
    labels = around.documents.labels(this.value.get("external_references"))
    cited = (
        *marked(this.value.get("x_mitre_first_seen_citation"), labels),
        *marked(this.value.get("x_mitre_last_seen_citation"), labels),
    )
    yield this.says(
        Predicate.HAPPENED,
        object=what,
        value=label("/".join(texts(this.value, "first_seen", "last_seen"))),
        first_seen=day(first),
        last_seen=day(last),
        documents=tuple(dict.fromkeys(cited)),
    )


def _campaign(this: StixObject, around: Around) -> Iterator[StatementDraft]:
    yield from _named(this, around)
    yield from _described(this, around)
    yield from _happened(this, around, "active")
    yield from _mentioned(this, around)


def _incident(this: StixObject, around: Around) -> Iterator[StatementDraft]:
    yield from _named(this, around)
    yield from _described(this, around)
    yield from _happened(this, around, "incident")


def _vulnerability(this: StixObject, around: Around) -> Iterator[StatementDraft]:
    """A CVE id is itself the id of a vulnerability, whoever describes it."""
    this.subject = cve_of(this.value) or this.native
    yield from _named(this, around)
    yield from _described(this, around, "summary")


def _report(this: StixObject, around: Around) -> Iterator[StatementDraft]:
    own = (_own_document(this, around),)
    value = this.value
    publisher = _publisher(this, around)
    for name in texts(value, "name"):
        yield this.says(Predicate.NAMED, value=one_line(name), documents=own)
    if publisher:
        yield this.says(Predicate.ISSUED_BY, value=publisher, documents=own)
    yield from _dated(this, own)
    summary = without_marks(text_in(value, "description"))
    if summary:
        yield this.says(
            Predicate.DESCRIBED_AS,
            object="summary",
            value=summary,
            detail={"place": 0},
            documents=own,
        )
    for tag in texts(value, "report_types", "labels"):
        yield this.says(Predicate.DESCRIBED_AS, object="tag", value=label(tag), documents=own)
    for entity in dict.fromkeys(_entities(this, around)):
        yield StatementDraft(
            entity, Predicate.MENTIONED_IN, object=this.native, tlp=this.tlp, documents=own
        )


def _dated(this: StixObject, own: tuple[str, ...]) -> Iterator[StatementDraft]:
    """When it was published, and when last changed since it was written down."""
    stamps = [("published", text_in(this.value, "published"))]
    if text_in(this.value, "modified") != text_in(this.value, "created"):
        stamps.append(("updated", text_in(this.value, "modified")))
    for what, raw in stamps:
        if day(raw):
            yield this.says(
                Predicate.HAPPENED,
                object=what,
                value=label(raw),
                first_seen=day(raw),
                documents=own,
            )


def _entities(this: StixObject, around: Around) -> Iterator[str]:
    """What a report says it is about: CVE ids by themselves, all else by STIX id."""
    for raw in texts(this.value, "object_refs"):
        native = around.reference(raw)
        if native.partition("--")[0] in _MENTIONED:
            kind_of_its_own = native.startswith("vulnerability--")
            yield (cve_of(around.other(native)) if kind_of_its_own else "") or native
    for reference in objects_in(this.value, "external_references"):
        stated = cve_of({"name": text_in(reference, "external_id")})
        if stated:
            yield stated


def _publisher(this: StixObject, around: Around) -> str:
    creator = around.other(around.reference(this.value.get("created_by_ref")))
    return label(text_in(creator, "name"))


def _own_document(this: StixObject, around: Around) -> str:
    """The report as a document: by its address, or by its STIX id where it has none."""
    value = this.value
    url = _own_address(value)
    publisher = _publisher(this, around) or publisher_of(url)
    draft = document_for(
        url,
        title=one_line(text_in(value, "name")),
        publisher=publisher,
        published=day(value.get("published")),
        kind="report",
    )
    if not url:
        draft = replace(draft, id=stable_id("document", this.native))
    return around.documents.add(draft)


def _own_address(value: dict[str, Any]) -> str:
    """The first address of a report; one with a number of its own only where there is no other.

    A number may be the report's own, but one in ATT&CK, CAPEC or CVE is of what it mentions.
    """
    numbered = ""
    for reference in objects_in(value, "external_references"):
        url, source = text_in(reference, "url"), text_in(reference, "source_name").lower()
        if is_address(url) and not source.startswith(_CATALOGUES):
            if "external_id" not in reference:
                return url
            numbered = numbered or url
    return numbered


READERS: dict[str, Reader] = {
    "attack-pattern": _named,
    "campaign": _campaign,
    "course-of-action": _named,
    "identity": _named,
    "incident": _incident,
    "infrastructure": _named,
    "intrusion-set": _actor,
    "location": _named,
    "malware": _named,
    "report": _report,
    "threat-actor": _actor,
    "tool": _named,
    "vulnerability": _vulnerability,
}
"""STIX type → what an object of it states about itself."""
NEED_OTHERS = frozenset(("report",))
"""Types whose objects can only be read when the whole bundle is known."""
