"""Rows before they are kept: how they are dated, what is wrong with them, what is proposed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from briefing.core.case import (
    Assessment,
    Case,
    Cited,
    Claim,
    Evidence,
    Hypothesis,
    Opinion,
    Row,
    Subject,
    origin_key,
)
from briefing.core.case_stix import STIX_TYPES, from_stix, to_stix
from briefing.core.case_words import (
    Claimant,
    EvidenceKind,
    Level,
    Relevance,
    Stance,
    Supposes,
    Vertex,
)
from briefing.core.changes import stable_id
from briefing.core.dates import LONG_MONTHS, SHORT_MONTHS
from briefing.core.days import read_day
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.moments import NEVER
from briefing.core.row_fields import RowError
from briefing.core.tlp import Tlp
from briefing.core.wording import sentence_case
from briefing.ui.views.feed_work import id_of

_WHOLE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MONTH = re.compile(r"([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_MONTH_WORDS = frozenset(word.casefold() for word in (*LONG_MONTHS, *SHORT_MONTHS))


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a version of a row says of itself: which row, since when, changed when, by whom."""

    id: str
    created: str
    modified: str
    author: str

    @property
    def fields(self) -> dict[str, Any]:
        """The same by the names that a row has for it."""
        return {
            "id": self.id,
            "created": self.created,
            "modified": self.modified,
            "author": self.author,
        }


def fault(kind: type[Row], **given: Any) -> str:
    """What a row would be refused for with these fields, or "": the rules are the core's.

    The other fields are those of a row that is well filled, so each field can be judged by itself.
    """
    try:
        from_stix(to_stix(replace(_WELL_FILLED[kind], **given)))
    except RowError as error:
        return sentence_case(error.message)
    return ""


def text_fault(text: str) -> str:
    """Why something cannot be kept as a text (it is too long, or holds what is no text), or ""."""
    return fault(Subject, description=text).replace("Its “description”", "This")


def asked_fault(text: str, asks: str) -> str:
    """Why a needed text cannot be kept, or ""; ``asks`` where nothing of it is to be seen."""
    if not any(letter.isprintable() and not letter.isspace() for letter in text):
        return asks
    return text_fault(text)


def typed_day(text: str) -> str:
    """A date as people type it in ISO 8601: "14 Sept 2023", "Sept 2023", "2023"; "" for none.

    What is none comes back as it was typed; ``day_fault`` has a sentence for it.
    """
    words = " ".join(text.split())
    if not fault(Subject, first_seen=words):
        return words
    if (day := read_day(words)) is not None:
        return day.isoformat()
    if found := _MONTH.fullmatch(words):
        for number, name in enumerate(LONG_MONTHS, start=1):
            if name.casefold().startswith(found[1].casefold()):
                return f"{found[2]}-{number:02d}"
    return words


def day_fault(day: str) -> str:
    """Why something is no date, or ""."""
    if not fault(Subject, first_seen=day):
        return ""
    if _WHOLE.fullmatch(day):
        return f"There is no such day as {day}. Type 2023, 2023-09 or 2023-09-14."
    return f"“{day[:40]}” is no date. Type 2023, 2023-09 or 2023-09-14."


def link_fault(url: str) -> str:
    """Why something is no link of a document, or ""."""
    if not url:
        return ""
    if not url.startswith("https://") or fault(Subject, documents=(Cited(url, "–", ""),)):
        return (
            f"“{url[:60]}” is no link. It begins with https:// and has no blanks; leave it empty"
            " where the document has none."
        )
    return ""


def slug_of(name: str, day: str) -> str:
    """A readable id from a name and a year: ``mgm-resorts-2023`` for September 2023."""
    year = day[:4]
    words = [word for word in id_of(name).split("-") if word and word not in _MONTH_WORDS]
    kept = [word for word in words if word != year] or ["incident"]
    return "-".join((*kept, year)) if year else "-".join(kept)


def free_slug(slug: str, taken: Collection[str]) -> str:
    """The same id, with a number behind it where another incident has it."""
    number, free = 2, slug
    while free in taken:
        free = f"{slug}-{number}"
        number += 1
    return free


def next_place(rows: Collection[Row]) -> int:
    """Where a new row stands: after those of its kind."""
    return max((row.place for row in rows), default=-1) + 1


def cited_before(case: Case) -> tuple[Cited, ...]:
    """Every document that rows of the case cite, each once, in their order."""
    found: dict[str, Cited] = {}
    for row in case.rows():
        for document in row.documents:
            found.setdefault(key_of(document), document)
    return tuple(found.values())


def key_of(document: Cited) -> str:
    """What two mentions of one document have in common: its address, or its title."""
    return document.url or origin_key(f"{document.publisher} {document.title}")


def origins_before(case: Case) -> tuple[str, ...]:
    """Origins that rows of the case name, each once, the evidence first."""
    found: dict[str, str] = {}
    for origin in (*(one.origin for one in case.evidence), *(one.origin for one in case.claims)):
        if origin:
            found.setdefault(origin_key(origin), origin)
    return tuple(found.values())


def origin_of(case: Case | None, documents: Collection[Cited]) -> str:
    """Where something starts that is read in these documents, as far as that is known.

    That is the origin of whatever else was read in them, or in what they repeat; else their
    publisher.
    """
    if not documents:
        return ""
    first = next(iter(documents))
    known = dict(_origins(case)) if case is not None else {}
    for key in (key_of(first), first.repeats):
        if key and key in known:
            return known[key]
    return first.publisher or first.title


def _origins(case: Case) -> Iterator[tuple[str, str]]:
    """Key of a document → the origin of what was read in it; evidence counts before claims."""
    rows: tuple[Claim | Evidence, ...] = (*case.claims, *case.evidence)
    for row in rows:
        for document in row.documents:
            if row.origin:
                yield key_of(document), row.origin


def reliability_of(case: Case | None, publisher: str) -> str:
    """How whoever recorded the case graded this publisher last, or ""."""
    if case is None or not publisher:
        return ""
    rows: tuple[Claim | Evidence, ...] = (*case.claims, *case.evidence)
    graded = [
        (row.modified, row.reliability)
        for row in rows
        if any(origin_key(one.publisher) == origin_key(publisher) for one in row.documents[:1])
    ]
    return max(graded)[1] if graded else ""


def _well_filled() -> Iterator[Row]:
    def own(kind: str) -> dict[str, Any]:
        """What every row has."""
        stamp = Stamp(stable_id(STIX_TYPES[kind], "well-filled"), NEVER, NEVER, "–")
        return {**stamp.fields, "tlp": Tlp.CLEAR, "documents": (Cited("", "–", ""),)}

    about: dict[str, Any] = {"incident": stable_id("incident", "well-filled"), "text": "–"}
    graded: dict[str, Any] = {"reliability": "F", "credibility": 6}
    dated: dict[str, Any] = {"date": "2000-01-01"}
    yield Subject(**own("incident"), name="–")
    yield Claim(
        **own("claim"), **about, **graded, **dated, claimant=Claimant.MEDIA, by="–", accused="–"
    )
    yield Evidence(
        **own("evidence"),
        **about,
        **graded,
        kind=EvidenceKind.TTP,
        vertex=Vertex.CAPABILITY,
        level=Level.TACTICAL,
        relevance=Relevance.MEDIUM,
        origin="–",
    )
    yield Hypothesis(**own("hypothesis"), **about, supposes=Supposes.UNKNOWN)
    yield Assessment(
        **own("assessment"),
        **about,
        **dated,
        hypothesis=stable_id("note", "well-filled"),
        likelihood=Likelihood.LIKELY,
        confidence=Confidence.LOW,
    )
    yield Opinion(
        **own("opinion"),
        **about,
        **dated,
        assessment=stable_id("report", "well-filled"),
        stance=Stance.NEUTRAL,
    )


_WELL_FILLED = {type(row): row for row in _well_filled()}
