"""Words of estimate: likelihood (ICD 203) and confidence, which never share a sentence."""

from __future__ import annotations

from enum import Enum


class Likelihood(Enum):
    """ICD 203 (2015), section D.6.e.(2)(a): seven terms with their ranges in per cent.

    The term is stored; it is never derived back from a number.
    """

    ALMOST_NO_CHANCE = ("almost no chance", 1, 5)
    VERY_UNLIKELY = ("very unlikely", 5, 20)
    UNLIKELY = ("unlikely", 20, 45)
    ROUGHLY_EVEN = ("roughly even", 45, 55)
    LIKELY = ("likely", 55, 80)
    VERY_LIKELY = ("very likely", 80, 95)
    ALMOST_CERTAIN = ("almost certain", 95, 99)

    def __init__(self, term: str, low: int, high: int) -> None:
        """Keep the term and its bounds (per cent)."""
        self.term = term
        self.low = low
        self.high = high

    @property
    def range(self) -> str:
        """The range as printed beside the term, such as ``55–80 %``."""
        return f"{self.low}\N{EN DASH}{self.high}\N{NO-BREAK SPACE}%"


class Confidence(Enum):
    """How far the judgement's basis can be trusted; NOT_STATED is an answer of its own."""

    NOT_STATED = ("not stated", 0)
    LOW = ("low", 1)
    MEDIUM = ("medium", 2)
    HIGH = ("high", 3)

    def __init__(self, word: str, steps: int) -> None:
        """Keep the word and the number of filled steps (0 to 3)."""
        self.word = word
        self.steps = steps


def parse_likelihood(term: str) -> Likelihood:
    """The term exactly as ICD 203 writes it.

    Raises:
        ValueError: for any other word.
    """
    for likelihood in Likelihood:
        if likelihood.term == term.strip().lower():
            return likelihood
    known = ", ".join(item.term for item in Likelihood)
    raise ValueError(f"“{term}” is not a likelihood of ICD 203; the seven are: {known}.")


def parse_confidence(word: str | None) -> Confidence:
    """``low``, ``medium`` or ``high`` in any case; None or an empty word is NOT_STATED.

    Raises:
        ValueError: for any other word.
    """
    if not word:
        return Confidence.NOT_STATED
    for confidence in Confidence:
        if confidence.word == word.strip().lower():
            return confidence
    raise ValueError(f"“{word}” is not a confidence; use low, medium or high.")
