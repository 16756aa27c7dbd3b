"""Foreign text as plain text: no markup, no characters that steer a screen, no more than fits.

Feeds write HTML, HTML that was escaped once too often, Markdown, or plain text in which ``<`` is a
sign of its own ("versions < 2.0", "<hostname>"). Only what HTML knows as an element is taken for a
tag. Every step looks at each character a bounded number of times, whatever is written.
"""

from __future__ import annotations

import html
import re
import unicodedata

MOST_READ = 256 * 1024
"""Beyond this many characters a text is not looked at; what is kept is far shorter."""
_CUT = "…"
_LONGEST_WORD = 80
"""So far back a cut looks for the end of a word."""


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_BLOCKS = _names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend main nav ol p pre section"
    " summary table tbody tfoot thead ul"
)
_LINES = _names("br caption li option tr")
_CELLS = frozenset(("td", "th"))
_HIDDEN = _names("head iframe noscript script style svg template textarea title")
_INLINE = _names(
    "a abbr acronym area audio b base bdi bdo big button canvas cite code col colgroup data"
    " datalist del dfn em embed font i img input ins kbd label link map mark meta meter nobr"
    " object optgroup o:p output param picture progress q rp rt ruby s samp select slot small"
    " source span strike strong sub sup time track tt u var video wbr"
)
_BREAKING = _names("br p hr img")
"""Elements that need no end, and that nobody writes in a sentence."""
_ELEMENTS = _BLOCKS | _LINES | _CELLS | _HIDDEN | _INLINE

# No branch reads past the next "<", so a text full of them costs no more than any other.
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:]*)(?=[\s/>])"
    r"""(?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|[^<>]*>)"""
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_COMMENT_END = "-->"
_DECLARATION = re.compile(r"<!\[CDATA\[|\]\]>|<[!?][A-Za-z][^<>]*>")
# With its semicolon only: "?a=1&copy=2" is an address, and longer numbers are no characters.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Each with what has to stand in a text before it is worth looking.
_MARKDOWN = (
    ("#", re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE), ""),
    ("```", re.compile(r"^ {0,3}```[\w-]{0,20} *$", re.MULTILINE), ""),
    (
        "](",
        re.compile(r"!?\[([^\[\]\n]{1,300})\]\((?:https?://|mailto:|/)[^\s()<>]{0,2000}\)"),
        r"\1",
    ),
    ("**", re.compile(r"\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*"), r"\1"),
)
_GAPS = re.compile(r" {2,}")
_AROUND_BREAK = re.compile(r" ?\n ?")
_BREAKS = re.compile(r"\n{3,}")


def plain_text(text: str, most: int = 4000) -> str:
    """The text without markup, with its paragraphs as blank lines and its lists as lines.

    Args:
        text: HTML, escaped HTML, Markdown or plain text.
        most: Longest result in characters; a longer one ends at a word with "…".
    """
    text = _bare(text)
    if "  " in text:
        text = _GAPS.sub(" ", text)
    if "\n" in text:
        text = _BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", text))
    return shortened(text.strip(), most)


def one_line(text: str, most: int = 500) -> str:
    """The text without markup and line breaks, for titles and names.

    Args:
        text: HTML, escaped HTML, Markdown or plain text.
        most: Longest result in characters; a longer one ends at a word with "…".
    """
    return shortened(" ".join(_bare(text).split()), most)


def shortened(text: str, most: int) -> str:
    """The text, cut at a word with "…" where it is longer than ``most`` characters."""
    if len(text) <= most:
        return text
    kept = text[: max(most - len(_CUT), 0)]
    if not text[len(kept)].isspace():
        end = max(kept.rfind(" "), kept.rfind("\n"))
        if end > 0 and end >= len(kept) - _LONGEST_WORD:
            kept = kept[:end]
    return f"{kept.rstrip()}{_CUT}"[:most]


def without_controls(text: str) -> str:
    """The text without control and format characters; every kind of space is a space.

    Gone are what Unicode counts as controls (Cc), formats (Cf: joiners, direction marks, tags),
    halves of surrogate pairs (Cs) and noncharacters. Line breaks of every kind are line feeds.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").isprintable():
        return text
    odd = {ord(sign): _instead_of(sign) for sign in set(text) if not sign.isprintable()}
    return text.translate(odd)


def _instead_of(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign in "\n\v\f\x85" or category in ("Zl", "Zp"):
        return "\n"
    if sign == "\t" or category == "Zs":
        return " "
    if category in ("Cc", "Cf", "Cs") or _is_noncharacter(ord(sign)):
        return ""
    return sign


def _is_noncharacter(code: int) -> bool:
    """What Unicode reserves for never (section 23.7) and XML forbids in part."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _bare(text: str) -> str:
    cut = len(text) > MOST_READ
    text = without_controls(text[:MOST_READ])
    if "<" in text or "&" in text:
        text = without_controls(_without_markup(text))
    for mark, pattern, kept in _MARKDOWN:
        if mark in text:
            text = pattern.sub(kept, text)
    return f"{text}{_CUT}" if cut else text


def _without_markup(text: str) -> str:
    stripped, tags = _without_tags(text)
    read = _ENTITY.sub(_character, stripped)
    if not tags:
        # Escaped as a whole: markup only where an element is closed or a line is broken, so that
        # a sentence about "<script>" keeps it.
        again, closed = _without_tags(read)
        if closed:
            return _ENTITY.sub(_character, again)
    return read


def _character(found: re.Match[str]) -> str:
    return html.unescape(found.group())


def _without_tags(text: str) -> tuple[str, bool]:
    """The text without tags, and whether it is HTML: closes an element or breaks a line."""
    bare = _DECLARATION.sub("", _without_comments(text))
    tags = [tag for tag in _TAG.finditer(bare) if tag[2].lower() in _ELEMENTS]
    ends = {tag[2].lower(): tag.start() for tag in tags if tag[1]}
    if not ends and all(tag[2].lower() not in _BREAKING for tag in tags):
        return bare, False
    parts: list[str] = []
    at = hidden_until = 0
    for tag in tags:
        if tag.start() < hidden_until:
            continue
        name = tag[2].lower()
        # Between tags a line break of the source is a gap; a break has a tag of its own.
        parts.append(bare[at : tag.start()].replace("\n", " "))
        parts.append(_break_for(name, bool(tag[1])))
        at = tag.end()
        if name in _HIDDEN and not tag[1] and ends.get(name, 0) > at:
            at = hidden_until = _end_of(name, bare, at)
    parts.append(bare[at:].replace("\n", " "))
    return "".join(parts), True


def _without_comments(text: str) -> str:
    """Only up to the last end of a comment: what is never closed is text."""
    end = text.rfind(_COMMENT_END) + len(_COMMENT_END)
    return _COMMENT.sub("", text[:end]) + text[end:] if end >= len(_COMMENT_END) else text


def _end_of(name: str, text: str, start: int) -> int:
    """Where the closing tag of a hidden element begins; there is one after ``start``."""
    found = re.compile(f"</{name}", re.IGNORECASE).search(text, start)
    return found.start() if found else start


def _break_for(name: str, closes: bool) -> str:
    if name in _BLOCKS:
        return "\n\n"
    if name in _LINES:
        if name == "li":
            return "" if closes else "\n• "
        return "" if closes else "\n"
    return " " if name in _CELLS else ""
