"""How easily a text is read: Flesch's formula, with syllables counted by groups of vowels.

R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948): 206.835 less
1.015 times the words of a sentence and 84.6 times the syllables of a word. 60 to 70 is plain
English, below 50 is hard. Counting groups of vowels, without a mute e, is right for some nine words
in ten and errs to both sides, which over a page is near enough.
"""

from __future__ import annotations

import re


def reading_ease(sentences: list[str]) -> float:
    """The score of a text given as its sentences; higher is easier."""
    words = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+", sentence)]
    syllables = sum(map(_syllables, words))
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    heard = re.sub(r"(?<=[^aeiouy])e$", "", word.casefold())
    return max(1, len(re.findall(r"[aeiouy]+", heard)))
