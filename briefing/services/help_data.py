"""Help: what the database holds, from whom, how old it is, and what it does not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.core.actor import ActorRow
from briefing.core.dates import long_date
from briefing.core.grading import RELIABILITY
from briefing.core.wording import counted, curly
from briefing.services.help_content import (
    Block,
    Grid,
    HelpPage,
    HelpSection,
    Row,
    Rows,
    Shares,
    paragraphs,
)
from briefing.services.inspect_database import DatabaseInfo
from briefing.store.overview import SourceSummary

KEY = "data"
TITLE = "About the data"
SUMMARY = "Sources, age, what is known"
SECTIONS = {
    "age": "How old it is",
    "known": "What is known, and for how many",
    "numbers": "In numbers",
    "unmapped": "Values without a code",
}
"""Heading of each section by its key; those of sources stand after the first."""

_KNOWN: tuple[tuple[str, Callable[[ActorRow], object]], ...] = (
    ("Origin", lambda row: row.origins),
    ("Kind", lambda row: row.kind and row.kind != "unknown"),
    ("Motive", lambda row: row.motives),
    ("Goal", lambda row: row.goals),
    ("Target sector", lambda row: row.sectors),
    ("Target country or region", lambda row: row.countries),
    ("ATT&CK technique", lambda row: row.techniques),
    ("Software", lambda row: row.software),
    ("Document", lambda row: row.documents),
    ("Dated document", lambda row: row.newest),
    ("Profile of ours", lambda row: row.own_profile),
)
_COUNTS = (
    ("actors", "Actors"),
    ("names", "Names of actors"),
    ("statements", "Statements"),
    ("documents", "Documents that are cited"),
    ("techniques", "ATT&CK techniques"),
    ("software", "Pieces of software"),
    ("mitigations", "Mitigations"),
    ("own_profiles", "Profiles of ours"),
)
_PREDICATES = {
    "targets-sector": "target sector",
    "targets-country": "target country",
    "motivated-by": "motive",
    "located-in": "located in",
    "sponsored-by": "sponsor",
    "has-goal": "goal",
}


def data_help(info: DatabaseInfo, actors: Sequence[ActorRow]) -> HelpPage:
    """The page, with this database's numbers."""
    return HelpPage(
        key=KEY,
        title=TITLE,
        summary=SUMMARY,
        sections=(
            _age(info),
            *(_source(source) for source in info.sources),
            _known(actors),
            _numbers(info),
            _unmapped(info),
        ),
    )


def _age(info: DatabaseInfo) -> HelpSection:
    if not info.data_as_of:
        words = "Nothing has been taken in yet, so there is nothing to show."
    else:
        words = (
            f"The newest catalogue here is of {long_date(info.data_as_of)}. What happened since is "
            "not in it."
        )
    return HelpSection(
        "age",
        SECTIONS["age"],
        (
            paragraphs(
                words,
                "The program works without a network and fetches nothing by itself. Our own texts "
                "do not make the data newer.",
            ),
        ),
    )


def _source(source: SourceSummary) -> HelpSection:
    taken = long_date(source.taken_at[:10]) if source.taken_at else ""
    parts = (source.version, f"of {taken}" if taken else "")
    words = RELIABILITY[source.reliability]
    rows = (
        Row("Publisher", source.publisher),
        Row(
            "Version",
            ", ".join(part for part in parts if part),
            counted(source.records, "current record"),
        ),
        Row("Reliability", f"{source.reliability}, {words}.", curly(source.reliability_why)),
        Row("Licence", source.licence),
        Row("Notice", curly(source.notice)),
    )
    shown = tuple(row for row in rows if row.text)
    return HelpSection(source.id, source.title, (Rows(source.title, shown),))


def _known(actors: Sequence[ActorRow]) -> HelpSection:
    rows = tuple((label, sum(map(bool, map(test, actors)))) for label, test in _KNOWN)
    total = len(actors)
    return HelpSection(
        "known",
        SECTIONS["known"],
        (
            Shares(rows, total, "actors"),
            paragraphs(
                "For the others no source here states it. A filter on a column cannot find an "
                "actor whose column is empty."
            ),
        ),
        note=f"out of {counted(total, 'actor')}",
    )


def _numbers(info: DatabaseInfo) -> HelpSection:
    rows = tuple((label, f"{info.counts[key]:,}") for key, label in _COUNTS)
    return HelpSection("numbers", SECTIONS["numbers"], (Grid(("What", "How many"), rows, (1,)),))


def _unmapped(info: DatabaseInfo) -> HelpSection:
    blocks: list[Block] = [
        paragraphs(
            "A catalogue may name a target or a motive in words that no code of ours stands for. "
            "Such a value is kept as it came; filters and maps do not count it."
        )
    ]
    if info.unmapped:
        rows = tuple(
            (item.value, _PREDICATES.get(item.predicate, item.predicate), f"{item.statements:,}")
            for item in info.unmapped
        )
        blocks.append(Grid(("Value", "Stated as", "Statements"), rows, (2,)))
    else:
        blocks.append(paragraphs("At present there is no such value."))
    return HelpSection("unmapped", SECTIONS["unmapped"], tuple(blocks))
