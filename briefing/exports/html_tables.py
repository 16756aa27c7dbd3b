"""Blocks that are tables: data, bars, heat, actions, trace, actors with reasons, matrix."""

from __future__ import annotations

from briefing.core.brief import (
    Actions,
    ActorReasons,
    Bars,
    HeatCell,
    HeatColumn,
    HeatTable,
    Matrix,
    Table,
    Text,
    Trace,
)
from briefing.exports.html_markup import element, text
from briefing.exports.html_pictures import bar, swatch
from briefing.exports.html_table import Head, scrolled, table
from briefing.exports.html_words import Words
from briefing.exports.phrases import codes, imperative, left_out, starts_with_words
from briefing.exports.rows import aligned, fitted
from briefing.exports.shades import heat_legend, heat_shade, matrix_bounds, matrix_shade

_UNKNOWN = "\N{EN DASH}"
_ACTION_WIDTHS = {"Mitigation · technique": 19.0, "Breaks stage": 16.0, "Who": 14.0, "Cost": 9.0}
"""Per cent."""
_GRID = 66.0
"""Per cent of a grid's width for its shaded columns."""
_BOX = element("span", class_="box", aria_hidden="true")


def under(note: Text, words: Words) -> str:
    """The note that stands under a table."""
    return element("p", words.text(note), class_="note under") if note else ""


def data_table(block: Table, words: Words) -> str:
    """A data table; the first column names the row."""
    whole = sum(max(column.width, 0.01) for column in block.columns) or 1
    heads = [
        Head(column.title, column.numeric, 100 * max(column.width, 0.01) / whole)
        for column in block.columns
    ]
    rows = [
        [words.text(cell) or text(_UNKNOWN) for cell in fitted(row, len(heads))]
        for row in block.rows
    ]
    return element("div", table(heads, rows), under(block.note, words))


def bars(block: Bars, words: Words) -> str:
    """Bars with their numbers."""
    most = max((value for _, value in block.rows), default=0) or 1
    unit = element("th", text(block.unit), scope="col", class_="numeric", colspan="3")
    rows = [
        element(
            "tr",
            element("th", text(label), scope="row"),
            element("td", bar(value / most), aria_hidden="true"),
            element("td", text(f"{value:,}"), class_="numeric"),
        )
        for label, value in block.rows
    ]
    drawn = element(
        "table", element("thead", element("tr", unit)), element("tbody", *rows), class_="bars"
    )
    return element("div", drawn, under(block.note, words))


def heat(block: HeatTable, words: Words) -> str:
    """Techniques by stage, a list each; number and shade say how many groups use one."""
    columns = [_heat_column(column, block) for column in block.columns]
    keys = [
        element("li", swatch(f"seq-{shade}"), element("span", text(label), class_="figures"))
        for label, shade in heat_legend(block.bounds, block.groups_total)
    ]
    of = f"Groups using it, of {block.groups_total:,}"
    legend = element("ul", element("li", text(of), class_="name"), *keys, class_="legend under")
    return element("div", element("div", *columns, class_="heat"), legend, under(block.note, words))


def _heat_column(column: HeatColumn, block: HeatTable) -> str:
    left = left_out(column.total, len(column.cells))
    return element(
        "div",
        element(
            "h4",
            text(f"{column.number} {column.name}"),
            element("span", text(f"{column.total:,}"), class_="figures") if column.total else "",
        ),
        element("ol", *(_heat_cell(cell, block) for cell in column.cells)),
        element("p", text(left), class_="rest"),
    )


def _heat_cell(cell: HeatCell, block: HeatTable) -> str:
    return element(
        "li",
        element("span", text(cell.name)),
        text(" "),
        element("b", text(f"{cell.groups:,}"), class_="figures"),
        text(" "),
        element("small", text(cell.attack_id)),
        class_=f"seq-{heat_shade(cell.groups, block.bounds)}",
    )


def actions(block: Actions, words: Words) -> str:
    """What to do, with a box to tick; columns that say nothing of any action are left out."""
    heads = [Head("", kind="tick"), Head("Action")]
    costed = any(action.cost or action.who for action in block.actions)
    columns = [
        (title, values)
        for title, values in (
            ("Mitigation · technique", ["" if costed else codes(it) for it in block.actions]),
            ("Breaks stage", [action.stage for action in block.actions]),
            ("Who", [action.who for action in block.actions]),
            ("Cost", [action.cost for action in block.actions]),
        )
        if any(values)
    ]
    wide = 1.4 if len(columns) < len(_ACTION_WIDTHS) else 1.0
    heads += [
        Head(title, width=wide * _ACTION_WIDTHS[title], kind="cost" if title == "Cost" else "")
        for title, _ in columns
    ]
    rows = []
    for index, action in enumerate(block.actions):
        do = element("strong", text(imperative(action.do, action.why)))
        gap = text(" ") if starts_with_words(action.why) else ""
        said = f"{do}{gap}{words.text(action.why)}"
        if costed and codes(action):
            said += element("span", text(codes(action)), class_="below")
        rows.append([_BOX, said, *(text(values[index] or _UNKNOWN) for _, values in columns)])
    return table(heads, rows, kind="actions", key=1)


def trace(block: Trace, words: Words) -> str:
    """Which words rest on what; one origin is a warning."""
    heads = [
        Head("Block", width=17),
        Head("Says", width=34),
        Head("Sources", width=20, kind="rows-of-marks"),
        Head("Origins", width=19),
        Head("Statements", numeric=True, width=10),
    ]
    rows = []
    for row in block.rows:
        origins = f"{row.origins:,}" if row.origins else "none"
        if row.origin_names:
            origins += f": {row.origin_names}"
        marks = "".join(words.linked(number) for number in words.numbers(row.sources))
        warned = element("span", text(origins), class_="warn" if row.origins <= 1 else "")
        rows.append([text(row.block), text(row.says), marks, warned, text(f"{row.statements:,}")])
    return element("div", table(heads, rows), under(block.note, words))


def actor_reasons(block: ActorReasons, words: Words) -> str:
    """Actors with the reason why each is in, and a square a sign."""
    heads = [
        Head("Actor", width=20, kind="start"),
        Head("Why it is in", kind="start"),
        *(Head(sign, kind="sign") for sign in block.signs),
        Head("Points", numeric=True),
    ]
    rows = []
    for row in block.rows:
        below = element("span", text(row.origin or "origin not stated"), class_="below")
        signs = [_sign(applies) for applies in aligned(row.signs, len(block.signs), False)]
        rows.append(
            [text(row.name) + below, words.text(row.why), *signs, text(f"{row.points:.1f}")]
        )
    return element("div", table(heads, rows, kind="signs strong"), under(block.note, words))


def _sign(applies: bool) -> str:
    said = element("span", text("yes" if applies else "no"), class_="hidden")
    return element("i", class_="on" if applies else "off", aria_hidden="true") + said


def matrix(block: Matrix, words: Words) -> str:
    """Counts by row and column; a dot is no reports."""
    bounds = matrix_bounds(block)
    heads = [
        element("th", text(title), scope="col", class_=kind)
        for title, kind in (
            (block.head, ""),
            *((column, "") for column in block.columns),
            ("All", "total"),
        )
    ]
    rows = []
    for (label, counts), total in zip(block.rows, block.totals, strict=True):
        own = "own" if label in block.own else ""
        cells = [
            element("td", text(f"{count:,}"), class_=f"seq-{matrix_shade(count, bounds)}")
            if count > 0
            else element("td", text("·"), class_="empty", title="no reports")
            for count in aligned(counts, len(block.columns), 0)
        ]
        rows.append(
            element(
                "tr",
                element("th", text(label), scope="row", class_=own),
                *cells,
                element("td", text(f"{total:,}"), class_="total"),
            )
        )
    drawn = element(
        "table",
        grid_columns(len(block.columns)),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="grid matrix",
    )
    unit = text(f"Number and shade: {block.unit}. ")
    note = element("p", unit, words.text(block.note), class_="note under")
    return element("div", scrolled(drawn, f"{block.head}, {block.unit}"), note)


def grid_columns(count: int) -> str:
    """Columns of a shaded grid, all of one width between its labels and its last column."""
    width = f"width:{_GRID / max(count, 1):.1f}%"
    middle = [element("col", style=width) for _ in range(count)]
    return element("colgroup", element("col"), *middle, element("col"))
