"""Advisories and vulnerabilities to read: small ones written here, in the forms of CSAF and KEV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from typing import Any

import orjson
from galaxy_samples import real_vocabulary
from store_samples import source

from briefing.core.changes import ChangeSet, StatementDraft
from briefing.core.errors import BriefingError
from briefing.feeds.csaf import parse_csaf
from briefing.feeds.kev import parse_kev
from briefing.feeds.payload import FeedContext, Payload

CISA = "https://www.cisa.gov/"
VENDOR = "https://psirt.example.org"


@cache
def context() -> FeedContext:
    """What the program knows, with the sources of CISA."""
    known = {name: source(name) for name in ("cisa-csaf", "cisa-kev")}
    return FeedContext(real_vocabulary(), known)


def note(category: str, title: str, text: str) -> dict[str, str]:
    """One note of a document."""
    return {"category": category, "title": title, "text": text}


def branch(category: str, name: str, *inner: Any, product: str = "") -> dict[str, Any]:
    """One branch of a product tree; ``product`` is the id of a product that ends there."""
    found: dict[str, Any] = {"category": category, "name": name, "branches": list(inner)}
    if product:
        found["product"] = {"name": f"{name} as a whole", "product_id": product}
    return found


def maker(vendor: str, *products: tuple[str, str]) -> dict[str, Any]:
    """A vendor with products, each a name and an id."""
    return branch(
        "vendor",
        vendor,
        *(
            branch("product_name", name, branch("product_version", "1.0", product=product_id))
            for name, product_id in products
        ),
    )


def vulnerability(
    cve: str = "CVE-2024-10001", affected: Iterable[str] = ("P-1",), **fields: Any
) -> dict[str, Any]:
    """One vulnerability."""
    return {"cve": cve, "product_status": {"known_affected": list(affected)}, **fields}


def score(value: Any, severity: str = "", version: str = "cvss_v3") -> dict[str, Any]:
    """One entry of ``scores``."""
    return {version: {"baseScore": value, "baseSeverity": severity}, "products": ["P-1"]}


def advisory(
    *,
    own_id: str = "EX-24-001",
    namespace: str = CISA,
    label: Any = "WHITE",
    released: str = "2024-05-02T06:00:00.000Z",
    version: str = "2",
    notes: Iterable[Any] = (),
    tree: Any = None,
    vulnerabilities: Iterable[Any] | None = None,
    references: Iterable[Any] = (),
    **document: Any,
) -> dict[str, Any]:
    """A whole document; keywords go into ``document``."""
    return {
        "document": {
            "category": "csaf_security_advisory",
            "csaf_version": "2.0",
            "title": "Example Pump Controller",
            "publisher": {"category": "coordinator", "name": "Example", "namespace": namespace},
            "distribution": {"tlp": {"label": label}} if label is not None else {},
            "notes": list(notes),
            "references": list(references),
            "tracking": {
                "id": own_id,
                "status": "final",
                "version": version,
                "initial_release_date": "2024-04-30T22:00:00-04:00",
                "current_release_date": released,
                "revision_history": [{"number": "1"}, {"number": "2"}],
            },
            **document,
        },
        "product_tree": tree or {"branches": [maker("Example", ("Pump Controller", "P-1"))]},
        "vulnerabilities": [vulnerability()] if vulnerabilities is None else list(vulnerabilities),
    }


def read(document: Any, url: str = "", known: FeedContext | None = None) -> ChangeSet:
    """A document as a change-set."""
    data = document if isinstance(document, bytes) else orjson.dumps(document)
    return parse_csaf(Payload("advisory.json", data, url), known or context())


def said(changes: ChangeSet, predicate: str) -> list[StatementDraft]:
    """Every statement with a predicate."""
    return [
        statement
        for record in changes.records
        for statement in record.statements
        if statement.predicate.value == predicate
    ]


def refusal(document: Any) -> str:
    """The sentence with which a document is refused; "" where it is taken."""
    try:
        read(document)
    except BriefingError as error:
        return error.message
    return ""


FIELDS = (
    "cveID",
    "vendorProject",
    "product",
    "vulnerabilityName",
    "dateAdded",
    "shortDescription",
    "requiredAction",
    "dueDate",
    "knownRansomwareCampaignUse",
    "notes",
    "cwes",
)


def entry(number: int = 1, **fields: Any) -> dict[str, Any]:
    """One vulnerability of the catalogue."""
    return {
        "cveID": f"CVE-2024-{number:05d}",
        "vendorProject": "Example",
        "product": "Mail Gateway",
        "vulnerabilityName": "Example Mail Gateway Command Injection Vulnerability",
        "dateAdded": "2024-03-01",
        "shortDescription": "The gateway runs what a mail’s subject says, “as is”.",
        "requiredAction": "Install the fix, or switch the gateway off.",
        "dueDate": "2024-03-22",
        "knownRansomwareCampaignUse": "Known",
        "notes": "https://example.org/notice ; https://example.org/more, too",
        "cwes": ["CWE-77", "CWE-78"],
        **fields,
    }


def catalogue(*entries: Any, **fields: Any) -> bytes:
    """The catalogue as JSON."""
    whole = {
        "title": "Catalogue",
        "catalogVersion": "2024.03.01",
        "dateReleased": "2024-03-01T15:00:47.717Z",
        "count": len(entries),
        "vulnerabilities": list(entries),
        **fields,
    }
    return orjson.dumps(whole)


def catalogue_csv(*entries: dict[str, Any], fields: Iterable[str] = FIELDS) -> bytes:
    """The catalogue as CSV."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(fields), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for item in entries:
        writer.writerow({**item, "cwes": ", ".join(item["cwes"])})
    return written.getvalue().encode()


def read_catalogue(data: bytes) -> ChangeSet:
    """A catalogue as a change-set."""
    return parse_kev(Payload("catalogue", data), context())
