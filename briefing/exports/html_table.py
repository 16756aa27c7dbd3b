"""A table that is a table to whoever hears it and a list of rows on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.exports.html_markup import element, text


@dataclass(frozen=True, slots=True)
class Head:
    """A column.

    Attributes:
        title: What stands above it; "" for a column of signs.
        numeric: Whether it holds figures, set right.
        width: Per cent of the table; 0 leaves it to the browser.
        kind: Class of its cells.
    """

    title: str
    numeric: bool = False
    width: float = 0.0
    kind: str = ""


def table(
    heads: Sequence[Head],
    rows: Iterable[Sequence[str]],
    *,
    kind: str = "",
    key: int = 0,
    ids: Sequence[str] = (),
) -> str:
    """A table of cells that are markup already.

    Roles are stated, because a browser takes them away where the rows are set as blocks.

    Args:
        heads: Columns.
        rows: As many cells each as there are columns.
        kind: Class of the table.
        key: The column that names its row.
        ids: Id of each row, for links.
    """
    columns = [
        element("col", style=f"width:{head.width:.1f}%" if head.width else "") for head in heads
    ]
    head_cells = [
        element(
            "th",
            text(head.title),
            scope="col",
            role="columnheader",
            class_=" ".join(filter(None, ("numeric" if head.numeric else "", head.kind))),
        )
        for head in heads
    ]
    named = iter(ids)
    body = [
        element(
            "tr",
            *(_cell(head, cell, index == key) for index, (head, cell) in enumerate(both)),
            role="row",
            id=next(named, ""),
        )
        for both in (list(zip(heads, row, strict=True)) for row in rows)
    ]
    return element(
        "table",
        element("colgroup", *columns),
        element("thead", element("tr", *head_cells, role="row"), role="rowgroup"),
        element("tbody", *body, role="rowgroup"),
        role="table",
        class_=f"stack {kind}".strip(),
    )


def scrolled(markup: str, label: str) -> str:
    """A table that may be wider than the screen, in a frame that scrolls by keyboard too."""
    return element(
        "div", markup, class_="scroll", role="region", aria_label=label or "Table", tabindex="0"
    )


def _cell(head: Head, markup: str, key: bool) -> str:
    kind = " ".join(filter(None, ("numeric" if head.numeric else "", head.kind)))
    if key:
        return element("th", markup, scope="row", role="rowheader", class_=kind)
    return element("td", markup, role="cell", class_=kind, data_head=head.title)
