"""Advisories, reports and vulnerabilities as screens and briefings see them.

What an advisory about a product says of sectors and countries is where that is in use. It never
means that anybody is attacked there. Whom an advisory warns is another thing, and kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Final

from briefing.core.actor import Coded, SourceEntry
from briefing.core.tlp import Tlp


class LinkBasis(StrEnum):
    """Why an advisory is said to name something, the surest first."""

    STATED = "stated"
    CITED = "cited"
    ID = "id"
    TITLE = "title"
    TAG = "tag"
    READING = "reading"

    @property
    def words(self) -> str:
        """As printed beside the link."""
        return _BASES[self]


_BASES = {
    LinkBasis.STATED: "stated by the source",
    LinkBasis.CITED: "MITRE ATT&CK cites it for this",
    LinkBasis.ID: "its id stands in the text",
    LinkBasis.TITLE: "named in the title",
    LinkBasis.TAG: "named in a tag",
    LinkBasis.READING: "our reading of what it describes",
}

IN_OUR_WORDS: Final = "in_our_words"
"""Kind of a thing to do that its issuer advises and this program words."""
READERS: Final[Mapping[str, str]] = {
    "executives": "executives",
    "small-firms": "small firms and their consultants",
    "providers": "managed service providers",
    "analysts": "analysts",
}
"""For whom an advisory can be of use: code and words."""


class Deadline(Enum):
    """Whether the day by which CISA wants a vulnerability dealt with has passed."""

    NONE = "no due date"
    DUE = "due"
    OVERDUE = "overdue"


def deadline(due: str, today: date) -> Deadline:
    """How a due date (ISO 8601 or "") stands today; on the day itself it has not passed."""
    if not due:
        return Deadline.NONE
    return Deadline.OVERDUE if due < today.isoformat() else Deadline.DUE


@dataclass(frozen=True, slots=True)
class AdvisoryRow:
    """One row of the list of advisories, also the head of its page.

    Attributes:
        id: Native id of its record.
        kind: ``advisory`` (of a maker or an authority) or ``report``.
        number: The issuer's own number such as ``ICSA-19-106-01``, or "".
        issuer: Who issued it, or "".
        source: Id of the source that brought it.
        published: ISO 8601 to the year, month or day, or "".
        updated: Likewise; "" where it is not known to have changed.
        sectors: Codes of sectors in which its products are in use.
        countries: Codes of countries and regions in which they are.
        products: What it affects, as ``vendor:product``.
        cves: Ids of the vulnerabilities it names.
        due: The earliest due date of those that CISA lists as exploited, or "".
        actors: Ids of actors it names.
        software: How many programs it names.
        techniques: How many techniques it names.
        content_key: Changes when the source changes the advisory.
        about_sectors: Codes of sectors that it warns, or in which its victims were.
        about_countries: Likewise of countries and regions.
    """

    id: str
    kind: str
    number: str
    title: str
    issuer: str
    source: str
    published: str
    updated: str
    url: str
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    products: tuple[str, ...]
    cves: tuple[str, ...]
    due: str
    actors: tuple[str, ...]
    software: int
    techniques: int
    content_key: str
    about_sectors: tuple[str, ...] = ()
    about_countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdvisoryRef:
    """An advisory as something else refers to it.

    Attributes:
        basis: Why it is here.
        words: The name or id by which it does so.
        shared_with: Where that name is also the name of other actors: those actors. The advisory
            may then be about any of them.
    """

    id: str
    kind: str
    title: str
    issuer: str
    published: str
    basis: LinkBasis
    words: str
    shared_with: tuple[Coded, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Something that an advisory names.

    Attributes:
        kind: ``actor``, ``software``, ``technique`` or ``campaign``.
        attack_id: Its ATT&CK id, or "".
        words: The name or id that was found.
        also: Other things that bear the name that was found.
    """

    kind: str
    id: str
    name: str
    attack_id: str
    basis: LinkBasis
    words: str
    also: tuple[Coded, ...] = ()


@dataclass(frozen=True, slots=True)
class UnclearName:
    """A name in the title or a tag that several actors bear; it is linked to none of them."""

    name: str
    basis: LinkBasis
    bearers: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """One thing to do.

    Attributes:
        kind: What the source calls it (``vendor_fix``, ``mitigation``, ``workaround``,
            ``general``), ``IN_OUR_WORDS``, or "".
        url: Where there is more, or "".
        action: Title of the protective action that goes into it, or "".
    """

    text: str
    kind: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where products are in use, or who is concerned.

    Attributes:
        scope: ``sector`` or ``country``.
        place: Its code is "" for a value that leads to none.
    """

    scope: str
    place: Coded


@dataclass(frozen=True, slots=True)
class VulnerabilityRow:
    """A vulnerability, from a catalogue of exploited ones or because an advisory names it.

    Attributes:
        id: The CVE id.
        name: What the catalogue calls it; "" where no catalogue here holds it.
        listed: When CISA listed it as exploited, or "".
        due: Until when CISA wants agencies to have dealt with it, or "".
        ransomware: Whether CISA says that ransomware uses it.
        cvss: Base score as the advisory in question gives it, or the highest of any; None where
            none does.
        severity: The word beside that score, or "".
        advisories: How many advisories here name it.
    """

    id: str
    name: str
    vendor: str
    product: str
    listed: str
    due: str
    ransomware: bool
    cvss: float | None
    severity: str
    advisories: int


@dataclass(frozen=True, slots=True)
class Advisory:
    """Everything an advisory says, with what the program knows about what it names.

    Attributes:
        tlp: Highest level of its statements.
        summary: Paragraphs.
        details: Further text, as sources give it.
        products: What is affected, as written.
        references: Addresses of what it rests on.
        sources: Who brought it, who lists its vulnerabilities; then the advisory itself.
        issuers: Everybody who issued it, the first of them first.
        concerned: Sectors and countries that it warns, or in which its victims were.
        audience: For whom it can be of use, in sentences.
        in_our_words: Whether the summary is this program's own.
    """

    row: AdvisoryRow
    tlp: Tlp
    summary: tuple[str, ...]
    details: tuple[str, ...]
    advice: tuple[AdviceRow, ...]
    products: tuple[str, ...]
    deployments: tuple[Deployment, ...]
    vulnerabilities: tuple[VulnerabilityRow, ...]
    links: tuple[Link, ...]
    unclear: tuple[UnclearName, ...]
    tags: tuple[str, ...]
    references: tuple[str, ...]
    sources: tuple[SourceEntry, ...]
    issuers: tuple[str, ...] = ()
    concerned: tuple[Deployment, ...] = ()
    audience: tuple[str, ...] = ()
    in_our_words: bool = False

    def linked(self, kind: str) -> tuple[Link, ...]:
        """What it names of one kind."""
        return tuple(link for link in self.links if link.kind == kind)


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """A vulnerability's page.

    Attributes:
        summary: What catalogues say about it.
        action: What CISA requires, or "".
        products: What is affected, as written.
        advisories: Which advisories name it, newest first.
        sources: Catalogues that hold it.
    """

    row: VulnerabilityRow
    tlp: Tlp
    summary: tuple[str, ...]
    action: str
    products: tuple[str, ...]
    advisories: tuple[AdvisoryRef, ...]
    sources: tuple[SourceEntry, ...]
