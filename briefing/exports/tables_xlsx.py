"""XLSX: a workbook with a sheet a table, and first what it is.

Nothing in it is calculated: text is written as text, whatever it begins with, and only https
addresses of the sources become links. Marking and data date stand on every sheet and on every
printed page.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from briefing.core.brief import Brief
from briefing.core.dates import long_date, moment
from briefing.exports.brand import look
from briefing.exports.encoded import encoded
from briefing.exports.links import safe_href
from briefing.exports.tables import ADDRESS, Sheet, about, sheets
from briefing.exports.tables_blocks import Cell
from briefing.exports.typst_data import TLP_COLOURS
from briefing.exports.world_svg import RAMP

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # it has no types
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]  # the same
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # the same

_HEAD_ROW: Final = 4
"""Row of the heads, from 0: above it title, marking, what it is of, and an empty row."""
_LONGEST_NAME: Final = 31
_LONGEST_TEXT: Final = 32_767
"""Characters of a cell (Excel specifications and limits)."""
_NARROWEST, _SHRUNK, _WIDEST = 8.0, 18.0, 44.0
"""Characters to a column: at least, as far as a wide one may shrink, and at most."""
_ADDRESS_WIDE: Final = 30.0
"""An address has no place to break: it is cut by its column and read by following it."""
_ACROSS: Final = 160.0
"""Characters to a landscape page at a size that can be read."""
_TITLE_SHARE: Final = 0.6
"""So many letters of a title fit where one of a cell does."""
_MOST_LINES: Final = 28
"""Excel shows no row higher than 409 points."""
_LINE_HIGH: Final = 13.5
"""Points to a line of a cell."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_INK, _QUIET, _LINE, _LINE_2 = "#16202C", "#5F6977", "#DCDFE4", "#C3C9D0"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(brief: Brief) -> bytes:
    """The workbook. Equal briefs give equal bytes.

    Raises:
        BriefingError: as ``tables.sheets``, and when a text is not Unicode or the brand's colours
            are none.
    """
    # lazy: 0.04 s, and only this format needs it
    import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415 - start time

    found = sheets(brief)
    encoded("".join(_texts(brief, found)))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties(
        {
            "title": brief.title,
            "subject": brief.subject,
            "author": brief.author,
            "keywords": brief.tlp.label,
            "created": moment(brief.data_as_of).replace(tzinfo=None),
        }
    )
    writer = _Writer(book, brief)
    names = _names(found)
    writer.about(found, names)
    for name, sheet in zip(names, found, strict=True):
        writer.table(name, sheet)
    book.close()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells are set."""

    title: Format
    quiet: Format
    head: Format
    head_number: Format
    key: Format
    cell: Format
    number: Format
    fraction: Format
    link: Format
    tlp: Format


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Workbook, brief: Brief) -> None:
        self._book = book
        self._brief = brief
        self._looks = _looks(book, brief)
        self._as_of = f"Data as of {long_date(brief.data_as_of) or 'a day not stated'}"

    def about(self, found: Sequence[Sheet], names: Sequence[str]) -> None:
        """The first sheet: what the workbook is, and where each table stands."""
        looks = self._looks
        sheet = self._sheet("About")
        widths = (32.0, 100.0)
        title = self._brief.title or self._brief.kind_title
        self._top(sheet, title, self._as_of, widths)
        row = _HEAD_ROW
        for label, words in about(self._brief):
            sheet.set_row(row, _height((label, words), widths))
            sheet.write_string(row, 0, label, looks.key)
            sheet.write_string(row, 1, _cut(words), looks.cell)
            row += 1
        row += 1
        sheet.write_string(row, 0, "Sheet", looks.head)
        sheet.write_string(row, 1, "Holds", looks.head)
        for name, table in zip(names, found, strict=True):
            row += 1
            count = len(table.made.rows)
            held = f"{table.title}, {count:,} {'row' if count == 1 else 'rows'}"
            under = f" · {table.part}" if table.part else ""
            sheet.set_row(row, _height((name, held + under), widths))
            sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.link, string=name)
            sheet.write_string(row, 1, _cut(held + under), looks.cell)

    def table(self, name: str, table: Sheet) -> None:
        """A sheet: title, marking, the table under heads that stay, its note."""
        looks, made = self._looks, table.made
        sheet = self._sheet(name)
        widths = _widths(table, self._brief.tlp.label)
        beside = " · ".join(filter(None, (self._as_of, table.part)))
        self._top(sheet, table.title, beside, widths)
        for at, head in enumerate(made.heads):
            numeric = at > 0 and _is_numeric([row[at] for row in made.rows])
            sheet.write_string(
                _HEAD_ROW, at, _cut(head), looks.head_number if numeric else looks.head
            )
        sheet.set_row(_HEAD_ROW, _height(made.heads, widths))
        for number, row in enumerate(made.rows, start=_HEAD_ROW + 1):
            wrapped = [
                "" if head == ADDRESS else it for head, it in zip(made.heads, row, strict=True)
            ]
            sheet.set_row(number, _height(wrapped, widths))
            for at, cell in enumerate(row):
                self._write(sheet, number, at, cell, heads=made.heads)
        last = _HEAD_ROW + len(made.rows)
        if made.shaded and made.rows:
            left, right = made.shaded[0], made.shaded[-1]
            sheet.conditional_format(_HEAD_ROW + 1, left, last, right, _SHADES)
        if made.note:
            sheet.set_row(last + 2, _height((made.note,), (sum(widths),)))
            _across(sheet, last + 2, 0, len(widths) - 1, made.note, looks.quiet)
        end = last + 2 if made.note else last
        # An address that runs on into the empty columns beside it would make the print tiny.
        sheet.print_area(0, 0, end, len(widths) - 1)
        sheet.freeze_panes(_HEAD_ROW + 1, 1)
        sheet.repeat_rows(_HEAD_ROW)

    def _top(self, sheet: Worksheet, title: str, beside: str, widths: Sequence[float]) -> None:
        """Title, marking, and what it is of."""
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        last = len(widths) - 1
        sheet.set_row(0, 24 * _lines(title, sum(widths) * _TITLE_SHARE))
        sheet.set_row(1, 16)
        sheet.set_row(2, _height((beside,), (sum(widths),)))
        _across(sheet, 0, 0, last, title, self._looks.title)
        sheet.write_string(1, 0, self._brief.tlp.label, self._looks.tlp)
        _across(sheet, 2, 0, last, beside, self._looks.quiet)

    def _write(
        self, sheet: Worksheet, row: int, at: int, cell: Cell, *, heads: Sequence[str]
    ) -> None:
        looks = self._looks
        if not isinstance(cell, str):
            whole = looks.number if isinstance(cell, int) else looks.fraction
            sheet.write_number(row, at, cell, whole if at else looks.key)
            return
        href = safe_href(cell) if heads[at] == ADDRESS else ""
        if href.isascii() and href.lower().startswith("https:"):
            sheet.write_url(row, at, href, looks.link, string=cell)
        else:
            sheet.write_string(row, at, _cut(cell), looks.key if at == 0 else looks.cell)

    def _sheet(self, name: str) -> Worksheet:
        brief = self._brief
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        bold = '&"Arial,Bold"&9'
        kind = _plain_head(brief.kind_title)
        sheet.set_header(f"&L{bold} {kind}&R{bold} {brief.tlp.label}")
        as_of = _plain_head(self._as_of)
        sheet.set_footer(f"&L&8 {as_of}&C&8 Page &P of &N&R{bold} {brief.tlp.label}")
        return sheet


_SHADES: dict[str, Any] = {"type": "2_color_scale", "min_color": "#EEF4FA", "max_color": RAMP[1]}
"""From nearly white to a blue on which ink can be read."""


def _looks(book: Workbook, brief: Brief) -> _Looks:
    accent = look(brief.brand).accent
    cell = {"font_name": "Arial", "font_size": 10, "font_color": _INK, "valign": "top"}
    rows = {**cell, "text_wrap": True, "bottom": 1, "bottom_color": _LINE}
    head = {
        **cell,
        "font_size": 9,
        "font_color": _QUIET,
        "valign": "bottom",
        "text_wrap": True,
        "bottom": 1,
        "bottom_color": _LINE_2,
    }
    right = {"align": "right", "indent": 2, "text_wrap": False}
    tlp = {
        **cell,
        "font_size": 9,
        "bold": True,
        "align": "center",
        "font_color": TLP_COLOURS[brief.tlp],
        "bg_color": "#000000",
    }
    return _Looks(
        title=book.add_format(
            {**cell, "font_size": 16, "bold": True, "font_color": accent, "text_wrap": True}
        ),
        quiet=book.add_format({**cell, "font_size": 9, "font_color": _QUIET, "text_wrap": True}),
        head=book.add_format(head),
        head_number=book.add_format({**head, **right}),
        key=book.add_format({**rows, "bold": True, "align": "left"}),
        cell=book.add_format(rows),
        number=book.add_format({**rows, **right, "num_format": "#,##0"}),
        fraction=book.add_format({**rows, **right, "num_format": "#,##0.0#"}),
        link=book.add_format({**rows, "font_color": accent, "underline": 1, "text_wrap": False}),
        tlp=book.add_format(tlp),
    )


def _names(found: Sequence[Sheet]) -> list[str]:
    """Names of sheets: numbered, so that no two are alike, and without what Excel forbids."""
    names = []
    for number, sheet in enumerate(found, start=1):
        words = _FORBIDDEN.sub(" ", sheet.title).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
        names.append(f"{number} {' '.join(words.split())}"[:_LONGEST_NAME].strip())
    return names


def _texts(brief: Brief, found: Sequence[Sheet]) -> list[str]:
    """Every text of the workbook."""
    texts = [brief.title, brief.subject, brief.author]
    for sheet in found:
        texts += [sheet.title, sheet.part, sheet.made.note, *sheet.made.heads]
        texts += [cell for row in sheet.made.rows for cell in row if isinstance(cell, str)]
    return texts


def _is_numeric(column: Sequence[Cell]) -> bool:
    return any(not isinstance(cell, str) for cell in column)


def _shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:,}"


def _widths(table: Sheet, marking: str) -> tuple[float, ...]:
    """Width of each column, by its words, and together no wider than a page where that can be."""
    made = table.made
    first = len(marking) + 2.0  # it stands above the first column
    widths = []
    for at, head in enumerate(made.heads):
        texts = [_shown(row[at]) for row in made.rows]
        longest = max((len(head), *map(len, texts))) + 2.0
        most = _ADDRESS_WIDE if head == ADDRESS else _WIDEST
        widths.append(min(max(longest, first if at == 0 else _NARROWEST), most))
    over = sum(widths) - _ACROSS
    spare = sum(width - _SHRUNK for width in widths if width > _SHRUNK)
    if over <= 0 or not spare:
        return tuple(widths)
    share = max(1 - over / spare, 0.0)
    return tuple(_SHRUNK + (w - _SHRUNK) * share if w > _SHRUNK else w for w in widths)


def _height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Points that a row takes, with its words on as many lines as they need."""
    lines = (_lines(_shown(cell), width) for cell, width in zip(row, widths, strict=True))
    return _LINE_HIGH * max(lines, default=1) + 2


def _lines(words: str, width: float) -> int:
    # A column counts figures of 11 points; letters of 10 are narrower, and words end early.
    return min(max(math.ceil(len(words) * 0.95 / max(width, 1.0)), 1), _MOST_LINES)


def _across(sheet: Worksheet, row: int, first: int, last: int, words: str, look: Format) -> None:
    """Words over several columns."""
    if last > first:
        sheet.merge_range(row, first, row, last, "", look)
    sheet.write_string(row, first, _cut(words), look)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _plain_head(text: str) -> str:
    """Words for the head of a printed page, where an ampersand begins a command."""
    return " ".join(text.split())[:60].replace("&", "&&")
