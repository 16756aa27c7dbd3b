"""Lists of a Word document: bullets and numbers, and where each numbered list begins anew."""

from __future__ import annotations

from briefing.exports.docx_markup import NAMESPACES, twips

_LEVELS = 9
"""Levels that Word has (ISO/IEC 29500-1, 17.9.6); what nests deeper stays on the last."""
_BULLETS, _NUMBERS = 0, 1
_STEP = 5.5
"""Millimetres from a level to the next."""
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")


class Lists:
    """The lists of one document."""

    def __init__(self) -> None:
        """Begin with bullets, which all lists share."""
        self._numbered: list[int] = []

    def bullets(self) -> int:
        """The number of the definition for bullets."""
        return 1

    def numbers(self, level: int) -> int:
        """The number of a definition that counts from 1 at this level."""
        self._numbered.append(min(level, _LEVELS - 1))
        return len(self._numbered) + 1

    def part(self) -> str:
        """The part ``numbering.xml``."""
        made = [_abstract(_BULLETS), _abstract(_NUMBERS), _instance(1, _BULLETS, "")]
        for number, level in enumerate(self._numbered, start=2):
            anew = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            made.append(_instance(number, _NUMBERS, anew))
        return f"<w:numbering {NAMESPACES}>{''.join(made)}</w:numbering>"


def item(definition: int, level: int) -> str:
    """Paragraph properties of the first paragraph of an item."""
    ilvl = min(level, _LEVELS - 1)
    return f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{definition}"/></w:numPr>'


def indent(level: int) -> str:
    """Paragraph properties of what stands under an item's first paragraph."""
    return f'<w:ind w:left="{_left(min(level, _LEVELS - 1))}"/>'


def _left(level: int) -> int:
    return twips(_STEP * (level + 1))


def _instance(number: int, abstract: int, anew: str) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{anew}</w:num>'


def _abstract(kind: int) -> str:
    levels = "".join(_level(kind, level) for level in range(_LEVELS))
    return (
        f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{levels}</w:abstractNum>"
    )


def _level(kind: int, level: int) -> str:
    if kind == _BULLETS:
        form, text = "bullet", "•" if level % 2 == 0 else "\N{EN DASH}"
    else:
        form, text = _FORMATS[level % len(_FORMATS)], f"%{level + 1}."
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{_left(level)}" w:hanging="{twips(_STEP - 0.5)}"/></w:pPr></w:lvl>'
    )
