"""Pages of the primer with the statement behind each sentence, as a reader may see them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

import orjson

from briefing.core.actor import Basis
from briefing.core.tlp import parse_tlp

_PAGES: Final = (
    "SELECT native_id, content FROM record WHERE kind = 'primer-page' AND to_snapshot IS NULL"
    " AND content <> '{}' ORDER BY id"
)
_SAID: Final = (
    "SELECT s.id, s.key, s.value, s.tlp, json_extract(s.detail, '$.place') AS place"
    " FROM statement s WHERE s.subject = ? AND s.predicate = 'described-as'"
    " AND s.to_snapshot IS NULL ORDER BY s.id"
)
_CITED: Final = "SELECT document FROM citation WHERE statement = ? ORDER BY place"


@dataclass(frozen=True, slots=True)
class PrimerText:
    """One sentence: under which heading, in which paragraph or item, and what it rests on."""

    heading: str
    block: int
    item: bool
    words: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class StatedPage:
    """One page; ``texts`` in the order in which they are read."""

    number: int
    title: str
    texts: tuple[PrimerText, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Its headings in order, each once; "" is what stands above the first."""
        return tuple(dict.fromkeys(text.heading for text in self.texts))

    def under(self, heading: str) -> tuple[PrimerText, ...]:
        """The sentences under a heading."""
        return tuple(text for text in self.texts if text.heading == heading)

    def blocks(self, heading: str) -> tuple[tuple[PrimerText, ...], ...]:
        """The paragraphs and items under a heading."""
        held: dict[int, list[PrimerText]] = {}
        for text in self.under(heading):
            held.setdefault(text.block, []).append(text)
        return tuple(map(tuple, held.values()))


def stated_pages(connection: sqlite3.Connection) -> tuple[StatedPage, ...]:
    """The pages in the order of their numbers.

    Below a ceiling a page of which one sentence is hidden is not there: what is left of it might
    say the opposite of the whole.

    Args:
        connection: Any reader.
    """
    pages = [
        _page(connection, native, orjson.loads(content))
        for native, content in connection.execute(_PAGES).fetchall()
    ]
    return tuple(sorted(pages, key=lambda page: page.number))


def _page(connection: sqlite3.Connection, native: str, content: dict[str, Any]) -> StatedPage:
    said = {row["place"]: row for row in connection.execute(_SAID, (native,))}
    texts = []
    for place, (heading, block, item, words) in enumerate(_sentences(content)):
        row = said.get(place)
        if row is None or row["value"] != words:
            continue
        documents = tuple(found for (found,) in connection.execute(_CITED, (row["id"],)))
        basis = Basis(documents, (row["key"],), parse_tlp(row["tlp"]))
        texts.append(PrimerText(heading, block, item, words, basis))
    return StatedPage(content["number"], content["title"], tuple(texts))


def _sentences(content: dict[str, Any]) -> list[tuple[str, int, bool, str]]:
    blocks = [("", {"sentences": content["lead"], "item": False})]
    for section in content["sections"]:
        blocks += [(section["heading"], block) for block in section["blocks"]]
    return [
        (heading, number, block["item"], sentence["text"])
        for number, (heading, block) in enumerate(blocks)
        for sentence in block["sentences"]
    ]
