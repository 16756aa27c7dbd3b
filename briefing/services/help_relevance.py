"""Help: how actors are ranked for a client, and what that ranking is worth."""

from __future__ import annotations

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

KEY = "relevance"
TITLE = "How relevance works"
SUMMARY = "The ranking for a client, measured"
SECTIONS = {
    "score": "The score",
    "grounds": "What it rests on",
    "worth": "What it is worth",
    "limits": "What it does not say",
    "beside": "The two lists beside it",
}
"""Heading of each section by its key."""


def relevance_help() -> HelpPage:
    """The page; its figures were measured once, on incidents of 2019 to 2023."""
    return HelpPage(
        key=KEY,
        title=TITLE,
        summary=SUMMARY,
        sections=(_score(), _grounds(), _worth(), _limits(), _beside()),
    )


def _score() -> HelpSection:
    rows = (
        _row(
            "Country",
            "1.2 × ln(1 + C). C counts the actor's earlier incidents in the client's countries; an "
            "incident counts half after three years, a quarter after six.",
        ),
        _row("Sector", "1.0 × ln(1 + S). The same for incidents that hit one of its sectors."),
        _row(
            "Region",
            "0.7 × ln(1 + R). The same for the other countries of the UN sub-region, where the "
            "client's own were not hit.",
        ),
        _row(
            "Active",
            "1.3 points for an incident within the last two years. It is left out when the newest "
            "incident here is itself older than a year: then nobody can tell.",
        ),
        _row(
            "Sponsor",
            "1.4 × ln(p_c / p), where that is above nought. p is the share of its state in all "
            "incidents with a known initiator, p_c its share in the client's countries; both "
            "halve every five years, and few incidents are drawn towards the mean.",
            "p = (n_s + 0.5) / (T + 10); p_c = (n_sc + 5p) / (T_c + 5). Its state is the one said "
            "to sponsor it; where nobody says that, the one it is said to be in, unless it is "
            "called criminal, hacktivist or for hire. Where sources name several, none counts.",
        ),
    )
    return HelpSection(
        "score",
        SECTIONS["score"],
        (
            paragraphs(
                "Each actor gets points for what dated incidents say about it, and each term is "
                "a sentence with its sources. The sum is the score, and nothing else is in it. "
                "Equal scores are ordered by name."
            ),
            Rows("Terms of the score", rows),
            paragraphs(
                "One event that two sources tell of counts once. Two incidents are taken for one "
                "where they name an actor, a country and a sector in common (or one names no "
                "sector) and began at most 14 days apart. Where only the year is known, both "
                "count.",
                "Points are counted in hundredths, so that those printed add up to the score.",
            ),
        ),
    )


def _grounds() -> HelpSection:
    rows = (
        _row(
            "Incident history",
            "Dated incidents that concern the client's countries or sectors: those that come "
            "with the program, EuRepoC and others once imported. The formula above.",
        ),
        _row(
            "Catalogue only",
            "No dated incident concerns them. Then what catalogues state counts: country 0.6, "
            "neighbouring country 0.2, sector 0.3, and 0.2 where anything was written about the "
            "actor within two years of the data's own date.",
            "In our test this did no better than how often an actor is reported.",
        ),
    )
    return HelpSection(
        "grounds",
        SECTIONS["grounds"],
        (
            paragraphs("Which of the two holds is printed above every list."),
            Rows("The two grounds", rows),
        ),
    )


def _worth() -> HelpSection:
    heads = ("Ranking, 75 incidents of 2021 to 2023", "first 5", "first 10", "first 20", "MRR")
    rows = (
        ("how often an actor was reported before", ".11", ".19", ".35", ".09"),
        ("the same, halved every year", ".27", ".36", ".49", ".17"),
        ("catalogue statements alone, as of the day", ".09", ".16", ".25", ".06"),
        ("past incidents in the country and in the sector", ".29", ".45", ".55", ".18"),
        ("this formula", ".30", ".48", ".57", ".20"),
    )
    return HelpSection(
        "worth",
        SECTIONS["worth"],
        (
            paragraphs(
                "118 incidents of EuRepoC with one known actor, a country and a sector were "
                "taken. The formula was tuned on 43 of 2019 and 2020 and tested on 75 of 2021 to "
                "2023. For each, 1,041 actors were ranked with only what was known the day before. "
                "The figures say in how many of the 75 the right one stood among the first."
            ),
            Grid(heads, rows, numeric=(1, 2, 3, 4)),
            paragraphs(
                "For the first ten, chance alone would move .48 between .37 and .59 (95 %). MRR is "
                "the mean of one over the rank. On the 43 cases of the tuning, "
                "“briefing backtest relevance” prints .306, .415, .465 and .229, and .116, .264, "
                ".357 and .120 for how often an actor was reported.",
                "So dated incidents predict, and geography does most of it: the sector adds about "
                ".05. Equal weights do as well as ours (.48), so they are not tuned further; "
                "better data is what helps.",
            ),
        ),
    )


def _limits() -> HelpSection:
    return HelpSection(
        "limits",
        SECTIONS["limits"],
        (
            points(
                "It ranks which named actor is likely to be publicly reported. It does not say "
                "how likely an attack is.",
                "28 % of the actors in the test had never been seen before. No ranking of known "
                "names can find them.",
                "With data a year old, the right actor stood among the first ten in .35 instead "
                "of .48: keep incidents current.",
                "What is reported is not all that happens: some countries, sectors and attackers "
                "are written about more than others.",
                "What is marked above the client's ceiling is in no score and in no list. How much "
                "that is stands above the list.",
                "An actor that is not in the list is no actor that leaves you alone. Ask “Why is X "
                "not here?” under Clients for its terms and what would change them.",
            ),
        ),
    )


def _beside() -> HelpSection:
    rows = (
        _row(
            "Through those you serve",
            "Actors that hit the sectors of the client's customers or suppliers. Where a managed "
            "service provider serves it: those that hit technology and IT services, or that come "
            "in through others (T1199, T1195).",
        ),
        _row(
            "Through what you run",
            "Vulnerabilities of the client's products that CISA lists as exploited, with its due "
            "date, or that an actor is said to exploit or is named with in an advisory.",
        ),
    )
    return HelpSection(
        "beside",
        SECTIONS["beside"],
        (
            Rows("Beside the score", rows),
            paragraphs(
                "Both are sensible and neither is validated. They are not in the score, and they "
                "say so wherever they stand."
            ),
        ),
    )


def _row(sign: str, text: str, note: str = "") -> Row:
    return Row(sign, curly(text), curly(note))
