"""Names found in the titles of real feeds: how many, and that the known traps link nothing."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared_data import FOLDER, needs_shared_data, read

from briefing.core.mentions import KnownName, NameMatcher
from briefing.core.names import normalised
from briefing.store.connection import KnowledgeFile

TRAPS = {
    "The Chronicles Of The Hellsing APT: The Empire Strikes Back": "Empire",
    "En Route with Sednit Part 1: Approaching the Target": "route",
    "RSA Research Terracotta VPN: Enabler Of Advanced Threat Anonymity": "TERRACOTTA",
    "Sidewinder Targeted Attack Against Android In The Golden Age Of Ad Libraries": "SideWinder",
    "IsaacWiper and HermeticWizard: New wiper and worm targeting Ukraine": "Wiper",
    "Wiper Malware _ A Detection Deep Dive": "Wiper",
    "Cybersecurity Advisory: Turla Group Exploits Iranian APT To Expand Coverage Of Victims": (
        "Expand"
    ),
    "Google Chromium V8 Type Confusion Vulnerability": "CHROMIUM",
    "QNAP Photo Station Externally Controlled Reference Vulnerability": "PHOTO",
    "Apache Spark Command Injection Vulnerability": "Spark",
}
"""Title → the name that stands in it as another word."""


@pytest.fixture(scope="module")
def catalogue(bundled_database: Path) -> sqlite3.Connection:
    return KnowledgeFile(bundled_database).connection


@pytest.fixture(scope="module")
def matcher(catalogue: sqlite3.Connection) -> NameMatcher:
    rows = catalogue.execute(
        "SELECT n.norm, n.display, n.kind, n.entity, ifnull(a.name, w.name) FROM name n"
        " LEFT JOIN actor a ON a.id = n.entity LEFT JOIN software w ON w.id = n.entity"
        " WHERE n.kind IN ('actor', 'software') AND ifnull(w.revoked, 0) = 0"
    )
    return NameMatcher(
        KnownName(key, name, kind, entity, normalised(title) == key)
        for key, name, kind, entity, title in rows
    )


def names_in(matcher: NameMatcher, title: str, *, of_report: bool) -> set[str]:
    return {named.name for named in matcher.in_title(title, of_report=of_report)}


@pytest.mark.parametrize(("title", "name"), TRAPS.items())
def test_words_that_are_no_names_in_real_titles_link_nothing(
    matcher: NameMatcher, title: str, name: str
) -> None:
    for of_report in (True, False):
        assert name not in names_in(matcher, title, of_report=of_report)


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("#StopRansomware: Royal Ransomware", {"Royal"}),
        ("#StopRansomware: Play Ransomware AA23-352A", {"Play"}),
        ("HOW FIN7 ATTACKED AND STOLE DATA", {"FIN7"}),
        ("Hunting Russian Intelligence “Snake” Malware", {"Snake"}),
        ("Cybersecurity Advisory: Scattered Spider (AA23-320A)", {"Scattered Spider"}),
        ("PLATINUM continues to evolve, find ways to maintain invisibility", {"PLATINUM"}),
        (
            "Alert (TA17-318B): HIDDEN COBRA – North Korean Trojan: Volgmer",
            {"HIDDEN COBRA", "Volgmer"},
        ),
    ],
)
def test_names_in_real_titles_are_found(matcher: NameMatcher, title: str, names: set[str]) -> None:
    assert names_in(matcher, title, of_report=False) == names


@needs_shared_data
def test_titles_about_products_name_next_to_nothing(matcher: NameMatcher) -> None:
    catalogue = json.loads(read("kev/known_exploited_vulnerabilities.json"))
    titles = [entry["vulnerabilityName"] for entry in catalogue["vulnerabilities"]]
    titles += list(_csaf_titles())
    found = [name for t in titles for name in names_in(matcher, t, of_report=False)]
    assert len(titles) > 1500
    # These name the program itself: the vulnerability is in it.
    assert sorted(found) == ["Cobalt Strike", "Cobalt Strike", "ConnectWise", "ConnectWise"]


@needs_shared_data
def test_most_titles_about_attackers_name_one(matcher: NameMatcher) -> None:
    rows = csv.DictReader(io.StringIO(read("aptnotes/APTnotes.csv").decode()))
    titles = [row["Title"] for row in rows]
    linked = [t for t in titles if matcher.in_title(t, of_report=True)]
    assert len(linked) / len(titles) > 0.55


def _csaf_titles() -> Iterator[str]:
    for path in (FOLDER / "csaf").rglob("*.json"):
        content = json.loads(path.read_bytes())
        if "document" in content:
            yield content["document"]["title"]
