"""Blocks of prose: paragraphs, judgements, facts, dates, stages, quotations."""

from __future__ import annotations

from briefing.core.brief import (
    Bullets,
    Facts,
    KeyJudgement,
    Paragraph,
    Quotation,
    Stages,
    Text,
    Timeline,
)
from briefing.core.dates import moment, short_date
from briefing.exports.html_markup import element, text
from briefing.exports.html_pictures import estimates
from briefing.exports.html_words import Words
from briefing.exports.marks import without_marks
from briefing.exports.phrases import counted
from briefing.exports.shades import stage_shades

_EDGES = {"said": "said", "dissent": "dissent"}


def paragraph(block: Paragraph, words: Words) -> str:
    """Prose, with an edge where somebody says it or differs."""
    dissent = element("strong", text("Dissent.")) + text(" ") if block.edge == "dissent" else ""
    return element("p", dissent, words.text(block.text), class_=_EDGES.get(block.edge, ""))


def bullets(block: Bullets, words: Words) -> str:
    """Things of a kind as a list."""
    items = (element("li", words.text(item)) for item in block.items)
    return element("ul", *items, class_="bullets")


def judgement(block: KeyJudgement, words: Words) -> str:
    """A judgement with its number; likelihood and confidence stand beside it on two lines."""
    words.judgements += 1
    return element(
        "div",
        element("span", text(f"{words.judgements}"), class_="number"),
        element("p", words.text(block.text)),
        estimates(block.likelihood, block.confidence),
        class_="judgement",
    )


def facts(block: Facts, words: Words) -> str:
    """Label and value rows."""
    return fact_rows(block.rows, words)


def fact_rows(rows: tuple[tuple[str, Text], ...], words: Words) -> str:
    """Labels and what they are."""
    lines = [
        element(
            "div",
            element("dt", text(label), class_="differs" if _is_dissent(label) else ""),
            element("dd", words.text(value)),
        )
        for label, value in rows
    ]
    return element("dl", *lines, class_="facts")


def _is_dissent(label: str) -> bool:
    return label.strip().lower().startswith("dissent")


def timeline(block: Timeline, words: Words) -> str:
    """Dated events."""
    lines = [
        element("li", dated(event.date), element("p", words.text(event.text)))
        for event in block.events
    ]
    return element("ol", *lines, class_="timeline")


def dated(date: str) -> str:
    """A date in words, and for programs where it is one."""
    known = date[:10] if date[:4] == f"{moment(date).year:04d}" else ""
    return element("time", text(short_date(date)), datetime=known)


def stages(block: Stages, words: Words) -> str:
    """The stages side by side, the edge shaded by how many techniques each holds."""
    lines = []
    for stage, shade in zip(block.stages, stage_shades(block), strict=True):
        count = counted(stage.techniques, "technique") if stage.techniques else ""
        lines.append(
            element(
                "li",
                element("h4", text(f"{stage.number} {stage.name}")),
                element("p", text(count), class_="count figures") if count else "",
                element("p", words.text(stage.text)),
                class_=f"edge-{shade}",
            )
        )
    return element("ol", *lines, class_="stages")


def quotation(block: Quotation, words: Words) -> str:
    """Somebody else's words in quotation marks, the source marks behind them."""
    said, marks = without_marks(block.text)
    quoted = f"{text('“')}{words.text(said)}{text('”')}{words.text(marks)}"
    by = element("figcaption", text(block.by)) if block.by else ""
    return element("figure", element("blockquote", element("p", quoted)), by, class_="quotation")
