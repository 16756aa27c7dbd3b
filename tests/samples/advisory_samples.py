"""Advisories, reports and vulnerabilities written here, as feed modules would state them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from store_samples import actor, changes, source, take

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Label,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    document_for,
)
from briefing.store.connection import immediate
from briefing.store.labels import write_labels
from briefing.store.migrate import open_knowledge

P = Predicate
PUMPS = "advisory--00000000-0000-5000-8000-000000000001"
FOX_REPORT = "report--00000000-0000-5000-8000-000000000002"
HERON_NEWS = "advisory--00000000-0000-5000-8000-000000000003"
SHARED_REPORT = "report--00000000-0000-5000-8000-000000000004"
PLAIN_NEWS = "advisory--00000000-0000-5000-8000-000000000005"
OLD_CVE, NEW_CVE, LOOSE_CVE = "CVE-2020-11111", "CVE-2024-22222", "CVE-2024-33333"
FOX, HERON, BADGER = (
    f"threat-actor--{number:08d}-0000-4000-8000-000000000000" for number in (1, 2, 3)
)
GRAVEL = "malware--00000000-0000-4000-8000-000000000011"
LURE = "attack-pattern--00000000-0000-4000-8000-000000000012"

CISA = source("cisa-csaf", title="Agency advisories", publisher="Agency", reliability="A")
KEV = source("cisa-kev", title="Exploited list", publisher="Agency", reliability="A")
NEWS = source("news", title="News of a CERT", publisher="CERT of Somewhere", reliability="B")
NOTES = source("notes", title="A list of reports", publisher="Somebody", reliability="C")
LABELS = (
    Label("sector", "energy", "Energy"),
    Label("sector", "water", "Water"),
    Label("scope", "multiple", "several sectors"),
    Label("country", "DE", "Germany"),
)


def advisory(
    native: str,
    title: str,
    *,
    issuer: str = "",
    published: str = "",
    updated: str = "",
    url: str = "",
    number: str = "",
    summary: str = "",
    tags: Sequence[str] = (),
    advice: Sequence[tuple[str, dict[str, Any]]] = (),
    products: Sequence[tuple[str, str]] = (),
    used_in: Sequence[tuple[str, str, str]] = (),
    names: Sequence[tuple[str, dict[str, Any]]] = (),
    tlp: str = "",
    content: str = "first",
) -> tuple[RecordDraft, DocumentDraft]:
    """One advisory or report and its own document; what is "" is not stated."""
    page = document_for(
        url or f"https://example.org/{native[-4:]}",
        title=title,
        publisher=issuer,
        published=published,
    )
    shared: dict[str, Any] = {"documents": (page.id,), "tlp": tlp}
    said = [StatementDraft(native, P.NAMED, value=title, detail=_some(id=number), **shared)]
    if issuer:
        said.append(StatementDraft(native, P.ISSUED_BY, value=issuer, **shared))
    for what, day in (("published", published), ("updated", updated)):
        if day:
            said.append(StatementDraft(native, P.HAPPENED, what, day, first_seen=day, **shared))
    if summary:
        said.append(StatementDraft(native, P.DESCRIBED_AS, "summary", summary, **shared))
    said += [StatementDraft(native, P.DESCRIBED_AS, "tag", tag, **shared) for tag in tags]
    for place, (text, more) in enumerate(advice, start=1):
        said.append(
            StatementDraft(native, P.ADVISED, value=text, detail={"place": place, **more}, **shared)
        )
    said += [_affects(native, maker, name, shared) for maker, name in products]
    said += [
        StatementDraft(native, P.DEPLOYED_IN, code, raw, {"scope": scope}, **shared)
        for scope, code, raw in used_in
    ]
    said += [
        StatementDraft(entity, P.MENTIONED_IN, native, detail=detail, **shared)
        for entity, detail in names
    ]
    kind = native.partition("--")[0]
    return RecordDraft.of(native, kind, {"title": title, "text": content}, said), page


def exploited(
    cve: str, name: str, *, due: str = "", listed: str = "", ransomware: bool = False, tlp: str = ""
) -> RecordDraft:
    """An entry of the list of exploited vulnerabilities."""
    said = [
        StatementDraft(cve, P.NAMED, value=name, tlp=tlp),
        StatementDraft(cve, P.DESCRIBED_AS, "summary", f"{name} lets strangers in.", tlp=tlp),
        _affects(cve, "Pumpworks", "Controller", {"tlp": tlp}),
        StatementDraft(cve, P.ADVISED, "kev", "Install the update.", _some(due=due), tlp=tlp),
        StatementDraft(
            cve, P.HAPPENED, "kev-listed", "", {"ransomware": ransomware}, listed, tlp=tlp
        ),
    ]
    return RecordDraft.of(cve, "vulnerability", {"cveID": cve, "name": name}, said)


def of(info: SourceInfo, *parts: tuple[RecordDraft, DocumentDraft]) -> ChangeSet:
    """What one source says, as a window."""
    records = [record for record, _ in parts]
    return changes(*records, of=info, full=False, documents=[page for _, page in parts])


def attack_object(native: str, name: str, attack_id: str) -> RecordDraft:
    """A technique or a program as MISP's copy of ATT&CK gives it."""
    kind = native.partition("--")[0]
    content = {"value": f"{name} - {attack_id}", "meta": {"external_id": [attack_id]}}
    return RecordDraft.of(native, kind, content, [StatementDraft(native, P.NAMED, value=name)])


def catalogue() -> ChangeSet:
    """Three actors, a program and a technique. Two actors are called Copper Vixen, one Empire."""
    return changes(
        actor(1, "Amber Fox", "Copper Vixen", "Empire"),
        actor(2, "Night Heron", "Gravel", "FIN91"),
        actor(3, "Slow Badger", "Copper Vixen"),
        attack_object(GRAVEL, "Gravel", "S9001"),
        attack_object(LURE, "Lure", "T9059"),
    )


def reports() -> Iterable[ChangeSet]:
    """What four sources say: five advisories and reports, two exploited vulnerabilities."""
    yield of(
        CISA,
        advisory(
            PUMPS,
            "Pumpworks Controller",
            issuer="Agency",
            published="2024-03-01",
            updated="2024-04-02",
            number="AG-24-061",
            summary="A stranger on the network may stop pumps. See T9059.",
            advice=[
                (
                    "Update to version 5.",
                    {"category": "vendor_fix", "url": "https://example.org/5"},
                ),
                ("Put controllers behind a firewall.", {"category": "mitigation"}),
            ],
            products=[("Pumpworks", "Controller"), ("Pumpworks", "Panel")],
            used_in=[
                ("sector", "water", "Water and Wastewater"),
                ("sector", "multiple", "Multiple"),
                ("country", "DE", "Germany"),
                ("country", "", "Atlantis"),
            ],
            names=[
                (OLD_CVE, {"cvss": 9.8, "severity": "CRITICAL"}),
                (LOOSE_CVE, {"cvss": 5.0, "severity": "MEDIUM"}),
            ],
        ),
    )
    yield changes(
        exploited(OLD_CVE, "Pumpworks Overflow", due="2024-03-20", listed="2024-02-28"),
        exploited(NEW_CVE, "Panel Bypass", due="2030-01-15", listed="2029-12-25", ransomware=True),
        of=KEV,
    )
    yield of(
        NEWS,
        advisory(
            HERON_NEWS,
            "Alert: Night Heron scans mail servers",
            issuer="CERT of Somewhere",
            published="2025-05-06",
            summary=f"They use {NEW_CVE}. FIN91 and Amber Fox are not meant.",
            tags=["mail", 'misp-galaxy:tool="Gravel"'],
        ),
        advisory(PLAIN_NEWS, "An Empire of lanterns for every desk", published="2025-01-01"),
    )
    yield of(
        NOTES,
        advisory(
            FOX_REPORT,
            "Empire: what Amber Fox left behind",
            issuer="Vendor",
            published="2023",
            names=[(HERON, {}), ("malware--ffffffff-0000-4000-8000-000000000000", {})],
        ),
        advisory(SHARED_REPORT, "The Copper Vixen files", issuer="Vendor", published="2022-02"),
    )


def database(path: Path) -> Path:
    """A knowledge database with all of it."""
    connection = open_knowledge(path)
    with immediate(connection, path):
        write_labels(connection, LABELS)
    for change_set in (catalogue(), *reports()):
        take(connection, path, change_set)
    connection.close()
    return path


def _some(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _affects(subject: str, maker: str, name: str, shared: dict[str, Any]) -> StatementDraft:
    code = f"{maker}:{name}".lower().replace(" ", "_")
    detail = {"vendor": maker, "product": name}
    return StatementDraft(subject, P.AFFECTS, code, f"{maker} {name}", detail, **shared)
