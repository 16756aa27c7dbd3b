"""Words of likelihood and of confidence, as people write them, and how ICD 203 has them.

Intelligence Community Directive 203 (2015), section D.6.e.(2): (a) gives seven degrees of
likelihood with two words each, and asks analysts not to mix words of the two rows; (b) forbids
confidence and likelihood in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from briefing.core.estimates import Likelihood

_PER_CENT: Final = r"\d+(?:[.,]\d+)?\s?(?:%|per\s?cent)"
_LIKELIHOOD_WORDS: Final = (
    *(re.escape(one.term) for one in Likelihood),
    # The second word that ICD 203 (2015), section D.6.e.(2)(a), gives for a term.
    r"remote (?:chance|possibility)",
    "highly improbable",
    "improbable",
    "probable",
    "highly probable",
    "nearly certain",
    # What people write for them.
    "almost certainly",
    "certainly",
    "doubtless",
    "probably",
    "possibly",
    "presumably",
    # “Likelihood and confidence” speaks of the two scales, and estimates nothing.
    "(?<!confidence and )(?<!confidence or )likelihood(?! (?:and|or) confidence)",
    "probability",
    "chances?",
    "(?<!at )odds",
    rf"{_PER_CENT}(?=\s+(?:confiden|certain))",
)
_CONFIDENCE_WORDS: Final = ("confidence", "confident", "confidently", "certainty")
_SENTENCE_END: Final = re.compile(
    # Neither the stops of initials ("U.S. Treasury") nor one before a small letter ("e.g. …").
    r"(?<=[.!?])(?<!\.[A-Z]\.)[\"”’)\]]*\s+(?=\W*[^\Wa-z])|\n+"
)

_UNCOMPARED: Final = "(?<!how )(?<!more )(?<!less )(?<!most )(?<!equally )(?<!as )"
"""What is compared, or asked after, is not estimated: “how probable it is, no source says”."""
_INSTEAD: Final[Mapping[Likelihood, tuple[str, ...]]] = {
    Likelihood.ALMOST_NO_CHANCE: (r"remote (?:chance|possibility|probability)",),
    Likelihood.VERY_UNLIKELY: (
        *("highly improbable", "very improbable", "highly unlikely", "extremely unlikely"),
        "most unlikely",
    ),
    Likelihood.UNLIKELY: (
        *(f"{_UNCOMPARED}improbable", "improbably", "not (?:very |that )?likely", "not probable"),
        "(?:quite|rather|fairly|somewhat) unlikely",
    ),
    Likelihood.ROUGHLY_EVEN: (
        *(r"(?<!roughly )even (?:chances?|odds)", "roughly even odds", "fifty-fifty"),
        r"50[-/:–]50",
    ),
    Likelihood.LIKELY: (
        # A court’s “probable cause”; the Admiralty code’s “probably true”.
        *(f"{_UNCOMPARED}probable(?! cause)", "probably(?! true)"),
        *("(?:quite|rather|fairly) likely", "(?<!the )chances are", "more likely than not"),
        "better than even",
    ),
    Likelihood.VERY_LIKELY: (
        *("highly probable", "very probable", "very probably", "highly likely", "extremely likely"),
        "most probably",
    ),
    Likelihood.ALMOST_CERTAIN: (
        *("nearly certain", "virtually certain", "all but certain", "practically certain"),
        *("nearly certainly", "virtually certainly", "(?<!almost )certainly(?! not)"),
        *("definitely(?! not)", "undoubtedly", "doubtless", "no doubt(?! about)"),
        *("without (?:a |any )?doubt", "beyond (?:any )?doubt"),
    ),
}
"""What stands in place of each term: the second word of ICD 203, and what people write."""
_OWN: Final[Mapping[Likelihood, tuple[str, ...]]] = {
    **{one: (re.escape(one.term),) for one in Likelihood},
    Likelihood.LIKELY: (f"{_UNCOMPARED}likely",),
    Likelihood.ALMOST_CERTAIN: ("almost certain(?:ly)?",),
}
_COUNTED: Final = r"(?! (?:\d|some|half|one|two|three|four|five|six|seven|eight|nine|ten|dozens))"
"""“Perhaps 300 victims” rounds a number."""
_VAGUE: Final = (
    # “A fact, and only perhaps a cause” sets two things apart.
    *(
        "possibly(?! true)",
        f"(?<!only )perhaps{_COUNTED}",
        f"(?<!only )maybe{_COUNTED}",
        "conceivably",
        "presumably",
    ),
    *("(?:may|might|could) well", "(?:it )?is possible that", "there is a possibility"),
    r"can(?:not|['’]t| not) (?:be )?(?:ruled? out|excluded?)",
    # A “chance to” do something is an opportunity.
    "(?:good|fair|real|strong|serious|slim|high|low|small) chances?(?! to )",
    "(?:real|strong|serious|distinct|high|low|small) (?:possibility|probability|likelihood)",
    *("in all likelihood", "in all probability"),
)
_NUMBERS: Final = (
    rf"{_PER_CENT} (?:chance|likelihood|probability|likely|probable|certain|sure)",
    rf"(?:probability|likelihood|chances?) (?:of|is|at) (?:about |some |around )?{_PER_CENT}",
)
_OPEN: Final = ("may", "might", "could")
"""Words that are harmless in an account (“could read mail”) and no estimate in a judgement."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Words of likelihood that are none of the seven terms.

    Attributes:
        words: As they stand in the text.
        at: Where they begin, in characters.
        term: The term that says the same; None where none does.
        is_number: Whether they put a number in place of a term.
    """

    words: str
    at: int
    term: Likelihood | None
    is_number: bool = False


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with where it begins."""
    begins = 0
    for gap in _SENTENCE_END.finditer(text):
        yield begins, text[begins : gap.start()]
        begins = gap.end()
    yield begins, text[begins:]


def mixed(sentence: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """The words of likelihood and of confidence of a sentence that holds both."""
    likelihood, confidence = _LIKELIHOOD.search(sentence), _CONFIDENCE.search(sentence)
    return (likelihood, confidence) if likelihood and confidence else None


def mixed_words(text: str) -> tuple[str, str] | None:
    """The words of likelihood and of confidence of the first sentence that holds both."""
    for _, sentence in sentences(text):
        found = mixed(" ".join(sentence.split()))
        if found:
            return found[0][0], found[1][0]
    return None


def outside(text: str) -> Iterator[Outside]:
    """Words of likelihood outside the seven terms, in their order."""
    for match, kind in _told(text, _HEDGED):
        term = kind if isinstance(kind, Likelihood) else None
        yield Outside(match[0], match.start(), term, is_number=kind == _NUMBER)


def left_open(text: str) -> Outside | None:
    """The first “may”, “might” or “could”; the month is none of them."""
    found = next((match for match in _MAY_BE.finditer(text) if match[0].islower()), None)
    return Outside(found[0], found.start(), None) if found else None


def stated(text: str) -> tuple[Likelihood, ...]:
    """How likely a text says something is, in whatever words; each degree once, in their order."""
    degrees = (kind for _, kind in _told(text, _DEGREES) if isinstance(kind, Likelihood))
    return tuple(dict.fromkeys(degrees))


def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words whole, the longest that fits."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", re.IGNORECASE)


_Kind: TypeAlias = Likelihood | str
_NOTHING: Final = "vague"
_NUMBER: Final = "number"
_Listed: TypeAlias = tuple[re.Pattern[str], tuple[_Kind, ...]]


def _listed(*groups: tuple[_Kind, tuple[str, ...]]) -> _Listed:
    """Words of several kinds as one pattern, the longest that fits, and the kind of each group."""
    choices = [(word, kind) for kind, words in groups for word in words]
    choices.sort(key=lambda choice: len(choice[0]), reverse=True)
    pattern = "|".join(f"({word})" for word, _ in choices)
    whole = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    return whole, tuple(kind for _, kind in choices)


def _told(text: str, listed: _Listed) -> Iterator[tuple[re.Match[str], _Kind]]:
    pattern, kinds = listed
    for match in pattern.finditer(text):
        yield match, kinds[(match.lastindex or 1) - 1]


_LIKELIHOOD: Final = any_of(_LIKELIHOOD_WORDS)
_CONFIDENCE: Final = any_of(_CONFIDENCE_WORDS)
_MAY_BE: Final = any_of(_OPEN)
_DEGREES: Final = _listed(*_INSTEAD.items(), *_OWN.items())
_HEDGED: Final = _listed(*_INSTEAD.items(), (_NOTHING, _VAGUE), (_NUMBER, _NUMBERS))
