"""Words as Markdown that means those words: nothing in them becomes syntax, HTML or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.core.brief import Mark, Style, Text
from briefing.exports.fonts import printable
from briefing.exports.links import safe_href
from briefing.exports.marks import Numbers

_ANYWHERE = {character: "\\" + character for character in "\\`*_[]{}"} | {
    "<": "&lt;",
    "|": "&#124;",
    "~": "&#126;",
    "$": "&#36;",
    "@": "&#64;",
}
"""Backslashes where CommonMark and python-markdown both know them, entities elsewhere."""
_TABLE = str.maketrans(_ANYWHERE)
_ENTITY = re.compile(r"&(?=#|\w+;)")
_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d+)([.)])", re.ASCII)
_STARTS = {character: "\\" + character for character in "-+#>!"} | {"=": "&#61;", ":": "&#58;"}
"""What would start a list, heading, quotation or definition at the start of a line."""
_AFTER_MARK = {"(": "&#40;", ":": "&#58;"}
"""What would turn ``[3]`` into a link or the definition of one."""
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "[": "%5B", "]": "%5D", "'": "%27"})
_PLAIN_CODE = re.compile(r"[\w./:=+#-]+(?: [\w./:=+#-]+)*")
_FENCES = {Style.STRONG: "**", Style.EMPHASIS: "*"}


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch in one style; ``ready`` text (marks) is printed as it is."""

    text: str
    style: Style = Style.PLAIN
    href: str = ""
    ready: bool = False


def escape(text: str, *, start: bool = True) -> str:
    """Text as Markdown for one line.

    Args:
        text: Any string; line ends, tabs and control characters do not survive.
        start: Whether it stands at the start of a line, a list item or a heading.
    """
    words = " ".join(printable(text).split())
    if start:
        return _starting(words)
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and words else ""
    return lead + _inside(words) + trail


def inline(text: Text, numbers: Numbers, *, start: bool = True) -> str:
    """Spans and marks as one line of Markdown."""
    runs = _runs(text, numbers)
    pieces: list[str] = []
    for index, run in enumerate(runs):
        before = runs[index - 1] if index else None
        after = runs[index + 1] if index + 1 < len(runs) else None
        first = start and not "".join(pieces).strip()
        pieces.append(_set(run, before, after, first=first))
    return " ".join("".join(pieces).split())


def link(address: str) -> str:
    """An address on its own, clickable where it may be."""
    href = safe_href(address)
    return f"<{href.translate(_IN_ADDRESS)}>" if href else escape(address, start=False)


def heading(level: int, title: str) -> str:
    """A heading, or nothing where the title is empty."""
    return headed(level, escape(title, start=False).strip())


def headed(level: int, words: str) -> str:
    """A heading of words that are Markdown already, or nothing where there are none."""
    bare = words.rstrip("#")
    words = bare + "&#35;" * (len(words) - len(bare))  # signs at the end would close the heading
    return f"{'#' * level} {words}" if words else ""


def bullets(lines: Iterable[str]) -> str:
    """A list of lines that are Markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    numeric: Sequence[bool],
    empty: str = "\N{EN DASH}",
) -> str:
    """A pipe table of cells that are Markdown already.

    Args:
        heads: Column heads.
        rows: As many cells each as there are heads.
        numeric: Which columns align right.
        empty: What stands in an empty cell.
    """
    if not heads:
        return ""
    rule = ["---:" if right else "---" for right in numeric]
    lines = [list(heads), rule, *([value or empty for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _runs(text: Text, numbers: Numbers) -> list[_Run]:
    """Runs with the spaces outside of styles, and neighbours of one style joined."""
    runs: list[_Run] = []
    for item in text:
        if isinstance(item, Mark):
            marks = "".join(f"[{number}]" for number in numbers.of_mark(item))
            runs.append(_Run(marks, ready=True))
            continue
        words = re.sub(r"\s+", " ", printable(item.text))
        if not words:
            continue
        href = safe_href(item.href)
        bare = words.strip(" ")
        if not bare or (item.style is Style.PLAIN and not href):
            runs.append(_Run(words))
            continue
        if words[0] == " ":
            runs.append(_Run(" "))
        if runs and (runs[-1].style, runs[-1].href, runs[-1].ready) == (item.style, href, False):
            bare = runs.pop().text + bare
        runs.append(_Run(bare, item.style, href))
        if words[-1] == " ":
            runs.append(_Run(" "))
    return runs


def _set(run: _Run, before: _Run | None, after: _Run | None, *, first: bool) -> str:
    if run.ready:
        return run.text
    follows_mark = before is not None and before.ready
    if run.style is Style.PLAIN and not run.href:
        words = _words(run.text, first=first, follows_mark=follows_mark)
        image = words.endswith("!") and after is not None and bool(after.href or after.ready)
        return words[:-1] + "\\!" if image and words != "\\!" else words
    if run.style is Style.CODE and _PLAIN_CODE.fullmatch(run.text) and not run.href:
        return f"`{run.text}`"
    words = _words(run.text, first=False, follows_mark=False)
    if run.href:
        words = f"[{words}]({run.href.translate(_IN_ADDRESS)})"
        return f" {words}" if follows_mark else words
    fence = _FENCES.get(run.style, "")
    if fence and _fits(run.text, before, after):
        return fence + words + fence
    return _words(run.text, first=first, follows_mark=follows_mark)


def _fits(text: str, before: _Run | None, after: _Run | None) -> bool:
    """Whether stars around the text open and close emphasis (CommonMark 0.31, section 6.2)."""
    if text[0].isspace() or text[-1].isspace():
        return False
    left = before.text[-1] if before else " "
    right = after.text[0] if after else " "
    beside_stars = any(run is not None and run.style in _FENCES for run in (before, after))
    opens = text[0].isalnum() or not left.isalnum()
    closes = text[-1].isalnum() or not right.isalnum()
    return opens and closes and not beside_stars


def _words(text: str, *, first: bool, follows_mark: bool) -> str:
    if first:
        return _starting(text.lstrip())
    words = _inside(text)
    if follows_mark and words[:1] in _AFTER_MARK:
        words = _AFTER_MARK[words[0]] + words[1:]
    return words


def _inside(text: str) -> str:
    words = _ENTITY.sub("&amp;", text).translate(_TABLE)
    return _ADDRESS.sub(_broken, words)


def _broken(match: re.Match[str]) -> str:
    found = match.group()
    return "&#58;//" if found == "://" else found[:-1] + "&#46;"


def _starting(text: str) -> str:
    numbered = _NUMBERED.match(text)
    if numbered:
        return f"{numbered.group(1)}\\{numbered.group(2)}{_inside(text[numbered.end() :])}"
    if text[:1] in _STARTS:
        return _STARTS[text[0]] + _inside(text[1:])
    return _inside(text)
