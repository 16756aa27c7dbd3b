"""Government advisories that come with the program: the TOML files of ``data/advisories``.

A file holds one or more ``[[advisory]]`` tables, under the day on which it was recorded. Each is a
bibliographic record: who issued what, when, and where it can be read. A written one says besides in
our words what it tells, for whom, and what to do. Three lists say what it is linked to, and why:
``names`` (it does so itself), ``cited_for`` (MITRE ATT&CK cites it for that) and ``our_reading``
(mapped here from what it describes). The form is strict for the same reason as that of a profile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

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
from briefing.core.profile import ProfileSource
from briefing.core.tlp import Tlp
from briefing.core.vocabulary import Vocabulary
from briefing.core.wording import counted
from briefing.feeds.advisory_pages import cisa_number, numbered_id
from briefing.feeds.attack_names import AttackName, page_of
from briefing.feeds.guidance import action_id
from briefing.feeds.own_changes import document_of, whole_source
from briefing.feeds.own_table import ADDRESS, Table, read_table
from briefing.feeds.payload import Payload

SOURCE = "threat-briefing-advisories"
KINDS = ("advisory", "report")
"""A warning or guidance of an authority; or what one reports about attackers or does about them."""
FIELDS = (
    *("id", "number", "kind", "title", "issuers", "published", "updated", "url", "other_urls"),
    *("archived", "languages", "names", "cited_for", "our_reading", "sectors", "countries"),
    *("readers", "audience", "abstract", "do", "coverage"),
)
"""Fields of an advisory, in the order in which they are written."""
_COVERAGE = ("title", "publisher", "url")
_WRITTEN = ("readers", "audience", "abstract", "do")
_NEEDED = ("id", "kind", "issuers", "url")
_HEAD = ("recorded", "tlp", "credibility")
_LINKS: Mapping[str, str] = {
    "names": LinkBasis.STATED.value,
    "cited_for": LinkBasis.CITED.value,
    "our_reading": LinkBasis.READING.value,
}
"""Field with ids of what an advisory is linked to → on which ground."""

_LINKABLE = "Write an id of ATT&CK that is bundled or in attack.toml, misp:<uuid>, or a CVE id."
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
        OwnTextError: for the first rule that a file breaks, with the entry and what to write.
    """
    listed = tuple(files)
    found: dict[str, OwnAdvisory] = {}
    slugs: set[str] = set()
    for one in (one for payload in listed for one in read_advisories(payload, known)):
        slug = one.text("id")
        if slug in slugs or one.native in found:
            remedy = "Make one entry of the two."
            raise one.entry.error("id", f"“{slug}” is there twice.", remedy)
        slugs.add(slug)
        found[one.native] = one
    return whole_source(
        source,
        counted(len(found), "government publication"),
        (one.record(source) for one in found.values()),
        (document for one in found.values() for document in one.documents()),
        read=(payload.data for payload in listed),
    )


def read_advisories(payload: Payload, known: Known) -> Iterator[OwnAdvisory]:
    """The advisories of one file, each checked.

    Raises:
        OwnTextError: for the first rule that the file breaks.
    """
    whole = read_table(payload.data, payload.name)
    head, tables = whole.called("the head of the file"), whole.tables("advisory", 1)
    head.check(_HEAD, _HEAD)
    recorded = head.day("recorded")
    head.one_of("tlp", [label.code for label in Tlp])
    head.whole_number("credibility", 1, 6)
    for table in tables:
        entry = table.called(f"{table.place} “{table.values.get('id', '')}”")
        entry.check(_NEEDED, FIELDS)
        for field in ("published", "updated"):
            entry.date(field, until=recorded)
        one = OwnAdvisory(entry, head, known)
        one.check()
        yield one


class OwnAdvisory:
    """One table: what is wrong with it, and what it says."""

    def __init__(self, entry: Table, head: Table, known: Known) -> None:
        """Nothing is checked yet; see ``check``."""
        self.entry = entry
        self._head = head
        self._known = known
        self.text = partial(entry.text, optional=True)

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
        entry.slug("id")
        entry.one_of("kind", KINDS)
        if not self.text("title") and not self.text("number"):
            raise entry.error("", "it has neither title nor number.", "Write one of the two.")
        sectors = {**vocabulary.sectors, **vocabulary.scopes}
        countries = {**vocabulary.countries, **vocabulary.places}
        issuers = self._known.issuers
        each: tuple[tuple[str, Callable[[str], object], str], ...] = (
            ("other_urls", ADDRESS.fullmatch, "Give the whole https address."),
            ("languages", _LANGUAGE.fullmatch, "Write a code of ISO 639-1, such as en."),
            ("sectors", sectors.__contains__, "Use a code of sectors.toml."),
            ("countries", countries.__contains__, "Use a code of countries.toml or places.toml."),
            ("readers", READERS.__contains__, f"Use some of: {', '.join(READERS)}."),
            *((field, self._is_linkable, _LINKABLE) for field in _LINKS),
        )
        entry.many("issuers", issuers.__contains__, "Add it to producers.toml.")
        for field, fits, remedy in each:
            entry.many(field, fits, remedy, least=0, optional=True)
        entry.address("url")
        if entry.values.get("archived", True) is not True:
            raise entry.error("archived", "it is not true.", "Write true, or leave it out.")
        self._check_written()

    def record(self, source: SourceInfo) -> RecordDraft:
        """What is written, and what it states."""
        tlp = self._head.text("tlp")
        say = partial(StatementDraft, self.native, tlp="" if tlp == source.tlp else tlp)
        content = {**self.entry.values, **{name: self._head.values[name] for name in _HEAD}}
        return RecordDraft.of(self.native, self.text("kind"), content, self._statements(say))

    def documents(self) -> Iterator[DocumentDraft]:
        """The publication, those that report it, and the pages of ATT&CK that cite it."""
        yield self._own()
        yield from map(self._coverage, self.entry.tables("coverage"))
        for one in self.entry.listed("cited_for"):
            yield document_of(page_of(one, self._known.objects[one].name))

    def _statements(self, say: partial[StatementDraft]) -> Iterator[StatementDraft]:
        own = (self._own().id,)
        cited = (*own, *(self._coverage(table).id for table in self.entry.tables("coverage")))
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
        for place, step in enumerate(self.entry.tables("do"), start=1):
            slug = step.text("action", optional=True)
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
            raise entry.error(missing, "it is missing.", remedy)
        for table in entry.tables("do"):
            table.check(("text",), ("text", "action"))
            if table.text("text").endswith("."):
                raise table.error("text", "it ends with a full stop.", "Take the full stop away.")
            slug = table.text("action", optional=True)
            if slug and slug not in self._known.actions:
                raise table.error("action", f"no action is called “{slug}”.", "See data/guidance.")
        for table in entry.tables("coverage"):
            table.check(_COVERAGE, (*_COVERAGE, "published"))
            table.date("published", until=self._head.text("recorded"))
            table.address("url")
        for field in ("abstract", "audience"):
            if self.text(field) and not self.text(field).endswith("."):
                raise entry.error(field, "it does not end with a full stop.", "Add it.")

    def _own(self) -> DocumentDraft:
        return self._document(self.entry, self._publisher())

    def _coverage(self, table: Table) -> DocumentDraft:
        return self._document(table, table.text("publisher"), self._publisher())

    def _publisher(self) -> str:
        return self._known.issuers[self.entry.listed("issuers")[0]]

    def _document(self, table: Table, publisher: str, rests_on: str = "") -> DocumentDraft:
        written = ProfileSource(
            key="",
            title=table.text("title", optional=True) or table.text("number"),
            publisher=publisher,
            url=table.text("url"),
            published=table.text("published", optional=True),
            kind="press" if rests_on else "gov",
            credibility=self._head.values["credibility"],
            rests_on=rests_on,
        )
        return document_of(written)
