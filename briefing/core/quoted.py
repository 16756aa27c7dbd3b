"""Other people's descriptions as plain words, and what an address says where a title is missing.

Catalogues write Markdown of their own kind: ``[APT29](https://…)`` for a name, and
``(Citation: …)`` where another would put a footnote. Quoting keeps their words and drops only that.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

_PARAGRAPH = re.compile(r"\n\s*\n")
_CITATION = re.compile(r" ?\(Citation:[^()]*(?:\([^()]*\)[^()]*)*\)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_CODE = re.compile(r"</?code>", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'\N{RIGHT DOUBLE QUOTATION MARK})]*(?= [\w\"'(\[“])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Za-z]\.)+$|\b(?:Inc|Ltd|Corp|Co|Dr|Mr|Ms|No|vs)\.$"
)

_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:html?|aspx?|php|pdf|jsp|shtml|md)$", re.IGNORECASE)
_JOINERS = re.compile(r"[-_+\s]+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CODE_LIKE = re.compile(r"^[0-9a-f]{6,}$", re.IGNORECASE)
_FEWEST_WORDS = 2
_SHORTEST_WORD = 4
_LONGEST_ABBREVIATION = 12


def quoted_paragraphs(text: str) -> tuple[str, ...]:
    """A description as plain paragraphs, without citations, link targets and line breaks.

    Args:
        text: As the catalogue wrote it; anything that is not its Markdown stays as it is.
    """
    paragraphs = (_plain(part) for part in _PARAGRAPH.split(text.replace("\r\n", "\n")))
    return tuple(part for part in paragraphs if part)


def opening(text: str, characters: int = 320) -> str:
    """The first sentences of a plain paragraph, ending in "…" where something was left out.

    Args:
        text: One paragraph.
        characters: Whole sentences up to here; a first sentence longer than that is kept whole up
            to twice as many characters, then cut at a word.
    """
    if len(text) <= characters:
        return text
    ends = _sentence_ends(text[: 2 * characters + 1])
    fitting = [end for end in ends if end <= characters]
    if fitting or ends:
        return f"{text[: fitting[-1] if fitting else ends[0]]} {ELLIPSIS}"
    return f"{text[: 2 * characters].rsplit(' ', 1)[0]} {ELLIPSIS}"


def first_sentences(text: str, sentences: int = 2, characters: int = 420) -> str:
    """The first sentences of a description, in plain words.

    Args:
        text: As the catalogue wrote it.
        sentences: At most so many.
        characters: Where they are longer together, fewer must do; one that is longer is cut at a
            word and ends in "…".
    """
    plain = " ".join(quoted_paragraphs(text))
    ends = [*_sentence_ends(plain), len(plain)][:sentences]
    fitting = [end for end in ends if end <= characters]
    if fitting:
        return plain[: fitting[-1]]
    return f"{plain[:characters].rsplit(' ', 1)[0].rstrip(' ,;:')} {ELLIPSIS}"


def address_words(address: str) -> str:
    """The readable end of an address, in words: what stands in for a title nobody gave.

    ``https://example.org/2016/10/en-route-with-sednit.html`` becomes "en route with sednit". ""
    where the address holds no words. Behind a web archive, the archived address is read.
    """
    parts = urlsplit(_ARCHIVE.sub("", address))
    best = ""
    for segment in reversed(parts.path.split("/")):
        words = _JOINERS.sub(" ", _EXTENSION.sub("", unquote(segment))).strip()
        if not _LETTERS.search(words) or _CODE_LIKE.match(words):
            continue
        if len(words.split()) >= _FEWEST_WORDS:
            return words
        if len(words) >= _SHORTEST_WORD:
            best = best or words
    return best


def _plain(paragraph: str) -> str:
    text = " ".join(paragraph.split())
    return " ".join(_CODE.sub("", _LINK.sub(r"\1", _CITATION.sub("", text))).split())


def _sentence_ends(text: str) -> list[int]:
    found = (match.end() for match in _SENTENCE_END.finditer(text))
    return [
        end
        for end in found
        if not _ABBREVIATION.search(text[max(end - _LONGEST_ABBREVIATION, 0) : end])
    ]
