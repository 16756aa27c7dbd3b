"""Lines of a paragraph in a box, by measure: how many there are, and where it may be parted.

Words part at spaces only, though programs part at hyphens too: more places to break never make
more lines. A word wider than its box is parted between characters, as programs do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Final, TypeAlias

from briefing.exports.slide_shapes import SPARE, Para, Run, Type
from briefing.exports.text_measure import width

RAISED: Final = 0.67
"""Size of raised text against the text around it, as PowerPoint and LibreOffice set it."""
_PIECES = re.compile(r" +|[^ ]+")
_Piece: TypeAlias = tuple[str, Run]
"""Some of the words of a run."""


def lines(para: Para, room: float) -> list[tuple[Run, ...]]:
    """The paragraph's lines in a box ``room`` wide, each with the space that ends it; at least one.

    Joined again, the lines are the paragraph.
    """
    return [_joined(line) for line in _broken(para, room)]


@lru_cache(maxsize=4096)
def count(para: Para, room: float) -> int:
    """How many lines the paragraph has in a box ``room`` wide."""
    return len(_broken(para, room))


def height(paras: Iterable[Para], room: float) -> float:
    """How high paragraphs are, one under the other, in points."""
    whole = 0.0
    for number, para in enumerate(paras):
        whole += para.before * (number > 0) + count(para, room) * para.type.line
    return whole


def widest(paras: Iterable[Para]) -> float:
    """The room that the paragraphs need to stand on one line each."""
    wide = (
        sum(_wide(run.text, run, para.type) for run in para.runs) + para.indent for para in paras
    )
    return max(wide, default=0) / SPARE


def parted(para: Para, room: float, most: int) -> list[Para]:
    """The paragraph in paragraphs of at most so many lines each."""
    if count(para, room) <= most:
        return [para]
    found = lines(para, room)
    return [
        replace(
            para,
            runs=tuple(run for line in found[at : at + most] for run in line),
            bullet=para.bullet if at == 0 else "",
        )
        for at in range(0, len(found), most)
    ]


def cut(para: Para, room: float, most: int) -> Para:
    """The paragraph ended with "…" where it has more than so many lines."""
    if count(para, room) <= most:
        return para
    words = para.text.split()
    few, many = 0, len(words)
    while few < many:
        middle = (few + many + 1) // 2
        shorter = _ended(para, " ".join(words[:middle]))
        few, many = (middle, many) if count(shorter, room) <= most else (few, middle - 1)
    if few:
        return _ended(para, " ".join(words[:few]))
    letters = int(room * SPARE / (para.type.size * 1.2)) * most
    return _ended(para, para.text[: max(letters - 1, 1)])


def _ended(para: Para, text: str) -> Para:
    return replace(para, runs=(Run(text.rstrip(" ,.;:·–") + "…"),))


def _broken(para: Para, room: float) -> list[list[_Piece]]:
    usable = max((room - para.indent) * SPARE, para.type.size)
    setter = _Setter(para.type, usable)
    for word in _words(para.runs):
        setter.put(word)
    return setter.finished()


def _words(runs: Iterable[Run]) -> Iterator[list[_Piece]]:
    """Words, each with the spaces after it; a word may go over several runs."""
    word: list[_Piece] = []
    ended = False
    for run in runs:
        for piece in _PIECES.findall(run.text):
            space = piece[0] == " "
            if ended and not space:
                yield word
                word = []
            word.append((piece, run))
            ended = space
    if word:
        yield word


def _wide(text: str, run: Run, type_: Type) -> float:
    size = type_.size * RAISED if run.raised else type_.size
    return width(text, size, bold=run.bold or type_.bold, code=run.code)


class _Setter:
    """Fills lines of one width."""

    def __init__(self, type_: Type, usable: float) -> None:
        self._type = type_
        self._usable = usable
        self._lines: list[list[_Piece]] = []
        self._line: list[_Piece] = []
        self._used = 0.0

    def put(self, word: list[_Piece]) -> None:
        solid = sum(_wide(text, run, self._type) for text, run in word if text[0] != " ")
        if self._line and self._used + solid > self._usable:
            self._flush()
        if solid > self._usable:
            self._put_in_pieces(word)
            return
        self._line += word
        self._used += sum(_wide(text, run, self._type) for text, run in word)

    def finished(self) -> list[list[_Piece]]:
        if self._line or not self._lines:
            self._flush()
        return self._lines

    def _put_in_pieces(self, word: list[_Piece]) -> None:
        for text, run in word:
            for character in text:
                wide = _wide(character, run, self._type)
                if self._line and self._used + wide > self._usable and character != " ":
                    self._flush()
                self._line.append((character, run))
                self._used += wide

    def _flush(self) -> None:
        self._lines.append(self._line)
        self._line, self._used = [], 0.0


def _joined(line: Sequence[_Piece]) -> tuple[Run, ...]:
    """A line with the pieces of each run in one."""
    return tuple(
        replace(pieces[0][1], text="".join(text for text, _ in pieces))
        for pieces in (list(group) for _, group in groupby(line, key=lambda piece: id(piece[1])))
    )
