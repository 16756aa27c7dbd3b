"""Words of likelihood and of confidence, as people write them, and how ICD 203 has them.

Intelligence Community Directive 203 (2015), section D.6.e.(2): (a) gives seven degrees of
likelihood with two words each, and asks analysts not to mix words of the two rows; (b) forbids
confidence and likelihood in one sentence.
"""

from __future__ import annotations

import re
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


def mixed_words(text: str) -> tuple[str, str] | None:
    """The words of likelihood and of confidence of the first sentence that holds both."""
    for sentence in _SENTENCE_END.split(text):
        plain = " ".join(sentence.split())
        likelihood, confidence = _LIKELIHOOD.search(plain), _CONFIDENCE.search(plain)
        if likelihood and confidence:
            return likelihood[0], confidence[0]
    return None


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words whole, the longest that fits."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", re.IGNORECASE)


_LIKELIHOOD: Final = _any_of(_LIKELIHOOD_WORDS)
_CONFIDENCE: Final = _any_of(_CONFIDENCE_WORDS)
