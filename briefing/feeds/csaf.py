"""Security advisories in the Common Security Advisory Framework (CSAF 2.0 and 2.1, JSON).

Format: https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html. One file is one advisory.
Quirks met on real data: the text changes while version and date stand still; the publisher writes
its own references after those of the vendor it repeats; sectors and countries stand in notes and
say where a product is in use, never that anybody is attacked there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    canonical,
    document_for,
    stable_id,
)
from briefing.core.errors import BriefingError
from briefing.core.tlp import parse_tlp
from briefing.feeds.csaf_advice import advice, severities
from briefing.feeds.csaf_deployment import deployments
from briefing.feeds.csaf_notes import Note, notes_of
from briefing.feeds.csaf_products import affected_products
from briefing.feeds.json_fields import object_in, objects_in, text_in, utc_text
from briefing.feeds.json_reading import JsonText, unwritable
from briefing.feeds.payload import UNMARKED, FeedContext, Payload
from briefing.feeds.plain_text import one_line, plain_text
from briefing.feeds.products import affects
from briefing.feeds.recognise import Format, Outline

CISA = "cisa-csaf"
"""Source of what the Cybersecurity and Infrastructure Security Agency publishes."""
_CISA_HOST = "cisa.gov"
_PARTS = frozenset(("$schema", "document", "product_tree", "vulnerabilities"))
_SUMMARIES = ("summary", "description")
_MOST_NOTES = 5
_LONGEST_ADDRESS = 2000
_FILE_ENDINGS = (".json", ".txt", ".pdf", ".xml")
_QUOTED = 80


@dataclass(frozen=True)
class Advisory:
    """One CSAF document that has what every advisory needs.

    Attributes:
        content: The whole document.
        document: Its part ``document``.
        tracking: ``document.tracking``.
        publisher: ``document.publisher``.
        native_id: Made of the publisher's namespace and the tracking id, which is unique in it.
        title: On one line.
        url: Where the file came from, where that was the network.
    """

    content: dict[str, Any]
    document: dict[str, Any]
    tracking: dict[str, Any]
    publisher: dict[str, Any]
    native_id: str
    title: str
    url: str

    @classmethod
    def of(cls, content: dict[str, Any], payload: Payload) -> Advisory:
        """Take a document, or say what it lacks.

        Raises:
            BriefingError: where it is no CSAF 2, or names no publisher, tracking id or title.
        """
        document = object_in(content, "document")
        version = text_in(document, "csaf_version")
        if not version.startswith("2."):
            said = f"it says “{one_line(version, _QUOTED)}”" if version else "it names none"
            raise _refused(payload, f"only CSAF 2.0 and 2.1 are read here, and {said}.")
        tracking, publisher = object_in(document, "tracking"), object_in(document, "publisher")
        namespace, own_id = text_in(publisher, "namespace"), text_in(tracking, "id")
        title = one_line(text_in(document, "title"))
        for value, what in (
            (namespace, "namespace of a publisher"),
            (own_id, "tracking id"),
            (title, "title"),
        ):
            if not value:
                raise _refused(payload, f"the advisory has no {what}.")
        native = stable_id("advisory", namespace, own_id)
        return cls(content, document, tracking, publisher, native, title, payload.url)

    @cached_property
    def publisher_name(self) -> str:
        """Who issued it; the host of the namespace where no name is given."""
        name = one_line(text_in(self.publisher, "name"))
        return name or self.publisher_host or one_line(text_in(self.publisher, "namespace"))

    @cached_property
    def publisher_host(self) -> str:
        """Host of the publisher's namespace without ``www.``."""
        return _host(text_in(self.publisher, "namespace"))

    @property
    def from_cisa(self) -> bool:
        """Whether the document says that CISA published it."""
        return _belongs(self.publisher_host, _CISA_HOST)

    @property
    def label(self) -> str:
        """The TLP label of the document as a code; "" where it bears none.

        A label that nobody knows is RED.
        """
        written = object_in(object_in(self.document, "distribution"), "tlp").get("label")
        if written is None:
            return ""
        return parse_tlp(written if isinstance(written, str) else "").code

    @property
    def edition(self) -> str:
        """What orders the revisions of one advisory: the date of the release, then its version.

        A document whose history holds one revision is the first release, whatever it gives as its
        current date: CISA wrote the day of a conversion there and took it back later, so that by
        the date alone 19 of 25 corrected advisories would be older than what they correct.
        """
        dates = [utc_text(text_in(self.tracking, "current_release_date"))]
        if len(objects_in(self.tracking, "revision_history")) == 1:
            dates.append(utc_text(text_in(self.tracking, "initial_release_date")))
        released = min(filter(None, dates), default="")
        version = comparable_version(text_in(self.tracking, "version"))
        return f"{released} {version}" if released else ""

    @cached_property
    def page(self) -> DocumentDraft:
        """The advisory as a document: its own page at its publisher, or the best there is."""
        addresses = [
            url
            for reference in objects_in(self.document, "references")
            if text_in(reference, "category") == "self"
            and _is_web(url := text_in(reference, "url"))
        ]
        if _is_web(self.url):
            addresses.append(self.url)
        url = min(addresses, key=self._distance, default="")
        page = document_for(
            url,
            title=self.title,
            publisher=self.publisher_name,
            published=utc_text(text_in(self.tracking, "initial_release_date"))[:10],
        )
        return page if url else replace(page, id=stable_id("document", self.native_id))

    def _distance(self, url: str) -> tuple[bool, bool]:
        """How far an address is from the publisher's own page; the first of equals is taken."""
        foreign = not _belongs(_host(url), self.publisher_host)
        return foreign, urlsplit(url).path.lower().endswith(_FILE_ENDINGS)


def parse_csaf(payload: Payload, context: FeedContext) -> ChangeSet:
    """Read one advisory.

    Raises:
        BriefingError: where the file is no CSAF 2 document, or lacks what every advisory needs.
    """
    content = _read(payload)
    written = _written(payload, content)
    advisory = Advisory.of(content, payload)
    source = _source(advisory, context)
    statements = tuple(_statements(advisory, context, _marking(advisory, source, context)))
    return ChangeSet(
        source=source,
        version=one_line(text_in(advisory.tracking, "version"), _QUOTED),
        sha256=payload.sha256,
        full=False,
        records=(
            RecordDraft(advisory.native_id, "advisory", written, statements, advisory.edition),
        ),
        documents=(advisory.page,),
    )


def comparable_version(version: str) -> str:
    """A version (``3`` or ``1.2.0-rc.1``, semver 2.0) as text that orders as versions do."""
    core, _, early = version[:_QUOTED].partition("+")[0].partition("-")
    padded = ".".join(part[:10].zfill(10) for part in core.split(".")[:3])
    steps = ".".join(part.zfill(10) if part.isdigit() else part for part in early.split("."))
    # "~" follows every other character of a version: a release follows its early versions.
    return f"{padded}-{steps}" if early else f"{padded}~"


def _read(payload: Payload) -> dict[str, Any]:
    text = JsonText(payload.name, payload.data)
    content: dict[str, Any] = {}
    for key, _ in text.members():
        element = text.read()
        if element.fault:
            raise _refused(payload, f"from {element.place} on {element.fault}")
        content[key] = element.value
    return content


def _written(payload: Payload, content: dict[str, Any]) -> bytes:
    try:
        return canonical(content)
    except TypeError as error:
        raise _refused(payload, unwritable(content)) from error


def _refused(payload: Payload, reason: str) -> BriefingError:
    return BriefingError(
        f"{payload.name} was not taken: {reason}",
        remedy="Nothing was changed. Download the file again, or ask its publisher.",
    )


def _source(advisory: Advisory, context: FeedContext) -> SourceInfo:
    if advisory.from_cisa:
        return context.source(CISA)
    name = advisory.publisher_name
    return context.unknown_source(name, name, advisory.label or UNMARKED)


def _marking(advisory: Advisory, source: SourceInfo, context: FeedContext) -> str:
    """The label of every statement; "" where a known source says the same of all it publishes.

    Advisories of a publisher nobody knows bear their own always: each may have another label, and
    those read together become one change-set under the source of the first.
    """
    if advisory.from_cisa or context.chosen:
        return "" if advisory.label == source.tlp else advisory.label
    return advisory.label or UNMARKED


def _statements(advisory: Advisory, context: FeedContext, tlp: str) -> Iterator[StatementDraft]:
    shared: dict[str, Any] = {"tlp": tlp, "documents": (advisory.page.id,)}
    native, notes = advisory.native_id, notes_of(advisory.document)

    def state(predicate: Predicate, **fields: Any) -> StatementDraft:
        return StatementDraft(native, predicate, **fields, **shared)

    own_id = one_line(text_in(advisory.tracking, "id"))
    yield state(Predicate.NAMED, value=advisory.title, detail={"id": own_id})
    yield state(Predicate.ISSUED_BY, value=advisory.publisher_name)
    for what, key in (("published", "initial_release_date"), ("updated", "current_release_date")):
        raw = text_in(advisory.tracking, key)
        if raw:
            day = utc_text(raw)[:10]
            yield state(
                Predicate.HAPPENED, object=what, value=one_line(raw, _QUOTED), first_seen=day
            )
    for what, categories in (("summary", _SUMMARIES), ("details", ("details",))):
        for place, text in enumerate(_described(notes, categories), start=1):
            yield state(Predicate.DESCRIBED_AS, object=what, value=text, detail={"place": place})
    for place, (text, more) in enumerate(advice(advisory.content, notes), start=1):
        yield state(Predicate.ADVISED, value=text, detail={"place": place, **more})
    vendor = advisory.publisher_name if text_in(advisory.publisher, "category") == "vendor" else ""
    for maker, product in affected_products(advisory.content, vendor):
        yield affects(native, maker, product, **shared)
    for scope, code, raw in deployments(notes, context.vocabulary):
        yield state(Predicate.DEPLOYED_IN, object=code, value=raw, detail={"scope": scope})
    for cve, score in severities(advisory.content).items():
        yield StatementDraft(cve, Predicate.MENTIONED_IN, native, cve, detail=score, **shared)


def _described(notes: Iterable[Note], categories: tuple[str, ...]) -> list[str]:
    texts = {plain_text(note.text): None for note in notes if note.category in categories}
    texts.pop("", None)
    return list(texts)[:_MOST_NOTES]


def _is_web(url: str) -> bool:
    """An address that can be cited: one that has a host, and is not written to mislead."""
    return (
        url.lower().startswith(("https://", "http://"))
        and len(url) <= _LONGEST_ADDRESS
        and url.isprintable()
        and " " not in url
        and bool(_host(url))
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _belongs(host: str, domain: str) -> bool:
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _matches(outline: Outline) -> bool:
    if outline.kind != "json-object" or not outline.keys or not set(outline.keys) <= _PARTS:
        return False
    document = outline.first.get("document")
    seen = set(document) if isinstance(document, dict) else set(outline.inner)
    if outline.keys[-1] == "document" or "document" in outline.keys:
        return bool(seen & {"csaf_version", "tracking", "publisher", "category"})
    return bool(seen & {"product_status", "cve", "branches", "category", "remediations"})


FORMAT = Format("csaf", "Security advisory (CSAF)", _matches, parse_csaf)
