"""Advice on how a briefing words its estimates: deterministic, never a reason not to print.

The rules are those of ICD 203 (2015), section D.6.e.(2), and of this program: likelihood and
confidence are separate lines, and a judgement says on how many origins it rests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from briefing.analysis.brief_prose import Place, Prose, own_words, unquoted
from briefing.analysis.estimative_words import flat_verb, mixed_words, outside, stated
from briefing.core.brief import Assessed, Brief, KeyJudgement, Mark, Trace, TraceRow, plain
from briefing.core.estimates import Likelihood


class LanguageRule(Enum):
    """What a finding is about."""

    OUTSIDE = "a word outside the seven terms"
    MIXED = "likelihood and confidence in one sentence"
    FLAT = "stated flatly"
    DIFFERS = "another likelihood than the record's"
    ONE_ORIGIN = "one origin"


@dataclass(frozen=True, slots=True)
class LanguageFinding:
    """One piece of advice.

    Attributes:
        rule: What it is about.
        place: Where it stands.
        words: The words in question, as printed.
        text: What was found: a sentence.
        proposal: What to write or do instead: a sentence.
    """

    rule: LanguageRule
    place: Place
    words: str
    text: str
    proposal: str


_SEVEN: Final = ", ".join(one.term for one in Likelihood)
_CUT: Final = "…"


def check_language(brief: Brief) -> tuple[LanguageFinding, ...]:
    """Advice on a briefing and its notes, in print order."""
    found: dict[tuple[LanguageRule, Place, str], LanguageFinding] = {}
    for prose in own_words(brief):
        judged = prose.block if isinstance(prose.block, KeyJudgement | Assessed) else None
        # Basis, gaps and dissent stand beside a judgement and are accounts.
        is_judgement = judged is not None and prose.text == unquoted(plain(judged.text))
        for finding in _worded(prose, judging=is_judgement):
            found.setdefault((finding.rule, finding.place, finding.words.casefold()), finding)
    for place, block in _judgements(brief):
        for told in (_flat(place, block), _differs(place, block), _alone(brief, place, block)):
            if told is not None:
                found[told.rule, told.place, told.words] = told
    rank = {place: number for number, place in enumerate(_places(brief))}
    return tuple(sorted(found.values(), key=lambda finding: rank[finding.place]))


def _worded(prose: Prose, *, judging: bool) -> Iterator[LanguageFinding]:
    """Rules on single words and sentences."""
    for told in outside(prose.text, judging=judging):
        text = f"“{told.words}” says nothing of how likely it is."
        proposal = f"Write one of the seven terms of ICD 203 ({_SEVEN}), or leave it out."
        if told.term is not None:
            text = f"“{told.words}” is none of the seven terms of ICD 203."
            proposal = f"Write “{told.term.term}” ({told.term.range})."
        yield LanguageFinding(LanguageRule.OUTSIDE, prose.place, told.words, text, proposal)
    mixed = mixed_words(prose.text)
    if mixed:
        likelihood, confidence = mixed
        yield LanguageFinding(
            LanguageRule.MIXED,
            prose.place,
            f"{likelihood} {_CUT} {confidence}",
            f"One sentence holds likelihood (“{likelihood}”) and confidence (“{confidence}”).",
            "Say in one sentence how likely it is, and in another how far its basis carries.",
        )


def _flat(place: Place, block: KeyJudgement | Assessed) -> LanguageFinding | None:
    """The words are of a fact, the record is of a likelihood."""
    words = unquoted(plain(block.text))
    verb = flat_verb(words)
    hedged = bool(stated(words) or outside(words, judging=True))
    if block.likelihood is Likelihood.ALMOST_CERTAIN or hedged or not verb:
        return None
    term = block.likelihood.term
    return LanguageFinding(
        LanguageRule.FLAT,
        place,
        verb,
        f"The words state it (“{verb}”), and the record says “{term}”.",
        f"Write how likely it is in the sentence itself: “{term}”.",
    )


def _differs(place: Place, block: KeyJudgement | Assessed) -> LanguageFinding | None:
    """The words say another likelihood than the record."""
    said = stated(unquoted(plain(block.text)))
    if not said or block.likelihood in said:
        return None
    return LanguageFinding(
        LanguageRule.DIFFERS,
        place,
        said[0].term,
        f"The words say “{said[0].term}”, and the record says “{block.likelihood.term}”.",
        "Say the same in both.",
    )


def _alone(brief: Brief, place: Place, block: KeyJudgement | Assessed) -> LanguageFinding | None:
    """The judgement rests on one origin."""
    origin = _one_origin(brief, block)
    if origin is None:
        return None
    named = f": {origin}" if origin else ""
    return LanguageFinding(
        LanguageRule.ONE_ORIGIN,
        place,
        origin,
        f"The judgement rests on one origin{named}.",
        "Say so beside it, or look for a source that does not rest on this one.",
    )


def _one_origin(brief: Brief, block: KeyJudgement | Assessed) -> str | None:
    """The one origin of a judgement, by name or ""; None where there are several, or none at all.

    The evidence trace counts origins; where it does not name the judgement, sources of one
    publisher are one origin, which is an upper limit.
    """
    words = plain(block.text)
    for row in _traced(brief):
        if row.says and words.startswith(row.says.removesuffix(_CUT)):
            return row.origin_names if row.origins == 1 else None
    texts = (block.text, *(text for _, text in block.facts)) if isinstance(block, Assessed) else ()
    marked = {
        key
        for text in texts or (block.text,)
        for inline in text
        if isinstance(inline, Mark)
        for key in inline.sources
    }
    behind = {
        source.publisher.casefold(): source.publisher
        for source in brief.sources
        if source.key in marked
    }
    return next(iter(behind.values())) if len(behind) == 1 else None


def _traced(brief: Brief) -> Iterator[TraceRow]:
    for block in brief.blocks():
        if isinstance(block, Trace):
            yield from block.rows


def _judgements(brief: Brief) -> Iterator[tuple[Place, KeyJudgement | Assessed]]:
    for number, part in enumerate(brief.parts, start=1):
        for section in part.sections:
            for at, block in enumerate(section.blocks, start=1):
                if isinstance(block, KeyJudgement | Assessed):
                    yield Place(number, section.key, section.title, at), block


def _places(brief: Brief) -> Iterator[Place]:
    """Every place, in print order."""
    for number, part in enumerate(brief.parts, start=1):
        yield Place(number, "", part.title)
        for section in part.sections:
            for at in range(len(section.blocks) + 1):
                yield Place(number, section.key, section.title, at)
