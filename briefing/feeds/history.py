"""Our own history of dated incidents: the CSV files of ``data/history``, one file a year.

A row says of one incident when it happened, whom it hit, what was done in a sentence of ours, and
who named which actor. It cites one document, and nothing in it is known from anywhere else. Dates
are written as precisely as they are known: ``2021``, ``2021-05`` or ``2021-05-14``.

Which actor is meant is decided by the id of a catalogue's record in ``actor_id``, never by the
name: ``actor`` is what whoever attributes it says ("DarkSide", "GRU Unit 29155"). Where no
catalogue at hand has that record the name stays as written, and so it does where there is no id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    Quarantined,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    document_for,
    stable_id,
)
from briefing.core.errors import BriefingError
from briefing.core.vocabulary import Vocabulary
from briefing.core.wording import counted
from briefing.feeds.eurepoc_cells import iso_date
from briefing.feeds.eurepoc_rows import Row, Table
from briefing.feeds.own_changes import whole_source
from briefing.feeds.payload import Payload, slug

SOURCE = "threat-briefing-history"
COLUMNS = (
    "id",
    "from",
    "to",
    "victim",
    "countries",
    "sectors",
    "what",
    "actor",
    "actor_id",
    "by",
    "on",
    "kind",
    "note",
    "title",
    "publisher",
    "published",
    "url",
)
KINDS = {
    "government": ("government", "Statement of a government body"),
    "court": ("government", "Charges or another paper of the courts"),
    "vendor": ("vendor", "Report of a security company"),
    "victim": ("victim", "Statement of the victim"),
    "media": ("media", "Report in the press"),
    "self-claim": ("actor", "Claimed by the attackers"),
    "": ("", "Entry of a catalogue"),
}
"""Kind of attribution → who claims, in the terms of ``core.incident``, and on what it rests."""
NOTES = frozenset(("contested", "single source", "sector inferred", "cited by MITRE ATT&CK"))
"""What may have to be said of a row.

Contested: others deny it, or name another actor. Sector inferred: the document names the victim and
not its sector. Cited by MITRE ATT&CK: the document's data are those ATT&CK prints with a citation.
"""
_OF_THE_SECTOR = "sector inferred"

_NEEDED = ("id", "from", "victim", "what", "actor", "by", "publisher", "url")
_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+/\S+")
_ACTOR_ID = re.compile(
    r"(?:intrusion-set|threat-actor)--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)


def incident_id(name: str) -> str:
    """The native id of the incident with this slug."""
    return stable_id("incident", SOURCE, name)


def history_changes(
    files: Iterable[Payload], source: SourceInfo, vocabulary: Vocabulary
) -> ChangeSet:
    """All files as one full change-set; a bad row is quarantined with its file and line.

    Raises:
        BriefingError: for a file that is no table of incidents.
    """
    records: dict[str, RecordDraft] = {}
    documents: dict[str, DocumentDraft] = {}
    quarantined: list[Quarantined] = []
    read: list[bytes] = []
    for payload in files:
        read.append(payload.data)
        for row in _rows(payload):
            native = incident_id(row.text("id")) if row.text("id") else ""
            fault = row.fault or _fault(row, vocabulary)
            document = _document(row)
            if not fault and native in records:
                fault = f"“{row.text('id')}” is the id of an earlier row too."
            if not fault and documents.get(document.id, document) != document:
                fault = f"{document.url} has another title, publisher or date in an earlier row."
            if fault:
                place = f"{payload.name}, line {row.line}: {fault}"
                quarantined.append(Quarantined(native, place))
                continue
            documents[document.id] = document
            records[native] = RecordDraft.of(
                native,
                "incident",
                {"name": row.text("victim"), **{head: row.text(head) for head in row.cells}},
                _statements(native, row, document, vocabulary),
            )
    return whole_source(
        source,
        counted(len(records), "incident"),
        records.values(),
        documents.values(),
        read=read,
        quarantined=quarantined,
    )


def _rows(payload: Payload) -> Iterator[Row]:
    table = Table(payload)
    if table.heads != COLUMNS:
        raise BriefingError(
            f"{payload.name} is no table of dated incidents: its columns are others.",
            detail="columns: " + ", ".join(table.heads)[:500],
            remedy="The columns are: " + ", ".join(COLUMNS) + ".",
        )
    return table.rows()


def _fault(row: Row, vocabulary: Vocabulary) -> str:
    """What is wrong with a row, in a sentence; "" where nothing is."""
    missing = [head for head in _NEEDED if not row.text(head)]
    if missing:
        return f"it has nothing under “{missing[0]}”."
    name, actor, url = row.text("id"), row.text("actor_id"), row.text("url")
    if slug(name) != name:
        return f"“{name[:80]}” is no id: use small letters, figures and hyphens."
    if actor and not _ACTOR_ID.fullmatch(actor):
        return f"“{actor[:80]}” is not the id of an actor’s record."
    if not _ADDRESS.fullmatch(url):
        return f"“{url[:80]}” is no https address of a document."
    return _fault_of_dates(row) or _fault_of_codes(row, vocabulary)


def _fault_of_dates(row: Row) -> str:
    for head in ("from", "to", "on", "published"):
        written = row.text(head)
        if iso_date(written) != written:
            return f"“{written[:80]}” under “{head}” is no day, month or year."
    first, last = row.text("from"), row.text("to")
    known = min(len(first), len(last))
    ends_first = last[:known] < first[:known]
    return f"it ends ({last}) before it begins ({first})." if ends_first else ""


def _fault_of_codes(row: Row, vocabulary: Vocabulary) -> str:
    known = (
        ("countries", {**vocabulary.countries, **vocabulary.places}),
        ("sectors", {**vocabulary.sectors, **vocabulary.scopes}),
        ("note", NOTES),
    )
    for head, codes in known:
        unknown = [code for code in _listed(row, head) if code not in codes]
        if unknown:
            return f"“{unknown[0][:80]}” under “{head}” is not known."
    kind = row.text("kind")
    return "" if kind in KINDS else f"“{kind[:80]}” is no kind of attribution."


def _listed(row: Row, head: str) -> list[str]:
    return [part for part in row.text(head).split(";") if part]


def _document(row: Row) -> DocumentDraft:
    return document_for(
        row.text("url"),
        title=row.text("title"),
        publisher=row.text("publisher"),
        published=row.text("published"),
    )


def _statements(
    incident: str, row: Row, document: DocumentDraft, vocabulary: Vocabulary
) -> Iterator[StatementDraft]:
    say = partial(StatementDraft, incident, documents=(document.id,))
    first, last, victim = row.text("from"), row.text("to"), row.text("victim")
    yield say(Predicate.NAMED, value=victim)
    yield say(
        Predicate.HAPPENED,
        object="incident",
        value=" – ".join(filter(None, (first, last))),
        first_seen=first,
        last_seen=last,
    )
    yield say(Predicate.DESCRIBED_AS, object="description", value=row.text("what"))
    countries = _listed(row, "countries")
    # Of several countries and sectors a row does not say which belong together.
    alone = countries if len(countries) == 1 else []
    for code in countries:
        target = vocabulary.countries.get(code) or vocabulary.places[code]
        yield say(
            Predicate.TARGETS_COUNTRY,
            object=code,
            value=target.label,
            detail={"names": [victim]} if alone else {},
        )
    inferred = {"basis": _OF_THE_SECTOR} if _OF_THE_SECTOR in _listed(row, "note") else {}
    for code in _listed(row, "sectors"):
        sector = vocabulary.sectors.get(code) or vocabulary.scopes[code]
        within = {"countries": alone} if alone else {}
        yield say(
            Predicate.TARGETS_SECTOR, object=code, value=sector.label, detail={**within, **inferred}
        )
    yield say(
        Predicate.ATTRIBUTED_TO,
        object=row.text("actor_id"),
        value=row.text("actor"),
        detail=_attribution(row),
    )
    yield say(
        Predicate.MENTIONED_IN,
        object=document.id,
        value=document.url,
        detail={"about": "attribution"},
    )


def _attribution(row: Row) -> dict[str, object]:
    claimant, basis = KINDS[row.text("kind")]
    notes = [note for note in _listed(row, "note") if note != _OF_THE_SECTOR]
    detail = {
        "by": row.text("by"),
        "claimant": claimant,
        "basis": "; ".join((basis, *notes)),
        "date": row.text("on"),
    }
    # No names: whom the id does not decide, nobody guesses.
    return {**{key: text for key, text in detail.items() if text}, "names": []}
