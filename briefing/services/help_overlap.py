"""Help: what the overlap with known groups is, and how little it proves."""

from __future__ import annotations

from briefing.analysis.overlap import LEAST_FEATURES
from briefing.core.wording import curly
from briefing.services.help_content import (
    Grid,
    HelpPage,
    HelpSection,
    Row,
    Rows,
    paragraphs,
    points,
)
from briefing.services.overlap_words import BACKTEST_LINE, MARGINS

KEY = "overlap"
TITLE = "How overlap works"
SUMMARY = "Known groups that share techniques and software, measured"
SECTIONS = {
    "meaning": "What it means",
    "order": "The order",
    "worth": "What it is worth",
    "margin": "The margin over the second",
    "ids": "Which ids count",
    "beside": "Beside it, not mixed in",
    "limits": "What it does not say",
}
"""Heading of each section by its key."""


def overlap_help() -> HelpPage:
    """The page; a test compares its figures with what the backtest measures."""
    return HelpPage(
        key=KEY,
        title=TITLE,
        summary=SUMMARY,
        sections=(_meaning(), _order(), _worth(), _margin(), _ids(), _beside(), _limits()),
    )


def _meaning() -> HelpSection:
    return HelpSection(
        "meaning",
        SECTIONS["meaning"],
        (
            paragraphs(
                "Two attacks with the same techniques, the same software and the same kind of "
                "victim may have one author. They need not: tools are sold, methods are copied, "
                "and some attackers imitate others on purpose.",
                "The program compares what was seen in an incident with what each group of ATT&CK "
                "is said to use, and says which groups share most. The result is one piece of "
                "evidence about techniques, with one vote in the matrix, and never a verdict.",
            ),
        ),
    )


def _order() -> HelpSection:
    rows = (
        _row(
            "Weight of a feature",
            "w × ln((N + 1) / (df + 0.5)). N is the number of groups compared, df how many of them "
            "use the feature, w is 3 for software and 1 for a technique.",
            "What nearly everybody uses weighs next to nothing; what one group uses weighs most.",
        ),
        _row(
            "Overlap of a group",
            "The weights of the features it shares, added up, over the weights of all features "
            "of the incident.",
            "Each shared feature shows its part of that sum.",
        ),
        _row(
            "Rank",
            "By overlap. Groups with the same overlap have the worse rank in common, so that no "
            "tie makes a result look better than it is.",
        ),
    )
    return HelpSection(
        "order",
        SECTIONS["order"],
        (
            paragraphs(
                "A rare feature tells more than a common one, and software more than a technique. "
                "So each feature has a weight."
            ),
            Rows("How groups are ordered", rows),
            paragraphs(
                f"Fewer than {LEAST_FEATURES} features are not ranked: too many groups would share "
                "them. What is shown are ranks and shared features; the sum itself only orders."
            ),
        ),
    )


def _worth() -> HelpSection:
    heads = ("Method, 21 campaigns", "first", "first 3", "first 10", "MRR")
    rows = (
        ("how much is known of a group, nothing else", "1", "3", "8", ".145"),
        ("Jaccard", "1", "2", "6", ".127"),
        ("cosine with the same weights by rarity", "3", "6", "11", ".240"),
        ("Bernoulli log-likelihood", "4", "8", "12", ".328"),
        ("this order", "7", "10", "13", ".434"),
    )
    return HelpSection(
        "worth",
        SECTIONS["worth"],
        (
            paragraphs(
                "ATT&CK says of 24 campaigns whose they are; 21 of them can be ranked. Each was "
                "compared with the profiles of the release before it appeared, less what those had "
                "from the campaign's own reports: 130 to 159 groups.",
                BACKTEST_LINE,
            ),
            Grid(heads, rows, numeric=(1, 2, 3, 4)),
            paragraphs(
                "The figures say in how many of the 21 the true group stood first, among the first "
                "three and among the first ten. MRR is the mean of one over its rank. The last row "
                "is what “briefing backtest attribution” prints; the others were measured once, "
                "with other methods on the same cases.",
                "How high the overlap is tells nothing. Where the first group was the right one, "
                "its overlap was .339 in the middle; where it was a wrong one, .370, and up to 1.",
            ),
        ),
    )


def _margin() -> HelpSection:
    rows = tuple(
        (band.words, f"{band.right} of {band.rankings}", alone)
        for band, alone in zip(MARGINS, ("3 of 13", "0 of 3", "2 of 2", "2 of 2"), strict=True)
    )
    heads = ("Overlap of the first over that of the second", "right", "in the 21 alone")
    return HelpSection(
        "margin",
        SECTIONS["margin"],
        (
            paragraphs(
                "What informs is how far the first stands above the second. Below 1.25 the ranking "
                "does not discriminate, and the program says so beside it."
            ),
            Grid(heads, rows, numeric=(1, 2)),
            paragraphs(
                "The middle column counts 166 rankings, published with the method and not repeated "
                "by the command. The last one is what the command prints for the 21 campaigns; one "
                "of them shares nothing with any group and has no margin. So few cases are no more "
                "than a hint."
            ),
        ),
    )


def _ids() -> HelpSection:
    rows = (
        _row(
            "Groups",
            "Actors with an ATT&CK group id of whom at least one technique or piece of software is "
            "stated. What any source states of such an actor counts.",
            "ATT&CK as MISP carries it counts only for what ATT&CK's own files, where they are "
            "imported, do not hold.",
        ),
        _row(
            "Sub-techniques",
            "Features of their own. T1059 and T1059.001 do not match each other: record what was "
            "seen as precisely as the report says it.",
            "Letting a sub-technique stand for its technique did worse on the 21 campaigns: MRR "
            ".354 to .400, according to how.",
        ),
        _row(
            "Withdrawn ids",
            "An id that ATT&CK has withdrawn for another is compared as that other, and the "
            "program says so. One that was deprecated for none is compared as it is.",
        ),
        _row(
            "Unknown ids",
            "An id that is in no catalogue here is named and not compared. One that is, and that "
            "no group is said to use, counts as a feature that nobody shares.",
        ),
        _row(
            "As of a day",
            "The releases whose day is not later. Who is who, and names, stay those of today. "
            "Before the first release held here nothing can be compared.",
        ),
    )
    return HelpSection("ids", SECTIONS["ids"], (Rows("Which ids count", rows),))


def _beside() -> HelpSection:
    return HelpSection(
        "beside",
        SECTIONS["beside"],
        (
            paragraphs(
                "Infrastructure that was recorded for the incident, and which of its sectors and "
                "countries the leading groups are said to target, are listed beside the ranking. "
                "They are not in it: no catalogue here lists the groups' infrastructure, and "
                "sharing a kind of victim is weak on its own.",
                "Actors that a claim or a hypothesis names and that have no profile in ATT&CK are "
                "listed as such. An actor not in the catalogue is always a row.",
            ),
        ),
    )


def _limits() -> HelpSection:
    return HelpSection(
        "limits",
        SECTIONS["limits"],
        (
            points(
                "It is no probability, and no figure of it is printed as one.",
                "It ranks only groups that ATT&CK describes. Whoever is not among them cannot be "
                "found, however well they are known elsewhere.",
                "A group that is much written about shares something with nearly everything.",
                "A profile may rest on the very reports about the incident; then the overlap finds "
                "what was put in. The evidence cites what both rest on, and a warning says so.",
                "Techniques can be imitated. A false flag is a hypothesis of its own.",
                "21 campaigns are few, and all of them were attributed by somebody: what cannot be "
                "attributed is likely to be harder.",
            ),
        ),
    )


def _row(sign: str, text: str, note: str = "") -> Row:
    return Row(sign, curly(text), curly(note))
