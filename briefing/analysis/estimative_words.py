"""Words of likelihood and of confidence, as people write them, and how ICD 203 has them.

Intelligence Community Directive 203 (2015), section D.6.e.(2): (a) gives seven degrees of
likelihood with two words each, and asks analysts not to mix words of the two rows; (b) forbids
confidence and likelihood in one sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Outside:
    """Words that are none of the seven terms, and the term that says the same; None for none."""

    words: str
    term: Likelihood | None


_INSTEAD: Final[dict[Likelihood, tuple[str, ...]]] = {
    Likelihood.ALMOST_NO_CHANCE: (r"remote (?:chance|possibility|probability)",),
    Likelihood.VERY_UNLIKELY: (
        *("highly improbable", "very improbable", "highly unlikely", "extremely unlikely"),
    ),
    Likelihood.UNLIKELY: ("improbable", "improbably", "not likely", "not probable"),
    Likelihood.ROUGHLY_EVEN: (
        *(r"(?<!roughly )even (?:chances?|odds)", r"roughly even odds", "fifty-fifty"),
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
    for match in _OUTSIDE.finditer(text):
        words = match[0]
        if match.lastgroup == "open" and not (judging and words.islower()):
            # "May" is a month, and in an account what somebody could do is no estimate.
            continue
        term = Likelihood[match.lastgroup] if match.lastgroup in _TERMS else None
        found.setdefault(words.casefold(), Outside(words, term))
    return tuple(found.values())


def terms_in(text: str) -> tuple[Likelihood, ...]:
    """The terms of ICD 203 in a text, “almost certainly” among them; the longest that fits."""
    found = (Likelihood[match.lastgroup or ""] for match in _SEVEN.finditer(text))
    return tuple(dict.fromkeys(found))


def flat_verb(text: str) -> str:
    """The first verb that states something as it is or was; "" where there is none."""
    found = _STATES.search(text)
    return found[0] if found else ""


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words whole, the longest that fits."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", re.IGNORECASE)


def _named(groups: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Any of these words whole, named by its group; what is written first begins earliest."""
    choices = [(word, name) for name, words in groups.items() for word in words]
    choices.sort(key=lambda choice: len(choice[0]), reverse=True)
    # Each choice is a group of its own, so that a name may come more than once.
    return re.compile("|".join(f"{word}|{name}" for word, name in choices))
