"""What the database knows of the things a client runs, and what is said where it knows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from briefing.core.client import Client
from briefing.feeds.products import product_code
from briefing.store.connection import KnowledgeFile
from briefing.store.technology import advised_products, listed_products

_ALIKE: Final = 70
"""Per cent of likeness below which no product is worth naming."""


@dataclass(frozen=True)
class KnownTechnology:
    """Products about which the database says something.

    Attributes:
        words: Code (``vendor:product``) → the product as a source writes it.
    """

    words: Mapping[str, str]

    def find(self, text: str, most: int = 12) -> tuple[str, ...]:
        """Codes for what was typed so far: those that hold every word of it, the shortest first."""
        wanted = _plain(text).split()
        if not wanted:
            return ()
        found = [code for code, text in self._texts.items() if all(word in text for word in wanted)]
        first = wanted[0]
        found.sort(key=lambda code: (not self._begins(code, first), len(code), code))
        return tuple(found[:most])

    def nearest(self, code: str) -> str:
        """The known code that comes nearest to another; "" where none is near."""
        best = process.extractOne(_plain(code), self._texts, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return str(best[2]) if best else ""

    def note(self, code: str) -> str:
        """What has to be said about a code of which nothing is known; "" where something is."""
        if code in self.words:
            return ""
        if not self.words:
            return (
                f"Nothing is known here about “{code}”: no source of vulnerabilities has been"
                " taken in yet."
            )
        near = self.nearest(code)
        meant = f" The nearest that is known is “{near}”." if near else ""
        return f"Nothing is known here about “{code}”.{meant}"

    def notes(self, client: Client) -> tuple[str, ...]:
        """The same about everything a client runs."""
        return tuple(note for code in client.technology if (note := self.note(code)))

    def _begins(self, code: str, word: str) -> bool:
        vendor, _, product = code.partition(":")
        return product.startswith(word) or vendor.startswith(word)

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {code: _plain(code) for code in self.words}


def known_technology(knowledge: KnowledgeFile) -> KnownTechnology:
    """Every product that a vulnerability or an advisory of the database names.

    Raises:
        BriefingError: when the database cannot be read.
    """
    words = {code: _spoken(code) for code in sorted(advised_products(knowledge.connection))}
    for vendor, product in listed_products(knowledge.connection):
        code = product_code(vendor, product)
        if code:
            doubled = product.casefold().startswith(vendor.casefold())
            words[code] = product if doubled else f"{vendor} {product}"
    return KnownTechnology(words)


def _plain(text: str) -> str:
    return text.casefold().replace("_", " ").replace(":", " ")


def _spoken(code: str) -> str:
    return code.replace(":", " ").replace("_", " ")
