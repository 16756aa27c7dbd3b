"""The glossary of the open database, for whoever explains words in place.

Apart from the help pages: the window reads it at its start, when none of those is needed yet.
"""

from __future__ import annotations

from briefing.core.glossary import Glossary, Term
from briefing.core.wording import curly
from briefing.store.connection import KnowledgeFile
from briefing.store.records import records_of_kind

PAGE = "glossary"
"""Key of the help page that lists the terms."""

_KIND = "glossary-term"


def read_glossary(knowledge: KnowledgeFile) -> Glossary:
    """The terms of the open database, to be found in texts."""
    terms = records_of_kind(knowledge.connection, _KIND)
    return Glossary(
        Term(term["term"], curly(term["meaning"]), tuple(term["also"]), ()) for term in terms
    )


def place_of(term: str) -> str:
    """What a place in Help calls a term's entry."""
    return f"{PAGE}#{term}"
