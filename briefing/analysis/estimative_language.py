"""Advice on how a briefing words its estimates: deterministic, never a reason not to print.

The rules are those of ICD 203 (2015), section D.6.e.(2), and of this program: likelihood and
confidence are separate lines, a judgement says on how many origins it rests, and what is only
likely, or only said by others, is not stated as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from briefing.analysis.brief_prose import Place, Prose, own_words
from briefing.analysis.estimative_flat import (
    deeds_of,
    flat_verb,
    owners_of,
    plainly,
    reported,
)
from briefing.analysis.estimative_words import (
    Outside,
    left_open,
    mixed,
    outside,
    sentences,
    stated,
)
from briefing.core.brief import (
    Assessed,
    Brief,
    Bullets,
    ClaimsEvidence,
    Facts,
    KeyJudgement,
    Mark,
    Note,
    Paragraph,
    Text,
    Trace,
    plain,
)
from briefing.core.estimates import Likelihood
from briefing.core.wording import counted


class LanguageRule(Enum):
    """What a finding is about."""

    OUTSIDE = "outside"
    MIXED = "mixed"
    FLAT = "flat"
    DIFFERS = "differs"
    ONE_ORIGIN = "one-origin"


@dataclass(frozen=True, slots=True)
class LanguageFinding:
    """One piece of advice.

    Attributes:
        rule: What it is about.
        place: Where it stands.
        passage: The text there, as printed.
        at: Where the words begin in it, in characters.
        words: The words in question, as printed.
        text: What was found: a sentence.
        proposal: What to write or do instead: a sentence.
    """

    rule: LanguageRule
    place: Place
    passage: str
    at: int
    words: str
    text: str
    proposal: str


_Judged: TypeAlias = KeyJudgement | Assessed
_Rule: TypeAlias = Callable[[Prose], Iterator[LanguageFinding]]

_CUT: Final = "…"
_LONGEST: Final = 80
"""Characters of a record that are repeated."""
_SPONSOR: Final = "Sponsor"
"""Label of the row of an actor briefing that says whose it is, and who says so."""
_SAYS_ONE: Final = re.compile(
    r"\b(?:one|single|only|alone)\b[^.]{0,20}\b(?:origin|source)|\bone origin\b", re.IGNORECASE
)

_ENDING: Final = re.compile(r"(?: \(H\d+\))?\W*\Z")
"""What ends a judgement on a page: the label of its hypothesis, a full stop."""


def check_language(brief: Brief) -> tuple[LanguageFinding, ...]:
    """Advice on a briefing and its notes, in print order."""
    pieces = tuple(own_words(brief))
    rules: tuple[_Rule, ...] = (
        _outside,
        _mixed,
        _flat,
        _differs,
        _flat_deed(brief),
        _flat_owner(brief),
        _one_origin(brief, pieces),
    )
    found: list[LanguageFinding] = []
    for prose in pieces:
        here = [finding for rule in rules for finding in rule(prose)]
        found += sorted(here, key=lambda finding: finding.at)
    return tuple(found)


def _outside(prose: Prose) -> Iterator[LanguageFinding]:
    judged = _judged(prose)
    for begins, sentence in sentences(prose.own):
        if reported(sentence):
            continue
        for one in outside(sentence):
            yield _told_outside(prose, one, begins + one.at, judged)
    open_word = left_open(prose.own) if judged and not stated(prose.own) else None
    if open_word is not None:
        yield _told_outside(prose, open_word, open_word.at, judged)


def _told_outside(prose: Prose, one: Outside, at: int, judged: _Judged | None) -> LanguageFinding:
    words = prose.text[at : at + len(one.words)]
    if one.is_number:
        text = f"“{words}” is a number in place of a term of likelihood."
    elif one.term is None:
        text = f"“{words}” does not say how likely it is."
    else:
        text = f"“{words}” is none of the seven terms of ICD 203."
    term = judged.likelihood if judged else one.term
    if term is None:
        proposal = "Say how likely it is with one of the seven terms, or leave it out."
    else:
        recorded = ", as the record says" if judged else ""
        proposal = f"Write “{term.term}” ({term.range}){recorded}."
    return LanguageFinding(LanguageRule.OUTSIDE, prose.place, prose.text, at, words, text, proposal)


def _mixed(prose: Prose) -> Iterator[LanguageFinding]:
    for begins, sentence in sentences(prose.own):
        both = None if reported(sentence) else mixed(sentence)
        if both is None:
            continue
        likelihood, confidence = both
        start = min(likelihood.start(), confidence.start())
        end = max(likelihood.end(), confidence.end())
        yield LanguageFinding(
            LanguageRule.MIXED,
            prose.place,
            prose.text,
            begins + start,
            prose.text[begins + start : begins + end],
            f"One sentence holds likelihood (“{likelihood[0]}”) and confidence"
            f" (“{confidence[0]}”).",
            "Say in one sentence how likely it is, and in another how far its basis carries.",
        )


def _flat(prose: Prose) -> Iterator[LanguageFinding]:
    """The words of a judgement are of a fact, its record is of a likelihood."""
    judged = _judged(prose)
    if judged is None or judged.likelihood is Likelihood.ALMOST_CERTAIN:
        return
    verb = flat_verb(prose.own)
    if verb is not None:
        words, at = verb
        term = judged.likelihood.term
        yield _finding(
            *(LanguageRule.FLAT, prose, words, at),
            f"The words state it (“{words}”), and the record says “{term}”.",
            f"Write how likely it is in the sentence itself: “{term}”.",
        )


def _differs(prose: Prose) -> Iterator[LanguageFinding]:
    """The words of a judgement say another likelihood than its record."""
    judged = _judged(prose)
    said = stated(prose.own) if judged else ()
    if judged is None or not said or judged.likelihood in said:
        return
    first = said[0].term
    at = prose.own.casefold().find(first)
    if at >= 0:
        yield _finding(
            *(LanguageRule.DIFFERS, prose, prose.text[at : at + len(first)], at),
            f"The words say “{first}”, and the record says “{judged.likelihood.term}”.",
            "Say the same in both.",
        )


def _flat_deed(brief: Brief) -> _Rule:
    """Somebody is stated to have done what the record of the incident judges, or only claims."""
    record = _record(brief)
    deeds = deeds_of(brief) if record else None

    def rule(prose: Prose) -> Iterator[LanguageFinding]:
        if deeds is None or not _is_running(prose):
            return
        for words, at in plainly(prose.own, deeds):
            yield _finding(
                *(LanguageRule.FLAT, prose, words, at),
                f"The words state who did it (“{words}”), and the record {record}",
                "Write how likely it is, or who says so.",
            )

    return rule


def _flat_owner(brief: Brief) -> _Rule:
    """An actor is stated to be somebody's, which the record has from others."""
    record = next((plain(text) for text in _facts(brief, _SPONSOR)), "")
    owners = owners_of(brief.subject) if record else None

    def rule(prose: Prose) -> Iterator[LanguageFinding]:
        if owners is None or not _is_running(prose):
            return
        for words, at in plainly(prose.own, owners):
            yield _finding(
                *(LanguageRule.FLAT, prose, words, at),
                f"The words state whose it is (“{words}”), and the record has it from others:"
                f" {_short(record)}",
                "Write who says so.",
            )

    return rule


def _one_origin(brief: Brief, pieces: Sequence[Prose]) -> _Rule:
    """A judgement rests on one origin, and neither it nor a note in its section says so."""
    told = {
        (prose.place.part, prose.place.section)
        for prose in pieces
        if isinstance(prose.block, Note) and _SAYS_ONE.search(prose.text)
    }
    traced = [row for block in brief.blocks() if isinstance(block, Trace) for row in block.rows]
    evidence = [block.origins for block in brief.blocks() if isinstance(block, ClaimsEvidence)]

    def alone(judged: _Judged) -> str | None:
        """The one origin of a judgement, by name or ""; None where it has none or several."""
        if isinstance(judged, Assessed) and any(evidence):
            return "" if max(evidence) == 1 else None
        words = plain(judged.text)
        rows = [row for row in traced if row.says and words.startswith(row.says.removesuffix(_CUT))]
        if rows:
            # The trace repeats first words only, and two judgements may begin alike.
            return rows[0].origin_names if all(row.origins == 1 for row in rows) else None
        # Nothing counts origins here: sources of one publisher are one, which is an upper limit.
        names = {
            source.publisher.casefold(): source.publisher
            for source in brief.sources
            if source.key in _marked(judged)
        }
        return next(iter(names.values())) if len(names) == 1 else None

    def rule(prose: Prose) -> Iterator[LanguageFinding]:
        judged = _judged(prose)
        origin = alone(judged) if judged else None
        if judged is None or origin is None or _says_so(judged):
            return
        if (prose.place.part, prose.place.section) in told:
            return
        first = next(sentences(prose.text))[1]
        yield _finding(
            *(LanguageRule.ONE_ORIGIN, prose, _ENDING.sub("", first), 0),
            f"The judgement rests on one origin{f', {origin}' if origin else ''}.",
            "Say so in it or in a note, or look for a source that does not rest on this one.",
        )

    return rule


def _finding(
    rule: LanguageRule, prose: Prose, words: str, at: int, text: str, proposal: str
) -> LanguageFinding:
    return LanguageFinding(rule, prose.place, prose.text, at, words, text, proposal)


def _judged(prose: Prose) -> _Judged | None:
    """The judgement whose own words these are; basis and gaps stand beside it as accounts."""
    block = prose.block
    return block if isinstance(block, KeyJudgement | Assessed) and prose.place.item == 1 else None


def _is_running(prose: Prose) -> bool:
    """Titles, prose, notes and what is answered: where a thing is stated and not listed."""
    return prose.block is None or isinstance(prose.block, Paragraph | Bullets | Note)


def _record(brief: Brief) -> str:
    """What the record of an incident says of who did it, to follow “the record”; "" for nothing."""
    for block in brief.blocks():
        if isinstance(block, Assessed):
            if block.likelihood is Likelihood.ALMOST_CERTAIN:
                return ""
            return f"judges it “{block.likelihood.term}”: {_short(plain(block.text))}"
    held = [block for block in brief.blocks() if isinstance(block, ClaimsEvidence)]
    claims = max((len(block.claims) for block in held), default=0)
    if not claims or any(block.evidence for block in held):
        return ""
    return f"holds {counted(claims, 'claim')} and no evidence."


def _facts(brief: Brief, label: str) -> Iterator[Text]:
    for block in brief.blocks():
        if isinstance(block, Facts):
            yield from (text for named, text in block.rows if named == label)


def _marked(judged: _Judged) -> set[str]:
    texts = (judged.text, *(text for _, text in getattr(judged, "facts", ())))
    return {key for text in texts for one in text if isinstance(one, Mark) for key in one.sources}


def _says_so(judged: _Judged) -> bool:
    texts = (judged.text, *(text for _, text in getattr(judged, "facts", ())))
    return any(_SAYS_ONE.search(plain(text)) for text in texts)


def _short(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rsplit(' ', 1)[0].rstrip(' ,;:.')}{_CUT}"
