"""Government advisories that come with the program: the TOML files of ``data/advisories``.

A file holds one or more ``[[advisory]]`` tables, under the day on which it was recorded. Each is a
bibliographic record: who issued what, when, and where it can be read. A written one says besides in
our words what it tells, for whom, and what to do. Three lists say what it is linked to, and why:
``names`` (it does so itself), ``cited_for`` (MITRE ATT&CK cites it for that) and ``our_reading``
(mapped here from what it describes). The form is strict for the same reason as that of a profile.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import Any

from briefing.core.advisory import READERS, LinkBasis
from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    stable_id,
)
from briefing.core.errors import BriefingError
from briefing.core.grading import CREDIBILITY
from briefing.core.profile import ProfileSource, parse_partial_date
from briefing.core.tlp import Tlp
from briefing.core.vocabulary import Vocabulary
from briefing.core.wording import counted
from briefing.feeds.advisory_pages import cisa_number, numbered_id
from briefing.feeds.attack_names import AttackName, page_of
from briefing.feeds.guidance import action_id
from briefing.feeds.incident_entry import Entry
from briefing.feeds.payload import Payload
from briefing.feeds.profile_changes import document_of

SOURCE = "threat-briefing-advisories"
KINDS = ("advisory", "report")
"""A warning or guidance of an authority; or what one reports about attackers or does about them."""
FIELDS = (
    *("id", "number", "kind", "title", "issuers", "published", "updated", "url", "other_urls"),
    *("archived", "languages", "names", "cited_for", "our_reading", "sectors", "countries"),
    *("readers", "audience", "abstract", "do", "coverage"),
)
"""Fields of an advisory, in the order in which they are written."""
_WRITTEN = ("readers", "audience", "abstract", "do")
_HEAD = ("recorded", "tlp", "credibility")
_LINKS: Mapping[str, str] = {
    "names": LinkBasis.STATED.value,
    "cited_for": LinkBasis.CITED.value,
    "our_reading": LinkBasis.READING.value,
}
"""Field with ids of what an advisory is linked to → on which ground."""

_LINKABLE = "Write an id of ATT&CK that is bundled or in attack.toml, misp:<uuid>, or a CVE id."
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)
_CVE = re.compile(r"CVE-\d{4}-\d{4,19}", re.ASCII)
_MISP = re.compile(r"misp:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Known:
    """What an advisory may refer to.

    Attributes:
        vocabulary: Sectors and countries.
        issuers: Code of an issuer → its name.
        objects: ATT&CK id → the object.
        actions: Slugs of protective actions.
    """

    vocabulary: Vocabulary
    issuers: Mapping[str, str]
    objects: Mapping[str, AttackName]
    actions: Collection[str]


def advisory_changes(files: Iterable[Payload], source: SourceInfo, known: Known) -> ChangeSet:
    """All files as one full change-set.

    Raises:
        BriefingError: for the first rule that a file breaks, with the entry and what to write.
    """
    digest = hashlib.sha256()
    records: dict[str, RecordDraft] = {}
    documents: dict[str, DocumentDraft] = {}
    slugs: set[str] = set()
    for payload in files:
        digest.update(payload.data)
        for one in read_advisories(payload, known):
            slug = one.text("id")
            if slug in slugs or one.native in records:
                raise one.entry.error(f"“{slug}” is there twice.", "Make one entry of the two.")
            slugs.add(slug)
            records[one.native] = one.record(source)
            documents.update((document.id, document) for document in one.documents())
    return ChangeSet(
        source=source,
        version=counted(len(records), "government publication"),
        sha256=digest.hexdigest(),
        full=True,
        records=tuple(records.values()),
        documents=tuple(documents.values()),
    )


def read_advisories(payload: Payload, known: Known) -> Iterator[OwnAdvisory]:
    """The advisories of one file, each checked.

    Raises:
        BriefingError: for the first rule that the file breaks.
    """
    name = PurePath(payload.name).name
    try:
        values = tomllib.loads(payload.data.decode())
    except ValueError as error:
        raise BriefingError(
            f"{name} is not TOML in UTF-8: {error}.", remedy="Correct the file; nothing was taken."
        ) from error
    tables = values.pop("advisory", [])
    head = Entry(name, "file", "the head of the file", values)
    head.check(_HEAD)
    _check_head(head)
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise head.error("it holds no advisory.", "Write one [[advisory]] table for each.")
    for place, table in enumerate(tables, start=1):
        entry = Entry(name, "advisory", f"[[advisory]] {place} “{table.get('id', '')}”", table)
        entry.check(FIELDS)
        entry.check_dates(head.text("recorded"))
        one = OwnAdvisory(entry, head, known)
        one.check()
        yield one


def _check_head(head: Entry) -> None:
    recorded = head.text("recorded")
    try:
        parse_partial_date(recorded)
    except ValueError as error:
        raise head.error(f"“recorded”: {error}") from error
    if not _DAY.fullmatch(recorded):
        raise head.error("“recorded” is no day.", "Write it as 2026-11-24.")
    labels = [label.code for label in Tlp]
    if head.text("tlp") not in labels:
        raise head.error("“tlp” is no label.", f"Use one of: {', '.join(labels)}.")
    if head.values["credibility"] not in CREDIBILITY:
        raise head.error("“credibility” is no grade.", "Write a number from 1 to 6.")


class OwnAdvisory:
    """One table: what is wrong with it, and what it says."""

    def __init__(self, entry: Entry, head: Entry, known: Known) -> None:
        """Nothing is checked yet; see ``check``."""
        self.entry = entry
        self._head = head
        self._known = known
        self.text = entry.text

    @property
    def native(self) -> str:
        """Native id: that of CISA's own file where CISA numbered it, else made of the slug."""
        number = self.text("number")
        if number and cisa_number(number) == number:
            return numbered_id(number)
        return stable_id("advisory", SOURCE, self.text("id"))

    def check(self) -> None:
        """Refuse what breaks the form.

        Raises:
            BriefingError: for the first rule that is broken.
        """
        entry, vocabulary = self.entry, self._known.vocabulary
        if not _SLUG.fullmatch(self.text("id")):
            raise entry.error("“id” is no slug.", "Use a to z, 0 to 9 and hyphens.")
        if self.text("kind") not in KINDS:
            raise entry.error("“kind” is unknown.", f"Use one of: {', '.join(KINDS)}.")
        if not self.text("title") and not self.text("number"):
            raise entry.error("it has neither title nor number.", "Write one of the two.")
        sectors = {**vocabulary.sectors, **vocabulary.scopes}
        countries = {**vocabulary.countries, **vocabulary.places}
        each: tuple[tuple[str, Callable[[str], object], str], ...] = (
            ("issuers", self._known.issuers.__contains__, "Add it to producers.toml."),
            ("other_urls", _ADDRESS.fullmatch, "Give the whole https address."),
            ("languages", _LANGUAGE.fullmatch, "Write a code of ISO 639-1, such as en."),
            ("sectors", sectors.__contains__, "Use a code of sectors.toml."),
            ("countries", countries.__contains__, "Use a code of countries.toml or places.toml."),
            ("readers", READERS.__contains__, f"Use some of: {', '.join(READERS)}."),
            *((field, self._is_linkable, _LINKABLE) for field in _LINKS),
        )
        for field, fits, remedy in each:
            entry.each(field, fits, remedy)
        if not entry.listed("issuers"):
            raise entry.error("it names no issuer.", "Write at least one.")
        if not _ADDRESS.fullmatch(self.text("url")):
            raise entry.error("“url” is no https address.", "Give the whole address.")
        if entry.values.get("archived", True) is not True:
            raise entry.error("“archived” is not true.", "Write true, or leave it out.")
        self._check_written()

    def record(self, source: SourceInfo) -> RecordDraft:
        """What is written, and what it states."""
        tlp = self._head.text("tlp")
        say = partial(StatementDraft, self.native, tlp="" if tlp == source.tlp else tlp)
        content = {**self.entry.values, **self._head.values}
        return RecordDraft.of(self.native, self.text("kind"), content, self._statements(say))

    def documents(self) -> Iterator[DocumentDraft]:
        """The publication, those that report it, and the pages of ATT&CK that cite it."""
        yield self._own()
        yield from map(self._coverage, self._tables("coverage"))
        for one in self.entry.listed("cited_for"):
            yield document_of(page_of(one, self._known.objects[one].name))

    def _statements(self, say: partial[StatementDraft]) -> Iterator[StatementDraft]:
        own = (self._own().id,)
        cited = (*own, *(self._coverage(table).id for table in self._tables("coverage")))
        known = self._known
        detail = {
            name: self.entry.values[field]
            for name, field in (("id", "number"), ("languages", "languages"))
            if field in self.entry.values
        }
        title = self.text("title") or self.text("number")
        yield say(Predicate.NAMED, value=title, detail=detail, documents=own)
        for code in self.entry.listed("issuers"):
            yield say(Predicate.ISSUED_BY, code, known.issuers[code], documents=own)
        for what in ("published", "updated"):
            day = self.text(what)
            if day:
                yield say(Predicate.HAPPENED, what, day, first_seen=day, documents=own)
        if "archived" in self.entry.values:
            yield say(Predicate.DESCRIBED_AS, "tag", "archived by its issuer", documents=own)
        yield from self._written(partial(say, documents=cited))
        yield from self._concerned(partial(say, Predicate.CONCERNS, documents=cited))
        yield from self._linked(partial(say, documents=cited), own)

    def _written(self, say: partial[StatementDraft]) -> Iterator[StatementDraft]:
        if not self.text("abstract"):
            return
        yield say(Predicate.DESCRIBED_AS, "summary", self.text("abstract"), {"place": 1})
        readers = self.entry.listed("readers")
        yield say(Predicate.DESCRIBED_AS, "audience", self.text("audience"), {"readers": readers})
        for place, step in enumerate(self._tables("do"), start=1):
            slug = step.text("action")
            more = {"action": action_id(slug)} if slug else {}
            yield say(Predicate.ADVISED, value=step.text("text"), detail={"place": place, **more})

    def _concerned(self, say: partial[StatementDraft]) -> Iterator[StatementDraft]:
        words = self._known.vocabulary
        for code in self.entry.listed("sectors"):
            sector = words.sectors.get(code) or words.scopes[code]
            yield say(code, sector.label, {"scope": "sector"})
        for code in self.entry.listed("countries"):
            place = words.countries.get(code) or words.places[code]
            yield say(code, place.label, {"scope": "country"})

    def _linked(
        self, say: partial[StatementDraft], own: tuple[str, ...]
    ) -> Iterator[StatementDraft]:
        for field, basis in _LINKS.items():
            detail = {} if basis == LinkBasis.STATED.value else {"basis": basis}
            for one in self.entry.listed(field):
                made = say(Predicate.MENTIONED_IN, self.native, one, detail)
                documents = made.documents
                if basis == LinkBasis.CITED.value:
                    page = document_of(page_of(one, self._known.objects[one].name))
                    documents = (*own, page.id)
                yield replace(made, subject=self._subject(one), documents=documents)

    def _is_linkable(self, one: str) -> bool:
        return bool(one in self._known.objects or _CVE.fullmatch(one) or _MISP.fullmatch(one))

    def _subject(self, one: str) -> str:
        """Native id of what an entry of a list of links stands for."""
        found = self._known.objects.get(one)
        if found is not None:
            return found.native
        misp = _MISP.fullmatch(one)
        return f"threat-actor--{misp[1]}" if misp else one

    def _check_written(self) -> None:
        entry = self.entry
        there = [field for field in _WRITTEN if entry.values.get(field)]
        if there and len(there) < len(_WRITTEN):
            missing = next(field for field in _WRITTEN if field not in there)
            remedy = f"A written advisory has all of: {', '.join(_WRITTEN)}."
            raise entry.error(f"“{missing}” is missing.", remedy)
        for table in self._tables("do"):
            table.check(("text", "action"))
            if table.text("text").endswith("."):
                raise table.error("“text” ends with a full stop.", "Take the full stop away.")
            slug = table.text("action")
            if slug and slug not in self._known.actions:
                raise table.error(f"no action is called “{slug}”.", "See data/guidance.")
        for table in self._tables("coverage"):
            table.check(("title", "publisher", "url", "published"))
            table.check_dates(self._head.text("recorded"))
            if not _ADDRESS.fullmatch(table.text("url")):
                raise table.error("“url” is no https address.", "Give the whole address.")
        for field in ("abstract", "audience"):
            if self.text(field) and not self.text(field).endswith("."):
                raise entry.error(f"“{field}” does not end with a full stop.", "Add it.")

    def _tables(self, field: str) -> list[Entry]:
        """The inline tables of ``do`` or ``coverage``."""
        kind = {"do": "step", "coverage": "document"}[field]
        found: Any = self.entry.values.get(field, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.entry.error(f"“{field}” is no list of tables.", f"Write {field} = [{{…}}].")
        return [
            Entry(self.entry.file, kind, f"{self.entry.place}, {field} {place}", table)
            for place, table in enumerate(found, start=1)
        ]

    def _own(self) -> DocumentDraft:
        return self._document(self.entry, self._publisher())

    def _coverage(self, table: Entry) -> DocumentDraft:
        return self._document(table, table.text("publisher"), self._publisher())

    def _publisher(self) -> str:
        return self._known.issuers[self.entry.listed("issuers")[0]]

    def _document(self, table: Entry, publisher: str, rests_on: str = "") -> DocumentDraft:
        written = ProfileSource(
            key="",
            title=table.text("title") or table.text("number"),
            publisher=publisher,
            url=table.text("url"),
            published=table.text("published"),
            kind="press" if rests_on else "gov",
            credibility=self._head.values["credibility"],
            rests_on=rests_on,
        )
        return document_of(written)
