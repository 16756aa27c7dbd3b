"""The map as a picture and as rows for a spreadsheet, with everything that must stand beside it."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from briefing.analysis.map_classes import Classes
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.exports.spreadsheet_text import harmless
from briefing.exports.typst_data import TLP_COLOURS
from briefing.exports.world_svg import NO_DATA, OUTLINE, RAMP, Filled, shapes_markup

WIDTH: Final = 1200
"""Of the picture, in pixels."""

_SIDE: Final = 20
_LINE: Final = 18
_LETTERS: Final = 178
"""Of a line of notes at 12 pixels: Inter's letters are 6.5 pixels wide on the average."""
_INK, _QUIET = "#16202c", "#5f6977"
FAMILY: Final = "Inter, 'Noto Sans', sans-serif"
"""Typefaces in the order in which a browser tries them."""


@dataclass(frozen=True, slots=True)
class MapRow:
    """One place as the table and the spreadsheet show it.

    Attributes:
        code: Alpha-2 code, or the code of a region, organisation or company.
        name: What it is called.
        kind: ``country``, ``region``, ``organisation`` or ``company``.
        actors: How many actors are said to target it.
        statements: In how many statements.
        most: The actors with the most statements, most first.
    """

    code: str
    name: str
    kind: str
    actors: int
    statements: int
    most: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapContent:
    """A map and its words.

    Attributes:
        title: What is counted ("Actors per victim country").
        chosen: What was filtered for, in words; "" for everything.
        rows: Countries and other places, most first.
        classes: The shades of the countries.
        noun: What the shades count, for one and for several.
        denominator: Of how many, sentences.
        notes: What a reader must know: boundaries, regions, what is left out.
        source: Who says so, and as of when.
        tlp: The highest level of what is shown.
    """

    title: str
    chosen: str
    rows: tuple[MapRow, ...]
    classes: Classes
    noun: tuple[str, str]
    denominator: str
    notes: tuple[str, ...]
    source: str
    tlp: Tlp


def map_svg(content: MapContent, world: World, family: str = FAMILY) -> bytes:
    """The map as an SVG of its own: head, shapes, legend, notes; UTF-8.

    Countries carry their numbers as titles, which a browser shows under the pointer.

    Args:
        content: The counts and their words.
        world: The shapes.
        family: Typeface, for whoever knows only one.
    """
    scale = (WIDTH - 2 * _SIDE) / world.width
    top = 76 if content.chosen else 56
    below = top + world.height * scale + 24
    silent = len(world.shapes.keys() - content.classes.shades.keys())
    legend, left_below = _legend(content, silent, below)
    notes, bottom = _notes(content, left_below)
    height = round(bottom + _SIDE / 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" font-family="{escape(family)}">',
        f"<title>{escape(content.title)}</title>",
        f"<desc>{escape(' '.join((content.denominator, *content.notes)))}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        *_head(content),
        f'<g transform="translate({_SIDE} {top}) scale({scale:.6f})" stroke-linejoin="round">',
        *_shapes(content, world),
        "</g>",
        *legend,
        *notes,
        "</svg>",
    ]
    return "\n".join(parts).encode()


def map_csv(content: MapContent) -> bytes:
    """The rows under lines that begin with "#" and say what they are; UTF-8 with a mark for it.

    A spreadsheet would take some texts for formulas; those are marked as text.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    lines = (content.title, content.chosen, content.denominator, *content.notes, content.source)
    for line in (*lines, content.tlp.label):
        if line:
            writer.writerow([f"# {line}"])
    heads = ("code", "place", "kind", "actors", "statements", "actors with most statements")
    writer.writerow(heads)
    for row in content.rows:
        most = "; ".join(row.most)
        texts = [harmless(text) for text in (row.code, row.name, row.kind)]
        writer.writerow([*texts, row.actors, row.statements, harmless(most)])
    return out.getvalue().encode("utf-8-sig")


def _shapes(content: MapContent, world: World) -> list[str]:
    shades = content.classes.shades
    numbers = {row.code: row for row in content.rows}
    silent = "".join(shape.path for code, shape in world.shapes.items() if code not in shades)
    filled = []
    for code, shade in shades.items():
        shape = world.shapes.get(code)
        if shape is not None:
            words = _said(shape.name, numbers, code, content.noun)
            filled.append(Filled(shape.path, RAMP[shade], shape.dot, words))
    return shapes_markup(silent + world.unassigned, filled)


def _said(name: str, rows: Mapping[str, MapRow], code: str, noun: tuple[str, str]) -> str:
    row = rows[code]
    number = row.actors if noun[0] == "actor" else row.statements
    return f"{name} · {number:,} {noun[number != 1]}"


def _head(content: MapContent) -> list[str]:
    label = content.tlp.label
    wide = round(len(label) * 8.2 + 14)
    left = WIDTH - _SIDE - wide
    parts = [
        _text(_SIDE, 38, content.title, size=20, weight=600),
        f'<rect x="{left}" y="22" width="{wide}" height="20" rx="2" fill="#000000"/>',
        _text(
            left + wide / 2,
            36,
            label,
            size=11,
            weight=700,
            colour=TLP_COLOURS[content.tlp],
            extra=' text-anchor="middle"',
        ),
    ]
    if content.chosen:
        parts.append(_text(_SIDE, 60, content.chosen, size=13, colour=_QUIET))
    return parts


def _legend(content: MapContent, silent: int, top: float) -> tuple[list[str], float]:
    """The keys in one line, and where the next line begins."""
    keys = [(row.label, row.countries, RAMP[row.shade], "none") for row in content.classes.rows]
    keys.append(("no reports", silent, NO_DATA, OUTLINE))
    parts, left = [], float(_SIDE)
    for label, countries, fill, line in keys:
        parts.append(
            f'<rect x="{left:.1f}" y="{top - 10:.1f}" width="20" height="12" fill="{fill}" '
            f'stroke="{line}"/>'
        )
        words = f"{label} ({countries:,})"
        parts.append(_text(left + 26, top, words))
        left += 26 + len(words) * 6.6 + 20
    parts.append(_text(left, top, "in brackets: countries", colour=_QUIET))
    return parts, top + _LINE + 6


def _notes(content: MapContent, top: float) -> tuple[list[str], float]:
    parts = []
    lines: list[tuple[str, str]] = [
        (line, colour)
        for text, colour in (
            (content.denominator, _INK),
            *((note, _QUIET) for note in content.notes),
            (content.source, _QUIET),
        )
        for line in textwrap.wrap(text, _LETTERS)
    ]
    for line, colour in lines:
        parts.append(_text(_SIDE, top, line, colour=colour))
        top += _LINE
    return parts, top


def _text(
    left: float,
    base: float,
    words: str,
    *,
    size: int = 12,
    weight: int = 400,
    colour: str = _INK,
    extra: str = "",
) -> str:
    return (
        f'<text x="{left:.1f}" y="{base:.1f}" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}"{extra}>{escape(words)}</text>'
    )


def ranked(rows: Sequence[MapRow]) -> tuple[MapRow, ...]:
    """Most actors first, then most statements, then by name."""
    return tuple(sorted(rows, key=lambda row: (-row.actors, -row.statements, row.name.casefold())))
