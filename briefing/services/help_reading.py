"""Help: how to read what the program says. Scales come from ``core``, words from vocabularies."""

from __future__ import annotations

import json

from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import CREDIBILITY, RELIABILITY
from briefing.core.tlp import Tlp
from briefing.core.wording import curly, sentence_case
from briefing.services.help_content import (
    Beside,
    HelpPage,
    HelpSection,
    Row,
    Rows,
    paragraphs,
    points,
)
from briefing.store.labels import Labels

KEY = "reading"

_CONFIDENCE = {
    Confidence.HIGH: "Good sources agree, and there is little room for another reading.",
    Confidence.MEDIUM: "The basis is credible, yet another reading remains possible.",
    Confidence.LOW: "Few or weak sources: one new report could turn it.",
    Confidence.NOT_STATED: "Whoever said it gave none, and the program does not guess one.",
}


def reading_help(labels: Labels) -> HelpPage:
    """The page, with the words of this database's vocabularies."""
    return HelpPage(
        key=KEY,
        title="How to read this program",
        summary="Statements, grades, likelihood, TLP",
        sections=(
            _statements(),
            _grades(),
            _likelihood(),
            _confidence(),
            _wording(),
            _tlp(),
            _briefings(),
            _vocabulary("stages", "The four stages", "stage", labels),
            _vocabulary("kinds", "Kinds of actors", "kind", labels),
            _vocabulary("goals", "Goals", "goal", labels),
        ),
    )


def _statements() -> HelpSection:
    return HelpSection(
        "statements",
        "Statements and their sources",
        (
            paragraphs(
                "Everything the program shows is a statement: somebody says something about "
                "somebody. It keeps who said it, when it was taken in, and how good that source is."
            ),
            points(
                "A raised number such as [1] stands behind what was said. It leads to the source.",
                "Where sources disagree, both stand side by side. Nothing is averaged, and nothing "
                "is merged away.",
                "“Not stated” and a dash mean that no source here says so. They never mean no.",
                "A count says what it counts and out of how many. What nobody reported is missing "
                "from it.",
                "Sentences of ours are marked as ours, and rest on sources like all others.",
            ),
        ),
    )


def _grades() -> HelpSection:
    reliability = tuple(
        Row(letter, sentence_case(words) + ".") for letter, words in RELIABILITY.items()
    )
    credibility = tuple(
        Row(str(figure), sentence_case(words) + ".") for figure, words in CREDIBILITY.items()
    )
    unjudged = Row("\N{EN DASH}", "Nobody has judged this information yet.")
    return HelpSection(
        "grades",
        "Grades of sources",
        (
            paragraphs(
                "A grade such as B2 has a letter for the source, and a figure for what it says "
                "here. A good source can carry a doubtful report, so the two stay apart."
            ),
            Beside(
                (
                    Rows("The letter: reliability of the source", reliability),
                    Rows("The figure: credibility of the information", (*credibility, unjudged)),
                )
            ),
            paragraphs(
                "Letters of catalogues are ours and are explained under About the data. Documents "
                "take theirs from who published them: courts A; governments, makers of security "
                "products, researchers and catalogues B; the press C; all others F."
            ),
        ),
        note="the Admiralty code, as in NATO AJP-2.1",
    )


def _likelihood() -> HelpSection:
    rows = tuple(Row(step, "") for step in Likelihood)
    return HelpSection(
        "likelihood",
        "Likelihood",
        (
            paragraphs(
                "A judgement about what comes next uses one of seven terms. The range says how the "
                "term is meant; it was not calculated."
            ),
            Rows("Terms of likelihood", rows),
        ),
        note="ICD 203, the analytic standard of the US intelligence community",
    )


def _confidence() -> HelpSection:
    rows = tuple(Row(step, words) for step, words in _CONFIDENCE.items())
    return HelpSection(
        "confidence",
        "Confidence",
        (
            paragraphs(
                "Confidence says how far the basis of a judgement can be trusted, not how likely "
                "the thing is. It therefore stands on a line of its own."
            ),
            Rows("Steps of confidence", rows),
        ),
        note="never a percentage",
    )


def _wording() -> HelpSection:
    return HelpSection(
        "wording",
        "Wording of estimates",
        (
            paragraphs(
                "Before a briefing is sent, its own words are read for estimates: titles, prose, "
                "judgements and your notes. Quotations, names of documents, tables and what a "
                "sentence gives as somebody else’s estimate are left alone. It is advice: nothing "
                "is changed, and nothing is held back."
            ),
            points(
                "A word outside the seven terms, such as “probably”, is told with the term that "
                "says the same. “Perhaps” and “may well” say nothing of how likely it is.",
                "Likelihood and confidence in one sentence are told: they answer two questions.",
                "A judgement in the words of a fact is told where its record says less than almost "
                "certain; so is another term than the record’s.",
                "In a title or a note, “did it” is told where the record judges or only claims who "
                "did it, and “is run by” where the record has that from others.",
                "A judgement that rests on one origin is told, unless it or a note beside it says "
                "so.",
            ),
            paragraphs(
                "It knows words, not meaning, and finds only what is plain. That it is silent does "
                "not make an estimate a good one."
            ),
        ),
        note="after ICD 203, section D.6.e.(2)",
    )


def _tlp() -> HelpSection:
    rows = tuple(Row(level, curly(level.meaning)) for level in reversed(Tlp))
    return HelpSection(
        "tlp",
        "Traffic Light Protocol",
        (
            paragraphs("The label says how far a thing may travel. The narrowest comes first."),
            Rows("Levels of TLP", rows),
            points(
                "What carries no label, or one that nobody knows, counts as TLP:RED.",
                "A briefing leaves out whatever is marked above the ceiling of its audience.",
                "The briefing itself carries the highest level of what it still holds.",
            ),
        ),
        note="TLP 2.0 by FIRST",
    )


def _briefings() -> HelpSection:
    return HelpSection(
        "briefings",
        "Briefings",
        (
            points(
                "The preview shows the pages of the PDF itself, not a likeness of them.",
                "The one-page version has to fit one A4 page. Where it does not, the program names "
                "the sections that take the room; it does not shrink the type.",
                "Sections can be switched off and moved. Lists of sources always stay.",
                "What the audience may not see is left out while the briefing is put together. "
                "You are told how much that was; the file does not say so.",
                "Every PDF carries a file named brief.json with its statements, its sources and "
                "the versions of catalogues. So it can be said later what it rested on.",
                "The file names no author unless you type one, and no computer, account or folder.",
            ),
        ),
    )


def _vocabulary(key: str, title: str, kind: str, labels: Labels) -> HelpSection:
    details = [(label.label, json.loads(label.detail)) for label in labels.all(kind)]
    details.sort(key=lambda row: row[1].get("number", 0))
    rows = tuple(
        Row(name, curly(detail.get("meaning") or detail.get("sentence", "")))
        for name, detail in details
    )
    return HelpSection(key, title, (Rows(title, rows),))
