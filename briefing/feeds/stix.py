"""STIX 2.0 and 2.1 bundles: MITRE ATT&CK, OpenCTI's exports, and whatever else speaks STIX.

Format: OASIS STIX 2.0 (``spec_version`` on the bundle) and 2.1 (on each object). Custom types and
properties are normal, references may lead out of the bundle, and objects come in any order. Each
object is written as canonical JSON as soon as it is read, and only what others refer to is read
again, so that a bundle is never held as Python objects. Rows of cases (``stix_rows``) are, since
they are judged together.
"""

from __future__ import annotations

from typing import Any

from briefing.core.case_stix import EXTENSION, is_ours
from briefing.core.changes import (
    ChangeSet,
    Quarantined,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    canonical,
)
from briefing.core.errors import BriefingError
from briefing.core.tlp import parse_tlp
from briefing.feeds.json_fields import text_in
from briefing.feeds.json_reading import Element, JsonText, unwritable
from briefing.feeds.payload import UNMARKED, FeedContext, Payload
from briefing.feeds.recognise import Format, Outline
from briefing.feeds.stix_around import Around, StixObject
from briefing.feeds.stix_attack import AttackRelease, AttackSigns
from briefing.feeds.stix_fields import edition, label, type_in
from briefing.feeds.stix_markings import tlp_of
from briefing.feeds.stix_objects import CAPEC_KINDS, NEED_OTHERS, READERS, is_of_capec
from briefing.feeds.stix_relations import relation_statements
from briefing.feeds.stix_rows import BundleRows, follows_from_rows

_VERSIONS = ("2.0", "2.1")
_QUOTED = 80
"""How much of a hostile text a sentence repeats."""
_INDEX_KEYS = {"id", "name", "collections"}
_NOTHING_CHANGED = "Nothing was changed."


def parse_stix(payload: Payload, context: FeedContext) -> ChangeSet:
    """Read one bundle.

    A whole release of an ATT&CK domain is the whole of its source; anything else is a window.

    Raises:
        BriefingError: for what is no STIX 2 bundle. A single bad object is quarantined with its
            reason and the rest is taken.
    """
    bundle = _Bundle(context)
    top = _read(payload, bundle)
    _refuse_other_versions(payload.name, top)
    return bundle.changes(payload, context)


def _read(payload: Payload, bundle: _Bundle) -> dict[str, Any]:
    """Every object into ``bundle``; what else stands in the file is returned."""
    json = JsonText(payload.name, payload.data)
    top: dict[str, Any] = {}
    found = False
    for key, start in json.members():
        if key != "objects":
            top[key] = json.read().value
        elif json.text[start] != "[":
            raise _no_bundle(payload.name, "its “objects” are no list")
        else:
            found = True
            for element in json.elements():
                bundle.take(element)
    if not found:
        if top.keys() >= _INDEX_KEYS:
            raise BriefingError(
                f"{payload.name} is the index of ATT&CK: it lists the releases and where they are,"
                " and holds none of their objects.",
                remedy="Nothing was changed. Import the release itself, for instance"
                " enterprise-attack-18.1.json, from one of the addresses in the index.",
            )
        raise _no_bundle(payload.name, "it has no list named “objects”")
    return top


def _no_bundle(name: str, why: str) -> BriefingError:
    return BriefingError(f"{name} is no STIX bundle: {why}.", remedy=_NOTHING_CHANGED)


def _refuse_other_versions(name: str, top: dict[str, Any]) -> None:
    # A TAXII server sends the objects of a bundle without the bundle.
    kind = top.get("type", "bundle")
    if kind != "bundle":
        raise _no_bundle(name, f"its type is {_quoted(kind)}")
    version = top.get("spec_version", _VERSIONS[0])
    if version not in _VERSIONS:
        raise BriefingError(
            f"{name} states {_quoted(version)} as its version of STIX, which is not read here.",
            remedy=f"{_NOTHING_CHANGED} Export it as STIX 2.1 or 2.0.",
        )


class _Bundle:
    """The objects of one bundle while they are read."""

    def __init__(self, context: FeedContext) -> None:
        self._around = Around(context.vocabulary)
        self._records: dict[str, RecordDraft] = {}
        self._later: set[str] = set()
        self._found: dict[str, dict[str, Any]] = {}
        self._quarantined: list[Quarantined] = []
        self._kinds: dict[str, str] = {}
        self._creators: set[str] = set()
        self._signs = AttackSigns()
        self._rows = BundleRows()
        self._newest = ""
        self._labels: set[str] = set()
        self._count = 0

    def take(self, element: Element) -> None:
        """Take one object, or put it aside with its reason."""
        self._count += 1
        value = element.value
        reason = element.fault or _fault_of(value)
        if not reason:
            content = _content(value)
            if content:
                self._keep(value, content)
                return
            reason = unwritable(value)
        self._put_aside(value, reason, element.place)

    def changes(self, payload: Payload, context: FeedContext) -> ChangeSet:
        """Everything that was taken, under the source it belongs to."""
        self._read_rest()
        release = self._signs.release(payload.name, self._creators)
        records = tuple(self._records.values())
        cited = {d for record in records for said in record.statements for d in said.documents}
        newest = self._newest
        version = release.version if release else ""
        return ChangeSet(
            source=self._source(payload, context, release),
            version=version or (f"up to {newest[:10]}" if newest else ""),
            sha256=payload.sha256,
            full=bool(release and release.whole),
            records=records,
            documents=self._around.documents.drafts(cited),
            quarantined=tuple(self._quarantined),
            edition=newest if release and release.whole else "",
        )

    def _keep(self, value: dict[str, Any], content: bytes) -> None:
        native, kind = value["id"], value["type"]
        is_row = "extensions" in value and is_ours(value)
        if native == EXTENSION or (is_row and follows_from_rows(value)):
            return
        stamp = edition(value)
        held = self._records.get(native)
        if held is not None and not self._replaces(held, value, content, stamp):
            return
        creator = value.get("created_by_ref")
        if type(creator) is str:
            self._creators.add(creator)
        if is_row:
            self._rows.add(native, value, self._count)
        elif kind != "relationship":
            self._signs.see(kind, value)
        # The collection is dated by the day of release; all files of a release share the rest.
        if stamp > self._newest and kind != "x-mitre-collection":
            self._newest = stamp
        said = () if is_row else self._statements(value, native, kind)
        if said is None:
            self._later.add(native)
        else:
            self._later.discard(native)
        if kind in CAPEC_KINDS and is_of_capec(value):
            kind = CAPEC_KINDS[kind]
        kind = self._kinds.setdefault(kind, kind)
        self._records[native] = RecordDraft(native, kind, content, said or (), stamp)

    def _replaces(
        self, held: RecordDraft, value: dict[str, Any], content: bytes, stamp: str
    ) -> bool:
        """Whether an object takes the place of one with the same id."""
        if held.content == content:
            return False
        self._put_aside(value, "it shares its id with another object, and the later is kept.")
        if stamp < held.edition:
            return False
        self._rows.drop(held.native_id)
        return True

    def _statements(
        self, value: dict[str, Any], native: str, kind: str
    ) -> tuple[StatementDraft, ...] | None:
        """What an object states; None where other objects are needed for that and not known."""
        reader = READERS.get(kind)
        if reader is None and kind != "relationship":
            return ()
        around = self._around
        tlp = tlp_of(value, around.find)
        if tlp is None or (kind in NEED_OTHERS and around.find is None):
            return None
        self._labels.add(tlp)
        if reader is None:
            return relation_statements(value, tlp, around)
        return tuple(reader(StixObject(value, native, tlp), around))

    def _read_rest(self) -> None:
        """Read again what had to wait for the whole bundle."""
        self._around.find = self._find
        for native, draft in self._records.items():
            if native in self._later:
                value = draft.value()
                said = self._statements(value, native, value["type"])
                self._records[native] = RecordDraft(
                    native, draft.kind, draft.content, said or (), draft.edition
                )
        self._read_rows()
        # Out of the circle: else all drafts would stay until the collector comes by.
        self._around.find = None

    def _read_rows(self) -> None:
        """Rows of cases can only be judged together."""
        read = self._rows.read()
        for number, (native, fault) in read.refused.items():
            del self._records[native]
            self._put_aside({"id": native}, fault, number=number)
        self._records.update(read.records)
        self._labels |= read.labels
        for document in read.documents:
            self._around.documents.add(document)

    def _find(self, native: str) -> dict[str, Any] | None:
        found = self._found.get(native)
        if found is None and native in self._records:
            found = self._found[native] = self._records[native].value()
        return found

    def _source(
        self, payload: Payload, context: FeedContext, release: AttackRelease | None
    ) -> SourceInfo:
        """ATT&CK's domain, else whoever has created every object, else the name of the file."""
        if release is not None:
            return context.source(release.source)
        if len(self._creators) == 1:
            (creator,) = self._creators
            name = label(text_in(self._find(creator) or {}, "name"))
            if name:
                return context.unknown_source(name, tlp=self._label())
        return context.unknown_source(payload.stem, tlp=self._label())

    def _label(self) -> str:
        """What the bundle bears as a whole: its highest label where everything in it has one."""
        if not self._labels or "" in self._labels:
            return UNMARKED
        return max(parse_tlp(label) for label in self._labels).code

    def _put_aside(
        self, value: object, reason: str, place: str = "", *, number: int | None = None
    ) -> None:
        native = text_in(value, "id") if isinstance(value, dict) else ""
        named = native if type_in(native) else label(native)[:_QUOTED]
        at = f" ({place})" if place else ""
        which = self._count if number is None else number
        self._quarantined.append(Quarantined(named, f"Object {which}{at}: {reason}"))


def _content(value: dict[str, Any]) -> bytes:
    """The object as canonical JSON; nothing where it cannot be written."""
    try:
        return canonical(value)
    except TypeError:
        return b""


def _quoted(value: object) -> str:
    """The beginning of a hostile text, for a sentence."""
    return f"“{label(value)[:_QUOTED]}”" if isinstance(value, str) else "no text"


def _fault_of(value: object) -> str:
    """Why an object cannot be taken, in a sentence; "" where it can."""
    if type(value) is not dict:
        return "it is no JSON object."
    kind, native = value.get("type"), value.get("id")
    if type(kind) is not str or not kind:
        return "it has no type."
    if type(native) is not str or not native:
        return "it has no id."
    stated = type_in(native)
    if not stated:
        return f"its id is {_quoted(native)}, which is no STIX id."
    if stated != kind:
        return f"its id is that of a {_quoted(stated)}, and its type is {_quoted(kind)}."
    version = value.get("spec_version")
    if version is not None and version not in _VERSIONS:
        return f"it states {_quoted(version)} as its version of STIX, which is not read here."
    return ""


def _matches(outline: Outline) -> bool:
    if outline.kind != "json-object":
        return False
    native = outline.first.get("id")
    return (
        outline.first.get("type") == "bundle"
        or (isinstance(native, str) and native.startswith("bundle--"))
        or ("objects" in outline.keys and {"type", "id"} <= set(outline.inner))
        or (set(outline.keys) >= _INDEX_KEYS and "versions" in outline.inner)
    )


FORMAT = Format("stix", "STIX 2 bundle (MITRE ATT&CK, OpenCTI and others)", _matches, parse_stix)
