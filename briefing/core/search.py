"""What the one search field finds, whatever kind of thing it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

LONGEST_QUERY = 200
"""Characters of a query that are looked at; no name in any feed comes near."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing that answers a query.

    Attributes:
        kind: What it is, as a person would say it: "actor", "technique", "software", "mitigation",
            "incident", "advisory", "help page".
        id: Its stable id, what a Place names as its subject.
        title: The name it is shown under.
        reason: Why it is here: "alias: Fancy Bear, CrowdStrike".
        ambiguous: Whether the words that were typed are also the name of something else.
        near: Whether it only resembles what was typed. A search gives such hits when it has no
            other, and the field then says that nothing bears the name itself.
    """

    kind: str
    id: str
    title: str
    reason: str
    ambiguous: bool = False
    near: bool = False


Search = Callable[[str], Sequence[SearchHit]]
"""Best hit first, in a few milliseconds: it is asked again at every key."""


def clean_query(text: str) -> str:
    """The typed or pasted text as a search may safely be given it.

    Control characters and line breaks become blanks, half a surrogate pair becomes "?" (SQLite
    takes neither), blanks are collapsed, and it ends after ``LONGEST_QUERY`` characters.
    """
    whole = text[: LONGEST_QUERY * 4].encode("utf-8", "replace").decode("utf-8")
    printable = "".join(character if character.isprintable() else " " for character in whole)
    return " ".join(printable.split())[:LONGEST_QUERY].strip()


def grouped(hits: Sequence[SearchHit]) -> tuple[SearchHit, ...]:
    """The hits with each kind together: kinds by their best hit, and best first within a kind."""
    kinds = tuple(dict.fromkeys(hit.kind for hit in hits))
    return tuple(hit for kind in kinds for hit in hits if hit.kind == kind)
