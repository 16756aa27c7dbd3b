"""What stands in the notes of a slide: likely questions, and the evidence behind each mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.core.brief import AnyBlock, Brief, BriefSource, Question, Section, WorldMap
from briefing.core.dates import long_date, short_date
from briefing.core.wording import counted
from briefing.exports.slide_words import Words
from briefing.exports.world_svg import named


@dataclass(frozen=True, slots=True)
class Notes:
    """For whoever presents.

    Attributes:
        says: What the slide is and what it leaves out, a sentence each.
        questions: What a listener may ask, and the answer with its marks.
        evidence: One line for each source marked on the slide, its number first.
    """

    says: tuple[str, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """The notes as paragraphs, each group under its heading."""
        lines = list(self.says)
        if self.questions:
            lines.append("Likely questions")
            for ask, answer in self.questions:
                lines += [f"Question: {ask}", f"Answer: {answer}"]
        if self.evidence:
            lines += ["What this rests on", *self.evidence]
        return tuple(lines)


def evidence(numbers: Sequence[int], words: Words) -> tuple[str, ...]:
    """What each number stands for: title, publisher, date, grade, and on whom it rests."""
    return tuple(_source(number, words.brief.sources[number - 1], words) for number in numbers)


def rests_on(section: Section, blocks: Sequence[AnyBlock], words: Words) -> tuple[str, ...]:
    """On how many statements a slide rests, and what has room in its notes alone."""
    count = len({key for block in blocks for key in block.statements})
    topic = words.line(section.title).strip()
    said = f"{counted(count, 'statement')} of the database" if count else "no statement"
    lines = [f"{topic}: rests on {said}." if topic else f"Rests on {said}."]
    for block in blocks:
        if isinstance(block, WorldMap) and block.countries:
            lines.append(f"Countries, {words.line(block.unit)}: {named(block.countries)}.")
    return tuple(lines)


def questions(asked: Sequence[Question], words: Words) -> tuple[tuple[str, str], ...]:
    """Questions and answers as they are read out, marks in brackets."""
    return tuple((words.line(one.ask), words.words(one.answer)) for one in asked)


def sources_asked(asked: Sequence[Question], words: Words) -> tuple[int, ...]:
    """Numbers of the sources that the answers mark."""
    return tuple(run.source for one in asked for run in words.runs(one.answer) if run.source)


def about(brief: Brief, words: Words) -> Notes:
    """Notes of the title slide: what this is, for whom, from what it was made."""
    made = [
        f"Made from {words.line(f'{it.title} {it.version}'.strip())}:"
        f" {counted(it.records, 'record')}."
        for it in brief.made_from
    ]
    date = long_date(brief.data_as_of)
    return Notes(
        (
            f"{words.line(brief.kind_title or brief.title)}. {brief.tlp.label}:"
            f" {brief.tlp.meaning[:1].lower()}{brief.tlp.meaning[1:]}",
            f"Data as of {date}." if date else "No day of the data is stated.",
            f"{counted(len(brief.sources), 'source')} and"
            f" {counted(len(brief.statements()), 'statement')} stand behind these slides; numbers"
            " in brackets lead to the list at the end.",
            *made,
        )
    )


def _source(number: int, source: BriefSource, words: Words) -> str:
    issued = ", ".join(filter(None, (source.publisher, short_date(source.published))))
    parts = [
        words.line(source.title or "Untitled"),
        words.line(issued),
        f"Grade {source.grade.code}: {source.grade.words[:1].lower()}{source.grade.words[1:]}",
        words.line(source.rests_on),
    ]
    said = ". ".join(part.strip().rstrip(".") for part in parts if part.strip())
    return f"[{number}] {said}."
