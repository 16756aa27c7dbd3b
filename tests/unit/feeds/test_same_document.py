"""What our own files say of a document: the same in every file that cites it."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from briefing.paths import data_folder

FIELDS = ("title", "publisher", "published", "kind", "credibility")
"""What a list of sources says of a document. What it rests on may differ: one page can repeat two
publishers, and each statement names the one it was taken from."""

WHOLE_LISTS = frozenset(
    {
        "https://www.cisa.gov/known-exploited-vulnerabilities-catalog",
        "https://github.com/MISP/misp-galaxy/blob/main/clusters/threat-actor.json",
    }
)
"""Addresses of whole lists, of which a profile cites one entry with the day of that entry."""

OF_A_RELEASE = "https://attack.mitre.org/"
"""Pages of a catalogue: an incident cites the release that was there when it was judged."""

BIBLIOGRAPHIC = 3
"""Grade of a publication of which only title, day and address are known, through ATT&CK."""


def of_sources() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """File and document of each entry in a list of sources."""
    data = data_folder()
    for path in (data / "glossary.toml", data / "guidance" / "actions.toml"):
        for found in tomllib.loads(path.read_text(encoding="utf-8"))["sources"].values():
            yield path.name, found
    for path in (*(data / "actors").glob("*.md"), *(data / "primer").glob("*.md")):
        front = path.read_text(encoding="utf-8").split("+++")[1]
        for found in tomllib.loads(front)["sources"].values():
            yield path.name, found


def of_cases() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """File and document of each worked incident and of each row of the history."""
    data = data_folder()
    for path in (data / "incidents").glob("*.toml"):
        for found in tomllib.loads(path.read_text(encoding="utf-8")).get("document", {}).values():
            yield path.name, found
    for path in (data / "history").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as rows:
            yield from ((f"{path.name}, {row['id']}", row) for row in csv.DictReader(rows))


def of_advisories() -> Iterator[tuple[str, int, str]]:
    """File, grade and address of each advisory that we have read more of than its title."""
    for path in (data_folder() / "advisories").glob("*.toml"):
        if not bibliographic(path):
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            for advisory in table["advisory"]:
                yield path.name, table["credibility"], advisory["url"]


def bibliographic(path: Path) -> bool:
    return path.stem.isdigit() or path.stem == "undated"


def plain(title: str) -> str:
    """A title with straight quotes in small letters: how it is set is no contradiction."""
    for curly, straight in ("’'", "\N{LEFT SINGLE QUOTATION MARK}'", '“"', '”"'):
        title = title.replace(curly, straight)
    return title.casefold()


def contradictions(
    said: Iterable[tuple[str, Mapping[str, Any]]],
    fields: Iterable[str],
    read: Callable[[str], str] = str,
) -> dict[tuple[str, str], dict[str, list[str]]]:
    """Where files say different things of one address; what is left open contradicts nothing."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, document in said:
        for field in fields:
            value = read(str(document.get(field) or ""))
            if value and document["url"] not in WHOLE_LISTS:
                found[document["url"], field][value].append(name)
    return {at: dict(values) for at, values in found.items() if len(values) > 1}


def test_a_document_is_described_alike_wherever_it_is_cited() -> None:
    assert contradictions(of_sources(), FIELDS) == {}


def test_a_contradiction_would_be_seen() -> None:
    one = {"url": "https://example.org/a", "title": "It’s so", "credibility": 2}
    straight = [("a", one), ("b", {**one, "title": "It's so"})]
    assert contradictions(straight, FIELDS) != {}
    assert contradictions(straight, FIELDS, plain) == {}
    assert contradictions([("a", one), ("b", {**one, "credibility": 3})], FIELDS) == {
        ("https://example.org/a", "credibility"): {"2": ["a"], "3": ["b"]}
    }


def test_cases_give_their_documents_the_title_that_profiles_give_them() -> None:
    profiled = {document["url"] for _, document in of_sources()}
    both = [
        (name, document)
        for name, document in (*of_sources(), *of_cases())
        if document["url"] in profiled and not document["url"].startswith(OF_A_RELEASE)
    ]
    numbered = {url for _, _, url in of_advisories()}  # a case may leave out their number
    unnumbered = [one for one in both if one[1]["url"] not in numbered]
    assert contradictions(unnumbered, ("title",), plain) == {}
    assert contradictions(both, ("published",)) == {}


def test_an_advisory_has_one_grade_in_its_own_file_and_wherever_it_is_cited() -> None:
    graded = {url: (name, grade) for name, grade, url in of_advisories()}
    wrong = [
        (name, document["url"], document["credibility"], *graded[document["url"]])
        for name, document in of_sources()
        if document["url"] in graded and document["credibility"] != graded[document["url"]][1]
    ]
    assert wrong == []


def test_publications_known_by_title_alone_say_so_in_their_grade() -> None:
    for path in (data_folder() / "advisories").glob("*.toml"):
        if bibliographic(path):
            table = tomllib.loads(path.read_text(encoding="utf-8"))
            assert table["credibility"] == BIBLIOGRAPHIC, path.name
