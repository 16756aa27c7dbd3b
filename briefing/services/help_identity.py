"""Help: when two records are taken for one actor, and when they are not."""

from __future__ import annotations

from briefing.core.wording import counted, curly
from briefing.services.help_content import (
    HelpPage,
    HelpSection,
    Row,
    Rows,
    paragraphs,
    points,
)
from briefing.services.inspect_database import DatabaseInfo

KEY = "identity"
TITLE = "How actors are joined"
SUMMARY = "Names, ids, decisions, the queue"
SECTIONS = {
    "records": "One actor, several records",
    "rules": "When records are joined",
    "limits": "When they are not",
    "queue": "What waits for a person",
    "relations": "Words about related actors",
}
"""Heading of each section by its key."""


def identity_help(info: DatabaseInfo) -> HelpPage:
    """The page, with this database's numbers."""
    actors, waiting = info.counts["actors"], info.counts["identity_queue"]
    return HelpPage(
        key=KEY,
        title=TITLE,
        summary=SUMMARY,
        sections=(
            _why(actors),
            _rules(),
            _limits(),
            _queue(waiting),
            _relations(),
        ),
    )


def _why(actors: int) -> HelpSection:
    return HelpSection(
        "records",
        SECTIONS["records"],
        (
            paragraphs(
                "Each catalogue keeps its own record of a group, under its own name. The program "
                "joins records where it can say why, and keeps each as it came.",
                f"At present there are {counted(actors, 'actor')}. An actor with one record only "
                "is one that nothing else could be matched to.",
            ),
        ),
    )


def _rules() -> HelpSection:
    rows = (
        Row(
            "By a decision",
            "A person decided, with a reason. It outranks every rule and can be taken back.",
            "Our own decisions come with the data.",
        ),
        Row(
            "By ATT&CK id",
            "One record states the id of the other, and both match each other and nothing else.",
        ),
        Row(
            "By name",
            "Both carry the same name, and that name leads from one to the other and nowhere else.",
            "Capitals, accents, blanks and punctuation do not count.",
        ),
    )
    return HelpSection(
        "rules",
        SECTIONS["rules"],
        (
            Rows("Rules for joining", rows),
            paragraphs(
                "The reason is kept with every link. The names of an actor show which source "
                "uses which."
            ),
        ),
    )


def _limits() -> HelpSection:
    return HelpSection(
        "limits",
        SECTIONS["limits"],
        (
            points(
                "A name that leads to several actors joins none of them.",
                "Two records of one catalogue are never joined by a rule: its editors kept them "
                "apart.",
                "Links are not chained. Following shared names from record to record would make "
                "one group of Lazarus Group, APT38 and Andariel.",
                "What a person keeps apart stays apart, whatever the names say.",
            ),
        ),
    )


def _queue(waiting: int) -> HelpSection:
    words = f"{counted(waiting, 'pair')} of records match in part"
    if not waiting:
        words = "No pair of records matches in part"
    verb = "waits" if waiting == 1 else "wait"
    tail = f" and {verb} for a person." if waiting else "."
    return HelpSection(
        "queue",
        SECTIONS["queue"],
        (
            paragraphs(
                f"{words}{tail} Until somebody decides, they stay two actors.",
            ),
        ),
    )


def _relations() -> HelpSection:
    rows = (
        Row(
            "May be the same as",
            curly(
                "They share a name or an id, and something speaks against joining them. The reason "
                "stands beside it. Take it as a lead, not as a finding."
            ),
        ),
        Row("Overlaps with", "A source says that people, tools or attacks of both are the same."),
        Row("Disputed with", "Sources contradict one another on whether the two are one."),
        Row("Kept apart from", "A person looked, and found two."),
    )
    return HelpSection(
        "relations",
        SECTIONS["relations"],
        (Rows("Relations", rows),),
    )
