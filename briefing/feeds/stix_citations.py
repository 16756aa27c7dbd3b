"""What STIX objects cite: external references as documents, and ATT&CK's marks in its texts.

ATT&CK writes "(Citation: label)" into its texts, where the label is the ``source_name`` of an
external reference. On real data every reference of a relationship is marked in its text, so the
references alone say what is cited; marks are only read where they tell which of several documents
a name or a text rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from briefing.core.changes import DocumentDraft, stable_id
from briefing.feeds.addresses import published_in, publisher_of
from briefing.feeds.plain_text import MOST_READ, one_line, plain_text

LONGEST_TEXT = 4000
"""How much of a description a statement keeps, in characters."""
_LONGEST_ADDRESS = 2000
_LONGEST_REFERENCE = 2000
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join(_MONTHS)
_YEAR_AND = rf"(?P<year>\d{{4}}), (?P<month>{_MONTH})(?: (?P<day>\d{{1,2}}))?"
_ONLY_YEAR = r"(?P<only>\d{4})"
_SHAPES = (
    # Author. (2020, January 14). Title. Retrieved February 1, 2020.
    re.compile(
        rf"\s*.{{1,300}}?\.* ?\((?:n\.d\.|{_YEAR_AND}|{_ONLY_YEAR})\)\. +(?P<title>\S.*?[. ]+)??"
        rf"Retrieved (?:{_MONTH}) \d{{1,2}}, \d{{4}}\.*\s*",
        re.ASCII,
    ),
    # What ATT&CK for ICS brought along: Author 2018, September 04 Title Retrieved. 2019/03/14
    re.compile(
        rf"\s*[^()\d]{{1,300}}? {_YEAR_AND} (?P<title>(?:(?!Retrieved).)+ )Retrieved\."
        r" \d{4}/\d{2}/\d{2}\s*(?P<only>)",
        re.ASCII,
    ),
)
# One level of brackets inside: "(Citation: CISA Alert (TA17-163A))". Nothing is read twice.
_MARK = re.compile(r" ?\(Citation: ([^()]{1,300}(?:\([^()]{0,300}\)[^()]{0,300}){0,9})\)")
_MARK_START = "(Citation:"


class Documents:
    """Every document cited in one bundle, made once however often it is cited."""

    def __init__(self) -> None:
        """Nothing is cited yet."""
        self._ids: dict[str, str] = {}
        self._drafts: dict[str, DocumentDraft] = {}

    def cited(self, references: object) -> tuple[str, ...]:
        """Ids of the documents that external references name, in their order, each once.

        A reference with an ``external_id`` is the object's own number in some catalogue (ATT&CK,
        CAPEC, CVE) and no document.
        """
        if type(references) is not list:
            return ()
        found = []
        for reference in references:
            if type(reference) is dict and "external_id" not in reference:
                url = reference.get("url")
                if type(url) is str:
                    known = self._ids.get(url)
                    if known is None:
                        known = self._add(url, reference)
                    if known:
                        found.append(known)
        return tuple(found) if len(found) < 2 else tuple(dict.fromkeys(found))

    def labels(self, references: object) -> dict[str, str]:
        """Label of each document that external references name → id of the document."""
        found: dict[str, str] = {}
        for reference in references if isinstance(references, list) else ():
            name = reference.get("source_name") if isinstance(reference, dict) else None
            cited = self.cited([reference])
            if isinstance(name, str) and cited:
                found.setdefault(name, cited[0])
        return found

    def add(self, draft: DocumentDraft) -> str:
        """Take a document that was made elsewhere; the one that is there already stays."""
        self._drafts.setdefault(draft.id, draft)
        return draft.id

    def address(self, document: str) -> str:
        """The address of a document by its id."""
        return self._drafts[document].url

    def drafts(self, cited: Iterable[str]) -> tuple[DocumentDraft, ...]:
        """The documents with these ids, in the order in which they were first met."""
        wanted = set(cited)
        return tuple(draft for key, draft in self._drafts.items() if key in wanted)

    def _add(self, url: str, reference: dict[str, Any]) -> str:
        address = url.strip()
        if not is_address(address):
            self._ids[url] = ""
            return ""
        key = stable_id("document", address)
        if key not in self._drafts:
            title, published = described(reference.get("description"))
            self._drafts[key] = DocumentDraft(
                key, title, publisher_of(address), address, published or published_in(address)
            )
        self._ids[url] = key
        return key


def is_address(text: str) -> bool:
    """Whether a text may be kept as the web address of a document."""
    return text[:8].lower().startswith(("https://", "http://")) and len(text) <= _LONGEST_ADDRESS


def described(description: object) -> tuple[str, str]:
    """Title and date of publication that the description of a reference states.

    Both are read only where the description has one of the shapes that ATT&CK writes; otherwise
    both are "". The date is ISO 8601 to the year, month or day.
    """
    if not isinstance(description, str) or len(description) > _LONGEST_REFERENCE:
        return "", ""
    for shape in _SHAPES:
        found = shape.fullmatch(description)
        if found:
            title = one_line((found["title"] or "").rstrip(". "))
            is_address = title.lower().startswith(("http://", "https://"))
            return "" if is_address else title, _published(found)
    return "", ""


def _published(found: re.Match[str]) -> str:
    year, month, day = found["year"], found["month"], found["day"]
    if not month:
        return found["only"] or ""
    to_the_month = f"{year}-{_MONTHS.index(month) + 1:02d}"
    try:
        return date.fromisoformat(f"{to_the_month}-{int(day or 0):02d}").isoformat()
    except ValueError:
        return to_the_month


def marked(written: object, labels: dict[str, str]) -> tuple[str, ...]:
    """Ids of the documents that the marks of a text name, in their order, each once."""
    if not isinstance(written, str) or _MARK_START not in written:
        return ()
    names = (found[1].strip() for found in _MARK.finditer(written[:MOST_READ]))
    return tuple(dict.fromkeys(labels[name] for name in names if name in labels))


def without_marks(written: str) -> str:
    """A text as plain text, without ATT&CK's citation marks, and no longer than is kept."""
    cut = written[:MOST_READ]
    return plain_text(_MARK.sub("", cut) if _MARK_START in cut else cut, LONGEST_TEXT)
