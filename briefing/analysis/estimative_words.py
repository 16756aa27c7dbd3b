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
    "likelihood",
    "probability",
    "chances?",
    "(?<!at )odds",
    r"\d+(?:[.,]\d+)?\s?(?:%|per\s?cent)(?=\s+(?:confiden|certain))",
)
_CONFIDENCE_WORDS: Final = ("confidence", "confident", "confidently", "certainty")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=\W*[^\Wa-z])|\n+")
"""A full stop before a small letter ends no sentence (“e.g. …”)."""


_INSTEAD: Final[Mapping[Likelihood, tuple[str, ...]]] = {
    Likelihood.ALMOST_NO_CHANCE: (r"remote (?:chance|possibility|probability)",),
    Likelihood.VERY_UNLIKELY: (
        *("highly improbable", "very improbable", "highly unlikely", "extremely unlikely"),
    ),
    Likelihood.UNLIKELY: ("improbable", "improbably", "not likely", "not probable"),
    Likelihood.ROUGHLY_EVEN: (
        *(r"(?<!roughly )even (?:chances?|odds)", "roughly even odds", "fifty-fifty"),
        r"50[-/:–]50",
    ),
    Likelihood.LIKELY: (
        *("probable", "probably", "quite likely", "rather likely", "chances are"),
        *("more likely than not", "better than even"),
    ),
    Likelihood.VERY_LIKELY: (
        *("highly probable", "very probable", "very probably", "highly likely", "extremely likely"),
    ),
    Likelihood.ALMOST_CERTAIN: (
        *("nearly certain", "virtually certain", "all but certain", "practically certain"),
        *("nearly certainly", "virtually certainly", "(?<!almost )certainly", "definitely"),
        *("undoubtedly", "doubtless", "no doubt", "without (?:a |any )?doubt", "beyond doubt"),
    ),
}
"""What stands in place of each term: the second word of ICD 203, and what people write."""
_OWN: Final[Mapping[Likelihood, tuple[str, ...]]] = {
    **{one: (re.escape(one.term),) for one in Likelihood},
    # What is more or most likely is compared, not estimated.
    Likelihood.LIKELY: ("(?<!more )(?<!most )(?<!less )(?<!as )likely",),
    Likelihood.ALMOST_CERTAIN: ("almost certain(?:ly)?",),
}
_VAGUE: Final = (
    *("possibly", "perhaps", "maybe", "conceivably", "presumably", "arguably"),
    *("(?:may|might|could) well", "(?:it )?is possible that", "there is a possibility"),
    r"can(?:not|['’]t| not) (?:be )?(?:ruled? out|excluded?)",
    *("(?:good|fair|real|some|strong|serious) (?:chances?|possibility)", "in all likelihood"),
    "in all probability",
)
_OPEN: Final = ("may", "might", "could", "possible")
"""Words that are harmless in an account (“could read mail”) and no estimate in a judgement."""
_FLAT: Final = ("is", "are", "was", "were", "has", "have", "had", "does", "did")
_FORECAST: Final = ("will", "would", "shall")


@dataclass(frozen=True, slots=True)
class Outside:
    """Words that are none of the seven terms, and the term that says the same; None for none."""

    words: str
    term: Likelihood | None


def mixed_words(text: str) -> tuple[str, str] | None:
    """The words of likelihood and of confidence of the first sentence that holds both."""
    for sentence in _SENTENCE_END.split(text):
        plain = " ".join(sentence.split())
        likelihood, confidence = _LIKELIHOOD.search(plain), _CONFIDENCE.search(plain)
        if likelihood and confidence:
            return likelihood[0], confidence[0]
    return None


def outside(text: str, *, judging: bool) -> tuple[Outside, ...]:
    """Words of likelihood outside the seven terms, each once, in their order.

    Args:
        text: Words without quotations.
        judging: Whether it is a judgement; there “may”, “might” and “could” are told as well.
    """
    found: dict[str, Outside] = {}
    for words, kind in _told(text, _HEDGED):
        # In an account what somebody could do is no estimate, and "May" is a month.
        if kind is not _MAY_BE or (judging and words.islower()):
            term = kind if isinstance(kind, Likelihood) else None
            found.setdefault(words.casefold(), Outside(words, term))
    return tuple(found.values())


def stated(text: str) -> tuple[Likelihood, ...]:
    """How likely a text says something is, in whatever words; each degree once, in their order."""
    degrees = (kind for _, kind in _told(text, _DEGREES) if isinstance(kind, Likelihood))
    return tuple(dict.fromkeys(degrees))


def flat_verb(text: str) -> str:
    """The first verb that states something as it is or was; "" where there is none.

    A forecast (“it will …”) states no fact, whatever else stands in it.
    """
    found = _STATES.search(text)
    return found[0] if found and not _FORETELLS.search(text) else ""


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words whole, the longest that fits."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", re.IGNORECASE)


_Kind: TypeAlias = Likelihood | str
_NOTHING: Final = "vague"
_MAY_BE: Final = "open"
_Listed: TypeAlias = tuple[re.Pattern[str], tuple[_Kind, ...]]


def _listed(*groups: tuple[_Kind, tuple[str, ...]]) -> _Listed:
    """Words of several kinds as one pattern, the longest that fits, and the kind of each group."""
    choices = [(word, kind) for kind, words in groups for word in words]
    choices.sort(key=lambda choice: len(choice[0]), reverse=True)
    pattern = "|".join(f"({word})" for word, _ in choices)
    whole = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
    return whole, tuple(kind for _, kind in choices)


def _told(text: str, listed: _Listed) -> Iterator[tuple[str, _Kind]]:
    pattern, kinds = listed
    for match in pattern.finditer(text):
        yield match[0], kinds[(match.lastindex or 1) - 1]


_LIKELIHOOD: Final = _any_of(_LIKELIHOOD_WORDS)
_CONFIDENCE: Final = _any_of(_CONFIDENCE_WORDS)
_STATES: Final = _any_of(_FLAT)
_FORETELLS: Final = _any_of(_FORECAST)
_DEGREES: Final = _listed(*_INSTEAD.items(), *_OWN.items())
_HEDGED: Final = _listed(*_INSTEAD.items(), (_NOTHING, _VAGUE), (_MAY_BE, _OPEN))
