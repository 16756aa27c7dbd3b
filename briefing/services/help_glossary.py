"""Help: what the words of a briefing mean."""

from __future__ import annotations

from typing import Any

from briefing.core.wording import curly
from briefing.feeds.glossary import KIND
from briefing.services.glossary import PAGE
from briefing.services.help_content import HelpPage, HelpSection, Row, Rows
from briefing.store.connection import KnowledgeFile
from briefing.store.records import records_of_kind

KEY, TITLE = PAGE, "Glossary"
SUMMARY = "What the words of a briefing mean"


def glossary_help(knowledge: KnowledgeFile) -> HelpPage:
    """The glossary of the open database: each term with its meaning and who uses it so."""
    terms = sorted(records_of_kind(knowledge.connection, KIND), key=lambda term: term["place"])
    titles = dict.fromkeys((term["group"], term["title"]) for term in terms)
    return HelpPage(
        KEY,
        TITLE,
        SUMMARY,
        tuple(
            HelpSection(
                key,
                curly(title),
                (Rows(title, tuple(_row(term) for term in terms if term["group"] == key)),),
            )
            for key, title in titles
        ),
    )


def _row(term: dict[str, Any]) -> Row:
    also = f"Also {', '.join(term['also'])}. " if term["also"] else ""
    publishers = dict.fromkeys(source["publisher"] for source in term["sources"])
    name = term["term"]
    note = f"{also}After {'; '.join(publishers)}."
    return Row(name, curly(term["meaning"]), note, name, tuple(term["also"]))
